"""Plan and forecast: from what was promised to what is forecast or was delivered, a line each, with today across."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

import plotly.graph_objects as go

from engagement.assessment import counts, wording
from engagement.assessment.agenda import is_held
from engagement.assessment.finish import Expected, result_expected
from engagement.assessment.results import Assessment, MilestoneState
from engagement.charts import axes, legend, theme
from engagement.charts.chart import Chart, Item, Listing, drawn, hover, nothing
from engagement.charts.rows import FOOT, at_end, headings, laid_out

MOST_ROWS: Final = 30
WORST: Final = 15
LATEST: Final = 6
"""Of what comes again and again, how many of those that were delivered are shown."""
ROW: Final = 26
ROW_NARROW: Final = 44
LIKELY_IS: Final = "likely, 1 in 2 to 4 in 5"
SAYS: Final = "vendor says"
HELD: Final = "no new day"
LIKELY: Final = 0.5
"""How much of the colour of its line the band has in which the end is likely."""
BAND: Final = 16
"""Pixels of height of that band: higher than any mark, so that none hides a short one."""


class Row(NamedTuple):
    """One promise: of a milestone, or the finish of an engagement."""

    name: str
    engagement: str
    promised_on: date | None
    due_on: date | None
    """The current baseline, where it was moved."""
    forecast_on: date | None
    """What the vendor says of what is still open where that is another day than was agreed; the day itself where the
    last day named has passed.
    """
    delivered_on: date | None
    waits: bool
    """Delivered, and nobody has decided on it."""
    slip_days: int | None
    likely_from_on: date | None = None
    likely_until_on: date | None = None
    is_held: bool = False
    """Whether nobody has named a new day since the last one passed."""
    is_ours: bool = False
    """Whether the change is counted to the finish of our forecast, not to the vendor's day."""
    head: str = ""
    """Where it is no promise but the heading of those below it."""
    which: str = ""
    """The end of a name that tells it from others, and is never cut off."""

    @classmethod
    def heading(cls, text: str) -> "Row":
        """A row that is a heading."""
        return cls("", "", None, None, None, None, waits=False, slip_days=None, head=text)


def plan(assessment: Assessment, as_of: date, *, dark: bool, narrow: bool = False) -> Chart:
    """The milestones of one engagement by their first promised date, those without a date last.

    Of more than 30, those that are open and the latest that were delivered; of a retainer the latest six.
    """
    rows = [_row(assessment, each, as_of) for each in assessment.milestones]
    if not rows:
        return nothing("No milestone is recorded.", "Add the next result and the day it is due.")
    rows.sort(key=lambda row: (row.promised_on is None, row.promised_on or as_of))
    comes_again = assessment.contract == "retainer"
    shown, left_out = _window(rows, LATEST if comes_again else MOST_ROWS)
    late = [row for row in rows if row.delivered_on is None and (row.slip_days or 0) > 0]
    return chart_of(
        shown,
        as_of,
        finding=_late(late, as_of),
        shows="What was delivered last and what is open" if comes_again else "Plan and forecast of every milestone",
        unit=unit_of("First promise to delivery or the vendor's day", number(left_out, "delivered earlier")),
        dark=dark,
        width=axes.PHONE if narrow else axes.WHOLE,
    )


def worst_milestones(assessments: Sequence[Assessment], as_of: date, *, dark: bool, narrow: bool = False) -> Chart:
    """The 15 open milestones of a portfolio that slipped most."""
    found, left_out = counts.moved_most(assessments, WORST)
    if not found:
        return nothing("No open milestone has a date.", "Add milestones with due dates.")
    rows = [_row(assessment, each, as_of) for assessment, each in found]
    names = [f"{row.name}, {assessment.name}" for row, (assessment, _) in zip(rows, found, strict=True)]
    rows = [row._replace(name=name, which="") for row, name in zip(rows, names, strict=True)]
    return chart_of(
        rows,
        as_of,
        finding=_late([row for row in rows if (row.slip_days or 0) > 0], as_of, more=left_out > 0),
        shows="Open milestones that moved most",
        unit=unit_of("First promise to the vendor's day", number(left_out, "further open milestones")),
        dark=dark,
        width=axes.PHONE if narrow else axes.COLUMN,
    )


