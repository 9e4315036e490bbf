"""A picture in four panels: across and up it is parted in two halves, each with a scale of its own.

Which half something stands in is decided elsewhere; where it stands within says how much it is.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from engagement.charts import axes

LEAST: Final = 0.38
"""The share of the whole that a half has at least."""


class Half(NamedTuple):
    """A stretch of the whole, 0 to 1, and the values at its ends."""

    start: float
    end: float
    low: float
    high: float


class Scale(NamedTuple):
    """Two halves of one direction; values grow evenly around nought and logarithmically beyond ``unit``."""

    lower: Half
    upper: Half
    unit: float
    parting: float
    """Where the halves meet, 0 to 1."""

    def at(self, value: float, is_upper: bool) -> float:
        """Where a value lies, 0 to 1, in the half it belongs to."""
        half = self.upper if is_upper else self.lower
        low, high, here = (axes.symlog(number, self.unit) for number in (half.low, half.high, value))
        return half.start + (half.end - half.start) * (here - low) / (high - low)

    def ticks(self, wanted: Sequence[float], sizes: Sequence[float], length: float) -> list[tuple[float, float]]:
        """Of the values those that can be written without touching, in the order wanted: where, and which.

        One that both halves have is written once: twice the same at two heights would read as a mistake.

        ``sizes`` are the lengths of what is written, ``length`` the length of the whole, all in pixels.
        """
        found: list[tuple[float, float, float]] = []
        for value, size in zip(wanted, sizes, strict=True):
            for is_upper, half in enumerate((self.lower, self.upper)):
                at = self.at(value, bool(is_upper))
                is_free = all(abs(at - other) * length >= (size + taken) / 2 for other, taken, _ in found)
                if half.low <= value <= half.high and is_free:
                    found.append((at, size, value))
                    break
        return sorted((at, value) for at, _, value in found)


def scale(
    lower: Iterable[float],
    upper: Iterable[float],
    ends: tuple[tuple[float, float], tuple[float, float]],
    *,
    unit: float,
    insets: tuple[float, float],
) -> Scale:
    """A scale that holds the values of both halves, each half as long as it has values.

    ``ends`` are the values that the halves hold in any case, ``insets`` what stays free at the start and the end of
    each half, as shares of the whole.
    """
    below, beyond = list(lower), list(upper)
    part = len(below) / max(1, len(below) + len(beyond))
    parting = min(1 - LEAST, max(LEAST, part))
    start, end = insets
    (low, high), (from_, to) = ends
    return Scale(
        Half(start, parting - end, min([low, *below]), max([high, *below])),
        Half(parting + start, 1 - end, min([from_, *beyond]), max([to, *beyond])),
        unit,
        parting,
    )
