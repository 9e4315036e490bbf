"""Since when something holds that changes on known days only, and counts of many things from day to day."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate

from engagement.assessment.values import PortfolioTerms

Turns = Mapping[date, Sequence[int]]
"""By day: by how much each of some counts changes on it."""


class Tally:
    """Counts that change on some days, and stay as they are in between."""

    def __init__(self, turns: Turns) -> None:
        self.days = sorted(turns)
        self._on = [tuple(counts) for counts in accumulate((turns[day] for day in self.days), _added)]

    def on(self, day: date) -> Sequence[int]:
        """The counts at the end of a day; none before the first."""
        place = bisect_right(self.days, day) - 1
        return self._on[place] if place >= 0 else ()


def _added(one: Sequence[int], other: Sequence[int]) -> Sequence[int]:
    return [left + right for left, right in zip(one, other, strict=True)]


def run_start(fires: Callable[[date], bool], turns: Iterable[date], common: PortfolioTerms, as_of: date) -> date:
    """First day of the unbroken run that ends on a day, of something that changes on the turns alone.

    Limits of the portfolio may change it too, from the first turn on: before it there was nothing to judge.
    """
    days = set(turns)
    first = min(days, default=as_of)
    days.update(change.set_on for change in common.limits if change.set_on > first)
    begun = as_of
    for turn in sorted((one for one in days if one <= as_of), reverse=True):
        if not fires(turn):
            break
        begun = turn
    return begun
