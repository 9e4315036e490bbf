"""What is written into the pace chart: each word where it lies on no line, on no mark and on no other word."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from math import ceil
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from engagement.assessment import wording
from engagement.charts import axes, labels, theme
from engagement.charts.labels import Box

if TYPE_CHECKING:
    from engagement.assessment.finish import Expected

HEIGHT: Final = 340
HEAD: Final = 26
FOOT: Final = 40
LEFT: Final = 46
LINE: Final = 17
"""Height of a line of text, in pixels."""
EDGE: Final = 12
"""Pixels right of the plot at least."""
BESIDE: Final = 7
"""Pixels between what is named and its name."""
LEAST: Final = -0.02
TOP: Final = 1.13
"""The share at the upper edge: above 1 there is room for the day that the vendor says."""
TALL: Final = HEIGHT - HEAD - FOOT
LEFT_IS_WORSE: Final = 12
"""How many pixels further from its line a name may rather be moved than to the left of today."""
SHIFTS: Final = (0, *(step * away for away in range(3, 150, 3) for step in (-1, 1)))
"""By how many pixels a name may be moved up or down, in the order in which that is tried."""


class Name(NamedTuple):
    """What is written at today beside the end of a line."""

    share: float
    text: str
    below: str
    """A second line, smaller and in the accent."""
    colour: str

    @property
    def width(self) -> int:
        """In pixels."""
        return max(axes.width_of(self.text), axes.width_of(self.below, theme.SMALL))

    @property
    def height(self) -> int:
        """In pixels."""
        return LINE * (2 if self.below else 1)


class Frame(NamedTuple):
    """What the axes show, and the pixels it takes in the least width that the figure is laid out for."""

    start: date
    end: date
    today: date
    wide: int
    right: int
    """Pixels from the plot to the edge of the figure."""

    def across(self, on: date) -> float:
        """Pixels from the left of the plot."""
        return (on - self.start) / (self.end - self.start) * self.wide

    def up(self, share: float) -> float:
        """Pixels from its foot."""
        return (share - LEAST) / (TOP - LEAST) * TALL


def framed(start: date, end: date, as_of: date, wanted: int, width: int) -> Frame:
    """The frame of a figure of that width, with so many pixels right of today."""
    before = max((as_of - start) / (end - start), 0.1)
    right = max(EDGE, ceil((wanted - (1 - before) * (width - LEFT)) / before))
    return Frame(start, end, as_of, width - LEFT - right, right)


def wanted(names: Sequence[Name], likely: "Expected | None", as_of: date) -> int:
    """Pixels that what is written right of today takes."""
    lines = [axes.width_of(line, theme.SMALL) for line in _lines(likely, as_of)] if likely else []
    return max([*lines, *(name.width for name in names)], default=0) + BESIDE + 4


def room(lines: Iterable[Sequence[tuple[date, float]]], frame: Frame) -> list[Box]:
    """What lines take in pixels; of steps their corners are to be among the points."""
    pixels = ([(frame.across(on), frame.up(share)) for on, share in points] for points in lines)
    return [box for points in pixels for one, other in pairwise(points) for box in labels.along(one, other)]


def named(names: Sequence[Name], taken: list[Box], frame: Frame, now: theme.Colours) -> list[dict[str, Any]]:
    """Names at today beside their lines, in the order of their rank; ``taken`` grows by them."""
    notes, words = [], list[Box]()
    within = Box(0, 0, frame.wide + frame.right, TALL)
    for name in names:
        tries = [*_beside(name, frame)]
        free = next((one for one in tries if _is_free(one[2], taken, within)), None)
        anchor, shift, box = free or next((one for one in tries if _is_free(one[2], words, within)), tries[0])
        taken.append(box)
        words.append(box)
        look = f"font-size:{theme.SMALL}px;color:{now.accent}"
        below = f'<br><span style="{look}">{name.below}</span>' if name.below else ""
        notes.append(
            {
                "x": frame.today.isoformat(),
                "xanchor": anchor,
                "xshift": BESIDE if anchor == "left" else -BESIDE,
                "y": name.share,
                "yanchor": "top",
                "yshift": shift + LINE / 2,
                "showarrow": False,
                "borderpad": 0,
                "align": anchor,
                "text": f"{name.text}{below}",
                "font": {"color": name.colour, "size": theme.SIZE},
            }
        )
    return notes


def _beside(name: Name, frame: Frame) -> list[tuple[str, float, Box]]:
    """Where the name may stand, the best first: right of today near the end of its line, left of it nearly as good."""
    x, y = frame.across(frame.today), frame.up(name.share)
    tries = []
    for anchor, left, worse in (("left", x + BESIDE, 0), ("right", x - BESIDE - name.width, LEFT_IS_WORSE)):
        for shift in SHIFTS:
            top = y + shift + LINE / 2
            box = Box(left, top - name.height, left + name.width, top)
            tries.append((abs(shift) + worse, (anchor, shift, box)))
    return [one for _, one in sorted(tries, key=itemgetter(0))]


def said(text: str, on: date, taken: list[Box], frame: Frame, now: theme.Colours) -> list[dict[str, Any]]:
    """The day that the vendor says, above its mark and within the figure; right of today where there is room."""
    width, x, foot = axes.width_of(text, theme.SMALL), frame.across(on), frame.up(1) + 9
    today = frame.across(frame.today) + 3
    left = min(max(x - width / 2, 2 - LEFT, today if today < x else 2 - LEFT), frame.wide + frame.right - width - 2)
    taken.append(Box(left, foot, left + width, foot + LINE))
    return [_note(text, (on, left - x), (1, 9), "bottom", now)]


def likely(found: "Expected", taken: Sequence[Box], frame: Frame, now: theme.Colours) -> dict[str, Any]:
    """What the range of likely days is, below it: on one line where there is room, else on more; not across today."""
    each = _lines(found, frame.today)
    from_x, to_x, today = frame.across(found.middle_on), frame.across(found.likely_on), frame.across(frame.today)
    within = Box(-LEFT, 0, frame.wide + frame.right, TALL)
    tries = []
    for down in range(7, int(TALL), 6):
        for lines in ([" ".join(each)], each):
            width = max(axes.width_of(line, theme.SMALL) for line in lines)
            top, height = frame.up(1) - down, LINE * len(lines)
            lefts = ((from_x + to_x - width) / 2, from_x, to_x - width, within.right - 2 - width, today + BESIDE)
            boxes = [Box(left, top - height, left + width, top) for left in lefts]
            tries += [(at == len(lefts) - 1, "<br>".join(lines), down, box) for at, box in enumerate(boxes)]
    tries.sort(key=itemgetter(0))  # away from the bar only where it does not fit below it
    across = Box(today - BESIDE + 1, 0, today + BESIDE - 1, TALL)
    free = (one for blocked in ([*taken, across], taken) for one in tries if _is_free(one[3], blocked, within))
    _, text, down, box = next(free, tries[-1])
    return _note(text, (found.likely_on, box.left - to_x), (1, -down), "top", now)


def _lines(found: "Expected", as_of: date) -> list[str]:
    """The middle, the later day, and where there is one the condition, each short enough for a line of a phone."""
    middle, condition = f"finish {wording.day(found.middle_on, as_of)},", found.condition
    return [middle, f"{found.later(as_of)},", condition] if condition else [middle, found.later(as_of)]


def _is_free(box: Box, taken: Sequence[Box], within: Box) -> bool:
    return within.holds(box) and not any(box.touches(other) for other in taken)


def _note(
    text: str, across: tuple[date, float], up: tuple[float, float], yanchor: str, now: theme.Colours
) -> dict[str, Any]:
    """A word at a day and a share, and so many pixels from there."""
    return {
        "x": across[0].isoformat(),
        "xanchor": "left",
        "xshift": round(across[1]),
        "y": up[0],
        "yanchor": yanchor,
        "yshift": up[1],
        "showarrow": False,
        "borderpad": 0,
        "align": "left",
        "text": text,
        "font": {"color": now.accent, "size": theme.SMALL},
    }
