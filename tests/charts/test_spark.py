"""The line in a tile: as many weeks as are known, and no colour that judges."""

import re
from math import nan

import pytest

from engagement.charts import theme
from engagement.charts.spark import spark


def path(svg: str) -> list[tuple[str, float, float]]:
    drawn = re.search(r' d="([^"]+)"', svg)
    return (
        [(kind, float(x), float(y)) for kind, x, y in re.findall(r"([ML])([\d.]+) ([\d.]+)", drawn[1])] if drawn else []
    )


def test_a_line_goes_from_the_left_to_the_right_the_most_at_the_top() -> None:
    # 142 pixels between the edges for two steps; 4 is the top and 32 the foot of 36 pixels.
    assert path(spark([1, 3, 2], dark=False)) == [("M", 4.0, 32.0), ("L", 75.0, 4.0), ("L", 146.0, 18.0)]


def test_what_does_not_change_lies_in_the_middle_and_what_is_not_known_is_a_gap() -> None:
    assert path(spark([5, 5, nan, 5], dark=False)) == [("M", 4.0, 18.0), ("L", 51.3, 18.0), ("M", 146.0, 18.0)]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("numbers", [[1, 131], [131, 1]])
def test_a_line_has_one_colour_whichever_way_it_went(dark: bool, numbers: list[float]) -> None:
    now = theme.colours(dark)
    found = re.findall(r"#[0-9A-F]{6}", spark(numbers, dark=dark))
    assert found == [now.baseline, now.ink]
    judged = {theme.MARKS[status].colour(dark) for status in ("on_track", "at_risk", "off_track")}
    assert not judged & set(found)


def test_without_a_number_the_picture_is_empty_and_as_large() -> None:
    empty, full = spark([], dark=False), spark([1, 2], dark=False)
    assert path(empty) == path(spark([nan, nan], dark=False)) == []
    assert empty.removesuffix("</svg>") == full[: len(empty) - len("</svg>")]
