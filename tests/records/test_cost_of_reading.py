"""What reading short histories costs does not depend on how long their logs are."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, event, text

from engagement.records import intake
from engagement.records.database import Author, Database
from engagement.records.history import histories
from tests.conftest import NewDatabase
from tests.records.portfolio import TODAY, Tables, engagement, milestone, rows

ENGAGEMENTS = 20
OLDER = 100
"""The first old row of a log lies so many days back, the others before it: short logs are complete for 63 days."""


def portfolio(length: int) -> Tables:
    """Engagements with one recent row in each log, and so many old ones."""
    keys = [f"e{number:02}" for number in range(ENGAGEMENTS)]
    days = [TODAY - timedelta(days=back) for back in (3, *range(OLDER, OLDER + length))]
    begun = {"starts_on": days[-1]}
    return {
        "engagements": [engagement(key, **begun) for key in keys],
        "milestones": [milestone(of=key) for key in keys],
        "progress_reports": [
            {"engagement": key, "milestone": "M1", "reported_on": day, "percent_complete": 10.0, "forecast_on": TODAY}
            for key in keys
            for day in days
        ],
        "check_ins": [
            {"engagement": key, "held_on": day, "channel": "call", "side": "us", "declared_status": "on_track"}
            for key in keys
            for day in days
        ],
        "actions": [
            {
                "engagement": key, "kind": "action", "title": "Send", "side": "vendor", "raised_on": day,
                "due_on": day, "closed_on": day, "promised_on": day,
            }
            for key in keys
            for day in days
        ],
        "spend": [
            {"engagement": key, "spent_on": day, "amount": Decimal(5), "reference": f"R-{number}"}
            for key in keys
            for number, day in enumerate(days)
        ],
    }  # fmt: skip


def steps(connection: Connection) -> int:
    """Steps that SQLite takes."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.set_progress_handler(step, 1)
    histories(connection, TODAY)
    driver.set_progress_handler(None, 0)
    return taken


def rows_looked_at(connection: Connection) -> int:
    """Rows of tables and indexes that PostgreSQL looks at, also those that it then leaves out."""
    sent: list[tuple[str, Any]] = []
    event.listen(connection, "before_cursor_execute", lambda *told: sent.append((told[2], told[3])))
    histories(connection, TODAY)
    plans = [
        connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).scalar_one()
        for statement, values in list(sent)
    ]
    return sum(looked_at(plan[0]["Plan"]) for plan in plans)


def looked_at(node: Mapping[str, Any]) -> int:
    """Rows that a step of a plan and those below it look at, over all its rounds."""
    of_its_own: float = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    below = sum(looked_at(step) for step in node.get("Plans", ()))
    return below + (round(of_its_own * node["Actual Loops"]) if "Scan" in node["Node Type"] else 0)


def cost(url: str, author: Author, length: int) -> int:
    database = Database(url)
    intake.merge(database, author, rows(portfolio(length)), today=TODAY, origin="own")
    with database.writing(author) as transaction:
        transaction.connection.execute(text("ANALYZE"))
    with database.reading() as connection:
        found = steps(connection) if url.startswith("sqlite") else rows_looked_at(connection)
    database.close()
    return found


def test_logs_four_times_as_long_cost_no_more(new_database: NewDatabase, author: Author) -> None:
    short, long = cost(new_database(), author, 75), cost(new_database(), author, 300)
    assert long <= short * 1.05
