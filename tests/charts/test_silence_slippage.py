"""Silence x slippage: where engagements stand, what is counted, what is named."""

from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from engagement.assessment.results import Assessment
from engagement.charts.axes import width_of
from engagement.charts.labels import Box
from engagement.charts.silence_slippage import ACROSS, TALL, silence_slippage
from tests.builders import a_warning
from tests.charts import made


def one(key: str, days: int | None, slip: int | None, state: str = "on_time", **said: Any) -> Assessment:
    contact = made.contact(days, state)
    is_agreed = said.pop("agreed", False)
    warnings = (a_warning("slipping"),) if slip and slip > 7 and not is_agreed else ()
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


def parting(figure: Any) -> tuple[float, float]:
    """Where the panel of those that are both begins, across and up."""
    return figure.layout.shapes[0].x0, figure.layout.shapes[0].y0


def notes(figure: Any) -> list[str]:
    """What is written in the plot."""
    return [note.text for note in figure.layout.annotations if note.yref != "paper"]


PANELS = {"silent and slipping": (True, True), "only silent": (True, False), "only slipping": (False, True)}


def test_every_mark_stands_in_the_panel_that_title_and_lists_count_it_in() -> None:
    agreed = one("moved", 30, 69, "silent", agreed=True)  # far behind the first promise, and nobody calls it slipping
    within = one("grace", 9, 17, agreed=True)  # past its cadence, and not silent yet
    shown = [FORGOTTEN, LATE, SILENT, FINE, agreed, within]
    chart = silence_slippage(shown, dark=False)
    at, (across, up) = points(chart.figure), parting(chart.figure)
    panels: dict[tuple[bool, bool], set[str]] = {}
    for key, (x, y, _) in at.items():
        panels.setdefault((x > across, y > up), set()).add(key)
    assert panels == {
        (True, True): {"crm"},
        (True, False): {"seo", "moved"},
        (False, True): {"web"},
        (False, False): {"app", "grace"},
    }
    lists = silence_slippage(shown, dark=False, narrow=True).listings
    assert [{item.engagement for item in listing.items} for listing in lists[:3]] == [
        panels[panel] for panel in PANELS.values()
    ]
    named = ["silent and slipping: 1", "only silent: 2", "only slipping: 1", "neither: 2"]
    assert notes(chart.figure)[:4] == named


def test_six_that_are_silent_and_not_slipping_leave_the_corner_of_both_empty() -> None:
    six = [one(f"e{at}", 61, 17, "forgotten", agreed=True, status="off_track") for at in range(6)]
    chart = silence_slippage(six, dark=False)
    assert chart.title == "Six engagements are silent, none slipping"
    across, up = parting(chart.figure)
    assert all(x > across and y < up for x, y, _ in points(chart.figure).values())
    assert notes(chart.figure) == [
        *("silent and slipping: 0", "only silent: 6", "only slipping: 0", "neither: 0"),
        "6 here",
    ]
    assert chart.figure is not None
    assert chart.figure.data[0].hovertext[0].endswith("Also here: e1, e2, e3, e4 and e5")


def test_what_is_longer_silent_stands_further_right_and_what_slips_more_further_up() -> None:
    rows = [one("a", 14, 8, "silent"), one("b", 35, 30, "silent"), one("c", 140, 365, "forgotten")]
    at = points(silence_slippage(rows, dark=False).figure)
    assert at["a"][0] < at["b"][0] < at["c"][0] < 1
    assert at["a"][1] < at["b"][1] < at["c"][1] < 1


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


def test_with_few_every_engagement_is_drawn_and_with_many_those_that_are_well_are_counted() -> None:
    few = [FORGOTTEN, *(one(f"e{at}", 1, 0) for at in range(7))]
    figure = silence_slippage(few, dark=False).figure
    assert len(points(figure)) == 8
    many = [FORGOTTEN, *(one(f"e{at}", 1, 0) for at in range(8))]
    figure = silence_slippage(many, dark=False).figure
    assert list(points(figure)) == ["crm"]
    assert "neither: 8<br>not drawn" in notes(figure)


