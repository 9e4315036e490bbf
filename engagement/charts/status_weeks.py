"""Status by week: a row per engagement, a mark per week; of very many the counts, and the rows that changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any, Final, NamedTuple

import plotly.graph_objects as go

from engagement.assessment import counts, wording
from engagement.assessment.results import Assessment
from engagement.assessment.values import Status
from engagement.charts import axes, legend, theme
from engagement.charts.chart import Chart, drawn, hover, nothing, short

MOST_ROWS: Final = 40
MOST_CHANGED: Final = 25
ROW: Final = 24
ROW_NARROW: Final = 42
TOTALS: Final = 240
GAP: Final = 56
FOOT: Final = 42
LABEL: Final = 16
RIGHT: Final = 104
RIGHT_ALONE: Final = 16
LARGEST: Final = 11.0
"""Diameter of a mark in pixels, where there is room."""
TOP_NARROW: Final = 10
"""The room that the first name needs on a phone, where names stand above their marks."""

By = Mapping[date, Mapping[str, Status]]


class Cell(NamedTuple):
    """An engagement on a day."""

    on: date
    place: int
    name: str
    engagement: str
    status: Status


def status_weeks(statuses: By, assessments: Sequence[Assessment], *, dark: bool, narrow: bool = False) -> Chart:
    """The status of every engagement on each of the days, evenly apart, what needs somebody first.

    The last day is the one it is about. The assessments give the names. Above 40 engagements: how many had which
    status, stacked, and the up to 25 whose status changed.
    """
    days = sorted(statuses)
    known = {a.engagement: a.name for a in assessments}
    every = {key for by_key in statuses.values() for key in by_key}
    if not every:
        return nothing("There is no engagement to show.", "Add one, or change the filters.")
    keys = sorted(every, key=lambda key: _concern(statuses, days, key))
    names, as_of = {key: known.get(key, key) for key in keys}, days[-1]
    changed = set(counts.changed(statuses))
    many = len(keys) > MOST_ROWS
    rows = [key for key in keys if key in changed][:MOST_CHANGED] if many else keys
    cells = [
        Cell(on, place, names[key], key, statuses[on][key])
        for place, key in enumerate(rows)
        for on in days
        if key in statuses[on]
    ]
    totals = counts.by_status(statuses) if many else {}
    left = _left([names[key] for key in rows], narrow, bool(totals))
    right = RIGHT if totals else RIGHT_ALONE
    width = (axes.PHONE if narrow else axes.COLUMN) - left - right
    size = min(LARGEST, 0.8 * width / len(days))
    figure = go.Figure([*_totals(totals, as_of, dark), *_marks(cells, as_of, dark, size)])
    figure.update_layout(margin={"l": left, "r": right, "b": FOOT}, barmode="stack", showlegend=False)
    height = _arrange(figure, cells, totals, len(changed), dark=dark, narrow=narrow)
    _arrange_weeks(figure, days, as_of, axes.most_ticks(width))
    return drawn(
        figure,
        finding=_finding(statuses, days, names),
        shows="Status by week",
        unit=_unit(days, as_of),
        dark=dark,
        height=height,
        told=_told(statuses, days),
    )


def _apart(days: Sequence[date]) -> int:
    """Days between two of them."""
    return (days[-1] - days[0]).days // (len(days) - 1) if len(days) > 1 else 7


def _unit(days: Sequence[date], as_of: date) -> str:
    weeks = _apart(days) // 7
    how = f", one every {wording.in_words(weeks)} weeks" if weeks > 1 else ""
    ends = f"{wording.day(days[0], as_of)} to {wording.day(as_of, as_of)}"
    return f"Status on {wording.count(len(days), 'day')}{how}, {ends}"


def _concern(statuses: By, days: Sequence[date], key: str) -> tuple[list[int], str]:
    """What is worst now first; among equals what was worst before."""
    order = list(theme.MARKS)
    return [order.index(statuses[on][key]) if key in statuses[on] else len(order) for on in reversed(days)], key


def _finding(statuses: By, days: Sequence[date], names: Mapping[str, str]) -> str | None:
    """What went off track and what came back from the first day to the last; None where nothing did."""
    first, last = statuses[days[0]], statuses[days[-1]]
    fell = sorted(key for key, now in last.items() if now == "off_track" and first.get(key, now) != now)
    back = sorted(key for key, now in last.items() if now == "on_track" and first.get(key) in {"off_track", "at_risk"})
    parts = []
    if fell:
        parts.append(f"{_who(fell, names)} went off track")
    if back:
        parts.append(f"{_who(back, names)} came back on track")
    return f"Since {wording.day(days[0], days[-1])}, {' and '.join(parts)}" if parts else None


def _who(keys: Sequence[str], names: Mapping[str, str]) -> str:
    """By name up to two, else how many."""
    if len(keys) <= 2:
        return wording.listed([names[key] for key in keys])
    return f"{wording.in_words(len(keys))} engagements"


def _by_shape(cells: Sequence[Cell]) -> dict[str, list[Cell]]:
    """The cells that look alike, in the order of concern."""
    return {
        shape: found
        for shape in dict.fromkeys(mark.shape for mark in theme.MARKS.values())
        if (found := [cell for cell in cells if theme.MARKS[cell.status].shape == shape])
    }


def _marks(cells: Sequence[Cell], as_of: date, dark: bool, size: float) -> list[go.Scatter]:
    """A trace for every look."""
    traces = []
    for shape, found in _by_shape(cells).items():
        mark = theme.MARKS[found[0].status]
        font = {"color": mark.colour(dark), "size": size * 1.4, "weight": "bold"}
        looks: dict[str, Any] = {"mode": "text", "text": [mark.glyph] * len(found), "textfont": font}
        if mark.symbol:
            line = {"width": 1.8 if shape == "hollow circle" else 0}
            marker = {"symbol": mark.symbol, "size": size, "color": mark.colour(dark), "line": line}
            looks = {"mode": "markers", "marker": marker}
        traces.append(
            go.Scatter(
                **looks,
                name=_words(found),
                x=[cell.on for cell in found],
                y=[cell.place for cell in found],
                customdata=[cell.engagement for cell in found],
                hovertext=[
                    hover(cell.name, f"{wording.day(cell.on, as_of)}: {theme.MARKS[cell.status].word}")
                    for cell in found
                ],
                hovertemplate="%{hovertext}<extra></extra>",
                cliponaxis=False,
            )
        )
    return traces


def _words(found: Sequence[Cell]) -> str:
    present = {cell.status for cell in found}
    return ", ".join(mark.word for status, mark in theme.MARKS.items() if status in present)


def _totals(totals: Mapping[date, Counter[Status]], as_of: date, dark: bool) -> list[go.Bar]:
    """Stacked counts, what needs somebody at the foot where it can be compared."""
    return [
        go.Bar(
            name=mark.word,
            x=list(totals),
            y=[count[status] for count in totals.values()],
            yaxis="y2",
            width=0.7 * _apart(list(totals)) * axes.DAY_MS,
            marker=_filled(mark, dark),
            hovertext=[
                hover(f"{wording.day(on, as_of)}: {count[status]:,} {mark.word}") for on, count in totals.items()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
        for status, mark in theme.MARKS.items()
        if any(count[status] for count in totals.values())
    ]


def _filled(mark: theme.Mark, dark: bool) -> dict[str, Any]:
    """A layer in the manner of its mark: hollow, barred or full."""
    page, colour = theme.colours(dark).page, mark.colour(dark)
    if mark.shape == "hollow circle":
        return {"color": page, "line": {"width": 1.2, "color": colour}}
    if mark.shape == "bars":
        pattern = {"shape": "|", "size": 6, "solidity": 0.22, "fgcolor": colour, "bgcolor": page}
        return {"color": page, "line": {"width": 1, "color": page}, "pattern": pattern}
    return {"color": colour, "line": {"width": 1, "color": page}}


def _arrange(
    figure: go.Figure,
    cells: Sequence[Cell],
    totals: Mapping[date, Counter[Status]],
    changed: int,
    *,
    dark: bool,
    narrow: bool,
) -> int:
    """Sets the rows, and the totals or the legend above them; the height they need."""
    names = list({cell.place: cell.name for cell in cells}.values())
    now = theme.colours(dark)
    tall = len(names) * (ROW_NARROW if narrow else ROW) + (TOP_NARROW if narrow else 0)
    body = tall + (TOTALS + (GAP if names else 0) if totals else 0)
    _arrange_rows(figure, names, tall / body, now, beside=not narrow)
    if totals:
        head = 12
        _arrange_totals(figure, totals, 1 - TOTALS / body, now)
        _introduce(figure, len(names), changed, tall / body, now)
    else:
        head = _explain(figure, cells, dark=dark, narrow=narrow)
    figure.update_layout(margin={"t": head})
    return head + body + FOOT


def _left(names: Sequence[str], narrow: bool, totals: bool) -> int:
    least = 44 if totals else 14
    room = axes.room_for_names(axes.COLUMN)
    return least if narrow else max([least, *(axes.width_of(axes.fit(name, room)) + 12 for name in names)])


def _arrange_rows(figure: go.Figure, names: Sequence[str], top: float, now: theme.Colours, *, beside: bool) -> None:
    """A row for each name, which stands beside it, or on a phone above it."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "middle", "showarrow": False}
    above = [{**place, "y": at - 0.42, "text": short(name, axes.PHONE)} for at, name in enumerate(names)]
    figure.update_layout(
        yaxis={
            "range": [len(names) - 0.5, -0.5 if beside else -0.5 - TOP_NARROW / ROW_NARROW],
            "domain": [0, top],
            "tickvals": list(range(len(names))),
            "ticktext": [short(name, axes.room_for_names(axes.COLUMN)) if beside else "" for name in names],
            "tickfont": {"color": now.ink, "size": theme.SIZE},
            "gridcolor": now.grid,
            "automargin": False,
        },
        annotations=[] if beside else above,
    )


