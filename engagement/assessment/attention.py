"""Who needs somebody first: by how likely it is that the next promise is broken, times how much the work matters."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum
from typing import Final

from engagement.assessment import chance
from engagement.assessment.cases import Promise, handed_on, next_promise, promises
from engagement.assessment.chance import Measures
from engagement.assessment.facts import Facts
from engagement.assessment.heard import heard_on
from engagement.assessment.results import Attention
from engagement.assessment.values import Tier
from engagement.assessment.wording import count, day, in_words, listed, share

TIER_WEIGHTS: Final[Mapping[Tier | None, float]] = {"high": 3, "standard": 1, "low": 0.5, None: 1}
CHANCE_DIGITS: Final = 4
DIGITS: Final = 9
LEAST_PART: Final = 0.1
"""A measure that adds less to the log odds is no reason."""
LEAST_LENGTH: Final = 0.5
"""Nor is how long a piece of work was planned to take, below about two months."""
LENGTH: Final = 5
"""Its place among the measures."""
MOST_REASONS: Final = 3
WEIGHT_WORDS: Final[Mapping[Tier | None, str]] = {
    "high": "Tier high puts it further up.",
    "low": "Tier low puts it further down.",
}
ORDER: Final = (
    "The likelier the next promised day is missed by more than 30 days, the higher; tier high counts three times."
)
"""What the order of those that need somebody is, for whoever looks at it."""
ALL_BROKEN: Final = (
    "Of one tier, those whose open promises are all broken already stand first; among them the order says nothing but "
    "the budget, within a currency."
)
"""What the order is not, said where more than one of those shown stands there for that."""
BORROWED: Final = (
    "The order rests on what was learned from other portfolios: this one has too little history of its own yet."
)
"""What is said once a page where chances were not learned from the portfolio's own cases."""
BROKEN: Final = 1.0
"""What is more than 30 days past its promise was broken: that is certain."""
UNTOLD: Final = 0.5
"""Work of which nothing is promised for a day counts as even odds in the order. As a chance it is not known."""
UNPROMISED: Final = "no day is promised for what is left to do"
NO_PROMISE: Final = (
    "No day is promised for what is left to do. In the order it counts as if it were as likely to slip as not."
)
NOBODY: Final = Attention(rank=None, chance=None, score=None, because=(), abandoned=False)


def attention(facts: Facts, *, active: bool) -> Attention:
    """How much an engagement needs somebody, without its rank; nothing where it is not active.

    The chance is that its next open promise is broken by more than 30 days (see `chance`); where the line lies further
    ahead than 60 days, as if it lay there. 1 where every open promise was broken already, None where no open work has a
    promised day. The score is the tier's weight times the chance.
    """
    if not active:
        return NOBODY
    likely, because, milestone = _likely(facts, promises(facts.plan))
    weight = TIER_WEIGHTS[facts.terms.tier]
    return Attention(
        rank=None,
        chance=None if likely is None else round(likely, CHANCE_DIGITS),
        score=round(weight * (_without_promise(facts) if likely is None else likely), DIGITS),
        because=because,
        abandoned=is_abandoned(facts),
        milestone=milestone,
    )


def ordered_by(shown: Iterable[Attention]) -> str:
    """What the order of some engagements is, and what it is not."""
    broken = [one for one in shown if one.chance is not None and one.chance >= BROKEN]
    return f"{ORDER} {ALL_BROKEN}" if len(broken) > 1 else ORDER


def borrowed(shown: Iterable[Attention], *, is_own: bool) -> str | None:
    """That the order rests on what others taught; None where it does not, or nothing shown stands where it does by it.

    A promise that is broken, or that nobody made, is no chance: what was learned does not come into it.
    """
    rests = any(one.chance is not None and one.chance < BROKEN for one in shown)
    return BORROWED if rests and not is_own else None


