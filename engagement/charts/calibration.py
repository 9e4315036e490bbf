"""Calibration: the chance that forecasts gave to a day against the share of results that came by it."""

from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from engagement.assessment import foresight
from engagement.assessment.wording import share
from engagement.charts import theme
from engagement.charts.chart import Chart, drawn, hover, nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engagement.assessment.foretold import Forecasts, Reached

HEIGHT: Final = 380
LEFT: Final = 52
RIGHT: Final = 16
HEAD: Final = 8
FOOT: Final = 50
TICKS: Final = (0, 0.2, 0.4, 0.6, 0.8, 1)
NAMED: Final = (0.1, 0.5, 0.8, 0.9)
"""Those that pages show are named."""
SHOWS: Final = "Chance given and share that came"


def calibration(found: "Forecasts", *, dark: bool) -> Chart:
    """The share of results that came by the day that was given for a chance, for chances from 10 to 90 %.

    On the diagonal they come as often as was said; above it earlier than said, below it later. Nothing below 20 cases.
    """
    if not foresight.is_told(found):
        return nothing("Too few forecasts are over to be judged.", foresight.held(found))
    now = theme.colours(dark)
    figure = go.Figure([_diagonal(now), _points(found.reached, found.ours.score.cases, now)])
    figure.update_layout(
        margin={"l": LEFT, "r": RIGHT, "t": HEAD, "b": FOOT},
        showlegend=False,
        xaxis={**_axis("chance that the forecast gave to a day"), "showgrid": False},
        yaxis=_axis("came by that day"),
        annotations=[*_sides(now), *_names(found.reached, now)],
    )
    return drawn(
        figure,
        finding=foresight.calibrated(found),
        shows=SHOWS,
        unit="Share of cases that came by the day given, against its chance. On the line: as often as said",
        dark=dark,
        height=HEIGHT,
        told=f"{foresight.held(found)} {_told(found.reached)}",
    )


def _diagonal(now: theme.Colours) -> go.Scatter:
    line = {"color": now.baseline, "width": 1}
    return go.Scatter(mode="lines", name="as often as said", x=[0, 1], y=[0, 1], line=line, hoverinfo="skip")


def _points(reached: "Sequence[Reached]", cases: int, now: theme.Colours) -> go.Scatter:
    return go.Scatter(
        mode="lines+markers",
        name="forecasts",
        x=[one.chance for one in reached],
        y=[one.share for one in reached],
        line={"color": now.accent, "width": 1},
        marker={
            "color": now.accent,
            "opacity": 1,
            "size": [11 if _is_named(one) else 7 for one in reached],
            "line": {"width": 0},
        },
        hovertext=[
            hover(
                f"{_name(one)}: the day given for {share(one.level)}",
                f"Days are whole: it had a chance of {share(one.chance)}",
                f"{share(one.share)} of {cases:,} cases came by then",
            )
            for one in reached
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _axis(title: str) -> dict[str, Any]:
    return {
        "range": [-0.02, 1.02],
        "tickvals": TICKS,
        "ticktext": [f"{round(100 * tick)} %" for tick in TICKS],
        "automargin": False,
        "title": {"text": title, "standoff": 6},
    }


def _sides(now: theme.Colours) -> list[dict[str, Any]]:
    """What it means to lie on either side of the diagonal."""
    return [
        _note("came earlier than said", 0, 1, ("left", "top"), now.muted),
        _note("came later than said", 1, 0, ("right", "bottom"), now.muted),
    ]


def _names(reached: "Sequence[Reached]", now: theme.Colours) -> list[dict[str, Any]]:
    """Beside their points, on the side that is away from the diagonal."""
    found = []
    for one in reached:
        if _is_named(one):
            above = one.share >= one.chance
            note = _note(_name(one), one.chance, one.share, ("right" if above else "left", "middle"), now.ink)
            found.append(note | {"xshift": -9 if above else 9, "yshift": 7 if above else -7})
    return found


def _note(text: str, x: float, y: float, anchor: tuple[str, str], colour: str) -> dict[str, Any]:
    place = {"x": x, "y": y, "xanchor": anchor[0], "yanchor": anchor[1], "borderpad": 0}
    return {**place, "text": text, "showarrow": False, "font": {"color": colour, "size": theme.SMALL}}


def _is_named(one: "Reached") -> bool:
    return round(one.level, 2) in NAMED


def _name(one: "Reached") -> str:
    return f"P{round(100 * one.level)}"


def _told(reached: "Sequence[Reached]") -> str:
    said = (f"{_name(one)}: given {share(one.chance)}, came {share(one.share)}" for one in reached if _is_named(one))
    return f"{'; '.join(said)}."
