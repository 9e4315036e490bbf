"""Milestone trend: what was said on a day against the day it was said for. A level line keeps its word."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from engagement.assessment import wording
from engagement.charts import axes, theme
from engagement.charts.chart import Chart, Item, Listing, cut, drawn, hover, literal, nothing

if TYPE_CHECKING:
    from engagement.assessment.slippage import MilestoneTrend, Word

MOST_LABELS: Final = 5
MOST_DAYS: Final = 4
"""Days that a line of text names before it leaves out the middle ones."""
HEIGHT: Final = 420
HEAD: Final = 26
FOOT: Final = 62
LABEL: Final = 17
"""Height of a label, in pixels."""
NAME: Final = 24
LISTED: Final = 12
"""Lines of text at most."""
MANY: Final = 40
"""Beyond, re-baselines are marked only on the lines that are labelled."""


def trend(trends: Sequence["MilestoneTrend"], as_of: date, *, dark: bool, narrow: bool = False) -> Chart:
    """The dates given for every milestone, over the days on which they were given.

    The five that moved most stand out with their names, the rest is grey; up to five are all named. ``narrow`` gives
    lines of text instead of the figure, "1 → 10 → 18 Dec, moved twice"; they come with the figure, too.
    """
    told = [each for each in trends if each.words]
    if not told:
        return nothing(
            "No milestone has a date.", "Give the next result a due date; every later word on it shows here."
        )
    told.sort(key=lambda each: (-abs(moved_days(each, as_of)), -moves(each), each.milestone))
    moved = [each for each in told if moves(each)]
    finding = _finding(moved, as_of)
    listed = [*moved, *(each for each in told if not moves(each))][:LISTED]
    listing = Listing(
        f"{len(moved):,} moved, {len(told) - len(moved):,} without a new date",
        tuple(Item(_line(each, as_of)) for each in listed),
        len(told) - len(listed),
    )
    unit = "Day it was said, against the day it was said for"
    shows = "How the promised dates moved"
    if narrow:
        alt = f"{finding or shows}. {'. '.join(_line(each, as_of) for each in moved[:8])}"
        return Chart(None, finding or shows, finding, unit, wording.sentence(alt), listings=(listing,))
    chart = drawn(
        _figure(told, as_of, theme.colours(dark)),
        finding=finding,
        shows=shows,
        unit=f"{unit}. A line that climbs moves away from its promise",
        dark=dark,
        height=HEIGHT,
        told=wording.sentence(". ".join(_line(each, as_of) for each in told[:8])),
    )
    return replace(chart, listings=(listing,))


def moved_days(each: "MilestoneTrend", as_of: date) -> int:
    """Days from the first date that was given to the delivery, or to the last date, which is never before today."""
    return (_ends_on(each, as_of) - each.words[0][1]).days


def moves(each: "MilestoneTrend") -> int:
    """How often the date that was given changed."""
    dates = [forecast_on for _, forecast_on, _ in each.words]
    return sum(before != after for before, after in pairwise(dates))


def path(dates: Sequence[date], as_of: date) -> str:
    """Dates one after the other, each as short as the next one allows: "1 → 10 → 18 Dec", "28 Nov → 3 Dec"."""
    parts = []
    for on, following in zip(dates, [*dates[1:], None], strict=True):
        same_month = following is not None and (on.year, on.month) == (following.year, following.month)
        same_year = following is not None and on.year == following.year
        parts.append(str(on.day) if same_month else wording.day(on, on if same_year else as_of))
    return " → ".join(parts)


def _ends_on(each: "MilestoneTrend", as_of: date) -> date:
    return each.delivered_on or max(each.words[-1][1], as_of)


def _finding(moved: Sequence["MilestoneTrend"], as_of: date) -> str | None:
    if not moved:
        return None
    most = moved[0]
    how = f"{wording.signed_days(moved_days(most, as_of))}, {_times(moves(most))}"
    if len(moved) == 1:
        return f"{most.name} moved to {wording.day(_ends_on(most, as_of), as_of)} ({how})"
    return f"{wording.in_words(len(moved)).capitalize()} milestones moved, {most.name} most ({how})"


def _times(number: int) -> str:
    return {1: "moved once", 2: "moved twice"}.get(number, f"moved {wording.in_words(number)} times")


def _line(each: "MilestoneTrend", as_of: date) -> str:
    """A milestone in a line: the dates it had, how often it moved, what became of it."""
    dates = [forecast_on for _, forecast_on, _ in each.words]
    dates = [on for at, on in enumerate(dates) if at == 0 or on != dates[at - 1]]
    if len(dates) > MOST_DAYS:
        way = f"{path(dates[:1], as_of)} … {path(dates[-(MOST_DAYS - 2) :], as_of)}"
    else:
        way = path(dates, as_of)
    done = f", delivered {wording.day(each.delivered_on, as_of)}" if each.delivered_on else ""
    number = moves(each)
    return f"{each.name}: {way}{', ' + _times(number) if number else ', no new date'}{done}"


def _figure(told: Sequence["MilestoneTrend"], as_of: date, now: theme.Colours) -> go.Figure:
    named = [each for each in told if moves(each)][:MOST_LABELS]
    grey = [each for each in told if each not in named]
    start = min(min(said_on for said_on, _, _ in each.words) for each in told)
    dates = [on for each in told for _, on, _ in each.words] + [each.delivered_on or as_of for each in told]
    low, high = min(dates), max(dates)
    edge = timedelta(days=max(3, (high - low).days // 20))
    figure = go.Figure()
    for group, name, colour, width in ((grey, "rest", now.axis, 1.2), (named, "named", now.accent, 2.2)):
        figure.add_traces(_lines(group, name, colour, width, as_of))
    figure.add_traces([*_rebaselines(told if len(told) <= MANY else named, as_of, now), *_deliveries(told, as_of, now)])
    labelled = named if len(told) > MOST_LABELS else told
    right = 14 + max([axes.width_of(_label(each, as_of)) for each in labelled], default=60)
    line = {"color": now.grid, "width": 1.5}
    diagonal = {"type": "line", "x0": low.isoformat(), "y0": low.isoformat(), "layer": "below", "line": line}
    figure.update_layout(
        margin={"l": 8, "r": right, "t": HEAD, "b": FOOT},
        legend={"y": 1, "yref": "container", "yanchor": "top"},
        xaxis={
            **axes.day_axis(start, max(as_of, start + timedelta(days=1)), as_of, 8),
            "title": {"text": "said on", "standoff": 6},
            "showgrid": False,
        },
        yaxis={**axes.day_axis(low - edge, high + edge, as_of, 7), "title": {"text": "said for", "standoff": 4}},
        shapes=[{**diagonal, "x1": high.isoformat(), "y1": high.isoformat()}],
        annotations=[*_names(labelled, (low - edge, high + edge), as_of, now), *_explained(start, low, as_of, now)],
    )
    return figure


def _lines(group: Sequence["MilestoneTrend"], name: str, colour: str, width: float, as_of: date) -> list[go.Scatter]:
    """A line each: a word stands until the next one, the last one until today or the delivery."""
    traces = []
    for each in group:
        points = _way(each, as_of)
        traces.append(
            go.Scatter(
                mode="lines",
                name=name,
                x=[on for on, _, _ in points],
                y=[forecast_on for _, forecast_on, _ in points],
                line={"color": colour, "width": width},
                hovertext=[_hover(each, word, as_of) for _, _, word in points],
                hovertemplate="%{hovertext}<extra></extra>",
                showlegend=False,
                customdata=[each.milestone] * len(points),
            )
        )
    return traces


def _way(each: "MilestoneTrend", as_of: date) -> list[tuple[date, date, "Word"]]:
    """Corners of the line of a milestone, with the word that holds there. A date that has passed moves on with time."""
    ends = min(each.delivered_on or as_of, as_of)
    points: list[tuple[date, date, Word]] = []
    for word, following in zip(each.words, [*each.words[1:], None], strict=True):
        until = max(word.said_on, following.said_on if following else ends)
        points.append((word.said_on, max(word.forecast_on, word.said_on), word))
        if word.said_on < word.forecast_on < until:
            points.append((word.forecast_on, word.forecast_on, word))
        if until > word.said_on:
            points.append((until, max(word.forecast_on, until), word))
    return points


def _hover(each: "MilestoneTrend", word: "Word", as_of: date) -> str:
    said_on, forecast_on, kind = word
    how = {"first": "first promise", "baseline": "re-agreed"}.get(kind, "forecast")
    return hover(
        each.name, f"{wording.day(said_on, as_of)}: {how} {wording.day(forecast_on, as_of)}", _line(each, as_of)
    )


def _rebaselines(told: Sequence["MilestoneTrend"], as_of: date, now: theme.Colours) -> list[go.Scatter]:
    found = [(each, word) for each in told for word in each.words if word[2] == "baseline"]
    marker = {"symbol": "diamond", "size": 9, "color": now.page, "line": {"width": 1.6, "color": now.baseline}}
    return _marks("re-agreed", [(each, word[0], word[1], _hover(each, word, as_of)) for each, word in found], marker)


def _deliveries(told: Sequence["MilestoneTrend"], as_of: date, now: theme.Colours) -> list[go.Scatter]:
    found = [(each, on, on, hover(_line(each, as_of))) for each in told if (on := each.delivered_on)]
    return _marks("delivered", found, {"symbol": "circle", "size": 9, "color": now.ink, "line": {"width": 0}})


def _marks(
    name: str, found: Sequence[tuple["MilestoneTrend", date, date, str]], marker: dict[str, Any]
) -> list[go.Scatter]:
    if not found:
        return []
    return [
        go.Scatter(
            mode="markers",
            name=name,
            x=[x for _, x, _, _ in found],
            y=[y for _, _, y, _ in found],
            customdata=[each.milestone for each, _, _, _ in found],
            marker=marker,
            hovertext=[text for _, _, _, text in found],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    ]


def _label(each: "MilestoneTrend", as_of: date) -> str:
    return f"{cut(each.name, NAME)} {wording.signed_days(moved_days(each, as_of))}"


def _names(
    named: Sequence["MilestoneTrend"], ends: tuple[date, date], as_of: date, now: theme.Colours
) -> list[dict[str, Any]]:
    """A name at the height at which its line ends, moved up or down where two would touch."""
    low, high = ends
    a_day = (HEIGHT - HEAD - FOOT) / max(1, (high - low).days)
    wanted = [(_ends_on(each, as_of) - low).days * a_day for each in named]
    placed = axes.spread(wanted, LABEL, 0, HEIGHT - HEAD - FOOT)
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": _ends_on(each, as_of).isoformat(),
            "yshift": at - want,
            "showarrow": False,
            "text": literal(_label(each, as_of)),
            "font": {"color": now.ink, "size": theme.SIZE},
        }
        for each, want, at in zip(named, wanted, placed, strict=True)
    ]


def _explained(start: date, low: date, as_of: date, now: theme.Colours) -> list[dict[str, Any]]:
    """What the diagonal is, written along it where it can be seen."""
    if low >= as_of:
        return []
    return [
        {
            "x": max(start, low).isoformat(),
            "y": max(start, low).isoformat(),
            "xanchor": "left",
            "yanchor": "top",
            "xshift": 6,
            "showarrow": False,
            "text": "on this line it is due",
            "font": {"color": now.muted, "size": theme.SMALL},
        }
    ]
