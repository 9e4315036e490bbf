"""The first start as a page: what is said of rows that cannot be taken, and how more are added later."""

import json
from datetime import UTC, date, datetime

from engagement.exchange.grid import GridRow, tables
from engagement.records.database import Author, Database
from engagement.records.intake import merge
from tests.conftest import NewDatabase
from tests.pages.conftest import OpenDashboard


def test_a_row_added_to_the_grid_has_a_currency_and_is_named_by_what_stands_in_it(
    open_dashboard: OpenDashboard, new_sqlite: NewDatabase
) -> None:
    app = open_dashboard(new_sqlite())
    columns = json.loads(app.dataframe[0].proto.columns)
    assert columns["currency"]["default"] == "EUR"
    app.session_state["start_grid"] = {
        "edited_rows": {},
        "added_rows": [{"vendor": "N" * 100, "amount": 5, "currency": "EUR"}, {"what": "Audit"}],
        "deleted_rows": [],
    }
    app.button(key="start_save").click().run()
    (error,) = [str(each.value).replace("\\", "") for each in app.error]
    assert error.splitlines() == [
        f"Added row 1 ({'N' * 29}…), what they do for you: What they do is missing. Name the work in a few words.  ",
        "Added row 2 (Audit), vendor: The vendor is missing. Say who does the work.",
    ]


def test_a_day_typed_into_the_grid_is_read_back_and_one_that_cannot_be_read_is_refused_where_it_stands(
    open_dashboard: OpenDashboard, new_sqlite: NewDatabase
) -> None:
    app = open_dashboard(new_sqlite())
    row = {"vendor": "Northwind", "what": "CRM", "last_on": "28.10.2026", "result": "Data load", "due_on": "soon"}
    app.session_state["start_grid"] = {"edited_rows": {0: row}, "added_rows": [], "deleted_rows": []}
    app.run()
    captions = [str(each.value).replace("\\", "") for each in app.caption]
    assert "Days as read. Row 1 (Northwind), last talked: 28 Oct 2026" in captions
    unread = 'Row 1 (Northwind), by when: "soon" cannot be read as a day. Write it like 28 Oct 2026 or 2026-10-28.'
    assert f":orange[:material/warning:] {unread}" in captions
    app.button(key="start_save").click().run()
    assert [str(each.value).replace("\\", "") for each in app.error] == [unread]
    row["due_on"] = "2026-12-11"
    app.session_state["start_grid"] = {"edited_rows": {0: row}, "added_rows": [], "deleted_rows": []}
    app.button(key="start_save").click().run()
    assert not app.error


def test_somebody_alone_is_asked_who_looks_after_it_and_told_that_one_is_enough(
    open_dashboard: OpenDashboard, new_sqlite: NewDatabase
) -> None:
    url, today = new_sqlite(), date(2026, 11, 20)
    rows = tables([GridRow("Northwind", "CRM", due_on="11 Dec", result="Data load")], today=today, by="Ana")
    database = Database(url)
    merge(database, Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC)), rows, today=today, origin="own")
    database.close()
    app = open_dashboard(url, "engagement", engagement="crm")
    app.session_state["identity_name"] = "Ana"
    app.run()
    said = " ".join(str(each.value) for each in (*app.markdown, *app.caption))
    assert "who looks after it" in said
    assert "owner and lead" not in said
    app.button(key="brief_from_step_unclear-plan: goal").click().run()
    assert "While you work alone, one of the two is enough." in [each.value for each in app.caption]
