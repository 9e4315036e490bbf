"""Pages run in this process, on a database of the test's own, with the clock held at Friday 20 November 2026."""

import gc
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from engagement.exchange.sample import load_sample
from engagement.pages import trouble
from engagement.records.database import Author, Database
from engagement.records.intake import merge
from engagement.settings import settings
from tests.conftest import NewDatabase

TODAY = date(2026, 11, 20)
DASHBOARD = str(Path(__file__).parents[2] / "dashboard.py")
_numbers = count(1)


@pytest.fixture(autouse=True)
def main_module_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that runs here takes the place of ``__main__``, which processes started later would begin with."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(autouse=True)
def unforeseen() -> Iterator[list[str]]:
    """The traces of what no page foresaw. There are none, unless a test brings one about and clears this list."""
    found: list[str] = []

    class Noting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.exc_info:
                found.append(self.format(record))

    log, noting = logging.getLogger(trouble.__name__), Noting()
    log.addHandler(noting)
    yield found
    log.removeHandler(noting)
    assert found == []


OpenDashboard = Callable[..., AppTest]
"""Opens a page: ``open_dashboard(database_url, "engagements", vendor="Northwind")``."""


@pytest.fixture
def open_dashboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenDashboard]:
    """Opens a page of the dashboard on a database, with an address; what earlier tests kept is forgotten."""
    monkeypatch.setenv("ENGAGEMENT_TODAY", TODAY.isoformat())

    def open_page(database_url: str, page: str | None = None, **address: str) -> AppTest:
        monkeypatch.setenv("ENGAGEMENT_DATABASE_URL", database_url)
        settings.cache_clear()
        st.cache_resource.clear()
        app = AppTest.from_file(DASHBOARD, default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        if page is not None:
            app.switch_page(f"engagement/pages/{page}.py")
        return app.run()

    yield open_page
    st.cache_resource.clear()
    settings.cache_clear()
    gc.collect()


@pytest.fixture(scope="session")
def sample_template(new_sqlite: NewDatabase) -> Path:
    """An SQLite file with the sample portfolio, to be copied."""
    url = new_sqlite()
    database = Database(url)
    load_sample(database, Author("Sample", datetime(2026, 11, 20, 12, tzinfo=UTC)), TODAY)
    database.close()
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def sample_database(sample_template: Path, tmp_path: Path) -> str:
    """A database of this test alone that holds the sample portfolio; its URL."""
    copy = tmp_path / f"sample{next(_numbers)}.db"
    shutil.copy(sample_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def silent_database(new_sqlite: NewDatabase) -> str:
    """Two engagements of Northwind and Contoso, Ana's and Bo's: the first silent since 28 Oct, the second fine."""
    url = new_sqlite()
    database = Database(url)
    author = Author("Setup", datetime(2026, 11, 20, 12, tzinfo=UTC))
    merge(database, author, silent_tables(), today=TODAY, origin="own")
    database.close()
    return url


def silent_tables() -> dict[str, list[dict[str, Any]]]:
    """What `silent_database` holds, as tables of the interchange format."""
    common = {
        "currency": "EUR",
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2027, 1, 15),
        "recorded_on": date(2026, 10, 1),
        "status": "active",
        "contract": "fixed",
        "cadence_days": 7,
    }
    crm = {"engagement": "crm", "name": "CRM migration", "vendor": "Northwind", "owner": "ana@example.org"}
    web = {"engagement": "web", "name": "Website", "vendor": "Contoso", "lead": "bo@example.org"}
    talk = {"channel": "video", "side": "us", "by": "Ana"}
    return {
        "people": _rows(
            {"email": "ana@example.org", "name": "Ana Example", "role": "owner"},
            {"email": "bo@example.org", "name": "Bo Example", "role": "lead"},
        ),
        "vendors": _rows(
            {"vendor": "Northwind", "contact_name": "Nora", "contact_email": "nora@northwind.example"},
            {"vendor": "Contoso"},
        ),
        "engagements": _rows(common | crm, common | web),
        "milestones": _rows(
            {"engagement": "crm", "milestone": "M1", "name": "Data load", "due_on": date(2026, 12, 11)},
            {"engagement": "web", "milestone": "M1", "name": "Design", "due_on": date(2026, 12, 11)},
        ),
        "deliveries": _rows({"engagement": "web", "milestone": "M1", "delivered_on": date(2026, 11, 18)}),
        "check_ins": _rows(
            {"engagement": "crm", "held_on": date(2026, 10, 28), **talk, "notes": "Importer *runs*."},
            {"engagement": "web", "held_on": date(2026, 11, 5), **talk},
            {"engagement": "web", "held_on": date(2026, 11, 12), **talk},
            {"engagement": "web", "held_on": date(2026, 11, 19), **talk},
        ),
        "actions": _rows(
            {
                "engagement": "crm",
                "kind": "action",
                "title": "Send access",
                "side": "vendor",
                "raised_on": date(2026, 10, 28),
                "due_on": date(2026, 11, 27),
            }
        ),
    }


def _rows(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**row, "_row": number} for number, row in enumerate(rows, 2)]
