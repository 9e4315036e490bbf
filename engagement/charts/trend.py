"""Milestone trend: what was said on a day against the day it was said for. A level line keeps its word."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import plotly.graph_objects as go

from engagement.assessment import wording
from engagement.charts import axes, labels, legend, theme, trend_likely
from engagement.charts.chart import Chart, Item, Listing, drawn, hover, literal, nothing

if TYPE_CHECKING:
    from engagement.assessment.finish import Expected
    from engagement.assessment.slippage import MilestoneTrend, Word

MOST_LABELS: Final = 5
MOST_DAYS: Final = 4
"""Days that a line of text names before it leaves out the middle ones."""
TALL: Final = 330
"""Height of the plot, in pixels."""
LEFT: Final = 88
RIGHT: Final = 14
FOOT: Final = 62
LABEL: Final = 17
"""Height of a label, in pixels."""
NAME: Final = 170
"""Pixels of a name beside a line."""
BESIDE: Final = 8
"""Pixels between the end of a line and its name."""
SHIFTS: Final = (0, *(step * away for away in range(6, 80, 4) for step in (-1, 1)))
"""By how many pixels a name may be moved up or down, in the order in which that is tried."""
ACROSS: Final = axes.WHOLE - LEFT - 150
"""Width of the plot in pixels for which names are kept apart; on a wider page they lie further apart."""
LISTED: Final = 12
"""Lines of text at most."""
MANY: Final = 40
"""Beyond, re-baselines are marked only on the lines that are labelled."""


NONE: Final["Mapping[str, Expected]"] = MappingProxyType({})


class Days(NamedTuple):
    """The day the chart is about, and the day on which the work ended where that was earlier."""

    as_of: date
    until: date


class Frame(NamedTuple):
    """What the axes show, and where it lies in pixels in the least width that the figure is laid out for."""

    start: date
    end: date
    low: date
    high: date

    def across(self, on: date) -> float:
        """Pixels from the left."""
        return (on - self.start) / (self.end - self.start) * ACROSS

    def up(self, on: date) -> float:
        """Pixels from the foot."""
        return (on - self.low) / (self.high - self.low) * TALL


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

    Those that moved stand out, the five that moved most with their names; the rest is grey. A milestone that was
    delivered after its day or is overdue has moved without a new date, too. Up to five are all named. ``likely``: when
    open ones are expected, by key; of those that are named it is drawn at today's edge. ``narrow`` gives
    lines of text instead of the figure, "1 → 10 → 18 Dec, moved twice"; they come with the figure, too.
    """
    told = [each for each in trends if each.words]
    if not told:
        return nothing(
            "No milestone has a date.", "Give the next result a due date; every later word on it shows here."
        )
    days = Days(as_of, min(as_of, closed_on or as_of))
    told.sort(key=lambda each: (-abs(moved_days(each, days)), -moves(each), each.milestone))
    moved = [each for each in told if has_moved(each, days)]
    finding = _finding(moved, days)
    held = [each for each in told if each not in moved]
    listed = [*moved, *held][:LISTED]
    listing = Listing(
        f"{len(moved):,} moved, {len(held):,} did not",
        tuple(Item(each.name, _facts(each, as_of) + _expected(each, likely, as_of)) for each in listed),
        len(told) - len(listed),
    )
    unit = "Day it was said, against the day it was said for"
    shows = "How the promised dates moved"
    if narrow:
        alt = f"{finding or shows}. {'. '.join(_line(each, as_of) for each in moved[:8])}"
        return Chart(None, finding or shows, finding, unit, wording.sentence(alt), listings=(listing,))
    figure, height = _figure(moved, held, days, likely, theme.colours(dark))
    chart = drawn(
        figure,
        finding=finding,
        shows=shows,
        unit=f"{unit}. A line that climbs moves away from its promise; on the diagonal it is due",
        dark=dark,
        height=height,
        told=wording.sentence(". ".join(_line(each, as_of) for each in told[:8])),
    )
    return replace(chart, listings=(listing,))


def moved_days(each: "MilestoneTrend", days: Days) -> int:
    """Days from the first date that was given to the delivery, or to the last date, which is never before today."""
    return (_ends_on(each, days) - each.words[0][1]).days


def moves(each: "MilestoneTrend") -> int:
    """How often the date that was given changed."""
    dates = [forecast_on for _, forecast_on, _ in each.words]
    return sum(before != after for before, after in pairwise(dates))


