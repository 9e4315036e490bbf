"""A status is a shape, a word and a colour that can be told apart on the page, in both themes and by everybody."""

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from engagement.assessment.values import Status
from engagement.charts import theme
from tests.charts.colour import DEUTERANOPIA, NORMAL, PROTANOPIA, Matrix, contrast, distance

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
JUDGED: tuple[Status, ...] = ("on_track", "at_risk", "off_track")


def test_contrast_is_that_of_wcag() -> None:
    # W3C, WCAG 2.2, "contrast ratio": black on white is 21:1; #767676 is the known grey of 4.54:1 on white.
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


def test_distance_is_that_of_cielab() -> None:
    # Black to white is the whole of L*: 100. Pure red lies at (53.24, 80.09, 67.20): Lindbloom, RGB to Lab, sRGB, D65.
    assert distance("#000000", "#FFFFFF") == pytest.approx(100.0, abs=0.01)
    assert distance("#FF0000", "#000000") == pytest.approx((53.24**2 + 80.09**2 + 67.20**2) ** 0.5, abs=0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("status", get_args(Status))
def test_every_mark_has_a_contrast_of_at_least_3_9_on_the_page(status: Status, dark: bool) -> None:
    assert contrast(theme.MARKS[status].colour(dark), theme.colours(dark).page) >= 3.9


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_lines_of_meaning_can_be_read(dark: bool) -> None:
    now = theme.colours(dark)
    assert contrast(now.ink, now.page) >= 12
    assert contrast(now.muted, now.page) >= 4.5
    assert contrast(now.muted, now.band) >= 4.5
    assert contrast(now.accent, now.page) >= 4.5
    assert contrast(now.baseline, now.page) >= 3.9
    assert contrast(now.silence, now.page) >= 3.9


@pytest.mark.parametrize("seen", [NORMAL, DEUTERANOPIA, PROTANOPIA], ids=["normal", "deuteranopia", "protanopia"])
@pytest.mark.parametrize("dark", [False, True])
def test_what_is_judged_stays_apart_for_everybody(dark: bool, seen: Matrix) -> None:
    for one, other in combinations(JUDGED, 2):
        assert distance(theme.MARKS[one].colour(dark), theme.MARKS[other].colour(dark), seen) >= 21, (one, other)


def test_statuses_are_told_apart_without_colour() -> None:
    shapes = {status: mark.shape for status, mark in theme.MARKS.items()}
    assert shapes == {
        "off_track": "square",
        "at_risk": "triangle",
        "unknown": "hollow circle",
        "on_track": "circle",
        "paused": "bars",
        "not_started": "bars",
        "draft": "bars",
        "closed": "check",
    }
    assert len({mark.word for mark in theme.MARKS.values()}) == 8


def test_every_status_has_a_mark() -> None:
    assert set(theme.MARKS) == set(get_args(Status))


def test_the_colours_are_those_of_the_design() -> None:
    colours = {status: (mark.light, mark.dark) for status, mark in theme.MARKS.items()}
    assert colours["on_track"] == ("#006B52", "#35B48F")
    assert colours["at_risk"] == ("#B07300", "#F5C04A")
    assert colours["off_track"] == ("#8A2400", "#F0562F")
    for status in ("unknown", "paused", "not_started", "draft", "closed"):
        assert colours[status] == ("#767D8A", "#8A919E")
    assert (theme.LIGHT.accent, theme.DARK.accent) == ("#2F6DB5", "#7DB7E8")
    assert theme.LIGHT.silence == theme.MARKS["off_track"].light
    assert theme.DARK.silence == theme.MARKS["off_track"].dark


@pytest.mark.parametrize("dark", [False, True])
def test_there_are_ten_colours_for_other_kinds_and_none_is_that_of_a_judged_status(dark: bool) -> None:
    palette = theme.categorical(dark)
    assert len(set(palette)) == 10
    assert palette[0] == theme.colours(dark).accent
    assert not set(palette) & {theme.MARKS[status].colour(dark) for status in JUDGED}
    assert min(contrast(colour, theme.colours(dark).page) for colour in palette) >= 3.0


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_has_the_colours_that_figures_count_on(dark: bool) -> None:
    page: dict[str, Any] = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]["dark" if dark else "light"]
    now = theme.colours(dark)
    assert page["backgroundColor"].upper() == now.page
    assert page["textColor"].upper() == now.ink
    assert page["secondaryBackgroundColor"].upper() == now.band
    assert page["greenColor"].upper() == theme.MARKS["on_track"].colour(dark)
    assert page["orangeColor"].upper() == theme.MARKS["at_risk"].colour(dark)
    assert page["redColor"].upper() == theme.MARKS["off_track"].colour(dark)
    assert page["grayColor"].upper() == theme.MARKS["unknown"].colour(dark)
    assert page["chartCategoricalColors"] == list(theme.categorical(dark))


@pytest.mark.parametrize("dark", [False, True])
def test_figures_have_no_frame_and_no_background_of_their_own(dark: bool) -> None:
    layout = theme.template(dark).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert not layout.xaxis.showline
    assert not layout.yaxis.showline
    assert layout.font.color == theme.colours(dark).ink
    assert layout.dragmode is False


def test_a_colour_over_another_one_is_mixed_by_its_part() -> None:
    assert theme.mixed("#FF0000", "#0000FF", 0.2) == "#3300CC"
    assert theme.mixed("#123456", "#FFFFFF", 1) == "#123456"


def test_figures_have_no_tools_before_they_are_pointed_at() -> None:
    assert theme.CONFIG["displayModeBar"] == "hover"
    assert theme.CONFIG["scrollZoom"] is theme.CONFIG["displaylogo"] is False
