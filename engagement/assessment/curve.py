"""The planned share over time, as a curve of straight pieces and steps, in exact whole numbers.

Flat stretches decide what "as far as the plan" means, so equal has to be equal: everything is scaled to integers, and a
number is divided once, when it leaves.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm


class Curve:
    """How much of the work was planned to be done by the end of each day (Lipke 2003, per milestone).

    Made of pieces of work, each with its start, due date and weight (a whole number; their sum is above 0). A weight
    accrues evenly from start to due date, and at once on the due date where that is no later than the start. The curve
    begins at ``starts_on`` and ends at the last due date. Days are counted as ordinals.
    """

    def __init__(self, work: Sequence[tuple[date, date, int]], starts_on: date) -> None:
        pieces = [(start.toordinal(), due.toordinal(), weight) for start, due, weight in work]
        self.start = starts_on.toordinal()
        self.end = max(due for _, due, _ in pieces)
        self.scale = lcm(*(due - start for start, due, _ in pieces if start < due))
        self.total = self.scale * sum(weight for _, _, weight in pieces)
        steps: dict[int, int] = {}
        bends: dict[int, int] = {}
        for start, due, weight in pieces:
            if start < due:
                rate = weight * (self.scale // (due - start))
                bends[start] = bends.get(start, 0) + rate
                bends[due] = bends.get(due, 0) - rate
            else:
                steps[due] = steps.get(due, 0) + weight * self.scale
        self._build(steps, bends)

    def _build(self, steps: dict[int, int], bends: dict[int, int]) -> None:
        """Knots in order: the value just before each, the value on it, and the slope after it, scaled."""
        self.knots = sorted(steps.keys() | bends.keys())
        self.before: list[int] = []
        self.on: list[int] = []
        self.slopes: list[int] = []
        value = slope = 0
        last = self.knots[0]
        for knot in self.knots:
            value += slope * (knot - last)
            self.before.append(value)
            value += steps.get(knot, 0)
            slope += bends.get(knot, 0)
            self.on.append(value)
            self.slopes.append(slope)
            last = knot

    def share(self, day: date) -> float:
        """Planned share at the end of a day, 0 to 1."""
        return self._scaled(day.toordinal()) / self.total

    def reached(self, done: int, total: int, day: date) -> Fraction:
        """The day on which the plan had the share ``done / total``, in days after the start of the curve.

        Where the plan stood still at that share, the day of the standstill nearest to ``day``: from the first day with
        that much, to the last before it becomes more (a step is reached on its day, which ends the standstill before
        it). 0 where already the beginning had more.
        """
        floor, rest = divmod(done * self.total, total)
        if self._scaled(self.start) > floor:
            return Fraction(0)
        wanted = Fraction(done * self.total, total) if rest else floor
        first = self._first_with(wanted, floor + (rest > 0))
        last = self._first_above(wanted, floor)
        return Fraction(max(min(max(day.toordinal(), first), last), self.start) - self.start)

    def _scaled(self, ordinal: int) -> int:
        place = bisect_right(self.knots, ordinal) - 1
        return 0 if place < 0 else self.on[place] + self.slopes[place] * (ordinal - self.knots[place])

    def _first_with(self, wanted: int | Fraction, ceiling: int) -> int | Fraction:
        """The first moment from the start on with at least the wanted value, whose next whole number is given too."""
        place = bisect_left(self.on, ceiling)
        if self._scaled(self.start) >= ceiling:
            return self.start
        return self._on_slope(place - 1, wanted) if place > 0 and self.before[place] >= ceiling else self.knots[place]

    def _first_above(self, wanted: int | Fraction, floor: int) -> int | Fraction:
        """The moment from which on the curve is above the wanted value; its end where it never is."""
        place = bisect_right(self.on, floor)
        if place == len(self.on):
            return self.end
        return self._on_slope(place - 1, wanted) if place > 0 and self.before[place] > floor else self.knots[place]

    def _on_slope(self, place: int, wanted: int | Fraction) -> Fraction:
        return self.knots[place] + Fraction(wanted - self.on[place]) / self.slopes[place]