def told(found: Attention, tier: Tier | None, *, is_own: bool) -> str | None:
    """Why an engagement stands where it stands, the main reasons in their order; None where there is nothing to say.

    ``is_own``: whether chances were learned from the portfolio's own cases. Where not, the order is to be believed and
    the percentage is not, so that it is left out.
    """
    why = listed(found.because[:MOST_REASONS])
    if found.chance is None:
        said = NO_PROMISE if found.because else ""
    elif found.chance >= BROKEN:
        said = f"Every open promise is broken already: {why}."
    elif is_own:
        said = f'{share(found.chance)} likely that "{found.milestone}" slips by more than 30 days{why and f": {why}"}.'
    else:
        said = f'It stands here for "{found.milestone}": {why}.' if why else ""
    weight = WEIGHT_WORDS.get(tier, "") if found.because or found.chance is not None else ""
    return " ".join(filter(None, (said, weight))) or None


def told_calm(found: Attention, tier: Tier | None, *, is_own: bool) -> str | None:
    """The same of work that no warning is about: what its place rests on then."""
    said = told(found, tier, is_own=is_own)
    if said is None or found.rank is None:
        return said
    return f"Number {found.rank:,} in the order of all. {said}"


def _likely(facts: Facts, made: Sequence[Promise]) -> tuple[float | None, tuple[str, ...], str | None]:
    """The chance, why it is what it is, and the milestone that it is about."""
    promise = next_promise(made, facts.day)
    if promise is not None:
        level = facts.case.common.level
        found = chance.measured(facts.case, promise, made, facts.day)
        added = chance.parts(found)
        likely = chance.chance(fsum(added), chance.LEVEL if level is None else level)
        return likely, _because(found, added, promise.first_on, facts.day), promise.milestone.name
    broken = min((one for one in made if one.is_open(facts.day)), key=_first_on, default=None)
    if broken is None:
        return None, (UNPROMISED,) if _without_promise(facts) else (), None
    name, past = broken.milestone.name, _first_promise(broken.first_on, facts.day)
    silent_days = (facts.day - heard_on(facts.history, handed_on(made), facts.day)).days
    is_quiet = chance.SILENT * silent_days / (silent_days + chance.HALF_DAYS) >= LEAST_PART
    return BROKEN, (f'"{name}" {past}', *([_silence(silent_days)] if is_quiet else [])), name


def _because(found: Measures, added: Sequence[float], first_on: date, as_of: date) -> tuple[str, ...]:
    """The measures that raise a chance, the one that adds most first."""
    measured = (
        _first_promise(first_on, as_of),
        f"{in_words(found.older)} older {'milestone' if found.older == 1 else 'milestones'} still open",
        _silence(found.silent_days),
        f"earlier ones {_days(found.slip_days)} late on average",
        f"moved by {count(found.moved_days, 'day')}",
        f"planned to take {count(found.planned_days, 'day')} (long work slips more often)",
        "nothing delivered yet",
    )
    least = [LEAST_PART] * len(measured)
    least[LENGTH] = LEAST_LENGTH
    reasons = [one for one in zip(added, measured, least, strict=True) if one[0] >= one[2]]
    return tuple(words for _, words, _ in sorted(reasons, key=_part, reverse=True))


def _first_promise(first_on: date, as_of: date) -> str:
    """How far the first promise is. It stays when another day is agreed, so that nothing need be overdue."""
    days = (as_of - first_on).days
    if days > 0:
        return f"{count(days, 'day')} past its first promise"
    return f"first promised for {day(first_on, as_of)}" if days else "first promised for today"


def _silence(days: int) -> str:
    return f"nothing heard for {count(days, 'day')}"


def _days(mean: float) -> str:
    return count(round(mean), "day") if round(mean) else "under a day"


def _part(reason: tuple[float, str, float]) -> float:
    return reason[0]


def _first_on(promise: Promise) -> date:
    return promise.first_on


def _without_promise(facts: Facts) -> float:
    """What counts in the order where no open work has a promised day: nothing once all that was planned is done."""
    handovers = facts.handovers
    return 0.0 if handovers and all(one.delivered_on is not None for one in handovers) else UNTOLD


def is_abandoned(facts: Facts) -> bool:
    """Forgotten and overdue, both for so long that it takes one decision."""
    late = max((one.days for one in facts.late), default=0)
    forgotten_after, least = facts.contact.forgotten_after, facts.days("abandoned")
    return forgotten_after is not None and (facts.day - forgotten_after).days > least and late > least
