"""Plan and forecast: the dates of every row, which rows are shown, and what is said of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from engagement.assessment.results import Assessment
from engagement.charts import theme
from engagement.charts.finishes import IN_TIME, LATE, LATER, portfolio_plan
from engagement.charts.plan import plan, worst_milestones
from tests.charts import made
from tests.charts.made import AS_OF

DONE = made.milestone(
    "Design", date(2026, 8, 1), date(2026, 8, 20), delivered_on=date(2026, 8, 20), accepted_on=date(2026, 8, 25)
)
WAITING = made.milestone(
    "Importer",
    date(2026, 10, 1),
    date(2026, 10, 1),
    delivered_on=date(2026, 10, 1),
    decision_pending_since=date(2026, 10, 1),
)
MOVED = made.milestone("Data load", date(2026, 11, 11), date(2026, 12, 18), due_on=date(2026, 12, 1))
NO_DATE = made.milestone("Handover", None)
CRM = made.assessment("crm", name="CRM", milestones=(NO_DATE, MOVED, DONE, WAITING))


def days(figure: Any, name: str) -> dict[str, date]:
    rows = figure.layout.yaxis.ticktext
    return {rows[y]: x for each in figure.data if each.name == name for x, y in zip(each.x, each.y, strict=True)}


def test_every_milestone_goes_from_its_promise_to_its_forecast_or_delivery() -> None:
    figure = plan(CRM, AS_OF, dark=False).figure
    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == ["Design", "Importer", "Data load", "Handover"]
    promised = {"Design": date(2026, 8, 1), "Importer": date(2026, 10, 1), "Data load": date(2026, 11, 11)}
    assert days(figure, "promised") == promised
    assert days(figure, "re-agreed") == {"Data load": date(2026, 12, 1)}
    assert days(figure, "vendor says") == {"Data load": date(2026, 12, 18)}
    assert days(figure, "delivered") == {"Design": date(2026, 8, 20)}
    assert days(figure, "to be decided") == {"Importer": date(2026, 10, 1)}


def test_a_row_says_by_how_much_it_moved_and_one_without_a_date_that_it_has_none() -> None:
    figure = plan(CRM, AS_OF, dark=False).figure
    assert figure is not None
    notes = {(note.y, note.text) for note in figure.layout.annotations}
    assert {(0, "+19 d"), (1, "in time"), (2, "+37 d"), (3, "no date agreed")} <= notes


def test_a_day_that_passed_without_a_new_one_is_marked_at_today_and_no_word_of_the_vendor() -> None:
    late = made.milestone("Load", date(2026, 11, 2), AS_OF, named_on=date(2026, 11, 2))
    chart = plan(made.assessment("crm", milestones=(late,)), AS_OF, dark=False)
    assert days(chart.figure, "no new day") == {"Load": AS_OF}
    assert days(chart.figure, "vendor says") == {}
    assert chart.listings[0].items[0].text == "Load: promised 2 Nov, no new day, +18 d"


def test_where_the_vendor_has_said_nothing_there_is_no_mark_of_the_vendor_and_nothing_is_called_in_time() -> None:
    as_agreed = made.milestone("Load", date(2026, 12, 1))
    agreed_again = made.milestone("Test", date(2026, 12, 1), date(2026, 12, 18), due_on=date(2026, 12, 18))
    chart = plan(made.assessment("crm", milestones=(as_agreed, agreed_again)), AS_OF, dark=False)
    assert days(chart.figure, "vendor says") == {}
    assert days(chart.figure, "re-agreed") == {"Test": date(2026, 12, 18)}
    assert chart.figure is not None
    assert {note.y: note.text for note in chart.figure.layout.annotations if note.xshift == 6} == {1: "+17 d"}
    assert [item.text for item in chart.listings[0].items] == [
        "Load: promised 1 Dec",
        "Test: promised 1 Dec, re-agreed for 18 Dec, +17 d",
    ]
    assert chart.title == 'One open milestone is late by the vendor\'s word: "Test" by 17 days, to 18 Dec'


def occurrence(due_on: date, name: str = "Log", **said: Any) -> Any:
    return made.milestone(f"log:{due_on}", due_on, **said)._replace(name=name)


def test_of_a_retainer_every_row_has_its_day_and_of_what_was_delivered_the_latest_six_are_shown() -> None:
    fridays = [AS_OF + timedelta(weeks=at) for at in range(-10, 3)]
    given = [occurrence(on, delivered_on=on if on < AS_OF else None) for on in fridays]
    chart = plan(made.assessment("log", contract="retainer", milestones=tuple(given)), AS_OF, dark=False)
    assert chart.figure is not None
    assert list(chart.figure.layout.yaxis.ticktext) == [
        *("Log 9 Oct", "Log 16 Oct", "Log 23 Oct", "Log 30 Oct", "Log 6 Nov", "Log 13 Nov"),
        *("Log 20 Nov", "Log 27 Nov", "Log 4 Dec"),
    ]
    assert chart.title == "What was delivered last and what is open"
    assert chart.unit.endswith("4 delivered earlier not shown")


@pytest.mark.parametrize("narrow", [False, True])
def test_the_day_of_a_long_name_is_never_cut_off(narrow: bool) -> None:
    long = occurrence(date(2026, 12, 10), name="A report of everything that was done in the month " * 3)
    figure = plan(
        made.assessment("x", contract="retainer", milestones=(long,)), AS_OF, dark=False, narrow=narrow
    ).figure
    assert figure is not None
    names = [note.text for note in figure.layout.annotations] if narrow else figure.layout.yaxis.ticktext
    assert any("…" in name and name.endswith(" 10 Dec") for name in names)


def test_milestones_of_one_name_are_told_apart_by_the_day_that_was_promised() -> None:
    two = (occurrence(date(2026, 12, 4)), occurrence(date(2026, 12, 11)), occurrence(date(2026, 12, 18), name="Other"))
    figure = plan(made.assessment("x", milestones=two), AS_OF, dark=False).figure
    assert figure is not None
    assert list(figure.layout.yaxis.ticktext) == ["Log 4 Dec", "Log 11 Dec", "Other"]


@pytest.mark.parametrize("narrow", [False, True])
def test_no_mark_is_as_high_as_the_band_of_the_likely_days_so_that_a_short_one_is_seen(narrow: bool) -> None:
    moved = made.milestone("Load", date(2026, 12, 1), date(2026, 12, 8), p50_on=date(2026, 12, 7))
    moved = moved._replace(p80_on=date(2026, 12, 9), named_on=date(2026, 12, 8))
    figure = plan(made.assessment("x", milestones=(moved,)), AS_OF, dark=False, narrow=narrow).figure
    assert figure is not None
    (band,) = [trace for trace in figure.data if trace.type == "bar"]
    low, high = sorted(figure.layout.yaxis.range)
    inside = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    assert band.width * inside / (high - low) > 11 + 1
    assert max(trace.marker.size for trace in figure.data if trace.type == "scatter" and trace.mode == "markers") == 11


def test_no_line_of_the_plot_runs_through_a_name_or_a_heading_that_stands_in_it() -> None:
    late = made.schedule(slip_days=31, forecast_finish_on=date(2027, 2, 15))
    soon = made.outlook(date(2027, 2, 20), date(2027, 3, 18))
    both = [made.assessment("crm", schedule=late), made.assessment("web", outlook=soon)]
    figure = portfolio_plan(both, AS_OF, dark=False, narrow=True).figure
    assert figure is not None
    behind = {note.text: note.bgcolor for note in figure.layout.annotations}
    assert {behind[text] for text in (LATE, LATER, "crm", "web")} == {theme.colours(False).page}
    assert behind["today"] is None


def test_a_finish_shows_what_is_likely_unless_it_is_open_for_more_than_a_year() -> None:
    likely = made.outlook(date(2027, 2, 20), date(2027, 3, 18))
    schedule = made.schedule(slip_days=31, forecast_finish_on=date(2027, 2, 15))
    shown = portfolio_plan([made.assessment("crm", schedule=schedule, outlook=likely)], AS_OF, dark=False)
    assert shown.figure is not None
    band = shown.figure.data[0]
    assert (list(band.base), list(band.x)) == ([date(2027, 2, 20)], [26 * 86_400_000])
    assert shown.listings[0].items[0].text == (
        "crm: promised 15 Jan 2027, vendor says 15 Feb 2027, expected 20 Feb 2027, likely by 18 Mar 2027, +31 d"
    )
    gone = made.assessment("crm", schedule=schedule, outlook=likely._replace(named_on=date(2025, 11, 19)))
    assert "likely" not in portfolio_plan([gone], AS_OF, dark=False).listings[0].items[0].text


def test_what_looks_abandoned_has_no_finish_to_show() -> None:
    left = made.assessment("left", attention=made.attention(1)._replace(abandoned=True))
    chart = portfolio_plan([left, made.assessment("crm")], AS_OF, dark=False)
    assert [item.text.partition(":")[0] for item in chart.listings[0].items] == ["crm"]
    assert (
        chart.unit
        == "First promised finish to the vendor's day, change in days. 1 abandoned by the look of it not shown"
    )


def test_today_is_a_line() -> None:
    figure = plan(CRM, AS_OF, dark=False).figure
    assert figure is not None
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [("2026-11-20", "2026-11-20")]
    assert "today" in [note.text for note in figure.layout.annotations]


def test_the_finding_counts_what_is_forecast_late_and_names_the_worst() -> None:
    assert (
        plan(CRM, AS_OF, dark=False).title
        == 'One open milestone is late by the vendor\'s word: "Data load" by 37 days, to 18 Dec'
    )
    later = made.milestone("Test run", date(2026, 11, 30), date(2027, 2, 15))
    two = made.assessment("crm", milestones=(MOVED, later))
    assert plan(two, AS_OF, dark=False).title == (
        'Two open milestones are late by the vendor\'s word, "Test run" by 11 weeks, to 15 Feb 2027'
    )
    assert plan(made.assessment("x", milestones=(DONE,)), AS_OF, dark=False).finding is None
    # due on 24 Jul, and no day to come was named: the vendor's word says nothing of it
    held = made.milestone("Ranking", date(2026, 7, 24), AS_OF)
    assert plan(made.assessment("x", milestones=(held,)), AS_OF, dark=False).title == (
        'One open milestone is late: "Ranking" by 17 weeks, without a new day'
    )
    assert plan(made.assessment("x", milestones=(held, later)), AS_OF, dark=False).title == (
        'Two open milestones are late, "Ranking" by 17 weeks, without a new day'
    )


def test_the_lines_of_text_say_the_same() -> None:
    chart = plan(CRM, AS_OF, dark=False)
    assert [item.text for item in chart.listings[0].items] == [
        "Design: promised 1 Aug, delivered 20 Aug, +19 d",
        "Importer: promised 1 Oct, delivered 1 Oct, not decided on yet",
        "Data load: promised 11 Nov, re-agreed for 1 Dec, vendor says 18 Dec, +37 d",
        "Handover: no date agreed",
    ]


def test_a_likely_range_is_a_band() -> None:
    open_one = made.milestone("Go live", date(2026, 12, 1), p50_on=date(2026, 12, 11), p80_on=date(2026, 12, 21))
    open_one = open_one._replace(named_on=date(2026, 12, 1))
    figure = plan(made.assessment("x", milestones=(open_one,)), AS_OF, dark=False).figure
    assert figure is not None
    band = figure.data[0]
    assert (list(band.base), list(band.x)) == ([date(2026, 12, 11)], [10 * 86_400_000])


def test_of_very_many_milestones_the_open_ones_and_the_latest_delivered_are_shown() -> None:
    first = date(2026, 1, 1)
    done = [
        made.milestone(f"d{at:02}", first + timedelta(days=at), delivered_on=first + timedelta(days=at))
        for at in range(40)
    ]
    open_ones = [made.milestone(f"o{at}", date(2026, 12, 1 + at)) for at in range(5)]
    chart = plan(made.assessment("x", milestones=(*open_ones, *done)), AS_OF, dark=False)
    assert chart.figure is not None
    names = list(chart.figure.layout.yaxis.ticktext)
    assert len(names) == 30
    assert (names[0], names[24], names[25], names[-1]) == ("d15", "d39", "o0", "o4")
    assert chart.unit == "First promise to delivery or the vendor's day, change in days. 15 delivered earlier not shown"


def test_of_a_portfolio_the_fifteen_open_milestones_that_slipped_most() -> None:
    given = [
        made.assessment(
            f"e{at:02}",
            name=f"Work {at}",
            milestones=(DONE, made.milestone("M", date(2026, 12, 1), date(2026, 12, 1) + timedelta(days=at))),
        )
        for at in range(20)
    ]
    chart = worst_milestones(given, AS_OF, dark=False)
    assert chart.figure is not None
    names = list(chart.figure.layout.yaxis.ticktext)
    assert (len(names), names[0], names[-1]) == (15, "M, Work 19", "M, Work 5")
    assert chart.unit == "First promise to the vendor's day, change in days. 5 further open milestones not shown"
    assert chart.listings[0].items[0].engagement == "e19"


def test_of_a_portfolio_the_finish_of_every_engagement() -> None:
    late = made.schedule(slip_days=31, due_finish_on=date(2027, 1, 20), forecast_finish_on=date(2027, 2, 15))
    given = [
        made.assessment("web", name="Website"),
        made.assessment("crm", name="CRM", schedule=late),
        made.assessment("old", life="closed"),
        made.assessment("support", schedule=made.schedule(slip_days=None, forecast_finish_on=None)),
    ]
    chart = portfolio_plan(given, AS_OF, dark=False)
    assert chart.title == "One of two engagements ends late by the vendor's word, CRM by 31 days"
    assert days(chart.figure, "promised") == {"CRM": date(2027, 1, 15), "Website": date(2027, 1, 15)}
    assert days(chart.figure, "re-agreed") == {"CRM": date(2027, 1, 20)}
    assert days(chart.figure, "vendor says") == {"CRM": date(2027, 2, 15), "Website": date(2027, 1, 15)}


@pytest.mark.parametrize(
    ("of", "who"), [(1, "The one engagement ends"), (2, "Both engagements end"), (3, "All three engagements end")]
)
def test_where_all_end_late_the_title_says_so(of: int, who: str) -> None:
    late = made.schedule(slip_days=31, due_finish_on=date(2027, 1, 20), forecast_finish_on=date(2027, 2, 15))
    chart = portfolio_plan([made.assessment(f"e{n}", name="CRM", schedule=late) for n in range(of)], AS_OF, dark=False)
    assert chart.title == f"{who} late by the vendor's word, CRM by 31 days"


def test_of_a_large_portfolio_only_those_that_end_late_are_drawn() -> None:
    late = [made.assessment(f"l{at}", schedule=made.schedule(slip_days=at + 1)) for at in range(3)]
    in_time = [made.assessment(f"t{at:02}", schedule=made.schedule(slip_days=0)) for at in range(20)]
    chart = portfolio_plan([*late, *in_time], AS_OF, dark=False)
    assert chart.figure is not None
    assert list(chart.figure.layout.yaxis.ticktext) == ["l2", "l1", "l0"]
    assert chart.unit == "First promised finish to the vendor's day, change in days. 20 in time not shown"
    late = [made.assessment(f"l{at:02}", schedule=made.schedule(slip_days=at + 1)) for at in range(17)]
    assert portfolio_plan([*late, *in_time], AS_OF, dark=False).unit.endswith(
        "2 with less slip and 20 in time not shown"
    )


def ours(key: str, days: int, **said: Any) -> Assessment:
    """In time by the vendor's word, 15 January, and as likely as not done so many days later."""
    middle_on = date(2027, 1, 15) + timedelta(days=days)
    return made.assessment(key, outlook=made.outlook(middle_on, middle_on + timedelta(days=20)), **said)