def has_moved(each: "MilestoneTrend", days: Days) -> bool:
    """Whether it was given another date, or ends after the one it was given."""
    return moves(each) > 0 or moved_days(each, days) > 0


def path(dates: Sequence[date], as_of: date) -> str:
    """Dates one after the other, each as short as the next one allows: "1 → 10 → 18 Dec", "28 Nov → 3 Dec"."""
    parts = []
    for on, following in zip(dates, [*dates[1:], None], strict=True):
        same_month = following is not None and (on.year, on.month) == (following.year, following.month)
        same_year = following is not None and on.year == following.year
        parts.append(str(on.day) if same_month else wording.day(on, on if same_year else as_of))
    return " → ".join(parts)


def _ends_on(each: "MilestoneTrend", days: Days) -> date:
    return each.delivered_on or max(each.words[-1][1], days.until)


def _finding(moved: Sequence["MilestoneTrend"], days: Days) -> str | None:
    if not moved:
        return None
    most = moved[0]
    how = f"{wording.signed_days(moved_days(most, days))}, {_times(moves(most))}"
    if len(moved) == 1:
        return f"{most.name} moved to {wording.day(_ends_on(most, days), days.as_of)} ({how})"
    return f"{wording.in_words(len(moved)).capitalize()} milestones moved, {most.name} most ({how})"


def _times(number: int) -> str:
    return {0: "without a new date", 1: "moved once", 2: "moved twice"}.get(
        number, f"moved {wording.in_words(number)} times"
    )


def _line(each: "MilestoneTrend", as_of: date) -> str:
    """A milestone in a line."""
    return f"{each.name}: {_facts(each, as_of)}"


def _facts(each: "MilestoneTrend", as_of: date) -> str:
    """The dates it had, how often it moved, what became of it."""
    dates = [forecast_on for _, forecast_on, _ in each.words]
    dates = [on for at, on in enumerate(dates) if at == 0 or on != dates[at - 1]]
    if len(dates) > MOST_DAYS:
        way = f"{path(dates[:1], as_of)} … {path(dates[-(MOST_DAYS - 2) :], as_of)}"
    else:
        way = path(dates, as_of)
    done = f", delivered {wording.day(each.delivered_on, as_of)}" if each.delivered_on else ""
    number = moves(each)
    return f"{way}{', ' + _times(number) if number else ', no new date'}{done}"


def _expected(each: "MilestoneTrend", likely: "Mapping[str, Expected]", as_of: date) -> str:
    found = likely.get(each.milestone)
    return f"; expected {found.words(as_of)}" if found else ""


