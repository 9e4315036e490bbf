"""What people typed, shown as they typed it; and the marks that stand for a status in text.

Streamlit reads nearly every string it shows as Markdown with extras of its own: colours, icons, formulas, emoji codes,
arrows, and links made of anything that looks like an address. A name is none of that. Every text that came from a
person or a file goes through `literal` before it is shown, on every page.
"""

import re
import unicodedata
from typing import Final

from engagement.assessment.values import Status
from engagement.charts.chart import TURNS
from engagement.charts.theme import MARKS

JOINER: Final = "\u2060"
"""A character without width and without a break: takes apart what is recognised after Markdown has been read."""
ALONE: Final = ("\u2066", "\u2069")
"""What stands around a text with letters that are written from the right: without them the figures and signs that
follow it would change places with it."""
_FROM_THE_RIGHT: Final = frozenset({"R", "AL", "AN"})
_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_LATE: Final = re.compile(r":(?=[\w+-])|@(?=\w)|[wW](?=[wW]{2}\.)|[-<>~](?=[->=])|-(?= )|(?<= )-|(?<=/)/|=(?=[=>])")
_PLAIN: Final = re.compile(r"(?!\d+[.)](?:\s|$))[\"'(“„]?[^\W_](?:[^\W_]|[ ,;.:!?%\"'()/“”„’–-])*")
"""Words, figures and what stands between them in a sentence, as long as it does not begin like a list."""
_COLOURS: Final[dict[Status, str]] = {"on_track": "green", "at_risk": "orange", "off_track": "red"}
"""Streamlit's names of the colours that the theme gives to marks; every other mark is grey."""


def literal(text: object) -> str:
    """The text as Markdown that shows exactly its characters, on one line: no bold, colour, link, formula or icon.

    Line breaks and runs of blanks become one blank. What would turn round the text that follows is left out, and
    letters that are written from the right stand by themselves. None gives an empty text.
    """
    if text is None:
        return ""
    line = _line(text)
    return _PUNCTUATION.sub(r"\\\1", _LATE.sub(lambda found: found.group() + JOINER, line))


def spoken(text: object) -> str:
    """The text as the label of a field: what `literal` gives, but as it is where no sign in it means anything.

    A label is read out as it is written, with every sign that keeps another one from meaning something.
    """
    line = _line(text)
    return line if _PLAIN.fullmatch(line) and not _LATE.search(line) else literal(line)


def _line(text: object) -> str:
    """The text on one line, which leaves the direction of what stands around it alone."""
    line = " ".join(TURNS.sub("", str(text)).split())
    if any(unicodedata.bidirectional(letter) in _FROM_THE_RIGHT for letter in line):
        return line.join(ALONE)
    return line


def paragraphs(text: str | None) -> str:
    """A longer text, a meeting's notes for instance, as Markdown that shows its characters and keeps its lines."""
    lines = (text or "").strip().splitlines()
    return "\\\n".join(literal(line) or JOINER for line in lines)


def mark(status: Status) -> str:
    """The coloured shape of a status, to stand before its word or a name."""
    return f":{_COLOURS.get(status, 'gray')}[{MARKS[status].glyph}]"


def marked(status: Status) -> str:
    """Shape and word of a status: a red square and "off track"."""
    return f"{mark(status)} {MARKS[status].word}"
