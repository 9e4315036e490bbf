"""Claims without proof, dates that keep moving, dates that have passed, feedback and actions that are missing."""

import pytest

from engagement.assessment.case import Case
from engagement.assessment.engagement import assess
from engagement.assessment.rules import CATALOGUE
from engagement.assessment.since import Unread, first_day
from engagement.assessment.values import (
    Action,
    Baseline,
    CheckIn,
    Delivery,
    History,
    LimitChange,
    Milestone,
    Pause,
    PortfolioTerms,
    ProgressReport,
    Side,
)
from tests.assessment.made import (
    TOGETHER,
    a_history,
    a_milestone,
    assessed,
    fired,
    forecasts,
    on,
    reports,
    severity,
    shorten,
    some_terms,
    talks,
)

OFTEN = talks(*range(0, 200, 3))


def with_milestones(*milestones: Milestone) -> History:
    return a_history(milestones=milestones, check_ins=OFTEN)


# --- over-claimed: M1, a quarter of the work, is due on day 40


def claimed(*said: tuple[int, float], **changes: object) -> History:
    late = a_milestone("M1", 40, weight=1.0, reports=reports(*said))._replace(**changes)  # type: ignore[arg-type]
    return with_milestones(late, a_milestone("M2", 150, weight=3.0))


@pytest.mark.parametrize(("share", "expected"), [(0.59, None), (0.6, "warning"), (1.0, "warning")])
def test_fifteen_points_claimed_and_past_due_are_much(share: float, expected: str | None) -> None:
    # a quarter of 0.6 is 0.15
    assert severity(claimed((30, share)), "over-claimed", 41) == expected


def test_a_claim_counts_from_the_day_after_the_due_date_and_can_be_taken_back() -> None:
    history = claimed((30, 0.8), (50, 0.2))
    assert [severity(history, "over-claimed", day) for day in (40, 41, 49, 50)] == [None, "warning", "warning", None]
    warning = fired(history, "over-claimed", 45)
    assert warning is not None
    assert warning.since == on(41)
    assert warning.evidence == (
        "20 % of the work is claimed, past its due date and not delivered: "
        '"Result M1" was due on 11 Apr and is claimed at 80 %.'
    )


@pytest.mark.parametrize(
    ("deliveries", "expected"),
    [
        ((Delivery(on(39)),), None),
        ((Delivery(on(39), on(41), "accepted"),), None),
        ((Delivery(on(39), on(41), "rejected"),), "warning"),
        ((Delivery(on(39), on(41), "rejected"), Delivery(on(42))), None),
    ],
)
def test_what_waits_for_us_is_not_over_claimed_and_what_was_sent_back_is(
    deliveries: tuple[Delivery, ...], expected: str | None
) -> None:
    assert severity(claimed((30, 0.8), deliveries=deliveries), "over-claimed", 42) == expected


def test_a_date_that_was_moved_or_given_up_is_not_past() -> None:
    assert severity(claimed((30, 0.8), baselines=(Baseline(on(35), on(60)),)), "over-claimed", 60) is None
    assert severity(claimed((30, 0.8), baselines=(Baseline(on(35), on(60)),)), "over-claimed", 61) == "warning"
    assert severity(claimed((30, 0.8), cancelled_on=on(45)), "over-claimed", 45) == "unknown"


def test_claims_of_several_milestones_add_up_and_the_greatest_is_named() -> None:
    # a quarter each: 0.4 / 4 + 0.2 / 4 = 0.15
    history = with_milestones(
        a_milestone("M1", 40, reports=reports((30, 0.2))),
        a_milestone("M2", 50, reports=reports((30, 0.4))),
        a_milestone("M3", 150),
        a_milestone("M4", 150),
    )
    assert severity(history, "over-claimed", 50) is None
    warning = fired(history, "over-claimed", 51)
    assert warning is not None
    assert warning.evidence == (
        "15 % of the work is claimed, past its due date and not delivered: "
        '"Result M2" was due on 21 Apr and is claimed at 40 %; so is one more.'
    )


def test_over_claimed_needs_reported_progress_and_an_end() -> None:
    assert severity(claimed(), "over-claimed", 41) == "unknown"
    missing = {one.rule: one.missing for one in assessed(claimed(), 41).unknown}
    assert missing["over-claimed"] == "nobody has reported progress"
    retainer = claimed((30, 0.8))._replace(terms=(some_terms(contract="retainer"),))
    assert severity(retainer, "over-claimed", 41) is None


