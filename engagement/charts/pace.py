"""Pace: how much was to be done by a day and how much is, with the range in which the end is likely."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from engagement.assessment import wording
from engagement.assessment.agenda import finish_is_held
from engagement.assessment.finish import expected
from engagement.assessment.results import Assessment
from engagement.charts import axes, theme
from engagement.charts.chart import Chart, drawn, hover, nothing
from engagement.charts.plan import SAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engagement.assessment.progress import Pace

HEIGHT: Final = 340
HEAD: Final = 26
FOOT: Final = 40
LABEL: Final = 17
LEFT: Final = 46
RIGHT: Final = 108
TOP: Final = 1.13
"""The share at the upper edge: above 1 there is room for the day of the forecast."""


def pace(
    pace: "Pace", assessment: Assessment, as_of: date, *, dark: bool, narrow: bool = False, more: bool = False
) -> Chart:
    """Planned and earned shares over time; with ``more`` what is claimed and what was accepted, too."""
    if assessment.contract == "retainer":
        return nothing("Work that does not end has no pace.", "See which of its deliveries came in time, under Plan.")
    if not pace.days or all(share is None for share in pace.planned):
        return nothing("Without due dates there is no plan to keep pace with.", "Give the milestones due dates.")
    now = theme.colours(dark)
    finding = _finding(assessment, as_of)
    figure = go.Figure([*_lines(pace, assessment.progress.known, more, as_of, now), *_forecast(assessment, as_of, now)])
    start, end = pace.days[0], max(*pace.days, as_of)
    likely = expected(assessment, as_of)
    end = max(end, likely.likely_on if likely else end, assessment.schedule.forecast_finish_on or end)
    line, label = axes.today_line(as_of, now)
    figure.update_layout(
        margin={
            "l": LEFT,
            "r": _right((end - as_of) / max(end - start, timedelta(days=1)), 320 if narrow else 640),
            "t": HEAD,
            "b": FOOT,
        },
        showlegend=False,
        xaxis={**axes.day_axis(start, end + timedelta(days=2), as_of, 5 if narrow else 8), "showgrid": False},
        yaxis={
            "range": [-0.02, TOP],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"],
            "automargin": False,
        },
        shapes=[line, *_likely(assessment, as_of, now)],
        annotations=[
            label,
            *_behind(assessment, as_of, now),
            *_end(assessment, as_of, now),
            *_ends(figure, as_of, now),
        ],
    )
    return drawn(
        figure,
        finding=finding,
        shows="Planned and done",
        unit=_unit(assessment),
        dark=dark,
        height=HEIGHT,
        told=_told(assessment, as_of),
    )


def _right(after: float, width: int) -> int:
    """Room right of the figure for the names of the lines, as far as there is not enough after today."""
    return max(12, RIGHT - int(after * width))


def _finding(assessment: Assessment, as_of: date) -> str | None:
    progress, reached_on = assessment.progress, assessment.schedule.earned_schedule_on
    if not progress.known or progress.earned is None or progress.planned is None:
        return None
    done = f"{wording.share(progress.earned)} done of {wording.share(progress.planned)} planned"
    if reached_on is not None and reached_on < as_of and progress.earned < progress.planned:
        return f"{done}: where the plan was on {wording.day(reached_on, as_of)}"
    return done


def _unit(assessment: Assessment) -> str:
    unit = "Share of the whole work; an open milestone counts up to nine tenths of what is claimed"
    return unit if assessment.progress.known else f"{unit}. Nobody has reported progress yet"


def _lines(pace: "Pace", known: bool, more: bool, as_of: date, now: theme.Colours) -> list[go.Scatter]:
    """One line a measure. What happened stands until it changes; the plan accrues evenly."""
    looks: list[tuple[str, Sequence[float | None], dict[str, Any]]] = [
        ("planned", pace.planned, {"color": now.baseline, "width": 1.5}),
    ]
    if more and known:
        looks.append(("claimed", pace.claimed, {"color": now.ink, "width": 1.2, "dash": "dot", "shape": "hv"}))
        looks.append(("accepted", pace.accepted, {"color": now.ink, "width": 1.2, "dash": "dash", "shape": "hv"}))
    if known:
        looks.append(("done", pace.earned, {"color": now.ink, "width": 2.6, "shape": "hv"}))
    traces = []
    for name, shares, line in looks:
        points = [
            (on, share)
            for on, share in zip(pace.days, shares, strict=True)
            if share is not None and (name == "planned" or on <= as_of)
        ]
        traces.append(
            go.Scatter(
                mode="lines",
                name=name,
                x=[on for on, _ in points],
                y=[share for _, share in points],
                line=line,
                hovertext=[hover(f"{wording.day(on, as_of)}: {name} {wording.share(share)}") for on, share in points],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    return traces


def _forecast(assessment: Assessment, as_of: date, now: theme.Colours) -> list[go.Scatter]:
    """The finish that the vendor says, where all is done."""
    finish_on = _said_for(assessment, as_of)
    if finish_on is None:
        return []
    return [
        go.Scatter(
            mode="markers",
            name=SAYS,
            x=[finish_on],
            y=[1.0],
            cliponaxis=False,
            marker={"symbol": "circle", "size": 11, "color": now.accent, "line": {"width": 1.5, "color": now.page}},
            hovertext=[hover(f"The vendor says {wording.day(finish_on, as_of)}")],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    ]


def _said_for(assessment: Assessment, as_of: date) -> date | None:
    """The finish that the vendor says; None where it is past, and where the last day passed without a new one."""
    finish_on = assessment.schedule.forecast_finish_on
    if finish_on is None or finish_on < as_of or finish_is_held(assessment, as_of):
        return None
    return finish_on


def _ends(figure: go.Figure, as_of: date, now: theme.Colours) -> list[dict[str, Any]]:
    """The name and the share of every line, at today, kept apart."""
    last = []
    for trace in figure.data:
        if trace.mode != "lines":
            continue
        until = [share for on, share in zip(trace.x, trace.y, strict=True) if on <= as_of]
        if until:
            last.append((trace.name, until[-1]))
    tall = (HEIGHT - HEAD - FOOT) / (TOP + 0.02)
    wanted = [share * tall for _, share in last]
    placed = axes.spread(wanted, LABEL, 0, tall)
    return [
        {
            "x": as_of.isoformat(),
            "xanchor": "left",
            "xshift": 6,
            "y": share,
            "yshift": at - want,
            "showarrow": False,
            "text": f"{name} {wording.share(share)}",
            "bgcolor": now.page,
            "borderpad": 1,
            "font": {"color": now.muted if name == "planned" else now.ink},
        }
        for (name, share), want, at in zip(last, wanted, placed, strict=True)
    ]


def _behind(assessment: Assessment, as_of: date, now: theme.Colours) -> list[dict[str, Any]]:
    """From what is done back to the day the plan had reached it, with how long that is."""
    earned, planned = assessment.progress.earned, assessment.progress.planned
    reached_on = assessment.schedule.earned_schedule_on
    if earned is None or planned is None or reached_on is None or reached_on >= as_of or earned >= planned:
        return []
    arrow = {
        "x": reached_on.isoformat(),
        "y": earned,
        "ax": as_of.isoformat(),
        "ay": earned,
        "axref": "x",
        "ayref": "y",
        "text": "",
        "arrowhead": 2,
        "arrowwidth": 1.2,
        "arrowcolor": now.accent,
    }
    words = {
        "x": as_of.isoformat(),
        "y": earned,
        "xanchor": "right",
        "xshift": -4,
        "yanchor": "top",
        "yshift": -3,
        "showarrow": False,
        "bgcolor": now.page,
        "borderpad": 0,
        "text": f"{wording.span((as_of - reached_on).days)} behind",
        "font": {"color": now.accent, "size": theme.SMALL},
    }
    return [arrow, words]


def _likely(assessment: Assessment, as_of: date, now: theme.Colours) -> list[dict[str, Any]]:
    """The days between an even chance and four in five that the work is done."""
    likely = expected(assessment, as_of)
    if likely is None:
        return []
    return [
        {
            "type": "rect",
            "x0": likely.middle_on.isoformat(),
            "x1": likely.likely_on.isoformat(),
            "y0": 0,
            "y1": 1,
            "yref": "y",
            "fillcolor": now.accent,
            "opacity": 0.2,
            "line": {"width": 0},
            "layer": "below",
        }
    ]


def _end(assessment: Assessment, as_of: date, now: theme.Colours) -> list[dict[str, Any]]:
    """What the range of likely days is, where no other word stands."""
    likely, finish_on = expected(assessment, as_of), _said_for(assessment, as_of)
    font = {"color": now.accent, "size": theme.SMALL}
    notes = []
    if likely is not None:
        low = 0.08 if (assessment.progress.earned or 0) > 0.25 else 0.5
        text = f"finish {wording.day(likely.middle_on, as_of)},<br>{likely.likely(as_of)}"
        place = {"x": likely.likely_on.isoformat(), "y": low, "xanchor": "right", "xshift": -2, "align": "right"}
        notes.append({**place, "text": text, "showarrow": False, "font": font})
    if finish_on is not None:
        text = f"{SAYS} {wording.day(finish_on, as_of)}"
        place = {"x": finish_on.isoformat(), "y": 1, "xanchor": "right", "yanchor": "bottom"}
        notes.append({**place, "xshift": 6, "yshift": 5, "text": text, "showarrow": False, "font": font})
    return notes


def _told(assessment: Assessment, as_of: date) -> str:
    progress, finish_on = assessment.progress, _said_for(assessment, as_of)
    parts = []
    if progress.planned is not None:
        parts.append(f"Planned {wording.share(progress.planned)}")
    if progress.known and progress.earned is not None:
        parts.append(f"done {wording.share(progress.earned)}")
    else:
        parts.append("nobody has reported progress")
    if finish_on:
        parts.append(f"the {SAYS} {wording.day(finish_on, as_of)}")
    if likely := expected(assessment, as_of):
        parts.append(f"expected {likely.words(as_of)}")
    return wording.sentence(", ".join(parts))