def heads(figure: Any) -> dict[str, int]:
    return {note.text: note.y for note in figure.layout.annotations if note.text in {LATE, LATER, IN_TIME}}


def test_what_is_in_time_by_the_vendors_word_alone_is_shown_and_told_with_the_days_of_our_forecast() -> None:
    late = made.assessment("l", schedule=made.schedule(slip_days=3))
    given = [late, ours("near", 6), ours("week", 7), ours("most", 40)]
    chart = portfolio_plan(given, AS_OF, dark=False)
    assert chart.figure is not None
    assert chart.title == (
        "One of four engagements ends late by the vendor's word, l by 3 days; two more by our forecast, most by 40 days"
    )
    assert heads(chart.figure) == {LATE: 0, LATER: 2, IN_TIME: 5}
    assert list(chart.figure.layout.yaxis.ticktext) == ["", "l", "", "most", "week", "", "near"]
    changes = {note.y: note.text for note in chart.figure.layout.annotations if note.x == 1}
    assert changes == {1: "+3 d", 3: "+40 d", 4: "+7 d", 6: "in time"}
    assert chart.unit.endswith("Later by our forecast: a week or more after the promise, counted to our finish")
    assert [item.name for item in chart.listings[0].items] == ["l", "most", "week", "near"]
    assert chart.listings[0].items[1].text.endswith("+40 d by our forecast")
    assert "no date agreed" not in [note.text for note in chart.figure.layout.annotations]