def _row(assessment: Assessment, each: MilestoneState, as_of: date) -> Row:
    likely, held = result_expected(each, assessment, as_of), is_held(each, as_of)
    says_nothing = each.delivered_on is not None or (each.forecast_on == each.due_on and not held)
    which = _which(assessment, each, as_of)
    return Row(
        name=each.name + which,
        engagement=assessment.engagement,
        promised_on=each.baseline_on,
        due_on=each.due_on if each.due_on != each.baseline_on else None,
        forecast_on=None if says_nothing else each.forecast_on,
        delivered_on=each.delivered_on,
        waits=each.decision_pending_since is not None,
        slip_days=each.slip_days,
        likely_from_on=likely.middle_on if likely else None,
        likely_until_on=likely.likely_on if likely else None,
        is_held=held,
        which=which,
    )


def _which(assessment: Assessment, each: MilestoneState, as_of: date) -> str:
    """The day that tells it from others of its name: of a retainer always, there the name comes again."""
    if each.baseline_on is None:
        return ""
    alike = sum(other.name == each.name for other in assessment.milestones)
    return f" {wording.day(each.baseline_on, as_of)}" if alike > 1 or assessment.contract == "retainer" else ""


def _window(rows: list[Row], most_done: int) -> tuple[list[Row], int]:
    """At most as many as can be read: all that are open first, then the latest delivered, at most so many."""
    open_ones = [row for row in rows if row.delivered_on is None][:MOST_ROWS]
    done = [row for row in rows if row.delivered_on is not None]
    kept_done = min(len(done), most_done, MOST_ROWS - len(open_ones))
    kept = {id(row) for row in (*open_ones, *done[len(done) - kept_done :])}
    return [row for row in rows if id(row) in kept], len(rows) - len(kept)


def _late(late: Sequence[Row], as_of: date, *, more: bool = False) -> str | None:
    if not late:
        return None
    row = max(late, key=lambda row: row.slip_days or 0)
    worst_one = f'"{row.name}" by {wording.span(row.slip_days or 0)}'
    if row.is_held:
        worst_one += ", without a new day"
    elif until := row.forecast_on or row.due_on:
        worst_one += f", to {wording.day(until, as_of)}"
    how = "late" if any(row.is_held for row in late) else "late by the vendor's word"
    if len(late) == 1:
        return f"One open milestone is {how}: {worst_one}"
    if more:
        return f"The open milestone that slipped most: {worst_one}"
    return f"{wording.in_words(len(late)).capitalize()} open milestones are {how}, {worst_one}"


def unit_of(measure: str, left_out: str) -> str:
    """What is measured, and what is not shown of it."""
    return ". ".join(filter(None, [f"{measure}, change in days", left_out and f"{left_out} not shown"]))


def number(many: int, what: str) -> str:
    """How many there are of what was left out; nothing where there is none."""
    return f"{many:,} {what}" if many else ""


