"""A line of weeks in a tile: inline SVG in no colour of judgement, whatever became better or worse last."""

from collections.abc import Sequence
from math import isnan
from typing import Final

from engagement.charts import theme

WIDTH: Final = 150
HEIGHT: Final = 36
EDGE: Final = 4.0


def spark(numbers: Sequence[float], *, dark: bool) -> str:
    """The numbers as a line from the left to the right, the last one as a dot; what is not known is a gap.

    Without a number it is an empty picture of the same size, so that what stands around it does not move.
    """
    now = theme.colours(dark)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
    ]
    points = _points(numbers)
    drawn = "".join(
        f"{'L' if at and points[at - 1] else 'M'}{point[0]:.1f} {point[1]:.1f}"
        for at, point in enumerate(points)
        if point
    )
    if drawn:
        parts.append(f'<path d="{drawn}" fill="none" stroke="{now.baseline}" stroke-width="1.6"/>')
    if points and points[-1]:
        x, y = points[-1]
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{now.ink}"/>')
    return "".join([*parts, "</svg>"])


def _points(numbers: Sequence[float]) -> list[tuple[float, float] | None]:
    """Where each lies; None where it is not known. A line that does not change lies in the middle."""
    known = [number for number in numbers if not isnan(number)]
    if not known:
        return []
    low, high = min(known), max(known)
    step = (WIDTH - 2 * EDGE) / max(1, len(numbers) - 1)
    part = [0.5 if high == low else (number - low) / (high - low) for number in numbers]
    return [
        None if isnan(number) else (EDGE + at * step, HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE))
        for at, (number, share) in enumerate(zip(numbers, part, strict=True))
    ]
