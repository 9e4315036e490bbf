"""Rhythm: a lane per engagement, a mark per check-in, the stretches that went on for longer than agreed hatched."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import plotly.graph_objects as go

from engagement.assessment import counts, wording
from engagement.assessment.results import Assessment
from engagement.assessment.values import Channel, Side
from engagement.charts import axes, legend, theme
from engagement.charts.chart import Chart, drawn, hover, nothing, short

if TYPE_CHECKING:
    from engagement.assessment.contact import Rhythm

MOST_LANES: Final = 25
LANE: Final = 24
LANE_NARROW: Final = 48
TOTALS: Final = 150
"""Height of the weekly totals, in pixels."""
RIGHT: Final = 66
FOOT: Final = 40
GAP: Final = 64
TOLD: Final = 8
"""Lanes that the alternative text tells one by one."""
KINDS: Final = (("report", "vendor reported"), ("message", "wrote"), ("live", "talked"))
CHANNELS: Final[Mapping[Channel, str]] = {
    "in_person": "in person",
    "video": "video",
    "call": "call",
    "chat": "chat",
    "email": "e-mail",
    "report": "report",
}


class Lane(NamedTuple):
    """One engagement in the picture."""

    place: int
    assessment: Assessment
    rhythm: "Rhythm"


def rhythm(
    rhythms: Mapping[str, "Rhythm"],
    assessments: Sequence[Assessment],
    start: date,
    as_of: date,
    *,
    dark: bool,
    narrow: bool = False,
) -> Chart:
    """The rhythm of conversations from ``start`` to ``as_of``, in the order in which engagements need somebody.

    Up to 25 engagements have a lane each; of more the first 25, and weekly totals of the rest.
    """
    ordered = sorted((a for a in assessments if a.engagement in rhythms), key=_concern)
    if not ordered:
        return nothing("There is no engagement to show.", "Add one, or change the filters.")
    if not any(rhythms[a.engagement].marks or rhythms[a.engagement].missed for a in ordered):
        weeks = wording.span((as_of - start).days + 1)
        return nothing(f"No conversation is on record in the last {weeks}.", "Log a check-in and its rhythm begins.")
    lanes = [Lane(at, a, rhythms[a.engagement]) for at, a in enumerate(ordered[:MOST_LANES])]
    rest = counts.weekly([rhythms[a.engagement] for a in ordered[MOST_LANES:]], start, as_of)
    rest = rest if len(ordered) > MOST_LANES else ()
    now = theme.colours(dark)
    figure = go.Figure(
        [*_missed(lanes, as_of, now, 0.42 if narrow else 0.62), *_marks(lanes, as_of, now), *_totals(rest, as_of, now)]
    )
    height = _arrange(figure, lanes, len(ordered) - len(lanes), rest, dark=dark, narrow=narrow)
    width = (axes.PHONE if narrow else axes.COLUMN) - figure.layout.margin.l - RIGHT
    ends = (start - timedelta(days=1), as_of + timedelta(days=1))
    figure.update_xaxes(
        axes.day_axis(*ends, as_of, axes.most_ticks(width)), showgrid=False, anchor="y2" if rest else "y", side="bottom"
    )
    span = wording.span((as_of - start).days + 1)
    return drawn(
        figure,
        finding=finding(ordered),
        shows="Conversations and the silence between them",
        unit=f"One mark a check-in, {span} to {wording.day(as_of, as_of)}. Hatched: for longer than agreed without one",
        dark=dark,
        height=height,
        told=_told(lanes, len(ordered) - len(lanes), span),
    )


def finding(assessments: Sequence[Assessment]) -> str | None:
    """Who is silent, in a sentence without a full stop; None where nobody is. The longest silence first."""
    silent = sorted(
        (a for a in assessments if a.contact.state in counts.SILENT),
        key=lambda a: (-(a.contact.days_since or 0), a.engagement),
    )
    if not silent:
        return None
    worst = silent[0]
    days = worst.contact.days_since
    if len(silent) == 1 and days is None:
        return f"No first conversation with {worst.vendor} is on record for {worst.name}"
    if len(silent) == 1:
        return f"{worst.name}: no conversation on record for {wording.span(days or 0)}"
    many = wording.in_words(len(silent)).capitalize()
    longest = f", {worst.name} for {wording.span(days)}" if days is not None else ""
    return f"{many} engagements have no conversation on record for longer than agreed{longest}"


def _concern(assessment: Assessment) -> tuple[int, int, str]:
    order = list(theme.MARKS)
    rank = assessment.attention.rank
    return (rank if rank is not None else 1_000_000, order.index(assessment.status), assessment.engagement)


def _missed(lanes: Sequence[Lane], as_of: date, now: theme.Colours, width: float) -> list[go.Bar]:
    rows = [(lane, start, end) for lane in lanes for start, end in lane.rhythm.missed]
    if not rows:
        return []
    bars = go.Bar(
        orientation="h",
        name="longer than agreed",
        base=[start for _, start, _ in rows],
        x=[axes.length(start, end) for _, start, end in rows],
        y=[lane.place for lane, _, _ in rows],
        width=width,
        marker={
            "color": "rgba(0,0,0,0)",
            "line": {"width": 0},
            "pattern": {"shape": "/", "size": 6, "solidity": 0.28, "fgcolor": now.silence, "bgcolor": "rgba(0,0,0,0)"},
        },
        hovertext=[
            hover(
                lane.assessment.name,
                f"No conversation on record from {wording.day(start, as_of)} to "
                f"{wording.day(end - timedelta(days=1), as_of)}, {wording.span((end - start).days)} more than agreed",
            )
            for lane, start, end in rows
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    return [bars]


def _marks(lanes: Sequence[Lane], as_of: date, now: theme.Colours) -> list[go.Scatter]:
    looks: dict[str, dict[str, Any]] = {
        "report": {"symbol": "line-ns-open", "size": 9, "color": now.ink, "line": {"width": 1.5}},
        "message": {"symbol": "circle", "size": 8, "color": now.page, "line": {"width": 1.5, "color": now.ink}},
        "live": {"symbol": "circle", "size": 8, "color": now.ink, "line": {"width": 1.5, "color": now.ink}},
    }
    traces = []
    for kind, name in KINDS:
        points = [
            (lane, on, channel, side)
            for lane in lanes
            for on, channel, side in lane.rhythm.marks
            if counts.kind_of(channel, side) == kind
        ]
        if points:
            traces.append(
                go.Scatter(
                    mode="markers",
                    name=name,
                    x=[on for _, on, _, _ in points],
                    y=[lane.place for lane, _, _, _ in points],
                    marker=looks[kind],
                    customdata=[lane.assessment.engagement for lane, _, _, _ in points],
                    hovertext=[
                        hover(lane.assessment.name, f"{wording.day(on, as_of)}: {_said(channel, side)}")
                        for lane, on, channel, side in points
                    ],
                    hovertemplate="%{hovertext}<extra></extra>",
                )
            )
    return traces


def _said(channel: Channel, side: Side) -> str:
    return CHANNELS[channel] if side == "us" else f"the vendor reported ({CHANNELS[channel]})"


def _totals(weeks: Sequence[counts.Week], as_of: date, now: theme.Colours) -> list[go.Bar]:
    """Of the engagements without a lane: conversations a week upwards, the number out of touch downwards."""
    if not weeks:
        return []
    told = [
        hover(
            f"Week to {wording.day(week.until_on - timedelta(days=1), as_of)}",
            f"{week.live:,} talked, {week.messages:,} wrote",
            f"{wording.count(week.out_of_touch, 'engagement')} without a conversation for longer than agreed",
        )
        for week in weeks
    ]
    hatched = {"shape": "/", "size": 6, "solidity": 0.28, "fgcolor": now.silence, "bgcolor": "rgba(0,0,0,0)"}
    looks: list[tuple[str, list[int], dict[str, Any]]] = [
        ("talked", [week.live for week in weeks], {"color": now.ink, "line": {"width": 0}}),
        ("wrote", [week.messages for week in weeks], {"color": now.page, "line": {"width": 1.2, "color": now.ink}}),
        (
            "out of touch",
            [-week.out_of_touch for week in weeks],
            {"color": "rgba(0,0,0,0)", "line": {"width": 0}, "pattern": hatched},
        ),
    ]
    return [
        go.Bar(
            name=name,
            showlegend=False,
            x=[week.from_on + timedelta(days=3) for week in weeks],
            y=numbers,
            width=5 * axes.DAY_MS,
            yaxis="y2",
            marker=marker,
            hovertext=told,
            hovertemplate="%{hovertext}<extra></extra>",
        )
        for name, numbers, marker in looks
    ]


def _arrange(
    figure: go.Figure, lanes: Sequence[Lane], left_over: int, rest: Sequence[counts.Week], *, dark: bool, narrow: bool
) -> int:
    """Sets the lanes and their names, and the totals under them; the height they need."""
    lane = LANE_NARROW if narrow else LANE
    tall = max(len(lanes) * lane, 40)
    body = tall + (GAP + TOTALS if rest else 0)
    now = theme.colours(dark)
    alone = len(lanes) == 1 and not rest
    beside = not (narrow or alone)
    left = _left(lanes, beside)
    room = axes.PHONE if narrow else axes.COLUMN
    explained, head = legend.above(_legend(lanes, now), left, now, room=room)
    figure.update_layout(
        barmode="relative",
        margin={"t": head, "b": FOOT, "l": left, "r": RIGHT},
        showlegend=False,
        yaxis={
            "range": [len(lanes) - 0.5, -0.9 if narrow and not alone else -0.5],
            "domain": [1 - tall / body, 1],
            "tickvals": [each.place for each in lanes],
            "ticktext": [
                _label(each.assessment, axes.room_for_names(axes.COLUMN), dark) if beside else "" for each in lanes
            ],
            "tickfont": {"color": now.ink, "size": theme.SIZE},
            "gridcolor": now.grid,
            "automargin": False,
        },
        annotations=[
            *(_names_above(lanes, dark) if narrow and not alone else ()),
            *_lengths(lanes, now),
            *explained,
        ],
    )
    if rest:
        _arrange_totals(figure, rest, left_over, TOTALS / body, dark=dark, narrow=narrow)
    return head + body + FOOT


def _left(lanes: Sequence[Lane], beside: bool) -> int:
    """Room for the names beside the lanes."""
    room = axes.room_for_names(axes.COLUMN)
    return max(axes.width_of(axes.fit(lane.assessment.name, room)) for lane in lanes) + 24 if beside else 8


def _legend(lanes: Sequence[Lane], now: theme.Colours) -> list[legend.Entry]:
    """What the marks are that are there."""
    kinds = {counts.kind_of(channel, side) for lane in lanes for _, channel, side in lane.rhythm.marks}
    glyphs = {"live": "●", "message": "○", "report": "|"}
    found = [legend.Entry(glyphs[kind], now.ink, word) for kind, word in reversed(KINDS) if kind in kinds]
    if any(lane.rhythm.missed for lane in lanes):
        found.append(legend.Entry("⫽", now.silence, "longer than agreed"))
    return found


def _label(assessment: Assessment, pixels: int, dark: bool) -> str:
    mark = theme.MARKS[assessment.status]
    return f'{short(assessment.name, pixels)} <span style="color:{mark.colour(dark)}">{mark.glyph}</span>'


def _names_above(lanes: Sequence[Lane], dark: bool) -> list[dict[str, Any]]:
    """On a phone a name stands above its lane, not beside it."""
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": lane.place - 0.42,
            "yanchor": "middle",
            "text": _label(lane.assessment, axes.PHONE - 20, dark),
            "showarrow": False,
        }
        for lane in lanes
    ]


def _lengths(lanes: Sequence[Lane], now: theme.Colours) -> list[dict[str, Any]]:
    """At the end of each lane, how long it has been."""
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": lane.place,
            "text": _since(lane.assessment),
            "showarrow": False,
            "font": {
                "size": theme.SMALL,
                "color": now.ink if lane.assessment.contact.state in counts.SILENT else now.muted,
            },
        }
        for lane in lanes
    ]


def _since(assessment: Assessment) -> str:
    days = assessment.contact.days_since
    return "no record" if days is None else "today" if days == 0 else wording.span(days)


def _arrange_totals(
    figure: go.Figure, weeks: Sequence[counts.Week], left_over: int, part: float, *, dark: bool, narrow: bool
) -> None:
    """The axis of the totals, its figures on a phone at the right where there is room, and what they are."""
    now = theme.colours(dark)
    up = max(1, *(week.live + week.messages for week in weeks))
    down = max(week.out_of_touch for week in weeks)
    figure.update_layout(
        yaxis2={
            "domain": [0, part],
            "range": [-down * 1.08, up * 1.08],
            "tickvals": [up, 0, -down] if down else [up, 0],
            "ticktext": [f"{up:,}", "0", f"{down:,}"][: 3 if down else 2],
            "side": "right" if narrow else "left",
            "zeroline": True,
            "zerolinecolor": now.axis,
            "showgrid": False,
            "automargin": False,
        }
    )
    lines = [f"The other {left_over:,}: conversations a week,", "and below how many were out of touch"]
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=part,
        yref="paper",
        yanchor="bottom",
        yshift=10,
        align="left",
        showarrow=False,
        font={"color": now.ink},
        text=("<br>" if narrow else " ").join(lines),
    )


def _told(lanes: Sequence[Lane], left_over: int, span: str) -> str:
    parts = [f"Lanes of {span}, the most urgent first."]
    for lane in lanes[:TOLD]:
        talked = sum(counts.kind_of(channel, side) != "report" for _, channel, side in lane.rhythm.marks)
        parts.append(f"{lane.assessment.name}: {wording.count(talked, 'conversation')}, last {_last(lane.assessment)}.")
    if len(lanes) > TOLD:
        parts.append(f"And {len(lanes) - TOLD} more lanes.")
    if left_over:
        parts.append(f"The other {left_over:,} as weekly totals.")
    return " ".join(parts)


def _last(assessment: Assessment) -> str:
    days = assessment.contact.days_since
    return "not on record" if days is None else "today" if days == 0 else f"{wording.span(days)} ago"
