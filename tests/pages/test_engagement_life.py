"""Whether work goes on, decided on its page: pauses, closings, new starts, terms, and a new engagement."""

from datetime import date
from decimal import Decimal

from engagement.records.accesses import give_access
from engagement.records.database import Database
from engagement.records.engagements import add_engagement, close, pause
from engagement.records.history import histories
from engagement.records.milestones import add_milestone
from tests.conftest import NewDatabase
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_engagement_forms import ANA, SAVE, field, has_button, opened, plain, press, recorded, wrong
from tests.pages.test_engagement_plan import pick
from tests.pages.test_this_week import answer_who

MORE = "menu_engagement"


def test_work_is_paused_and_goes_on(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = pick(opened(open_dashboard, silent_database), MORE, "Pause …")
    press(app, SAVE)
    assert "The day on which it goes on is missing." in wrong(app)
    app.date_input(key=field(app, "from_on")).set_value(date(2026, 11, 16))
    app.date_input(key=field(app, "until_on")).set_value(date(2026, 11, 16))
    press(app, SAVE)
    assert "2026-11-16 is not after 2026-11-16." in wrong(app)
    app.date_input(key=field(app, "until_on")).set_value(date(2026, 12, 7))
    press(app, SAVE)
    assert "Rests from 16 Nov until 7 Dec." in plain(app)
    assert "Pause …" not in app.menu_button(key=MORE).options
    press(app, "resume_from_pause")
    app.date_input(key=field(app, "goes_on")).set_value(date(2026, 11, 19))
    press(app, SAVE)
    assert recorded(silent_database).pauses == ((date(2026, 11, 16), date(2026, 11, 19)),)
    assert "Rests from" not in plain(app)


def test_a_pause_still_to_come_is_called_off(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    pause(database, ANA, "crm", date(2026, 12, 1), date(2026, 12, 8))
    app = opened(open_dashboard, silent_database)
    assert "Will rest from 1 Dec until 8 Dec." in plain(app)
    press(app, "resume_from_pause")
    press(app, SAVE)
    with database.reading() as connection:
        assert histories(connection, date(2026, 12, 31), keys=["crm"])["crm"].pauses == ()
    database.close()


def test_work_is_closed_with_what_remains_said_and_taken_up_again(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    give_access(database, ANA, "crm", "Code repository", date(2026, 10, 2))
    database.close()
    app = open_dashboard(silent_database, "engagement", engagement="crm")
    pick(app, MORE, "Close …")
    said = plain(app)
    for left in (
        *("Not delivered: 1 milestone.", "Open: 1 action or question."),
        *("Still to be taken back: Code repository.", "Still to be written: what was learned."),
    ):
        assert left in said
    app.date_input(key=field(app, "closed_on")).set_value(date(2026, 9, 30))
    press(app, SAVE)
    assert "It began only on 1 Oct." in wrong(app)
    app.date_input(key=field(app, "closed_on")).set_value(date(2026, 11, 18))
    press(app, SAVE)
    answer_who(app, "Ana Example")
    assert recorded(silent_database).closed_on == date(2026, 11, 18)
    # neither rule fires yet, and both forms are at hand
    assert has_button(app, "revoke_from_closed")
    assert has_button(app, "retrospective_from_closed")
    press(app, "reopen_from_closed")
    app.date_input(key=field(app, "goes_on")).set_value(date(2026, 11, 17))
    press(app, SAVE)
    assert "2026-11-17 is before it was closed, on 2026-11-18." in wrong(app)
    app.date_input(key=field(app, "goes_on")).set_value(date(2026, 11, 18))
    press(app, SAVE)
    history = recorded(silent_database)
    assert (history.closed_on, history.pauses, history.terms[-1].status) == (None, (), "active")
    assert "off track" in plain(app)


def test_on_an_earlier_day_nothing_is_decided(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    close(database, ANA, "web", date(2026, 11, 18))
    database.close()
    for engagement in ("crm", "web"):
        app = open_dashboard(silent_database, "engagement", engagement=engagement, as_of="2026-11-19")
        assert not app.menu_button
        assert not [button for button in app.button if "_from_" in (button.key or "")]


def abandoned(url: str) -> None:
    """Work that began in January, with a result due in March, that nobody has talked about since."""
    database = Database(url)
    terms = {"vendor": "Northwind", "currency": "EUR", "starts_on": date(2026, 1, 5), "recorded_on": date(2026, 1, 5)}
    add_engagement(database, ANA, "old", name="Old work", **terms)
    add_milestone(database, ANA, "old", "M1", "Report", due_on=date(2026, 3, 2))
    database.close()


def test_abandoned_work_is_started_again_with_a_talk_and_a_new_date(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    abandoned(silent_database)
    app = opened(open_dashboard, silent_database, engagement="old")
    assert "It looks abandoned:" in plain(app)
    assert has_button(app, "close_from_abandoned")
    press(app, "start_from_abandoned")
    app.date_input(key=field(app, "due_on M1")).set_value(date(2026, 11, 19))
    press(app, SAVE)
    assert "The reason is missing." in wrong(app)
    app.text_input(key=field(app, "reason")).set_value("A new team")
    app.text_input(key=field(app, "approved_by")).set_value("Ana Example")
    press(app, SAVE)
    assert "2026-11-19 is not after the talk, 2026-11-20." in wrong(app)
    app.date_input(key=field(app, "due_on M1")).set_value(date(2026, 12, 18))
    app.text_area(key=field(app, "notes")).set_value("They have a new team")
    press(app, SAVE)
    history = recorded(silent_database, "old")
    assert history.milestones[0].baselines == ((TODAY, date(2026, 12, 18), "A new team", "ana@example.org"),)
    assert history.check_ins[-1].held_on == TODAY
    assert "It looks abandoned:" not in plain(app)


def test_what_looks_abandoned_on_this_week_leads_to_where_it_is_decided(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    abandoned(silent_database)
    app = open_dashboard(silent_database)
    (line,) = [each for each in app.expander if "looks abandoned" in each.label]
    (link,) = line.get("page_link")
    assert "engagement=old" in link.proto.query_string
    assert has_button(opened(open_dashboard, silent_database, engagement="old"), "start_from_abandoned")


def test_name_dates_and_rhythm_are_changed_from_today_on(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = pick(opened(open_dashboard, silent_database), MORE, "Change name, dates, rhythm …")
    app.text_input(key=field(app, "name")).set_value("")
    press(app, SAVE)
    assert "The name is missing." in wrong(app)
    app.text_input(key=field(app, "name")).set_value("CRM move")
    app.date_input(key=field(app, "ends_on")).set_value(date(2026, 9, 1))
    press(app, SAVE)
    assert "It ends before it starts." in wrong(app)
    app.date_input(key=field(app, "ends_on")).set_value(date(2027, 2, 1))
    app.number_input(key=field(app, "cadence_days")).set_value(14.0)
    press(app, SAVE)
    terms = recorded(silent_database).terms
    assert (terms[0].name, terms[-1].name, terms[-1].from_on) == ("CRM migration", "CRM move", TODAY)
    assert (terms[-1].ends_on, terms[-1].cadence_days, terms[-1].grace_days) == (date(2027, 2, 1), 14, None)


def test_a_new_engagement_is_recorded_from_the_list(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "engagements")
    press(app, "new_from_list")
    app.text_input(key=field(app, "currency")).set_value("euro €")
    press(app, SAVE)
    for missing in ("What is to be done is missing.", "The vendor is missing."):
        assert missing in wrong(app)
    app.text_input(key=field(app, "name")).set_value("CRM")
    app.text_input(key=field(app, "vendor")).set_value("Contoso")
    press(app, SAVE)
    assert "It is no currency." in wrong(app)
    app.text_input(key=field(app, "currency")).set_value("chf")
    app.text_input(key=field(app, "owner")).set_value("ana example")
    app.number_input(key=field(app, "budget")).set_value(9000.0)
    app.number_input(key=field(app, "cadence_days")).set_value(14.0)
    press(app, SAVE)
    answer_who(app, "Ana Example")
    added = recorded(silent_database, "crm-2").terms[-1]
    assert (added.name, added.vendor, added.owner) == ("CRM", "Contoso", "ana@example.org")
    assert (added.currency, added.budget, added.cadence_days, added.starts_on) == ("CHF", Decimal(9000), 14, TODAY)


def test_a_new_database_has_no_list_to_add_to(open_dashboard: OpenDashboard, new_sqlite: NewDatabase) -> None:
    app = open_dashboard(new_sqlite(), "engagements")
    assert not app.exception
    assert not has_button(app, "new_from_list")
