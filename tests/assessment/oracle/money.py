"""The two rules about money."""

from datetime import date
from fractions import Fraction

from tests.assessment.oracle.history import Work
from tests.assessment.oracle.life import Days
from tests.assessment.oracle.limits import limit
from tests.assessment.oracle.shares import Plan
from tests.assessment.oracle.verdict import CRITICAL, NEVER, UNKNOWN, WARNING, Verdict

ZERO = Fraction(0)


def spent(work: Work) -> Fraction:
    """All that was spent."""
    return sum((row.amount for row in work.spend), ZERO)


def budget(days: Days, as_of: date) -> Verdict:
    """Cost to finish over what is left W; spend over 100 % K; retainers by month."""
    work, now = days.work(as_of), days.plan(as_of)
    if work.budget is None:
        return UNKNOWN
    if work.retainer:
        return budget_of_month(work, now, work.budget, as_of)
    if spent(work) > work.budget:
        return CRITICAL
    cost = cost_to_finish(now, work.budget)
    if cost is None:
        return UNKNOWN
    return WARNING if cost > work.budget - spent(work) else NEVER


def cost_to_finish(now: Plan, whole: Fraction | None) -> Fraction | None:
    """Values of what is not yet accepted where all have one, else the budget of what is not earned, if there is one."""
    values = [one.source.value for one in now.every if one.accepted_on is None]
    named = [value for value in values if value is not None]
    if now.every and len(named) == len(values):
        return sum(named, ZERO)
    return whole * (1 - now.earned) if whole is not None and now.known and now.earned is not None else None


def budget_of_month(work: Work, now: Plan, allowance: Fraction, as_of: date) -> Verdict:
    """The same within the calendar month: what falls due in it and is not accepted, against what is left of it."""
    month = (as_of.year, as_of.month)
    paid = sum((row.amount for row in work.spend if (row.spent_on.year, row.spent_on.month) == month), ZERO)
    if paid > allowance:
        return CRITICAL
    due = [one for one in now.dated if one.due_on and (one.due_on.year, one.due_on.month) == month]
    values = [one.source.value for one in due if one.accepted_on is None]
    named = [value for value in values if value is not None]
    if len(named) < len(values):
        return UNKNOWN
    return WARNING if sum(named, ZERO) > allowance - paid else NEVER


def spend_ahead(days: Days, as_of: date) -> Verdict:
    """Spend share minus earned at least 15 points W, 25 K; not retainers, not agreed deposits."""
    work, now = days.work(as_of), days.plan(as_of)
    if work.retainer:
        return NEVER
    if not work.budget or not now.known or now.earned is None:
        return UNKNOWN
    share = sum((row.amount for row in work.spend if not row.deposit), ZERO) / work.budget
    ahead = share - now.earned
    if ahead >= limit(work, "spend-ahead critical"):
        return CRITICAL
    return WARNING if ahead >= limit(work, "spend-ahead warning") else NEVER
