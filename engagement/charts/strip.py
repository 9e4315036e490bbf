"""The rhythm of one engagement as a strip: inline SVG, which costs a page next to nothing."""

from base64 import b64encode
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from engagement.assessment import counts, wording
from engagement.assessment.values import Channel, Side
from engagement.charts import theme

if TYPE_CHECKING:
    from engagement.assessment.contact import Rhythm

WEEKS: Final = 12
DAY: Final = 3.0
"""Width of a day in pixels: twelve weeks are 252."""
HEIGHT: Final = 24
EDGE: Final = 5.0


class Strip(NamedTuple):
    """A picture and the words that belong to it."""

    svg: str
    alt: str

    @property
    def uri(self) -> str:
        """The picture as an address that an image element or an image column takes."""
        return f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}"


def begins(as_of: date, weeks: int = WEEKS) -> date:
    """First day of a strip that ends with ``as_of``."""
    return as_of - timedelta(days=7 * weeks - 1)


def strip(rhythm: "Rhythm", as_of: date, *, dark: bool, weeks: int = WEEKS) -> Strip:
    """The last ``weeks`` weeks: filled dots talked, hollow dots wrote, ticks the vendor reported, silence hatched.

    Without a mark or a missed stretch it is a bare line, and the alternative text says that nothing is on record.
    """
    start, now = begins(as_of, weeks), theme.colours(dark)
    width = 7 * weeks * DAY + 2 * EDGE
    middle = HEIGHT / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{HEIGHT}" '
        f'viewBox="0 0 {width:g} {HEIGHT}" role="img">',
        f'<defs><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="1.6" height="5" fill="{now.silence}"/></pattern></defs>',
        f'<path d="M{EDGE:g} {middle:g}H{width - EDGE:g}" stroke="{now.axis}" fill="none"/>',
        *_bands(rhythm, start, as_of),
        *_dots(rhythm, start, as_of, now),
        "</svg>",
    ]
    return Strip("".join(parts), _told(rhythm, start, as_of, weeks))


def _at(on: date, start: date) -> float:
    """Where the middle of a day lies."""
    return EDGE + ((on - start).days + 0.5) * DAY


def _bands(rhythm: "Rhythm", start: date, as_of: date) -> list[str]:
    end = as_of + timedelta(days=1)
    inside = [(max(since, start), min(until, end)) for since, until in rhythm.missed]
    return [
        f'<rect x="{EDGE + (since - start).days * DAY:g}" y="3" width="{(until - since).days * DAY:g}" '
        f'height="{HEIGHT - 6}" fill="url(#h)"/>'
        for since, until in inside
        if since < until
    ]


def _dots(rhythm: "Rhythm", start: date, as_of: date, now: theme.Colours) -> list[str]:
    middle = HEIGHT / 2
    looks = {
        "live": f'r="3.6" fill="{now.ink}" stroke="{now.ink}"',
        "message": f'r="3.6" fill="{now.page}" stroke="{now.ink}" stroke-width="1.4"',
    }
    marks = [(counts.kind_of(channel, side), _at(on, start)) for on, channel, side in _inside(rhythm, start, as_of)]
    ticks = [
        f'<path d="M{x:g} {middle - 5:g}V{middle + 5:g}" stroke="{now.ink}" stroke-width="1.4"/>'
        for kind, x in marks
        if kind == "report"
    ]
    return ticks + [f'<circle cx="{x:g}" cy="{middle:g}" {looks[kind]}/>' for kind, x in marks if kind != "report"]


def _inside(rhythm: "Rhythm", start: date, as_of: date) -> list[tuple[date, Channel, Side]]:
    return [mark for mark in rhythm.marks if start <= mark[0] <= as_of]


def _told(rhythm: "Rhythm", start: date, as_of: date, weeks: int) -> str:
    talked = [on for on, channel, side in _inside(rhythm, start, as_of) if counts.kind_of(channel, side) != "report"]
    open_since = next((max(since, start) for since, until in rhythm.missed if since <= as_of < until), None)
    said = f"Last {weeks} weeks: no conversation on record"
    if talked:
        number = wording.count(len(talked), "conversation")
        said = f"Last {weeks} weeks: {number} on record, the last on {wording.day(max(talked), as_of)}"
    silence = f"; longer than agreed since {wording.day(open_since, as_of)}" if open_since else ""
    return f"{said}{silence}."
