"""What if: the bars of every result as it is and as it would be, which results are shown, and what is said of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from engagement.assessment.results import Likely, Outlook
from engagement.assessment.whatif import Shift, Tried
from engagement.charts.whatif import what_if
from tests.charts.made import AS_OF

A_DAY = 86_400_000


def outlook(middle: date, four_of_five: date) -> Outlook:
    likely = Likely(middle, middle, four_of_five, four_of_five)
    return Outlook("M", middle, likely, 0, 0, 0.0, 0, AS_OF, (), 1.0, AS_OF)


def shift(name: str, days: int | None = 0, start: date = date(2026, 12, 1)) -> Shift:
    """A result likely on 1 Dec, and by 11 Dec; moved by some days, or left out."""
    before = outlook(start, start + timedelta(days=10))
    if days is None:
        return Shift(name, before, None)
    return Shift(name, before, outlook(start, start + timedelta(days=10 + days)))


def bars(figure: Any) -> dict[str, list[tuple[str, date, float]]]:
    """By kind of bar: the result that it stands beside, its first day and its days."""
    rows = figure.layout.yaxis.ticktext
    return {
        each.name: [(rows[round(y)], base, x / A_DAY) for y, base, x in zip(each.y, each.base, each.x, strict=True)]
        for each in figure.data
    }


def notes(figure: Any) -> dict[float, str]:
    return {note.y: note.text for note in figure.layout.annotations if note.xshift == 6}


THREE = Tried(
    None, (shift("Cut-over", 22, date(2027, 1, 4)), shift("Data load", None), shift("Test run", 0, date(2026, 12, 2)))
)


def test_every_result_has_a_bar_as_it_is_and_one_as_it_would_be() -> None:
    chart = what_if(THREE, AS_OF, dark=False)
    assert bars(chart.figure) == {
        "as it is": [
            ("Data load", date(2026, 12, 1), 10),
            ("Test run", date(2026, 12, 2), 10),
            ("Cut-over", date(2027, 1, 4), 10),
        ],
        "as it would be": [("Test run", date(2026, 12, 2), 10), ("Cut-over", date(2027, 1, 4), 32)],
    }
    assert notes(chart.figure) == {0: "left out", 1: "0 d", 2: "+22 d"}


@pytest.mark.parametrize("narrow", [False, True])
def test_where_nothing_moves_every_result_has_one_bar_and_nothing_is_said_of_a_change(narrow: bool) -> None:
    chart = what_if(Tried(None, (shift("Data load"), shift("Test run"))), AS_OF, dark=False, narrow=narrow)
    assert chart.figure is not None
    assert [(each.name, list(each.y)) for each in chart.figure.data] == [("as it is", [0, 1])]
    assert notes(chart.figure) == {}
    assert "as it would be" not in str(chart.figure.layout.annotations)
    assert (chart.shows, chart.unit) == ("Open results: when each is likely", "From an even chance to 4 chances in 5")
    assert [item.text for item in chart.listings[0].items] == [
        "Data load: 1 Dec, likely by 11 Dec, as it is",
        "Test run: 1 Dec, likely by 11 Dec, as it is",
    ]
    many = what_if(Tried(None, tuple(shift(f"R{at}") for at in range(17))), AS_OF, dark=False)
    assert many.unit == "From an even chance to 4 chances in 5. 2 more not shown"


def test_the_lines_of_text_and_the_alternative_text_say_the_same() -> None:
    chart = what_if(THREE, AS_OF, dark=False)
    assert [item.text for item in chart.listings[0].items] == [
        "Data load: 1 Dec, likely by 11 Dec; left out",
        "Test run: 2 Dec, likely by 12 Dec, as it is",
        "Cut-over: 4 Jan 2027, likely by 14 Jan 2027; then 4 Jan 2027, likely by 5 Feb 2027, +22 d",
    ]
    assert "Cut-over: 4 Jan 2027, likely by 14 Jan 2027; then" in chart.alt


def test_of_many_results_the_fifteen_that_move_most_are_shown_by_when_they_are_likely() -> None:
    many = Tried(None, tuple(shift(f"R{at:02}", at, AS_OF + timedelta(days=40 - at)) for at in range(20)))
    chart = what_if(many, AS_OF, dark=True)
    assert chart.figure is not None
    assert list(chart.figure.layout.yaxis.ticktext) == [f"R{at:02}" for at in range(19, 4, -1)]
    assert chart.unit.endswith("5 that move less not shown")


def test_what_moves_earlier_counts_as_much_as_what_moves_later() -> None:
    many = Tried(None, (*(shift(f"R{at:02}", 1) for at in range(15)), shift("Early", -5)))
    figure = what_if(many, AS_OF, dark=False).figure
    assert figure is not None
    assert "Early" in figure.layout.yaxis.ticktext


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_names_stand_above_their_bars(dark: bool) -> None:
    figure = what_if(THREE, AS_OF, dark=dark, narrow=True).figure
    assert figure is not None
    assert set(figure.layout.yaxis.ticktext) == {""}
    named = [note for note in figure.layout.annotations if note.x == 0 and note.yref != "paper"]
    assert [(note.text, note.y) for note in named] == [("Data load", -0.5), ("Test run", 0.5), ("Cut-over", 1.5)]
    assert figure.layout.yaxis.range[1] < -0.5


def test_what_is_open_for_more_than_a_year_after_its_day_is_not_drawn() -> None:
    old = shift("Old", 5)
    long_ago = AS_OF - timedelta(days=366)
    found = Tried(None, (shift("New", 1), old._replace(before=old.before._replace(named_on=long_ago))))
    figure = what_if(found, AS_OF, dark=False).figure
    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == ["New"]


def test_nothing_to_draw_is_said() -> None:
    chart = what_if(Tried(None, ()), AS_OF, dark=False)
    assert (chart.figure, chart.title) == (None, "No open result has a forecast.")