def test_where_nobody_is_late_by_the_vendors_word_the_title_says_who_is_by_our_forecast() -> None:
    one = portfolio_plan([ours("crm", 11), ours("web", 0)], AS_OF, dark=False)
    assert one.title == "No engagement ends late by the vendor's word; one does by our forecast, crm by 11 days"
    assert heads(one.figure) == {LATER: 0, IN_TIME: 2}
    both = portfolio_plan([ours("crm", 11), ours("web", 9)], AS_OF, dark=False)
    assert both.title == "No engagement ends late by the vendor's word; two do by our forecast, crm by 11 days"
    assert heads(both.figure) == {LATER: 0}
    assert portfolio_plan([ours("crm", 6)], AS_OF, dark=False).finding is None


def test_of_a_large_portfolio_a_third_of_the_rows_is_kept_for_what_only_our_forecast_has_later() -> None:
    late = [made.assessment(f"l{at}", schedule=made.schedule(slip_days=at + 1)) for at in range(200)]
    later = [ours(f"o{at:02}", at + 7) for at in range(60)]
    in_time = [made.assessment(f"t{at:02}") for at in range(40)]
    chart = portfolio_plan([*late, *later, *in_time], AS_OF, dark=False)
    assert chart.title == (
        "200 of 300 engagements end late by the vendor's word, l199 by 29 weeks; "
        "60 more by our forecast, o59 by 9 weeks"
    )
    names = [name for name in chart.figure.layout.yaxis.ticktext if name] if chart.figure else []
    assert (names[0], names[9], names[10], names[14], len(names)) == ("l199", "l190", "o59", "o55", 15)
    assert "190 with less slip, 55 later by our forecast alone and 40 in time not shown" in chart.unit
    few = portfolio_plan([*late[:2], *later, *in_time], AS_OF, dark=False)
    assert "47 later by our forecast alone and 40 in time not shown" in few.unit


