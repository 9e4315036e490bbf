"""Late, slipping, behind, standing still, waiting for us, green outside: on both sides of each threshold."""

import pytest

from engagement.assessment.values import Action, Baseline, Delivery, History, LimitChange, Milestone, Pause
from tests.assessment.made import (
    a_history,
    a_milestone,
    assessed,
    fired,
    forecasts,
    on,
    reports,
    severity,
    some_terms,
    talks,
)

EVERY_DAY = talks(*range(0, 200, 3))


def with_milestones(*milestones: Milestone, **changes: object) -> History:
    return a_history(milestones=milestones, check_ins=EVERY_DAY)._replace(**changes)  # type: ignore[arg-type]


# --- overdue


@pytest.mark.parametrize(("day", "expected"), [(40, None), (41, "warning"), (47, "warning"), (48, "critical")])
def test_overdue_is_critical_from_the_eighth_day(day: int, expected: str | None) -> None:
    assert severity(with_milestones(a_milestone("M1", 40)), "overdue", day) == expected


def test_overdue_names_the_worst_and_counts_the_rest() -> None:
    history = with_milestones(a_milestone("M1", 41), a_milestone("M2", 40), a_milestone("M3", 43))
    warning = fired(history, "overdue", 49)
    assert warning is not None
    assert warning.evidence == '"Result M2" was due on 11 Apr and is 9 days late; two more are late.'
    assert warning.since == on(41)
    assert assessed(history, 49).schedule.overdue_milestones == 3


def test_overdue_follows_the_current_baseline_whoever_set_it() -> None:
    history = with_milestones(a_milestone("M1", 40, baselines=(Baseline(on(45), on(60)),)))
    assert severity(history, "overdue", 44) == "warning"
    assert severity(history, "overdue", 45) is None
    assert severity(history, "overdue", 61) == "warning"


def test_a_delivery_ends_it_and_a_rejection_begins_it_anew() -> None:
    history = with_milestones(a_milestone("M1", 40, deliveries=(Delivery(on(45), on(50), "rejected"),)))
    assert severity(history, "overdue", 44) == "warning"
    assert severity(history, "overdue", 45) is None
    warning = fired(history, "overdue", 50)
    assert warning is not None
    assert (warning.severity, warning.since) == ("critical", on(50))


def test_a_cancelled_milestone_is_not_late() -> None:
    history = with_milestones(a_milestone("M1", 40, cancelled_on=on(42)), a_milestone("M2", 90))
    assert severity(history, "overdue", 41) == "warning"
    assert severity(history, "overdue", 42) is None


@pytest.mark.parametrize(("day", "expected"), [(29, "warning"), (30, "critical")])
def test_in_the_first_thirty_days_overdue_is_only_a_warning(day: int, expected: str) -> None:
    assert severity(with_milestones(a_milestone("M1", 2)), "overdue", day) == expected


@pytest.mark.parametrize("rule", ["overdue", "slipping"])
def test_without_a_date_nothing_can_be_late(rule: str) -> None:
    history = with_milestones(a_milestone("M1", None))
    assert severity(history, rule, 40) == "unknown"
    missing = {one.rule: one.missing for one in assessed(history, 40).unknown}
    assert missing[rule] == "no milestone has a due date"


# --- slipping: agreed for day 100


@pytest.mark.parametrize(("named", "expected"), [(109, None), (110, "warning"), (124, "warning"), (125, "critical")])
def test_slipping_begins_at_a_tenth_and_is_critical_at_a_quarter(named: int, expected: str | None) -> None:
    history = with_milestones(a_milestone("M1", 100, reports=forecasts((40, named))))
    assert severity(history, "slipping", 50) == expected


@pytest.mark.parametrize(("named", "expected"), [(22, None), (23, "warning"), (26, "warning"), (27, "critical")])
def test_slipping_takes_three_days_and_seven_to_be_critical(named: int, expected: str | None) -> None:
    # agreed for day 20: a tenth are 2 days, a quarter 5; the work is out of its first 30 days only later
    history = with_milestones(a_milestone("M1", 20, deliveries=(Delivery(on(named)),)))
    assert severity(history, "slipping", 40) == expected


def test_in_the_first_thirty_days_slipping_is_only_a_warning() -> None:
    history = with_milestones(a_milestone("M1", 100, reports=forecasts((10, 150))))
    assert severity(history, "slipping", 29) == "warning"
    assert severity(history, "slipping", 30) == "critical"


def test_slipping_says_by_how_much_and_since_when() -> None:
    warning = fired(with_milestones(a_milestone("M1", 100, reports=forecasts((40, 130)))), "slipping", 50)
    assert warning is not None
    assert warning.evidence == (
        "The vendor says 10 Jul for the finish, 30 days after the agreed 10 Jun, 30 % of the agreed duration."
    )
    assert warning.since == on(40)