def test_a_claim_that_a_short_log_leaves_out_is_asked_for() -> None:
    # looked at on day 150, what was said before day 87 is one report; the warning began on day 41, or on day 80
    history = claimed((30, 0.8), (80, 0.9))
    short, needs, _ = assess(shorten(history, on(150)), TOGETHER, on(150))
    assert "over-claimed" in {one.rule for one in short.warnings}
    assert "reports" in needs
    warning = fired(history, "over-claimed", 150)
    assert warning is not None
    assert warning.since == on(41)


# --- serial-slip


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (((20, 101),), None),
        (((20, 101), (30, 102)), "warning"),
        (((20, 101), (30, 102), (40, 103)), "critical"),
        (((20, 100), (30, 99), (40, 100)), None),
        (((20, 120), (30, 110), (40, 111)), "warning"),
    ],
)
def test_a_date_moved_twice_is_a_warning_and_three_times_critical(
    said: tuple[tuple[int, int], ...], expected: str | None
) -> None:
    assert severity(with_milestones(a_milestone("M1", 100, reports=forecasts(*said))), "serial-slip", 40) == expected


def test_a_critical_limit_below_the_other_one_is_not_silenced_by_it() -> None:
    said = forecasts((20, 101), (30, 102), (40, 103))
    history = with_milestones(a_milestone("M1", 100, reports=said))._replace(
        limits=(LimitChange("serial-slip", 5, on(0)),)
    )
    assert severity(history, "serial-slip", 39) is None
    assert severity(history, "serial-slip", 40) == "critical"


def test_moves_count_for_sixty_days() -> None:
    history = with_milestones(a_milestone("M1", 150, reports=forecasts((20, 151), (30, 152))))
    assert severity(history, "serial-slip", 79) == "warning"
    assert severity(history, "serial-slip", 80) is None


def test_the_first_word_in_the_window_counts_against_the_one_before_it() -> None:
    history = with_milestones(a_milestone("M1", 150, reports=forecasts((5, 170), (70, 165), (71, 168))))
    assert severity(history, "serial-slip", 72) is None  # 170 -> 165 is no move later


def test_a_rebaseline_is_a_word_and_a_forecast_of_the_same_day_comes_after_it() -> None:
    milestone = a_milestone("M1", 100, baselines=(Baseline(on(30), on(110)),), reports=forecasts((30, 120)))
    warning = fired(with_milestones(milestone), "serial-slip", 30)
    assert warning is not None
    assert warning.evidence == '"Result M1" moved later twice in 60 days, from 10 Jun to 30 Jun.'


def test_two_milestones_moved_once_are_no_series_and_the_worst_is_named() -> None:
    one, other = (
        a_milestone("M1", 100, reports=forecasts((20, 110))),
        a_milestone("M2", 120, reports=forecasts((20, 121))),
    )
    assert severity(with_milestones(one, other), "serial-slip", 30) is None
    twice = one._replace(reports=forecasts((20, 110), (25, 115)))
    thrice = other._replace(reports=forecasts((20, 121), (25, 122), (28, 123)))
    warning = fired(with_milestones(twice, thrice), "serial-slip", 30)
    assert warning is not None
    assert warning.evidence == (
        '"Result M2" moved later three times in 60 days, from 30 Jun to 3 Jul; one more moved at least twice.'
    )


# --- moved-baseline


def moved(*baselines: Baseline, **changes: object) -> History:
    milestone = a_milestone("M1", 100, baselines=baselines)._replace(**changes)  # type: ignore[arg-type]
    return with_milestones(milestone)


def approved(day: int, due: int = 150) -> Baseline:
    return Baseline(on(day), on(due), "more scope", "Ana")


@pytest.mark.parametrize(
    ("baseline", "together", "alone"),
    [
        (approved(40), None, None),
        (approved(40)._replace(approved_by=None), "critical", None),
        (approved(40)._replace(reason=None), "critical", "critical"),
        (approved(40)._replace(reason="", approved_by=""), "critical", "critical"),
    ],
)
def test_a_new_date_needs_a_reason_and_somebody_who_agrees(
    baseline: Baseline, together: str | None, alone: str | None
) -> None:
    assert severity(moved(baseline), "moved-baseline", 41) == together
    assert severity(moved(baseline), "moved-baseline", 41, PortfolioTerms(alone=True)) == alone