def _figure(
    moved: Sequence["MilestoneTrend"],
    held: Sequence["MilestoneTrend"],
    days: Days,
    likely: "Mapping[str, Expected]",
    now: theme.Colours,
) -> tuple[go.Figure, int]:
    """The figure and its height."""
    told, as_of = [*moved, *held], days.as_of
    labelled = told if len(told) <= MOST_LABELS else moved[:MOST_LABELS]
    start = min(said_on for each in told for said_on, _, _ in each.words)
    last = max(on for each in told for on, _, _ in _way(each, days))
    bands = [(each, found) for each in labelled if (found := likely.get(each.milestone))]
    dates = [on for each in told for _, on, _ in each.words] + [_ends_on(each, days) for each in told]
    dates += [found.likely_on for _, found in bands]
    low, high = min(dates), max(dates)
    edge = timedelta(days=max(3, (high - low).days // 20))
    frame = Frame(start, max(last, start + timedelta(days=1)), low - edge, high + edge)
    figure = go.Figure(trend_likely.bands(bands, as_of, (frame.end - frame.start) / ACROSS, now))
    for group, name, colour, width in (
        (held, "held", now.axis, 1.2),
        (moved[MOST_LABELS:], "moved", now.accent, 1.2),
        (moved[:MOST_LABELS], "moved most", now.accent, 2.2),
    ):
        figure.add_traces(_lines(group, name, colour, width, days))
    marks = [
        *_rebaselines(told if len(told) <= MANY else labelled, as_of, now),
        *_deliveries(told, as_of, now),
    ]
    named = [*figure.data[: len(bands)], *marks]
    figure.add_traces(marks)
    glyphs = {
        trend_likely.NAME: ("▮", theme.mixed(now.accent, now.page, trend_likely.COVERS)),
        "re-agreed": ("◇", now.baseline),
        "delivered": ("●", now.ink),
    }
    entries = [legend.Entry(*glyphs[name], name) for name in dict.fromkeys(str(trace.name) for trace in named)]
    explained, head = legend.above(entries, LEFT, now, room=axes.WHOLE)
    upwards = axes.day_axis(frame.low, frame.high, as_of, 7)
    names, right = _names(labelled, told, frame, days, now)
    line = {"color": now.grid, "width": 1.5}
    diagonal = {"type": "line", "x0": low.isoformat(), "y0": low.isoformat(), "layer": "below", "line": line}
    figure.update_layout(
        margin={"l": LEFT, "r": right, "t": head, "b": FOOT},
        showlegend=False,
        xaxis={
            **axes.day_axis(frame.start, frame.end, as_of, axes.most_ticks(ACROSS)),
            "title": {"text": "said on", "standoff": 6},
            "showgrid": False,
        },
        yaxis={
            **upwards,
            "ticktext": [text.replace("<br>", " ") for text in upwards["ticktext"]],
            "title": {"text": "said for", "standoff": 6},
            "automargin": False,
        },
        shapes=[{**diagonal, "x1": high.isoformat(), "y1": high.isoformat()}],
        annotations=[*names, *explained],
    )
    return figure, head + TALL + FOOT


def _lines(group: Sequence["MilestoneTrend"], name: str, colour: str, width: float, days: Days) -> list[go.Scatter]:
    """A line each: a word stands until the next one, the last one until today or the delivery."""
    traces = []
    for each in group:
        points = _way(each, days)
        traces.append(
            go.Scatter(
                mode="lines",
                name=name,
                x=[on for on, _, _ in points],
                y=[forecast_on for _, forecast_on, _ in points],
                line={"color": colour, "width": width},
                hovertext=[_hover(each, word, days.as_of) for _, _, word in points],
                hovertemplate="%{hovertext}<extra></extra>",
                showlegend=False,
                customdata=[each.milestone] * len(points),
            )
        )
    return traces


def _way(each: "MilestoneTrend", days: Days) -> list[tuple[date, date, "Word"]]:
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


def _names(
    labelled: Sequence["MilestoneTrend"],
    told: Sequence["MilestoneTrend"],
    frame: Frame,
    days: Days,
    now: theme.Colours,
) -> tuple[list[dict[str, Any]], int]:
    """A name and a change where each line ends, and the room they need right of the plot.

    A name moves down or up where it would lie on another one, on a line or on a mark, and is left out where it would
    still; the most moved come first.
    """
    taken = [box for each in told for box in _drawn(each, frame, days)]
    notes, right = [], RIGHT
    for each in labelled:
        name = axes.fit(each.name, NAME)
        text = f"{name} {wording.signed_days(moved_days(each, days))}"
        on, y = _way(each, days)[-1][0], _ends_on(each, days)
        left, middle, width = frame.across(on) + BESIDE, frame.up(y), axes.width_of(text)
        boxes = {
            shift: labels.Box(left, middle + shift - LABEL / 2, left + width, middle + shift + LABEL / 2)
            for shift in SHIFTS
        }
        free = [
            (shift, box)
            for shift, box in boxes.items()
            if box.foot >= -LABEL / 2 and not any(box.touches(other) for other in taken)
        ]
        if free:
            shift, box = free[0]
            taken.append(box)
            right = max(right, int(box.right - ACROSS) + RIGHT)
            place = {"x": on.isoformat(), "xanchor": "left", "xshift": BESIDE, "y": y.isoformat(), "yshift": shift}
            font = {"color": now.ink, "size": theme.SIZE}
            notes.append({**place, "showarrow": False, "borderpad": 0, "text": literal(text), "font": font})
    return notes, right


def _drawn(each: "MilestoneTrend", frame: Frame, days: Days) -> list[labels.Box]:
    """The room that its line and its last mark take. What runs along the diagonal does not count."""
    points = [(frame.across(on), frame.up(forecast_on)) for on, forecast_on, _ in _way(each, days)]
    level = [(one, other) for one, other in pairwise(points) if one[0] == other[0] or one[1] == other[1]]
    boxes = [labels.Box(min(a, c), min(b, d) - 1, max(a, c) + 1, max(b, d) + 1) for (a, b), (c, d) in level]
    if each.delivered_on:
        boxes.append(labels.around(frame.across(each.delivered_on), frame.up(each.delivered_on), 4.5))
    return boxes
