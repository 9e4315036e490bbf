"""The event that warnings and chances are measured by: a promise is broken by more than 30 days.

A milestone's line lies 30 days after its first promise. As of a day, an engagement's case is its earliest open
milestone whose line lies 1 to 60 days ahead; it ends badly where the line is passed and nothing was delivered. Any
delivery counts, accepted or not. There is one case an engagement and Friday.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from engagement.assessment.case import Case
from engagement.assessment.plan import Plan
from engagement.assessment.terms import life_on
from engagement.assessment.values import Milestone

LINE: Final = timedelta(days=30)
"""A promise is broken once it is older than this and nothing was delivered."""
AHEAD_DAYS: Final = 60
"""A case begins when its line is so near."""
A_WEEK: Final = timedelta(days=7)
FRIDAY: Final = 4


class Promise(NamedTuple):
    """A milestone that counts and has a first promised date."""

    milestone: Milestone
    first_on: date
    handed_on: date | None
    """The first delivery, whatever was decided on it. None where there is none, yet or ever."""

    @property
    def line_on(self) -> date:
        """The last day on which a delivery is in time."""
        return self.first_on + LINE

    def is_open(self, day: date) -> bool:
        """Whether nothing was delivered by the end of a day."""
        return self.handed_on is None or self.handed_on > day


class PromiseCase(NamedTuple):
    """One engagement on one Friday, and how it went on."""

    engagement: str
    day: date
    promise: Promise
    made: Sequence[Promise]
    """All that counted on the day, the promise among them."""
    is_bad: bool

    @property
    def line_on(self) -> date:
        """The day by whose end it was known how it went on."""
        return self.promise.line_on


def promises(plan: Plan) -> list[Promise]:
    """The milestones of a plan that were promised for a day, in recorded order."""
    return [
        Promise(one, first, one.deliveries[0].delivered_on if one.deliveries else None)
        for one, first in zip(plan.milestones, plan.firsts, strict=True)
        if first is not None
    ]


def handed_on(made: Iterable[Promise]) -> Iterator[date]:
    """The days on which promises were handed over, also later ones."""
    return (one.handed_on for one in made if one.handed_on is not None)


def next_promise(made: Iterable[Promise], day: date) -> Promise | None:
    """The earliest open promise whose line is still ahead, however far; None where there is none."""
    passed = day - LINE
    ahead = [one for one in made if one.first_on > passed and one.is_open(day)]
    return min(ahead, key=_first_on, default=None)


def cases(case: Case, days: Iterable[date], known_by: date) -> Iterator[PromiseCase]:
    """The cases of an engagement on some days, of which it is known by the end of a day how they went on.

    Left out are those whose line is not passed by then, and those that were cancelled before it. Work that was closed
    before its line stays in: closing delivers nothing.
    """
    known: dict[int, list[Promise]] = {}
    for day in days:
        if life_on(case.history, day) != "active":
            continue
        plan = case.plan(day)
        made = known.get(id(plan))
        if made is None:
            made = known[id(plan)] = promises(plan)
        promise = next_promise(made, day)
        if promise is None or (promise.line_on - day).days > AHEAD_DAYS or promise.line_on > known_by:
            continue
        cancelled_on = promise.milestone.cancelled_on
        if cancelled_on is None or cancelled_on > promise.line_on:
            yield PromiseCase(case.history.key, day, promise, made, promise.is_open(promise.line_on))


def fridays(start: date, end: date, weeks: int = 1) -> Sequence[date]:
    """Every Friday from ``start`` to before ``end``; of every so many weeks one, the same ones whatever the start."""
    length = weeks * A_WEEK.days
    behind = (start.toordinal() - FRIDAY - 1) % length
    first = start + timedelta(days=-behind % length)
    return [first + timedelta(days=days) for days in range(0, (end - first).days, length)]


def _first_on(promise: Promise) -> date:
    return promise.first_on
