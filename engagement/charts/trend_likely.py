"""The days in which open results are likely, beside today's edge of the milestone trend, each tied to its line."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import plotly.graph_objects as go

from engagement.charts.chart import hover
from engagement.charts.plan import LIKELY_IS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engagement.assessment.finish import Expected
    from engagement.assessment.slippage import MilestoneTrend

NAME: Final = LIKELY_IS
TIE: Final = "to its likely days"
GAP: Final = 18
"""Pixels from today to the first of them."""
LANE: Final = 15
"""Pixels from one of them to the next."""
WIDTH: Final = 7
LEAST: Final = 4
"""Pixels of height at least: what is as likely as not by the day by which it is likely would not be seen."""


class Tied(NamedTuple):
    """A line that ends today, and what is likely of it."""

    each: "MilestoneTrend"
    ends_on: date
    """The day that its line has reached."""
    found: "Expected"
    colour: str


def room(number: int) -> int:
    """Pixels that so many of them take right of today."""
    return GAP + LANE * number if number else 0


def bands(open_ones: "Sequence[Tied]", as_of: date, across: timedelta, up: timedelta) -> list[go.Scatter]:
    """Upright right of today, from the middle to four chances in five, and what ties each to its line.

    The highest line goes to the nearest, so that no tie crosses another one. ``across`` and ``up``: how long a time a
    pixel is on the axes.
    """
    edge = datetime.combine(as_of, time(), UTC)
    traces = []
    for lane, (each, ends_on, found, colour) in enumerate(from_the_top(open_ones)):
        x = (edge + across * (GAP + LANE * lane)).strftime("%Y-%m-%dT%H:%M")
        middle_on, likely_on = found.middle_on, found.likely_on
        meets_on = min(max(ends_on, middle_on), likely_on)
        traces.append(
            go.Scatter(
                mode="lines",
                name=TIE,
                x=[as_of.isoformat(), x, x],
                y=[ends_on, ends_on, meets_on],
                line={"color": colour, "width": 1.5, "dash": "dot"},
                hoverinfo="skip",
                customdata=[each.milestone] * 3,
            )
        )
        least = max(timedelta(), up * LEAST - (likely_on - middle_on)) / 2
        traces.append(
            go.Scatter(
                mode="lines",
                name=NAME,
                x=[x, x],
                y=[_moment(middle_on, -least), _moment(likely_on, least)] if least else [middle_on, likely_on],
                line={"color": colour, "width": WIDTH},
                cliponaxis=False,
                hovertext=[hover(each.name, f"expected {found.words(as_of)}")] * 2,
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[each.milestone] * 2,
            )
        )
    return traces


def from_the_top(open_ones: "Sequence[Tied]") -> list[Tied]:
    """From the highest line to the lowest: so they stand side by side."""
    return sorted(open_ones, key=lambda one: (one.ends_on, one.found.middle_on), reverse=True)


def _moment(on: date, after: timedelta) -> str:
    return (datetime.combine(on, time(), UTC) + after).strftime("%Y-%m-%dT%H:%M")
