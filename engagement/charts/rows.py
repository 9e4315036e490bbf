"""How a figure is laid out that has a row for every promise and the days across, with today's line through all."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from engagement.charts import axes, legend, theme
from engagement.charts.chart import short

TODAY: Final = 20
"""Room for the word "today" above the rows."""
FOOT: Final = 42
RIGHT: Final = 58
"""Room for what stands at the ends of rows."""


def laid_out(
    names: Sequence[str],
    days: Sequence[date],
    as_of: date,
    entries: Sequence[legend.Entry],
    now: theme.Colours,
    *,
    width: int,
    rise: float,
) -> tuple[dict[str, Any], int]:
    """The layout of rows from the top down, and the height of what stands above them.

    ``days``: what the rows have to have room for, at least one. On a phone the names stand ``rise`` of a row above
    their lines, because beside them there is no room.
    """
    start, end, narrow = min(*days, as_of), max(*days, as_of), width <= axes.PHONE
    edge = timedelta(days=max(4, (end - start).days // 40))
    room = axes.room_for_names(width)
    left = 8 if narrow else max(axes.width_of(axes.fit(name, room)) for name in names) + 12
    explained, head = legend.above(entries, left, now, room=width, lift=TODAY)
    line, label = axes.today_line(as_of, now)
    layout = {
        "margin": {"t": head, "b": FOOT, "l": left, "r": RIGHT},
        "showlegend": False,
        "xaxis": axes.day_axis(start - edge, end + edge, as_of, axes.most_ticks(width - left - RIGHT)),
        "yaxis": {
            "range": [len(names) - 0.5, -0.8 if narrow else -0.6],
            "tickvals": list(range(len(names))),
            "ticktext": ["" if narrow else short(name, room) for name in names],
            "tickfont": {"color": now.ink, "size": theme.SIZE},
            "showgrid": False,
            "automargin": False,
        },
        "shapes": [line],
        "annotations": [*(_above(names, rise, now) if narrow else ()), label, *explained],
    }
    return layout, head


def at_end(row: int, text: str, now: theme.Colours, *, is_quiet: bool) -> dict[str, Any]:
    """What is written at the end of a row; in grey where it calls for nothing."""
    place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "showarrow": False}
    font = {"size": theme.SMALL, "color": now.muted if is_quiet else now.ink}
    return {**place, "y": row, "text": text, "font": font}


def headings(texts: Mapping[int, str], layout: Mapping[str, Any], now: theme.Colours) -> list[dict[str, Any]]:
    """Headings that take a row each, from the edge of the figure on."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": -layout["margin"]["l"], "yanchor": "middle"}
    place |= _clear(now)
    font = {"size": theme.SMALL, "color": now.muted}
    return [{**place, "y": at, "showarrow": False, "text": text, "font": font} for at, text in texts.items()]


def _above(names: Sequence[str], rise: float, now: theme.Colours) -> list[dict[str, Any]]:
    place = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "middle", "showarrow": False, **_clear(now)}
    texts = ((at, short(name, axes.PHONE)) for at, name in enumerate(names))
    return [{**place, "y": at - rise, "text": text} for at, text in texts if text]


def _clear(now: theme.Colours) -> dict[str, Any]:
    """So that no line of the plot runs through a text that stands in it."""
    return {"bgcolor": now.page, "borderpad": 1}
