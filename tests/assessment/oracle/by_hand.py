"""Folders of one engagement, small enough to work out by hand what is to be said of them."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from tests.assessment.oracle import assess_folder

ENGAGEMENT = {
    "engagement": "e", "name": "Work", "vendor": "Northwind", "currency": "EUR", "starts_on": "2026-01-01",
    "cadence_days": "7", "grace_days": "2",
}  # fmt: skip


def folder(place: Path, /, **tables: list[dict[str, str]]) -> Path:
    """A folder of one engagement, which every row of the tables belongs to that does not say otherwise."""
    for name, rows in {"engagements": [ENGAGEMENT], "milestones": [], **tables}.items():
        full = [{"engagement": "e", **row} for row in rows]
        header = list(dict.fromkeys(column for row in full for column in row)) or ["engagement"]
        with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="")
            writer.writeheader()
            writer.writerows(full)
    return place


def assessed(place: Path, as_of: date) -> Any:
    """The one engagement of a folder."""
    return assess_folder(place, as_of)["engagements"][0]


def warnings(found: Any) -> dict[str, tuple[str, str]]:
    """Severity and since of each warning, by rule."""
    return {warning["rule"]: (warning["severity"], warning["since"]) for warning in found["warnings"]}


def milestone(key: str, due_on: str, starts_on: str = "") -> dict[str, str]:
    """A row of the file of milestones."""
    return {"milestone": key, "name": key, "due_on": due_on, "starts_on": starts_on}


def report(key: str, reported_on: str, percent: str, forecast_on: str = "") -> dict[str, str]:
    """A row of the file of reports."""
    return {"milestone": key, "reported_on": reported_on, "percent_complete": percent, "forecast_on": forecast_on}


def engagement(**columns: str) -> list[dict[str, str]]:
    """The one engagement, with other columns."""
    return [{**ENGAGEMENT, **columns}]


def said(place: Path, rule: str, as_of: date) -> tuple[str, str] | str | None:
    """Severity and since of one rule on a day, or that it cannot be judged, or None."""
    found = assessed(place, as_of)
    if rule in found["unknown"]:
        return "unknown"
    return warnings(found).get(rule)


def severity(place: Path, rule: str, as_of: date) -> str | None:
    """The severity of one rule on a day, or that it cannot be judged, or None."""
    found = said(place, rule, as_of)
    return found[0] if isinstance(found, tuple) else found


def talk(held_on: str, **columns: str) -> dict[str, str]:
    """A row of the file of check-ins: a call of ours, written down here, unless it says otherwise."""
    return {"held_on": held_on, "channel": "call", "side": "us", "imported": "no", **columns}


def delivery(key: str, delivered_on: str, decided_on: str = "", outcome: str = "") -> dict[str, str]:
    """A row of the file of deliveries."""
    return {"milestone": key, "delivered_on": delivered_on, "decided_on": decided_on, "outcome": outcome}
