"""How long open promises take, as a life table: of those that were still open, how many were delivered in each stretch.

A promise's clock is the day that was named last for it. Before that day the way to it is cut into parts, whatever its
length; from that day on there are stretches of days, each longer than the one before. In every stretch work is
delivered at a steady rate (the actuarial, or piecewise exponential, estimate: deliveries over exposure; Berkson
and Gage 1950, Holford 1980). What is still open counts for as long as it was open, so that nothing is learned only from
what was quick. A promise that is overdue enters the table where it stands: what it had before it is behind it.

The rate of each stretch is drawn towards that of the default table as if `PRIOR` deliveries had been seen there
(gamma-Poisson). The kind of work and the vendor each multiply all rates by one factor, drawn towards 1 by `FIRM`
deliveries; and from fewer than `LEAST` deliveries a rate goes from the default only as many twentieths of the way, on
the scale of its logarithm: three past milestones do not speak as loudly as three hundred.

What was open for longer is seen more often, and people ask about it more often; so a milestone weighs as much as the
times it was seen, and at most `MOST`, or what dawdles would count most. What was seen long ago weighs less: half after
`HALF_LIFE_DAYS` (exponential forgetting, Brown 1959), so that times that change are followed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from math import ceil, exp, exp2, fsum, inf, log1p
from typing import Final, NamedTuple

from engagement.assessment import wording
from engagement.assessment.delivery import handover
from engagement.assessment.values import Delivery, LifeTable

BEFORE: Final = (0.0, 0.5, 0.8)
"""Where the parts of the way to the day before the named one begin."""
AFTER: Final = (0, 1, 3, 7, 14, 28, 56, 112, 224)
"""Where the stretches begin, in days from the named day on: the day itself, the two after it, ..."""
DEFAULT: Final = (0.3, 0.64, 1.1, 0.13, 0.15, 0.084, 0.086, 0.083, 0.059, 0.043, 0.024, 0.032)
"""Rates of a portfolio that is not known yet: before the day for the whole way to its eve, from then on a day.

The mean of the logarithms of those of two public portfolios, 284 software grants and 14 release schedules. The grants
weigh four times as much: they are outsourced work, the releases are not.
"""
PRIOR: Final = 0.5
FIRM: Final = 10.0
MOST: Final = 2
"""All landmarks of a milestone together weigh at most so much."""
HALF_LIFE_DAYS: Final = 2 * 364
"""A landmark that is older by so many days weighs half."""
GIVEN_UP: Final = timedelta(days=60)
"""What is open for longer after its day says nothing of when work is delivered that will be: it is not learned from."""
ONE_DAY: Final = timedelta(days=1)
FURTHEST_DAYS: Final = 3650
"""No forecast reaches further ahead: beyond ten years there is nothing to tell apart."""
LEAST: Final = 20
"""With fewer deliveries of its own a portfolio goes by the default in part, and says so."""
DIGITS: Final = 2
"""A learned rate is kept to so many digits: one record more or less seldom changes everybody's forecast."""
HALF_A_DAY: Final = 0.5
"""What is delivered on a day is taken for delivered at noon."""
A_HAIR: Final = 1e-9


_PARTS: Final = [(place, start, end) for place, (start, end) in enumerate(pairwise((*BEFORE, 1.0)))]
_DAYS: Final = [(place, start, end) for place, (start, end) in enumerate(pairwise((*AFTER, inf)), len(BEFORE))]
UNKNOWN: Final = LifeTable(DEFAULT, DEFAULT, {}, {}, 0, date.min)
"""The table of a portfolio that has taught nothing yet."""


class Landmark(NamedTuple):
    """An open promise as it stood by the end of a day, and what is known of its end."""

    engagement: str
    milestone: str
    retainer: bool
    vendor: str
    category: str | None
    day: date
    named_on: date
    """The day named last for it."""
    pace: float
    """Times every rate: what is known of its engagement on the day."""
    deliveries: tuple[Delivery, ...]
    gone_on: date | None
    """The day from which it was not to be delivered any more: cancelled, or the work was closed."""


