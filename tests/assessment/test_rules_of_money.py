"""Whether the money lasts, whether it runs ahead of the work, and whether an hour costs what was agreed."""

from decimal import Decimal

import pytest

from engagement.assessment.engagement import assess
from engagement.assessment.values import Delivery, History, LimitChange, Milestone, Pause, Series, Spend
from tests.assessment.made import (
    TOGETHER,
    a_history,
    a_milestone,
    assessed,
    fired,
    on,
    reports,
    severity,
    shorten,
    some_terms,
    talks,
)

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
    assert warning.evidence == (
        "The part that is not earned is budgeted at EUR 5,000 and EUR 4,500 are left of EUR 10,000."
    )
    assert warning.since == on(15)
    warning = fired(with_milestones(HALF, spend=paid(10_001)), "budget", 20)
    assert warning is not None
    assert warning.evidence == "EUR 10,001 are spent of the EUR 10,000 approved."


@pytest.mark.parametrize(
    ("deposit", "paid_on", "also"),
    [
        (False, None, ""),
        (True, None, "; EUR 3,000 of what is spent is a deposit"),
        (False, 4, "; some of what is spent was paid for open work"),
        (True, 4, "; EUR 3,000 of what is spent is a deposit, and some was paid for open work"),
    ],
)
def test_what_is_paid_of_open_work_already_is_not_said_to_be_needed_again(
    deposit: bool, paid_on: int | None, also: str
) -> None:
    # the values of what is not accepted are 10,000 whatever was paid on them
    first = None if paid_on is None else on(paid_on)
    milestones = (
        a_milestone("M1", 50, value=Decimal(4000))._replace(first_paid_on=first),
        a_milestone("M2", 90, value=Decimal(6000)),
    )
    warning = fired(with_milestones(*milestones, spend=paid(3000, deposit=deposit)), "budget", 20)
    assert warning is not None
    assert warning.evidence == (f"What is not accepted is worth EUR 10,000 and EUR 7,000 are left of EUR 10,000{also}.")


def test_without_a_budget_both_rules_are_unknown() -> None:
    history = with_milestones(HALF)._replace(terms=(some_terms(budget=None),))
    missing = {one.rule: one.missing for one in assessed(history, 20).unknown}
    assert missing == {
        "budget": "no budget recorded",
        "spend-ahead": "no budget recorded",
        "no-return": "the cost to finish takes values of all milestones, or a budget and reported progress",
    }


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


# --- paid-unaccepted


def paid_for(*days: int, **changes: object) -> Milestone:
    """A milestone that was first paid for on a day, and its deliveries."""
    return a_milestone("M1", 150, first_paid_on=on(days[0]))._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "expected"), [(39, None), (40, "warning"), (59, "warning"), (60, None)])
def test_paid_before_it_was_accepted_until_it_is(day: int, expected: str | None) -> None:
    milestone = paid_for(40, deliveries=(Delivery(on(50), on(60), "accepted"),))
    assert severity(with_milestones(milestone), "paid-unaccepted", day) == expected


def test_what_was_accepted_first_may_be_paid_and_what_was_rejected_may_not() -> None:
    accepted = paid_for(40, deliveries=(Delivery(on(30), on(35), "accepted"),))
    assert severity(with_milestones(accepted), "paid-unaccepted", 41) is None
    rejected = paid_for(40, deliveries=(Delivery(on(30), on(35), "rejected"),))
    assert severity(with_milestones(rejected), "paid-unaccepted", 41) == "warning"


def test_what_nobody_paid_for_or_does_not_count_is_not_paid_early() -> None:
    assert severity(with_milestones(a_milestone("M1", 150)), "paid-unaccepted", 41) is None
    assert severity(with_milestones(paid_for(40, cancelled_on=on(45))), "paid-unaccepted", 44) == "warning"
    assert severity(with_milestones(paid_for(40, cancelled_on=on(45))), "paid-unaccepted", 45) is None


def test_the_first_paid_is_named_and_the_rest_counted() -> None:
    others = [paid_for(day, key=f"M{day}", name=f"Result {day}") for day in (41, 38, 45)]
    warning = fired(with_milestones(*others[:2]), "paid-unaccepted", 48)
    assert warning is not None
    assert warning.evidence == (
        '"Result 38" was first paid for on 9 Apr, 10 days ago, and is not accepted; so was one more.'
    )
    assert warning.since == on(38)
    warning = fired(with_milestones(*others), "paid-unaccepted", 48)
    assert warning is not None
    assert warning.evidence.endswith("; so were two more.")
    warning = fired(with_milestones(others[0]), "paid-unaccepted", 41)
    assert warning is not None
    assert warning.evidence == '"Result 41" was first paid for on 12 Apr, today, and is not accepted.'