def test_a_finish_without_a_new_day_or_delivered_late_is_no_word_of_the_vendor() -> None:
    # agreed for day 100, 10 June; on day 140, 20 July, nobody has said anything else, or it came on day 135, 15 July
    late = fired(with_milestones(a_milestone("M1", 100)), "slipping", 140)
    assert late is not None
    assert late.evidence.startswith("The finish is 20 Jul at the earliest, 40 days after the agreed 10 Jun")
    done = fired(with_milestones(a_milestone("M1", 100, deliveries=(Delivery(on(135)),))), "slipping", 140)
    assert done is not None
    assert done.evidence.startswith("All came by 15 Jul, 35 days after the agreed 10 Jun")


@pytest.mark.parametrize(("named", "said"), [(299, "199 % of"), (300, "2 times"), (4647, "45 times")])
def test_a_slip_of_twice_the_agreed_duration_and_more_is_said_in_times(named: int, said: str) -> None:
    # agreed for day 100, so that a slip of 199 days is 199 %, and one of 4,547 days 45 times as long
    warning = fired(with_milestones(a_milestone("M1", 100, reports=forecasts((40, named)))), "slipping", 50)
    assert warning is not None
    assert warning.evidence.endswith(f", {said} the agreed duration.")


def test_an_unapproved_baseline_does_not_end_a_slip_and_an_approved_one_does() -> None:
    for baseline, expected in [
        (Baseline(on(45), on(130)), "critical"),
        (Baseline(on(45), on(130), "more scope"), "critical"),
        (Baseline(on(45), on(130), "more scope", "Ana"), None),
    ]:
        milestone = a_milestone("M1", 100, reports=forecasts((40, 130)), baselines=(baseline,))
        assert severity(with_milestones(milestone), "slipping", 50) == expected


def test_an_open_milestone_slips_with_every_day_past_its_promise() -> None:
    history = with_milestones(a_milestone("M1", 100))
    assert severity(history, "slipping", 109) is None
    assert severity(history, "slipping", 110) == "warning"
    assert severity(history, "slipping", 125) == "critical"
    assert assessed(history, 110).schedule.slip_days == 10


# --- deadline-near: due on day 100


def begun(*said: tuple[int, float], due: int = 100) -> History:
    return with_milestones(a_milestone("M1", due, reports=reports(*said)))


@pytest.mark.parametrize(("day", "expected"), [(79, None), (80, "warning")])
def test_the_deadline_is_near_in_the_last_fifth(day: int, expected: str | None) -> None:
    # 0.31 left in 20 days is 1.1 times the pace of 0.39 in 28 days
    assert severity(begun((51, 0.3), (60, 0.69)), "deadline-near", day) == expected


@pytest.mark.parametrize(("share", "expected"), [(0.69, "warning"), (0.70, None)])
def test_with_seventy_percent_the_deadline_may_come(share: float, expected: str | None) -> None:
    assert severity(begun((51, 0.3), (60, share)), "deadline-near", 80) == expected


@pytest.mark.parametrize(("before", "expected"), [(0.188, "warning"), (0.189, "critical")])
def test_the_deadline_is_critical_at_more_than_one_and_a_half_times_the_pace(before: float, expected: str) -> None:
    # 0.42 left in 20 days: 0.021 a day. 0.58 - 0.188 = 0.392 in 28 days: 0.014 a day, and 1.5 times that is 0.021.
    assert severity(begun((51, before), (60, 0.58)), "deadline-near", 80) == expected


def test_the_deadline_is_critical_where_nothing_moved_or_no_day_is_left() -> None:
    assert severity(begun((40, 0.5)), "deadline-near", 85) == "critical"
    assert severity(begun((40, 0.1), (95, 0.6)), "deadline-near", 100) == "critical"


def test_a_deadline_that_has_passed_is_folded_into_overdue() -> None:
    assessment = assessed(begun((40, 0.5)), 103)
    assert "deadline-near" in [warning.rule for warning in assessment.folded]
    warning = fired(begun((40, 0.5)), "deadline-near", 103)
    assert warning is not None
    assert warning.evidence == "The last due date, 10 Jun, has passed and 50 % of the work is done."


def test_a_near_deadline_says_what_is_left() -> None:
    warning = fired(begun((40, 0.5)), "deadline-near", 88)
    assert warning is not None
    assert warning.evidence == (
        "12 days are left to 10 Jun and 50 % of the work is done, none of it in the last 28 days."
    )
    assert warning.since == on(80)


