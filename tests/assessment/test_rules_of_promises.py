"""Dates that keep moving, dates that have passed, actions that were not done."""

import pytest

from engagement.assessment.values import Action, Baseline, Delivery, History, Milestone, Side
from tests.assessment.made import a_history, a_milestone, assessed, fired, forecasts, on, severity, some_terms, talks

OFTEN = talks(*range(0, 200, 3))


def with_milestones(*milestones: Milestone) -> History:
    return a_history(milestones=milestones, check_ins=OFTEN)


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
