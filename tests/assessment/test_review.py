"""What changed between two days, and by whom."""

from engagement.assessment.results import Change
from engagement.assessment.review import review
from engagement.assessment.values import Baseline, CheckIn, Delivery, History, Pause, ProgressReport
from tests.assessment.made import TOGETHER, a_history, a_milestone, assessed, on, reports, talks

OFTEN = talks(*range(0, 200, 3))


def changes(history: History, since: int, day: int) -> list[Change]:
    before, after = assessed(history, since), assessed(history, day)
    found = review({"crm": before}, {"crm": after}, {"crm": history}, on(since), on(day), portfolio_terms=TOGETHER)
    assert (found.since, found.as_of) == (on(since), on(day))
    return list(found.changes)


def told(history: History, since: int, day: int, what: str) -> list[tuple[object, ...]]:
    return [
        (one.was, one.now, one.by, one.milestone or one.rule, one.on)
        for one in changes(history, since, day)
        if one.what == what
    ]


def with_milestone(**changed: object) -> History:
    milestone = a_milestone("M1", 40)._replace(**changed)  # type: ignore[arg-type]
    return a_history(milestones=(milestone,), check_ins=OFTEN)


def test_nothing_changed_is_an_empty_review() -> None:
    assert changes(with_milestone()._replace(check_ins=talks(9)), 10, 12) == []


def test_warnings_open_escalate_and_clear() -> None:
    history = with_milestone(deliveries=(Delivery(on(50), on(50), "accepted"),))
    assert told(history, 39, 42, "warning_opened")[0] == (None, "warning", None, "overdue", on(41))
    assert told(history, 42, 49, "warning_escalated") == [("warning", "critical", None, "overdue", None)]
    assert ("critical", None, None, "overdue", None) in told(history, 49, 51, "warning_cleared")
    assert told(history, 42, 49, "status") == [("at_risk", "off_track", None, None, None)]


def test_a_warning_that_gets_milder_is_eased() -> None:
    moved = with_milestone(baselines=(Baseline(on(50), on(48)),))
    assert told(moved, 49, 50, "warning_eased") == [("critical", "warning", None, "overdue", None)]


def test_progress_is_told_with_who_reported_it() -> None:
    said = (
        *reports((5, 0.2)),
        ProgressReport(on(8), 0.5, None, "vendor"),
        ProgressReport(on(9), 0.6, None, "us", "Bo"),
    )
    assert told(with_milestone(reports=said), 6, 10, "progress") == [("0.2", "0.6", "Bo, vendor", None, None)]
    assert told(with_milestone(reports=said), 9, 10, "progress") == []


def test_the_first_report_makes_progress_known() -> None:
    assert told(with_milestone(reports=reports((8, 0.0))), 6, 10, "progress") == [(None, "0.0", None, None, None)]


def test_a_forecast_is_moved_by_who_said_it_and_time_alone_moves_nothing() -> None:
    said = (ProgressReport(on(8), None, on(60), "vendor"),)
    assert told(with_milestone(reports=said), 6, 10, "forecast") == [
        (on(40).isoformat(), on(60).isoformat(), "vendor", "M1", on(8))
    ]
    assert told(with_milestone(), 41, 48, "forecast") == []


def test_a_rebaseline_is_told_once_as_agreed_and_once_as_expected() -> None:
    history = with_milestone(baselines=(Baseline(on(8), on(60), "more scope", "Ana"),))
    moved = (on(40).isoformat(), on(60).isoformat(), "Ana", "M1", on(8))
    assert told(history, 6, 10, "baseline") == [moved]
    assert told(history, 6, 10, "forecast") == [moved]


def test_the_same_date_said_again_is_no_change() -> None:
    said = (ProgressReport(on(5), None, on(60)), ProgressReport(on(8), None, on(60)))
    assert told(with_milestone(reports=said), 6, 10, "forecast") == []


def test_deliveries_and_decisions_are_told_on_their_days() -> None:
    history = with_milestone(deliveries=(Delivery(on(7), on(9), "rejected"), Delivery(on(10))))
    assert told(history, 6, 10, "delivered") == [
        (None, on(7).isoformat(), "vendor", "M1", on(7)),
        (None, on(10).isoformat(), "vendor", "M1", on(10)),
    ]
    assert told(history, 6, 10, "rejected") == [(None, on(9).isoformat(), "us", "M1", on(9))]
    assert told(history, 7, 8, "delivered") == []


def test_check_ins_held_are_told_with_who_held_them() -> None:
    held = (CheckIn(on(7), "call", "us", by="Bo"), CheckIn(on(8), "report", "vendor"))
    history = a_history(check_ins=(*talks(1), *held))
    assert told(history, 6, 10, "check_in_held") == [
        (None, "call", "Bo", None, on(7)),
        (None, "report", "vendor", None, on(8)),
    ]


def test_a_check_in_is_missed_on_the_day_after_it_was_due() -> None:
    history = a_history(check_ins=talks(1))  # due on day 8
    assert told(history, 6, 8, "check_in_missed") == []
    assert told(history, 8, 12, "check_in_missed") == [(on(8).isoformat(), None, None, None, on(9))]
    assert told(history, 9, 12, "check_in_missed") == []


def test_a_check_in_due_within_a_pause_is_not_missed() -> None:
    history = a_history(check_ins=talks(1), pauses=(Pause(on(5), on(20)),))
    assert told(history, 4, 19, "check_in_missed") == []


def test_an_engagement_that_was_not_there_before_has_only_its_status() -> None:
    after = assessed(a_history(check_ins=talks(9)), 10)
    found = review({}, {"crm": after}, {}, on(6), on(10))
    assert [(one.what, one.was, one.now) for one in found.changes if one.what == "status"] == [
        ("status", None, "on_track")
    ]
