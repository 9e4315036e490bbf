"""What changed between two days, and by whom."""

from datetime import date, timedelta

import pytest

from engagement.assessment.results import Assessment, Change
from engagement.assessment.review import review
from engagement.assessment.values import (
    Baseline,
    CheckIn,
    Delivery,
    History,
    LimitChange,
    Pause,
    ProgressReport,
    Severity,
)
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


LATER = LimitChange("overdue-critical", 20, on(50), "Ana", "Their month ends later")


def test_a_warning_that_another_limit_eased_or_cleared_is_told_with_who_changed_the_limit() -> None:
    own = with_milestone()._replace(limits=(LATER,))
    assert told(own, 49, 50, "warning_eased") == [("critical", "warning", "Ana", "overdue", None)]
    unsaid = with_milestone()._replace(limits=(LATER._replace(by=None),))
    assert told(unsaid, 49, 50, "warning_eased") == [("critical", "warning", "us", "overdue", None)]
    # back to its default on day 52: it is graver by that alone
    back = own._replace(limits=(LATER, LimitChange("overdue-critical", 7, on(52), "Bo")))
    assert told(back, 51, 52, "warning_escalated") == [("warning", "critical", "Bo", "overdue", None)]
    # the limit was moved, and the date as well: the date alone would have eased it
    moved = with_milestone(baselines=(Baseline(on(50), on(48)),))._replace(limits=(LATER,))
    assert told(moved, 49, 50, "warning_eased") == [("critical", "warning", None, "overdue", None)]
    # another limit than those of the rule
    other = with_milestone(baselines=(Baseline(on(50), on(48)),))._replace(
        limits=(LimitChange("grace", 9, on(50), "Ana"),)
    )
    assert told(other, 49, 50, "warning_eased") == [("critical", "warning", None, "overdue", None)]


def test_what_was_closed_or_paused_is_not_put_down_to_a_limit() -> None:
    closed = with_milestone()._replace(limits=(LATER,), closed_on=on(50))
    assert ("critical", None, None, "overdue", None) in told(closed, 49, 50, "warning_cleared")
    paused = with_milestone()._replace(limits=(LATER,), pauses=(Pause(on(50), on(90)),))
    assert ("critical", None, None, "overdue", None) in told(paused, 49, 50, "warning_cleared")


def test_a_limit_that_was_changed_for_all_is_told_too() -> None:
    history, later = with_milestone(), TOGETHER._replace(limits=(LATER,))
    before, after = assessed(history, 49, later), assessed(history, 50, later)
    found = review({"crm": before}, {"crm": after}, {"crm": history}, on(49), on(50), portfolio_terms=later)
    assert [(one.was, one.now, one.by) for one in found.changes if one.rule == "overdue"] == [
        ("critical", "warning", "Ana")
    ]


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


def test_a_finish_that_moved_is_told_with_what_moved_it_where_that_is_on_record() -> None:
    said = (ProgressReport(on(8), None, on(60), "vendor"),)
    (found,) = [one for one in changes(with_milestone(reports=said), 6, 10) if one.what == "finish"]
    assert found.because == 'a new day for "Result M1", 11 Apr → 1 May'
    assert found.was is not None
    assert found.now is not None
    assert date.fromisoformat(found.was) < date.fromisoformat(found.now)
    # overdue, it drifts by a day every day, and that is all
    drifted = assessed(with_milestone(), 41).outlook, assessed(with_milestone(), 48).outlook
    assert drifted[0] is not None
    assert drifted[1] is not None
    assert drifted[1].likely.p50_on > drifted[0].likely.p50_on + timedelta(days=2)
    assert told(with_milestone(), 41, 48, "finish") == []


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


QUIET = a_history(check_ins=talks(1))
"""Nothing agreed to follow from day 9 on, silent from day 11, which covers that; no live contact from day 31."""


def about(history: History, since: int, day: int) -> list[tuple[str, str | None]]:
    """What is told of warnings between two days."""
    return [(one.what, one.rule) for one in changes(history, since, day) if one.rule]


def test_a_warning_that_is_only_folded_now_was_not_cleared() -> None:
    assert about(QUIET, 8, 10) == [("warning_opened", "no-next-meeting")]
    assert about(QUIET, 10, 12) == [("warning_opened", "silent")]
    assert [warning.rule for warning in assessed(QUIET, 12).folded] == ["no-next-meeting"]


def test_a_warning_that_opens_and_ends_folded_is_not_told() -> None:
    talked = a_history(check_ins=talks(1, 20))
    assert about(talked, 8, 12) == [("warning_opened", "silent")]
    assert about(talked, 12, 21) == [("warning_cleared", "silent")]


def test_a_warning_that_stands_now_because_the_bigger_one_went_is_not_new() -> None:
    written = CheckIn(on(40), "email", "us", next_on=on(42))
    history = QUIET._replace(check_ins=(*QUIET.check_ins, written))
    assert "no-live-contact" in [warning.rule for warning in assessed(history, 39).folded]
    assert "no-live-contact" in [warning.rule for warning in assessed(history, 41).warnings]
    assert about(history, 39, 41) == [("warning_cleared", "silent")]


def with_severity(severity: Severity, *, folded: bool) -> Assessment:
    """Silence as it was on day 12, and beside it, or folded into it, that nothing was agreed to follow."""
    found = assessed(QUIET, 12)
    inner = found.folded[0]._replace(severity=severity)
    standing = found.warnings[0]
    return found._replace(warnings=(standing,) if folded else (standing, inner), folded=(inner,) if folded else ())


@pytest.mark.parametrize(
    ("was", "now", "told_as"),
    [
        (("warning", True), ("critical", False), [("warning_escalated", "no-next-meeting")]),
        (("warning", False), ("critical", True), []),
        (("warning", True), ("critical", True), []),
        (("critical", True), ("warning", False), []),
        (("critical", False), ("warning", False), [("warning_eased", "no-next-meeting")]),
    ],
)
def test_what_got_worse_unseen_is_told_once_it_stands(
    was: tuple[Severity, bool], now: tuple[Severity, bool], told_as: list[tuple[str, str]]
) -> None:
    before, after = (with_severity(severity, folded=folded) for severity, folded in (was, now))
    found = review({"crm": before}, {"crm": after}, {}, on(11), on(12))
    assert [(one.what, one.rule) for one in found.changes if one.rule] == told_as
