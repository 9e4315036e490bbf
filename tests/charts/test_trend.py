"""Milestone trend: the words as they were said, what moved most, and the same as lines of text."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest

from engagement.assessment.finish import Expected
from engagement.assessment.slippage import MilestoneTrend, Word
from engagement.charts.axes import width_of
from engagement.charts.labels import Box
from engagement.charts.trend import ACROSS, TALL, path, trend
from engagement.charts.trend_likely import NAME
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


def names(figure: Any) -> list[str]:
    return [note.text for note in figure.layout.annotations if note.xref != "paper"]


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


def test_what_is_likely_of_open_results_stands_at_todays_edge_side_by_side() -> None:
    likely = {
        "M1": Expected(date(2026, 12, 20), date(2027, 1, 10), in_doubt=False),
        "M3": Expected(date(2027, 1, 8), date(2027, 2, 1), in_doubt=False),
    }
    chart = trend([LOAD, KEPT, TEST], AS_OF, dark=False, likely=likely)
    assert chart.figure is not None
    bands = {each.customdata[0]: (each.x[0], list(each.y)) for each in chart.figure.data if each.name == NAME}
    assert bands["M1"] == ("2026-11-20T00:00", [date(2026, 12, 20), date(2027, 1, 10)])
    # the second begins before the first ends: 10 pixels further left, of 462 for the 172 days from 1 June
    assert bands["M3"][1] == [date(2027, 1, 8), date(2027, 2, 1)]
    assert "2026-11-15" < bands["M3"][0] < "2026-11-18"
    assert chart.figure.layout.yaxis.range[1] > "2027-02-01"
    texts = [item.text for item in chart.listings[0].items]
    assert texts[0].endswith("moved twice; expected 20 Dec, likely by 10 Jan 2027")
    alone = trend([LOAD], AS_OF, dark=False).figure
    assert alone is not None
    assert NAME not in {each.name for each in alone.data}


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


def test_the_five_that_moved_most_are_labelled_and_all_that_moved_stand_out_from_the_rest() -> None:
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
    assert named(figure) == ["M7", "M6", "M5", "M4", "M3"]
    colours = {each.customdata[0]: each.line.color for each in figure.data if each.mode == "lines"}
    assert {key for key, colour in colours.items() if colour == "#2F6DB5"} == {f"M{by}" for by in range(1, 8)}
    assert colours["M2"] == "#2F6DB5"
    assert names(figure) == ["Part 7 +7 d", "Part 6 +6 d", "Part 5 +5 d", "Part 4 +4 d", "Part 3 +3 d"]


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
    ends = {note.text: (note.x, note.y) for note in figure.layout.annotations if note.xref != "paper"}
    assert ends == {"Handover +14 d": ("2026-08-17", "2026-08-17"), "Design −2 d": ("2026-08-01", "2026-08-01")}


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
    boxes = []
    for note in figure.layout.annotations:
        if note.xref != "paper":
            on, y = date.fromisoformat(note.x), date.fromisoformat(note.y)
            left = (on - first) / (last - first) * ACROSS + note.xshift
            middle = (y - low) / (high - low) * TALL + note.yshift
            boxes.append(Box(left, middle - 8, left + width_of(note.text), middle + 8))
    assert boxes
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))
    for each in figure.data:
        if each.mode == "lines":
            end, height = (date.fromisoformat(str(ends[-1])[:10]) for ends in (each.x, each.y))
            line = Box(0, (height - low) / (high - low) * TALL, (end - first) / (last - first) * ACROSS, 0)
            line = line._replace(top=line.foot + 1)
            assert not any(box.touches(line) for box in boxes)


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
