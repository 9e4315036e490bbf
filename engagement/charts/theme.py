"""Marks, words and colours, held once: a status is a shape, a word and a colour, the same in text, table and chart.

Words are in ink; only marks are coloured. Marks have a contrast of at least 3.9:1 on the page in both themes, and on
track, at risk and off track stay apart under simulated deuteranopia and protanopia (the tests measure both). Pages show
figures with ``theme=None`` and `CONFIG`: the figure brings its own colours and takes its font from the page.
"""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import plotly.graph_objects as go

from engagement.assessment.values import Status


@dataclass(frozen=True, slots=True)
class Colours:
    """Everything in a theme that is not a status, as ``#RRGGBB``."""

    page: str
    """What lies behind text and figures; the page's own background has to be this."""
    band: str
    """A surface that stands off the page without a line: table stripes, boxes in figures."""
    ink: str
    """Words, and in figures what happened: actuals."""
    muted: str
    """Second words: units, axis labels."""
    grid: str
    axis: str
    baseline: str
    """What was promised: grey and thin."""
    accent: str
    """The one accent; in figures what is forecast."""
    silence: str
    """Hatching of stretches without a conversation: the off-track colour."""


LIGHT: Final = Colours(
    page="#FFFFFF",
    band="#F4F5F7",
    ink="#111823",
    muted="#5A6373",
    grid="#E7E9ED",
    axis="#C3C8D0",
    baseline="#767D8A",
    accent="#2F6DB5",
    silence="#8A2400",
)
DARK: Final = Colours(
    page="#14171C",
    band="#1E232B",
    ink="#E9ECF1",
    muted="#A5ADBA",
    grid="#282E37",
    axis="#4A5260",
    baseline="#8A919E",
    accent="#7DB7E8",
    silence="#F0562F",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status looks, wherever it stands."""

    word: str
    """In the middle of a sentence: "off track"."""
    shape: str
    """What the mark is called in words: "square"."""
    glyph: str
    """One character of ordinary text with that shape, for pages, tables and plain files.

    No Material icon: Streamlit draws them as outlines only, and a full circle is not a hollow one.
    """
    symbol: str | None
    """Plotly marker with that shape; None where there is none and the glyph is drawn as text."""
    light: str
    dark: str

    def colour(self, dark: bool) -> str:
        """The colour of the mark in the theme."""
        return self.dark if dark else self.light


GREY_LIGHT: Final = "#767D8A"
GREY_DARK: Final = "#8A919E"

MARKS: Final = MappingProxyType[Status, Mark](
    {
        "off_track": Mark("off track", "square", "■", "square", "#8A2400", "#F0562F"),
        "at_risk": Mark("at risk", "triangle", "▲", "triangle-up", "#B07300", "#F5C04A"),
        "unknown": Mark("unknown", "hollow circle", "○", "circle-open", GREY_LIGHT, GREY_DARK),
        "on_track": Mark("on track", "circle", "●", "circle", "#006B52", "#35B48F"),
        "paused": Mark("paused", "bars", "‖", None, GREY_LIGHT, GREY_DARK),
        "not_started": Mark("not started", "bars", "‖", None, GREY_LIGHT, GREY_DARK),
        "draft": Mark("draft", "bars", "‖", None, GREY_LIGHT, GREY_DARK),
        "closed": Mark("closed", "check", "✓", None, GREY_LIGHT, GREY_DARK),
    }
)
"""Every status, in the order of concern: what needs somebody first."""

CATEGORICAL_LIGHT: Final = (
    *("#2F6DB5", "#8A5A9E", "#1F8A8C", "#A6671F", "#5B6472"),
    *("#B4557A", "#66803A", "#23406B", "#7A6A52", "#5B5BB5"),
)
CATEGORICAL_DARK: Final = (
    *("#7DB7E8", "#C5A3DE", "#62C6C4", "#D9A86C", "#AAB3C0"),
    *("#E59ABB", "#B2CB78", "#5F86C4", "#C7B79A", "#A3A3F0"),
)
"""For kinds of things that are no status, the accent first. Ten, because Streamlit takes exactly ten."""

CONFIG: Final = MappingProxyType[str, Any](
    {"displayModeBar": "hover", "displaylogo": False, "displayNotifier": False, "scrollZoom": False, "showTips": False}
)
"""Plotly settings of every figure: tools when it is pointed at, and a finger that scrolls does not zoom the chart."""

FONT: Final = '"Source Sans", sans-serif'
"""The page's own: plotly sets a font of its own on what surrounds a figure, so it cannot simply be inherited."""
SIZE: Final = 13
SMALL: Final = 12


def colours(dark: bool) -> Colours:
    """The colours of the theme."""
    return DARK if dark else LIGHT


def mixed(over: str, under: str, part: float) -> str:
    """The colour that is seen where ``over`` covers that part of ``under``, 0 to 1."""
    pairs = zip(bytes.fromhex(over[1:]), bytes.fromhex(under[1:]), strict=True)
    return "#" + "".join(f"{round(one * part + other * (1 - part)):02X}" for one, other in pairs)


def categorical(dark: bool) -> tuple[str, ...]:
    """Ten colours for kinds of things that are no status, the accent first."""
    return CATEGORICAL_DARK if dark else CATEGORICAL_LIGHT


@cache
def template(dark: bool) -> go.layout.Template:
    """The look of every figure: no frame, few grid lines, ink for words, the font of the page, nothing behind it."""
    now = colours(dark)
    axis = {
        "automargin": True,
        "gridcolor": now.grid,
        "linecolor": now.axis,
        "tickcolor": now.axis,
        "tickfont": {"color": now.muted, "size": SMALL},
        "title": {"font": {"color": now.muted, "size": SMALL}},
        "showline": False,
        "zeroline": False,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": SIZE, "color": now.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": categorical(dark),
            "margin": {"l": 4, "r": 8, "t": 8, "b": 8, "pad": 4},
            "xaxis": axis,
            "yaxis": axis,
            "hovermode": "closest",
            "hoverlabel": {
                "align": "left",
                "bgcolor": now.band,
                "bordercolor": now.axis,
                "font": {"family": FONT, "size": SIZE, "color": now.ink},
            },
            "dragmode": False,
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": now.muted, "activecolor": now.ink},
            "bargap": 0.2,
        }
    )
