"""Days on an axis, a scale around nought, labels that keep apart, and text that plotly must not read as HTML."""

from datetime import date
from itertools import pairwise
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.charts import axes
from engagement.charts.chart import hover, nothing, short
from tests.charts.made import AS_OF


def test_three_weeks_have_a_tick_on_every_monday() -> None:
    axis = axes.day_axis(date(2026, 11, 1), date(2026, 11, 20), AS_OF, most=6)
    assert axis["tickvals"] == ["2026-11-02", "2026-11-09", "2026-11-16"]
    assert axis["ticktext"] == ["2 Nov", "9 Nov", "16 Nov"]


def test_half_a_year_has_a_tick_on_the_first_of_every_month() -> None:
    axis = axes.day_axis(date(2026, 5, 24), date(2026, 11, 21), AS_OF, most=6)
    assert axis["ticktext"] == ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]


def test_the_year_stands_once_under_each_year_that_is_not_this_one() -> None:
    axis = axes.day_axis(date(2025, 6, 20), date(2027, 2, 1), AS_OF, most=8)
    assert axis["tickvals"] == [
        "2025-07-01",
        "2025-10-01",
        "2026-01-01",
        "2026-04-01",
        "2026-07-01",
        "2026-10-01",
        "2027-01-01",
    ]
    assert axis["ticktext"] == ["Jul<br>2025", "Oct", "Jan", "Apr", "Jul", "Oct", "Jan<br>2027"]


def test_a_single_day_has_an_axis() -> None:
    assert axes.day_axis(AS_OF, AS_OF, AS_OF)["tickvals"] == []


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000), st.integers(2, 9))
def test_there_are_never_more_ticks_than_fit(start: date, days: int, most: int) -> None:
    end = date.fromordinal(start.toordinal() + days)
    assert len(axes.day_axis(start, end, AS_OF, most)["tickvals"]) <= most


def test_the_scale_is_even_around_nought_and_logarithmic_far_from_it() -> None:
    assert axes.symlog(0, 7) == 0
    assert axes.symlog(7, 7) == pytest.approx(log(2))
    assert axes.symlog(-7, 7) == pytest.approx(-log(2))
    assert axes.symlog(63, 7) == pytest.approx(log(10))


def test_labels_that_would_touch_are_moved_apart_in_their_order() -> None:
    assert axes.spread([50, 52, 10], 10, 0, 100) == [50, 60, 10]
    assert axes.spread([99, 98], 10, 0, 100) == [100, 90]
    assert axes.spread([], 10, 0, 100) == []


def test_labels_without_room_for_all_are_spread_evenly() -> None:
    assert axes.spread([0, 0, 0], 60, 0, 100) == [0, 50, 100]


@given(st.lists(st.floats(0, 100), max_size=9))
def test_spread_labels_stay_within_and_apart(wanted: list[float]) -> None:
    placed = sorted(axes.spread(wanted, 10, 0, 100))
    assert all(-1e-6 <= at <= 100 + 1e-6 for at in placed)
    assert all(after - before >= 10 - 1e-6 for before, after in pairwise(placed))


def test_names_are_shown_as_typed() -> None:
    assert short("<b>Big</b> & more", 300) == "&lt;b&gt;Big&lt;/b&gt; &amp; more"
    assert short("  a\nb  ", 300) == "a b"
    assert short("Data <warehouse> phase 2", 90) == "Data &lt;wareh…"
    assert hover("<a href=x>", None, "two words", width=4) == "&lt;a<br>href=x&gt;<br>two<br>words"


def test_room_for_a_name_grows_with_its_letters() -> None:
    assert axes.width_of("") == 0
    assert axes.width_of("aaaa", 10) == 22  # 4 x 0.55 x 10
    assert axes.width_of("ill", 10) == 11  # 3 x 0.34 x 10, rounded up
    assert axes.width_of("日本", 10) == 20
    assert axes.width_of("🚀", 10) == 13
    assert axes.width_of("AB", 10) == 14  # 2 x 0.66 x 10, rounded up
    assert axes.width_of("e\u0301\u200d", 10) == 6  # an accent and a joiner take no room


HOSTILE = (
    "客户关系管理系统迁移与数据清洗项目二期工程实施",
    "نظام إدارة علاقات العملاء للشركة الكبرى",
    "🚀🔥 Rocket launch 👩‍👩‍👧‍👦 project 🇩🇪 and further pictures 🧯🧯🧯🧯",
    "Averyveryveryveryverylongwordwithoutanyspacesatallwhichgoesonandon",
    "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_cut_by_its_width_and_not_by_its_letters(name: str) -> None:
    cut = axes.fit(name, 184)
    assert axes.width_of(cut) <= 184
    assert axes.width_of(cut) >= 130  # the family of four is 68 pixels wide, and is kept or left out as a whole
    assert cut.endswith("…")
    assert name.startswith(cut[:-1])


def test_a_name_that_has_room_stays_whole() -> None:
    assert axes.fit("Python 3.11 release schedule", axes.room_for_names(axes.COLUMN)) == "Python 3.11 release schedule"


def test_a_name_is_not_cut_within_a_letter_of_several_parts() -> None:
    family = "👩\u200d👩\u200d👧"  # three pictures of 1.3 x 10 pixels, seen as one
    assert axes.fit(f"a{family}bcdefgh", 43, 10) == "a…"
    assert axes.fit(f"a{family}bcdefgh", 55, 10) == f"a{family}…"
    assert axes.fit("ne\u0301ne\u0301ne\u0301ne\u0301", 26, 10) == "ne\u0301n…"


@given(st.text(max_size=60), st.integers(20, 300))
def test_no_name_is_wider_than_its_room(name: str, room: int) -> None:
    assert axes.width_of(axes.fit(name, room)) <= room


def test_ticks_are_as_many_as_have_room() -> None:
    assert axes.most_ticks(280) == 5
    assert axes.most_ticks(279) == 4
    assert axes.most_ticks(10) == 2


def test_nothing_to_draw_is_said_with_what_to_do() -> None:
    chart = nothing("No milestone has a date.", "Add one.")
    assert chart.figure is None
    assert (chart.title, chart.unit, chart.alt) == (
        "No milestone has a date.",
        "Add one.",
        "No milestone has a date. Add one.",
    )
