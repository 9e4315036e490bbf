"""The finish on Status: when, how far it moved since last week and since the last pack, and what moved it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple, Self

from engagement.assessment.finish import expected, told
from engagement.assessment.moved import Moved, moved, moved_at_all
from engagement.assessment.results import Assessment, Portfolio
from engagement.assessment.wording import day, sentence, signed_days


class Since(NamedTuple):
    """An earlier day, and what was known on it by key."""

    on: date
    known: Mapping[str, Assessment]

    @classmethod
    def of(cls, portfolio: Portfolio) -> Self:
        """The day of a portfolio."""
        return cls(portfolio.as_of, {one.engagement: one for one in portfolio.engagements})

    def moved(self, assessment: Assessment, as_of: date) -> Moved | None:
        """How far the finish moved since; None where it did not by three days, or none was told on one of the days."""
        return moved(self.known.get(assessment.engagement), assessment, self.on, as_of)

    def moved_at_all(self, assessment: Assessment, as_of: date) -> Moved | None:
        """The same; where it did not, how far the later of its two days moved, from a week on."""
        return moved_at_all(self.known.get(assessment.engagement), assessment, self.on, as_of)


class MovedFinish(NamedTuple):
    """An engagement whose finish moved."""

    engagement: str
    name: str
    text: str
    """When it is expected now, by how much that moved, and what moved it, in a sentence."""


def finish(assessment: Assessment, week: Since | None, pack: Since | None, as_of: date) -> str | None:
    """When the work is expected, or why that is not told; how far it moved and what moved it, in sentences.

    The move since last week comes first. That since the last pack stands beside it where the pack is older, with what
    moved it only where nothing moved last week: two causes of two moves read as one. None where nothing is expected.
    """
    said = told(assessment, as_of)
    if said is None:
        return None
    lately = week.moved_at_all(assessment, as_of) if week else None
    parts = [sentence("; ".join(filter(None, [said, _since(assessment, week, lately, as_of)])))]
    before = pack.moved(assessment, as_of) if pack and (week is None or pack.on < week.on) else None
    if pack and before:
        because = "" if lately else f": {before.because}"
        parts.append(sentence(f"since the pack of {day(pack.on, as_of)} {signed_days(before.days)}{because}"))
    return " ".join(parts)


def moved_finishes(
    active: Iterable[Assessment], but: Collection[str], week: Since | None, as_of: date
) -> tuple[MovedFinish, ...]:
    """Engagements whose finish moved since last week, or the day by which it is likely: what is furthest later first.

    ``but``: keys that are left out.
    """
    found = [
        (moves.days, one)
        for one in active
        if one.engagement not in but and week is not None and (moves := week.moved_at_all(one, as_of)) is not None
    ]
    found.sort(key=lambda each: (-each[0], each[1].engagement))
    return tuple(MovedFinish(one.engagement, one.name, finish(one, week, None, as_of) or "") for _, one in found)


def _since(assessment: Assessment, week: Since | None, lately: Moved | None, as_of: date) -> str | None:
    """The move since last week; that there was none to speak of; None where there was no finish to move."""
    if week is None:
        return None
    if lately:
        return ": ".join(filter(None, [lately.since(week.on, as_of), lately.because]))
    before = week.known.get(assessment.engagement)
    was, now = expected(before, week.on) if before else None, expected(assessment, as_of)
    if was is None or now is None:
        return None
    on = day(week.on, as_of)
    return f"as on {on}" if was[:2] == now[:2] else f"hardly moved since {on}"
