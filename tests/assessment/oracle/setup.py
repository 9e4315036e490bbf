"""What a plan needs, and what of it is missing."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from tests.assessment.oracle.history import Work
from tests.assessment.oracle.life import Days
from tests.assessment.oracle.limits import limit
from tests.assessment.oracle.partner import expectations_not_agreed, unvetted_vendor
from tests.assessment.oracle.shares import Plan, sure
from tests.assessment.oracle.verdict import NEVER, WARNING, Verdict


def vague(text: str, work: Work) -> bool:
    """Too short to tell the vendor anything; "TBD" is."""
    return len(text) < limit(work, "unclear-plan characters")


def plan_items_missing(work: Work, now: Plan) -> list[str]:
    """Which of the six things of a clear plan are missing."""
    columns = work.columns
    people = [bool(columns.get("owner")), bool(columns.get("lead"))]
    end = bool(work.series) if work.retainer else work.ends_on is not None
    met = {
        "goal": not vague(columns.get("goal", ""), work),
        "scope": not vague(columns.get("scope", ""), work),
        "who looks after it" if work.alone else "owner and lead": any(people) if work.alone else all(people),
        "series" if work.retainer else "end date": end,
        "acceptance criteria": has_criteria(work, now),
        "quality metric": any(one.kind == "quality" and one.target is not None for one in work.metrics),
    }
    return [item for item, there in met.items() if not there]


def has_criteria(work: Work, now: Plan) -> bool:
    """Every recorded milestone says when it is done; a series of a retainer has no place to say it, and is enough."""
    recorded = {one.key for one in work.milestones}
    asked = [one for one in now.every if one.key in recorded]
    if not asked:
        return work.retainer and bool(work.series)
    return all(not vague(one.source.criteria, work) for one in asked)


def has_timetable(work: Work, now: Plan) -> bool:
    """Every milestone has a due date, none of them more than 45 days after the one before.

    The series of a retainer is its timetable, however seldom it comes: it is never asked for gaps.
    """
    if work.retainer and work.series:
        return len(now.dated) == len(now.every)
    due = sorted(sure(one.due_on) for one in now.dated)
    gaps = [(later - earlier).days for earlier, later in pairwise(due)]
    longest = limit(work, "no-timetable days")
    return bool(now.every) and len(now.dated) == len(now.every) and all(gap <= longest for gap in gaps)


def unclear_plan(days: Days, as_of: date) -> Verdict:
    """The plan leaves out something the vendor must know."""
    return WARNING if plan_items_missing(days.work(as_of), days.plan(as_of)) else NEVER


def no_timetable(days: Days, as_of: date) -> Verdict:
    """There is work without a date."""
    return NEVER if has_timetable(days.work(as_of), days.plan(as_of)) else WARNING


def no_budget(days: Days, as_of: date) -> Verdict:
    """There is no budget."""
    return WARNING if days.work(as_of).budget is None else NEVER


def items(days: Days) -> int:
    """How many things a plan needs: six of a clear plan, and one for each of the other rules."""
    return 6 + len(OTHERS.keys() & days.rules)


def missing(days: Days, as_of: date) -> list[str]:
    """Everything that is missing on a day, whatever part of its life it is in, in the order of the alphabet."""
    found = [f"unclear-plan: {item}" for item in plan_items_missing(days.work(as_of), days.plan(as_of))]
    found += [rule for rule, check in OTHERS.items() if rule in days.rules and check(days, as_of).fires]
    return sorted(found)


OTHERS: dict[str, Callable[[Days, date], Verdict]] = {
    "no-timetable": no_timetable,
    "no-budget": no_budget,
    "expectations-not-agreed": expectations_not_agreed,
    "unvetted-vendor": unvetted_vendor,
}
