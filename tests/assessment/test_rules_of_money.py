"""Whether the money lasts, and whether it runs ahead of the work."""

from decimal import Decimal

import pytest

from engagement.assessment.values import Delivery, History, LimitChange, Milestone, Series, Spend
from tests.assessment.made import a_history, a_milestone, assessed, fired, on, reports, severity, some_terms, talks

OFTEN = talks(*range(0, 200, 3))


def paid(*amounts: int, deposit: bool = False, day: int = 10) -> tuple[Spend, ...]:
    return tuple(Spend(on(day), Decimal(amount), deposit=deposit) for amount in amounts)


def with_milestones(*milestones: Milestone, spend: tuple[Spend, ...] = ()) -> History:
    return a_history(milestones=milestones, check_ins=OFTEN, spend=spend)


HALF = a_milestone("M1", 100, reports=reports((5, 0.5)))
"""Half done of a budget of 10,000: the other half is needed."""


@pytest.mark.parametrize(
    ("spent", "expected"), [(5000, None), (5001, "warning"), (10_000, "warning"), (10_001, "critical")]
)
def test_budget_against_the_part_that_is_not_earned(spent: int, expected: str | None) -> None:
    assert severity(with_milestones(HALF, spend=paid(spent)), "budget", 20) == expected


@pytest.mark.parametrize(("spent", "expected"), [(7000, None), (7001, "warning")])
def test_budget_against_the_values_of_what_is_not_accepted(spent: int, expected: str | None) -> None:
    accepted = a_milestone("M1", 10, value=Decimal(4000), deliveries=(Delivery(on(8), on(9), "accepted"),))
    open_one = a_milestone("M2", 50, value=Decimal(3000))
    assert severity(with_milestones(accepted, open_one, spend=paid(spent)), "budget", 20) == expected
    assert assessed(with_milestones(accepted, open_one), 20).cost.to_finish == 3000


def test_deposits_are_spent_money() -> None:
    assert severity(with_milestones(HALF, spend=paid(5001, deposit=True)), "budget", 20) == "warning"


def test_budget_says_what_is_needed_and_what_is_left() -> None:
    warning = fired(with_milestones(HALF, spend=(*paid(4000), *paid(1500, day=15))), "budget", 20)
    assert warning is not None
    assert warning.evidence == "EUR 5,000 are needed to finish and EUR 4,500 are left of EUR 10,000."
    assert warning.since == on(15)
    warning = fired(with_milestones(HALF, spend=paid(10_001)), "budget", 20)
    assert warning is not None
    assert warning.evidence == "EUR 10,001 are spent of the EUR 10,000 approved."


def test_without_a_budget_both_rules_are_unknown() -> None:
    history = with_milestones(HALF)._replace(terms=(some_terms(budget=None),))
    missing = {one.rule: one.missing for one in assessed(history, 20).unknown}
    assert missing == {"budget": "no budget recorded", "spend-ahead": "no budget recorded"}


def test_without_known_progress_only_overspending_can_be_told() -> None:
    unknown = with_milestones(a_milestone("M1", 100), spend=paid(9000))
    assert severity(unknown, "budget", 20) == "unknown"
    assert severity(unknown._replace(spend=paid(10_001)), "budget", 20) == "critical"


def test_what_was_never_spent_is_not_known_rather_than_nothing() -> None:
    assert assessed(with_milestones(HALF), 20).cost.spent is None
    assert assessed(with_milestones(HALF, spend=paid(7)), 20).cost.spent == 7
    assert assessed(with_milestones(HALF, spend=paid(7)), 9).cost.spent is None


# --- retainers: an allowance a month. Day 0 is 2 March, day 30 is 1 April.


def retainer(*spend: Spend, value: int | None = 600) -> History:
    series = Series("close", "Month-end close", "month", 10, None if value is None else Decimal(value))
    terms = some_terms(contract="retainer", budget=Decimal(1000))
    return a_history(terms, series=(series,), check_ins=OFTEN, spend=spend)


@pytest.mark.parametrize(("spent", "expected"), [(400, None), (401, "warning"), (1000, "warning"), (1001, "critical")])
def test_a_retainer_is_judged_by_the_month(spent: int, expected: str | None) -> None:
    assert severity(retainer(*paid(spent, day=5)), "budget", 20) == expected


def test_with_a_new_month_the_allowance_begins_anew() -> None:
    history = retainer(*paid(1001, day=5))
    assert severity(history, "budget", 29) == "critical"
    assert severity(history, "budget", 30) is None
    cost = assessed(history, 30).cost
    assert (cost.spent, cost.spent_this_month, cost.to_finish) == (Decimal(1001), Decimal(0), None)


def test_a_month_says_what_is_due_and_what_is_left() -> None:
    warning = fired(retainer(*paid(700, day=5)), "budget", 20)
    assert warning is not None
    assert warning.evidence == "EUR 600 are still due in Mar and EUR 300 are left of the month's EUR 1,000."


def test_accepted_occurrences_are_not_due_any_more() -> None:
    accepted = a_milestone("close:2026-03-10", None, deliveries=(Delivery(on(8), on(9), "accepted"),))
    assert severity(retainer(*paid(700, day=5))._replace(milestones=(accepted,)), "budget", 20) is None


def test_without_values_only_overspending_of_a_month_can_be_told() -> None:
    assert severity(retainer(*paid(1000, day=5), value=None), "budget", 20) == "unknown"
    assert severity(retainer(*paid(1001, day=5), value=None), "budget", 20) == "critical"


# --- spend-ahead: half is earned


@pytest.mark.parametrize(
    ("spent", "expected"), [(6499, None), (6500, "warning"), (7499, "warning"), (7500, "critical")]
)
def test_spend_ahead_from_fifteen_points_and_critical_from_twenty_five(spent: int, expected: str | None) -> None:
    assert severity(with_milestones(HALF, spend=paid(spent)), "spend-ahead", 20) == expected


@pytest.mark.parametrize(("share", "spent"), [(0.2, 3500), (0.4, 5500), (0.55, 7000)])
def test_fifteen_points_are_fifteen_points_wherever_they_lie(share: float, spent: int) -> None:
    milestone = a_milestone("M1", 100, reports=reports((5, share)))
    assert severity(with_milestones(milestone, spend=paid(spent)), "spend-ahead", 20) == "warning"
    assert severity(with_milestones(milestone, spend=paid(spent - 1)), "spend-ahead", 20) is None


def test_an_agreed_deposit_is_not_ahead() -> None:
    history = with_milestones(HALF, spend=paid(8000, deposit=True))
    assert severity(history, "spend-ahead", 20) is None


def test_of_a_budget_of_nothing_no_share_is_spent_and_that_is_what_is_said() -> None:
    nothing = a_history(some_terms(budget=Decimal(0)), milestones=(HALF,), check_ins=talks(1))
    assert {one.rule: one.missing for one in assessed(nothing, 20).unknown}["spend-ahead"] == "the budget is 0"


def test_spend_ahead_says_how_far() -> None:
    warning = fired(with_milestones(HALF, spend=paid(7000)), "spend-ahead", 20)
    assert warning is not None
    assert warning.evidence == "70 % of the budget is spent for 50 % of the work."
    assert warning.next_step == "Hold the next payment to Northwind until more is accepted."


def test_a_changed_limit_of_the_engagement_moves_the_threshold() -> None:
    history = with_milestones(HALF, spend=paid(6500))._replace(limits=(LimitChange("spend-ahead", 0.2, on(12)),))
    assert severity(history, "spend-ahead", 11) == "warning"
    assert severity(history, "spend-ahead", 12) is None
