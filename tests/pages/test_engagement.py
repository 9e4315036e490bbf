"""The list of engagements, and the page of one."""

from datetime import UTC, datetime

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from engagement.records.actions import open_actions
from engagement.records.database import Author, Database
from engagement.records.engagements import add_engagement, close
from engagement.records.history import histories
from tests.conftest import NewDatabase
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_this_week import answer_who, said


def on_tab(app: AppTest, name: str) -> AppTest:
    """The page with another tab open."""
    app.session_state["tab"] = name
    return app.run()


def test_the_list_opens_with_how_many_stand_where(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "engagements")
    assert not app.exception
    assert app.title[0].value == "One off track and one on track."
    frame = app.dataframe[0].value
    assert list(frame["Engagement"]) == ["CRM migration", "Website"]
    assert list(frame["Last talked"]) == [23, 1]
    assert "Spent" not in frame
    assert "Not recorded of any of these: spent." in said(app)


def test_a_column_that_nobody_filled_in_is_said_in_words_and_not_shown_empty(
    open_dashboard: OpenDashboard, new_sqlite: NewDatabase
) -> None:
    url = new_sqlite()
    database = Database(url)
    author = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))
    terms = {"vendor": "Contoso", "currency": "EUR", "starts_on": TODAY, "name": "New work", "recorded_on": TODAY}
    add_engagement(database, author, "new", **terms)
    database.close()
    app = open_dashboard(url, "engagements")
    assert "Lead" not in app.dataframe[0].value
    assert "Not recorded of any of these: lead, last talked, promised and" in said(app)


def test_with_gaps_in_the_plan_alone_no_warning_is_said_in_a_word(
    open_dashboard: OpenDashboard, new_sqlite: NewDatabase
) -> None:
    url = new_sqlite()
    database = Database(url)
    author = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))
    terms = {"vendor": "Contoso", "currency": "EUR", "starts_on": TODAY, "name": "New work", "recorded_on": TODAY}
    add_engagement(database, author, "new", **terms)
    database.close()
    app = open_dashboard(url, "engagement", engagement="new")
    assert not app.exception
    assert "No warnings" in [heading.value for heading in app.subheader]
    status = open_dashboard(url, "status")
    assert status.title[0].value.startswith("Too little is recorded to say whether the one active engagement is")
    assert "Changes are since" not in said(status)


def test_a_closed_engagement_asks_nothing_of_anybody(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    close(database, Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC)), "web", TODAY)
    database.close()
    app = open_dashboard(silent_database, "engagement", engagement="web")
    assert not app.exception
    assert not app.subheader
    assert not [button for button in app.button if (button.key or "").startswith(("talked_", "report_"))]


def test_a_search_without_a_hit_says_what_to_do(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "engagements", q="nothing like it")
    assert app.title[0].value == "No engagement matches"
    assert "Take a filter away to see more." in said(app)


def test_the_whole_sample_is_listed(open_dashboard: OpenDashboard, sample_database: str) -> None:
    app = open_dashboard(sample_database, "engagements")
    assert len(app.dataframe[0].value) == 31


def test_the_page_says_where_it_stands_with_figures_and_warnings(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="crm")
    assert not app.exception
    assert app.title[0].value == "CRM migration"
    assert "off track" in said(app)
    assert [metric.label for metric in app.metric] == ["Last talked", "Promised", "Vendor says", "Finish"]
    assert [heading.value for heading in app.subheader][:1] == ["One warning"]
    assert [tab.label for tab in app.tabs] == [
        *("Plan", "Trend", "Pace", "Money", "Measures", "Log", "Actions", "Vendor")
    ]


def test_a_card_cuts_nothing_off_words_and_what_a_figure_is_set_against_may_take_several_lines(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="crm")
    figures = {metric.label: metric.value for metric in app.metric}
    assert (figures["Last talked"], figures["Promised"]) == ("23 days ago", "11 Dec")
    lines = [each.value for each in app.markdown]
    assert lines[lines.index(":small[Done]") + 1] == "**nobody has said**"
    assert lines[lines.index(":small[Spent]") + 1] == "**nothing recorded**"
    beside = [each.value for each in app.caption]
    assert "agreed every 7 days" in beside
    assert "no budget recorded" in beside


@pytest.mark.parametrize(
    ("database", "key", "change"),
    [
        ("sample_database", "crm-migration", ("red", "33 d slower")),
        ("silent_database", "web", ("green", "23 d faster")),
    ],
)
def test_a_change_on_a_card_is_red_where_it_is_later_and_green_where_it_is_sooner(
    open_dashboard: OpenDashboard, request: pytest.FixtureRequest, database: str, key: str, change: tuple[str, str]
) -> None:
    app = open_dashboard(request.getfixturevalue(database), "engagement", engagement=key)
    (badge,) = [each.value for each in app.markdown if "-badge[" in each.value]
    colour, words = change
    assert badge.startswith(f":{colour}-badge[")
    assert badge.endswith(f"{words}]")


