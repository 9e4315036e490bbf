"""Silence x slippage: where engagements stand, what is counted, what is named."""

from decimal import Decimal
from math import log
from typing import Any

import pytest

from engagement.assessment.results import Assessment
from engagement.charts.silence_slippage import silence_slippage
from tests.builders import a_warning
from tests.charts import made


def one(key: str, days: int | None, slip: int | None, state: str = "on_time", **said: Any) -> Assessment:
    contact = made.contact(days, state)
    warnings = (a_warning("slipping"),) if slip and slip > 7 and not said.pop("agreed", False) else ()
    return made.assessment(
        key, contact=contact, schedule=made.schedule(slip_days=slip), **{"warnings": warnings, **said}
    )


FORGOTTEN = one("crm", 21, 63, "forgotten", status="off_track", cost=made.cost(40_000))
LATE = one("web", 3, 30, status="at_risk", cost=made.cost(10_000))
SILENT = one("seo", 14, 0, "silent", status="at_risk", cost=made.cost(90_000), currency="USD")
FINE = one("app", 7, 7)


def points(figure: Any) -> dict[str, tuple[float, float, float]]:
    return {
        key: (x, y, size)
        for trace in figure.data
        for key, x, y, size in zip(trace.customdata, trace.x, trace.y, trace.marker.size, strict=True)
    }


def test_marks_stand_at_silence_over_cadence_and_slip() -> None:
    chart = silence_slippage([FORGOTTEN, LATE, SILENT, FINE], dark=False)
    at = points(chart.figure)
    # 21 days over every 7 is 3, and 63 days of slip are 9 weeks: log(1 + 3) across, log(1 + 9) up.
    assert at["crm"][:2] == pytest.approx((log(4), log(10)))
    assert at["app"][:2] == pytest.approx((log(2), log(2)))
    assert at["seo"][:2] == pytest.approx((log(3), 0))


def test_size_is_budget_within_a_currency() -> None:
    at = points(silence_slippage([FORGOTTEN, LATE, SILENT, FINE], dark=False).figure)
    assert at["crm"][2] == at["seo"][2] == 26  # the largest in EUR, and the only one in USD
    assert at["web"][2] == 13  # a quarter of the largest: half as wide
    assert at["app"][2] == 9  # no budget on record: the smallest


def test_a_status_has_its_shape_and_colour() -> None:
    figure = silence_slippage([FORGOTTEN, LATE, SILENT, FINE], dark=True).figure
    assert figure is not None
    looks = [(t.name, t.marker.symbol, t.marker.color) for t in figure.data]
    assert looks == [
        ("off track", "square", "#F0562F"),
        ("at risk", "triangle-up", "#F5C04A"),
        ("on track", "circle", "#35B48F"),
    ]


def test_the_finding_says_who_is_both() -> None:
    chart = silence_slippage([FORGOTTEN, LATE, SILENT, FINE], dark=False)
    assert chart.title == "crm is silent and slipping"
    assert chart.alt == (
        "crm is silent and slipping. Silent and slipping: 1; only silent: 1; only slipping: 1; neither: 1. "
        "Both are crm."
    )
    other = one("erp", 30, 8, "silent")
    assert silence_slippage([FORGOTTEN, other], dark=False).title == "Two engagements are silent and slipping"
    assert silence_slippage([FINE, LATE], dark=False).finding == "One engagement is slipping, none silent"
    assert silence_slippage([SILENT, LATE], dark=False).finding == "One silent, one slipping, none both"
    assert silence_slippage([SILENT, FINE], dark=False).finding == "One engagement is silent, none slipping"
    assert silence_slippage([FINE], dark=False).finding is None


def test_a_finish_that_was_moved_by_agreement_is_not_slipping() -> None:
    agreed = one("a", 30, 69, "silent", agreed=True)
    assert silence_slippage([agreed], dark=False).finding == "One engagement is silent, none slipping"
    assert silence_slippage([one("b", 30, 69, "silent")], dark=False).finding == "b is silent and slipping"


def test_what_was_moved_by_agreement_for_more_than_a_week_is_drawn_beside_the_box() -> None:
    many = [one(f"e{at}", 1, 7) for at in range(8)]
    figure = silence_slippage([*many, one("moved", 1, 8, agreed=True)], dark=False).figure
    assert list(points(figure)) == ["moved"]


