"""Log a check-in as a page: what a save writes, what a failing one keeps, and whose a draft is."""

import sqlite3
from datetime import UTC, date, datetime

from streamlit.testing.v1 import AppTest

from engagement.pages.text import JOINER
from engagement.records.actions import NewAction, close_action, open_actions
from engagement.records.check_ins import CheckInEntry, log_check_ins
from engagement.records.database import Author, Database
from engagement.records.engagements import add_engagement, change_terms
from engagement.records.history import histories, log
from engagement.records.milestones import report_progress
from engagement.records.responses import take_in_hand
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.hostile import HOSTILE
from tests.pages.test_this_week import answer_who, said

NORTHWIND = "log:1:Northwind:"


def open_log(open_dashboard: OpenDashboard, url: str, name: str | None = None) -> AppTest:
    """The form, opened for the CRM migration by somebody who has said their name, or not yet."""
    app = open_dashboard(url)
    if name is not None:
        app.session_state["identity_name"] = name
    app.query_params["engagement"] = "crm"
    return app.switch_page("engagement/pages/log_check_in.py").run()


def to_log(app: AppTest) -> AppTest:
    """The page as the menu opens it: nothing is chosen yet."""
    return app.switch_page("engagement/pages/log_check_in.py").run()


def plain(app: AppTest) -> str:
    """What the page says, without what protects it from Markdown."""
    return said(app).replace("\\", "").replace(JOINER, "")


def announced(app: AppTest) -> str:
    """What the page says will be recorded."""
    (line,) = [str(each.value) for each in app.markdown if "Will be recorded" in str(each.value)]
    return line.partition("] ")[2].replace("\\", "")


def fill(app: AppTest) -> AppTest:
    """A form about CRM migration with something in most fields."""
    app.text_area(key=f"{NORTHWIND}notes").set_value("Importer runs.\nNext: *load*.")
    app.button_group(key=f"{NORTHWIND}crm/milestone/M1").set_value("changed").run()
    app.number_input(key=f"{NORTHWIND}crm/milestone/M1/percent").set_value(75)
    app.date_input(key=f"{NORTHWIND}crm/milestone/M1/forecast_on").set_value(date(2026, 12, 18))
    (tick,) = [box for box in app.checkbox if "Send access" in str(box.label)]
    tick.check()
    app.button_group(key=f"{NORTHWIND}next").set_value("agreed")
    return app.run()


