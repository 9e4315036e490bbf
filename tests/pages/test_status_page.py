"""Status and Start as pages: what stands on them, on the sample, on a portfolio of one's own and on none."""

import pytest

from engagement.records.database import Database
from engagement.records.intake import origin
from tests.conftest import NewDatabase
from tests.pages.conftest import OpenDashboard
from tests.pages.test_this_week import said


def test_status_opens_with_a_sentence_and_what_is_wanted(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "status")
    assert not app.exception
    assert app.title[0].value == (
        "One of two is on track. One engagement is silent or slipping; no budget is recorded for it."
    )
    told = said(app).replace("\\", "")
    assert "Accept or reject “Design” of Website: Contoso delivered it on 18 Nov, 2 days ago." in told
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


def test_filters_that_leave_nothing_say_so(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "status", q="nothing like it")
    assert not app.exception
    assert app.title[0].value == "Nothing fits the filters, or nothing was recorded by then."


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
    assert error == "Row 1, what they do for you: What they do is missing. Name the work in a few words."
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
