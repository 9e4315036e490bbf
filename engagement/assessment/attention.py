"""Who needs somebody first: a plain sum of four measures that, on recorded portfolios, went before a broken promise."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from engagement.assessment.facts import Facts
from engagement.assessment.values import Attention, Tier
from engagement.assessment.wording import count, in_words

TIER_WEIGHTS: Final[Mapping[Tier | None, float]] = {"high": 3, "standard": 1, "low": 0.5, None: 1}
HALF_DAYS: Final = 30
"""So many days late, silent or slipped count half of the most that they can."""
HALF_MILESTONES: Final = 1
DIGITS: Final = 9
NOBODY: Final = Attention(rank=None, chance=None, score=None, because=(), abandoned=False)


def attention(facts: Facts, *, active: bool) -> Attention:
    """How much an engagement needs somebody, without its rank; nothing where it is not active.

    The score is the tier's weight times the sum of four measures, each x / (x + h): days the latest milestone is
    overdue, days since contact was due, older milestones that are still open, and the mean slip of what was delivered.
    On the grants of w3f that plain sum ordered cases with an area under the curve of 0.79.
    """
    if not active:
        return NOBODY
    late = max((one.days for one in facts.late), default=0)
    due_on = facts.contact.due_on
    silent = max((facts.day - due_on).days, 0) if due_on else 0
    older = _older_open(facts)
    slip = _mean_past_slip(facts)
    measures = [
        (late, HALF_DAYS, f"{count(late, 'day')} overdue"),
        (silent, HALF_DAYS, f"{count(silent, 'day')} past the agreed contact"),
        (older, HALF_MILESTONES, f"{in_words(older)} older {'milestone' if older == 1 else 'milestones'} still open"),
        (slip, HALF_DAYS, f"delivered {_days(slip)} late on average"),
    ]
    parts = sorted(((size / (size + half), phrase) for size, half, phrase in measures if size > 0), reverse=True)
    score = TIER_WEIGHTS[facts.terms.tier] * sum(part for part, _ in parts)
    return Attention(
        rank=None,
        chance=None,
        score=round(score, DIGITS),
        because=tuple(phrase for _, phrase in parts),
        abandoned=is_abandoned(facts, late),
    )


def _days(mean: float) -> str:
    return count(round(mean), "day") if round(mean) else "under a day"


def _older_open(facts: Facts) -> int:
    """Open milestones whose first promise has passed, while one promised for later is open too."""
    promised = [
        first
        for first, handed in zip(facts.plan.firsts, facts.handovers, strict=True)
        if first is not None and handed.delivered_on is None
    ]
    latest = max(promised, default=date.min)
    return sum(first < facts.day and first < latest for first in promised)


def _mean_past_slip(facts: Facts) -> float:
    """Mean days between first promise and delivery of what was delivered; 0 where that is early or nothing was."""
    slips = [
        (handed.delivered_on - first).days
        for first, handed in zip(facts.plan.firsts, facts.handovers, strict=True)
        if first is not None and handed.delivered_on is not None
    ]
    return max(sum(slips) / len(slips), 0) if slips else 0


def is_abandoned(facts: Facts, late: int) -> bool:
    """Forgotten and overdue, both for so long that it takes one decision."""
    forgotten_after, least = facts.contact.forgotten_after, facts.days("abandoned")
    return forgotten_after is not None and (facts.day - forgotten_after).days > least and late > least
