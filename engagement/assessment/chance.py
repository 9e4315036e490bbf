"""How likely it is that the next promise of an engagement is broken by more than 30 days.

One plain model: seven measures, each times its coefficient, added up to log odds. The coefficients are the same for
everybody. What a portfolio learns from its own history is one number, the level: how often dates are broken there.

Where the coefficients come from: logistic regression on the cases of two public portfolios, 284 software grants of
2019 to 2024 and 14 release schedules of 2009 to 2026, with a level for each of them, a ridge of 1, and every milestone
weighing the same; rounded, because both together do not know more digits. Only silence counts for more than was found.
What all of them are worth is in docs/evidence.md.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import exp, fsum, log
from typing import Final, NamedTuple
from zlib import crc32

from engagement.assessment import wording
from engagement.assessment.case import Case
from engagement.assessment.cases import AHEAD_DAYS, Promise, cases, fridays, handed_on
from engagement.assessment.heard import heard_on
from engagement.assessment.slippage import last_forecast, last_word
from engagement.assessment.terms import terms_on

NEAR: Final = 1.6
"""Times log(60 / days left to the line)."""
OLDER: Final = 4.0
"""Times x / (x + 1) of the older milestones that are still open."""
SILENT: Final = 0.5
"""Times x / (x + 30) of the days since anything was heard of either side. The fit says nought, once the rest is known;
but it knows no portfolio whose regular conversations fell silent."""
SLIP: Final = 1.5
"""Times x / (|x| + 30) of the mean days between promise and delivery so far, below 0 where that was early."""
MOVED: Final = 2.5
"""Times x / (x + 30) of the days that the last word on it lies after the promise."""
LENGTH: Final = 0.7
"""Times log(days it was planned to take / 30)."""
UNPROVEN: Final = 0.6
"""Where the engagement has delivered nothing yet."""
LEVEL: Final = -3.3
"""The level of a portfolio that is not known yet: half way between those of the two it was fitted on, -1.6 and -5.0."""

HALF_DAYS: Final = 30
SHORT_DAYS: Final = 7
LONG_DAYS: Final = 365
"""What was planned to take less or more than these counts like them."""
FURTHEST: Final = 8.0
"""No log odds beyond this: nothing that lies ahead is certain to four digits."""

LEAST_CASES: Final = 20
"""With fewer cases of its own a portfolio goes mostly by the default, and says so."""
DOUBT: Final = 0.3
"""How firmly the default is held against a portfolio's own cases: the inverse square of 1.8, about as far as the levels
it was made of lie from it. It weighs like one or two cases."""
STEPS: Final = 20
"""A learned level is kept in twentieths, so that one record more or less seldom changes everybody's chance."""
ROUNDS: Final = 20
"""Newton's method needs about five."""
LEARNING_DAYS: Final = 365
LEARNING_WEEKS: Final = 8
"""Every so many weeks' Fridays are learned from: further apart than a case is long, or they would repeat themselves."""
ENOUGH: Final = 400
"""Of more engagements than this a fixed half, quarter, ... is learned from: one number needs no more."""


class Measures(NamedTuple):
    """What the chance reads of an engagement and its next promise."""

    left_days: int
    """To the line, at most 60: further ahead it makes no difference."""
    overdue_days: int
    """Since the first promise, below 0 before it."""
    older: int
    silent_days: int
    slip_days: float
    moved_days: int
    planned_days: int
    unproven: bool


class Past(NamedTuple):
    """A case that is over: the log odds it had without a level, and how it ended."""

    day: date
    line_on: date
    log_odds: float
    is_bad: bool


class Level(NamedTuple):
    """How often dates are broken in a portfolio, as far as its own history tells."""

    value: float
    cases: int
    """Of its own that were over by the day."""
    learned_on: date

    @property
    def is_own(self) -> bool:
        """Whether it rests on the portfolio's own history more than on the default."""
        return self.cases >= LEAST_CASES


def measured(case: Case, promise: Promise, made: Sequence[Promise], day: date) -> Measures:
    """The measures of a promise among all that were made, by the end of a day."""
    begun = terms_on(case.history, day).starts_on
    handed = [(one.handed_on, one.first_on) for one in made if one.handed_on is not None and one.handed_on <= day]
    slips = [(handed_on - first_on).days for handed_on, first_on in handed]
    before = max((one.first_on for one in made if one.first_on < promise.first_on), default=begun)
    return Measures(
        left_days=min((promise.line_on - day).days, AHEAD_DAYS),
        overdue_days=(day - promise.first_on).days,
        older=sum(one.first_on < promise.first_on and one.is_open(day) for one in made),
        silent_days=(day - heard_on(case.history, handed_on(made), day)).days,
        slip_days=sum(slips) / len(slips) if slips else 0.0,
        moved_days=max((_word_on(promise, day) - promise.first_on).days, 0),
        planned_days=(promise.first_on - (promise.milestone.starts_on or before)).days,
        unproven=not handed,
    )


