"""Status by week: a mark for each, counts beyond forty rows, and what changed."""

from datetime import date, timedelta
from typing import Any

from engagement.assessment.results import Assessment
from engagement.assessment.values import Status
from engagement.charts.status_weeks import status_weeks
from tests.charts import made
from tests.charts.made import AS_OF

WEEKS = [AS_OF - timedelta(weeks=back) for back in (2, 1, 0)]


def by_week(**rows: tuple[Status | None, Status | None, Status | None]) -> dict[date, dict[str, Status]]:
    return {
        on: {key: status for key, row in rows.items() if (status := row[at]) is not None} for at, on in enumerate(WEEKS)
    }


def named(*keys: str) -> list[Assessment]:
    return [made.assessment(key, name=key.title()) for key in keys]


def cells(figure: Any) -> dict[str, list[tuple[str, date]]]:
    return {
        each.name: sorted(zip(each.customdata, each.x, strict=True)) for each in figure.data if each.type == "scatter"
    }


STATUSES = by_week(
    crm=("on_track", "at_risk", "off_track"),
    web=("at_risk", "at_risk", "on_track"),
    seo=("on_track", "on_track", "on_track"),
    erp=(None, "not_started", "paused"),
)


def test_every_engagement_has_a_mark_on_every_day_on_which_it_was_on_record() -> None:
    figure = status_weeks(STATUSES, named("crm", "web", "seo", "erp"), dark=False).figure
    first, second, last = WEEKS
    assert cells(figure) == {
        "off track": [("crm", last)],
        "at risk": [("crm", second), ("web", first), ("web", second)],
        "on track": [("crm", first), ("seo", first), ("seo", second), ("seo", last), ("web", last)],
        "paused, not started": [("erp", second), ("erp", last)],
    }


def test_marks_have_the_shape_and_colour_of_their_status() -> None:
    figure = status_weeks(STATUSES, named("crm"), dark=True).figure
    assert figure is not None
    looks = [(each.name, each.marker.symbol, each.marker.color, each.text) for each in figure.data]
    assert looks == [
        ("off track", "square", "#F0562F", None),
        ("at risk", "triangle-up", "#F5C04A", None),
        ("on track", "circle", "#35B48F", None),
        ("paused, not started", None, None, ("‖", "‖")),
    ]


def test_rows_begin_with_what_is_worst_now_and_then_with_what_was() -> None:
    figure = status_weeks(STATUSES, named("crm", "web", "seo", "erp"), dark=False).figure
    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == ["Crm", "Web", "Seo", "Erp"]


def test_the_legend_names_the_marks_that_are_there() -> None:
    figure = status_weeks(STATUSES, named("crm"), dark=False).figure
    assert figure is not None
    legend = figure.layout.annotations[0]
    text = legend.text.replace("\u00a0", " ")
    assert '<span style="color:#8A2400">■</span> off track' in text
    assert "‖</span> paused, not started" in text
    assert "unknown" not in text
    assert (legend.xref, legend.x, legend.xshift) == ("paper", 0, -figure.layout.margin.l)


def test_a_mark_never_lies_on_the_next_one_and_keeps_a_size_that_has_a_shape() -> None:
    for apart, number in ((7, 12), (14, 14), (28, 14)):
        days = [AS_OF - timedelta(days=apart * back) for back in reversed(range(number))]
        statuses: dict[date, dict[str, Status]] = {on: {"long": "off_track", "b": "on_track"} for on in days}
        long = made.assessment("long", name="客户关系管理系统迁移与数据清洗项目二期工程实施")
        for narrow in (False, True):
            figure = status_weeks(statuses, [long], dark=False, narrow=narrow).figure
            assert figure is not None
            room = (330 if narrow else 440) - figure.layout.margin.l - figure.layout.margin.r
            assert all(8 <= each.marker.size <= room / number for each in figure.data)


def test_of_days_further_apart_than_a_week_it_is_said() -> None:
    days = [AS_OF - timedelta(weeks=4 * back) for back in reversed(range(14))]
    statuses: dict[date, dict[str, Status]] = {on: {"crm": "on_track"} for on in days}
    assert (
        status_weeks(statuses, [], dark=False).unit == "Status on 14 days, one every four weeks, 21 Nov 2025 to 20 Nov"
    )
    assert status_weeks(STATUSES, [], dark=False).unit == "Status on 3 days, 6 Nov to 20 Nov"


