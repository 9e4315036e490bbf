"""Silence x slippage: how long nobody talked against how far the dates moved, in one picture of the portfolio."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import sqrt
from typing import Any, Final

import plotly.graph_objects as go

from engagement.assessment import counts, wording
from engagement.assessment.results import Assessment
from engagement.assessment.values import Status
from engagement.charts import axes, theme
from engagement.charts.chart import Chart, Item, Listing, cut, drawn, hover, literal, nothing

FEW: Final = 8
"""Up to here every engagement is drawn, also those that are well."""
LABELS: Final = 12
LISTED: Final = 8
HEIGHT: Final = 440
WIDTH: Final = 620
"""The width for which labels are kept apart: they have more room on a wider page."""
SMALLEST: Final = 9.0
LARGEST: Final = 26.0
NAME: Final = 22


def silence_slippage(assessments: Sequence[Assessment], *, dark: bool, narrow: bool = False) -> Chart:
    """Days since the last conversation over the agreed cadence, against the slip of the finish in days.

    Only active engagements with both. Those that are neither silent nor slipping and end at most a week after the first
    promise are one counted box, unless there are few. ``narrow`` gives four counted lists instead of the figure; they
    come with the figure, too.
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
    box = [a for a in corners.neither if (a.schedule.slip_days or 0) <= counts.A_WEEK] if len(placed) > FEW else []
    boxed = {a.engagement for a in box}
    shown = [a for a in placed if a.engagement not in boxed]
    chart = drawn(
        _figure(shown, len(box), theme.colours(dark), dark),
        finding=words.finding,
        shows=words.title,
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
        height=HEIGHT,
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


def _x(ratio: float) -> float:
    return axes.symlog(ratio, 1)


def _y(slip: float) -> float:
    return axes.symlog(slip, counts.A_WEEK)


def _figure(shown: Sequence[Assessment], well: int, now: theme.Colours, dark: bool) -> go.Figure:
    figure = go.Figure()
    sizes = _sizes(shown)
    for status, mark in theme.MARKS.items():
        group = sorted((a for a in shown if a.status == status), key=lambda a: -sizes[a.engagement])
        if group and mark.symbol:
            figure.add_trace(_points(group, status, sizes, now, dark))
    right = _x(max([4.0, *(counts.contact_ratio(a) or 0 for a in shown)])) * 1.1
    slips = [a.schedule.slip_days or 0 for a in shown]
    low, high = _y(min([-4, *slips])) - 0.35, _y(max([30, *slips])) * 1.08 + 0.3
    figure.update_layout(
        margin={"l": 8, "r": 12, "t": 34, "b": 48},
        legend={"y": 1.02, "itemsizing": "constant"},
        xaxis={
            **_ticks(
                [(0, "today"), (1, "as agreed"), (2, "2 ×"), (4, "4 ×"), (8, "8 ×"), (20, "20 ×"), (60, "60 ×")], _x
            ),
            "range": [-0.12, right],
            "title": {"text": "time since the last conversation, over the agreed cadence", "standoff": 8},
        },
        yaxis={
            **_ticks([(at, _slip(at)) for at in (-365, -90, -30, -7, 0, 7, 30, 90, 365, 1000)], _y),
            "range": [low, high],
            "title": {"text": "slip of the finish", "standoff": 4},
        },
        shapes=_areas(well, right, low, high, now),
        annotations=[*_names_of_areas(well, right, high, now), *_labels(shown, sizes, well, (right, low, high), now)],
    )
    return figure


def _ticks(wanted: Sequence[tuple[float, str]], place: Any) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": [place(at) for at, _ in wanted],
        "ticktext": [text for _, text in wanted],
        "tickangle": 0,
    }


def _slip(days: int) -> str:
    return "in time" if days == 0 else wording.signed_days(days)


