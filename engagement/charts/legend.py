"""What the marks of a figure mean: a line above it that begins where its title does.

Plotly's own legend begins where the plot does, has no sample for a mark that is a character, and breaks where it likes.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from engagement.assessment.values import Status
from engagement.charts import axes, theme

LINE: Final = 17
"""Height of a line, in pixels."""
SPACE: Final = "\N{NO-BREAK SPACE}"
BETWEEN: Final = 4
"""Spaces between two entries."""


class Entry(NamedTuple):
    """A mark and its word."""

    glyph: str
    colour: str
    word: str


def above(
    entries: Sequence[Entry], left: int, now: theme.Colours, *, room: int = axes.COLUMN, lift: int = 8
) -> tuple[list[dict[str, Any]], int]:
    """The legend as an annotation, and the height that it and the ``lift`` above the plot take; none without entries.

    ``left`` is the margin between the edge of the figure and its plot, ``room`` the width at which a line breaks.
    """
    lines = _lines(entries, room)
    if not lines:
        return [], lift
    note = {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -left,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": lift,
        "borderpad": 0,
        "align": "left",
        "showarrow": False,
        "text": "<br>".join(lines),
        "font": {"color": now.muted, "size": theme.SMALL},
    }
    return [note], LINE * len(lines) + lift + 2


def of_status(status: Status, dark: bool, word: str = "") -> Entry:
    """The mark of a status."""
    mark = theme.MARKS[status]
    return Entry(mark.glyph, mark.colour(dark), word or mark.word)


def _lines(entries: Sequence[Entry], room: int) -> list[str]:
    """Entries one after the other, broken where the next one would not fit."""
    gap = axes.width_of(SPACE * BETWEEN, theme.SMALL)
    lines: list[list[str]] = []
    taken = room
    for glyph, colour, word in entries:
        width = axes.width_of(f"{glyph} {word}", theme.SMALL) + gap
        if taken + width > room + gap:
            lines.append([])
            taken = 0
        taken += width
        lines[-1].append(f'<span style="color:{colour}">{glyph}</span>{SPACE}{word.replace(" ", SPACE)}')
    return [(SPACE * BETWEEN).join(line) for line in lines]
