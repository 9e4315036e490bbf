"""What is written into the milestone trend: the names of lines, and what the diagonal is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from engagement.assessment import wording
from engagement.charts import axes, labels, theme, trend_likely
from engagement.charts.chart import literal

if TYPE_CHECKING:
    from engagement.assessment.slippage import MilestoneTrend

TALL: Final = 330
"""Height of the plot, in pixels."""
LEFT: Final = 88
RIGHT: Final = 20
LABEL: Final = 17
"""Height of a label, in pixels."""
NAME: Final = 170
"""Pixels of a name beside a line."""
BESIDE: Final = 8
"""Pixels between the end of a line and its name."""
LINES: Final = (0, 5, 6, 7, 8)
"""Which of the theme's colours lines have, the most moved first: of five those that stay apart for everybody."""
GLYPH: Final = "━"
GLYPH_ROOM: Final = 20
"""Pixels of the mark before a name that has the colour of its line, with the space behind it."""
SHIFTS: Final = (0, *(step * away for away in range(6, 80, 4) for step in (-1, 1)))
"""By how many pixels a name may be moved up or down, in the order in which that is tried."""
DIAGONAL: Final = "due that day"
ALONG: Final = tuple(part / 20 for part in (10, 11, 9, 12, 8, 13, 7, 14, 6, 15, 5, 16, 4, 17, 3, 2, 1))
"""Where along the diagonal its words are tried."""


class Named(NamedTuple):
    """A line and what is written beside it."""

    each: "MilestoneTrend"
    text: str
    colour: str
    on: date
    """Where its line ends, across."""
    y: date
    """And up."""
    beside_on: date | None
    """The day at whose height its name stands beside the plot; None where it stands at the end of the line."""

    @property
    def width(self) -> int:
        """In pixels."""
        return axes.width_of(self.text) + GLYPH_ROOM


class Frame(NamedTuple):
    """What the axes show, and where it lies in pixels in the least width that the figure is laid out for."""

    start: date
    end: date
    low: date
    high: date
    wide: int
    """Pixels from start to end."""
    gutter: int
    """Pixels from there to the edge of the plot."""
    right: int
    """And from there to the edge of the figure, as far as names may go."""

    def across(self, on: date) -> float:
        """Pixels from the left."""
        return (on - self.start) / (self.end - self.start) * self.wide

    def up(self, on: date) -> float:
        """Pixels from the foot."""
        return (on - self.low) / (self.high - self.low) * TALL

    @property
    def pixel(self) -> timedelta:
        """How long a time a pixel is, across."""
        return (self.end - self.start) / self.wide

    @property
    def pixel_up(self) -> timedelta:
        """And up."""
        return (self.high - self.low) / TALL

    @property
    def edge_on(self) -> date:
        """The day that the axis across would show at the edge of the plot."""
        return self.end + self.pixel * self.gutter


def colours(dark: bool) -> tuple[str, ...]:
    """The colours of lines that have a name, the most moved first."""
    return tuple(theme.categorical(dark)[at] for at in LINES)