def _arrange_weeks(figure: go.Figure, days: Sequence[date], as_of: date, most: int) -> None:
    """Ticks at the days themselves, counted back from the last."""
    step = -(-len(days) // most)
    ticks = sorted(days[::-1][::step])
    edge = int(_apart(days) * 0.6 * axes.DAY_MS)
    first, last = (axes.length(date(1970, 1, 1), on) for on in (days[0], days[-1]))
    figure.update_layout(
        xaxis={
            "type": "date",
            "tickmode": "array",
            "tickvals": [on.isoformat() for on in ticks],
            "ticktext": [wording.day(on, as_of).replace(f" {on.year}", f"<br>{on.year}") for on in ticks],
            "tickangle": 0,
            "range": [first - edge, last + edge],
            "showgrid": False,
            "anchor": "free",
            "position": 0,
        }
    )


def _explain(figure: go.Figure, cells: Sequence[Cell], *, dark: bool, narrow: bool) -> int:
    """The legend above the rows; the room it takes."""
    entries = [legend.of_status(found[0].status, dark, _words(found)) for found in _by_shape(cells).values()]
    room = axes.PHONE if narrow else axes.COLUMN
    notes, height = legend.above(entries, figure.layout.margin.l, theme.colours(dark), room=room)
    for note in notes:
        figure.add_annotation(note)
    return height


def _arrange_totals(figure: go.Figure, totals: Mapping[date, Counter[Status]], foot: float, now: theme.Colours) -> None:
    """The axis of the counts, and a word and a number for every layer at the right."""
    last = totals[max(totals)]
    whole = max(count.total() for count in totals.values())
    ticks = {"tickvals": [0, whole], "ticktext": ["0", f"{whole:,}"]}
    figure.update_layout(yaxis2={"domain": [foot, 1], "range": [0, whole * 1.02], "automargin": False, **ticks})
    layers = [(mark.word, last[status]) for status, mark in theme.MARKS.items() if last[status]]
    tops = list(accumulate(number for _, number in layers))
    middles = [top - number / 2 for top, (_, number) in zip(tops, layers, strict=True)]
    a_piece = TOTALS / (whole * 1.02)
    placed = axes.spread([middle * a_piece for middle in middles], LABEL, 6, TOTALS - 6)
    place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "yref": "y2", "showarrow": False}
    for (word, number), middle, at in zip(layers, middles, placed, strict=True):
        figure.add_annotation(
            **place,
            y=middle,
            yshift=at - middle * a_piece,
            text=f"{number:,} {word}",
            font={"color": now.ink, "size": theme.SMALL},
        )


def _introduce(figure: go.Figure, shown: int, changed: int, top: float, now: theme.Colours) -> None:
    """What the rows under the counts are."""
    if not shown:
        return
    text = f"The {shown} whose status changed" if shown == changed else f"{shown} of {changed:,} whose status changed"
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "bottom", "yshift": 12}
    begins = {"xshift": -figure.layout.margin.l, "borderpad": 0}
    figure.add_annotation(**place, **begins, showarrow=False, text=text, font={"color": now.ink})


def _told(statuses: By, days: Sequence[date]) -> str:
    last = counts.by_status(statuses)[days[-1]]
    numbers = [f"{last[status]:,} {mark.word}" for status, mark in theme.MARKS.items() if last[status]]
    return f"On the last day {wording.listed(numbers, 8)}."
