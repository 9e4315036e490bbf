"""How a synthetic engagement fares over time: stretches of trouble, and good time between them. See `synthetic`.

What is measured follows from them: what is due in a bad stretch comes late, readings miss their targets, talks are
left out, decisions wait. Because they come and go, so does the status, on every day of the past as today.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final, Literal, NamedTuple

Manner = Literal["calm", "bumpy", "troubled"]
Kind = Literal["late", "slip", "quality", "silence", "ours", "money"]

NOW: Final[Mapping[Manner, float]] = {"calm": 0.03, "bumpy": 0.8, "troubled": 0.95}
"""How probable it is that something is wrong on the last day."""
GOOD_DAYS: Final[Mapping[Manner, int]] = {"calm": 400, "bumpy": 24, "troubled": 50}
"""How long all goes well between two stretches of trouble, at an average."""
BAD_DAYS: Final[Mapping[Manner, int]] = {"calm": 16, "bumpy": 50, "troubled": 90}
SEVERE: Final[Mapping[Manner, float]] = {"calm": 0.1, "bumpy": 0.3, "troubled": 0.95}
"""How many of the stretches are worse than a nuisance."""
KINDS: Final[Mapping[Kind, int]] = {"late": 8, "slip": 4, "quality": 3, "silence": 3, "ours": 3, "money": 3}
FIRST_TROUBLE: Final = 25
"""Days after the start before anything goes wrong."""
LONG: Final = 300
"""Days of a history in which stretches last as long as they do at an average; in a shorter one they are shorter."""
CLOSE: Final = 21
"""With at most so many days between two results, small delays of each of them are a stretch of trouble."""


class Spell(NamedTuple):
    """A stretch in which one thing goes wrong, from the first day until, and without, the last."""

    kind: Kind
    from_on: date
    until_on: date
    """May lie ahead: then it still goes on."""
    is_severe: bool


def course(
    manner: Manner, starts_on: date, known_on: date, random: Random, *, step_days: int, ends_well: bool, retainer: bool
) -> tuple[Spell, ...]:
    """What goes wrong in an engagement, oldest first; drawn backwards from the last day that is known."""
    spells: list[Spell] = []
    scale = min((known_on - starts_on).days / LONG, 1)
    first = starts_on + timedelta(days=int(FIRST_TROUBLE * scale))
    is_bad = not ends_well and random.random() < NOW[manner]
    until = known_on + timedelta(days=random.randint(4, 30)) if is_bad else known_on
    while until > first:
        if is_bad:
            is_severe = random.random() < SEVERE[manner]
            kinds = [kind for kind in KINDS if _fits(kind, step_days, is_severe=is_severe, retainer=retainer)]
            kind = random.choices(kinds, [KINDS[one] for one in kinds])[0]
            days = max(int(BAD_DAYS[manner] * scale * random.uniform(0.6, 1.5)), 3)
            if kind == "silence":
                days = min(days, random.randint(20, 60))
            from_on = max(min(until, known_on) - timedelta(days=days), first)
            spells.append(Spell(kind, from_on, until, is_severe))
            until = from_on
        else:
            until -= timedelta(days=3 + int(random.expovariate(1 / (GOOD_DAYS[manner] * scale + 1))))
        is_bad = not is_bad
    return tuple(reversed(spells))


def spell_on(spells: Sequence[Spell], day: date, kind: Kind | None = None) -> Spell | None:
    """What goes wrong on a day, or None; with a kind, only where it is that."""
    for spell in spells:
        if spell.from_on <= day < spell.until_on and (kind is None or spell.kind == kind):
            return spell
    return None


def _fits(kind: Kind, step_days: int, *, is_severe: bool, retainer: bool) -> bool:
    """Whether something can go wrong with such work.

    With results far apart small delays are soon forgotten, and the finish of long work seldom moves by a quarter.
    """
    if retainer:
        return kind in ("quality", "silence", "ours") or (kind == "late" and is_severe)
    return step_days <= CLOSE or kind not in (("ours", "slip") if is_severe else ("late",))
