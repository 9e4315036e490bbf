"""Who needs somebody first: by how likely it is that the next promise is broken, times how much the work matters."""

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Final

from engagement.assessment import chance
from engagement.assessment.cases import Promise, next_promise, promises
from engagement.assessment.chance import Measures
from engagement.assessment.facts import Facts
from engagement.assessment.results import Attention
from engagement.assessment.values import Tier
from engagement.assessment.wording import count, in_words, listed, share

TIER_WEIGHTS: Final[Mapping[Tier | None, float]] = {"high": 3, "standard": 1, "low": 0.5, None: 1}
CHANCE_DIGITS: Final = 4
DIGITS: Final = 9
LEAST_PART: Final = 0.1
"""A measure that adds less to the log odds is no reason."""
MOST_REASONS: Final = 3
WEIGHT_WORDS: Final[Mapping[Tier | None, str]] = {
    "high": " Tier high counts three times.",
    "low": " Tier low counts half.",
}
BROKEN: Final = 1.0
"""What is more than 30 days past its promise was broken: that is certain."""
UNTOLD: Final = 0.5
"""Work of which nothing is promised for a day counts as even odds in the order. As a chance it is not known."""
NOBODY: Final = Attention(rank=None, chance=None, score=None, because=(), abandoned=False)


def attention(facts: Facts, *, active: bool) -> Attention:
    """How much an engagement needs somebody, without its rank; nothing where it is not active.

    The chance is that its next open promise is broken by more than 30 days (see `chance`); where the line lies further
    ahead than 60 days, as if it lay there. 1 where every open promise was broken already, None where no open work has a
    promised day. The score is the tier's weight times the chance.
    """
    if not active:
        return NOBODY
    made = promises(facts.plan)
    likely, because = _likely(facts, made)
    weight = TIER_WEIGHTS[facts.terms.tier]
    return Attention(
        rank=None,
        chance=None if likely is None else round(likely, CHANCE_DIGITS),
        score=round(weight * (_without_promise(facts) if likely is None else likely), DIGITS),
        because=because,
        abandoned=is_abandoned(facts),
    )


def told(found: Attention, tier: Tier | None, *, is_own: bool) -> str | None:
    """Why an engagement stands where it stands, in a sentence; None where there is nothing to say.

    ``is_own``: whether chances were learned from the portfolio's own cases. Where not, the order is to be believed and
    the percentage is not, so that it is left out.
    """
    if not found.because:
        return None
    if found.chance is None:
        opening = "It counts as even odds"
    elif found.chance >= BROKEN:
        opening = "Its date is broken already"
    elif is_own:
        opening = f"{share(found.chance)} likely to slip by more than 30 days"
    else:
        opening = "It stands here because of this"
    weight = WEIGHT_WORDS.get(tier, "")
    return f"{opening}: {listed(found.because, most=MOST_REASONS)}.{weight}"


def _likely(facts: Facts, made: Sequence[Promise]) -> tuple[float | None, tuple[str, ...]]:
    """The chance, and why it is what it is."""
    promise = next_promise(made, facts.day)
    if promise is not None:
        level = facts.case.common.level
        found = chance.measured(facts.case, promise, made, facts.day)
        added = chance.parts(found)
        return chance.chance(fsum(added), chance.LEVEL if level is None else level), _because(found, added)
    broken = min((one.first_on for one in made if one.is_open(facts.day)), default=None)
    if broken is None:
        return None, ("no promise ahead to go by",) if _without_promise(facts) else ()
    return BROKEN, (f"{count((facts.day - broken).days, 'day')} past its promise", _heard(facts, made))


def _because(found: Measures, added: Sequence[float]) -> tuple[str, ...]:
    """The measures that raise a chance, the one that adds most first."""
    older = f"{in_words(found.older)} older {'milestone' if found.older == 1 else 'milestones'} still open"
    phrases = (
        _due(found.overdue_days),
        older,
        _silence(found.silent_days),
        f"delivered {_days(found.slip_days)} late on average",
        f"moved by {count(found.moved_days, 'day')}",
        f"planned to take {count(found.planned_days, 'day')}",
        "nothing delivered yet",
    )
    reasons = [(part, phrase) for part, phrase in zip(added, phrases, strict=True) if part >= LEAST_PART]
    return tuple(phrase for _, phrase in sorted(reasons, key=_part, reverse=True))


def _due(overdue_days: int) -> str:
    if overdue_days > 0:
        return f"{count(overdue_days, 'day')} overdue"
    return f"due in {count(-overdue_days, 'day')}" if overdue_days else "due today"


def _silence(days: int) -> str:
    return f"nothing heard for {count(days, 'day')}"


def _heard(facts: Facts, made: Sequence[Promise]) -> str:
    return _silence((facts.day - chance.heard_on(facts.case, made, facts.day)).days)


def _days(mean: float) -> str:
    return count(round(mean), "day") if round(mean) else "under a day"


def _part(reason: tuple[float, str]) -> float:
    return reason[0]


def _without_promise(facts: Facts) -> float:
    """What counts in the order where no open work has a promised day: nothing once all that was planned is done."""
    handovers = facts.handovers
    return 0.0 if handovers and all(one.delivered_on is not None for one in handovers) else UNTOLD


def is_abandoned(facts: Facts) -> bool:
    """Forgotten and overdue, both for so long that it takes one decision."""
    late = max((one.days for one in facts.late), default=0)
    forgotten_after, least = facts.contact.forgotten_after, facts.days("abandoned")
    return forgotten_after is not None and (facts.day - forgotten_after).days > least and late > least
