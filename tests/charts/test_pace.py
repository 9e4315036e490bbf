"""Pace: planned against done, what is named where, and what is not known."""

import re
from datetime import date
from itertools import combinations, pairwise
from typing import Any

import pytest

from engagement.assessment.progress import Pace
from engagement.assessment.results import Progress
from engagement.charts.axes import width_of
from engagement.charts.labels import Box
from engagement.charts.pace import pace
from tests.charts import made
from tests.charts.made import AS_OF

START, MIDDLE, END = date(2026, 6, 1), date(2026, 9, 1), date(2027, 1, 15)
SHARES = Pace(
    days=(START, MIDDLE, AS_OF, END),
    planned=(0.0, 0.4, 0.62, 1.0),
    earned=(None, 0.3, 0.48, None),
    claimed=(None, 0.35, 0.55, None),
    accepted=(None, 0.25, 0.4, None),
)
BEHIND = made.assessment(
    "crm",
    progress=Progress(0.62, 0.55, 0.48, 0.4, True),
    schedule=made.schedule(
        earned_schedule_on=date(2026, 10, 12),
        forecast_finish_on=date(2027, 2, 15),
    ),
    outlook=made.outlook(date(2027, 2, 20), date(2027, 3, 18)),
)


def lines(figure: Any) -> dict[str, tuple[list[date], list[float]]]:
    return {each.name: (list(each.x), list(each.y)) for each in figure.data}


def test_the_plan_goes_to_its_end_and_what_is_done_to_today() -> None:
    figure = pace(SHARES, BEHIND, AS_OF, dark=False).figure
    assert lines(figure) == {
        "planned": ([START, MIDDLE, AS_OF, END], [0.0, 0.4, 0.62, 1.0]),
        "done": ([MIDDLE, AS_OF], [0.3, 0.48]),
        "vendor says": ([date(2027, 2, 15)], [1.0]),
    }


def test_claimed_and_accepted_come_on_request() -> None:
    figure = pace(SHARES, BEHIND, AS_OF, dark=False, more=True).figure
    assert set(lines(figure)) == {"planned", "claimed", "accepted", "done", "vendor says"}
    assert lines(figure)["accepted"] == ([MIDDLE, AS_OF], [0.25, 0.4])


def test_lines_are_named_with_their_share_where_they_are_today() -> None:
    figure = pace(SHARES, BEHIND, AS_OF, dark=False).figure
    assert figure is not None
    texts = [note.text for note in figure.layout.annotations]
    assert "planned 62 %" in texts
    (done,) = [text.partition("<br>") for text in texts if text.startswith("done 48 %")]
    assert "39 days behind" in done[2]  # 12 October to 20 November
    assert "finish 20 Feb 2027,<br>likely by 18 Mar 2027" in texts
    assert "vendor says 15 Feb 2027" in texts


def test_what_the_finish_rests_on_has_a_line_of_its_own_on_a_phone() -> None:
    old = made.milestone("Old", date(2021, 1, 15), named_on=date(2021, 1, 15))
    figure = pace(SHARES, BEHIND._replace(milestones=(old,)), AS_OF, dark=False, narrow=True).figure
    assert figure is not None
    texts = [note.text for note in figure.layout.annotations]
    assert "finish 20 Feb 2027,<br>likely by 18 Mar 2027,<br>if what is late comes" in texts


def test_the_finding_says_what_is_done_of_what_was_planned() -> None:
    chart = pace(SHARES, BEHIND, AS_OF, dark=False)
    assert chart.title == "48 % done of 62 % planned: where the plan was on 12 Oct"
    assert chart.alt == (
        "48 % done of 62 % planned: where the plan was on 12 Oct. "
        "Planned 62 %, done 48 %, the vendor says 15 Feb 2027, expected 20 Feb 2027, likely by 18 Mar 2027."
    )


def test_the_likely_days_are_a_bar_where_all_is_done() -> None:
    figure = pace(SHARES, BEHIND, AS_OF, dark=False).figure
    assert figure is not None
    band = figure.layout.shapes[1]
    assert (band.x0, band.x1) == ("2027-02-20", "2027-03-18")
    assert (band.y0 + band.y1) / 2 == 1
    assert (band.y1 - band.y0) / 1.15 * 274 == pytest.approx(9)  # pixels of the 274 from -2 to 113 %


def boxes(figure: Any, width: int) -> dict[str, Box]:
    """Where every word lies, in pixels from the left and the foot of the plot, by its first word and what it says."""
    wide, tall = width - figure.layout.margin.l - figure.layout.margin.r, 340 - 26 - 40
    start, end = (date.fromisoformat(on) for on in figure.layout.xaxis.range)
    found = {}
    for note in figure.layout.annotations:
        if not note.text or note.text == "today":
            continue
        lines = [re.sub("<[^>]*>", "", line) for line in note.text.split("<br>")]
        size = note.font.size
        text_width = max(width_of(line, size if at == 0 else 12) for at, line in enumerate(lines))
        x = (date.fromisoformat(note.x) - start) / (end - start) * wide + note.xshift
        y = (note.y + 0.02) / 1.15 * tall + note.yshift
        left = x - text_width if note.xanchor == "right" else x
        height = 17 * len(lines)
        foot = y if note.yanchor == "bottom" else y - height
        found[lines[0]] = Box(left, foot, left + text_width, foot + height)
    return found


