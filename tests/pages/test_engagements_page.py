"""Engagements as a page: every one of them, in the order that its caption names, as a table and as a list."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from engagement.assessment.results import Assessment, Attention
from engagement.charts.chart import cut
from engagement.pages import _device, _list
from tests.builders import FRIDAY, a_contact, a_milestone, a_schedule, an_assessment, forgotten
from tests.pages.conftest import OpenDashboard
from tests.pages.test_this_week import said

NOT_BEGUN = a_contact(state="not_kicked_off", last_on=None, days_since=None)


def names(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["Engagement"])


def test_the_table_begins_with_the_cards_of_this_week_and_goes_on_by_status(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "engagements")
    assert "All 31; the nine that need somebody first, then by status." in [each.value for each in app.caption]
    statuses = list(app.dataframe[0].value["Status"])
    assert statuses[9:] == sorted(statuses[9:], key=["off track", "unknown", "on track", *statuses[26:]].index)
    assert names(app)[8] == "Help centre articles, Port…"
    assert names(app)[6] == "Supplier contract templates"
    week = said(open_dashboard(sample_database)).replace("\\", "")
    places = [week.index(f" {name.removesuffix('…')}") for name in names(app)[:8]]
    assert places == sorted(places)


def test_the_list_of_a_phone_has_the_same_order_and_its_second_line_says_what_is_wrong(
    open_dashboard: OpenDashboard, sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = names(open_dashboard(sample_database, "engagements"))
    monkeypatch.setattr(_device, "is_narrow", lambda: True)
    app = open_dashboard(sample_database, "engagements")
    links = [link.proto.label for link in app.get("page_link") if "**" in link.proto.label]
    assert [cut(label.split("**")[1].replace("\\", ""), _list.LONGEST_NAME) for label in links][:7] == table[:7]
    captions = [each.value.replace("\\", "") for each in app.caption]
    first = (
        "Northwind · off track · No conversation on record for 23 days; agreed every 7, so it was due on 4 Nov. "
        "And six more."
    )
    (whole,) = [each for each in captions if each.startswith(first)]
    assert re.fullmatch(
        r" · promised 23 Dec · finish \d+ \w{3} 2027, likely by \d+ \w{3} 2027", whole.removeprefix(first)
    )
    late = "Harbour & Quill · on track · Last talked 18 days ago; the next talk was due on 16 Nov."
    assert any(each.startswith(late) for each in captions)


def test_that_nobody_has_talked_yet_is_said_and_sorts_by_how_long_that_is() -> None:
    new = an_assessment("new", contact=NOT_BEGUN)
    assert _list.talked(new, FRIDAY) == 172.5  # 1 Jun to 20 Nov are 172 days
    assert [_list.talk_words(days) for days in (172.5, 23.0, float("nan"))] == ["not yet", "23 d ago", ""]
    assert (
        _list.talked(an_assessment(contact=a_contact(state="unknown", last_on=None, days_since=None)), FRIDAY) is None
    )


def test_where_the_day_has_passed_and_nobody_said_a_new_one_no_word_is_put_into_the_vendors_mouth() -> None:
    late = a_milestone(due_on=date(2026, 11, 10), baseline_on=date(2026, 11, 10), forecast_on=FRIDAY)
    held = an_assessment(milestones=(late,), schedule=a_schedule(slip_days=10, forecast_finish_on=FRIDAY))
    assert _list.says(held, FRIDAY) == 10.5
    named = held._replace(schedule=a_schedule(slip_days=10, forecast_finish_on=date(2026, 12, 1)))
    assert _list.says(named, FRIDAY) == 10
    assert [_list.says_words(days) for days in (10.5, 10.0, 0.0, -3.0, float("nan"))] == [
        "no new date",
        "+10 d",
        "as promised",
        "−3 d",
        "",
    ]


def test_the_table_says_whose_word_each_day_is(open_dashboard: OpenDashboard, sample_database: str) -> None:
    app = open_dashboard(sample_database, "engagements")
    columns = list(app.dataframe[0].value)
    assert columns[columns.index("Promised") :][:4] == ["Promised", "Vendor says", "Finish", "Likely by"]
    assert any(each.value.startswith(_list.WHOSE) for each in app.caption)


def test_a_finish_that_is_not_told_is_open_in_the_table_as_everywhere(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    rows = open_dashboard(sample_database, "engagements").dataframe[0].value.set_index("Engagement")
    # the intranet search looks abandoned, the translation has no day yet
    assert [rows.loc["Intranet search", column] for column in ("Finish", "Likely by")] == [_list.OPEN, _list.OPEN]
    assert rows["Finish"].isna()["Help centre in Portuguese"]
    assert [_list.finish_words(on) for on in (_list.OPEN, date(2027, 2, 7), None, float("nan"))] == [
        "open",
        "7 Feb 2027",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("shown", "recorded", "caption"),
    [
        ((forgotten("a"),), 1, "The only one."),
        ((forgotten("a"),), 3, "One of three."),
        ((an_assessment("a"), an_assessment("b")), 2, "Both; by status."),
        ((forgotten("a"), an_assessment("b")), 14, "Two of 14; the one that needs somebody first, then by status."),
    ],
)
def test_the_caption_says_how_many_there_are_and_how_they_stand(
    shown: tuple[Assessment, ...], recorded: int, caption: str
) -> None:
    assert _list.order(shown, recorded) == caption


def test_the_title_counts_in_words_up_to_twelve() -> None:
    many = [an_assessment(f"e{n}") for n in range(13)]
    paused = an_assessment("p", life="paused", status="paused")
    assert _list.opening([forgotten("a"), *many, paused]) == "One off track and 13 on track; one is not under way."


@pytest.mark.parametrize(
    ("assessment", "words"),
    [
        (an_assessment(), "Nothing is wrong; last talked yesterday."),
        (
            an_assessment(contact=a_contact(days_since=9, state="late", due_on=date(2026, 11, 18))),
            "Last talked 9 days ago; the next talk was due on 18 Nov.",
        ),
        (an_assessment(contact=NOT_BEGUN._replace(state="on_time")), "The first conversation is still to come."),
        (
            an_assessment(contact=a_contact(state="unknown", last_on=None, days_since=None, due_on=None)),
            "Nobody has said when you last talked.",
        ),
        (an_assessment(life="paused", status="paused", attention=Attention(None, None, None, (), False)), "Paused."),
    ],
)
def test_of_what_has_no_warning_the_list_says_no_more_than_is_known(assessment: Assessment, words: str) -> None:
    assert _list.why(assessment, FRIDAY) == words


@pytest.mark.parametrize("is_narrow", [False, True])
def test_the_grid_and_the_workbook_of_the_start_are_reached_from_a_portfolio_of_ones_own(
    open_dashboard: OpenDashboard,
    silent_database: str,
    sample_database: str,
    monkeypatch: pytest.MonkeyPatch,
    is_narrow: bool,
) -> None:
    monkeypatch.setattr(_device, "is_narrow", lambda: is_narrow)

    def ways(database: str, **address: str) -> list[str]:
        links = open_dashboard(database, "engagements", **address).get("page_link")
        return [link.proto.page for link in links if link.proto.label == "Add several, or a workbook"]

    assert ways(silent_database) == ["start"]
    assert ways(silent_database, as_of="2026-11-13") == []
    assert ways(sample_database) == []
