"""Small portfolios of one's own for browser stories: nobody has talked with Northwind for 23 days."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from engagement.records.database import Author, Database
from engagement.records.intake import merge

TODAY = date(2026, 11, 20)


def northwind(folder: Path, *, second: Mapping[str, Any] | None = None) -> str:
    """A database with the CRM migration of Northwind, silent since 28 Oct, and perhaps a second engagement; its URL."""
    url = f"sqlite:///{folder / 'northwind.db'}"
    database = Database(url)
    database.upgrade()
    merge(database, Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC)), _tables(second), today=TODAY, origin="own")
    database.close()
    return url


def _tables(second: Mapping[str, Any] | None) -> dict[str, list[dict[str, Any]]]:
    crm = {
        "engagement": "crm",
        "name": "CRM migration",
        "vendor": "Northwind",
        "currency": "EUR",
        "budget": None,
        "recorded_on": date(2026, 10, 1),
        "starts_on": date(2026, 10, 1),
        "status": "active",
        "contract": "fixed",
        "cadence_days": 7,
    }
    return {
        "engagements": [{**crm, "_row": 2}, *([{**crm, **second, "_row": 3}] if second else [])],
        "milestones": [
            {"_row": 2, "engagement": "crm", "milestone": "M1", "name": "Data load", "due_on": date(2026, 12, 11)}
        ],
        "check_ins": [
            {
                "_row": 2,
                "engagement": "crm",
                "held_on": date(2026, 10, 28),
                "channel": "video",
                "side": "us",
                "by": "Ana",
                "attendees": "Tom Lee",
                "recorded_on": date(2026, 10, 28),
            }
        ],
        "actions": [
            {
                "_row": 2,
                "engagement": "crm",
                "kind": "action",
                "title": "Send access",
                "side": "vendor",
                "raised_on": date(2026, 10, 28),
                "due_on": date(2026, 11, 30),
            }
        ],
    }
