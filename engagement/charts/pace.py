"""Pace: how much was to be done by a day and how much is, with the range in which the end is likely."""

from datetime import date, timedelta
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from engagement.assessment import wording
from engagement.assessment.agenda import finish_is_held
from engagement.assessment.finish import Expected, expected
from engagement.assessment.results import Assessment
from engagement.charts import axes, labels, pace_names, theme
from engagement.charts.chart import Chart, drawn, hover, nothing
from engagement.charts.pace_names import FOOT, HEAD, HEIGHT, LEAST, LEFT, TALL, TOP, Frame, Name
from engagement.charts.plan import SAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engagement.assessment.progress import Pace

THIN: Final = 9
"""Height of the bar of likely days, in pixels."""
COVERS: Final = 0.4
"""How much of the page its colour covers."""
SHORTEST: Final = 14
"""Pixels from which on an arrow can be told from its head."""
SAMPLES: Final = {"planned": "─", "claimed": "┈", "accepted": "╌", "done": "━"}
"""How the lines look, where there are so many that names alone do not tell."""


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
    likely, says_on = expected(assessment, as_of), _said_for(assessment, as_of)
    end = max(end, likely.likely_on if likely else end, assessment.schedule.forecast_finish_on or end)
    end += max(timedelta(days=2), (end - start) / 60)
    names = _names(figure, assessment, as_of, now, with_samples=more)
    wanted = pace_names.wanted(names, likely, as_of)
    frame = pace_names.framed(start, end, as_of, wanted, axes.PHONE if narrow else axes.WHOLE)
    arrow = _behind(assessment, frame, as_of, now)
    taken = pace_names.room([*_corners(figure), *([_back(assessment, as_of)] if arrow else [])], frame)
    line, label = axes.today_line(as_of, now)
    words = [label]
    if says_on:
        taken.append(labels.around(frame.across(says_on), frame.up(1), 6))
        words += pace_names.said(f"{SAYS} {wording.day(says_on, as_of)}", says_on, taken, frame, now)
    if likely:
        taken.append(_bar(likely, frame))
    words += pace_names.named(names, taken, frame, now)
    if likely:
        words.append(pace_names.likely(likely, taken, frame, now))
    figure.update_layout(
        margin={"l": LEFT, "r": frame.right, "t": HEAD, "b": FOOT},
        showlegend=False,
        xaxis={**axes.day_axis(start, end, as_of, 5 if narrow else 8), "showgrid": False},
        yaxis={
            "range": [LEAST, TOP],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"],
            "automargin": False,
        },
        shapes=[line, *([_range(likely, now)] if likely else [])],
        annotations=[*arrow, *words],
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


def _names(
    figure: go.Figure, assessment: Assessment, as_of: date, now: theme.Colours, *, with_samples: bool
) -> list[Name]:
    """The name and the share of every line at today, what is done first and with how far it is behind."""
    found = []
    for trace in figure.data:
        until = [share for on, share in zip(trace.x, trace.y, strict=True) if on <= as_of]
        if trace.mode == "lines" and until:
            sample = f"{SAMPLES[trace.name]} " if with_samples else ""
            colour = now.muted if trace.name == "planned" else now.ink
            below = ""
            if trace.name == "done" and (reached_on := _reached_on(assessment, as_of)):
                below = f"{wording.span((as_of - reached_on).days)} behind"
            found.append(Name(until[-1], f"{sample}{trace.name} {wording.share(until[-1])}", below, colour))
    return found[::-1]


def _corners(figure: go.Figure) -> list[list[tuple[date, float]]]:
    """The corners of every line, also of those that go in steps."""
    found = []
    for trace in figure.data:
        if trace.mode == "lines":
            points = [*zip(trace.x, trace.y, strict=True)]
            if trace.line.shape == "hv":
                level = [[(on, share), (following, share)] for (on, share), (following, _) in pairwise(points)]
                points = [*chain(*level), points[-1]] if points else []
            found.append(points)
    return found


def _reached_on(assessment: Assessment, as_of: date) -> date | None:
    """The day on which the plan had reached what is done now, where that is behind; else None."""
    earned, planned = assessment.progress.earned, assessment.progress.planned
    reached_on = assessment.schedule.earned_schedule_on
    if earned is None or planned is None or reached_on is None or reached_on >= as_of or earned >= planned:
        return None
    return reached_on


def _back(assessment: Assessment, as_of: date) -> list[tuple[date, float]]:
    """From what is done back to the day the plan had reached it."""
    earned, reached_on = assessment.progress.earned, _reached_on(assessment, as_of)
    return [(as_of, earned), (reached_on, earned)] if reached_on and earned is not None else []


def _behind(assessment: Assessment, frame: Frame, as_of: date, now: theme.Colours) -> list[dict[str, Any]]:
    """From what is done an arrow back to the day the plan had reached it, where it is long enough to be one."""
    ends = _back(assessment, as_of)
    if not ends or frame.across(ends[0][0]) - frame.across(ends[1][0]) < SHORTEST:
        return []
    (_, earned), (reached_on, _) = ends
    return [
        {
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
    ]


def _bar(likely: Expected, frame: Frame) -> labels.Box:
    half = THIN / 2
    left, right, middle = frame.across(likely.middle_on), frame.across(likely.likely_on), frame.up(1)
    return labels.Box(left, middle - half, right, middle + half)


def _range(likely: Expected, now: theme.Colours) -> dict[str, Any]:
    """The days between an even chance and four in five that the work is done: a bar where all is done."""
    half = THIN / 2 / TALL * (TOP - LEAST)
    return {
        "type": "rect",
        "x0": likely.middle_on.isoformat(),
        "x1": likely.likely_on.isoformat(),
        "y0": 1 - half,
        "y1": 1 + half,
        "yref": "y",
        "fillcolor": theme.mixed(now.accent, now.page, COVERS),
        "line": {"width": 0},
        "layer": "between",
    }


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
