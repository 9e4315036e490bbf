"""Who is writing: asked once, for a name of one's own or one that is recorded."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from engagement.records.database import Author, Database
from engagement.records.history import log
from engagement.records.people import add_person
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_this_week import answer_who, said

ANA = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))


def offered(app: AppTest) -> list[str]:
    """What the buttons say that take a name."""
    return [button.label for button in app.button if button.key and button.key.startswith("identity_is_")]


@pytest.mark.parametrize(
    ("typed", "answer", "written"),
    [
        ("Bo Exam", "identity_is_0", "Bo Example"),
        ("Bo Exam", "identity_is_new", "Bo Exam"),
        ("bo example", None, "Bo Example"),
    ],
)
def test_a_name_that_nearly_is_a_recorded_one_is_asked_about_and_written_as_answered(
    open_dashboard: OpenDashboard, silent_database: str, typed: str, answer: str | None, written: str
) -> None:
    app = open_dashboard(silent_database)
    app.button(key="talked_crm").click().run()
    answer_who(app, typed)
    if answer is not None:
        assert "**Are you Bo Example?**" in said(app)
        assert offered(app) == ["Yes, I am Bo Example", "No, I am Bo Exam"]
        app.button(key=answer).click().run()
    assert app.button(key="identity_change").label == f"You are {written} · change"
    with Database(silent_database).reading() as connection:
        assert log(connection, "crm", TODAY)[0].by == written


def test_of_a_few_who_are_recorded_one_is_chosen_with_one_tap(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database)
    app.button(key="talked_crm").click().run()
    assert offered(app) == ["Ana Example", "Bo Example"]
    app.button(key="identity_is_0").click().run()
    with Database(silent_database).reading() as connection:
        assert log(connection, "crm", TODAY)[0].by == "Ana Example"


def test_of_many_who_are_recorded_none_is_offered_before_something_is_typed(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    for number in range(7):
        add_person(database, ANA, f"p{number}@example.org", f"Person {number}", None)
    database.close()
    app = open_dashboard(silent_database)
    app.button(key="talked_crm").click().run()
    assert offered(app) == []
    answer_who(app, "Person")
    assert offered(app) == [*(f"Yes, I am Person {number}" for number in range(4)), "No, I am Person"]


def test_a_name_that_is_too_long_is_refused_in_words_and_not_cut(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database)
    app.button(key="talked_crm").click().run()
    answer_who(app, "x" * 81)
    assert "81 of 80 characters: shorten it by 1." in said(app)
    assert app.text_input(key="identity_answer").value == "x" * 81
    answer_who(app, "  " + "x" * 80)
    assert app.button(key="identity_change").label == f"You are {'x' * 80} · change"
