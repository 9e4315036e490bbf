"""What random portfolios hold of the vendor and of what it gives us: its record, what it confirmed and can get into,
how notes are written, hours and payments, measured values.
"""

from collections import defaultdict
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

MIDDLE = date(2026, 6, 17)
VENDORS = ["Northwind", "Northwind", "Contoso", "Contoso", "Fabrikam", "Tailspin", "Litware"]
AMOUNTS = ["0", "100", "250.50", "1000", "0.1"]
REASONS = ["", "price", "Cheapest", "lowest price", "Did good work for a partner of ours"]
NOTES = [
    "", "We talked.", "Twenty letters here.", "twenty  letters hare!", "Twenty letters, hmm?",
    "They showed the import and it broke.",
]  # fmt: skip
"""The second and third of twenty letters are nine tenths alike, the fourth is less like them."""


class Habits(NamedTuple):
    """How the check-ins of one engagement are written down."""

    notes: list[str]
    feedback: float
    """How often anything is said about the work, either way."""
    late: float
    """How often a note is written long after."""


class RandomPartner:
    """Fills the tables that concern the vendor."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.tables: dict[str, list[dict[str, str]]] = defaultdict(list)

    def row(self, table: str, **columns: object) -> None:
        """Adds a row; dates and numbers as text, None as empty."""
        self.tables[table].append({name: "" if value is None else str(value) for name, value in columns.items()})

    def maybe(self, chance: float) -> bool:
        """True so often."""
        return self.random.random() < chance

    def around(self, on: date, before: int, after: int) -> date:
        """A day from some days before to some days after another."""
        return on + timedelta(days=self.random.randint(-before, after))

    def vendors(self) -> None:
        """All of them, most of them checked in some ways, some in all."""
        for name in dict.fromkeys(VENDORS):
            checked = self.maybe(0.4)
            self.row(
                "vendors",
                vendor=name,
                interviewed_on=self.around(MIDDLE, 200, -20) if checked else self.random.choice([None, MIDDLE]),
                references_checked=self.random.choice(["2", "3"] if checked else ["", "0", "1", "2"]),
                contract_signed_on=self.around(MIDDLE, 100, 20 if self.maybe(0.3) else -40) if checked else None,
                chosen_because=self.random.choice(["", REASONS[-1]] if checked else REASONS),
            )

    def partner(self, key: str, starts_on: date, closed_on: date | None) -> None:
        """What the vendor confirmed, what it was let into, what is measured, and what was learned after closing."""
        for number in range(self.random.choice([0, 0, 1, 2, 3])):
            confirmed_on = self.around(max(starts_on, MIDDLE - timedelta(days=60)), 5, 40)
            version = number + self.random.choice([1, 1, 2])
            self.row("confirmations", engagement=key, plan_version=version, confirmed_on=confirmed_on)
        milestones = [row["milestone"] for row in self.tables["milestones"] if row["engagement"] == key]
        for milestone in milestones[: self.random.choice([0, 0, 1, 2])]:
            changed_on = self.around(MIDDLE, 60, 40)
            self.row("plan_changes", engagement=key, changed_on=changed_on, milestone=milestone, what="criteria")
        for number in range(self.random.choice([0, 1, 2])):
            given_on = self.around(MIDDLE, 150, 20)
            revoked_on = self.random.choice([None, self.around(max(closed_on or MIDDLE, given_on), 0, 30)])
            self.row("accesses", engagement=key, what=f"Door {number}", given_on=given_on, revoked_on=revoked_on)
        if closed_on and self.maybe(0.6):
            self.row("retrospectives", engagement=key, written_on=self.around(closed_on, 5, 40))
        for number in range(self.random.choice([0, 1, 1, 2])):
            self.metric(key, f"m{number}", starts_on)

    def many_results(self, key: str, starts_on: date) -> None:
        """Results that come one after the other, most of them handed over and decided."""
        due_on = starts_on
        for number in range(self.random.randint(5, 8)):
            due_on = self.around(due_on, -5, 25)
            self.row("milestones", engagement=key, milestone=f"M{number}", name=f"M{number}", due_on=due_on)
            delivered_on = self.around(due_on, 10, 5)
            for outcome in self.random.choice([["accepted"]] * 6 + [["rejected", "accepted"], ["rejected"], [""], []]):
                self.row(
                    "deliveries",
                    engagement=key,
                    milestone=f"M{number}",
                    delivered_on=delivered_on,
                    decided_on=self.around(delivered_on, 0, 7) if outcome else None,
                    outcome=outcome,
                )
                delivered_on = self.around(delivered_on, -8, 20)

    def metric(self, key: str, name: str, starts_on: date) -> None:
        """One metric with its readings, something missing now and then."""
        pick = self.random.choice
        baseline, target = pick([("0", "10"), ("20", "8"), ("", "9.5"), ("4", ""), ("5", "5"), ("1.5", "12")])
        self.row(
            "metrics",
            engagement=key,
            metric=name,
            kind=pick(["quality", "benefit"]),
            direction=pick(["up", "down", "up", "down", ""]),
            baseline=baseline,
            target=target,
            interval_days=pick(["", "7", "30", "30"]),
        )
        for _ in range(pick([0, 1, 2, 4])):
            read_on = max(self.around(MIDDLE, 70, 20), starts_on)
            value = pick(["0", "3.5", "5", "7", "8", "9.5", "10", "15"])
            self.row("readings", engagement=key, metric=name, read_on=read_on, value=value)

    def habits(self) -> Habits:
        """How somebody writes notes: always the same or not, with feedback or without."""
        notes = self.random.choice([NOTES, NOTES[2:5], NOTES[2:4], NOTES[1:2]])
        return Habits(notes, self.random.choice([0, 0.1, 0.6]), self.random.choice([0, 0.3, 0.6]))

    def written_down(self, held_on: date, habits: Habits) -> dict[str, object]:
        """What was noted of a talk, by when, and whether it was read."""
        return {
            "notes": self.random.choice(habits.notes),
            "feedback_given": "Good work" if self.maybe(habits.feedback) else "",
            "feedback_received": "Answer sooner" if self.maybe(habits.feedback) else "",
            "recorded_on": self.around(held_on, -2, 20)
            if self.maybe(habits.late)
            else self.random.choice([None, held_on]),
            "acknowledged_on": self.random.choice([None, self.around(held_on, 0, 10), self.around(held_on, 0, 3)]),
            "imported": self.random.choice(["no", "no", "no", "yes", ""]),
        }

    def spend(self, key: str) -> None:
        """Payments, some of them agreed deposits, some for a milestone, some by the hour."""
        milestones = [row["milestone"] for row in self.tables["milestones"] if row["engagement"] == key]
        hourly = self.maybe(0.5)
        for _ in range(self.random.choice([0, 0, 1, 3, 6])):
            hours = self.random.choice([0.5, 2, 4, 10])
            self.row(
                "spend",
                engagement=key,
                spent_on=self.around(MIDDLE, 70, 10),
                amount=hours * self.random.choice([50, 55, 60, 68.75, 70]) if hourly else self.random.choice(AMOUNTS),
                hours=hours if hourly and self.maybe(0.9) else "",
                milestone=self.random.choice(milestones) if milestones and self.maybe(0.5) else "",
                deposit=self.random.choice(["", "no", "no", "yes"]),
            )
