"""Status and Start as pages: what stands on them, on the sample, on a portfolio of one's own and on none."""

import re
from datetime import date, timedelta

import pytest

from engagement.pages import _device
from engagement.records.database import Database
from engagement.records.engagements import recorded_since
from engagement.records.history import histories
from engagement.records.intake import origin
from engagement.records.reports import issue_report, issued
from tests.conftest import NewDatabase
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_this_week import ANA, answer_who, said

WANTED = "decision_from_wanted_web_M1"


def test_status_opens_with_a_sentence_and_what_is_wanted(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "status")
    assert not app.exception
    assert app.title[0].value.replace("\\", "") == (
        "One of two is on track. One engagement is silent or slipping; no budget is recorded for it."
    )
    told = said(app).replace("\\", "")
    assert 'Accept or reject "Design" of Website: Contoso delivered it on 18 Nov, 2 days ago.' in told
    assert [heading.value for heading in app.subheader] == [
        "Wanted from you (2)",
        "Off track",
        "Money and value",
    ]
    # on 23 Oct, three weeks after the start, there was no first conversation on record about either
    assert [(metric.label, metric.value, metric.delta) for metric in app.metric] == [
        ("On track", "1", "+1"),
        ("At risk", "0", "unchanged"),
        ("Off track", "1", "-1"),
    ]


def test_status_of_the_sample_shows_three_charts_and_a_table_to_take_away(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "status")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 3
    assert [button.proto.label for button in app.get("download_button")] == ["Excel", "CSV"]