@pytest.mark.parametrize(
    ("baselines", "expected"),
    [
        ((approved(40), approved(40, 160)), None),
        ((approved(40), approved(41, 160)), "warning"),
    ],
)
def test_an_approved_date_may_be_moved_on_one_day_and_not_on_two(
    baselines: tuple[Baseline, ...], expected: str | None
) -> None:
    assert severity(moved(*baselines), "moved-baseline", 41) == expected
    two = [a_milestone(f"M{place}", 100, baselines=(one,)) for place, one in enumerate(baselines)]
    assert severity(with_milestones(*two), "moved-baseline", 41) == expected


def test_a_move_counts_for_ninety_days() -> None:
    history = moved(Baseline(on(40), on(150)), due_on=on(130))
    assert [severity(history, "moved-baseline", day) for day in (39, 40, 129, 130)] == [
        *(None, "critical", "critical", None)
    ]
    twice = moved(approved(40), approved(60))
    assert [severity(twice, "moved-baseline", day) for day in (59, 60, 129, 130)] == [None, "warning", "warning", None]


def test_a_first_date_that_was_set_later_is_a_re_baseline_too() -> None:
    first = moved(Baseline(on(40), on(150)), due_on=None)
    assert [severity(first, "moved-baseline", day) for day in (39, 40)] == [None, "critical"]


def test_a_milestone_that_was_given_up_has_no_date_to_move() -> None:
    assert severity(moved(Baseline(on(40), on(150)), cancelled_on=on(50)), "moved-baseline", 50) is None


def test_the_last_unapproved_move_is_named_and_the_rest_counted() -> None:
    bare = Baseline(on(40), on(140))
    warning = fired(moved(bare, approved(44), bare._replace(set_on=on(50), reason="holidays")), "moved-baseline", 51)
    assert warning is not None
    assert warning.since == on(40)
    assert warning.evidence == (
        '"Result M1" was moved to 20 Jul on 21 Apr without an approver; so was one more in 90 days.'
    )
    warning = fired(moved(bare), "moved-baseline", 51)
    assert warning is not None
    assert warning.evidence == '"Result M1" was moved to 20 Jul on 11 Apr without a reason or an approver.'


def test_the_days_of_approved_moves_are_told() -> None:
    warning = fired(moved(approved(40), approved(50), approved(60)), "moved-baseline", 61)
    assert warning is not None
    assert warning.since == on(50)
    assert warning.evidence == "Dates were moved on three days within 90: 11 Apr, 21 Apr and 1 May."


# --- squeezed


def followed(*first: ProgressReport, then: tuple[ProgressReport, ...] = ()) -> History:
    """Two milestones due on days 40 and 80."""
    return with_milestones(a_milestone("M1", 40, reports=first), a_milestone("M2", 80, reports=then))


@pytest.mark.parametrize(("expected_on", "severe"), [(40, None), (60, None), (61, "warning"), (90, "warning")])
def test_less_than_half_of_the_planned_time_after_a_late_result_is_a_squeeze(
    expected_on: int, severe: str | None
) -> None:
    assert severity(followed(*forecasts((20, expected_on))), "squeezed", 20) == severe


def test_a_later_date_for_what_follows_ends_it() -> None:
    late = forecasts((20, 70))
    assert severity(followed(*late, then=forecasts((25, 89))), "squeezed", 30) == "warning"
    assert severity(followed(*late, then=forecasts((25, 90))), "squeezed", 30) is None


def test_time_alone_squeezes_what_follows_an_overdue_result_and_it_says_since_when() -> None:
    history = followed()
    assert severity(history, "squeezed", 60) is None
    warning = fired(history, "squeezed", 70)
    assert warning is not None
    assert warning.since == on(61)
    assert warning.evidence == (
        '"Result M1" is 30 days late, "Result M2" is still expected on 21 May: '
        "10 of the 40 days planned between them are left."
    )


def test_a_result_that_came_late_squeezes_what_is_still_open_only() -> None:
    came = a_milestone("M1", 40, deliveries=(Delivery(on(78)),))
    after = a_milestone("M2", 80)
    warning = fired(with_milestones(came, after), "squeezed", 79)
    assert warning is not None
    assert warning.since == on(61)  # late before it came, and no less so since
    assert '"Result M1" came 38 days late' in warning.evidence
    assert severity(with_milestones(came, after._replace(deliveries=(Delivery(on(79)),))), "squeezed", 79) is None