STAGES = [
    *[(0.62, 0.48, date(2026, 10, 12)), (0.62, 0.61, date(2026, 11, 19)), (0.99, 0.98, date(2026, 11, 18))],
    *[(0.05, 0.04, date(2026, 11, 1)), (0.4, 0.7, None), (1.0, 0.2, date(2026, 7, 1))],
]


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("width", [330, 700])
@pytest.mark.parametrize(("planned", "done", "reached_on"), STAGES)
def test_words_lie_within_the_figure_on_no_line_and_not_on_each_other(
    planned: float, done: float, reached_on: date | None, width: int, more: bool
) -> None:
    shares = Pace(
        days=(START, MIDDLE, AS_OF, END),
        planned=(0.0, planned * 0.7, planned, 1.0),
        earned=(0.0, done * 0.6, done, None),
        claimed=(0.0, done * 0.7, min(1.0, done + 0.05), None),
        accepted=(0.0, done * 0.5, done * 0.8, None),
    )
    case = BEHIND._replace(
        progress=Progress(planned, done, done, done * 0.8, True),
        schedule=BEHIND.schedule._replace(earned_schedule_on=reached_on),
    )
    figure = pace(shares, case, AS_OF, dark=False, narrow=width == 330, more=more).figure
    assert figure is not None
    assert not any(note.bgcolor for note in figure.layout.annotations)
    found = boxes(figure, width)
    assert len(found) == (6 if more else 4)
    margin = figure.layout.margin
    for one in found.values():
        assert one.left >= -margin.l
        assert one.right <= width - margin.l
        assert -1 <= one.foot < one.top <= 340 - 26 - 40 + 2
    for one_word, other_word in combinations(found, 2):
        assert not found[one_word].touches(found[other_word]), (one_word, other_word)
    wide, tall = width - margin.l - margin.r, 340 - 26 - 40
    start, end = (date.fromisoformat(on) for on in figure.layout.xaxis.range)
    for trace in figure.data:
        if trace.mode != "lines":
            continue
        points = [
            ((on - start) / (end - start) * wide, (share + 0.02) / 1.15 * tall)
            for on, share in zip(trace.x, trace.y, strict=True)
        ]
        for (x, y), (until_x, until_y) in pairwise(points):
            for step in range(200):  # points of the line, a step at a time: level first where it goes in steps
                at = x + (until_x - x) * step / 200
                height = y if trace.line.shape == "hv" else y + (until_y - y) * step / 200
                point = Box(at, height, at + 0.1, height + 0.1)
                for name, box in found.items():
                    assert not box.touches(point), (name, trace.name)


def test_what_is_open_for_years_has_no_band_and_a_day_that_passed_no_mark() -> None:
    late = made.milestone("M1", date(2025, 6, 1), AS_OF, named_on=date(2025, 6, 1))
    gone = BEHIND._replace(
        milestones=(late,),
        schedule=BEHIND.schedule._replace(forecast_finish_on=AS_OF),
        outlook=made.outlook(date(2027, 2, 20), date(2027, 3, 18), named_on=date(2025, 6, 1)),
    )
    chart = pace(SHARES, gone, AS_OF, dark=False)
    assert chart.figure is not None
    assert len(chart.figure.layout.shapes) == 1  # today's line
    assert "vendor says" not in lines(chart.figure)
    assert chart.alt.endswith("Planned 62 %, done 48 %.")


def test_who_is_ahead_is_not_said_to_be_behind() -> None:
    ahead = made.assessment(
        "crm",
        progress=Progress(0.3, 0.5, 0.48, 0.4, True),
        schedule=made.schedule(earned_schedule_on=date(2026, 12, 1)),
    )
    chart = pace(SHARES, ahead, AS_OF, dark=False)
    assert chart.title == "48 % done of 30 % planned"
    assert chart.figure is not None
    assert not [note for note in chart.figure.layout.annotations if "behind" in note.text]


def test_without_a_report_only_the_plan_is_drawn_and_it_says_so() -> None:
    unknown = made.assessment("crm", progress=Progress(0.62, 0.0, 0.0, 0.0, False))
    chart = pace(SHARES, unknown, AS_OF, dark=False, more=True)
    assert list(lines(chart.figure)) == ["planned", "vendor says"]
    assert chart.finding is None
    assert chart.unit.endswith("Nobody has reported progress yet")


def test_what_has_no_pace_is_said_with_what_to_do() -> None:
    empty = Pace((), (), (), (), ())
    assert (
        pace(empty, made.assessment("x"), AS_OF, dark=False).title
        == "Without due dates there is no plan to keep pace with."
    )
    retainer = made.assessment("x", contract="retainer")
    assert pace(empty, retainer, AS_OF, dark=False).title == "Work that does not end has no pace."
