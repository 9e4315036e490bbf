"""Labels beside marks: each where it touches nothing, the last in rank left out where there is no room."""

from collections.abc import Sequence
from math import ceil
from typing import Final, NamedTuple

TALL: Final = 15.0
"""Height of a label, in pixels."""
CLEAR: Final = 2.0
"""Pixels between a label and what is next to it."""
PIECE: Final = 6.0
"""Pixels, across or up, of a piece of a sloping line."""


class Box(NamedTuple):
    """A rectangle in pixels, from the left and from the foot."""

    left: float
    foot: float
    right: float
    top: float

    def touches(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return self.left < other.right and other.left < self.right and self.foot < other.top and other.foot < self.top

    def holds(self, other: "Box") -> bool:
        """Whether the other one lies within."""
        return (
            self.left <= other.left and other.right <= self.right and self.foot <= other.foot and other.top <= self.top
        )


class Beside(NamedTuple):
    """How a label lies at its point: anchors across and up, shifts in pixels across and up."""

    xanchor: str
    yanchor: str
    xshift: float
    yshift: float


def around(x: float, y: float, radius: float) -> Box:
    """The room that a mark takes, with what is to stay clear around it."""
    far = radius + CLEAR
    return Box(x - far, y - far, x + far, y + far)


def along(one: tuple[float, float], other: tuple[float, float]) -> list[Box]:
    """The room that a straight line takes from one point to another one, in pieces that are short where it slopes."""
    (x, y), (until_x, until_y) = one, other
    slopes = x != until_x and y != until_y
    pieces = max(1, ceil(min(abs(until_x - x), abs(until_y - y)) / PIECE)) if slopes else 1
    boxes = []
    for piece in range(pieces):
        xs = [x + (until_x - x) * at / pieces for at in (piece, piece + 1)]
        ys = [y + (until_y - y) * at / pieces for at in (piece, piece + 1)]
        boxes.append(Box(min(xs) - CLEAR, min(ys) - CLEAR, max(xs) + CLEAR, max(ys) + CLEAR))
    return boxes


def beside(
    mark: tuple[float, float, float], width: float, taken: Sequence[Box], room: Box
) -> tuple[Beside, Box] | None:
    """Where at a mark (x, y, radius) a label of that width touches nothing; None where it would everywhere.

    Right, left, above or below, there in the middle or with one of its ends at the mark; it does not leave the room.
    """
    x, y, radius = mark
    away, half = radius + CLEAR + 1, width / 2
    tries = [
        (Beside("left", "middle", away, 0), Box(x + away, y - TALL / 2, x + away + width, y + TALL / 2)),
        (Beside("right", "middle", -away, 0), Box(x - away - width, y - TALL / 2, x - away, y + TALL / 2)),
    ]
    for anchor, shift, left in (
        ("center", 0.0, x - half),
        ("right", radius, x + radius - width),
        ("left", -radius, x - radius),
    ):
        tries += [
            (Beside(anchor, "bottom", shift, away), Box(left, y + away, left + width, y + away + TALL)),
            (Beside(anchor, "top", shift, -away), Box(left, y - away - TALL, left + width, y - away)),
        ]
    return next(
        ((place, box) for place, box in tries if room.holds(box) and not any(box.touches(other) for other in taken)),
        None,
    )