def test_what_is_late_itself_has_no_more_time_for_it() -> None:
    # 19 days were left of 40; that nothing came on day 80 either does not lengthen them, so that time clears nothing
    history = with_milestones(a_milestone("M1", 40, deliveries=(Delivery(on(61)),)), a_milestone("M2", 80))
    for day in (70, 80, 82, 120):
        warning = fired(history, "squeezed", day)
        assert warning is not None
        assert warning.since == on(61)
        expected = "is still expected" if day <= 80 else "was expected"
        assert warning.evidence == (
            f'"Result M1" came 21 days late, "Result M2" {expected} on 21 May: '
            "19 of the 40 days planned between them are left."
        )


def test_of_two_due_on_one_day_neither_follows_the_other_and_both_are_followed_by_the_next() -> None:
    same = (a_milestone("M1", 40), a_milestone("M2", 40, reports=forecasts((20, 75))))
    warning = fired(with_milestones(*same, a_milestone("M3", 80), a_milestone("M4", 80)), "squeezed", 30)
    assert warning is not None
    assert warning.evidence == (
        '"Result M2" is expected 35 days late, "Result M3" is still expected on 21 May: '
        "5 of the 40 days planned between them are left; so it is with one more."
    )
    assert severity(with_milestones(*same), "squeezed", 30) is None


def test_where_nothing_is_left_it_says_so_and_what_has_no_date_or_comes_round_is_left_alone() -> None:
    warning = fired(followed(*forecasts((20, 90))), "squeezed", 30)
    assert warning is not None
    assert warning.evidence.endswith("none of the 40 days planned between them is left.")
    undated = with_milestones(a_milestone("M1", 40), a_milestone("M2", None, reports=forecasts((20, 70))))
    assert severity(undated, "squeezed", 69) is None


# --- stale-forecast


@pytest.mark.parametrize(("day", "expected"), [(60, None), (61, "warning")])
def test_a_date_is_stale_the_day_after(day: int, expected: str | None) -> None:
    history = with_milestones(a_milestone("M1", 100, reports=forecasts((20, 60))))
    assert severity(history, "stale-forecast", day) == expected


@pytest.mark.parametrize(("day", "expected"), [(60, None), (61, "warning")])
def test_what_was_forecast_of_a_milestone_without_a_due_date_goes_stale_too(day: int, expected: str | None) -> None:
    history = with_milestones(a_milestone("M1", None, reports=forecasts((20, 60))))
    assert severity(history, "stale-forecast", day) == expected


def test_a_new_date_or_a_delivery_ends_it() -> None:
    named = a_milestone("M1", 100, reports=forecasts((20, 60), (70, 80)))
    assert severity(with_milestones(named), "stale-forecast", 69) == "warning"
    assert severity(with_milestones(named), "stale-forecast", 70) is None
    delivered = a_milestone("M1", 100, reports=forecasts((20, 60)), deliveries=(Delivery(on(65)),))
    assert severity(with_milestones(delivered), "stale-forecast", 65) is None


def test_the_promise_itself_goes_stale_and_is_folded_into_overdue() -> None:
    assessment = assessed(with_milestones(a_milestone("M1", 40), a_milestone("M2", 44)), 46)
    folded = {warning.rule: warning for warning in assessment.folded}
    assert folded["stale-forecast"].evidence == (
        'The last date given for "Result M1", 11 Apr, has passed; one more has no current date.'
    )
    assert "stale-forecast" in next(one for one in assessment.warnings if one.rule == "overdue").covers


# --- no-feedback


def fed(*check_ins: tuple[int, bool, bool], **changes: object) -> History:
    """Often talked, and on some days gave feedback, took it, or both."""
    said = [CheckIn(on(day), "call", "us", feedback_given=g, feedback_received=t) for day, g, t in check_ins]
    often = sorted([*OFTEN, *said], key=lambda one: one.held_on)
    return a_history(check_ins=tuple(often))._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "expected"), [(89, None), (90, "warning")])
def test_a_quarter_without_feedback_is_too_long(day: int, expected: str | None) -> None:
    assert severity(fed(), "no-feedback", day) == expected