def chart_of(
    rows: Sequence[Row], as_of: date, *, finding: str | None, shows: str, unit: str, dark: bool, width: int
) -> Chart:
    """The figure of the rows, from the top down, and the same as lines of text; laid out for at least that width."""
    dates = [on for row in rows for on in (*row[2:6], row.likely_until_on) if isinstance(on, date)]
    if not dates:
        return nothing("No milestone has a date.", "Give the next result a due date.")
    now, narrow = theme.colours(dark), width <= axes.PHONE
    names = [_cut(row, axes.PHONE if narrow else axes.room_for_names(width)) for row in rows]
    layout, head = laid_out(names, dates, as_of, _legend(rows, now), now, width=width, rise=0.4)
    layout["annotations"] += [*_changes(rows, now), *_undated(rows, min(*dates, as_of), now)]
    layout["annotations"] += headings({at: row.head for at, row in enumerate(rows) if row.head}, layout, now)
    row_height = ROW_NARROW if narrow else ROW
    figure = go.Figure([*_likely(rows, now, BAND / row_height), *_lines(rows, now), *_marks(rows, as_of, now)], layout)
    height = head + max(1, len(rows)) * row_height + FOOT
    chart = drawn(
        figure,
        finding=finding,
        shows=shows,
        unit=unit,
        dark=dark,
        height=height,
        told=_told([row for row in rows if not row.head], as_of),
    )
    items = tuple(Item(row.name, _facts(row, as_of), row.engagement) for row in rows if not row.head)
    return replace(chart, listings=(Listing(shows, items),))


def _cut(row: Row, room: int) -> str:
    """Its name in so many pixels, with the end that tells it from others."""
    return axes.fit(row.name.removesuffix(row.which), room - axes.width_of(row.which)) + row.which


def _legend(rows: Sequence[Row], now: theme.Colours) -> list[legend.Entry]:
    """What the marks are that are there."""
    likely = any(row.likely_from_on and row.likely_until_on for row in rows)
    found = [
        (likely, legend.Entry("▮", theme.mixed(now.accent, now.page, LIKELY), LIKELY_IS)),
        (any(row.promised_on for row in rows), legend.Entry("◆", now.baseline, "promised")),
        (any(row.due_on for row in rows), legend.Entry("◇", now.baseline, "re-agreed")),
        (any(row.forecast_on and not row.is_held for row in rows), legend.Entry("●", now.accent, SAYS)),
        (any(row.forecast_on and row.is_held for row in rows), legend.Entry("○", now.accent, HELD)),
        (any(row.delivered_on and not row.waits for row in rows), legend.Entry("●", now.ink, "delivered")),
        (any(row.delivered_on and row.waits for row in rows), legend.Entry("○", now.ink, "to be decided")),
    ]
    return [entry for is_there, entry in found if is_there]


def _lines(rows: Sequence[Row], now: theme.Colours) -> list[go.Scatter]:
    """From the promise to the forecast or delivery."""
    x: list[date | None] = []
    y: list[int | None] = []
    for place, row in enumerate(rows):
        until = row.delivered_on or row.forecast_on or row.due_on
        if row.promised_on and until and until != row.promised_on:
            x += [row.promised_on, until, None]
            y += [place, place, None]
    line = {"color": now.baseline, "width": 1.5}
    return [go.Scatter(mode="lines", x=x, y=y, line=line, showlegend=False, hoverinfo="skip")] if x else []


def _likely(rows: Sequence[Row], now: theme.Colours, width: float) -> list[go.Bar]:
    """From an even chance to four chances in five, as a band that takes so much of its row."""
    known = [(place, row) for place, row in enumerate(rows) if row.likely_from_on and row.likely_until_on]
    if not known:
        return []
    return [
        go.Bar(
            orientation="h",
            name=LIKELY_IS,
            base=[row.likely_from_on for _, row in known],
            x=[axes.length(row.likely_from_on or date.min, row.likely_until_on or date.min) for _, row in known],
            y=[place for place, _ in known],
            width=width,
            marker={"color": theme.mixed(now.accent, now.page, LIKELY), "line": {"width": 1, "color": now.accent}},
            hoverinfo="skip",
        )
    ]


