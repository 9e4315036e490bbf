"""Silence x slippage: how long nobody talked against how far the dates moved, in one picture of the portfolio."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from math import sqrt
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import plotly.graph_objects as go

from engagement.assessment import counts, wording
from engagement.assessment.results import Assessment
from engagement.charts import axes, labels, legend, panels, theme
from engagement.charts.chart import Chart, Item, Listing, drawn, hover, literal, nothing

FEW: Final = 8
"""Up to here every engagement is drawn, also those that are well."""
MOST_LABELS: Final = 12
LISTED: Final = 8
LEFT: Final = 64
RIGHT: Final = 8
HEAD: Final = 4
FOOT: Final = 46
TALL: Final = 380
"""Height of the plot, in pixels."""
ACROSS: Final = axes.COLUMN - LEFT - RIGHT
"""The width for which labels are kept apart: on a wider page they lie further apart."""
SMALLEST: Final = 9.0
LARGEST: Final = 26.0
NAME: Final = 130
"""Pixels of a name beside a mark."""
SAME: Final = 5.0
"""Pixels between marks that cannot be told from one."""
EDGE: Final = 4.0
"""Pixels between a label and the edge of its panel."""
NAMES: Final = ("silent and slipping", "only silent", "only slipping", "neither")


class Placed(NamedTuple):
    """An engagement in the picture: its panel, and where it stands, 0 to 1 from the left and from the foot."""

    assessment: Assessment
    is_silent: bool
    is_slipping: bool
    x: float
    y: float
    size: float
    """Diameter of its mark in pixels."""


def silence_slippage(assessments: Sequence[Assessment], *, dark: bool, narrow: bool = False) -> Chart:
    """Days since the last conversation over the agreed cadence, against the slip of the finish in days.

    Only active engagements with both, in four panels: silent or not, slipping or not, by the same rules as the title
    and the lists. Those that are neither are only counted, unless there are few. ``narrow`` gives four counted lists
    instead of the figure; they come with the figure, too.
    """
    corners = counts.corners(assessments)
    placed = [a for group in corners[:4] for a in group]
    if not any(a.life == "active" for a in assessments):
        return nothing("No engagement is active.", "Start one, or change the filters.")
    if not placed:
        return nothing(
            "Silence and slippage cannot be compared yet.",
            "No active engagement has both a conversation and a promised date. Log a check-in; add due dates.",
        )
    words = Chart(
        figure=None,
        title=finding(corners) or "Silence and slippage",
        finding=finding(corners),
        unit=". ".join(
            filter(None, ["By time since the last conversation and slip of the finish", _left_out(corners)])
        ),
        alt=_told(corners),
        listings=_listings(corners),
    )
    if narrow:
        return words
    shown = placed if len(placed) <= FEW else [a for group in corners[:3] for a in group]
    chart = drawn(
        _figure(shown, corners, theme.colours(dark), dark),
        finding=words.finding,
        shows="Silence and slippage",
        unit=". ".join(
            filter(
                None,
                [
                    "Days since the last conversation over the agreed cadence, against slip since the first promise",
                    _sized(shown),
                    _left_out(corners),
                ],
            )
        ),
        dark=dark,
        height=_head(shown, theme.colours(dark), dark)[1] + TALL + FOOT,
        told=_told(corners),
    )
    return replace(chart, listings=words.listings)


def finding(corners: counts.Corners) -> str | None:
    """Who is silent and slipping, else how many are one of them, without a full stop; None where nobody is either."""
    both, silent, late = corners[:3]
    if not both:
        return _one_of_them(len(silent), len(late))
    if len(both) == 1:
        return f"{both[0].name} is silent and slipping"
    return f"{wording.in_words(len(both)).capitalize()} engagements are silent and slipping"


def _one_of_them(silent: int, late: int) -> str | None:
    if silent and late:
        return f"{wording.in_words(silent).capitalize()} silent, {wording.in_words(late)} slipping, none both"
    number = silent or late
    if not number:
        return None
    engagements = "engagement is" if number == 1 else "engagements are"
    one, other = ("silent", "slipping") if silent else ("slipping", "silent")
    return f"{wording.in_words(number).capitalize()} {engagements} {one}, none {other}"


def _figure(shown: Sequence[Assessment], corners: counts.Corners, now: theme.Colours, dark: bool) -> go.Figure:
    across, up = _scales(shown)
    marks = _placed(shown, across, up)
    figure = go.Figure()
    groups = _together(marks)
    for status, mark in theme.MARKS.items():
        group = sorted((one for one in marks if one.assessment.status == status), key=lambda one: -one.size)
        if group and mark.symbol:
            figure.add_trace(_points(group, groups, now, dark))
    explained, head = _head(shown, now, dark)
    names = _names(corners, across.parting, up.parting, len(shown), now)
    figure.update_layout(
        margin={"l": LEFT, "r": RIGHT, "t": head, "b": FOOT},
        showlegend=False,
        xaxis=_axis(
            "time since the last conversation, over the agreed cadence",
            across.ticks(list(TIMES), [axes.width_of(text, theme.SMALL) + 10 for text in TIMES.values()], ACROSS),
            lambda ratio: TIMES[ratio],
        ),
        yaxis=_axis("slip of the finish", up.ticks(SLIPS, [20.0] * len(SLIPS), TALL), _slip),
        shapes=_panels(across.parting, up.parting, now),
        annotations=[
            *explained,
            *names,
            *_labels(groups, across.parting, up.parting, now),
        ],
    )
    return figure


TIMES: Final = MappingProxyType(
    {1.0: "as agreed", 0.0: "today", 2.0: "2 ×", 4.0: "4 ×", 8.0: "8 ×", 20.0: "20 ×", 60.0: "60 ×"}
)
"""Ticks across, those first that are written in any case."""
SLIPS: Final = (0, 30, 365, 7, 90, 1000, -30, -7, -90, -365)


def _axis(title: str, ticks: Sequence[tuple[float, float]], text: Callable[[float], str]) -> dict[str, Any]:
    return {
        "range": [0, 1],
        "tickmode": "array",
        "tickvals": [at for at, _ in ticks],
        "ticktext": [text(value) for _, value in ticks],
        "tickangle": 0,
        "automargin": False,
        "title": {"text": title, "standoff": 6},
    }


def _slip(days: float) -> str:
    return "in time" if days == 0 else wording.signed_days(int(days))


def _head(shown: Sequence[Assessment], now: theme.Colours, dark: bool) -> tuple[list[dict[str, Any]], int]:
    """The legend, and the room above the plot."""
    present = {a.status for a in shown}
    return legend.above([legend.of_status(each, dark) for each in theme.MARKS if each in present], LEFT, now)


def _scales(shown: Sequence[Assessment]) -> tuple[panels.Scale, panels.Scale]:
    """Across the time since the last conversation, up the slip. A panel holds at least what its name stands for."""
    ratios = [(counts.is_silent(a), counts.contact_ratio(a) or 0.0) for a in shown]
    slips = [(counts.is_slipping(a), float(a.schedule.slip_days or 0)) for a in shown]
    across = panels.scale(
        [value for is_silent, value in ratios if not is_silent],
        [value for is_silent, value in ratios if is_silent],
        ((0.0, 1.4), (1.0, 4.0)),
        unit=1.0,
        insets=(18 / ACROSS, 18 / ACROSS),
    )
    up = panels.scale(
        [value for is_slipping, value in slips if not is_slipping],
        [value for is_slipping, value in slips if is_slipping],
        ((-7.0, 7.0), (7.0, 30.0)),
        unit=float(counts.A_WEEK),
        insets=(18 / TALL, 36 / TALL),
    )
    return across, up


def _placed(shown: Sequence[Assessment], across: panels.Scale, up: panels.Scale) -> list[Placed]:
    """Where every engagement stands, those first that concern most."""
    sizes = _sizes(shown)
    found = []
    for a in shown:
        is_silent, is_slipping = counts.is_silent(a), counts.is_slipping(a)
        x = across.at(counts.contact_ratio(a) or 0.0, is_silent)
        y = up.at(float(a.schedule.slip_days or 0), is_slipping)
        found.append(Placed(a, is_silent, is_slipping, x, y, sizes[a.engagement]))
    return sorted(found, key=lambda one: (-one.is_silent - one.is_slipping, -one.x - one.y, one.assessment.engagement))


def _together(marks: Sequence[Placed]) -> list[list[Placed]]:
    """The marks that lie on each other so that they look like one, the largest in the picture's order of concern."""
    groups: list[list[Placed]] = []
    for one in marks:
        for group in groups:
            first = group[0]
            if abs(one.x - first.x) * ACROSS <= SAME and abs(one.y - first.y) * TALL <= SAME:
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _points(group: Sequence[Placed], groups: Sequence[Sequence[Placed]], now: theme.Colours, dark: bool) -> go.Scatter:
    status = group[0].assessment.status
    mark = theme.MARKS[status]
    with_it = {one.assessment.engagement: each for each in groups for one in each}
    return go.Scatter(
        mode="markers",
        name=mark.word,
        x=[one.x for one in group],
        y=[one.y for one in group],
        customdata=[one.assessment.engagement for one in group],
        marker={
            "symbol": mark.symbol,
            "color": mark.colour(dark),
            "opacity": 0.9,
            "size": [one.size for one in group],
            "line": {
                "width": 2 if status == "unknown" else 1,
                "color": mark.colour(dark) if status == "unknown" else now.page,
            },
        },
        hovertext=[_hover(one.assessment, with_it[one.assessment.engagement]) for one in group],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(assessment: Assessment, here: Sequence[Placed]) -> str:
    """The record, and who else stands in the same place."""
    others = [one.assessment.name for one in here if one.assessment is not assessment]
    contact, slip = assessment.contact, assessment.schedule.slip_days or 0
    budget = assessment.cost.budget
    agreed = "agreed every" if contact.is_agreed else "nothing agreed; usual is every"
    every = wording.count(contact.cadence_days or 0, "day")
    return hover(
        f"{assessment.name}, {assessment.vendor}: {theme.MARKS[assessment.status].word}",
        f"Last talked {_ago(contact.days_since or 0)}; {agreed} {every}",
        f"Finish {wording.signed_days(slip)} against the first promise",
        wording.money(budget, assessment.currency) if budget is not None else "No budget recorded",
        f"Also here: {wording.listed(others, LISTED)}" if others else None,
    )


def _sizes(shown: Sequence[Assessment]) -> dict[str, float]:
    """Diameter of every mark: areas go with budgets of the same currency, the smallest stands for none recorded."""
    largest: dict[str, Decimal] = {}
    for a in shown:
        largest[a.currency] = max(largest.get(a.currency, Decimal(0)), a.cost.budget or Decimal(0))
    return {
        a.engagement: max(SMALLEST, LARGEST * sqrt(a.cost.budget / largest[a.currency])) if a.cost.budget else SMALLEST
        for a in shown
    }


def _sized(shown: Sequence[Assessment]) -> str:
    if not any(a.cost.budget for a in shown):
        return "No budgets are recorded: all marks have one size"
    return "Size is budget" if len({a.currency for a in shown}) == 1 else "Size is budget, within each currency"


def _panels(silent: float, slipping: float, now: theme.Colours) -> list[dict[str, Any]]:
    """The panel of those that are both as a tint, and what parts the four."""
    line = {"type": "line", "layer": "below", "line": {"color": now.axis, "width": 1}}
    both = {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": now.silence, "opacity": 0.07}
    return [
        {**both, "x0": silent, "x1": 1, "y0": slipping, "y1": 1},
        {**line, "x0": silent, "x1": silent, "y0": 0, "y1": 1},
        {**line, "x0": 0, "x1": 1, "y0": slipping, "y1": slipping},
    ]


def _names(
    corners: counts.Corners, silent: float, slipping: float, shown: int, now: theme.Colours
) -> list[dict[str, Any]]:
    """In the corner of every panel what it holds, with the same count as the list has on a phone."""
    is_counted = shown < sum(len(group) for group in corners[:4])
    notes = []
    for name, group, x, y in zip(NAMES, corners, (silent, silent, 0, 0), (1, slipping, 1, slipping), strict=False):
        text = f"{name}: {len(group):,}"
        if group is corners.neither and is_counted:
            text = f"{text}<br>not drawn"
        colour = now.silence if group is corners.silent_and_late and group else now.muted
        notes.append(_note(text, x, y, colour, labels.Beside("left", "top", EDGE, -EDGE)))
    return notes


def _note(text: str, x: float, y: float, colour: str, beside: labels.Beside) -> dict[str, Any]:
    place = {"x": x, "y": y, **beside._asdict(), "borderpad": 0, "align": "left"}
    return {**place, "text": text, "showarrow": False, "font": {"color": colour, "size": theme.SMALL}}


def _labels(
    groups: Sequence[Sequence[Placed]], silent: float, slipping: float, now: theme.Colours
) -> list[dict[str, Any]]:
    """Names at the marks that matter most, or how many lie there, wherever there is room; the hover names the rest."""
    marks = [(group[0].x * ACROSS, group[0].y * TALL, max(one.size for one in group) / 2) for group in groups]
    taken = [labels.around(*mark) for mark in marks]
    notes: list[dict[str, Any]] = []
    for group, mark in zip(groups, marks, strict=True):
        first = group[0]
        text = axes.fit(first.assessment.name, NAME, theme.SMALL) if len(group) == 1 else f"{len(group)} here"
        room = _room(first, silent, slipping)
        place = labels.beside(mark, axes.width_of(text, theme.SMALL), taken, room)
        if place and len(notes) < MOST_LABELS:
            taken.append(place[1])
            notes.append(_note(literal(text), first.x, first.y, now.ink, place[0]))
    return notes


def _room(one: Placed, silent: float, slipping: float) -> labels.Box:
    """Its panel, less the line with the panel's name."""
    left, right = (silent, 1.0) if one.is_silent else (0.0, silent)
    foot, top = (slipping, 1.0) if one.is_slipping else (0.0, slipping)
    head = EDGE + labels.TALL
    return labels.Box(left * ACROSS + EDGE, foot * TALL + EDGE, right * ACROSS - EDGE, top * TALL - head)


def _listings(corners: counts.Corners) -> tuple[Listing, ...]:
    headings = ("Silent and slipping", "Silent", "Slipping", "Neither")
    found = []
    for heading, group in zip(headings, corners[:4], strict=True):
        worst = sorted(
            group, key=lambda a: (-(a.schedule.slip_days or 0), -(counts.contact_ratio(a) or 0), a.engagement)
        )
        shown = worst[:LISTED] if group is not corners.neither else []
        items = tuple(Item(a.name, _facts(a), a.engagement, a.status) for a in shown)
        found.append(Listing(f"{heading}: {len(group):,}", items, len(group) - len(shown) if shown else 0))
    return tuple(found)


def _facts(assessment: Assessment) -> str:
    days, slip = assessment.contact.days_since or 0, assessment.schedule.slip_days or 0
    return f"talked {_ago(days)}, finish {wording.signed_days(slip)}"


def _ago(days: int) -> str:
    return "today" if days == 0 else f"{wording.span(days)} ago"


def _left_out(corners: counts.Corners) -> str:
    number = len(corners.unknown)
    return (
        f"{wording.in_words(number).capitalize()} not shown: no conversation or no promised date on record"
        if number
        else ""
    )


def _told(corners: counts.Corners) -> str:
    numbers = "; ".join(f"{name}: {len(group):,}" for name, group in zip(NAMES, corners[:4], strict=True))
    names = wording.listed([a.name for a in corners.silent_and_late], LISTED)
    return f"{numbers[:1].upper()}{numbers[1:]}.{f' Both are {names}.' if names else ''}"
