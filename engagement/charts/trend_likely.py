"""The days in which open results are likely, at today's edge of the milestone trend."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import plotly.graph_objects as go

from engagement.charts import theme
from engagement.charts.chart import hover
from engagement.charts.plan import LIKELY_IS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engagement.assessment.finish import Expected
    from engagement.assessment.slippage import MilestoneTrend

NAME: Final = LIKELY_IS
COVERS: Final = 0.35
"""How much they cover what lies behind."""
LANE: Final = 10
"""Pixels from one of them to the next where they would overlap."""
WIDTH: Final = 7


def bands(
    open_ones: "Sequence[tuple[MilestoneTrend, Expected]]", as_of: date, pixel: timedelta, now: theme.Colours
) -> list[go.Scatter]:
    """Upright at today's edge, from the middle to four chances in five; side by side where they would overlap.

    ``pixel``: how long a time a pixel is.
    """
    edge = datetime.combine(as_of, time(), UTC)
    lanes: list[date] = []
    traces = []
    for each, found in sorted(open_ones, key=lambda one: one[1].middle_on):
        lane = next((at for at, until in enumerate(lanes) if until < found.middle_on), len(lanes))
        lanes[lane : lane + 1] = [found.likely_on]
        x = (edge - pixel * (lane * LANE)).strftime("%Y-%m-%dT%H:%M")
        traces.append(
            go.Scatter(
                mode="lines",
                name=NAME,
                x=[x, x],
                y=[found.middle_on, found.likely_on],
                line={"color": now.accent, "width": WIDTH},
                opacity=COVERS,
                cliponaxis=False,
                hovertext=[hover(each.name, f"expected {found.words(as_of)}")] * 2,
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[each.milestone] * 2,
            )
        )
    return traces
