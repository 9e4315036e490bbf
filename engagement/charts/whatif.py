"""What if: for every open result the likely days as they are, and below them as they would be where any would move."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from engagement.assessment import wording
from engagement.assessment.finish import Expected
from engagement.assessment.results import Likely
from engagement.assessment.whatif import Shift, Tried, size_of
from engagement.charts import axes, legend, theme
from engagement.charts.chart import Chart, Item, Listing, drawn, hover, nothing
from engagement.charts.plan import LIKELY, ROW_NARROW, WORST
from engagement.charts.rows import FOOT, at_end, laid_out

ROW: Final = 34
BAR: Final = 0.26
"""Height of a bar, as a part of its row."""
APART: Final = 0.17
"""How far the middle of a bar lies from that of its row, up or down."""
NOW: Final = "as it is"
THEN: Final = "as it would be"


def what_if(tried: Tried, as_of: date, *, dark: bool, narrow: bool = False) -> Chart:
    """Open results by when they are likely; of more than 15 those that move most. Where none moves only as they are.

    What is open for more than a year after its day is not drawn: its days are told nowhere.
    """
    told = [shift for shift in tried.results if shift.is_told]
    found = sorted(told, key=size_of, reverse=True)[:WORST]
    if not found:
        return nothing("No open result has a forecast.", "Name a day for what is open.")
    found.sort(key=lambda shift: (shift.before.likely.p50_on, shift.before.likely.p80_on))
    left_out, moves = len(told) - len(found), not all(shift.is_same for shift in told)
    more = f". {left_out:,} {'that move less' if moves else 'more'} not shown" if left_out else ""
    figure, height = _figure(found, as_of, dark=dark, width=axes.PHONE if narrow else axes.WHOLE, moves=moves)
    chart = drawn(
        figure,
        finding=None,
        shows="Open results: likely as it is, and as it would be" if moves else "Open results: when each is likely",
        unit=f"From an even chance to 4 chances in 5{', and by how many days the latter moves' if moves else ''}{more}",
        dark=dark,
        height=height,
        told=f"{'. '.join(_line(shift, as_of) for shift in found)}.",
    )
    items = tuple(Item(shift.name, _facts(shift, as_of)) for shift in found)
    return replace(chart, listings=(Listing(chart.shows, items, left_out),))


def _figure(found: Sequence[Shift], as_of: date, *, dark: bool, width: int, moves: bool) -> tuple[go.Figure, int]:
    """Two bars for each result, from the top down, or where nothing ``moves`` one; and how high that is."""
    now, narrow = theme.colours(dark), width <= axes.PHONE
    days = [on for shift in found for likely in _likely(shift) for on in (likely.p50_on, likely.p80_on)]
    names = [shift.name for shift in found]
    layout, head = laid_out(names, days, as_of, _legend(now) if moves else [], now, width=width, rise=0.5)
    if moves:
        layout["annotations"] += _changes(found, now)
        bars = [_bars(found, as_of, now, -APART, is_then=False), _bars(found, as_of, now, APART, is_then=True)]
    else:
        bars = [_bars(found, as_of, now, 0, is_then=False).update(marker=_marker(now.accent, now))]
    figure = go.Figure(bars, {**layout, "barmode": "overlay"})
    return figure, head + len(found) * (ROW_NARROW + 8 if narrow else ROW) + FOOT


def _bars(found: Sequence[Shift], as_of: date, now: theme.Colours, apart: float, *, is_then: bool) -> go.Bar:
    """The likely days of every result that has some, without the changes or with them, ``apart`` from its row."""
    colour = now.accent if is_then else now.baseline
    known = [(place, shift, shift.after if is_then else shift.before) for place, shift in enumerate(found)]
    shown = [(place, shift, outlook.likely) for place, shift, outlook in known if outlook is not None]
    return go.Bar(
        orientation="h",
        name=THEN if is_then else NOW,
        base=[likely.p50_on for _, _, likely in shown],
        x=[axes.length(likely.p50_on, likely.p80_on) for _, _, likely in shown],
        y=[place + apart for place, _, _ in shown],
        width=BAR,
        marker=_marker(colour, now),
        hovertext=[hover(_line(shift, as_of)) for _, shift, _ in shown],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _marker(colour: str, now: theme.Colours) -> dict[str, Any]:
    return {"color": theme.mixed(colour, now.page, LIKELY), "line": {"width": 1, "color": colour}}


def _legend(now: theme.Colours) -> list[legend.Entry]:
    return [legend.Entry("━━", now.baseline, NOW), legend.Entry("━━", now.accent, THEN)]


def _changes(found: Sequence[Shift], now: theme.Colours) -> list[dict[str, Any]]:
    """At the end of each line by how much it moves."""
    return [
        at_end(
            at,
            "left out" if shift.p80_days is None else wording.signed_days(shift.p80_days),
            now,
            is_quiet=shift.is_same,
        )
        for at, shift in enumerate(found)
    ]


def _likely(shift: Shift) -> list[Likely]:
    return [outlook.likely for outlook in (shift.before, shift.after) if outlook is not None]


def _line(shift: Shift, as_of: date) -> str:
    return f"{shift.name}: {_facts(shift, as_of)}"


def _facts(shift: Shift, as_of: date) -> str:
    """What is likely now, and what would be."""
    now = _days(shift.before.likely, as_of)
    if shift.after is None:
        return f"{now}; left out"
    if shift.is_same:
        return f"{now}, as it is"
    return f"{now}; then {_days(shift.after.likely, as_of)}, {wording.signed_days(shift.p80_days or 0)}"


def _days(likely: Likely, as_of: date) -> str:
    return Expected(likely.p50_on, likely.p80_on, in_doubt=False).words(as_of)
