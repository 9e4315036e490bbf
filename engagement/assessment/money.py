"""What the rest of the work will cost, against what is left."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from engagement.assessment.delivery import Handover
from engagement.assessment.plan import Plan
from engagement.assessment.progress import Shares


def cost_to_finish(
    plan: Plan, handovers: Sequence[Handover], budget: Decimal | None, done: Shares | None
) -> Decimal | None:
    """What the work that is not accepted will cost; None where nobody can know.

    The values of its milestones where all of them have one, else the part of the budget that is not earned, which takes
    known progress. What is paid on that work already, a deposit or on account, is not taken off.
    """
    valued = value_of_open(plan, handovers)
    if valued is not None:
        return valued
    if budget is None or done is None or not done.known:
        return None
    return budget * (done.total - done.earned) / done.total


def value_of_open(plan: Plan, handovers: Sequence[Handover]) -> Decimal | None:
    """What the milestones that are not accepted are worth; None where one of them has no value, or there is none."""
    values = [
        milestone.value
        for milestone, handed in zip(plan.milestones, handovers, strict=True)
        if handed.accepted_on is None
    ]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if plan.milestones and len(known) == len(values) else None


def due_this_month(plan: Plan, handovers: Sequence[Handover], day: date) -> Decimal | None:
    """Values of a retainer's occurrences that are due in the month of a day and not accepted.

    None where one of them has no value.
    """
    values = [
        milestone.value
        for milestone, due, handed in zip(plan.milestones, plan.dues, handovers, strict=True)
        if due is not None and (due.year, due.month) == (day.year, day.month) and handed.accepted_on is None
    ]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def is_more(cost: Decimal, limit: Decimal, measure: Decimal) -> bool:
    """Whether a cost is above a limit by more than the rounding of a division; ``measure`` is the size of the sums."""
    return cost - limit > abs(measure) / 10**12
