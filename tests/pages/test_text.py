"""What people typed stays what they typed. That a browser shows it so is tested in tests/browser."""

import tomllib
from pathlib import Path

import pytest

from engagement.assessment.values import Status
from engagement.charts.theme import DARK, LIGHT, MARKS
from engagement.pages.text import JOINER, literal, mark, marked, paragraphs
from tests.pages.hostile import HOSTILE

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())


@pytest.mark.parametrize("typed", HOSTILE)
def test_taking_away_what_literal_adds_gives_the_text_back(typed: str) -> None:
    shown = literal(typed).replace(JOINER, "")
    plain = "".join(letter for at, letter in enumerate(shown) if not (letter == "\\" and _escapes(shown, at)))
    assert plain == " ".join(typed.split())


def test_every_mark_of_markdown_is_escaped_and_words_are_left_alone() -> None:
    assert literal("CRM migration") == "CRM migration"
    assert literal("a*b_[c]") == r"a\*b\_\[c\]"
    assert literal(":red[x]") == rf"\:{JOINER}red\[x\]"
    assert literal("two\nlines\t here ") == "two lines here"
    assert literal(None) == ""


def test_notes_keep_their_lines() -> None:
    assert paragraphs("one\n\n# two") == f"one\\\n{JOINER}\\\n\\# two"
    assert paragraphs(None) == ""


def test_a_status_is_a_shape_a_word_and_a_colour() -> None:
    assert marked("off_track") == ":red[■] off track"
    assert mark("at_risk") == ":orange[▲]"
    assert mark("closed") == ":gray[✓]"


@pytest.mark.parametrize(
    ("status", "colour"), [("on_track", "green"), ("at_risk", "orange"), ("off_track", "red"), ("unknown", "gray")]
)
def test_the_theme_gives_marks_the_colours_that_charts_give_them(status: Status, colour: str) -> None:
    light, dark = CONFIG["theme"]["light"], CONFIG["theme"]["dark"]
    if status != "unknown":
        assert (light[f"{colour}TextColor"], dark[f"{colour}TextColor"]) == (MARKS[status].light, MARKS[status].dark)
    assert (light[f"{colour}Color"], dark[f"{colour}Color"]) == (MARKS[status].light, MARKS[status].dark)


def test_the_page_is_the_page_that_charts_are_drawn_for() -> None:
    for name, colours in (("light", LIGHT), ("dark", DARK)):
        theme = CONFIG["theme"][name]
        assert (theme["backgroundColor"], theme["textColor"]) == (colours.page, colours.ink)
        assert len(theme["chartCategoricalColors"]) == 10


def _escapes(text: str, at: int) -> bool:
    """Whether the backslash at this place escapes the next character, and is not itself escaped."""
    before = len(text[:at]) - len(text[:at].rstrip("\\"))
    return before % 2 == 0
