"""The workbook to start from: every sheet, one engagement filled in as an example, and how to fill in your own."""

from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Any, Final

from engagement.exchange.interchange import FILES
from engagement.exchange.layout import File, Row
from engagement.exchange.reading import Tables
from engagement.exchange.workbook import write_workbook

EXAMPLE: Final = "example-website"
"""Key of the engagement that the template is filled in with."""

_ANY_DAY: Final = date(2026, 1, 1)
"""For what is the same in the example on every day."""
_STEPS: Final = (
    ("What this is", "One row in engagements for each piece of work that you have handed to somebody outside."),
    ("1. Look", "The sheets with blue headers and no colour on their tab hold one example, a website. Read it once."),
    (
        "2. Fill in",
        "Write your own rows into vendors, engagements and milestones. Dark headers need a value in every "
        "row; all others may stay empty: empty means not known.",
    ),
    ("3. Last talk", "Write into check_ins when you last talked with each vendor. Silence is counted from there."),
    ("4. Take out", "Delete the rows of the example from every sheet, or leave it out when you upload the workbook."),
    (
        "5. Bring back",
        "Save, and upload the workbook where you found it. You see all that is wrong before anything is kept.",
    ),
    ("Dates", "Real dates, or text as YYYY-MM-DD."),
    ("Numbers", "Without currency sign and thousands marks. Percent from 0 to 100."),
    ("Keys", "Short names of your own that tie the sheets together: engagement, milestone. Never change them later."),
    ("Help", "Point at a header to see what belongs there. Where only certain words will do, choose from the list."),
)


def template(today: date) -> bytes:
    """The workbook, with the example dated around ``today``."""
    content = BytesIO()
    write_workbook(content, example(today), _how_to())
    return content.getvalue()


def holds_example(found: Tables) -> bool:
    """Whether the example still stands in what was filled in, under the name that the template gives it."""
    (own,) = example(_ANY_DAY)["engagements"]
    return any((row["engagement"], row["name"]) == (EXAMPLE, own["name"]) for row in found.rows.get("engagements", ()))


def without_example(found: Tables) -> Tables:
    """The same without the example: its engagement with all that is its own, its vendor and people unless others name
    them."""
    kept = {name: [row for row in rows if row.get("engagement") != EXAMPLE] for name, rows in found.rows.items()}
    for name, key in (("vendors", "vendor"), ("people", "email")):
        named = {value for other in kept.keys() - {name} for row in kept[other] for value in row.values()}
        examples = {row[key] for row in example(_ANY_DAY)[name]} - named
        kept[name] = [row for row in kept.get(name, ()) if row[key] not in examples]
    return found._replace(rows={name: rows for name, rows in kept.items() if name in found.rows})


def _how_to() -> list[tuple[str, ...]]:
    sheets = [(file.name, _about(file)) for file in sorted(FILES, key=lambda file: not file.everyday)]
    return [*_STEPS, ("", ""), ("Sheet", "What goes into it"), *sheets]


def _about(file: File) -> str:
    required = [column.name for column in file.columns if column.required]
    later = "" if file.everyday else " For later; may stay empty."
    return f"{file.help} Every row needs {', '.join(required)}.{later}"


def example(today: date) -> Mapping[str, list[Row]]:
    """One engagement as interchange tables, six weeks into its work."""

    def on(days: int) -> date:
        return today + timedelta(days=days)

    of: dict[str, Any] = {"engagement": EXAMPLE}
    return {
        "people": [
            {"email": "ana@example.org", "name": "Ana Example", "role": "owner"},
            {"email": "bo@example.org", "name": "Bo Example", "role": "lead"},
        ],
        "vendors": [_vendor(on(-60))],
        "engagements": [
            {
                **of,
                "name": "Example: new website",
                "vendor": "Example Studio",
                "category": "software",
                "goal": "Customers find prices and opening hours without calling us.",
                "scope": "Design, ten pages, contact form. Not: shop, photographs.",
                "owner": "ana@example.org",
                "lead": "bo@example.org",
                "tier": "standard",
                "contract": "fixed",
                "currency": "EUR",
                "budget": 12000,
                "in_house_cost": 20000,
                "country": "DE",
                "recorded_on": on(-42),
                "starts_on": on(-42),
                "ends_on": on(49),
                "cadence_days": 7,
                "grace_days": 2,
                "status": "active",
            }
        ],
        "milestones": [
            {
                **of,
                "milestone": "M1",
                "name": "Design",
                "priority": "must",
                "value": 4000,
                "due_on": on(-7),
                "acceptance_criteria": "Three pages drawn for phone and desk; we have said yes in writing.",
            },
            {
                **of,
                "milestone": "M2",
                "name": "Pages built",
                "priority": "must",
                "value": 6000,
                "due_on": on(28),
                "acceptance_criteria": "Ten pages on the test address, loading in under two seconds.",
            },
            {
                **of,
                "milestone": "M3",
                "name": "Live",
                "priority": "must",
                "value": 2000,
                "due_on": on(49),
                "acceptance_criteria": "Our address shows the new pages; the old ones lead to them.",
            },
        ],
        "progress_reports": [
            {
                **of,
                "milestone": "M2",
                "reported_on": on(-2),
                "percent_complete": 30,
                "forecast_on": on(30),
                "side": "vendor",
                "reported_by": "Cem, Example Studio",
            },
        ],
        "deliveries": [
            {
                **of,
                "milestone": "M1",
                "delivered_on": on(-8),
                "decided_on": on(-5),
                "outcome": "accepted",
                "reason": "Agreed with two small changes.",
            },
        ],
        "check_ins": [
            {
                **of,
                "held_on": on(-2),
                "channel": "video",
                "side": "us",
                "by": "bo@example.org",
                "attendees": "Bo, Cem",
                "notes": "Pages started. Texts for three pages still missing from us.",
                "declared_status": "on_track",
                "feedback_given": "Quick answers, thank you.",
                "feedback_received": "Texts earlier, please.",
                "next_on": on(5),
                "recorded_on": on(-2),
            },
        ],
        "actions": [
            {
                **of,
                "kind": "action",
                "title": "Send texts for three pages",
                "side": "us",
                "assignee": "ana@example.org",
                "raised_on": on(-2),
                "due_on": on(3),
            },
        ],
        "spend": [
            {**of, "spent_on": on(-5), "amount": 4000, "milestone": "M1", "deposit": False, "reference": "Invoice 1"},
        ],
    }


def _vendor(met_on: date) -> Row:
    return {
        "vendor": "Example Studio",
        "contact_name": "Cem Example",
        "contact_email": "cem@example.com",
        "contact_phone": "+49 30 0000000",
        "interviewed_on": met_on,
        "references_checked": 2,
        "contract_signed_on": met_on + timedelta(days=10),
        "chosen_because": "Built two sites like ours.",
    }