def test_the_panels_have_their_names_and_few_points_have_theirs() -> None:
    figure = silence_slippage([FORGOTTEN, LATE, SILENT, FINE], dark=False).figure
    assert notes(figure)[:4] == ["silent and slipping: 1", "only silent: 1", "only slipping: 1", "neither: 1"]
    assert set(notes(figure)[4:]) == {"crm", "web", "seo", "app"}


def boxes(figure: Any) -> list[Box]:
    """The room of what is written in the plot, in pixels, in the least width it is shown in."""
    found = []
    for note in figure.layout.annotations:
        if note.yref == "paper":
            continue
        lines = note.text.split("<br>")
        wide, tall = max(width_of(line, 12) for line in lines), 15 * len(lines)
        x, y = note.x * ACROSS + note.xshift, note.y * TALL + note.yshift
        left = {"left": x, "right": x - wide, "center": x - wide / 2}[note.xanchor]
        foot = {"bottom": y, "top": y - tall, "middle": y - tall / 2}[note.yanchor]
        found.append(Box(left, foot, left + wide, foot + tall))
    return found


def on_a_mark(figure: Any, box: Box) -> bool:
    marks = [(x * ACROSS, y * TALL, size / 2) for x, y, size in points(figure).values()]
    return any(box.touches(Box(x - radius, y - radius, x + radius, y + radius)) for x, y, radius in marks)


PORTFOLIOS = {
    "one place": [one(f"engagement number {at}", 30, 60, "forgotten") for at in range(40)],
    "a cloud": [
        one(f"engagement number {at}", 15 + at * at % 97, 8 + at * 37 % 400, "forgotten", cost=made.cost(at % 7 * 1000))
        for at in range(30)
    ],
    "a row": [one(f"some long name of an engagement {at}", 12 + at, 0, "silent") for at in range(30)],
    "every panel": [
        one(f"客户关系管理系统 {at}", at % 60, at * 7 % 90, "silent" if at % 60 > 9 else "on_time", agreed=at % 2 == 0)
        for at in range(60)
    ],
}


@pytest.mark.parametrize("name", PORTFOLIOS)
def test_no_label_touches_another_one_a_mark_a_parting_or_the_edge(name: str) -> None:
    figure = silence_slippage(PORTFOLIOS[name], dark=False).figure
    written = boxes(figure)
    assert len(written) > 4
    assert not any(box.touches(other) for box, other in combinations(written, 2))
    assert not any(on_a_mark(figure, box) for box in written)
    across, up = parting(figure)
    plot = Box(1, 1, ACROSS - 1, TALL - 1)
    partings = [Box(across * ACROSS, 0, across * ACROSS + 1, TALL), Box(0, up * TALL, ACROSS, up * TALL + 1)]
    assert all(plot.holds(box) for box in written)
    assert not any(box.touches(line) for box in written for line in partings)


def test_where_there_is_no_room_for_all_labels_the_one_that_matters_least_is_left_out() -> None:
    row = [
        one(f"{at:02} a rather long name of it", 14 * 2 ** (at // 2) + 3 * at, at % 2 * 3, "silent") for at in range(9)
    ]
    labelled = notes(silence_slippage(row, dark=False).figure)[4:]
    assert labelled[0].startswith(("07", "08"))
    assert len(labelled) < 9


def test_the_legend_begins_at_the_edge_of_the_figure() -> None:
    figure = silence_slippage([FORGOTTEN, LATE], dark=False).figure
    assert figure is not None
    legend = next(note for note in figure.layout.annotations if note.yref == "paper")
    assert (legend.x, legend.xref, legend.xshift) == (0, "paper", -figure.layout.margin.l)
    assert "off\u00a0track" in legend.text
    assert "unknown" not in legend.text


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


def test_a_value_that_both_panels_reach_is_written_once() -> None:
    agreed = one("moved", 30, 69, "silent", agreed=True)
    figure = silence_slippage([FORGOTTEN, LATE, SILENT, FINE, agreed], dark=False).figure
    assert figure is not None
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert len(set(axis.ticktext)) == len(axis.ticktext) >= 3
