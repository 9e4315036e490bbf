"""Milestone trend: what was said on a day against the day it was said for. A level line keeps its word."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from engagement.assessment import wording
from engagement.charts import axes, labels, legend, theme, trend_likely, trend_names, trend_words
from engagement.charts.chart import Chart, Item, Listing, drawn, hover, nothing
from engagement.charts.rows import TODAY
from engagement.charts.trend_names import LEFT, TALL, Frame, Named

if TYPE_CHECKING:
    from engagement.assessment.finish import Expected
    from engagement.assessment.slippage import MilestoneTrend, Word

MOST_LABELS: Final = 5
FOOT: Final = 62
LEAST: Final = timedelta(weeks=2)
"""What the axis across shows at least."""
DIAGONAL: Final = "diagonal"
RANGES: Final = "Right of today each bar is the likely range of its line; how far right says nothing"
LISTED: Final = 12
"""Lines of text at most."""
MANY: Final = 40
"""Beyond, re-baselines are marked only on the lines that are labelled."""


NONE: Final["Mapping[str, Expected]"] = MappingProxyType({})


def trend(
    trends: Sequence["MilestoneTrend"],
    as_of: date,
    *,
    dark: bool,
    narrow: bool = False,
    closed_on: date | None = None,
    likely: "Mapping[str, Expected]" = NONE,
) -> Chart:
    """The dates given for every milestone, over the days on which they were given, at most until ``closed_on``.

    The five that moved most have a colour and their names, the rest is grey. A milestone that was delivered after its
    day or is overdue has moved without a new date, too. Where fewer moved, open ones make up the five: that which comes
    last, then those that come next. Up to five are all named. ``likely``: when open ones are expected, by key; of those
    that are named it is drawn right of today. ``narrow`` gives lines of text instead of the
    figure, "1 → 10 → 18 Dec, moved twice"; they come with the figure, too.
    """
    told = [each for each in trends if each.words]
    if not told:
        return nothing(
            "No milestone has a date.", "Give the next result a due date; every later word on it shows here."
        )
    days = trend_words.Days(as_of, min(as_of, closed_on or as_of))
    told.sort(key=lambda each: (-abs(trend_words.moved_days(each, days)), -trend_words.moves(each), each.milestone))
    moved = [each for each in told if trend_words.has_moved(each, days)]
    finding = trend_words.finding(moved, days)
    held = [each for each in told if each not in moved]
    listed = [*moved, *held][:LISTED]
    listing = Listing(
        f"{len(moved):,} moved, {len(held):,} did not",
        tuple(
            Item(each.name, trend_words.facts(each, as_of) + trend_words.expected(each, likely, as_of))
            for each in listed
        ),
        len(told) - len(listed),
    )
    unit = "Day it was said, against the day it was said for"
    shows = "How the promised dates moved"
    if narrow:
        alt = f"{finding or shows}. {'. '.join(trend_words.line(each, as_of) for each in moved[:8])}"
        return Chart(None, finding or shows, finding, unit, wording.sentence(alt), listings=(listing,))
    figure, height = _figure(moved, held, days, likely, dark=dark)
    due = "; on the diagonal it is due" if any(shape.name == DIAGONAL for shape in figure.layout.shapes) else ""
    ranges = f". {RANGES}" if any(trace.name == trend_likely.NAME for trace in figure.data) else ""
    chart = drawn(
        figure,
        finding=finding,
        shows=shows,
        unit=f"{unit}. A line that climbs moves away from its promise{due}{ranges}",
        dark=dark,
        height=height,
        told=wording.sentence(". ".join(trend_words.line(each, as_of) for each in told[:8])),
    )
    return replace(chart, listings=(listing,))


def _figure(
    moved: Sequence["MilestoneTrend"],
    held: Sequence["MilestoneTrend"],
    days: trend_words.Days,
    likely: "Mapping[str, Expected]",
    *,
    dark: bool,
) -> tuple[go.Figure, int]:
    """The figure and its height."""
    told, as_of, now = [*moved, *held], days.as_of, theme.colours(dark)
    labelled = told if len(told) <= MOST_LABELS else _labelled(moved, held, days)
    colours = {each.milestone: colour for each, colour in zip(labelled, trend_names.colours(dark), strict=False)}
    tied = [
        trend_likely.Tied(each, trend_words.ends_on(each, days), found, colours[each.milestone])
        for each in labelled
        if (found := likely.get(each.milestone))
    ]
    named = _named(labelled, told, colours, days, likely)
    frame = _frame(told, named, days, tied)
    figure = go.Figure(_lines(told, moved, colours, days, now))
    figure.add_traces(trend_likely.bands(tied, as_of, frame.pixel, frame.pixel_up))
    marks = [
        *_rebaselines(told if len(told) <= MANY else labelled, colours, as_of, now),
        *_deliveries(told, colours, as_of, now),
    ]
    figure.add_traces(marks)
    shown = {str(trace.name) for trace in figure.data}
    glyphs = {trend_likely.NAME: ("▮", now.muted), "re-agreed": ("◇", now.baseline), "delivered": ("●", now.ink)}
    entries = [legend.Entry(*glyph, name) for name, glyph in glyphs.items() if name in shown]
    is_under_way = frame.end == as_of
    explained, head = legend.above(entries, LEFT, now, room=axes.WHOLE, lift=TODAY if is_under_way else 8)
    taken = [box for each in told for box in _drawn(each, frame, days)]
    taken += trend_names.beside_today(tied, frame)
    names, right = trend_names.names(named, taken, frame, now)
    today = axes.today_line(as_of, now) if is_under_way else None
    figure.update_layout(
        margin={"l": LEFT, "r": right, "t": head, "b": FOOT},
        showlegend=False,
        **_axes(frame, as_of),
        shapes=[*_diagonal(frame, now), *([today[0]] if today else [])],
        annotations=[*names, *explained, *([today[1]] if today else [])],
    )
    return figure, head + TALL + FOOT


def _labelled(
    moved: Sequence["MilestoneTrend"], held: Sequence["MilestoneTrend"], days: trend_words.Days
) -> list["MilestoneTrend"]:
    """Those of many that are named: what moved most, and as far as there is room what is open, the finish first."""
    waiting = [each for each in held if each.delivered_on is None and days.until == days.as_of]
    waiting.sort(key=lambda each: trend_words.ends_on(each, days))
    return [*moved[:MOST_LABELS], *waiting[-1:], *waiting[:-1]][:MOST_LABELS]


def _named(
    labelled: Sequence["MilestoneTrend"],
    told: Sequence["MilestoneTrend"],
    colours: Mapping[str, str],
    days: trend_words.Days,
    likely: "Mapping[str, Expected]",
) -> list[Named]:
    """What is written beside each of them, and where."""
    texts = trend_names.texts(
        told, {each.milestone: trend_words.moved_days(each, days) for each in labelled}, days.as_of
    )
    found = []
    for each in labelled:
        key, ends_on, expected = each.milestone, trend_words.ends_on(each, days), likely.get(each.milestone)
        beside_on = ends_on
        if expected:
            beside_on = expected.middle_on + (expected.likely_on - expected.middle_on) / 2
        is_open = each.delivered_on is None and days.until == days.as_of
        last_on = _way(each, days)[-1][0]
        found.append(Named(each, texts[key], colours[key], last_on, ends_on, beside_on if is_open else None))
    return found


def _frame(
    told: Sequence["MilestoneTrend"], named: Sequence[Named], days: trend_words.Days, tied: Sequence[trend_likely.Tied]
) -> Frame:
    """What the axes show: all days on which something was said until the last line ends, and all dates given."""
    last = max(on for each in told for on, _, _ in _way(each, days))
    first = min(*(said_on for each in told for said_on, _, _ in each.words), last - LEAST)
    dates = [on for each in told for _, on, _ in each.words] + [trend_words.ends_on(each, days) for each in told]
    dates += [on for one in tied for on in (one.found.middle_on, one.found.likely_on)]
    return trend_names.framed((first, last), (min(dates), max(dates)), trend_likely.room(len(tied)), named)


def _axes(frame: Frame, as_of: date) -> dict[str, Any]:
    upwards = axes.day_axis(frame.low, frame.high, as_of, 7)
    across = axes.day_axis(frame.start, frame.end, as_of, axes.most_ticks(frame.wide))
    return {
        "xaxis": {
            **across,
            "range": [frame.start.isoformat(), frame.edge_on.isoformat()],
            "title": {"text": "said on", "standoff": 6},
            "showgrid": False,
        },
        "yaxis": {
            **upwards,
            "ticktext": [text.replace("<br>", " ") for text in upwards["ticktext"]],
            "title": {"text": "said for", "standoff": 6},
            "automargin": False,
        },
    }


def _diagonal(frame: Frame, now: theme.Colours) -> list[dict[str, Any]]:
    """Where what is said is said for the same day, as far as it is in sight."""
    first, last = max(frame.start, frame.low).isoformat(), min(frame.end, frame.high).isoformat()
    if first >= last:
        return []
    line = {"color": now.baseline, "width": 1}
    return [
        {
            "name": DIAGONAL,
            "type": "line",
            "x0": first,
            "y0": first,
            "x1": last,
            "y1": last,
            "layer": "below",
            "line": line,
        }
    ]


def _lines(
    told: Sequence["MilestoneTrend"],
    moved: Sequence["MilestoneTrend"],
    colours: Mapping[str, str],
    days: trend_words.Days,
    now: theme.Colours,
) -> list[go.Scatter]:
    """A line each, the most moved last: a word stands until the next one, the last one until today or the delivery."""
    traces = []
    for at, each in reversed([*enumerate(told)]):
        points, is_named, has_moved = _way(each, days), each.milestone in colours, at < len(moved)
        width = 1.2 if not is_named else 2.4 if has_moved else 1.6
        traces.append(
            go.Scatter(
                mode="lines",
                name="moved most" if has_moved and is_named else "moved" if has_moved else "held",
                x=[on for on, _, _ in points],
                y=[forecast_on for _, forecast_on, _ in points],
                line={"color": colours.get(each.milestone, now.axis), "width": width},
                hovertext=[_hover(each, word, days.as_of) for _, _, word in points],
                hovertemplate="%{hovertext}<extra></extra>",
                showlegend=False,
                customdata=[each.milestone] * len(points),
            )
        )
    return traces


def _way(each: "MilestoneTrend", days: trend_words.Days) -> list[tuple[date, date, "Word"]]:
    """Corners of the line of a milestone, with the word that holds there. A date that has passed moves on with time."""
    ends = min(each.delivered_on or days.until, days.until)
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
        each.name,
        f"{wording.day(said_on, as_of)}: {how} {wording.day(forecast_on, as_of)}",
        trend_words.line(each, as_of),
    )


def _rebaselines(
    told: Sequence["MilestoneTrend"], colours: Mapping[str, str], as_of: date, now: theme.Colours
) -> list[go.Scatter]:
    found = [(each, word) for each in told for word in each.words if word[2] == "baseline"]
    ink = [colours.get(each.milestone, now.baseline) for each, _ in found]
    marker = {"symbol": "diamond", "color": now.page, "line": {"width": 1.6, "color": ink}}
    points = [(each, word[0], word[1], _hover(each, word, as_of)) for each, word in found]
    return _marks("re-agreed", points, colours, marker)


def _deliveries(
    told: Sequence["MilestoneTrend"], colours: Mapping[str, str], as_of: date, now: theme.Colours
) -> list[go.Scatter]:
    found = [(each, on, on, hover(trend_words.line(each, as_of))) for each in told if (on := each.delivered_on)]
    return _marks("delivered", found, colours, {"symbol": "circle", "color": now.ink, "line": {"width": 0}})


def _marks(
    name: str,
    found: Sequence[tuple["MilestoneTrend", date, date, str]],
    colours: Mapping[str, str],
    marker: dict[str, Any],
) -> list[go.Scatter]:
    """Marks on the lines, those on lines without a name smaller."""
    if not found:
        return []
    return [
        go.Scatter(
            mode="markers",
            name=name,
            x=[x for _, x, _, _ in found],
            y=[y for _, _, y, _ in found],
            customdata=[each.milestone for each, _, _, _ in found],
            marker={**marker, "opacity": 1, "size": [9 if each.milestone in colours else 6 for each, _, _, _ in found]},
            hovertext=[text for _, _, _, text in found],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    ]


def _drawn(each: "MilestoneTrend", frame: Frame, days: trend_words.Days) -> list[labels.Box]:
    """The room that its line and its last mark take. What runs along the diagonal does not count."""
    points = [(frame.across(on), frame.up(forecast_on)) for on, forecast_on, _ in _way(each, days)]
    level = [(one, other) for one, other in pairwise(points) if one[0] == other[0] or one[1] == other[1]]
    boxes = [labels.Box(min(a, c), min(b, d) - 1, max(a, c) + 1, max(b, d) + 1) for (a, b), (c, d) in level]
    if each.delivered_on:
        boxes.append(labels.around(frame.across(each.delivered_on), frame.up(each.delivered_on), 4.5))
    return boxes
