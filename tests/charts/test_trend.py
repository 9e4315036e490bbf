"""Milestone trend: the words as they were said, what moved most, and the same as lines of text."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest

from engagement.assessment.finish import Expected
from engagement.assessment.slippage import MilestoneTrend, Word
from engagement.charts import theme
from engagement.charts.axes import width_of
from engagement.charts.labels import Box
from engagement.charts.trend import trend
from engagement.charts.trend_likely import NAME, TIE
from engagement.charts.trend_names import TALL, colours
from engagement.charts.trend_words import path
from tests.charts.colour import DEUTERANOPIA, NORMAL, PROTANOPIA, Matrix, distance
from tests.charts.made import AS_OF

LOAD = MilestoneTrend(
    "M1",
    "Data load",
    (
        Word(date(2026, 6, 1), date(2026, 12, 1), "first"),
        Word(date(2026, 9, 4), date(2026, 12, 10), "forecast"),
        Word(date(2026, 10, 2), date(2026, 12, 18), "baseline"),
    ),
    None,
)
KEPT = MilestoneTrend("M2", "Design", (Word(date(2026, 6, 1), date(2026, 8, 3), "first"),), date(2026, 8, 1))
TEST = MilestoneTrend(
    "M3",
    "Test run",
    (Word(date(2026, 6, 1), date(2027, 1, 8), "first"), Word(date(2026, 11, 2), date(2027, 1, 6), "forecast")),
    None,
)


def named(figure: Any) -> list[str]:
    return [each.customdata[0] for each in figure.data if each.name == "moved most"]


def labels(figure: Any) -> list[Any]:
    """What is written beside lines."""
    return [note for note in figure.layout.annotations if note.name]


def names(figure: Any) -> list[str]:
    return [note.text.partition("</span> ")[2] for note in labels(figure)]


def corners(figure: Any, milestone: str) -> list[tuple[str, str]]:
    line = next(each for each in figure.data if each.mode == "lines" and each.customdata[0] == milestone)
    return [(x.isoformat(), y.isoformat()) for x, y in zip(line.x, line.y, strict=True)]


def test_a_word_stands_until_the_next_one_and_the_last_until_today() -> None:
    assert corners(trend([LOAD], AS_OF, dark=False).figure, "M1") == [
        ("2026-06-01", "2026-12-01"),
        ("2026-09-04", "2026-12-01"),
        ("2026-09-04", "2026-12-10"),
        ("2026-10-02", "2026-12-10"),
        ("2026-10-02", "2026-12-18"),
        ("2026-11-20", "2026-12-18"),
    ]


LIKELY = {
    "M1": Expected(date(2026, 12, 20), date(2027, 1, 10), in_doubt=False),
    "M3": Expected(date(2027, 1, 8), date(2027, 2, 1), in_doubt=False),
}


def traces(figure: Any, name: str) -> dict[str, tuple[list[Any], list[Any]]]:
    return {each.customdata[0]: (list(each.x), list(each.y)) for each in figure.data if each.name == name}


def test_what_is_likely_of_open_results_stands_right_of_today_the_higher_line_nearer() -> None:
    chart = trend([LOAD, KEPT, TEST], AS_OF, dark=False, likely=LIKELY)
    assert chart.figure is not None
    bands = traces(chart.figure, NAME)
    assert bands["M1"][1] == [date(2026, 12, 20), date(2027, 1, 10)]
    assert bands["M3"][1] == [date(2027, 1, 8), date(2027, 2, 1)]
    # what was said of M3, 6 January, lies above what was said of M1, 18 December
    assert "2026-11-20" < bands["M3"][0][0] < bands["M1"][0][0] < chart.figure.layout.xaxis.range[1]
    assert chart.figure.layout.yaxis.range[1] > "2027-02-01"
    assert max(chart.figure.layout.xaxis.tickvals) <= "2026-11-20"  # nothing is said tomorrow
    texts = [item.text for item in chart.listings[0].items]
    assert texts[0].endswith("moved twice; expected 20 Dec, likely by 10 Jan 2027")
    alone = trend([LOAD], AS_OF, dark=False).figure
    assert alone is not None
    assert not traces(alone, NAME)
    assert not traces(alone, TIE)


def test_the_bars_right_of_today_are_explained_where_there_are_any() -> None:
    told = "Right of today each bar is the likely range of its line; how far right says nothing"
    assert trend([LOAD, KEPT, TEST], AS_OF, dark=False, likely=LIKELY).unit.endswith(f". {told}")
    assert told not in trend([LOAD, KEPT, TEST], AS_OF, dark=False).unit


def test_where_few_of_many_moved_the_finish_and_what_comes_next_have_names_and_ranges_too() -> None:
    held = [
        MilestoneTrend(f"H{at}", f"Step {at}", (Word(date(2026, 6, 1), date(2027, at, 1), "first"),), None)
        for at in range(1, 9)
    ]
    known = {each.milestone: Expected(date(2027, 9, 1), date(2027, 10, 1), in_doubt=False) for each in held}
    figure = trend([*held, LOAD, KEPT], AS_OF, dark=False, likely=known | LIKELY).figure
    assert {name.partition(" +")[0] for name in names(figure)} == {"Data load", "Step 8", "Step 1", "Step 2", "Step 3"}
    assert set(traces(figure, NAME)) == {"M1", "H8", "H1", "H2", "H3"}
    ended = trend([*held, LOAD, KEPT], AS_OF, dark=False, closed_on=date(2026, 11, 10)).figure
    assert [name.partition(" +")[0] for name in names(ended)] == ["Data load"]


def test_what_is_likely_is_tied_to_the_end_of_its_line_in_the_same_colour() -> None:
    figure = trend([LOAD, KEPT, TEST], AS_OF, dark=False, likely=LIKELY).figure
    assert figure is not None
    band_x = {key: x[0] for key, (x, _) in traces(figure, NAME).items()}
    assert traces(figure, TIE) == {
        "M1": (
            ["2026-11-20", band_x["M1"], band_x["M1"]],
            [date(2026, 12, 18), date(2026, 12, 18), date(2026, 12, 20)],
        ),
        "M3": (["2026-11-20", band_x["M3"], band_x["M3"]], [date(2027, 1, 6), date(2027, 1, 6), date(2027, 1, 8)]),
    }
    for key in ("M1", "M3"):
        assert len({each.line.color for each in figure.data if each.mode == "lines" and each.customdata[0] == key}) == 1


def test_days_that_are_all_the_same_can_be_seen_and_a_tie_ends_where_they_begin() -> None:
    early = {"M1": Expected(date(2026, 12, 4), date(2026, 12, 4), in_doubt=False)}
    figure = trend([LOAD], AS_OF, dark=False, likely=early).figure
    assert figure is not None
    low, high = traces(figure, NAME)["M1"][1]
    assert low < "2026-12-04T00:00" < high
    assert traces(figure, TIE)["M1"][1][-1] == date(2026, 12, 4)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("seen", [NORMAL, DEUTERANOPIA, PROTANOPIA], ids=["normal", "deuteranopia", "protanopia"])
def test_named_lines_stay_apart_from_each_other_and_from_the_rest_for_everybody(dark: bool, seen: Matrix) -> None:
    for one, other in combinations((*colours(dark), theme.colours(dark).axis), 2):
        assert distance(one, other, seen) >= 15, (one, other)


def test_a_date_that_has_passed_moves_on_with_time() -> None:
    late = MilestoneTrend(
        "M4",
        "Importer",
        (Word(date(2026, 6, 1), date(2026, 8, 3), "first"), Word(date(2026, 9, 1), date(2026, 11, 2), "forecast")),
        None,
    )
    chart = trend([late], AS_OF, dark=False)
    assert corners(chart.figure, "M4") == [
        ("2026-06-01", "2026-08-03"),
        ("2026-08-03", "2026-08-03"),
        ("2026-09-01", "2026-09-01"),
        ("2026-09-01", "2026-11-02"),
        ("2026-11-02", "2026-11-02"),
        ("2026-11-20", "2026-11-20"),
    ]
    # From 3 August to today, 20 November: 28 + 30 + 31 + 20 = 109 days.
    assert chart.title == "Importer moved to 20 Nov (+109 d, moved once)"


def test_a_delivered_milestone_ends_on_its_day_where_it_was_due_that_day() -> None:
    figure = trend([KEPT, LOAD], AS_OF, dark=False).figure
    assert figure is not None
    assert corners(figure, "M2") == [("2026-06-01", "2026-08-03"), ("2026-08-01", "2026-08-03")]
    mark = next(each for each in figure.data if each.name == "delivered")
    assert (list(mark.x), list(mark.y)) == ([date(2026, 8, 1)], [date(2026, 8, 1)])


def test_a_re_baseline_is_marked() -> None:
    figure = trend([LOAD, KEPT], AS_OF, dark=False).figure
    assert figure is not None
    mark = next(each for each in figure.data if each.name == "re-agreed")
    assert (list(mark.x), list(mark.y)) == ([date(2026, 10, 2)], [date(2026, 12, 18)])
    assert mark.marker.symbol == "diamond"


def test_the_five_that_moved_most_have_names_and_colours_of_their_own_and_the_rest_is_grey() -> None:
    moved = [
        MilestoneTrend(
            f"M{by}",
            f"Part {by}",
            (
                Word(date(2026, 6, 1), date(2026, 12, 1), "first"),
                Word(date(2026, 7, 1), date(2026, 12, 1 + by), "forecast"),
            ),
            None,
        )
        for by in range(1, 8)
    ]
    figure = trend([*moved, KEPT], AS_OF, dark=False).figure
    assert figure is not None
    assert named(figure) == ["M3", "M4", "M5", "M6", "M7"]  # the most moved on top
    shown = {(each.customdata[0], each.name): each.line.color for each in figure.data if each.mode == "lines"}
    assert [shown[f"M{by}", "moved most"] for by in (7, 6, 5, 4, 3)] == list(colours(dark=False))
    assert {shown["M2", "moved"], shown["M1", "moved"], shown["M2", "held"]} == {"#C3C8D0"}
    assert names(figure) == ["Part 3 +3 d", "Part 4 +4 d", "Part 5 +5 d", "Part 6 +6 d", "Part 7 +7 d"]
    heights = [note.y for note in labels(figure)]
    assert heights == sorted(heights)


def test_with_few_all_are_named_and_only_those_that_moved_stand_out() -> None:
    figure = trend([LOAD, KEPT], AS_OF, dark=False).figure
    assert figure is not None
    assert named(figure) == ["M1"]
    assert names(figure) == ["Data load +17 d", "Design −2 d"]


LATE = MilestoneTrend("M5", "Handover", (Word(date(2026, 6, 1), date(2026, 8, 3), "first"),), date(2026, 8, 17))


def test_what_was_delivered_late_has_moved_in_title_and_colour_though_nobody_gave_a_new_date() -> None:
    chart = trend([LATE, KEPT], AS_OF, dark=False)
    assert chart.title == "Handover moved to 17 Aug (+14 d, without a new date)"
    assert named(chart.figure) == ["M5"]
    assert chart.listings[0].heading == "1 moved, 1 did not"


def test_the_axis_ends_where_the_data_end_and_a_name_stands_where_its_line_ends() -> None:
    years_later = date(2031, 1, 6)
    figure = trend([LATE, KEPT], years_later, dark=False).figure
    assert figure is not None
    assert figure.layout.xaxis.range[1] == "2026-08-17"
    ends = {note.name: (note.x, note.y) for note in labels(figure)}
    assert ends == {"M5": ("2026-08-17", "2026-08-17"), "M2": ("2026-08-01", "2026-08-01")}
    assert "today" not in [note.text for note in figure.layout.annotations]


def test_nothing_goes_on_after_the_work_was_closed() -> None:
    figure = trend([LOAD], date(2031, 1, 6), dark=False, closed_on=date(2026, 11, 20)).figure
    assert corners(figure, "M1")[-1] == ("2026-11-20", "2026-12-18")


def test_names_lie_neither_on_each_other_nor_on_a_line_and_the_least_moved_gives_way() -> None:
    crowd = [
        MilestoneTrend(
            f"M{at:02}",
            f"Milestone number {at}",
            (Word(date(2026, 6, 1), date(2026, 8, 3) + timedelta(days=at), "first"),),
            date(2026, 8, 10) + timedelta(days=at),
        )
        for at in range(30)
    ]
    figure = trend(crowd, AS_OF, dark=False).figure
    assert figure is not None
    low, high = (date.fromisoformat(on) for on in figure.layout.yaxis.range)
    first, last = (date.fromisoformat(on) for on in figure.layout.xaxis.range)
    across = 700 - 88 - (8 + width_of("Milestone number 29 +7 d") + 20 + 6)
    boxes = []
    for note, name in zip(labels(figure), names(figure), strict=True):
        on, y = date.fromisoformat(note.x), date.fromisoformat(note.y)
        left = (on - first) / (last - first) * across + note.xshift
        middle = (y - low) / (high - low) * TALL + note.yshift
        boxes.append(Box(left, middle - 8, left + width_of(name), middle + 8))
    assert boxes
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))
    for each in figure.data:
        if each.mode == "lines":
            end, height = (date.fromisoformat(str(ends[-1])[:10]) for ends in (each.x, each.y))
            line = Box(0, (height - low) / (high - low) * TALL, (end - first) / (last - first) * across, 0)
            line = line._replace(top=line.foot + 1)
            assert not any(box.touches(line) for box in boxes)


def test_names_of_open_ones_stand_beside_the_plot_at_the_height_of_their_likely_days() -> None:
    figure = trend([LOAD, KEPT, TEST], AS_OF, dark=False, likely=LIKELY).figure
    assert figure is not None
    heights = {note.name: note.y for note in labels(figure) if note.xref == "paper"}
    assert heights["M3"] > heights["M1"]
    assert figure.layout.margin.r > 8 + width_of("Data load +17 d")


def test_of_results_with_the_same_name_the_day_tells_which_one_it_is() -> None:
    twins = [LATE._replace(name="Month-end close"), KEPT._replace(name="Month-end close")]
    figure = trend(twins, AS_OF, dark=False).figure
    assert names(figure) == ["Month-end close 3 Aug +14 d", "Month-end close 3 Aug −2 d"]


def test_the_diagonal_is_explained_where_it_is_in_sight() -> None:
    chart = trend([LOAD, KEPT], AS_OF, dark=False)
    assert chart.figure is not None
    assert chart.unit.endswith("; on the diagonal it is due")
    assert "due that day" in [note.text for note in chart.figure.layout.annotations]
    # said from 1 June until 20 November, for December alone
    far = trend([LOAD], AS_OF, dark=False)
    assert far.figure is not None
    assert far.unit.endswith("moves away from its promise")
    assert "due that day" not in [note.text for note in far.figure.layout.annotations]


def test_the_finding_names_what_moved_most() -> None:
    assert trend([LOAD], AS_OF, dark=False).title == "Data load moved to 18 Dec (+17 d, moved twice)"
    assert (
        trend([LOAD, KEPT, TEST], AS_OF, dark=False).title
        == "Two milestones moved, Data load most (+17 d, moved twice)"
    )
    assert trend([KEPT], AS_OF, dark=False).finding is None


def test_on_a_phone_it_is_lines_of_text() -> None:
    chart = trend([KEPT, TEST, LOAD], AS_OF, dark=False, narrow=True)
    assert chart.figure is None
    assert chart.listings[0].heading == "2 moved, 1 did not"
    assert [item.text for item in chart.listings[0].items] == [
        "Data load: 1 → 10 → 18 Dec, moved twice",
        "Test run: 8 → 6 Jan 2027, moved once",
        "Design: 3 Aug, no new date, delivered 1 Aug",
    ]
    assert chart.listings[0].more == 0


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([date(2026, 12, 1)], "1 Dec"),
        ([date(2026, 11, 28), date(2026, 12, 3)], "28 Nov → 3 Dec"),
        ([date(2026, 12, 28), date(2027, 1, 3), date(2027, 1, 9)], "28 Dec → 3 → 9 Jan 2027"),
        ([date(2027, 12, 28), date(2028, 1, 3)], "28 Dec 2027 → 3 Jan 2028"),
    ],
)
def test_a_path_names_each_day_as_short_as_the_next_allows(days: list[date], text: str) -> None:
    assert path(days, AS_OF) == text


def test_many_moves_leave_out_the_middle_ones() -> None:
    words = tuple(Word(date(2026, 6, at), date(2026, 12, at), "forecast") for at in range(1, 8))
    chart = trend([MilestoneTrend("M", "Go live", words, date(2026, 11, 3))], AS_OF, dark=False, narrow=True)
    assert chart.listings[0].items[0].text == "Go live: 1 Dec … 6 → 7 Dec, moved six times, delivered 3 Nov"


def test_nothing_dated_is_said_with_what_to_do() -> None:
    chart = trend([], AS_OF, dark=False)
    assert chart.figure is None
    assert chart.title == "No milestone has a date."
