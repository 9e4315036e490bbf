"""What no part of the program foresaw: calm words on the page, the trace in the log, and nothing lost."""

import sqlite3
import tomllib
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.pages.conftest import OpenDashboard
from tests.pages.test_this_week import answer_who, said

WORDS = "Something happened that this program does not foresee."
CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"


def broken(url: str) -> sqlite3.Connection:
    """The file behind a database, to write into it what no program of ours writes."""
    return sqlite3.connect(str(make_url(url).database))


def test_a_page_that_breaks_says_so_in_words_and_its_trace_goes_to_the_log(
    open_dashboard: OpenDashboard, silent_database: str, unforeseen: list[str]
) -> None:
    with broken(silent_database) as connection:
        connection.execute("UPDATE check_in SET next_on = 'soon'")
    connection.close()
    app = open_dashboard(silent_database)
    assert not app.exception
    (error,) = app.error
    assert error.value.startswith(WORDS)
    assert "at 12:00:00 UTC: the log, where it was started" in error.value
    assert "Traceback" not in said(app) + error.value
    (trace,) = unforeseen
    assert trace.startswith("Unforeseen, at 12:00:00 UTC\nTraceback")
    assert "soon" in trace
    with broken(silent_database) as connection:
        connection.execute("UPDATE check_in SET next_on = NULL")
    connection.close()
    app.button(key="try_again").click().run()
    assert not app.error
    assert "of two engagements" in app.title[0].value
    unforeseen.clear()


def test_a_write_that_breaks_says_so_beside_the_fields_and_keeps_what_was_typed(
    open_dashboard: OpenDashboard, silent_database: str, unforeseen: list[str]
) -> None:
    with broken(silent_database) as connection:
        connection.execute(
            "CREATE TRIGGER refuses BEFORE INSERT ON response BEGIN SELECT RAISE(ABORT, 'on fire: /srv/secret'); END"
        )
    app = open_dashboard(silent_database)
    app.button(key="in_hand_crm").click().run()
    app.text_area(key="in_hand_plan").set_value("Weekly calls")
    app.button(key="in_hand_save").click().run()
    assert not app.exception
    (error,) = app.error
    assert error.value.startswith(WORDS.replace(".", r"\."))
    assert "srv" not in error.value
    assert app.text_area(key="in_hand_plan").value == "Weekly calls"
    assert "on fire: /srv/secret" in unforeseen[0]
    connection.execute("DROP TRIGGER refuses")
    connection.close()
    app.button(key="in_hand_save").click().run()
    answer_who(app, "Ana Example")
    assert app.title[0].value.endswith("one in hand.")
    unforeseen.clear()


def test_what_breaks_elsewhere_shows_no_trace_and_offers_no_search_for_it() -> None:
    assert tomllib.loads(CONFIG.read_text())["client"]["showErrorDetails"] == "none"