def test_on_a_phone_names_stand_above_their_lines() -> None:
    figure = plan(CRM, AS_OF, dark=False, narrow=True).figure
    assert figure is not None
    assert set(figure.layout.yaxis.ticktext) == {""}
    assert [note.text for note in figure.layout.annotations if note.x == 0 and note.yref != "paper"] == [
        "Design",
        "Importer",
        "Data load",
        "Handover",
    ]


LONG = (
    "客户关系管理系统迁移与数据清洗项目二期工程实施",
    "Averyveryveryveryverylongwordwithoutanyspacesatallwhichgoesonandon",
    "<b>Bold</b><script>alert(1)</script> **md** $x^2$ `c`",
)


def test_however_wide_the_names_they_leave_room_for_the_lines_and_the_ticks() -> None:
    wide = [made.assessment(f"e{at}", name=name, schedule=made.schedule(slip_days=17)) for at, name in enumerate(LONG)]
    figure = portfolio_plan(wide, AS_OF, dark=False).figure
    assert figure is not None
    left, right = figure.layout.margin.l, figure.layout.margin.r
    assert left <= 196  # 42 % of 440, and 12 beside
    assert len(figure.layout.xaxis.ticktext) * 56 <= 440 - left - right
    assert all(text.endswith("…") for text in figure.layout.yaxis.ticktext)


