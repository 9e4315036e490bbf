"""What people typed stays what they typed. That a browser shows it so is tested in tests/browser."""

import tomllib
from pathlib import Path

import pytest

from engagement.assessment.values import Status
from engagement.charts import chart
from engagement.charts.theme import DARK, LIGHT, MARKS
from engagement.pages.text import ALONE, JOINER, literal, mark, marked, paragraphs, spoken
from tests.pages.hostile import HOSTILE

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())


def without(text: str, *signs: str) -> str:
    """The text without some signs."""
    return "".join(letter for letter in text if letter not in signs)


@pytest.mark.parametrize("typed", HOSTILE)
def test_taking_away_what_literal_adds_gives_the_text_back(typed: str) -> None:
    shown = without(literal(typed), JOINER, *ALONE)
    plain = "".join(letter for at, letter in enumerate(shown) if not (letter == "\\" and _escapes(shown, at)))
    assert plain == " ".join(typed.split())


def test_every_mark_of_markdown_is_escaped_and_words_are_left_alone() -> None:
    assert literal("CRM migration") == "CRM migration"
    assert literal("a*b_[c]") == r"a\*b\_\[c\]"
    assert literal(":red[x]") == rf"\:{JOINER}red\[x\]"
    assert literal("two\nlines\t here ") == "two lines here"
    assert literal(None) == ""


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_read_out_is_left_as_it_is_only_where_no_sign_in_it_means_anything(typed: str) -> None:
    assert spoken(typed) == (typed if typed == "example.org/path" else literal(typed))


def test_a_sentence_is_read_out_as_it_was_written() -> None:
    for sentence in (
        '"Roll-out to all crews" was due on 6 Oct and is 45 days late.',
        "34 % slower than planned (SPI(t) 0.66): 82 % of the work is done, which the plan had for 30 Aug.",
        "EUR 66,895 are spent of the EUR 64,000 approved.",
        "12.5 points: he said 'yes'; why not?",
    ):
        assert spoken(sentence) == sentence
    assert spoken("3. Oktober") == literal("3. Oktober")
    assert spoken("a_b_c") == literal("a_b_c")


@pytest.mark.parametrize("turn", ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", *"\u2066\u2067\u2068\u2069"])
def test_nothing_in_a_name_turns_round_what_stands_after_it(turn: str) -> None:
    assert literal(f"CRM{turn} migration") == "CRM migration"
    assert spoken(f"CRM{turn} migration") == "CRM migration"
    assert paragraphs(f"one{turn}\ntwo") == "one\\\ntwo"
    assert chart.literal(f"CRM{turn} migration") == "CRM migration"


@pytest.mark.parametrize("name", ["שלום", "العربية 12", "CRM שלום"])
def test_a_name_that_is_written_from_the_right_stands_by_itself(name: str) -> None:
    assert literal(name) == f"\u2066{name}\u2069"
    assert literal(literal(name)) == literal(name)
    assert spoken(name) == f"\u2066{name}\u2069"
    assert literal("CRM ①") == "CRM ①"


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
