"""Another day or another person for what was agreed, from the list of what is open and from the nudge about it."""

from datetime import date

from streamlit.testing.v1 import AppTest

from engagement.assessment.values import Action, Side
from engagement.records.actions import NewAction, OpenAction, close_action, open_actions
from engagement.records.check_ins import CheckInEntry, log_check_ins
from engagement.records.database import Database
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_engagement_forms import ANA, SAVE, field, has_button, opened, plain, press, recorded, wrong

LATE, LATER = date(2026, 11, 9), date(2026, 12, 4)


def agreed(url: str, *titles: str, side: Side = "us") -> dict[str, OpenAction]:
    """What is open once some actions, due on 9 Nov, were agreed on 2 Nov; by title."""
    database = Database(url)
    new = tuple(NewAction("action", title, side, "bo@example.org", LATE) for title in titles)
    if new:
        log_check_ins(database, ANA, [CheckInEntry("crm", date(2026, 11, 2), "call", new_actions=new)])
    with database.reading() as connection:
        found = {one.title: one for one in open_actions(connection, ["crm"], TODAY)}
    database.close()
    return found


def now(url: str, title: str) -> Action:
    return next(one for one in recorded(url).actions if one.title == title)


def change(app: AppTest, action: OpenAction, due_on: date | None = LATER, who: str | None = None) -> AppTest:
    app.date_input(key=field(app, f"due_on_{action.id}")).set_value(due_on)
    if who is not None:
        app.text_input(key=field(app, f"assignee_{action.id}")).set_value(who)
    return press(app, SAVE)


def test_beside_an_open_action_its_day_and_person_are_changed(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    action = agreed(silent_database)["Send access"]  # the vendor's, due on 27 Nov
    app = press(opened(open_dashboard, silent_database, "Actions"), f"action_from_{action.id}")
    assert app.date_input(key=field(app, f"due_on_{action.id}")).value == date(2026, 11, 27)
    assert "Send access" in [each.value.strip("*") for each in app.markdown]
    assert "First promised for 27 Nov: that stays on record." in plain(app)
    change(app, action, who="Nora")
    changed = now(silent_database, "Send access")
    assert (changed.due_on, changed.assignee, changed.promised_on) == (LATER, "Nora", date(2026, 11, 27))
    assert "action, theirs, Nora, due 4 Dec" in plain(app)


def test_the_nudge_about_what_is_overdue_opens_the_form_for_any_of_it(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    known = agreed(silent_database, "Book a room", "Order the server")
    app = press(opened(open_dashboard, silent_database), "action_from_step_actions-overdue")
    choice = app.selectbox(key=field(app, "action"))
    titles = [option.replace("\\", "") for option in choice.options]
    assert titles == ["Book a room (due 9 Nov)", "Order the server (due 9 Nov)", "Send access (due 27 Nov)"]
    choice.set_value(str(known["Order the server"].id)).run()
    change(app, known["Order the server"])
    assert now(silent_database, "Book a room").due_on == LATE
    changed = now(silent_database, "Order the server")
    assert (changed.due_on, changed.assignee) == (LATER, "bo@example.org")


def test_a_day_that_is_missing_or_comes_too_early_is_said_and_what_was_typed_stays(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    action = agreed(silent_database)["Send access"]
    app = press(opened(open_dashboard, silent_database, "Actions"), f"action_from_{action.id}")
    change(app, action, None, "Nils")
    assert "The day is missing." in wrong(app)
    change(app, action, date(2026, 10, 27))
    assert "before it was raised" in wrong(app)
    assert app.text_input(key=field(app, f"assignee_{action.id}")).value == "Nils"
    assert now(silent_database, "Send access").assignee is None


def test_what_somebody_closed_meanwhile_is_not_changed(open_dashboard: OpenDashboard, silent_database: str) -> None:
    action = agreed(silent_database)["Send access"]
    app = press(opened(open_dashboard, silent_database, "Actions"), f"action_from_{action.id}")
    database = Database(silent_database)
    close_action(database, ANA, action.id, TODAY)
    database.close()
    change(app, action)
    assert "It is not open any more." in wrong(app)
    assert now(silent_database, "Send access").due_on == date(2026, 11, 27)
    assert has_button(app, SAVE)