def test_a_near_deadline_names_the_pace_that_makes_it_critical() -> None:
    # 0.42 left in 20 days: 0.021 a day. 0.58 - 0.30 = 0.28 in 28 days: 0.010 a day
    warning = fired(begun((51, 0.3), (60, 0.58)), "deadline-near", 80)
    assert warning is not None
    assert (warning.severity, warning.evidence) == (
        "critical",
        "20 days are left to 10 Jun and 58 % of the work is done; the rest takes 2.1 times the pace of the "
        "last 28 days.",
    )
    warning = fired(begun((98, 0.1), (99, 0.6)), "deadline-near", 99)
    assert warning is not None
    # 0.4 left in a day; 0.6 in 28 days are 0.0214 a day
    assert warning.evidence == (
        "1 day is left to 10 Jun and 60 % of the work is done; the rest takes 18.7 times the pace of the last 28 days."
    )
    warning = fired(begun((51, 0.188), (60, 0.58)), "deadline-near", 80)
    assert warning is not None
    assert (warning.severity, warning.evidence) == (
        "warning",
        "20 days are left to 10 Jun and 58 % of the work is done.",
    )


# --- behind-plan: one milestone over 100 days; on day T the index is 100 * share / T


@pytest.mark.parametrize(
    ("share", "expected"), [(0.36, None), (0.359, "warning"), (0.32, "warning"), (0.319, "critical")]
)
def test_behind_plan_by_the_index(share: float, expected: str | None) -> None:
    assert severity(begun((35, share)), "behind-plan", 40) == expected


@pytest.mark.parametrize(("day", "expected"), [(15, None), (16, "warning"), (29, "warning"), (30, "critical")])
def test_behind_plan_waits_for_fifteen_percent_of_the_time_and_is_mild_at_first(day: int, expected: str | None) -> None:
    assert severity(begun((5, 0.0)), "behind-plan", day) == expected


def test_behind_plan_says_by_how_much() -> None:
    warning = fired(begun((35, 0.33)), "behind-plan", 40)
    assert warning is not None
    assert warning.evidence == (
        "18 % slower than planned (SPI(t) 0.82): 33 % of the work is done, which the plan had for 4 Apr."
    )
    assert warning.since == on(37)  # 33 / 36 = 0.92, 33 / 37 = 0.89


# --- flatline: cadence 7, so 14 and 28 days


@pytest.mark.parametrize(("day", "expected"), [(53, None), (54, "warning"), (67, "warning"), (68, "critical")])
def test_flatline_after_two_weeks_and_critical_after_four(day: int, expected: str | None) -> None:
    assert severity(begun((40, 0.5)), "flatline", day) == expected


def test_flatline_waits_for_two_cadences_where_they_are_longer() -> None:
    history = begun((40, 0.5))._replace(terms=(some_terms(cadence_days=10),))
    assert severity(history, "flatline", 59) is None
    assert severity(history, "flatline", 60) == "warning"


def test_saying_the_same_again_is_no_change_and_another_share_is() -> None:
    history = begun((40, 0.5), (50, 0.5), (60, 0.4))
    warning = fired(history, "flatline", 59)
    assert warning is not None
    assert warning.since == on(54)
    assert warning.evidence == (
        'The progress on record has stood at 50 % for 19 days; "Result M1" began on 2 Mar and is open.'
    )
    assert severity(history, "flatline", 60) is None


def test_a_claim_above_what_can_be_earned_does_not_move_it() -> None:
    assert severity(begun((40, 0.9), (50, 1.0)), "flatline", 54) == "warning"


def test_a_pause_is_no_silence() -> None:
    history = begun((10, 0.1), due=200)._replace(pauses=(Pause(on(20), on(60)),))
    assert severity(history, "flatline", 73) is None
    assert severity(history, "flatline", 74) == "warning"


def test_flatline_needs_a_begun_milestone() -> None:
    done = a_milestone("M1", 40, deliveries=(Delivery(on(30), on(31), "accepted"),), reports=reports((20, 0.5)))
    later = a_milestone("M2", 100, starts_on=on(60))
    assert severity(with_milestones(done, later), "flatline", 59) is None
    assert severity(with_milestones(done, later), "flatline", 60) == "critical"


def test_in_the_first_thirty_days_flatline_is_only_a_warning() -> None:
    assert severity(begun((1, 0.1)), "flatline", 29) == "warning"
    assert severity(begun((1, 0.1)), "flatline", 30) == "critical"


# --- unknown progress


@pytest.mark.parametrize("rule", ["deadline-near", "behind-plan", "flatline", "spend-ahead"])
def test_without_known_progress_these_are_unknown(rule: str) -> None:
    history = with_milestones(a_milestone("M1", 100))
    assert severity(history, rule, 90) == "unknown"
    missing = {one.rule: one.missing for one in assessed(history, 90).unknown}
    assert missing[rule] == "nobody has reported progress"


