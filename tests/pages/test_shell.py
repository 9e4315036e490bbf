"""What every page stands in: the database with its troubles in words, the first start, and the filters."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from engagement.errors import DatabaseError, DatabaseLocked
from engagement.pages import _device
from engagement.pages.filters import Filters, matching
from engagement.pages.trouble import in_words
from engagement.records.database import Author, Database
from engagement.records.intake import clear_sample
from tests.builders import an_assessment
from tests.pages.conftest import OpenDashboard
from tests.pages.test_this_week import said


def test_a_missing_database_is_created_and_the_first_page_offers_to_start(
    open_dashboard: OpenDashboard, tmp_path: Path
) -> None:
    app = open_dashboard(f"sqlite:///{tmp_path / 'new' / 'engagement.db'}")
    assert not app.exception
    assert (tmp_path / "new" / "engagement.db").exists()
    assert "Look around with the sample" in [button.label for button in app.button]


def test_a_file_that_is_no_database_is_a_calm_page_and_its_place_stands_in_the_log_alone(
    open_dashboard: OpenDashboard, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = tmp_path / "notes.db"
    other.write_text("Shopping list: bread, butter, and something that is certainly no database.")
    app = open_dashboard(f"sqlite:///{other}")
    assert not app.exception
    assert app.title[0].value == "The records cannot be read just now"
    assert "is not a database of this program, or it is damaged. It was left as it is." in said(app).replace("\\", "")
    assert "notes" not in said(app)
    assert str(tmp_path) not in said(app).replace("\\", "")
    assert str(other) in caplog.text
    assert [button.label for button in app.button] == ["Try again"]


def test_a_database_of_a_later_program_says_so(open_dashboard: OpenDashboard, silent_database: str) -> None:
    with sqlite3.connect(silent_database.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    app = open_dashboard(silent_database)
    assert app.title[0].value == "The records cannot be read just now"
    assert "later version" in said(app)


def test_a_database_that_locks_while_a_page_runs_says_so_and_recovers(
    open_dashboard: OpenDashboard, silent_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_dashboard(silent_database)

    def locked(_: Database) -> int:
        raise DatabaseLocked("Somebody has been writing for more than five seconds. Try again in a moment.")

    with monkeypatch.context() as patched:
        patched.setattr(Database, "revision", locked)
        app.run()
        assert "Try again in a moment" in said(app).replace("\\", "")
    app.button[0].click().run()
    assert "of two engagements" in app.title[0].value


@pytest.mark.parametrize("kind", DatabaseError.__subclasses__())
def test_no_trouble_with_the_database_names_its_place_on_a_page(
    kind: type[DatabaseError], caplog: pytest.LogCaptureFixture
) -> None:
    error = kind("The file /srv/secret/place.db is in trouble.")
    error.add_note("Look at /srv/secret/notes.")
    words = in_words(error)
    assert "/srv" not in words
    assert words != in_words(DatabaseError(""))
    assert "/srv/secret/place.db" in caplog.text
    assert "/srv/secret/notes" in caplog.text


def test_words_are_sought_in_names_vendors_people_and_goals_and_all_have_to_be_there() -> None:
    crm = an_assessment("crm", name="CRM migration", vendor="Northwind", owner="Ana", goal="One register")
    web = an_assessment("web", name="Website", vendor="Contoso", owner="Zoe", lead=None, goal=None)
    day = date(2026, 11, 20)

    def found(words: str) -> list[str]:
        return [a.engagement for a in matching((crm, web), Filters(day, words=words))]

    assert found("") == ["crm", "web"]
    assert found("north REGISTER") == ["crm"]
    assert found("north website") == []
    assert found("zoe") == ["web"]


def test_the_person_is_owner_lead_or_deputy() -> None:
    owned = an_assessment("a", owner="Ana", lead=None)
    led = an_assessment("b", owner=None, lead="Ana")
    stands_in = an_assessment("c", owner=None, lead=None, deputy="Ana")
    other = an_assessment("d", owner="Bo", lead="Bo")
    shown = matching((owned, led, stands_in, other), Filters(date(2026, 11, 20), person="Ana", vendor="Northwind"))
    assert [a.engagement for a in shown] == ["a", "b", "c"]


def test_after_the_sample_is_taken_out_the_dashboard_offers_to_start_again(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    database = Database(sample_database)
    clear_sample(database, Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC)))
    database.close()
    app = open_dashboard(sample_database)
    assert "Look around with the sample" in [button.label for button in app.button]


def test_on_a_phone_the_button_of_the_filters_says_what_is_set_on_first_paint(
    open_dashboard: OpenDashboard, silent_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_device, "is_narrow", lambda: True)
    app = open_dashboard(silent_database, as_of="2026-11-13", person="Bo Example", vendor="Contoso", q="web")
    (popover,) = app.get("popover")
    assert popover.proto.popover.label == r"As of 13 Nov 2026 · Bo Example · Contoso · web"


def test_every_link_to_another_page_carries_the_filters(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, as_of="2026-11-13", person="Ana Example", vendor="Northwind", q="crm")
    links = {link.proto.page: parse_qs(link.proto.query_string) for link in app.get("page_link")}
    filters = {"as_of": ["2026-11-13"], "person": ["Ana Example"], "vendor": ["Northwind"], "q": ["crm"]}
    assert links == {
        "": filters,
        "log": filters,
        "status": filters,
        "engagements": filters,
        "methods": filters,
        "engagement": {**filters, "engagement": ["crm"]},
    }


def test_a_link_says_nothing_of_filters_that_are_not_set(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "engagements")
    assert [link.proto.query_string for link in app.get("page_link")] == [""] * 6


@pytest.mark.parametrize("said", ["ana@example.org", "ANA@Example.org", "Ana Example", "ana example"])
def test_a_person_in_the_address_is_known_by_name_and_by_email(
    open_dashboard: OpenDashboard, silent_database: str, said: str
) -> None:
    app = open_dashboard(silent_database, "engagements", person=said)
    assert app.selectbox(key="person").value == "ana@example.org"
    assert list(app.dataframe[0].value["Engagement"]) == ["CRM migration"]
    assert list(app.run().dataframe[0].value["Engagement"]) == ["CRM migration"]
    assert parse_qs(app.get("page_link")[0].proto.query_string) == {"person": [said]}