@pytest.mark.parametrize("narrow", [False, True])
def test_the_legend_begins_at_the_edge_of_the_figure_and_stands_clear_above_today(narrow: bool) -> None:
    figure = plan(CRM, AS_OF, dark=False, narrow=narrow).figure
    assert figure is not None
    assert figure.layout.showlegend is False
    notes = {note.text: note for note in figure.layout.annotations}
    legend = next(note for text, note in notes.items() if "promised" in text)
    assert (legend.x, legend.xref, legend.xanchor) == (0, "paper", "left")
    assert legend.xshift == -figure.layout.margin.l
    assert legend.yshift == 20 > notes["today"].font.size
    assert figure.layout.margin.t >= 20 + 17 * (legend.text.count("<br>") + 1)
    kinds = {each.name for each in figure.data if each.name}
    assert all(kind.replace(" ", "\u00a0") in legend.text for kind in kinds)


def test_nothing_to_draw_is_said_with_what_to_do() -> None:
    assert plan(made.assessment("x"), AS_OF, dark=False).title == "No milestone is recorded."
    assert plan(made.assessment("x", milestones=(NO_DATE,)), AS_OF, dark=False).title == "No milestone has a date."
    assert worst_milestones([], AS_OF, dark=False).title == "No open milestone has a date."
    assert portfolio_plan([], AS_OF, dark=False).title == "No engagement has a finish."