def test_status_and_this_week_tell_the_same_of_finishes_that_moved_since_last_week(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    told = said(open_dashboard(sample_database, "status")).replace("\\", "").replace("\u00a0", " ")
    assert "Other finishes that moved since 13 Nov" in told
    week = said(open_dashboard(sample_database)).replace("\\", "")
    moves = re.findall(r"\((\+\d+ d since 13 Nov)\)", week)
    causes = re.findall(r"The finish moved: (.+?)\.\]", week)
    assert len(moves) == len(causes) == 2
    assert all(f"; {move}: {cause}." in told for move, cause in zip(moves, causes, strict=True))
    assert re.search(r"as on 13 Nov|hardly moved since 13 Nov", told)
    assert "Since the pack of 18 Sep +" in told


def test_on_a_day_before_anything_was_on_record_no_finish_is_told_to_have_stayed(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    assert "No other finish moved by three days or more since 13 Nov." in said(
        open_dashboard(silent_database, "status")
    )
    with Database(silent_database).reading() as connection:
        first = recorded_since(connection)
    assert first is not None
    told = said(open_dashboard(silent_database, "status", as_of=(first + timedelta(days=4)).isoformat()))
    assert "finish moved by three days" not in told


def test_filters_that_leave_nothing_say_so(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "status", q="nothing like it")
    assert not app.exception
    assert app.title[0].value == "No engagement matches"
    next(button for button in app.button if button.label == "Show all").click().run()
    assert "One of two is on track" in app.title[0].value.replace("\\", "")


def test_on_a_phone_the_title_is_the_first_half_of_the_sentence(
    open_dashboard: OpenDashboard, silent_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_device, "is_narrow", lambda: True)
    app = open_dashboard(silent_database, "status")
    assert app.title[0].value.replace("\\", "") == "One of two is on track."
    assert "One engagement is silent or slipping; no budget is recorded for it." in said(app).replace("\\", "")


def test_figures_stand_against_the_last_pack_that_was_issued_before_the_day(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "status")
    assert "Changes are since 18 Sep, when the last status pack was issued." in said(app)
    database = Database(sample_database)
    issue_report(database, ANA, "status", date(2026, 11, 12))
    issue_report(database, ANA, "status", TODAY)
    database.close()
    assert "Changes are since 12 Nov, when" in said(open_dashboard(sample_database, "status"))
    assert "Changes are since 27 Aug, when" in said(open_dashboard(sample_database, "status", as_of="2026-09-18"))


def test_without_a_pack_figures_stand_against_four_weeks_ago(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    told = said(open_dashboard(silent_database, "status"))
    assert "Changes are since 23 Oct, four weeks ago: no status pack was issued before." in told


def test_that_a_pack_was_issued_can_be_said_before_anybody_misses_it_and_is_said_once(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "status")
    app.button(key="pack_issued").click().run()
    answer_who(app, "Ana Example")
    assert "pack_issued" not in [button.key for button in app.button]
    assert "A status pack was issued today." in said(app)
    with Database(silent_database).reading() as connection:
        assert [(one.issued_on, one.kind, one.by) for one in issued(connection)] == [(TODAY, "status", "Ana Example")]
    earlier = open_dashboard(silent_database, "status", as_of="2026-11-13")
    assert "pack_issued" not in [button.key for button in earlier.button]


@pytest.mark.parametrize(("outcome", "reason"), [("accepted", ""), ("rejected", "Two parts are missing")])
def test_a_delivery_is_decided_on_where_it_is_wanted(
    open_dashboard: OpenDashboard, silent_database: str, outcome: str, reason: str
) -> None:
    app = open_dashboard(silent_database, "status")
    app.button(key=WANTED).click().run()
    app.session_state["form_1_outcome"] = outcome
    app.text_area(key="form_1_reason").set_value(reason)
    app.button(key="form_save").click().run()
    answer_who(app, "Ana Example")
    assert "Accept or reject" not in said(app)
    assert decision(silent_database) == (outcome, reason or None)


def test_on_an_earlier_day_nothing_is_decided(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "status", as_of="2026-11-19")
    assert "Accept or reject" in said(app)
    assert WANTED not in [button.key for button in app.button]


def decision(url: str) -> tuple[str | None, str | None]:
    """What was decided on the design of the website, and why."""
    with Database(url).reading() as connection:
        (delivery,) = histories(connection, TODAY, keys=["web"])["web"].milestones[0].deliveries
    return delivery.outcome, delivery.reason


def test_every_page_leads_to_the_start_while_nothing_is_recorded(
    open_dashboard: OpenDashboard, new_sqlite: NewDatabase
) -> None:
    app = open_dashboard(new_sqlite(), "status")
    assert not app.exception
    assert app.title[0].value == "Which of your outsourced work needs you?"


def test_the_sample_bears_a_name_even_if_nobody_gave_theirs(
    open_dashboard: OpenDashboard, new_sqlite: NewDatabase
) -> None:
    url = new_sqlite()
    app = open_dashboard(url)
    app.button(key="start_sample").click().run()
    assert not app.exception
    assert "need" in app.title[0].value
    database = Database(url)
    with database.reading() as connection:
        assert origin(connection) == "sample"
    database.close()


def test_rows_of_ones_own_are_checked_before_anybody_is_asked_who_they_are(
    open_dashboard: OpenDashboard, new_sqlite: NewDatabase
) -> None:
    app = open_dashboard(new_sqlite())
    app.session_state["start_grid"] = {
        "edited_rows": {0: {"vendor": "Northwind", "last_on": "2026-10-28"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.button(key="start_save").click().run()
    (error,) = [str(each.value).replace("\\", "") for each in app.error]
    assert error == "Row 1 (Northwind), what they do for you: What they do is missing. Name the work in a few words."
    app.session_state["start_grid"] = {
        "edited_rows": {0: {"vendor": "Northwind", "what": "CRM migration", "last_on": "2026-10-28"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.button(key="start_save").click().run()
    app.session_state["identity_name"] = "Ana"
    app.button(key="start_save").click().run()
    assert app.title[0].value.startswith("The one engagement needs you")


@pytest.mark.parametrize("page", ["status", "start"])
def test_a_portfolio_of_ones_own_can_be_added_to(
    open_dashboard: OpenDashboard, silent_database: str, page: str
) -> None:
    app = open_dashboard(silent_database, page)
    assert not app.exception
    if page == "start":
        assert app.title[0].value == "Add engagements"
        assert not [button for button in app.button if button.key == "start_sample"]