def parts(found: Measures) -> tuple[float, ...]:
    """What each of the measures adds to the log odds: near, older, silent, slip, moved, length, unproven."""
    slip = found.slip_days
    return (
        NEAR * log(AHEAD_DAYS / found.left_days),
        OLDER * found.older / (found.older + 1),
        SILENT * found.silent_days / (found.silent_days + HALF_DAYS),
        SLIP * slip / (abs(slip) + HALF_DAYS),
        MOVED * found.moved_days / (found.moved_days + HALF_DAYS),
        LENGTH * log(min(max(found.planned_days, SHORT_DAYS), LONG_DAYS) / HALF_DAYS),
        UNPROVEN * found.unproven,
    )


def chance(log_odds: float, level: float) -> float:
    """The chance that goes with log odds at a level, 0 to 1 and neither of them."""
    return 1 / (1 + exp(-min(max(log_odds + level, -FURTHEST), FURTHEST)))


# --- learning


def learning_day(as_of: date) -> date:
    """The day before which everything is known that is learned from: the first of the month.

    So a level stays for a month, and whoever asks about a day gets the same.
    """
    return as_of.replace(day=1)


def learning_fridays(learned_on: date) -> Sequence[date]:
    """The Fridays that are learned from: of the year before, one every eight weeks."""
    return fridays(learned_on - timedelta(days=LEARNING_DAYS), learned_on, LEARNING_WEEKS)


def is_learned_from(key: str, engagements: int) -> bool:
    """Whether an engagement is learned from, in a portfolio of so many: all of them, or a fixed part of a large one."""
    return crc32(key.encode()) % part_of(engagements) == 0


def part_of(engagements: int) -> int:
    """Of so many engagements every how manieth is learned from: 1, 2, 4, ..."""
    every = 1
    while engagements > ENOUGH * every:
        every *= 2
    return every


def past(case: Case, days: Iterable[date], known_by: date) -> list[Past]:
    """The cases of an engagement on some days that were over by the end of a day. Retainers have none.

    Of a retainer nothing is recorded but what happened: what it has left undone cannot be told from the records alone.
    """
    found = []
    for one in cases(case, days, known_by):
        if terms_on(case.history, one.day).contract == "retainer":
            continue
        log_odds = fsum(parts(measured(case, one.promise, one.made, one.day)))
        found.append(Past(one.day, one.line_on, log_odds, one.is_bad))
    return found


def learned(over: Sequence[Past], learned_on: date) -> Level:
    """The level at which a portfolio's own past cases are likeliest, drawn towards the default; with none, the default.

    ``over`` are cases whose line was passed before the day. The level is the likeliest under a normal prior around
    `LEVEL`, by Newton's method: what happened beyond what was expected is balanced by the pull of the default.
    """
    level = LEVEL
    for _ in range(ROUNDS):
        expected = [chance(one.log_odds, level) for one in over]
        rise = fsum(one.is_bad - likely for one, likely in zip(over, expected, strict=True)) - DOUBT * (level - LEVEL)
        bend = fsum(likely * (1 - likely) for likely in expected) + DOUBT
        step = min(max(rise / bend, -1.0), 1.0)
        level += step
        if abs(step) < 1e-6:
            break
    return Level(round(level * STEPS) / STEPS, len(over), learned_on)


def told(level: Level) -> str:
    """What the chances of a portfolio rest on, in a sentence."""
    known = wording.count(level.cases, "case")
    weeks = wording.in_words(LEARNING_WEEKS)
    year = f"of this portfolio, from one Friday in {weeks} weeks of the year up to {wording.day(level.learned_on)},"
    if level.is_own:
        return f"Learned from {known} {year.removesuffix(',')}."
    few = f"Only {known} {year} {'was' if level.cases == 1 else 'were'} over by then"
    few = few if level.cases else f"No case {year} was over by then"
    return f"{few}: the chances rest on what was learned from other portfolios."


def _word_on(promise: Promise, day: date) -> date:
    """The last word on when it will be done; the promise where there is none."""
    milestone = promise.milestone
    return last_word(promise.first_on, milestone.baselines, last_forecast(milestone, day), day) or promise.first_on