class Stretch(NamedTuple):
    """A stretch of the table that lies ahead, in days from a moment."""

    place: int
    start: float
    end: float
    unit: float
    """A rate is for so many days."""


@lru_cache(4096)
def stretches(ahead_days: int) -> tuple[Stretch, ...]:
    """The stretches ahead of a promise whose day lies so many days ahead, or behind where that is negative."""
    wait = ahead_days - 1
    parts = _PARTS if wait > 0 else []
    return (
        *(Stretch(place, start * wait, end * wait, wait) for place, start, end in parts),
        *(Stretch(place, max(wait + start, 0), wait + end, 1) for place, start, end in _DAYS if wait + end > 0),
    )


def days_ahead(rates: Sequence[float], ahead_days: int, pace: float, shares: Sequence[float]) -> list[int]:
    """In how many days a promise is kept with each of some chances, in rising order: exact quantiles of the table.

    At least 1: by the end of the day it is open. At most `FURTHEST_DAYS`.
    """
    wanted = [-log1p(-share) for share in shares]
    found: list[int] = []
    passed = 0.0
    for stretch in stretches(ahead_days):
        rate = rates[stretch.place] * pace / stretch.unit
        reached = passed + rate * (stretch.end - stretch.start)
        while len(found) < len(wanted) and wanted[len(found)] <= reached:
            days = stretch.start + (wanted[len(found)] - passed) / rate
            found.append(max(1, ceil(min(days, FURTHEST_DAYS) - A_HAIR)))
        if len(found) == len(wanted):
            break
        passed = reached
    return found


def rates_of(table: LifeTable, *, retainer: bool) -> tuple[float, ...]:
    """The rates of what a retainer owes, or of everything else."""
    return table.retainer_rates if retainer else table.rates


def pace_of(table: LifeTable, vendor: str, category: str | None) -> float:
    """Times all rates, for a vendor and a kind of work; 1 of those that are not known."""
    return table.categories.get(category or "", 1) * table.vendors.get(vendor, 1)


def chance_within(rates: Sequence[float], ahead_days: int, pace: float, days: int) -> float:
    """The chance that a promise is kept within so many days, 0 to 1."""
    return 1 - exp(-fsum(rates[index] * pace * units for index, units in exposure(ahead_days, days)))


def exposure(ahead_days: int, days: float) -> list[tuple[int, float]]:
    """How long a promise that was open for so many days was in each stretch, in the units of its rate."""
    wait = ahead_days - 1
    spent: list[tuple[int, float]] = []
    for place, start, end in _PARTS if wait > 0 else ():
        if start * wait >= days:
            return spent
        spent.append((place, min(end, days / wait) - start))
    for place, start, end in _DAYS:
        if wait + end > 0:
            first = max(wait + start, 0)
            if first >= days:
                break
            spent.append((place, min(wait + end, days) - first))
    return spent


# --- learning


class _Seen(NamedTuple):
    """What a landmark teaches by some day."""

    landmark: Landmark
    came: bool
    spent: list[tuple[int, float]]
    """How long it was in each stretch, delivered or not."""
    weight: float
    """At most 1; all landmarks of a milestone together at most `MOST`, older ones less."""


def learned(landmarks: Iterable[Landmark], learned_on: date) -> LifeTable:
    """What landmarks before a day teach about it, with the default where they teach little; with none, the default.

    Nothing counts that is dated on the day or later: what was delivered then is as open as the rest.
    """
    seen = _seen([one for one in landmarks if one.day < learned_on], learned_on)
    rates = {retainer: _rates([one for one in seen if one.landmark.retainer is retainer]) for retainer in (False, True)}
    expected = [_expected(one, rates[one.landmark.retainer]) for one in seen]
    categories = _factors(((one.landmark.category, one, due) for one, due in zip(seen, expected, strict=True)))
    expected = [due * categories.get(one.landmark.category or "", 1) for one, due in zip(seen, expected, strict=True)]
    vendors = _factors(((one.landmark.vendor, one, due) for one, due in zip(seen, expected, strict=True)))
    return LifeTable(rates[False], rates[True], categories, vendors, len(_delivered(seen)), learned_on)


