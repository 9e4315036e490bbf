"""What a chart is: a figure and the words that belong to it."""

import re
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from engagement.assessment.values import Status
from engagement.charts import axes, theme

TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs without a picture that have all that follows them written from the other side, also what is not theirs."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list that stands in for a chart: a name, and what there is to say of it."""

    name: str
    facts: str
    engagement: str | None = None
    """Its key, where the line is about one and may link to it."""
    status: Status | None = None

    @property
    def text(self) -> str:
        """Name and facts in one line."""
        return f"{self.name}: {self.facts}"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a chart shows, in words: a heading with its count, and lines, the worst first."""

    heading: str
    items: tuple[Item, ...] = ()
    more: int = 0
    """How many further lines were left out."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure and its words. The page sets ``title`` and ``unit`` above it as text, where they wrap on a phone.

    Where ``figure`` is None there is nothing to draw: either ``listings`` say it in words, or ``title`` says why and
    ``unit`` what to do about it. Names in any text are as people typed them: the page escapes them like any other.
    """

    figure: go.Figure | None
    title: str
    """The finding where there is one, else what is shown."""
    finding: str | None
    unit: str
    """What is measured and in which unit; what was left out."""
    alt: str
    """What somebody who cannot see the figure is told: the finding and what was drawn."""
    shows: str = ""
    """What is shown, whatever was found: what a file with the figure is called."""
    height: int = 0
    """In pixels."""
    listings: tuple[Listing, ...] = ()


def nothing(why: str, remedy: str) -> Chart:
    """A chart that cannot be drawn: one sentence that says why, one that says what to do."""
    return Chart(figure=None, title=why, finding=None, unit=remedy, alt=f"{why} {remedy}")


def drawn(
    figure: go.Figure, *, finding: str | None, shows: str, unit: str, dark: bool, height: int, told: str = ""
) -> Chart:
    """The chart of a figure: dressed in the theme, titled with its finding, else with what it ``shows``.

    ``told`` adds to the alternative text what the finding leaves out. The words also travel in ``layout.meta``, with
    what a saved image needs of the theme.
    """
    title = finding or shows
    alt = " ".join(filter(None, [title if title.endswith(".") else f"{title}.", told or f"{unit}."]))
    figure.update_layout(template=theme.template(dark), height=height, meta=_meta(title, unit, theme.colours(dark)))
    return Chart(figure=figure, title=title, finding=finding, unit=unit, alt=alt, shows=shows, height=height)


def _meta(title: str, unit: str, now: theme.Colours) -> dict[str, str]:
    """What a page adds to the image of a figure that somebody saves: it has neither title nor background of its own."""
    return {"title": title, "unit": unit, "ink": now.ink, "muted": now.muted, "page": now.page}


def literal(text: str) -> str:
    """Text that plotly shows as it is: it reads a few HTML tags in labels and hovers, and names are anybody's."""
    return TURNS.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    """The text on one line, cut at ``most`` characters with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def short(text: str, pixels: int, size: int = theme.SIZE) -> str:
    """The text on one line, cut with an ellipsis at so many pixels, and literal."""
    return literal(axes.fit(text, pixels, size))


def hover(*lines: str | None, width: int = 46) -> str:
    """Lines of a hover box, each as typed, wrapped so that the box fits on a phone; None lines are left out."""
    wrapped = (part for line in lines if line for part in _wrapped(line, width))
    return "<br>".join(literal(part) for part in wrapped)


def _wrapped(line: str, width: int) -> list[str]:
    parts: list[str] = []
    for word in line.split():
        if parts and len(parts[-1]) + 1 + len(word) <= width:
            parts[-1] = f"{parts[-1]} {word}"
        else:
            parts.append(word)
    return parts
