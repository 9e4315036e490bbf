"""How well forecasts did on recorded history: ours, and the naive ones that anybody could make.

A case is an accepted milestone on a Friday of its life, at most twelve of them, evenly spread from the first to the
last; where nobody decides on most of what is delivered, a delivered one. Ours is told from the table that was learned
by the first of that month, from what was known then; the naive ones that learn do so from what came before the Friday.
A case counts once `BEFORE` milestones had. How good a forecast is for a chance is its pinball loss (Koenker and Bassett
1978): days late times the chance, days early times the rest. That of the middle is half the mean error.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import fsum
from typing import Final, NamedTuple

from engagement.assessment import chance, forecast, lifetable
from engagement.assessment.case import Case
from engagement.assessment.cases import fridays
from engagement.assessment.delivery import handover
from engagement.assessment.lifetable import Landmark
from engagement.assessment.values import LifeTable

FRIDAYS: Final = 12
BEFORE: Final = 20
"""So many milestones have to be over before a case counts."""
FIFTHS: Final = 5
OURS: Final = "life table"
LEVELS: Final = tuple(share / 10 for share in range(1, 10))
SHARES: Final = (0.5, 0.8, 0.9)
ONE_DAY: Final = timedelta(days=1)


class Foretold(NamedTuple):
    """A milestone on a Friday, what was said of it then, and when it came. Days are counted from the Friday."""

    engagement: str
    milestone: str
    day: date
    came_days: int
    life: float
    """How much of its life is over, 0 to 1."""
    first_days: int
    """To the first promise, below 0 once it has passed."""
    age_days: int
    """Since its work began: see `start_on`."""
    index_days: float
    """To the day that ``AT + PD - ES`` says: the due date, later by as much as earned schedule lags behind."""
    rate_days: float
    """To the day that ``PD / SPI(t)`` says; as far as the due date while nothing is earned."""
    mark: Landmark
    is_accepted: bool


class Ended(NamedTuple):
    """A delivered milestone: how long it was to take and took, in days."""

    done_on: date
    planned_days: int
    taken_days: int
    is_accepted: bool


class Told(NamedTuple):
    """Everything of one engagement that forecasts are judged by."""

    cases: tuple[Foretold, ...]
    ended: tuple[Ended, ...]
    marks: tuple[Landmark, ...]


class Score(NamedTuple):
    """How well one forecast did on some cases. None where there are none."""

    cases: int
    mean_error_days: float | None
    pinball_p50: float | None
    pinball_p80: float | None
    covered_p50: float | None
    """Share of the cases that came by the day it gave for one of two, 0 to 1."""
    covered_p80: float | None
    covered_p90: float | None
    """None for forecasts that give no such day."""

    @property
    def loss(self) -> float | None:
        """The mean of the pinball losses of P50 and P80, in days."""
        if self.pinball_p50 is None or self.pinball_p80 is None:
            return None
        return (self.pinball_p50 + self.pinball_p80) / 2


@dataclass(frozen=True, slots=True)
class ForecastRecord:
    """How well one forecast did, in all and by fifth of the life."""

    name: str
    score: Score
    by_life: tuple[Score, ...]


class Reached(NamedTuple):
    """How often results came by the day that was given for a chance."""

    level: float
    """The chance that a day was asked for."""
    chance: float
    """The mean chance of coming by the end of the day that was given: a little more, as days are whole."""
    share: float
    """The share of cases that came by then."""


@dataclass(frozen=True, slots=True)
class Forecasts:
    """How well forecasts did on recorded history."""

    records: tuple[ForecastRecord, ...]
    """Ours first."""
    reached: tuple[Reached, ...]
    """What ours gave for chances from 10 to 90 %, and what came of it; empty without cases."""
    table: LifeTable
    """What the portfolio has learned by the day."""

    @property
    def ours(self) -> ForecastRecord:
        """The record of the forecasts that pages show."""
        return self.records[0]

    @property
    def best_other(self) -> ForecastRecord:
        """That of the naive ones which lost least; the first of them without cases."""
        return min(self.records[1:], key=lambda one: one.score.loss or 0)


class Tables:
    """What a portfolio had learned by each month. It is learned again only where what it rests on has changed."""

    def __init__(self) -> None:
        self._kept: dict[date, tuple[Sequence[Landmark], LifeTable]] = {}

    def learned(self, marks: Iterable[Landmark], learned_on: date) -> LifeTable:
        """The table by a day, from the landmarks of the years before it."""
        begin = learned_on - timedelta(days=forecast.LEARNING_DAYS)
        lately = [one for one in marks if begin <= one.day < learned_on]
        kept = self._kept.get(learned_on)
        if kept is None or kept[0] != lately:
            kept = self._kept[learned_on] = lately, lifetable.learned(lately, learned_on)
        return kept[1]


def told(case: Case, as_of: date) -> Told:
    """The cases of an engagement, and what others learn from it, from its complete history by the end of a day."""
    begin = min(terms.starts_on for terms in case.history.terms)
    end = min(case.history.closed_on or as_of, as_of) + ONE_DAY
    marks = tuple(forecast.landmarks(case, fridays(begin, end, forecast.LEARNING_WEEKS)))
    plan = case.plan(as_of)
    cases, ended = list[Foretold](), list[Ended]()

    @cache
    def marks_on(day: date) -> dict[str, Landmark]:
        return {mark.milestone: mark for mark in forecast.marks_on(case, day)}

    if plan.retainer:
        return Told((), (), marks)
    for milestone, first in zip(plan.milestones, plan.firsts, strict=True):
        handed = handover(milestone.deliveries, as_of)
        if first is None or handed.delivered_on is None:
            continue
        is_accepted = handed.accepted_on is not None
        before = max((one for one in plan.firsts if one is not None and one < first), default=plan.starts_on)
        start = milestone.starts_on or before
        taken = (handed.delivered_on - start).days
        ended.append(Ended(handed.delivered_on, max((first - start).days, 1), taken, is_accepted))
        for day in _spread(fridays(start, handed.delivered_on)):
            if mark := marks_on(day).get(milestone.key):
                cases.append(_foretold(case, mark, first, start, handed.delivered_on, is_accepted=is_accepted))
    return Told(tuple(cases), tuple(ended), marks)


def counted(those: Iterable[Told], engagements: int, as_of: date, tables: Tables) -> Forecasts:
    """How well forecasts did on what is told of a portfolio of so many engagements, in the order of their keys.

    Of a large portfolio ours are learned from the part that they are learned from everywhere (see `chance.part_of`).
    ``tables``: those that were learned when it was counted last.
    """
    those = list(those)
    marks = [mark for one in those for mark in one.marks if chance.is_learned_from(mark.engagement, engagements)]
    delivered = sorted(one for told_ in those for one in told_.ended)
    accepted = [one for one in delivered if one.is_accepted]
    ended = accepted if 2 * len(accepted) >= len(delivered) else delivered
    done_on = [one.done_on for one in ended]
    cases = [
        one
        for told_ in those
        for one in told_.cases
        if (one.is_accepted or ended is delivered) and bisect_left(done_on, one.day) >= BEFORE
    ]

    @cache
    def table_on(learned_on: date) -> LifeTable:
        return tables.learned(marks, learned_on)

    places = [_place(one, table_on(chance.learning_day(one.day))) for one in cases]
    by_others = _by_others(cases, ended)
    said: dict[str, list[Sequence[float]]] = {
        OURS: [lifetable.days_ahead(*place, shares=SHARES) for place in places],
        "latest date named": [_held((one.mark.named_on - one.day).days) for one in cases],
        "the plan": [_held(one.first_days) for one in cases],
        "plan and past slips": [by_slips for by_slips, _ in by_others],
        "what remained at that stage": [by_stage for _, by_stage in by_others],
        "AT + PD - ES": [_held(one.index_days) for one in cases],
        "PD / SPI(t)": [_held(one.rate_days) for one in cases],
    }
    return Forecasts(
        records=tuple(_record(name, cases, days) for name, days in said.items()),
        reached=_reached(cases, places),
        table=table_on(chance.learning_day(as_of)),
    )


# --- the forecasts: days to the middle, the P80 and, where there is one, the P90


class Place(NamedTuple):
    """Where a promise stands in the table, and how fast that runs for it."""

    rates: Sequence[float]
    ahead_days: int
    pace: float


def _place(one: Foretold, table: LifeTable) -> Place:
    mark = one.mark
    pace = mark.pace * lifetable.pace_of(table, mark.vendor, mark.category)
    return Place(lifetable.rates_of(table, retainer=mark.retainer), (mark.named_on - one.day).days, pace)


def _held(days: float) -> Sequence[float]:
    """One day for every chance: what has passed is held to the Friday itself."""
    return [max(days, 0)] * 2


def _by_others(cases: Sequence[Foretold], ended: Sequence[Ended]) -> list[tuple[Sequence[float], Sequence[float]]]:
    """What past slips and past rests say of each case, from what was accepted before its Friday."""
    said: list[tuple[Sequence[float], Sequence[float]]] = [((), ())] * len(cases)
    ratios: list[float] = []
    over = 0
    for number in sorted(range(len(cases)), key=lambda number: cases[number].day):
        while over < len(ended) and ended[over].done_on < cases[number].day:
            insort(ratios, ended[over].taken_days / ended[over].planned_days)
            over += 1
        said[number] = _by_slips(cases[number], ratios), _by_stage(cases[number], ratios)
    return said


def _by_slips(one: Foretold, ratios: Sequence[float]) -> Sequence[float]:
    """The plan, later by what past milestones slipped for each day they were to take.

    ``ratios``: how long each of these took for each day it was to take, the least first.
    """
    planned = max(one.first_days + one.age_days, 1)
    return [max(one.first_days + (_quantile(ratios, share) - 1) * planned, 0) for share in SHARES[:2]]


def _by_stage(one: Foretold, ratios: Sequence[float]) -> Sequence[float]:
    """What past milestones took that were still open at this stage, for each day they were to take; else the plan."""
    planned = max(one.first_days + one.age_days, 1)
    stage = one.age_days / planned
    open_then = bisect_right(ratios, stage)
    if open_then == len(ratios):
        return _held(one.first_days)
    return [(_quantile(ratios, share, open_then) - stage) * planned for share in SHARES[:2]]


def _quantile(ordered: Sequence[float], share: float, first: int = 0) -> float:
    """The quantile of numbers in rising order, from the ``first`` on, between two in proportion."""
    at = first + (len(ordered) - 1 - first) * share
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


# --- cases


def _spread(days: Sequence[date]) -> Sequence[date]:
    """At most twelve of some days, from the first to the last."""
    last = len(days) - 1
    if last < FRIDAYS:
        return days
    return [days[round(number * last / (FRIDAYS - 1))] for number in range(FRIDAYS)]


def _foretold(
    case: Case, mark: Landmark, first_on: date, start_on: date, done_on: date, *, is_accepted: bool
) -> Foretold:
    day = mark.day
    plan = case.plan(day)
    due = plan.dues[plan.places[mark.milestone]] or first_on
    index_days = rate_days = float((due - day).days)
    done = case.done(day).shares
    passed = (day - plan.starts_on).days
    if done is not None and plan.curve is not None:
        reached = float(plan.curve.reached(done.earned, done.total, day))
        index_days += passed - reached
        if reached > 0:
            rate_days = (due - plan.starts_on).days * passed / reached - passed
    return Foretold(
        engagement=mark.engagement,
        milestone=mark.milestone,
        day=day,
        came_days=(done_on - day).days,
        life=(day - start_on).days / (done_on - start_on).days,
        first_days=(first_on - day).days,
        age_days=(day - start_on).days,
        index_days=index_days,
        rate_days=rate_days,
        mark=mark,
        is_accepted=is_accepted,
    )


# --- the record


def _reached(cases: Sequence[Foretold], places: Sequence[Place]) -> tuple[Reached, ...]:
    """For each of some chances how many came by the day that was given for it, and what chance that day had."""
    if not cases:
        return ()
    days = [lifetable.days_ahead(*place, shares=LEVELS) for place in places]
    return tuple(
        Reached(
            level,
            fsum(lifetable.chance_within(*place, days=each[at]) for place, each in zip(places, days, strict=True))
            / len(cases),
            sum(one.came_days <= each[at] for one, each in zip(cases, days, strict=True)) / len(cases),
        )
        for at, level in enumerate(LEVELS)
    )


def _record(name: str, cases: Sequence[Foretold], said: Sequence[Sequence[float]]) -> ForecastRecord:
    fifths: list[list[tuple[int, Sequence[float]]]] = [[] for _ in range(FIFTHS)]
    every = [(one.came_days, days) for one, days in zip(cases, said, strict=True)]
    for one, scored in zip(cases, every, strict=True):
        fifths[min(int(one.life * FIFTHS), FIFTHS - 1)].append(scored)
    return ForecastRecord(name, _score(every), tuple(map(_score, fifths)))


def _score(said: Sequence[tuple[int, Sequence[float]]]) -> Score:
    """The score of days said, against the day it came."""
    number = len(said)
    if not number:
        return Score(0, None, None, None, None, None, None)
    return Score(
        cases=number,
        mean_error_days=fsum(abs(came - days[0]) for came, days in said) / number,
        pinball_p50=fsum(_pinball(0.5, came - days[0]) for came, days in said) / number,
        pinball_p80=fsum(_pinball(0.8, came - days[1]) for came, days in said) / number,
        covered_p50=sum(came <= days[0] for came, days in said) / number,
        covered_p80=sum(came <= days[1] for came, days in said) / number,
        covered_p90=sum(came <= days[2] for came, days in said) / number if len(said[0][1]) > 2 else None,
    )


def _pinball(share: float, late_days: float) -> float:
    return share * late_days if late_days >= 0 else (share - 1) * late_days