def test_a_name_with_room_is_whole_and_a_wide_one_leaves_room_for_the_marks() -> None:
    whole = made.assessment("crm", name="Python 3.11 release schedule")
    figure = status_weeks(STATUSES, [whole, made.assessment("web", name="数据" * 30)], dark=False).figure
    assert figure is not None
    assert figure.layout.yaxis.ticktext[0] == "Python 3.11 release schedule"
    assert figure.layout.margin.l <= 196  # 42 % of 440, and 12 beside


def test_the_finding_says_who_fell_and_who_came_back() -> None:
    chart = status_weeks(STATUSES, named("crm", "web"), dark=False)
    assert chart.title == "Since 6 Nov, Crm went off track and Web came back on track"
    assert chart.alt.endswith("On the last day 1 off track, 2 on track and 1 paused.")
    still = by_week(crm=("off_track", "off_track", "off_track"))
    assert status_weeks(still, named("crm"), dark=False).finding is None


def test_on_a_phone_a_single_row_is_as_high_as_one_of_many_so_that_its_name_stays_clear_of_its_marks() -> None:
    for rows in (1, 4):
        keys = ["crm", "web", "seo", "erp"][:rows]
        statuses = {on: {key: status for key, status in day.items() if key in keys} for on, day in STATUSES.items()}
        figure = status_weeks(statuses, named(*keys), dark=False, narrow=True).figure
        assert figure is not None
        last, first = figure.layout.yaxis.range
        drawn = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
        assert round(drawn / (last - first), 6) == 42


def test_many_who_fell_are_counted() -> None:
    fell = by_week(**{f"e{at}": ("on_track", "on_track", "off_track") for at in range(3)})
    assert status_weeks(fell, [], dark=False).title == "Since 6 Nov, three engagements went off track"


def test_a_new_engagement_has_not_fallen() -> None:
    new = by_week(crm=(None, "off_track", "off_track"))
    assert status_weeks(new, named("crm"), dark=False).finding is None


def test_forty_engagements_are_rows_and_one_more_makes_counts_and_the_rows_that_changed() -> None:
    same: tuple[Status, Status, Status] = ("on_track", "on_track", "on_track")
    forty = by_week(**{f"e{at:02}": same for at in range(39)}, crm=("on_track", "at_risk", "off_track"))
    figure = status_weeks(forty, [], dark=False).figure
    assert figure is not None
    assert len(figure.layout.yaxis.ticktext) == 40

    more = by_week(**{f"e{at:02}": same for at in range(40)}, crm=("on_track", "at_risk", "off_track"))
    figure = status_weeks(more, named("crm"), dark=False).figure
    assert figure is not None
    assert {each.name: list(each.y) for each in figure.data if each.type == "bar"} == {
        "off track": [0, 0, 1],
        "at risk": [0, 1, 0],
        "on track": [41, 40, 40],
    }
    assert list(figure.layout.yaxis.ticktext) == ["Crm"]
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["1 off track", "40 on track", "The 1 whose status changed"]


def test_of_very_many_that_changed_the_first_twenty_five_are_shown() -> None:
    rows: dict[str, tuple[Status, Status, Status]] = {
        f"e{at:02}": ("on_track", "on_track", "at_risk") for at in range(50)
    }
    figure = status_weeks(by_week(**rows), [], dark=False).figure
    assert figure is not None
    assert len(figure.layout.yaxis.ticktext) == 25
    assert "25 of 50 whose status changed" in [note.text for note in figure.layout.annotations]


def test_of_very_many_none_of_which_changed_only_the_counts_are_shown() -> None:
    rows: dict[str, tuple[Status, Status, Status]] = {f"e{at:02}": ("closed", "closed", "closed") for at in range(50)}
    figure = status_weeks(by_week(**rows), [], dark=False).figure
    assert figure is not None
    assert [each.type for each in figure.data] == ["bar"]


def test_nobody_on_record_is_said_with_what_to_do() -> None:
    assert status_weeks({AS_OF: {}}, [], dark=False).title == "There is no engagement to show."
