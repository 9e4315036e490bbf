"""Where things go: days in house format, a scale that holds noughts and thousands, names and labels that have room."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from math import ceil, copysign, log1p
from typing import Any, Final
from unicodedata import category, east_asian_width

from rich.cells import split_graphemes

from engagement.assessment import wording
from engagement.charts.theme import SMALL, Colours

DAY_MS: Final = 86_400_000
"""Plotly measures lengths on a day axis in milliseconds."""
NARROW: Final = frozenset("iljtfrI.,:;'|!()[] ")
WIDE: Final = frozenset("mwMWQGOD@%…→")
UNSEEN: Final = frozenset({"Mn", "Me", "Cf"})
"""Kinds of letters that take no room of their own: accents, joiners, marks of direction."""
FIRST_PICTURE: Final = 0x1F000
"""From here on letters are pictures, which are wider than high."""
COLUMN: Final = 440
"""The least width in pixels of a figure that stands beside another one; the page stacks them where there is less."""
WHOLE: Final = 700
"""The width in pixels that a figure across the page is laid out for."""
PHONE: Final = 330
NAMES: Final = 0.42
"""The share of a figure's least width that names beside it may take; they are cut there."""
TICK: Final = 56
"""The width in pixels that the label of a day takes, with room beside it."""


def room_for_names(width: int) -> int:
    """Pixels that a name beside a figure of that width may take."""
    return int(width * NAMES)


def most_ticks(width: int) -> int:
    """How many days can be written under a plot of that width without touching each other."""
    return max(2, width // TICK)


def day_axis(start: date, end: date, as_of: date, most: int = 6) -> dict[str, Any]:
    """Settings of an axis of days from ``start`` to ``end``, with at most ``most`` ticks.

    Ticks stand on Mondays or on the first of a month. The year stands under the first tick of each year but this one.
    """
    ticks, by_month = _ticks(start, end, most)
    labels: list[str] = []
    labelled: set[int] = {as_of.year}
    for tick in ticks:
        name = wording.month(tick, tick) if by_month else wording.day(tick, tick)
        labels.append(name if tick.year in labelled else f"{name}<br>{tick.year}")
        labelled.add(tick.year)
    return {
        "type": "date",
        "range": [start.isoformat(), end.isoformat()],
        "tickmode": "array",
        "tickvals": [tick.isoformat() for tick in ticks],
        "ticktext": labels,
        "tickangle": 0,
    }


def _ticks(start: date, end: date, most: int) -> tuple[list[date], bool]:
    """The days of the finest ticks that are not too many, and whether they are first days of months."""
    for weeks in (1, 2):
        ticks = list(_every(start + timedelta(days=-start.weekday() % 7), end, partial(_weeks_after, weeks=weeks)))
        if len(ticks) <= most:
            return ticks, False
    for months in (1, 2, 3, 6, 12, 24, 60, 120, 600):
        first = _month_after(start - timedelta(days=1), months)
        ticks = list(_every(first, end, partial(_month_after, months=months)))
        if len(ticks) <= most:
            return ticks, True
    return [start], True


def _every(first: date, end: date, following: Callable[[date], date]) -> Iterable[date]:
    tick = first
    while tick <= end:
        yield tick
        tick = following(tick)


def _weeks_after(on: date, weeks: int) -> date:
    return on + timedelta(weeks=weeks)


def _month_after(on: date, months: int) -> date:
    """First of the next month whose number, counted from a January, is a multiple of ``months``."""
    following = ((on.year * 12 + on.month - 1) // months + 1) * months
    return date(following // 12, following % 12 + 1, 1)


def length(start: date, end: date) -> int:
    """Length of a half-open stretch of days, as plotly measures it."""
    return (end - start).days * DAY_MS


def symlog(value: float, unit: float) -> float:
    """Where a value lies on a scale that is even around nought and logarithmic far from it, on both sides.

    ``unit`` is the value from which on it becomes logarithmic.
    """
    return copysign(log1p(abs(value) / unit), value)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions as near as may be to those wanted, in their order, at least ``gap`` apart and within low and high.

    Where there is not room for all, they are spread evenly.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    room = min(gap, (high - low) / max(1, len(wanted) - 1))
    placed: list[float] = []
    for index in order:
        at = max(wanted[index], low)
        placed.append(max(at, placed[-1] + room) if placed else at)
    ceiling = high
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], ceiling)
        ceiling = placed[place] - room
    result = [0.0] * len(wanted)
    for index, at in zip(order, placed, strict=True):
        result[index] = at
    return result


def today_line(as_of: date, now: Colours) -> tuple[dict[str, Any], dict[str, Any]]:
    """A thin line at the day the chart is about, and "today" above it."""
    line = {
        "type": "line",
        "x0": as_of.isoformat(),
        "x1": as_of.isoformat(),
        "xref": "x",
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": now.axis, "width": 1},
        "layer": "below",
    }
    label = {
        "x": as_of.isoformat(),
        "y": 1,
        "xref": "x",
        "yref": "paper",
        "yanchor": "bottom",
        "text": "today",
        "showarrow": False,
        "font": {"color": now.muted, "size": SMALL},
    }
    return line, label


def width_of(text: str, size: int = 13) -> int:
    """About how many pixels a line of text takes, rather too many than too few."""
    return ceil(sum(map(_em, text)) * size)


def fit(text: str, pixels: int, size: int = 13) -> str:
    """The text on one line, cut with an ellipsis where it takes more than so many pixels.

    It is never cut within what is seen as one letter, an accent or a picture of several parts.
    """
    flat = " ".join(text.split())
    if width_of(flat, size) <= pixels:
        return flat
    kept, left = "", (pixels - 1) / size - _em("…")
    for start, end, _ in split_graphemes(flat)[0]:
        left -= sum(map(_em, flat[start:end]))
        if left < 0:
            break
        kept += flat[start:end]
    return f"{kept.rstrip()}…"


def _em(letter: str) -> float:
    if letter in NARROW:
        return 0.34
    if letter in WIDE:
        return 0.83
    if category(letter) in UNSEEN:
        return 0.0
    if ord(letter) >= FIRST_PICTURE:
        return 1.3
    if east_asian_width(letter) in "WF":
        return 1.0
    return 0.66 if letter.isupper() else 0.55