def _points(
    group: Sequence[Assessment], status: Status, sizes: dict[str, float], now: theme.Colours, dark: bool
) -> go.Scatter:
    mark = theme.MARKS[status]
    return go.Scatter(
        mode="markers",
        name=mark.word,
        x=[_x(counts.contact_ratio(a) or 0) for a in group],
        y=[_y(a.schedule.slip_days or 0) for a in group],
        customdata=[a.engagement for a in group],
        marker={
            "symbol": mark.symbol,
            "color": mark.colour(dark),
            "opacity": 0.9,
            "size": [sizes[a.engagement] for a in group],
            "line": {
                "width": 2 if status == "unknown" else 1,
                "color": mark.colour(dark) if status == "unknown" else now.page,
            },
        },
        hovertext=[_hover(a) for a in group],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(assessment: Assessment) -> str:
    contact, slip = assessment.contact, assessment.schedule.slip_days or 0
    budget = assessment.cost.budget
    agreed = wording.count(contact.cadence_days or 0, "day")
    return hover(
        f"{assessment.name}, {assessment.vendor}: {theme.MARKS[assessment.status].word}",
        f"Last talked {_ago(contact.days_since or 0)}; agreed every {agreed}",
        f"Finish {wording.signed_days(slip)} against the first promise",
        wording.money(budget, assessment.currency) if budget is not None else "No budget recorded",
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


def _areas(well: int, right: float, low: float, high: float, now: theme.Colours) -> list[dict[str, Any]]:
    """The far corner as a tint, and the healthy one as a box where it stands for a count."""
    shape = {"type": "rect", "layer": "below", "line": {"width": 0}}
    far = {**shape, "x0": _x(1), "x1": right, "y0": _y(counts.A_WEEK), "y1": high}
    areas = [{**far, "fillcolor": now.silence, "opacity": 0.07}]
    if well:
        areas.append({**shape, "x0": -0.12, "x1": _x(1), "y0": low, "y1": _y(counts.A_WEEK), "fillcolor": now.band})
    return areas


def _names_of_areas(well: int, right: float, high: float, now: theme.Colours) -> list[dict[str, Any]]:
    names = [_note("set and forget", right, high, now.silence, ("right", "top", -6, -4))]
    if well:
        text = f"{well:,} talking,<br>at most a week late"
        names.append(_note(text, (_x(1) - 0.12) / 2, 0.0, now.ink, ("center", "middle", 0, 0)))
    return names


Beside = tuple[str, str, float, float]
"""How a label lies at its point: anchors across and up, shifts in pixels across and up."""


def _note(text: str, x: float, y: float, colour: str, beside: Beside) -> dict[str, Any]:
    xanchor, yanchor, xshift, yshift = beside
    place = {"x": x, "y": y, "xanchor": xanchor, "yanchor": yanchor, "xshift": xshift, "yshift": yshift}
    return {**place, "text": text, "showarrow": False, "font": {"color": colour, "size": theme.SMALL}}


def _labels(
    shown: Sequence[Assessment],
    sizes: dict[str, float],
    well: int,
    frame: tuple[float, float, float],
    now: theme.Colours,
) -> list[dict[str, Any]]:
    """Names at the marks that matter most, wherever one fits without touching another; the hover names the rest."""
    right, low, high = frame
    across, up = (WIDTH - 90) / (right + 0.12), (HEIGHT - 82) / (high - low)
    at = {
        a.engagement: (
            (_x(counts.contact_ratio(a) or 0) + 0.12) * across,
            (_y(a.schedule.slip_days or 0) - low) * up,
            sizes[a.engagement] / 2,
        )
        for a in shown
    }
    taken = [(x - r, y - r, x + r, y + r) for x, y, r in at.values()]
    taken.append((WIDTH - 90 - axes.width_of("set and forget") - 8, HEIGHT - 82 - 20, WIDTH - 90, HEIGHT - 82))
    if well:
        taken.append((0, (_y(-4) - low) * up, (_x(1) + 0.12) * across, (_y(6) - low) * up))
    worst = sorted(
        shown, key=lambda a: (-_x(counts.contact_ratio(a) or 0) - abs(_y(a.schedule.slip_days or 0)), a.engagement)
    )
    notes: list[dict[str, Any]] = []
    for a in worst:
        name = cut(a.name, NAME)
        place = _free(at[a.engagement], axes.width_of(name, theme.SMALL), taken, (WIDTH - 90, HEIGHT - 82))
        if place and len(notes) < LABELS:
            taken.append(place[1])
            x, y = _x(counts.contact_ratio(a) or 0), _y(a.schedule.slip_days or 0)
            notes.append(_note(literal(name), x, y, now.ink, place[0]))
    return notes


Box = tuple[float, float, float, float]


def _free(
    mark: tuple[float, float, float], width: float, taken: Sequence[Box], room: tuple[float, float]
) -> tuple[Beside, Box] | None:
    """Where beside a mark a label of that width touches nothing: right, left, above or below. None: nowhere."""
    x, y, radius = mark
    away, tall = radius + 3, 15.0
    tries: list[tuple[Beside, Box]] = [
        (("left", "middle", away, 0), (x + away, y - tall / 2, x + away + width, y + tall / 2)),
        (("right", "middle", -away, 0), (x - away - width, y - tall / 2, x - away, y + tall / 2)),
        (("center", "bottom", 0, away - 3), (x - width / 2, y + away, x + width / 2, y + away + tall)),
        (("center", "top", 0, 3 - away), (x - width / 2, y - away - tall, x + width / 2, y - away)),
    ]
    for beside, (left, bottom, right, top) in tries:
        inside = left >= 0 and bottom >= 0 and right <= room[0] and top <= room[1]
        if inside and not any(left < b[2] and b[0] < right and bottom < b[3] and b[1] < top for b in taken):
            return beside, (left, bottom, right, top)
    return None


def _listings(corners: counts.Corners) -> tuple[Listing, ...]:
    headings = ("Silent and slipping", "Silent", "Slipping", "Neither")
    found = []
    for heading, group in zip(headings, corners[:4], strict=True):
        worst = sorted(
            group, key=lambda a: (-(a.schedule.slip_days or 0), -(counts.contact_ratio(a) or 0), a.engagement)
        )
        shown = worst[:LISTED] if group is not corners.neither else []
        items = tuple(Item(_line(a), a.engagement, a.status) for a in shown)
        found.append(Listing(f"{heading}: {len(group):,}", items, len(group) - len(shown) if shown else 0))
    return tuple(found)


def _line(assessment: Assessment) -> str:
    days, slip = assessment.contact.days_since or 0, assessment.schedule.slip_days or 0
    return f"{assessment.name}: talked {_ago(days)}, finish {wording.signed_days(slip)}"


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
    return f"{numbers}.{f' Both are {names}.' if names else ''}"


NAMES: Final = ("Silent and slipping", "only silent", "only slipping", "neither")