def test_warnings_are_those_that_every_page_counts_in_the_same_order_and_nudges_stand_apart(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "engagement", engagement="crm-migration")
    assert [heading.value for heading in app.subheader][:1] == ["Seven warnings"]
    told = said(app)
    assert told.index("No conversation on record for 23 days") < told.index("was due on 26 Oct and is 25 days late")
    (folded,) = [each for each in app.expander if "nudge" in each.label]
    assert folded.label == "Six nudges"
    assert "No status follows from them" not in told
    rows = open_dashboard(sample_database, "engagements").dataframe[0].value
    assert rows.set_index("Engagement")["Warnings"]["CRM migration"] == 7


@pytest.mark.parametrize("address", [{}, {"engagement": "gone"}])
def test_an_address_without_a_known_engagement_asks_which(
    open_dashboard: OpenDashboard, silent_database: str, address: dict[str, str]
) -> None:
    app = open_dashboard(silent_database, "engagement", **address)
    assert app.title[0].value == "Which engagement?"
    assert app.selectbox(key="engagement_choice").options == ["CRM migration · Northwind", "Website · Contoso"]


@pytest.mark.parametrize(("button", "outcome"), [("accepted_M1", "accepted"), ("rejected_M1", "rejected")])
def test_a_delivery_is_decided_on_where_it_stands(
    open_dashboard: OpenDashboard, silent_database: str, button: str, outcome: str
) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="web")
    app.text_input(key="reason_M1").set_value("Looks as agreed")
    app.button(key=button).click().run()
    answer_who(app, "Ana Example")
    with Database(silent_database).reading() as connection:
        (delivery,) = histories(connection, TODAY, keys=["web"])["web"].milestones[0].deliveries
    assert (delivery.outcome, delivery.decided_on, delivery.reason) == (outcome, TODAY, "Looks as agreed")


def test_a_rejection_without_a_reason_is_not_recorded_and_with_one_the_plan_shows_it(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="web")
    app.button(key="rejected_M1").click().run()
    assert app.error[0].value.replace("\\", "").startswith("Reason, needed to reject: ")
    app.text_input(key="reason_M1").set_value("Two parts are missing")
    app.button(key="rejected_M1").click().run()
    answer_who(app, "Ana Example")
    assert not app.error
    assert "rejected 20 Nov: Two parts are missing" in said(app).replace("\\", "")


def test_an_action_is_closed_where_it_stands(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = on_tab(open_dashboard(silent_database, "engagement", engagement="crm"), "Actions")
    close = next(button for button in app.button if (button.key or "").startswith("close_"))
    close.click().run()
    answer_who(app, "Ana Example")
    with Database(silent_database).reading() as connection:
        assert open_actions(connection, ["crm"], TODAY) == ()


def test_progress_is_reported_from_the_page(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="crm")
    app.button(key="report_crm").click().run()
    app.number_input(key="report_percent").set_value(40)
    app.button(key="report_save").click().run()
    answer_who(app, "Ana Example")
    with Database(silent_database).reading() as connection:
        (report,) = histories(connection, TODAY, keys=["crm"])["crm"].milestones[0].reports
    assert (report.share, report.side, report.forecast_on) == (0.4, "vendor", None)


def test_a_report_that_says_nothing_is_refused_and_the_dialog_stays(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="crm")
    app.button(key="report_crm").click().run()
    app.button(key="report_save").click().run()
    assert app.error
    assert app.number_input(key="report_percent").value is None


def test_the_log_shows_notes_as_they_were_typed(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = on_tab(open_dashboard(silent_database, "engagement", engagement="crm"), "Log")
    assert r"Importer \*runs\*\." in said(app)


def test_a_finish_that_did_not_move_is_as_promised_and_slips_still_sort_as_numbers(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    (frame,) = open_dashboard(sample_database, "engagements").dataframe
    shown = convert_arrow_bytes_to_pandas_df(frame.proto.arrow_data.styler.display_values)
    place = list(frame.value).index("Vendor says")
    cells = dict(zip(frame.value["Engagement"], shown.iloc[:, place], strict=True))
    assert (cells["CRM migration"], cells["Trade fair"]) == ("+33 d", "as promised")
    assert frame.value["Vendor says"].dtype.kind == "f"