def _marks(rows: Sequence[Row], as_of: date, now: theme.Colours) -> list[go.Scatter]:
    page = {"width": 1.5, "color": now.page}
    kinds: list[tuple[str, list[date | None], dict[str, Any]]] = [
        (
            "promised",
            [row.promised_on for row in rows],
            {"symbol": "diamond", "size": 10, "color": now.baseline, "line": page},
        ),
        (
            "re-agreed",
            [row.due_on for row in rows],
            {"symbol": "diamond", "size": 10, "color": now.page, "line": {"width": 1.5, "color": now.baseline}},
        ),
        (
            SAYS,
            [None if row.is_held else row.forecast_on for row in rows],
            {"symbol": "circle", "size": 11, "color": now.accent, "line": page},
        ),
        (
            HELD,
            [row.forecast_on if row.is_held else None for row in rows],
            {"symbol": "circle", "size": 10, "color": now.page, "line": {"width": 2, "color": now.accent}},
        ),
        (
            "delivered",
            [None if row.waits else row.delivered_on for row in rows],
            {"symbol": "circle", "size": 11, "color": now.ink, "line": page},
        ),
        (
            "to be decided",
            [row.delivered_on if row.waits else None for row in rows],
            {"symbol": "circle", "size": 10, "color": now.page, "line": {"width": 2, "color": now.ink}},
        ),
    ]
    traces = []
    for name, days, marker in kinds:
        found = [(on, place) for place, on in enumerate(days) if on]
        if found:
            traces.append(
                go.Scatter(
                    mode="markers",
                    name=name,
                    x=[on for on, _ in found],
                    y=[place for _, place in found],
                    marker=marker,
                    customdata=[rows[place].engagement for _, place in found],
                    hovertext=[hover(_line(rows[place], as_of)) for _, place in found],
                    hovertemplate="%{hovertext}<extra></extra>",
                )
            )
    return traces


def _changes(rows: Sequence[Row], now: theme.Colours) -> list[dict[str, Any]]:
    """At the end of each line, by how much it moved; nothing of what is open and stands as it was agreed."""
    return [
        at_end(
            at,
            "in time" if row.slip_days == 0 else wording.signed_days(row.slip_days),
            now,
            is_quiet=row.slip_days <= 0,
        )
        for at, row in enumerate(rows)
        if row.slip_days or (row.slip_days == 0 and (row.delivered_on or row.forecast_on))
    ]


def _undated(rows: Sequence[Row], start: date, now: theme.Colours) -> list[dict[str, Any]]:
    return [
        {
            "x": start.isoformat(),
            "y": at,
            "xanchor": "left",
            "showarrow": False,
            "text": "no date agreed",
            "font": {"size": theme.SMALL, "color": now.muted},
        }
        for at, row in enumerate(rows)
        if row.promised_on is None and not row.head
    ]


def _line(row: Row, as_of: date) -> str:
    """A row as a sentence."""
    return f"{row.name}: {_facts(row, as_of)}"


def _facts(row: Row, as_of: date) -> str:
    """What was promised, what is forecast or happened, and the difference."""
    if row.promised_on is None:
        return "no date agreed"
    parts = [f"promised {wording.day(row.promised_on, as_of)}"]
    if row.due_on:
        parts.append(f"re-agreed for {wording.day(row.due_on, as_of)}")
    if row.delivered_on:
        parts.append(f"delivered {wording.day(row.delivered_on, as_of)}{', not decided on yet' if row.waits else ''}")
    elif row.forecast_on:
        parts.append(HELD if row.is_held else f"{SAYS} {wording.day(row.forecast_on, as_of)}")
    if row.likely_from_on and row.likely_until_on:
        parts.append(f"expected {Expected(row.likely_from_on, row.likely_until_on, in_doubt=False).words(as_of)}")
    if row.slip_days:
        parts.append(f"{wording.signed_days(row.slip_days)}{' by our forecast' if row.is_ours else ''}")
    return ", ".join(parts)


def _told(rows: Sequence[Row], as_of: date) -> str:
    told = ". ".join(_line(row, as_of) for row in rows[:8])
    return f"{told}. And {len(rows) - 8} more." if len(rows) > 8 else f"{told}."
