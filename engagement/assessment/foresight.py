"""How well forecasts held and what they rest on, in words, for Methods.

Every figure is read off the record, the table or the coefficients: nothing is listed here a second time.
"""

from collections.abc import Mapping, Sequence
from math import exp, fsum
from types import MappingProxyType
from typing import Final, NamedTuple

from engagement.assessment import forecast
from engagement.assessment.foretold import OURS, ForecastRecord, Forecasts, Score
from engagement.assessment.lifetable import FURTHEST_DAYS, chance_within, days_ahead
from engagement.assessment.values import LifeTable
from engagement.assessment.wording import count, listed, share, span

LEAST: Final = 20
"""Of fewer cases nothing is said."""
NOTED: Final = 0.15
"""A kind of work or a vendor is named where its pace is further than this from that of all."""
MOST: Final = 6
"""So many are named."""
MONTH: Final = 30
POINTS_APART: Final = 3
"""From so many points on what came is told to differ from what was said."""

METHOD: Final = (
    "A forecast says: of results like this that were still open at this point, half were delivered by P50, four of "
    "five by P80. It is for the case that the result comes at all. It counts from the day that was named last, and "
    "learns how long what was open then took: in this portfolio, and there by kind of work and by vendor."
)
CASE: Final = (
    "A case is a delivered result on a Friday of its life, at most twelve of them, told from nothing that was recorded "
    "later. Loss is what a forecast costs in days, of P50 and of P80 in the mean: a day late weighs as much as the "
    "chance that was given, a day early as the rest, so that neither caution nor hope pays."
)
UNSLOWED: Final = (
    "Where nothing slows it down: heard of today, nothing older open, not behind the plan, earlier results on time."
)
POINTS: Final = MappingProxyType({1: "one day", 7: "a week", 28: "four weeks", 91: "13 weeks"})
"""Days after the named one at which the table is told."""
FORECASTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        OURS: "The P50 and P80 of that day",
        "latest date named": "The last word on it, and the promise where there is none",
        "the plan": "The first promise",
        "plan and past slips": "The promise, later by what past results slipped for each day they were to take",
        "what remained at that stage": "What past results took from the same stage on, where they were open then",
        "AT + PD - ES": "The due date, later by as much as earned schedule lags behind",
        "PD / SPI(t)": "The due date, if the rest goes at the pace so far",
    }
)
"""What each forecast of the backtest says, by its name there."""


class Slowing(NamedTuple):
    """One of what makes everything that is open come later."""

    name: str
    counts_as: str
    coefficient: float
    example: str
    """How much it slows at a round figure."""


def name(record: ForecastRecord) -> str:
    """What a forecast is called in a list of them."""
    return f"ours: {record.name}" if record.name == OURS else record.name


def is_told(found: Forecasts) -> bool:
    """Whether enough cases are over to say anything."""
    return found.ours.score.cases >= LEAST


def held(found: Forecasts) -> str:
    """How often the days that forecasts gave held, in a sentence; below 20 cases only that."""
    score = found.ours.score
    if not is_told(found):
        over = f"{count(score.cases, 'case').capitalize()} of this portfolio {'is' if score.cases == 1 else 'are'} over"
        return f"{over}: from {LEAST} on it is told here how often forecasts held."
    return (
        f"P80 held in {share(score.covered_p80 or 0)} of {score.cases:,} cases, P50 in "
        f"{share(score.covered_p50 or 0)}, P90 in {share(score.covered_p90 or 0)}."
    )


def against_others(found: Forecasts) -> str | None:
    """Whether ours lost less than the best naive forecast, in a sentence; None below 20 cases."""
    ours, best = found.ours.score.loss, found.best_other
    if not is_told(found) or ours is None or not best.score.loss:
        return None
    less = 1 - ours / best.score.loss
    compared = f"{share(abs(less))} {'less' if less > 0 else 'more'} than" if round(100 * less) else "as much as"
    figures = f"{' against '.join(_apart(ours, best.score.loss))} days"
    return f"Forecasts lost {compared} the best of the naive ones, {best.name}: {figures}."