def test_of_a_retainer_the_month_is_paid_and_not_the_milestone() -> None:
    history = retainer()._replace(milestones=(paid_for(5, key="close:2026-03-10", due_on=None),))
    assert severity(history, "paid-unaccepted", 20) is None


# --- rate-drift: agreed are 50 an hour


def worked(*booked: tuple[int, int, float], **changes: object) -> History:
    """Day, amount and hours of payments, at an agreed rate of 50."""
    spend = tuple(Spend(on(day), Decimal(amount), Decimal(str(hours))) for day, amount, hours in booked)
    terms = some_terms(rate=Decimal(50), contract="hourly")
    return a_history(terms, check_ins=OFTEN, spend=spend)._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("amount", "expected"), [(5500, None), (5501, "warning")])
def test_an_hour_may_cost_a_tenth_more_than_agreed(amount: int, expected: str | None) -> None:
    assert severity(worked((40, amount, 100)), "rate-drift", 41) == expected


def test_all_hours_of_four_weeks_count_together() -> None:
    # 2,000 + 4,000 for 100 hours are 60 an hour; the first payment is of the last four weeks up to day 67
    history = worked((40, 2000, 50), (60, 4000, 50))
    assert severity(worked((40, 2000, 50)), "rate-drift", 41) is None
    warning = fired(history, "rate-drift", 67)
    assert warning is not None
    assert warning.since == on(60)
    assert warning.evidence == "100 hours of the last 28 days cost EUR 6,000: EUR 60 an hour, agreed EUR 50."
    warning = fired(history, "rate-drift", 68)
    assert warning is not None
    assert warning.evidence == "50 hours of the last 28 days cost EUR 4,000: EUR 80 an hour, agreed EUR 50."
    assert severity(history, "rate-drift", 87) == "warning"
    assert severity(history, "rate-drift", 88) is None


@pytest.mark.parametrize("payment", [Spend(on(40), Decimal(9000)), Spend(on(40), Decimal(9000), Decimal(0))])
def test_a_payment_without_hours_has_no_rate(payment: Spend) -> None:
    assert severity(worked(spend=(payment,)), "rate-drift", 41) is None
    assert severity(worked(spend=(payment, Spend(on(40), Decimal(500), Decimal(10)))), "rate-drift", 41) is None


def test_without_a_rate_hours_cannot_be_compared_and_without_hours_none_is_needed() -> None:
    history = worked((40, 9000, 1), terms=(some_terms(),))
    assert [severity(history, "rate-drift", day) for day in (39, 40, 67, 68)] == [None, "unknown", "unknown", None]
    assert {one.rule: one.missing for one in assessed(history, 40).unknown}["rate-drift"] == "no rate is agreed"


def test_hours_that_a_sum_may_hold_are_asked_for() -> None:
    # looked at on day 100 the payments up to day 37 are one sum; a window of 70 days reaches into it
    wide = worked((35, 4000, 50), (60, 4000, 50), limits=(LimitChange("hours-window", 70, on(0)),))
    short, needs, _ = assess(shorten(wide, on(100)), TOGETHER, on(100))
    assert "rate-drift" not in {one.rule for one in short.warnings}
    assert "spend" in needs
    _, needs, _ = assess(shorten(worked((35, 4000, 50), (80, 4000, 50)), on(100)), TOGETHER, on(100))
    assert "spend" not in needs


@pytest.mark.parametrize(
    ("changes", "runs"),
    [
        ({}, True),
        ({"pauses": (Pause(on(41), on(60)),)}, False),
        ({"closed_on": on(41)}, False),
        ({"terms": (some_terms(rate=Decimal(50), starts_on=on(42)),)}, False),
        ({"terms": (some_terms(rate=Decimal(50), contract="retainer"),)}, True),
    ],
)
def test_what_is_paid_is_judged_while_the_work_runs(changes: dict[str, object], runs: bool) -> None:
    history = worked((40, 9000, 100), milestones=(paid_for(40),), **changes)
    assert severity(history, "rate-drift", 41) == ("warning" if runs else None)
    runs_to_an_end = runs and history.terms[0].contract != "retainer"
    assert severity(history, "paid-unaccepted", 41) == ("warning" if runs_to_an_end else None)


def test_an_hour_is_dear_and_a_payment_early_from_the_first_month_on() -> None:
    history = worked((5, 9000, 100), milestones=(paid_for(5),))
    assert severity(history, "rate-drift", 5) == severity(history, "paid-unaccepted", 5) == "warning"
