"""Who has something in hand or looks after work: a name is typed or chosen, and asked about where it is not clear."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from engagement.assessment.values import Response
from engagement.records.database import Database
from engagement.records.thresholds import change_limit
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_engagement_forms import ANA, SAVE, field, has_button, opened, plain, press, recorded, wrong

TAKE = "in_hand_save"


def in_hand(open_dashboard: OpenDashboard, url: str, who: str) -> AppTest:
    """The question of what is in hand about "CRM migration", answered but for the save."""
    app = press(opened(open_dashboard, url), "in_hand_crm")
    app.text_area(key="in_hand_plan").set_value("Weekly calls")
    app.text_input(key="in_hand_who").set_value(who)
    return app


def refused(app: AppTest) -> str:
    """What the question of what is in hand says in red."""
    return " ".join(str(each.value) for each in app.error).replace("\\", "")


def response(url: str) -> Response:
    """What was said last about a warning of "CRM migration"."""
    return recorded(url).responses[-1]


def test_the_beginning_of_a_name_is_asked_about_and_answered_with_a_button(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = press(in_hand(open_dashboard, silent_database, "Bo"), TAKE)
    assert '"Bo" is not recorded; Bo Example is. Choose whom you mean.' in plain(app)
    assert 'Whom you mean by "Bo" is open.' in refused(app)
    assert recorded(silent_database).responses == ()
    press(app, "in_hand_who:is_0")
    assert app.text_input(key="in_hand_who").value == "Bo Example"
    assert refused(app) == ""
    press(app, TAKE)
    assert response(silent_database).assignee == "Bo Example"


def test_a_name_that_is_kept_is_somebody_new_until_it_is_changed(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = in_hand(open_dashboard, silent_database, "Bo").run()
    press(app, "in_hand_who:keep")
    assert not has_button(app, "in_hand_who:is_0")
    app.text_input(key="in_hand_who").set_value("Exam").run()
    assert has_button(app, "in_hand_who:is_0")
    app.text_input(key="in_hand_who").set_value("Bo").run()
    press(app, TAKE)
    assert response(silent_database).assignee == "Bo"


def test_without_a_name_it_is_whoever_says_it(open_dashboard: OpenDashboard, silent_database: str) -> None:
    press(in_hand(open_dashboard, silent_database, ""), TAKE)
    assert response(silent_database).assignee == "Ana Example"


def test_who_looks_after_work_is_asked_about_like_that_too(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = press(opened(open_dashboard, silent_database), "brief_from_step_unclear-plan: goal")
    owner, lead = field(app, "owner"), field(app, "lead")
    assert app.text_input(key=owner).value == "Ana Example"
    app.text_input(key=lead).set_value("Bo").run()
    press(app, SAVE)
    assert wrong(app).count('Whom you mean by "Bo" is open. Choose one, or keep "Bo".') == 1
    press(app, f"{lead}:is_0")
    assert wrong(app) == ""
    press(app, SAVE)
    terms = recorded(silent_database).terms[-1]
    assert (terms.owner, terms.lead) == ("ana@example.org", "bo@example.org")


@pytest.mark.parametrize(("days", "words"), [(14, None), (15, "5 Dec is more than 14 days ahead.")])
def test_how_long_something_is_in_hand_follows_the_limit_in_force(
    open_dashboard: OpenDashboard, silent_database: str, days: int, words: str | None
) -> None:
    database = Database(silent_database)
    change_limit(database, ANA, "in-hand", 21, reason="Shorter", set_on=TODAY)
    change_limit(database, ANA, "in-hand", 14, reason="Shorter still", set_on=TODAY, engagement="crm")
    database.close()
    app = in_hand(open_dashboard, silent_database, "")
    until = app.date_input(key="in_hand_until")
    assert until.label == "Until when, at most 14 days"
    until.set_value(TODAY + timedelta(days=days))
    press(app, TAKE)
    if words is None:
        assert response(silent_database).until_on == date(2026, 12, 4)
    else:
        assert f"{words} Choose one from today to 4 Dec." in refused(app)
        assert recorded(silent_database).responses == ()


def test_a_limit_under_a_week_is_what_is_offered(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    change_limit(database, ANA, "in-hand", 1, reason="Daily", set_on=TODAY)
    database.close()
    until = in_hand(open_dashboard, silent_database, "").date_input(key="in_hand_until")
    assert (until.label, until.value) == ("Until when, at most 1 day", date(2026, 11, 21))