def test_each_way_is_counted_from_its_last_time() -> None:
    history = fed((50, True, True), (70, False, True))
    assert [severity(history, "no-feedback", day) for day in (139, 140)] == [None, "warning"]
    assert [severity(fed((50, True, True), (70, True, False)), "no-feedback", day) for day in (139, 140)] == [
        *(None, "warning")
    ]


@pytest.mark.parametrize(
    ("check_ins", "evidence"),
    [
        ((), "No feedback to or from the vendor is on record for 160 days."),
        (((80, False, True),), "No feedback to the vendor is on record for 160 days."),
        (((80, True, False),), "No feedback from the vendor is on record for 160 days."),
        (
            ((60, True, False), (65, False, True)),
            "No feedback to the vendor is on record for 100 days, and none from it for 95 days.",
        ),
    ],
)
def test_it_says_which_way_it_is_missing(check_ins: tuple[tuple[int, bool, bool], ...], evidence: str) -> None:
    warning = fired(fed(*check_ins), "no-feedback", 160)
    assert warning is not None
    assert warning.evidence == evidence


def test_feedback_in_a_report_of_the_vendor_is_feedback() -> None:
    said = CheckIn(on(80), "report", "vendor", feedback_given=True, feedback_received=True)
    assert severity(a_history(check_ins=(*OFTEN[:27], said, *OFTEN[27:])), "no-feedback", 160) is None


def test_a_pause_is_counted_from_its_end() -> None:
    history = fed(pauses=(Pause(on(20), on(60)),))
    assert [severity(history, "no-feedback", day) for day in (149, 150)] == [None, "warning"]


def test_silence_covers_it_and_what_nobody_said_does_not() -> None:
    silent = assessed(a_history(check_ins=talks(1)), 100)
    assert "no-feedback" in next(one for one in silent.warnings if one.rule == "silent").covers
    unknown = a_history(some_terms(recorded_on=on(50)))
    assert severity(unknown, "silent", 100) == "unknown"
    assert severity(unknown, "no-feedback", 100) == "warning"


def test_feedback_that_a_short_log_leaves_out_is_asked_for() -> None:
    # looked at on day 195 a short log is complete from day 133 on; of before it holds the last feedback each way
    no_feedback = next(rule for rule in CATALOGUE if rule.id == "no-feedback")
    history = fed((5, True, True), (95, True, True))
    short = Case(shorten(history, on(195)), TOGETHER, on(195))
    assert first_day(no_feedback, short, on(0), on(195)) == on(185)
    # none was taken from day 95 on; whether some was given by then cannot be told from that of day 100
    history = fed((5, False, True), (20, True, False), (100, True, False))
    warning = fired(history, "no-feedback", 195)
    assert warning is not None
    assert warning.since == on(95)
    short = Case(shorten(history, on(195)), TOGETHER, on(195))
    with pytest.raises(Unread):
        first_day(no_feedback, short, on(0), on(195))


@pytest.mark.parametrize(
    ("changes", "runs"),
    [
        ({}, True),
        ({"pauses": (Pause(on(100), on(120)),)}, False),
        ({"closed_on": on(100)}, False),
        ({"terms": (some_terms(starts_on=on(101)),)}, False),
        ({"terms": (some_terms(status="draft"),)}, False),
        ({"terms": (some_terms(contract="retainer"),)}, True),
    ],
)
def test_what_was_promised_is_judged_while_the_work_runs(changes: dict[str, object], runs: bool) -> None:
    late = a_milestone("M1", 40, reports=reports((30, 0.8)), baselines=(Baseline(on(35), on(41)),))
    history = fed(milestones=(late,), **changes)
    assert severity(history, "no-feedback", 100) == ("warning" if runs else None)
    assert severity(history, "moved-baseline", 100) == ("critical" if runs else None)
    runs_to_an_end = runs and history.terms[0].contract != "retainer"
    assert severity(history, "over-claimed", 100) == ("warning" if runs_to_an_end else None)


def test_the_first_month_is_no_excuse_for_a_date_that_was_moved_or_for_a_claim() -> None:
    late = a_milestone("M1", 4, reports=reports((3, 0.8)), baselines=(Baseline(on(2), on(5)),))
    assert severity(with_milestones(late), "moved-baseline", 6) == "critical"
    assert severity(with_milestones(late), "over-claimed", 6) == "warning"


# --- actions-overdue


def action(**changes: object) -> Action:
    agreed = Action("action", "send access", on(20), side="vendor", assignee="Kim", due_on=on(40))
    return agreed._replace(**changes)  # type: ignore[arg-type]