def _apart(*days: float) -> Sequence[str]:
    """Days to a tenth; to a hundredth where two that differ would else read the same."""
    tenths = [f"{each:.1f}" for each in days]
    return tenths if len(set(tenths)) == len(set(days)) else [f"{each:.2f}" for each in days]


def calibrated(found: Forecasts) -> str:
    """Whether results came as often by the days given as was said, in a sentence; from 20 cases on."""
    gap = fsum(one.share - one.chance for one in found.reached) / len(found.reached)
    points = round(100 * gap)
    if abs(points) < POINTS_APART:
        return "Results came about as often as forecasts said"
    return (
        f"Results came {'sooner' if points > 0 else 'later'} than forecasts said, by {abs(points)} points in the mean"
    )


def by_life(found: Forecasts) -> Sequence[tuple[str, Score, Score]]:
    """Our scores by fifth of the life where there are cases, each with its name and that of the best naive forecast."""
    names = ("first", "second", "third", "fourth", "last")
    fifths = zip(names, found.ours.by_life, found.best_other.by_life, strict=True)
    return [(name, ours, other) for name, ours, other in fifths if ours.cases]


def life_table(table: LifeTable) -> tuple[str, ...]:
    """The table in sentences: of what is open at some points, how much comes and when, where nothing slows it down."""
    pace = exp(forecast.YOUNG / 2)
    half, four = (_from_the_day(days - MONTH) for days in days_ahead(table.rates, MONTH, pace, (0.5, 0.8)))
    by_then = share(chance_within(table.rates, MONTH, pace, MONTH))
    middle = "" if half == four else f"half {half}, "
    come = f"{by_then} come by the day, {middle}four of five {four}"
    first = f"Of those due in {MONTH} days, half of their time over, {come}."
    return (first, *(_still_open(table.rates, after) for after in POINTS))


def slowed() -> tuple[Slowing, ...]:
    """What slows forecasts down, with the coefficients that the program uses."""
    half = forecast.HALF_DAYS
    days = f"x / (x + {half})"
    return (
        Slowing("Days behind the plan", days, forecast.BEHIND, f"{half} days: {_slower(forecast.BEHIND / 2)}"),
        Slowing("Older results open", "x / (x + 1)", forecast.OLDER, f"one: {_slower(forecast.OLDER / 2)}"),
        Slowing("Share of its time that is ahead", "x", forecast.YOUNG, f"half: {_slower(forecast.YOUNG / 2)}"),
        Slowing(
            "Mean slip so far, in days",
            f"x / (|x| + {half})",
            forecast.SLIP,
            f"{half} days: {_slower(forecast.SLIP / 2)}",
        ),
        Slowing("Days of silence", days, forecast.SILENT, f"{half} days: {_slower(forecast.SILENT / 2)}"),
    )


def paces(table: LifeTable) -> tuple[str, ...]:
    """Which kinds of work and which vendors are quicker or slower than all, in sentences."""
    return tuple(
        sentence
        for what, factors in (("kinds of work", table.categories), ("vendors", table.vendors))
        if (sentence := _paces(what, factors))
    )


def _still_open(rates: Sequence[float], after: int) -> str:
    week = share(chance_within(rates, -after, 1, 7))
    half, four = (_within(days) for days in days_ahead(rates, -after, 1, (0.5, 0.8)))
    come = f"{week} come within a week, half within {half}, four of five within {four}"
    return f"Of those still open {POINTS[after]} after the day, {come}."


def _from_the_day(days: int) -> str:
    if days == 0:
        return "by the day itself"
    return f"by {span(abs(days))} {'after' if days > 0 else 'before'} it"


def _within(days: int) -> str:
    return "ten years or more" if days >= FURTHEST_DAYS else span(days)


def _slower(logarithm: float) -> str:
    return f"{share(1 - exp(logarithm))} fewer come in a day"


def _paces(what: str, factors: Mapping[str, float]) -> str | None:
    """Those that are furthest from all, quick and slow."""
    far = sorted(
        (one for one in factors.items() if abs(one[1] - 1) > NOTED), key=lambda one: (-abs(one[1] - 1), one[0])
    )
    if not far:
        return None
    names = [f"{name} ({factor:.2g} times)" for name, factor in far]
    return f"Pace of {what} against all: {listed(names, MOST)}."