def test_with_few_every_engagement_is_drawn_and_with_many_the_healthy_are_one_box() -> None:
    few = [FORGOTTEN, *(one(f"e{at}", 1, 0) for at in range(7))]
    figure = silence_slippage(few, dark=False).figure
    assert len(points(figure)) == 8
    many = [FORGOTTEN, *(one(f"e{at}", 1, 0) for at in range(8))]
    figure = silence_slippage(many, dark=False).figure
    assert figure is not None
    assert list(points(figure)) == ["crm"]
    assert "8 talking,<br>at most a week late" in [note.text for note in figure.layout.annotations]


def test_the_far_corner_has_its_name_and_few_points_have_theirs() -> None:
    figure = silence_slippage([FORGOTTEN, LATE, SILENT, FINE], dark=False).figure
    assert figure is not None
    assert {note.text for note in figure.layout.annotations} == {"set and forget", "crm", "web", "seo", "app"}


def test_labels_of_the_same_place_do_not_lie_on_each_other() -> None:
    crowd = [one(f"engagement number {at}", 30, 60, "forgotten") for at in range(40)]
    figure = silence_slippage(crowd, dark=False).figure
    assert figure is not None
    places = [(note.xanchor, note.yanchor, note.xshift, note.yshift) for note in figure.layout.annotations]
    assert len(places) == len(set(places)) <= 5  # the corner, and one on each side


def test_what_cannot_be_placed_is_counted() -> None:
    retainer, unknown = one("r", 3, None), one("u", None, 4, "unknown")
    closed = one("c", None, None, life="closed")
    chart = silence_slippage([FORGOTTEN, retainer, unknown, closed], dark=False)
    assert chart.unit.endswith("Size is budget. Two not shown: no conversation or no promised date on record")


def test_without_budgets_it_says_so() -> None:
    assert "No budgets are recorded: all marks have one size" in silence_slippage([FINE], dark=False).unit


def test_on_a_phone_it_is_four_counted_lists() -> None:
    chart = silence_slippage([LATE, FORGOTTEN, SILENT, FINE], dark=False, narrow=True)
    assert chart.figure is None
    assert [(listing.heading, [item.text for item in listing.items]) for listing in chart.listings] == [
        ("Silent and slipping: 1", ["crm: talked 21 days ago, finish +63 d"]),
        ("Silent: 1", ["seo: talked 14 days ago, finish 0 d"]),
        ("Slipping: 1", ["web: talked 3 days ago, finish +30 d"]),
        ("Neither: 1", []),
    ]
    assert chart.listings[0].items[0].engagement == "crm"


def test_long_lists_say_how_many_more() -> None:
    crowd = [one(f"e{at}", 30, 60 + at, "forgotten") for at in range(11)]
    listing = silence_slippage(crowd, dark=False, narrow=True).listings[0]
    assert [item.engagement for item in listing.items][:2] == ["e10", "e9"]
    assert (len(listing.items), listing.more) == (8, 3)


def test_hover_shows_the_record() -> None:
    hostile = one("x", 21, 63, "forgotten", name="<b>Big</b>", status="off_track", cost=made.cost(46_200))
    figure = silence_slippage([hostile], dark=False).figure
    assert figure is not None
    assert figure.data[0].hovertext[0] == (
        "&lt;b&gt;Big&lt;/b&gt;, Northwind: off track<br>Last talked 21 days ago; agreed every 7 days<br>"
        "Finish +63 d against the first promise<br>EUR 46,200"
    )
    assert hostile.cost.budget == Decimal(46_200)


def test_who_talked_today_talked_today() -> None:
    listing = silence_slippage([one("a", 0, 30)], dark=False, narrow=True).listings[2]
    assert listing.items[0].text == "a: talked today, finish +30 d"


def test_nothing_to_compare_is_said_with_what_to_do() -> None:
    assert silence_slippage([], dark=False).title == "No engagement is active."
    chart = silence_slippage([one("r", 3, None)], dark=False)
    assert chart.figure is None
    assert chart.title == "Silence and slippage cannot be compared yet."