def test_one_save_writes_everything_that_was_said(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = fill(open_log(open_dashboard, silent_database))
    assert not app.exception
    assert "18 Dec is 7 days after the promise of 11 Dec" in said(app)
    app.button(key="log_save").click().run()
    answer_who(app, "Bo Example").run()
    assert "Recorded with Northwind" in said(app)
    database = Database(silent_database)
    with database.reading() as connection:
        newest = log(connection, "crm", TODAY)[0]
        history = histories(connection, TODAY)["crm"]
        assert open_actions(connection, ["crm"], TODAY) == ()
    assert (newest.held_on, newest.channel, newest.by, newest.notes) == (
        TODAY,
        "video",
        "Bo Example",
        "Importer runs.\nNext: *load*.",
    )
    assert history.check_ins[-1].next_on == date(2026, 11, 27)
    (report,) = history.milestones[0].reports
    assert (report.share, report.forecast_on) == (0.75, date(2026, 12, 18))
    database.close()


def test_an_untouched_field_is_not_recorded(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_log(open_dashboard, silent_database)
    assert announced(app) == "A video call today, nothing new."
    app.button(key="log_save").click().run()
    answer_who(app, "Bo Example").run()
    database = Database(silent_database)
    with database.reading() as connection:
        newest = log(connection, "crm", TODAY)[0]
        history = histories(connection, TODAY)["crm"]
    assert (newest.notes, newest.declared_status, history.check_ins[-1].next_on) == (None, None, None)
    assert history.milestones[0].reports == ()
    database.close()


def test_a_question_of_the_vendor_is_logged_and_answered_where_it_is_shown(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_log(open_dashboard, silent_database, "Bo Example")
    app.text_input(key=f"{NORTHWIND}crm/action/0/title").set_value("Which *tax* rate?").run()
    app.button_group(key=f"{NORTHWIND}crm/action/0/kind").set_value("question").run()
    assert announced(app) == "A video call today: one question of theirs."
    app.button(key="log_save").click().run()
    with Database(silent_database).reading() as connection:
        (asked,) = [one for one in open_actions(connection, ["crm"], TODAY) if one.kind == "question"]
    assert (asked.title, asked.side) == ("Which *tax* rate?", "vendor")
    app.switch_page("engagement/pages/engagement.py")
    app.query_params["engagement"] = "crm"
    app.session_state["tab"] = "Actions"
    app.run()
    button = app.button(key=f"close_{asked.id}")
    assert button.label == "Answered"
    button.click().run()
    with Database(silent_database).reading() as connection:
        assert [one.title for one in open_actions(connection, ["crm"], TODAY)] == ["Send access"]


def test_a_question_that_has_waited_is_answered_from_its_warning(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    asked = NewAction("question", "Which tax rate?", "vendor")
    author = Author("Bo Example", datetime(2026, 11, 12, 12, tzinfo=UTC))
    entry = CheckInEntry("crm", date(2026, 11, 12), "call", new_actions=(asked,))
    log_check_ins(database, author, [entry])
    app = open_dashboard(silent_database, "engagement", engagement="crm")
    app.session_state["identity_name"] = "Bo Example"
    app.run()
    app.button(key="answer_from_step_awaiting-us").click().run()
    app.button(key="form_save").click().run()
    with database.reading() as connection:
        assert [one.title for one in open_actions(connection, ["crm"], TODAY)] == ["Send access"]
    database.close()


def taken_in_hand(url: str, until_on: date) -> str:
    """Has Bo call Northwind until a day, as was said on 18 November. Gives the field that asks about it."""
    database = Database(url)
    author = Author("Ana", datetime(2026, 11, 18, 12, tzinfo=UTC))
    days = {"said_on": date(2026, 11, 18), "until_on": until_on}
    take_in_hand(database, author, "crm", "silent", plan="Call *them*", assignee="bo@example.org", **days)
    database.close()
    return f"{NORTHWIND}crm/in_hand/silent"


def responses(url: str) -> list[tuple[date, str | None, date]]:
    """What was said of what is in hand: when, who does it, until when."""
    database = Database(url)
    with database.reading() as connection:
        found = histories(connection, TODAY, keys=["crm"])["crm"].responses
    database.close()
    return [(one.said_on, one.assignee, one.until_on) for one in found]


def test_what_is_in_hand_is_ended_in_the_form(open_dashboard: OpenDashboard, silent_database: str) -> None:
    field = taken_in_hand(silent_database, date(2026, 11, 27))
    app = open_log(open_dashboard, silent_database, "Bo Example")
    assert "Call *them* (Bo Example, in hand until 27 Nov). About: No conversation on record for 23 days" in plain(app)
    app.segmented_control(key=field).set_value("over").run()
    assert "one thing no longer in hand" in announced(app)
    app.button(key="log_save").click().run()
    assert not app.exception
    assert responses(silent_database) == [(date(2026, 11, 18), "bo@example.org", date(2026, 11, 19))]


def test_what_was_in_hand_until_yesterday_goes_on_with_somebody_else(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    field = taken_in_hand(silent_database, date(2026, 11, 19))
    app = open_log(open_dashboard, silent_database, "Bo Example")
    assert "Call *them* (Bo Example, was in hand until 19 Nov). Still: No conversation" in plain(app)
    app.segmented_control(key=field).set_value("goes on until …").run()
    assert app.date_input(key=f"{field}/until_on").value == date(2026, 11, 27)
    assert app.text_input(key=f"{field}/who").value == "Bo Example"
    app.text_input(key=f"{field}/who").set_value("Ana").run()
    app.button(key="log_save").click().run()
    assert 'Whom you mean by "Ana" is open.' in plain(app)
    app.button(key=f"{field}/who:is_0").click().run()
    assert app.text_input(key=f"{field}/who").value == "Ana Example"
    assert "one thing in hand until 27 Nov" in announced(app)
    app.button(key="log_save").click().run()
    assert not app.exception
    assert responses(silent_database)[1:] == [(TODAY, "Ana Example", date(2026, 11, 27))]


def test_a_database_that_is_locked_takes_nothing_from_the_form(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_log(open_dashboard, silent_database, "Bo Lead")
    app.text_area(key=f"{NORTHWIND}notes").set_value("A long text").run()
    other = sqlite3.connect(silent_database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    app.button(key="log_save").click().run()
    assert app.text_area(key=f"{NORTHWIND}notes").value == "A long text"
    words = said(app).replace("\\", "")
    assert "Somebody else is writing just now. Your text is kept; press Save again in a moment." in words
    assert ".db" not in words
    other.execute("ROLLBACK")
    other.close()
    app.button(key="log_save").click().run()
    assert "Recorded with Northwind" in said(app)


def test_a_draft_is_its_writers_own(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_log(open_dashboard, silent_database, "Bo")
    app.text_area(key=f"{NORTHWIND}notes").set_value("Half a sentence").run()
    others = open_log(open_dashboard, silent_database, "Ana")
    assert others.text_area(key=f"{NORTHWIND}notes").value == ""
    again = open_log(open_dashboard, silent_database, "Bo")
    assert again.text_area(key=f"{NORTHWIND}notes").value == "Half a sentence"


def test_an_unsigned_draft_is_kept_by_the_device_and_not_by_the_address(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_log(open_dashboard, silent_database)
    app.text_area(key=f"{NORTHWIND}notes").set_value("Half a sentence").run()
    assert "draft" not in app.query_params
    others = open_log(open_dashboard, silent_database)
    assert others.text_area(key=f"{NORTHWIND}notes").value == ""
    again = open_dashboard(silent_database)
    again.session_state["device_token"] = app.session_state["device_token"]
    again.query_params["engagement"] = "crm"
    again.switch_page("engagement/pages/log_check_in.py").run()
    assert again.text_area(key=f"{NORTHWIND}notes").value == "Half a sentence"


def test_the_channel_follows_what_the_talk_was_about_and_company_is_offered_but_not_taken_for_granted(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    author = Author("Ana", datetime(2026, 11, 19, 12, tzinfo=UTC))
    for key, name in (("site", "Website"), ("app", "App")):
        add_engagement(
            database, author, key, name=name, vendor="Northwind", currency="EUR", starts_on=date(2026, 11, 1)
        )
    for key, there in (("crm", "Nora, Tom"), ("site", "Tom, Eve")):
        log_check_ins(database, author, [CheckInEntry(key, date(2026, 11, 19), "video", attendees=there)])
    database.close()
    app = open_log(open_dashboard, silent_database)
    about, there = (f"{NORTHWIND}{field}" for field in ("about", "attendees"))
    assert app.multiselect(key=there).value == []
    assert announced(app) == "A video call today, nothing new."
    assert app.button(key="log_as_last_time").label == "As last time: Nora and Tom"
    app.button_group(key=about).set_value(["crm", "site"]).run()
    assert app.button_group(key=f"{NORTHWIND}channel").value == "video"
    assert app.button(key="log_as_last_time").label == "As last time: Tom"
    app.button(key="log_as_last_time").click().run()
    for _ in range(2):
        assert announced(app) == "A video call today with Tom about Website and CRM migration, nothing new."
        app.run()
    assert "log_as_last_time" not in {button.key for button in app.button}
    app.button_group(key=about).set_value(["crm", "site", "app"]).run()
    assert (app.multiselect(key=there).value, app.button_group(key=f"{NORTHWIND}channel").value) == (["Tom"], None)
    app.button(key="log_save").click().run()
    assert "How you talked is missing" in said(app)
    app.multiselect(key=there).set_value(["Eve"]).run()
    app.button_group(key=about).set_value(["site"]).run()
    assert (app.multiselect(key=there).value, app.button_group(key=f"{NORTHWIND}channel").value) == (["Eve"], "video")
    assert not app.exception


def test_a_draft_raises_no_data_version(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    before = database.revision()
    app = open_log(open_dashboard, silent_database)
    app.text_area(key=f"{NORTHWIND}notes").set_value("Half a sentence").run()
    assert database.revision() == before
    database.close()


def test_names_are_shown_as_they_are(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    author = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))
    for number, text in enumerate(HOSTILE):
        add_engagement(
            database, author, f"h{number}", name=text, vendor="Northwind", currency="EUR", starts_on=date(2026, 11, 1)
        )
    database.close()
    app = open_log(open_dashboard, silent_database)
    assert not app.exception
    assert len(app.button_group(key=f"{NORTHWIND}about").options) == len(HOSTILE) + 1


def test_a_value_that_cannot_be_is_said_at_once_and_nothing_is_written(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_log(open_dashboard, silent_database, "Bo Example")
    app.date_input(key=f"{NORTHWIND}held_on").set_value(date(2026, 11, 21))
    app.text_area(key=f"{NORTHWIND}notes").set_value("x" * 30_001)
    app.button_group(key=f"{NORTHWIND}crm/milestone/M1").set_value("changed").run()
    app.number_input(key=f"{NORTHWIND}crm/milestone/M1/percent").set_value(120).run()
    words = (
        "21 Nov has not come yet.",
        "30,001 of 30,000 characters: shorten it by 1.",
        "120 % is more than all of it.",
    )
    shown = plain(app)
    assert all(each in shown for each in words)
    app.button(key="log_save").click().run()
    assert "Not recorded yet: see what is marked above." in said(app)
    with Database(silent_database).reading() as connection:
        assert len(log(connection, "crm", TODAY)) == 1
    app.date_input(key=f"{NORTHWIND}held_on").set_value(TODAY)
    app.text_area(key=f"{NORTHWIND}notes").set_value("Short")
    app.number_input(key=f"{NORTHWIND}crm/milestone/M1/percent").set_value(100).run()
    assert announced(app) == "A video call today: progress of one milestone (Data load 100 %), notes."
    app.button(key="log_save").click().run()
    assert "Recorded with Northwind" in said(app)


def test_what_somebody_else_recorded_meanwhile_is_said_and_forbids_nothing(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_log(open_dashboard, silent_database, "Bo Example")
    (tick,) = [box for box in app.checkbox if "Send access" in str(box.label)]
    tick.check().run()
    database = Database(silent_database)
    with database.reading() as connection:
        (action,) = open_actions(connection, ["crm"], TODAY)
    entry = CheckInEntry("crm", TODAY, "video", closed_actions=(action.id,))
    log_check_ins(database, Author("ana@example.org", datetime(2026, 11, 20, 12, tzinfo=UTC)), [entry])
    app.run()
    words = 'Ana Example recorded a video call today at 12:00 and closed "Send access". Save adds a second check-in.'
    assert words in plain(app)
    assert "no longer open" not in said(app)
    assert announced(app) == "Another video call today, nothing new."
    app.run()
    assert words in plain(app)
    app.button(key="log_save").click().run()
    with Database(silent_database).reading() as connection:
        assert [entry.by for entry in log(connection, "crm", TODAY)[:2]] == ["Bo Example", "ana@example.org"]
    app.button(key="log_another").click().run()
    app.button_group(key="log:2:Northwind:channel").set_value("video").run()
    assert "You recorded a video call today at 12:00. Save adds to yours." in plain(app)


def test_what_was_marked_and_is_closed_elsewhere_is_said(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_log(open_dashboard, silent_database, "Bo Example")
    (tick,) = [box for box in app.checkbox if "Send access" in str(box.label)]
    tick.check().run()
    database = Database(silent_database)
    with database.reading() as connection:
        (action,) = open_actions(connection, ["crm"], TODAY)
    close_action(database, Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC)), action.id, TODAY)
    for _ in range(2):
        app.run()
        assert '"Send access" is no longer open: what you said of it here is not recorded.' in said(app).replace(
            "\\", ""
        )
    assert announced(app) == "A video call today, nothing new."


def test_what_a_draft_had_marked_and_is_closed_when_it_is_opened_again_is_said(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_log(open_dashboard, silent_database, "Bo Example")
    (tick,) = [box for box in app.checkbox if "Send access" in str(box.label)]
    assert tick.label == "Send access (theirs, due 27 Nov)"
    tick.check().run()
    database = Database(silent_database)
    with database.reading() as connection:
        (action,) = open_actions(connection, ["crm"], TODAY)
    close_action(database, Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC)), action.id, TODAY)
    words = '"Send access" is no longer open: what you said of it here is not recorded.'
    for _ in range(2):
        again = open_log(open_dashboard, silent_database, "Bo Example")
        assert words in plain(again)
        again.text_area(key=f"{NORTHWIND}notes").set_value("More").run()
    again.button(key="log_discard").click().run()
    assert words not in plain(again)


def test_a_percent_that_goes_down_is_remarked(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    author = Author("Ana", datetime(2026, 11, 19, 12, tzinfo=UTC))
    report_progress(database, author, "crm", "M1", date(2026, 11, 19), share=0.95)
    app = open_log(open_dashboard, silent_database)
    app.button_group(key=f"{NORTHWIND}crm/milestone/M1").set_value("changed").run()
    app.number_input(key=f"{NORTHWIND}crm/milestone/M1/percent").set_value(40.0).run()
    assert "40 % is less than the 95 % said before" in plain(app)
    assert announced(app) == ("A video call today: progress of one milestone (Data load 95 → 40 %, less than before).")


def test_a_talk_that_is_due_is_one_tap_from_its_form(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = to_log(open_dashboard(silent_database))
    # Northwind: last talked 28 Oct, every 7 days. Contoso: talked yesterday, and no day was agreed.
    assert [button.label for button in app.button if str(button.key).startswith("log_due_")] == ["CRM migration"]
    assert "due 4 Nov, 16 days ago" in plain(app)
    app.button(key="log_due_crm").click().run()
    assert not app.exception
    assert (app.query_params["engagement"], app.query_params["with"]) == ("crm", "Northwind")
    assert announced(app) == "A video call today, nothing new."
    app.run()
    assert announced(app) == "A video call today, nothing new."


def test_talks_due_follow_the_filters(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = to_log(open_dashboard(silent_database, person="Bo Example"))
    assert "No talk is due. Choose with whom you talked." in said(app)
    database = Database(silent_database)
    entry = CheckInEntry("web", date(2026, 11, 19), "call", next_on=TODAY)
    log_check_ins(database, Author("Bo", datetime(2026, 11, 19, 12, tzinfo=UTC)), [entry])
    app.run()
    assert [button.label for button in app.button if str(button.key).startswith("log_due_")] == ["Website"]
    assert "agreed for today" in said(app)


def test_an_earlier_day_shows_what_was_due_then_and_logs_nothing(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = to_log(open_dashboard(silent_database, as_of="2026-11-06", engagement="crm"))
    assert not app.exception
    shown = plain(app)
    assert "An earlier day is read only." in shown
    assert "due 4 Nov, 2 days ago" in shown
    assert "log_vendor" not in {box.key for box in app.selectbox}
    assert "log_save" not in {button.key for button in app.button}


def test_the_next_talk_is_suggested_as_usual_where_no_rhythm_was_agreed(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    def suggested() -> str:
        return str(open_log(open_dashboard, silent_database).button_group(key=f"{NORTHWIND}next").options[0])

    assert suggested() == "Fri 27 Nov, as agreed every 7 days"
    change_terms(Database(silent_database), Author("Ana", datetime(2026, 11, 20, tzinfo=UTC)), "crm", cadence_days=None)
    assert suggested() == "Fri 27 Nov, usual is every 7 days"
