"""D. Money and value."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from engagement.assessment.facts import Facts
from engagement.assessment.money import due_this_month, is_more, value_of_open
from engagement.assessment.rules.base import Finding, Missing, rule
from engagement.assessment.wording import apart, count, day, in_words, measured, money, month, share

NO_BUDGET: Final = Missing("no budget recorded")
EMPTY_BUDGET: Final = Missing("the budget is 0")
NO_VALUE: Final = Missing("not everything due this month has a value")
NO_PROGRESS: Final = Missing("nobody has reported progress")
NO_RATE: Final = Missing("no rate is agreed")
DIGITS: Final = 9
"""Differences of shares are rounded to this before they meet a limit, so that 0.35 - 0.20 is 0.15."""


@rule(
    "budget",
    "status",
    "D",
    sentence="The money will not last.",
    condition="Cost to finish is more than what is left; critical once more than {budget-spent} of the budget is "
    "spent. Retainers: what is due this month against the month's allowance.",
    next_step="Approve more, or cut scope with {vendor}.",
    news=("the money will not last", "the money is running out", "the money lasts again"),
    source="House definition.",
    limits=("budget-spent",),
    reads=("spend", "deliveries", "reports", "plan", "months"),
)
def budget(facts: Facts) -> Finding | Missing | None:
    """More is spent than was approved, or more will be."""
    allowed = facts.terms.budget
    if allowed is None:
        return NO_BUDGET
    spent = facts.spent_this_month if facts.retainer else facts.spent
    if spent > allowed * Decimal(str(facts.limit("budget-spent"))):
        return Finding("critical", _overspent(facts, spent, allowed))
    if facts.retainer:
        return _month_too_full(facts, spent, allowed)
    if facts.to_finish is None:
        return NO_PROGRESS
    if not is_more(facts.to_finish, allowed - spent, allowed):
        return None
    needed, left, whole = apart(facts.terms.currency, facts.to_finish, allowed - spent, allowed)
    by_value = value_of_open(facts.plan, facts.handovers) is not None
    rest = "What is not accepted is worth" if by_value else "The part that is not earned is budgeted at"
    return Finding("warning", f"{rest} {needed} and {left} are left of {whole}{paid_ahead(facts)}.")


@rule(
    "spend-ahead",
    "status",
    "D",
    sentence="Money runs ahead of work.",
    condition="The share of the budget spent, without deposits, is {spend-ahead#} points or more above the share of "
    "the work earned; critical from {spend-ahead-critical#}. Not retainers.",
    next_step="Hold the next payment to {vendor} until more is accepted.",
    news=("money ran ahead of work", "money ran far ahead of work", "money and work agree again"),
    source="House definition.",
    limits=("spend-ahead", "spend-ahead-critical"),
    reads=("spend", "deliveries", "reports", "plan"),
)
def spend_ahead(facts: Facts) -> Finding | Missing | None:
    """Paid for more than was done."""
    if facts.retainer:
        return None
    if not facts.known or facts.earned is None:
        return NO_PROGRESS
    allowed = facts.terms.budget
    if not allowed:
        return NO_BUDGET if allowed is None else EMPTY_BUDGET
    spent = float(facts.logs.spent(deposits=False) / allowed)
    ahead = round(spent - facts.earned, DIGITS)
    critical = facts.limit("spend-ahead-critical")
    if ahead < min(facts.limit("spend-ahead"), critical):
        return None
    evidence = f"{share(spent)} of the budget is spent for {share(facts.earned)} of the work."
    return Finding("critical" if ahead >= critical else "warning", evidence)


@rule(
    "paid-unaccepted",
    "nudge",
    "D",
    sentence="Paid before it was accepted.",
    condition="A payment that is no deposit is booked to a milestone that is not accepted. Not retainers.",
    next_step="Check with {vendor} what was paid for.",
    news=("was paid before it was accepted", "more was paid before it was accepted", "what was paid for is accepted"),
    source="House definition.",
    reads=("deliveries", "plan"),
)
def paid_unaccepted(facts: Facts) -> Finding | None:
    """Named is the one that was paid first."""
    if facts.retainer:
        return None
    paid = _paid_and_open(facts)
    if not paid:
        return None
    (paid_on, name), more = min(paid), len(paid) - 1
    rest = f"; so {'was' if more == 1 else 'were'} {in_words(more)} more" if more else ""
    days = (facts.day - paid_on).days
    ago = "today" if days == 0 else f"{count(days, 'day')} ago"
    evidence = f'"{name}" was first paid for on {day(paid_on, facts.day)}, {ago}, and is not accepted{rest}.'
    return Finding("warning", evidence)


def is_hourly(facts: Facts) -> bool:
    """Whether hours were ever recorded."""
    return any(one.hours and one.spent_on <= facts.day for one in facts.history.spend)


@rule(
    "rate-drift",
    "nudge",
    "D",
    sentence="The hour costs more than agreed.",
    condition="What was paid for hours in the last {hours-window} comes to more than {rate-drift} the agreed rate.",
    next_step="Ask {vendor} what the difference is for.",
    news=("an hour costs more than agreed", "an hour costs far more than agreed", "an hour costs what was agreed"),
    source="House definition.",
    limits=("hours-window", "rate-drift"),
    reads=("spend",),
    windows={"hours-window": ("spend",)},
    has_input=is_hourly,
)
def rate_drift(facts: Facts) -> Finding | Missing | None:
    """Over all payments with hours together; without hours there is nothing to compare, whatever is agreed."""
    window, rate = facts.days("hours-window"), facts.terms.rate
    payments = facts.logs.hours_after(facts.day - timedelta(days=window)) if facts.history.spend else None
    if not payments:
        return None
    if rate is None:
        return NO_RATE
    amount = sum((one.amount for one in payments), Decimal(0))
    hours = sum((one.hours for one in payments if one.hours), Decimal(0))
    if amount <= hours * rate * Decimal(str(facts.limit("rate-drift"))):
        return None
    evidence = (
        f"{measured(round(float(hours), 1), 'hours')} of the last {window} days cost {_amount(facts, amount)}: "
        f"{_amount(facts, amount / hours)} an hour, agreed {_amount(facts, rate)}."
    )
    return Finding("warning", evidence)


def paid_ahead(facts: Facts) -> str:
    """What of the money spent may be for work that is still open, as the end of a sentence about its cost.

    It counts as spent and is not taken off the cost to finish: nobody recorded how much of that work it pays.
    """
    deposits = facts.spent - facts.logs.spent(deposits=False)
    said = [f"{_amount(facts, deposits)} of what is spent is a deposit"] if deposits else []
    if _paid_and_open(facts):
        said.append("some was paid for open work" if said else "some of what is spent was paid for open work")
    return f"; {', and '.join(said)}" if said else ""


def _paid_and_open(facts: Facts) -> list[tuple[date, str]]:
    """The milestones that are not accepted and that a payment was booked to, with the day of the first."""
    return [
        (milestone.first_paid_on, milestone.name)
        for milestone, handed in zip(facts.plan.milestones, facts.handovers, strict=True)
        if milestone.first_paid_on and milestone.first_paid_on <= facts.day and handed.accepted_on is None
    ]


def _month_too_full(facts: Facts, spent: Decimal, allowed: Decimal) -> Finding | Missing | None:
    """What is due this month and not accepted costs more than what is left of its allowance."""
    due = due_this_month(facts.plan, facts.handovers, facts.day)
    if due is None:
        return NO_VALUE
    if due <= allowed - spent:
        return None
    still, left, whole = apart(facts.terms.currency, due, allowed - spent, allowed)
    evidence = f"{still} are still due in {month(facts.day, facts.day)} and {left} are left of the month's {whole}."
    return Finding("warning", evidence)


def _overspent(facts: Facts, spent: Decimal, allowed: Decimal) -> str:
    paid, whole = apart(facts.terms.currency, spent, allowed)
    when = f" in {month(facts.day, facts.day)}" if facts.retainer else ""
    agreed = "allowed a month" if facts.retainer else "approved"
    return f"{paid} are spent{when} of the {whole} {agreed}."


def _amount(facts: Facts, amount: Decimal) -> str:
    return money(amount, facts.terms.currency, exact=True)
