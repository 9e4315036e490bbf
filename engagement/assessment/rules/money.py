"""D. Money and value."""

from decimal import Decimal
from typing import Final

from engagement.assessment.facts import Facts
from engagement.assessment.money import due_this_month
from engagement.assessment.rules.base import Finding, Missing, rule
from engagement.assessment.wording import money, month, share

NO_BUDGET: Final = Missing("no budget recorded")
EMPTY_BUDGET: Final = Missing("the budget is 0")
NO_VALUE: Final = Missing("not everything due this month has a value")
NO_PROGRESS: Final = Missing("nobody has reported progress")
DIGITS: Final = 9
"""Differences of shares are rounded to this before they meet a limit, so that 0.35 - 0.20 is 0.15."""


@rule(
    "budget",
    "status",
    "D",
    sentence="The money will not last.",
    condition="Cost to finish is more than what is left; critical once more than the budget is spent. Retainers: what "
    "is due this month against the month's allowance.",
    next_step="Approve more, or cut scope with {vendor}.",
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
    if not _is_more(facts.to_finish, allowed - spent, allowed):
        return None
    evidence = (
        f"{_amount(facts, facts.to_finish)} are needed to finish and {_amount(facts, allowed - spent)} are left "
        f"of {_amount(facts, allowed)}."
    )
    return Finding("warning", evidence)


@rule(
    "spend-ahead",
    "status",
    "D",
    sentence="Money runs ahead of work.",
    condition="The share of the budget spent, without deposits, is 15 points or more above the share of the work "
    "earned; critical from 25. Not retainers.",
    next_step="Hold the next payment to {vendor} until more is accepted.",
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
    if ahead < facts.limit("spend-ahead"):
        return None
    evidence = f"{share(spent)} of the budget is spent for {share(facts.earned)} of the work."
    return Finding("critical" if ahead >= facts.limit("spend-ahead-critical") else "warning", evidence)


def _month_too_full(facts: Facts, spent: Decimal, allowed: Decimal) -> Finding | Missing | None:
    """What is due this month and not accepted costs more than what is left of its allowance."""
    due = due_this_month(facts.plan, facts.handovers, facts.day)
    if due is None:
        return NO_VALUE
    if due <= allowed - spent:
        return None
    evidence = (
        f"{_amount(facts, due)} are still due in {month(facts.day, facts.day)} and {_amount(facts, allowed - spent)} "
        f"are left of the month's {_amount(facts, allowed)}."
    )
    return Finding("warning", evidence)


def _overspent(facts: Facts, spent: Decimal, allowed: Decimal) -> str:
    what = f"the {_amount(facts, allowed)}"
    when = f" in {month(facts.day, facts.day)}" if facts.retainer else ""
    agreed = "allowed a month" if facts.retainer else "approved"
    return f"{_amount(facts, spent)} are spent{when} of {what} {agreed}."


def _is_more(cost: Decimal, left: Decimal, allowed: Decimal) -> bool:
    """Whether a cost is more than what is left, by more than the rounding of a division."""
    return cost - left > abs(allowed) / 10**12


def _amount(facts: Facts, amount: Decimal) -> str:
    return money(amount, facts.terms.currency, exact=True)