@pytest.mark.parametrize("rule", ["slipping", "deadline-near", "behind-plan", "flatline", "spend-ahead"])
def test_a_retainer_has_no_finish_and_no_shares_to_be_judged_by(rule: str) -> None:
    history = begun((10, 0.1))._replace(terms=(some_terms(contract="retainer"),))
    assert severity(history, rule, 150) is None


# --- awaiting-us: delivered on Monday, day 42; the fifth working day is Monday 49, the tenth Monday 56


@pytest.mark.parametrize(("day", "expected"), [(49, None), (50, "warning"), (56, "warning"), (57, "critical")])
def test_a_delivery_waits_five_working_days_and_ten(day: int, expected: str | None) -> None:
    history = with_milestones(a_milestone("M1", 100, deliveries=(Delivery(on(42)),)))
    assert severity(history, "awaiting-us", day) == expected


@pytest.mark.parametrize("outcome", ["accepted", "rejected"])
def test_a_decision_ends_the_waiting(outcome: str) -> None:
    delivery = Delivery(on(42), on(51), "accepted" if outcome == "accepted" else "rejected")
    history = with_milestones(a_milestone("M1", 100, deliveries=(delivery,)))
    assert severity(history, "awaiting-us", 50) == "warning"
    assert severity(history, "awaiting-us", 51) is None


def test_a_weekend_is_no_time_to_decide_in() -> None:
    history = with_milestones(a_milestone("M1", 100, deliveries=(Delivery(on(39)),)))  # Friday: fifth is Friday 46
    assert severity(history, "awaiting-us", 48) is None
    assert severity(history, "awaiting-us", 49) == "warning"


def question(**changes: object) -> Action:
    asked = Action("question", "which fields?", on(42), side="vendor")
    return asked._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "expected"), [(45, None), (46, "warning"), (90, "warning")])
def test_a_question_of_the_vendor_waits_three_working_days_and_is_never_critical(
    day: int, expected: str | None
) -> None:
    assert severity(a_history(check_ins=EVERY_DAY, actions=(question(),)), "awaiting-us", day) == expected


@pytest.mark.parametrize("changes", [{"side": "us"}, {"kind": "issue"}, {"closed_on": on(45)}])
def test_only_an_open_question_of_the_vendor_waits_for_us(changes: dict[str, object]) -> None:
    history = a_history(check_ins=EVERY_DAY, actions=(question(**changes),))
    assert severity(history, "awaiting-us", 50) is None


def test_waiting_names_the_longest_and_counts_the_rest() -> None:
    history = with_milestones(a_milestone("M1", 100, deliveries=(Delivery(on(42)),)), actions=(question(),))
    warning = fired(history, "awaiting-us", 51)
    assert warning is not None
    assert warning.evidence == (
        '"Result M1" was delivered on 13 Apr and has waited 7 working days for a decision; one more waits.'
    )
    assert warning.since == on(46)


# --- watermelon


def declared(status: str, day: int, **changes: object) -> History:
    said = talks(day, declared_status=status)
    silent = with_milestones(a_milestone("M1", 40))
    check_ins = tuple(sorted([*EVERY_DAY, *said], key=lambda one: one.held_on))
    return silent._replace(check_ins=check_ins)._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "expected"), [(47, None), (48, "warning")])
def test_green_is_compared_once_another_rule_is_critical(day: int, expected: str | None) -> None:
    assert severity(declared("on_track", 20), "watermelon", day) == expected


def test_who_says_red_is_believed_and_the_vendors_green_is_not_ours() -> None:
    assert severity(declared("at_risk", 20), "watermelon", 48) is None
    green_of_theirs = talks(20, declared_status="on_track", side="vendor")
    assert severity(declared("at_risk", 10, check_ins=green_of_theirs), "watermelon", 80) is None


def test_a_check_in_without_a_status_leaves_the_last_one_standing() -> None:
    assessment = assessed(declared("on_track", 20), 48)
    assert assessment.declared_status == "on_track"
    assert assessment.status == "off_track"


def test_green_outside_quotes_what_is_red_inside() -> None:
    warning = fired(declared("on_track", 20), "watermelon", 51)
    assert warning is not None
    assert warning.since == on(48)
    assert warning.evidence == (
        'Last declared "on track"; on record, critical: "Result M1" was due on 11 Apr and is 11 days late. '
        "One more is critical."
    )


def test_a_changed_limit_moves_the_threshold_from_its_day() -> None:
    history = with_milestones(a_milestone("M1", 40), limits=(LimitChange("overdue-critical", 3, on(45)),))
    assert severity(history, "overdue", 44) == "warning"
    assert severity(history, "overdue", 45) == "critical"