def told(table: LifeTable, as_of: date) -> str:
    """What forecasts rest on, in a sentence."""
    known = wording.count(table.delivered, "delivered result")
    if is_own(table):
        return f"Learned from {known} of this portfolio up to {wording.day(table.learned_on, as_of)}."
    few = f"Only {known} of this portfolio {'was' if table.delivered == 1 else 'were'} known"
    few = few if table.delivered else "No delivered result of this portfolio was known"
    return f"{few} on {wording.day(table.learned_on, as_of)}: forecasts rest on what was learned from other portfolios."


def is_own(table: LifeTable) -> bool:
    """Whether it rests on the portfolio's own history more than on the default."""
    return table.delivered >= LEAST


def _seen(landmarks: Sequence[Landmark], learned_on: date) -> list[_Seen]:
    """What each landmark teaches; those teach nothing that were given up, cancelled or closed undelivered."""
    found, known_by = [], learned_on - ONE_DAY
    for one in landmarks:
        done_on = handover(one.deliveries, known_by).delivered_on if one.deliveries else None
        gone = one.gone_on is not None and one.gone_on <= known_by
        if done_on is not None or not (gone or learned_on - one.named_on > GIVEN_UP):
            days = ((done_on or learned_on) - one.day).days - HALF_A_DAY
            found.append((one, days, done_on is not None))
    number = Counter([(one.engagement, one.milestone) for one, _, _ in found])
    part = {seen: min(1.0, MOST / seen) for seen in set(number.values())}
    spent = cache(exposure)  # most stood as others did
    faded = {day: exp2(-(learned_on - day).days / HALF_LIFE_DAYS) for day in {one.day for one, _, _ in found}}
    return [
        _Seen(
            one,
            came,
            spent((one.named_on - one.day).days, days),
            part[number[one.engagement, one.milestone]] * faded[one.day],
        )
        for one, days, came in found
    ]


def _rates(seen: Sequence[_Seen]) -> tuple[float, ...]:
    """Deliveries over exposure in every stretch, drawn towards the default; from few only part of the way.

    A few results fill a few stretches, and would make of what took ten days three times a rule. Few are fewer than
    `LEAST` that were delivered, and that were expected to be.
    """
    came, due = [PRIOR] * len(DEFAULT), [PRIOR] * len(DEFAULT)
    for one in seen:
        share = one.weight * one.landmark.pace
        for place, units in one.spent:
            due[place] += share * units * DEFAULT[place]
        if one.came:
            came[one.spent[-1][0]] += one.weight
    expected = fsum(due) - PRIOR * len(DEFAULT)
    way = min(max(len(_delivered(seen)), expected) / LEAST, 1.0)
    return tuple(
        _rounded(rate * (number / awaited) ** way) for rate, number, awaited in zip(DEFAULT, came, due, strict=True)
    )


def _delivered(seen: Sequence[_Seen]) -> set[tuple[str, str]]:
    return {(one.landmark.engagement, one.landmark.milestone) for one in seen if one.came}


def _expected(one: _Seen, rates: Sequence[float]) -> float:
    """How many deliveries the table expects of a landmark."""
    return one.weight * one.landmark.pace * sum(rates[place] * units for place, units in one.spent)


def _factors(seen: Iterable[tuple[str | None, _Seen, float]]) -> dict[str, float]:
    """By class of work: deliveries over those expected, as against all classes together, drawn towards 1."""
    came, due = defaultdict[str | None, float](float), defaultdict[str | None, float](float)
    for name, one, expected in seen:
        came[name] += one.weight * one.came
        due[name] += expected
    of_all = fsum(came.values()) / fsum(due.values()) if due else 1.0
    return {name: _rounded((came[name] + FIRM) / (due[name] * of_all + FIRM)) for name in sorted(filter(None, due))}


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