def framed(days: tuple[date, date], dates: tuple[date, date], gutter: int, named: Sequence[Named]) -> Frame:
    """The frame of what was said on the days, from the first to the last, for dates from the lowest to the highest."""
    right = BESIDE + max(each.width for each in named) + 6 if named else RIGHT
    low, high = dates
    edge = timedelta(days=max(3, (high - low).days // 20))
    return Frame(*days, low - edge, high + edge, axes.WHOLE - LEFT - gutter - right, gutter, right)


def beside_today(tied: Sequence[trend_likely.Tied], frame: Frame) -> list[labels.Box]:
    """The room that likely days take, with what ties them to their lines."""
    boxes = []
    for lane, one in enumerate(trend_likely.from_the_top(tied)):
        level, x = frame.up(one.ends_on), frame.wide + trend_likely.GAP + trend_likely.LANE * lane
        heights = [level, frame.up(one.found.middle_on), frame.up(one.found.likely_on)]
        boxes.append(labels.Box(frame.wide, level - 1, x, level + 1))
        boxes.append(labels.Box(x - trend_likely.WIDTH, min(heights), x + trend_likely.WIDTH, max(heights)))
    return boxes


def texts(told: Sequence["MilestoneTrend"], moved_days: Mapping[str, int], as_of: date) -> dict[str, str]:
    """Name and change by key; with the day that was promised first where others have the same name.

    ``moved_days``: of those whose change is told.
    """
    times = Counter(each.name for each in told)
    found = {}
    for each in told:
        due = f" {wording.day(each.words[0][1], as_of)}" if times[each.name] > 1 else ""
        name = f"{axes.fit(each.name, NAME - axes.width_of(due))}{due}"
        days = moved_days.get(each.milestone)
        found[each.milestone] = f"{name} {wording.signed_days(days)}" if days else name
    return found


def names(
    named: Sequence[Named], drawn: Sequence[labels.Box], frame: Frame, now: theme.Colours
) -> tuple[list[dict[str, Any]], int]:
    """A name for every line, what the diagonal is, and the room they need right of the plot.

    Names of what is open stand beside the plot, below each other. Others stand where their line ends; there a name
    moves down or up where it would lie on another one, on a line or on a mark, and is left out where it would still.
    """
    notes, right = _beside(named, frame, now), frame.right if any(each.beside_on for each in named) else RIGHT
    taken = list(drawn)
    edge = frame.wide + frame.gutter
    for each in named:
        if each.beside_on:
            continue
        x, y = frame.across(each.on), frame.up(each.y)
        free = _free(x, y, each.width, taken, edge + frame.right)
        if free:
            shift, box = free
            taken.append(box)
            right = max(right, int(box.right - edge) + RIGHT)
            place = {
                "x": each.on.isoformat(),
                "xanchor": "left",
                "xshift": BESIDE,
                "y": each.y.isoformat(),
                "yshift": shift,
            }
            notes.append({**place, **_written(each, now)})
    return [*notes, *_diagonal(taken, frame, now)], right


def _beside(named: Sequence[Named], frame: Frame, now: theme.Colours) -> list[dict[str, Any]]:
    """Names right of the plot, at the height of what they are about and kept apart; the most moved on top."""
    there = [(each, each.beside_on) for each in reversed(named) if each.beside_on]
    heights = axes.spread([frame.up(on) for _, on in there], LABEL, 0, TALL)
    place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": BESIDE, "yref": "paper", "yanchor": "middle"}
    return [
        {**place, "y": height / TALL, **_written(each, now)} for (each, _), height in zip(there, heights, strict=True)
    ]


def _written(each: Named, now: theme.Colours) -> dict[str, Any]:
    text = f'<span style="color:{each.colour}">{GLYPH}</span> {literal(each.text)}'
    font = {"color": now.ink, "size": theme.SIZE}
    return {"name": each.each.milestone, "showarrow": False, "borderpad": 0, "text": text, "font": font}


def _free(
    x: float, y: float, width: float, taken: Sequence[labels.Box], edge: float
) -> tuple[float, labels.Box] | None:
    """How far up or down at the end of a line a name touches nothing."""
    left = x + BESIDE
    boxes = ((up, labels.Box(left, y + up - LABEL / 2, left + width, y + up + LABEL / 2)) for up in SHIFTS)
    within = ((up, box) for up, box in boxes if box.foot >= -LABEL / 2 and box.right <= edge)
    return next(((up, box) for up, box in within if not any(box.touches(other) for other in taken)), None)


def _diagonal(taken: Sequence[labels.Box], frame: Frame, now: theme.Colours) -> list[dict[str, Any]]:
    """What the diagonal is, below it, where nothing else stands."""
    first, last = max(frame.start, frame.low), min(frame.end, frame.high)
    width = axes.width_of(DIAGONAL, theme.SMALL)
    for part in ALONG if first < last else ():
        on = first + (last - first) * part
        left, top = frame.across(on) + BESIDE, frame.up(on) - 2
        box = labels.Box(left, top - LABEL, left + width, top)
        if box.foot >= 0 and box.right <= frame.wide and not any(box.touches(other) for other in taken):
            place = {"x": on.isoformat(), "xanchor": "left", "xshift": BESIDE, "y": on.isoformat(), "yanchor": "top"}
            font = {"color": now.muted, "size": theme.SMALL}
            return [{**place, "yshift": -2, "showarrow": False, "borderpad": 0, "text": DIAGONAL, "font": font}]
    return []
