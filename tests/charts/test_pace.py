"""Pace: planned against done, what is named where, and what is not known."""

from datetime import date
from typing import Any

from engagement.assessment.progress import Pace
from engagement.assessment.results import Progress
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
    assert "done 48 %" in texts
    assert "39 days behind" in texts  # 12 October to 20 November
    assert "finish 20 Feb 2027,<br>likely by 18 Mar 2027" in texts
    assert "vendor says 15 Feb 2027" in texts


def test_the_finding_says_what_is_done_of_what_was_planned() -> None:
    chart = pace(SHARES, BEHIND, AS_OF, dark=False)
    assert chart.title == "48 % done of 62 % planned: where the plan was on 12 Oct"
    assert chart.alt == (
        "48 % done of 62 % planned: where the plan was on 12 Oct. "
        "Planned 62 %, done 48 %, the vendor says 15 Feb 2027, expected 20 Feb 2027, likely by 18 Mar 2027."
    )


def test_the_likely_days_are_a_band() -> None:
    figure = pace(SHARES, BEHIND, AS_OF, dark=False).figure
    assert figure is not None
    band = figure.layout.shapes[1]
    assert (band.x0, band.x1) == ("2027-02-20", "2027-03-18")


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
