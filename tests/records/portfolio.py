"""A small portfolio in interchange shape, for tests of what is recorded and read."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

Tables = dict[str, list[dict[str, Any]]]

TODAY = date(2026, 11, 20)


def day(text: str) -> date:
    """A day of 2026, written as MM-DD."""
    return date.fromisoformat(f"2026-{text}")


def engagement(key: str = "crm", **terms: Any) -> dict[str, Any]:
    """A row of engagements."""
    return {
        "engagement": key, "name": "CRM migration", "vendor": "Northwind", "currency": "EUR", "starts_on": day("06-01"),
    } | terms  # fmt: skip


def milestone(key: str = "M1", of: str = "crm", **columns: Any) -> dict[str, Any]:
    """A row of milestones."""
    return {"engagement": of, "milestone": key, "name": "Data load", "due_on": day("09-30")} | columns


def plan(**more: list[dict[str, Any]]) -> Tables:
    """One engagement with one milestone, and what is given besides."""
    return {"engagements": [engagement()], "milestones": [milestone()], **more}


def rows(tables: Mapping[str, list[dict[str, Any]]]) -> Tables:
    """The tables with row numbers as a file has them: the first row after the header is row 2."""
    return {file: [{"_row": number, **row} for number, row in enumerate(listed, 2)] for file, listed in tables.items()}


def everything() -> Tables:
    """A portfolio in which every file has rows and every column is filled at least once."""
    return {
        "people": [
            {"email": "ana@example.org", "name": "Ana Example", "role": "owner"},
            {"email": "bo@example.org", "name": "Bo Example", "role": "lead"},
        ],
        "vendors": [
            {
                "vendor": "Northwind", "contact_name": "Nora North", "contact_email": "nora@example.com",
                "contact_phone": "+49 30 123", "interviewed_on": day("04-01"), "references_checked": 2,
                "contract_signed_on": day("05-01"), "chosen_because": "They did it before.", "notes": "Ask for Nora.",
            },
            {"vendor": "Abacus"},
        ],
        "engagements": [
            engagement(
                category="software", goal="One place for customers", scope="Import, not the website",
                owner="ana@example.org", lead="bo@example.org", deputy="ana@example.org", tier="high", contract="fixed",
                budget=Decimal("46200.00"), rate=Decimal("95.50"), in_house_cost=Decimal("60000.00"),
                committed_hours_per_week=Decimal("20.00"), country="DE", recorded_on=day("06-01"),
                ends_on=day("12-31"), cadence_days=14, grace_days=3, status="active", paused_from=day("08-03"),
                paused_until=day("08-17"),
            ),
            engagement("books", name="Books", vendor="Abacus", contract="retainer", budget=Decimal("800.00")),
            engagement("old", name="Old site", vendor="Abacus", status="closed", closed_on=day("10-30")),
        ],
        "pauses": [{"engagement": "crm", "paused_from": day("07-01"), "paused_until": day("07-06")}],
        "series": [
            {
                "engagement": "books", "series": "close", "name": "Month-end close", "every": "month", "due_day": 10,
                "value": Decimal("200.00"), "from_on": day("06-01"), "until_on": day("12-31"),
            }
        ],
        "milestones": [
            milestone(
                priority="must", acceptance_criteria="All customers are there, none twice.", weight=0.5,
                value=Decimal("20000.00"), starts_on=day("06-15"),
            ),
            milestone("M2", name="Training", due_on=None, cancelled_on=day("11-01")),
            milestone("M3", name="Go live", due_on=day("12-15"), weight=1.25),
            milestone("close:2026-10-10", "books", name="Month-end close", series="close", due_on=day("10-10")),
        ],
        "baselines": [
            {
                "engagement": "crm", "milestone": "M1", "set_on": day("09-20"), "due_on": day("10-15"),
                "reason": "Late access", "approved_by": "ana@example.org",
            }
        ],
        "progress_reports": [
            {
                "engagement": "crm", "milestone": "M1", "reported_on": day("07-31"), "percent_complete": 33.3,
                "forecast_on": day("10-01"), "side": "vendor", "reported_by": "Nora North",
            },
            {"engagement": "crm", "milestone": "M1", "reported_on": day("10-02"), "percent_complete": 55.0},
            {"engagement": "crm", "milestone": "M1", "reported_on": day("10-02"), "forecast_on": day("10-20")},
        ],
        "deliveries": [
            {
                "engagement": "crm", "milestone": "M1", "delivered_on": day("10-20"), "decided_on": day("10-22"),
                "outcome": "rejected", "reason": "Half of the customers are twice there.",
            },
            {"engagement": "crm", "milestone": "M1", "delivered_on": day("11-10")},
        ],
        "check_ins": [
            {
                "engagement": "crm", "held_on": day("10-28"), "channel": "video", "side": "us", "by": "bo@example.org",
                "attendees": "Nora, Bo", "notes": "Second load is ready on 10 Nov.", "declared_status": "on_track",
                "feedback_given": "Please test first.", "feedback_received": "Access came late.",
                "next_on": day("11-04"), "recorded_on": day("10-29"), "acknowledged_by": "ana@example.org",
                "acknowledged_on": day("11-02"), "imported": False,
            },
            {"engagement": "crm", "held_on": day("10-30"), "channel": "report", "side": "vendor", "imported": True},
        ],
        "actions": [
            {
                "engagement": "crm", "kind": "action", "title": "Send the test data", "side": "us",
                "assignee": "bo@example.org", "raised_on": day("10-28"), "due_on": day("11-05"),
                "closed_on": day("11-06"), "promised_on": day("11-03"),
            },
            {
                "engagement": "crm", "kind": "question", "title": "Which fields?", "side": "vendor",
                "raised_on": day("11-01"),
            },
        ],
        "spend": [
            {
                "engagement": "crm", "spent_on": day("06-05"), "amount": Decimal("5000.00"), "hours": Decimal("12.50"),
                "milestone": "M1", "deposit": True, "reference": "R-1",
            },
            {"engagement": "crm", "spent_on": day("10-05"), "amount": Decimal("0.000125"), "deposit": False},
            {"engagement": "crm", "spent_on": day("10-05"), "amount": Decimal("0.000125"), "deposit": False},
        ],
        "metrics": [
            {
                "engagement": "crm", "metric": "duplicates", "kind": "quality", "unit": "%", "direction": "down",
                "baseline": 12.5, "target": 1.0, "interval_days": 30,
            }
        ],
        "readings": [{"engagement": "crm", "metric": "duplicates", "read_on": day("11-10"), "value": 4.25}],
        "plan_changes": [
            {"engagement": "crm", "changed_on": day("06-02"), "milestone": "M3", "what": "added"},
            {"engagement": "books", "changed_on": day("07-09"), "milestone": "close", "what": "due"},
        ],
        "confirmations": [
            {"engagement": "crm", "plan_version": 2, "confirmed_on": day("06-03"), "confirmed_by": "Nora North"}
        ],
        "responses": [
            {
                "engagement": "crm", "rule": "overdue", "said_on": day("11-12"), "plan": "Load again with Nora",
                "assignee": "bo@example.org", "until_on": day("11-26"),
            }
        ],
        "accesses": [
            {"engagement": "crm", "what": "Test system", "given_on": day("06-20"), "revoked_on": day("11-15")}
        ],
        "retrospectives": [
            {
                "engagement": "old", "written_on": day("11-05"), "went_well": "The texts", "went_badly": "The dates",
                "would_hire_again": False,
            }
        ],
        "limits": [
            {"engagement": "crm", "limit": "overdue-critical", "value": 14.0, "set_on": day("10-01"), "by": "Ana"},
            {"limit": "grace", "value": 3.0, "set_on": day("10-02"), "reason": "Too many alarms"},
        ],
        "duplicates": [{"engagement": "crm", "other": "old", "reason": "The old site stays until go live"}],
        "reports": [{"issued_on": day("10-31"), "kind": "status", "by": "ana@example.org"}],
        "changes": [
            {"engagement": "crm", "column": "cadence_days", "set_on": None, "value": "7"},
            {"engagement": "crm", "column": "cadence_days", "set_on": day("09-01"), "value": "14"},
            {"engagement": "crm", "column": "budget", "set_on": None, "value": None},
            {"engagement": "crm", "column": "budget", "set_on": day("06-20"), "value": "46200.00"},
        ],
    }  # fmt: skip
