"""Calibration: where the points stand, which are named, and what is said where there are too few."""

from typing import Any

import pytest

from engagement.charts import theme
from engagement.charts.calibration import calibration
from tests.builders import some_forecasts


def trace(figure: Any, name: str) -> Any:
    return next(each for each in figure.data if each.name == name)


def names(figure: Any) -> dict[str, tuple[float, float]]:
    """What is written at points."""
    return {note.text: (note.x, note.y) for note in figure.layout.annotations if note.text.startswith("P")}


def test_a_point_stands_at_the_chance_of_its_day_and_the_share_that_came_by_it() -> None:
    figure = calibration(some_forecasts(), dark=False).figure
    points = trace(figure, "forecasts")
    assert points.x == pytest.approx([0.11, 0.21, 0.31, 0.41, 0.51, 0.61, 0.71, 0.81, 0.91])
    assert points.y == pytest.approx([0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95])
    diagonal = trace(figure, "as often as said")
    assert (diagonal.x, diagonal.y) == ((0, 1), (0, 1))


def test_those_that_pages_show_are_larger_and_named_away_from_the_diagonal() -> None:
    for more, anchor in ((0.04, "right"), (-0.04, "left")):
        figure: Any = calibration(some_forecasts(reached=more), dark=False).figure
        assert list(names(figure)) == ["P10", "P50", "P80", "P90"]
        assert names(figure)["P80"] == pytest.approx((0.81, 0.81 + more))
        assert {note.xanchor for note in figure.layout.annotations if note.text in names(figure)} == {anchor}
        assert trace(figure, "forecasts").marker.size == (11, 7, 7, 7, 11, 7, 7, 11, 11)


def test_both_sides_of_the_diagonal_are_explained() -> None:
    figure: Any = calibration(some_forecasts(), dark=False).figure
    sides = {note.text: (note.x, note.y) for note in figure.layout.annotations if note.text.startswith("came")}
    assert sides == {"came earlier than said": (0, 1), "came later than said": (1, 0)}


def test_a_point_tells_its_record() -> None:
    figure = calibration(some_forecasts(), dark=False).figure
    assert trace(figure, "forecasts").hovertext[7].split("<br>") == [
        "P80: the day given for 80 %",
        "Days are whole: it had a chance of 81 %",
        "85 % of 2,896 cases came by then",
    ]


def test_who_cannot_see_it_is_told_the_finding_and_the_figures() -> None:
    chart = calibration(some_forecasts(), dark=False)
    assert chart.title == chart.finding == "Results came sooner than forecasts said, by 4 points in the mean"
    assert chart.alt == (
        "Results came sooner than forecasts said, by 4 points in the mean. P80 held in 84 % of 2,896 cases, P50 in "
        "52 %, P90 in 92 %. P10: given 11 %, came 15 %; P50: given 51 %, came 55 %; P80: given 81 %, came 85 %; "
        "P90: given 91 %, came 95 %."
    )


@pytest.mark.parametrize("dark", [False, True])
def test_ours_is_what_is_forecast_and_the_diagonal_what_was_promised(dark: bool) -> None:
    figure = calibration(some_forecasts(), dark=dark).figure
    now = theme.colours(dark)
    assert trace(figure, "forecasts").marker.color == now.accent
    assert trace(figure, "as often as said").line.color == now.baseline


def test_below_twenty_cases_nothing_is_drawn_and_it_is_said_why() -> None:
    assert calibration(some_forecasts(20), dark=False).figure is not None
    chart = calibration(some_forecasts(19), dark=False)
    assert chart.figure is None
    assert chart.title == "Too few forecasts are over to be judged."
    assert chart.unit.startswith("19 cases of this portfolio are over")