def left(*actions: Action, check_ins: tuple[int, ...] = (0,)) -> History:
    return a_history(actions=actions, check_ins=talks(*check_ins))


@pytest.mark.parametrize(("day", "expected"), [(40, None), (41, "warning"), (54, "warning"), (55, "critical")])
def test_an_action_is_overdue_the_day_after_and_critical_after_fourteen(day: int, expected: str | None) -> None:
    assert severity(left(action()), "actions-overdue", day) == expected


@pytest.mark.parametrize("changes", [{"assignee": None}, {"due_on": None}, {"assignee": "", "kind": "issue"}])
def test_an_action_without_assignee_or_date_is_not_agreed(changes: dict[str, object]) -> None:
    assert severity(left(action(**changes)), "actions-overdue", 19) is None
    assert severity(left(action(**changes)), "actions-overdue", 20) == "warning"


def test_a_question_is_no_action() -> None:
    assert severity(left(action(kind="question")), "actions-overdue", 60) is None


@pytest.mark.parametrize(("held", "expected"), [((20, 22, 24), None), ((20, 22, 24, 26), "warning")])
def test_an_action_carried_through_three_check_ins_after_it_was_raised(
    held: tuple[int, ...], expected: str | None
) -> None:
    assert severity(left(action(), check_ins=held), "actions-overdue", 30) == expected


def test_closing_ends_it() -> None:
    assert severity(left(action(closed_on=on(45))), "actions-overdue", 44) == "warning"
    assert severity(left(action(closed_on=on(45))), "actions-overdue", 45) is None


def test_ours_and_theirs_are_told_apart() -> None:
    ours = action(title="name a tester", side="us", due_on=on(25))
    warning = fired(left(action(), action(title="fix it", due_on=None), ours), "actions-overdue", 42)
    assert warning is not None
    assert warning.severity == "critical"
    assert warning.evidence == (
        'Ours: "name a tester" is 17 days overdue. Theirs: "send access" is 2 days overdue, and one more.'
    )


@pytest.mark.parametrize(("day", "expected"), [(28, None), (29, "warning"), (42, "warning"), (43, "critical")])
def test_an_action_of_ours_that_is_due_on_a_saturday_has_until_monday(day: int, expected: str | None) -> None:
    # day 26 is Saturday, 28 March; Monday the 30th is day 28, and 14 days after that is day 42
    assert severity(left(action(side="us", due_on=on(26))), "actions-overdue", day) == expected


@pytest.mark.parametrize(("country", "due_day", "late_day"), [(None, 32, 33), ("DE", 32, 37), ("DE", 36, 37)])
def test_an_action_of_ours_that_is_due_on_a_public_holiday_has_until_the_next_working_day(
    country: str | None, due_day: int, late_day: int
) -> None:
    # day 32 is Good Friday, 3 April, and the Monday of Easter is free too: the next working day is 7 April, day 36
    history = left(action(side="us", due_on=on(due_day)))._replace(terms=(some_terms(country=country),))
    assert severity(history, "actions-overdue", late_day - 1) is None
    assert severity(history, "actions-overdue", late_day) == "warning"


@pytest.mark.parametrize("side", ["vendor", None])
def test_a_date_that_is_not_ours_stands_as_it_was_agreed(side: Side | None) -> None:
    warning = fired(left(action(side=side, due_on=on(26))), "actions-overdue", 27)
    assert warning is not None
    assert warning.since == on(27)


# --- promises kept


def test_promises_are_first_dates_of_milestones_and_of_the_vendors_actions_but_not_of_its_questions() -> None:
    history = with_milestones(
        a_milestone("M1", 10, deliveries=(Delivery(on(10)),)),
        a_milestone("M2", 20, deliveries=(Delivery(on(21)),), baselines=(Baseline(on(15), on(30)),)),
        a_milestone("M3", 50, deliveries=(Delivery(on(30)),)),
        a_milestone("M4", None),
    )._replace(
        actions=(
            action(closed_on=on(40)),
            action(promised_on=on(25), closed_on=on(26)),
            action(side="us", closed_on=on(30)),
            action(due_on=None),
            action(kind="question", closed_on=on(41)),
        )
    )
    promises = assessed(history, 45).schedule.promises
    assert (promises.kept, promises.due) == (2, 4)
    assert assessed(history, 50).schedule.promises.due == 5
