"""B. The plan: no clear plan. Each thing a plan needs is one item; the set-up of an engagement counts them.

Six are those of a clear plan; each other rule of kind set-up that runs for active work is an item of its own.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from engagement.assessment.facts import Facts
from engagement.assessment.results import Setup
from engagement.assessment.rules.base import REGISTERED, Finding, rule
from engagement.assessment.wording import count, day, in_words, listed

if TYPE_CHECKING:
    from engagement.assessment.values import Milestone

CLEAR_PLAN: Final = "unclear-plan"
PLACEHOLDER: Final = "tbd"
SOMEBODY: Final = "who looks after it"
"""What somebody alone is asked for in the place of owner and lead."""


class Item(NamedTuple):
    """One thing that a clear plan says."""

    name: Callable[[Facts], str]
    is_met: Callable[[Facts], bool]


def setup(facts: Facts) -> Setup:
    """How many of the items are met, and which are not."""
    rules = [one for one in REGISTERED.values() if one.kind == "set-up" and "active" in one.lives]
    others = [one for one in rules if one.check is not unclear_plan]
    missing = [f"{CLEAR_PLAN}: {name}" for name in facts.once(_unsaid)]
    missing += [one.id for one in others if facts.once(one.check) is not None]
    number = len(ITEMS) + len(others)
    return Setup(number - len(missing), number, tuple(sorted(missing)))


@rule(
    CLEAR_PLAN,
    "set-up",
    "B",
    sentence="The plan leaves out something the vendor must know.",
    condition="Goal, scope, owner and lead (alone: who looks after it), end date (retainers: a series), acceptance "
    'criteria on every milestone, or a quality metric with a target is missing; "TBD" or under {plan-text} counts as '
    "missing.",
    next_step="Add what is missing to the plan.",
    source="House definition.",
    limits=("plan-text",),
    reads=("plan",),
)
def unclear_plan(facts: Facts) -> Finding | None:
    """One of its items is missing."""
    missing = facts.once(_unsaid)
    if not missing:
        return None
    evidence = f"The plan lacks {in_words(len(missing))} of {in_words(len(ITEMS))}: {listed(missing, len(missing))}."
    return Finding("warning", evidence, f"{'Say' if missing[0] == SOMEBODY else 'Add the'} {missing[0]}.")


@rule(
    "no-timetable",
    "set-up",
    "B",
    sentence="There is work without a date.",
    condition="No milestone, a milestone without a due date, or more than {timetable-gap} between two due dates; of a "
    "retainer with a series only a milestone without a due date.",
    next_step="Add a milestone.",
    source="House definition.",
    limits=("timetable-gap",),
    reads=("plan",),
)
def no_timetable(facts: Facts) -> Finding | None:
    """Undated work first, then the longest gap. The series of a retainer is its timetable, however seldom it comes."""
    plan = facts.plan
    undated = [one.name for one, due in zip(plan.milestones, plan.dues, strict=True) if due is None]
    if undated:
        more = f"; {in_words(len(undated) - 1)} more {_have(len(undated) - 1)} none" if undated[1:] else ""
        return Finding("warning", f'"{undated[0]}" has no due date{more}.', "Give it a date.")
    if _has_series(facts):
        return None
    if not plan.milestones:
        return Finding("warning", "No milestone is recorded.")
    dues = sorted({due for due in plan.dues if due is not None})
    gaps = [(later - earlier).days for earlier, later in pairwise(dues)]
    widest = max(gaps, default=0)
    if widest <= facts.days("timetable-gap"):
        return None
    before = dues[gaps.index(widest)]
    after = dues[gaps.index(widest) + 1]
    return Finding(
        "warning",
        f"{count(widest, 'day')} lie between two due dates, {day(before, facts.day)} and {day(after, facts.day)}.",
    )


@rule(
    "no-budget",
    "set-up",
    "B",
    sentence="There is no budget.",
    condition="No budget is recorded.",
    next_step="Set a budget.",
    source="House definition.",
)
def no_budget(facts: Facts) -> Finding | None:
    """Nobody has said what it may cost."""
    return Finding("warning", "No budget is recorded.") if facts.terms.budget is None else None


def _is_said(text: str | None, least: int) -> bool:
    said = text.strip() if text else ""
    return len(said) >= least and said[: len(PLACEHOLDER)].casefold() != PLACEHOLDER


def _has_people(facts: Facts) -> bool:
    """Owner and lead are named; of somebody alone, one of the two is enough."""
    people = [facts.terms.owner, facts.terms.lead]
    return any(people) if facts.alone else all(people)


def _has_series(facts: Facts) -> bool:
    return facts.retainer and bool(facts.history.series)


def _has_end(facts: Facts) -> bool:
    return _has_series(facts) if facts.retainer else facts.terms.ends_on is not None


def _has_criteria(facts: Facts) -> bool:
    """Every recorded milestone says when it is done.

    What a series calls for has no place to say it until somebody records it: a series alone is enough.
    """
    asked: Sequence[Milestone] = facts.plan.milestones
    if facts.retainer:
        recorded = {milestone.key for milestone in facts.history.milestones}
        asked = [milestone for milestone in asked if milestone.key in recorded]
    if not asked:
        return _has_series(facts)
    least = facts.days("plan-text")
    return all(_is_said(milestone.acceptance_criteria, least) for milestone in asked)


def _has_quality_metric(facts: Facts) -> bool:
    return any(metric.kind == "quality" and metric.target is not None for metric in facts.history.metrics)


def _unsaid(facts: Facts) -> list[str]:
    """The names of the items of a clear plan that are missing."""
    return [item.name(facts) for item in ITEMS if not item.is_met(facts)]


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


ITEMS: Final[tuple[Item, ...]] = (
    Item(lambda _: "goal", lambda facts: _is_said(facts.terms.goal, facts.days("plan-text"))),
    Item(lambda _: "scope", lambda facts: _is_said(facts.terms.scope, facts.days("plan-text"))),
    Item(lambda facts: SOMEBODY if facts.alone else "owner and lead", _has_people),
    Item(lambda facts: "series" if facts.retainer else "end date", _has_end),
    Item(lambda _: "acceptance criteria", _has_criteria),
    Item(lambda _: "quality metric", _has_quality_metric),
)
"""What a clear plan says, in the order in which it is asked for."""
