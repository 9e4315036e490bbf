"""Who needs somebody first: by how likely it is that the next promise is broken, times how much the work matters."""

from collections.abc import Collection, Mapping, Sequence
from math import fsum
from typing import Final

from engagement.assessment import chance
from engagement.assessment.cases import Promise, handed_on, next_promise, promises
from engagement.assessment.chance import Measures
from engagement.assessment.facts import Facts
from engagement.assessment.heard import heard_on
from engagement.assessment.results import Attention, Reason
from engagement.assessment.values import Tier
from engagement.assessment.wording import count, in_words, listed, sentence, share

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
_LATE: Final = ("overdue", "slipping")
_QUIET: Final = ("silent", "not-kicked-off", "vendor-silent")
_MOVED: Final = ("slipping", "serial-slip")
"""Rules that say as much as a measure does."""
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


def told(found: Attention, tier: Tier | None, beside: Collection[str] = (), *, is_own: bool) -> str | None:
    """Why an engagement stands where it stands; None where there is nothing to say.

    ``beside``: rules whose evidence stands beside it; what they say is left out. ``is_own``: whether chances were
    learned from the portfolio's own cases. Where not, the order is to be believed and the percentage is not, so that
    it is left out.
    """
    reasons = [reason.words for reason in found.because if not set(reason.said_by).intersection(beside)]
    why = listed(reasons[:MOST_REASONS])
    if found.chance is None:
        said = f"{sentence(why)} In the order it counts as if it were as likely to slip as not." if why else ""
    elif found.chance >= BROKEN:
        is_told = found.because and found.because[0].words not in reasons
        said = sentence(why if is_told else f"its date is broken already: {why}") if why else ""
    elif is_own:
        said = f"{share(found.chance)} likely to slip by more than 30 days{f': {why}' if why else ''}."
    else:
        said = f"It stands here because of this: {why}." if why else ""
    weight = WEIGHT_WORDS.get(tier, "") if found.because or found.chance is not None else ""
    return " ".join(filter(None, (said, weight))) or None


def _likely(facts: Facts, made: Sequence[Promise]) -> tuple[float | None, tuple[Reason, ...]]:
    """The chance, and why it is what it is."""
    promise = next_promise(made, facts.day)
    if promise is not None:
        level = facts.case.common.level
        found = chance.measured(facts.case, promise, made, facts.day)
        added = chance.parts(found)
        return chance.chance(fsum(added), chance.LEVEL if level is None else level), _because(found, added)
    broken = min((one.first_on for one in made if one.is_open(facts.day)), default=None)
    if broken is None:
        return None, (Reason("no day is promised for what is left to do"),) if _without_promise(facts) else ()
    past = Reason(f"{count((facts.day - broken).days, 'day')} past its promise", _LATE)
    silent_days = (facts.day - heard_on(facts.history, handed_on(made), facts.day)).days
    is_quiet = chance.SILENT * silent_days / (silent_days + chance.HALF_DAYS) >= LEAST_PART
    return BROKEN, (past, Reason(_silence(silent_days), _QUIET)) if is_quiet else (past,)


def _because(found: Measures, added: Sequence[float]) -> tuple[Reason, ...]:
    """The measures that raise a chance, the one that adds most first."""
    older = f"{in_words(found.older)} older {'milestone' if found.older == 1 else 'milestones'} still open"
    measured = (
        Reason(_due(found.overdue_days), _LATE if found.overdue_days > 0 else ()),
        Reason(older),
        Reason(_silence(found.silent_days), _QUIET),
        Reason(f"delivered {_days(found.slip_days)} late on average"),
        Reason(f"moved by {count(found.moved_days, 'day')}", _MOVED),
        Reason(f"planned to take {count(found.planned_days, 'day')} (long work slips more often)"),
        Reason("nothing delivered yet"),
    )
    least = [LEAST_PART] * len(measured)
    least[LENGTH] = LEAST_LENGTH
    reasons = [one for one in zip(added, measured, least, strict=True) if one[0] >= one[2]]
    return tuple(reason for _, reason, _ in sorted(reasons, key=_part, reverse=True))


def _due(overdue_days: int) -> str:
    if overdue_days > 0:
        return f"{count(overdue_days, 'day')} overdue"
    return f"due in {count(-overdue_days, 'day')}" if overdue_days else "due today"


def _silence(days: int) -> str:
    return f"nothing heard for {count(days, 'day')}"


def _days(mean: float) -> str:
    return count(round(mean), "day") if round(mean) else "under a day"


def _part(reason: tuple[float, Reason, float]) -> float:
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
