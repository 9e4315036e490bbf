"""Small random portfolios in which engagements have much to do with each other: vendors, owners and tasks in common.

Days cluster around ``MIDDLE`` as in the other random portfolios, and what is changed later is above all what brings
engagements together or apart: the vendor, the owner, the deputy, the tier, what is to be done and until when.
"""

from datetime import date, timedelta
from pathlib import Path

from tests.assessment.oracle.limits import NAMES
from tests.assessment.oracle.random_partner import MIDDLE
from tests.assessment.oracle.random_portfolio import RandomPortfolio, write_folder

LAST_DAYS = [date(2026, 5, 10), date(2026, 6, 10)]
"""Some work ends on one of these, other work begins on it or on the day after."""
OWNERS = ["ana@example.org", "ana@example.org", "ana@example.org", "bo@example.org", ""]
SCOPES = ["", "abc", "abacab", "A  bc", "acb abc", "Everything that has to do with the shop"]
NAMES_OF_TASKS = ["ab", "abc", "cab", "abcab", "ABC", "bcab", "New shop", "The new shop", "Payroll"]
"""Few letters, so that many pairs are about as alike as the rule asks, and some exactly."""
LIMIT_VALUES: dict[str, list[str]] = {
    "same task": ["0.5", "0.75", "1"],
    "promises days": ["30", "180"],
    "promises least": ["2", "3", "8"],
    "promises warning": ["0.5", "1"],
    "promises critical": ["0", "0.75"],
    "owner active": ["1", "3", "5"],
    "owner silent": ["0", "1", "4"],
    "status pack": ["7", "60"],
}


class RandomTogether(RandomPortfolio):
    """Fills the tables of one folder."""

    def __init__(self, seed: int, engagements: int) -> None:
        super().__init__(seed, engagements)
        self.people()
        for _ in range(self.random.choice([0, 0, 1, 2, 4])):
            self.row("reports", issued_on=self.around(MIDDLE, 120, 30), kind="status", by="somebody")
        for _ in range(self.random.choice([0, 1, 3])):
            one, other = self.random.sample(range(engagements), 2)
            self.row("duplicates", engagement=f"e{one}", other=f"e{other}", reason="On purpose")
        if self.maybe(0.5):
            self.row("limits", engagement="", limit=NAMES["promises days"], value="30", set_on="2025-01-01")
        for _ in range(self.random.choice([0, 1, 3])):
            name = self.random.choice(sorted(LIMIT_VALUES))
            value, set_on = self.random.choice(LIMIT_VALUES[name]), self.around(MIDDLE, 60, 20)
            self.row("limits", engagement="", limit=NAMES[name], value=value, set_on=set_on)

    def people(self) -> None:
        """Nobody, one or some, with executives or without."""
        roles = self.random.choice([[], ["owner"], ["owner", "lead"], ["owner", "executive"], ["owner", "executive"]])
        self.tables.pop("people", None)
        for number, role in enumerate(roles):
            self.row("people", email=f"person{number}@example.org", name=f"Person {number}", role=role)

    def columns(self) -> dict[str, str]:
        """What brings an engagement together with others, or apart."""
        pick = self.random.choice
        return {
            "name": pick(NAMES_OF_TASKS),
            "vendor": pick(["Northwind", "Northwind", "Contoso", "Contoso", "Fabrikam"]),
            "category": pick(["shop", "shop", "shop", "money", ""]),
            "scope": pick(SCOPES),
            "owner": pick(OWNERS),
            "deputy": pick(["", "cy@example.org", "cy@example.org"]),
            "tier": pick(["", "high", "standard", "low"]),
            "ends_on": pick(["", *map(str, LAST_DAYS), "2026-12-31"]),
        }

    def engagement(self, key: str) -> None:
        """One engagement: when it runs, with whom, what was promised, when we talked."""
        pick = self.random.choice
        columns, starts_on = self.columns(), self.around(MIDDLE, 150, 10)
        if self.maybe(0.3):
            starts_on = self.around(self.random.choice(LAST_DAYS), 0, 1)
        status = pick(["active"] * 9 + ["draft", "closed", "paused"])
        paused_from = self.around(MIDDLE, 30, 20) if status == "paused" or self.maybe(0.2) else None
        retainer = self.maybe(0.2)
        self.row(
            "engagements",
            engagement=key,
            **columns,
            currency="EUR",
            contract="retainer" if retainer else "fixed",
            country=pick(["", "DE"]),
            recorded_on=pick([None, starts_on]),
            starts_on=starts_on,
            cadence_days=pick(["", "1", "7", "30"]),
            status=status,
            paused_from=paused_from,
            paused_until=paused_from + timedelta(days=self.random.randint(1, 30)) if paused_from else None,
            closed_on=self.around(MIDDLE, 40, 40) if status == "closed" else None,
        )
        for column in self.random.sample(sorted(columns), pick([0, 0, 1, 3])):
            self.changed(key, column, [self.columns()[column] for _ in range(2)], columns[column])
        if status == "active" and self.maybe(0.15):
            self.changed(key, "status", ["draft"], status)
        if self.maybe(0.1):
            self.changed(key, "starts_on", [str(self.around(starts_on, 30, 30)) for _ in range(2)], str(starts_on))
        if retainer:
            self.series(key, starts_on)
        elif self.maybe(0.6):
            self.promises(key, starts_on)
        else:
            self.milestones(key, starts_on)
        self.check_ins(key, starts_on)
        self.actions(key)

    def changed(self, key: str, column: str, earlier: list[str], value: str) -> None:
        """Earlier values of a column, the last of which is the one that stands."""
        days = sorted({self.around(MIDDLE, 80, 30) for _ in earlier})
        for set_on, held in zip([None, *days], [*earlier[: len(days)], value], strict=True):
            self.row("changes", engagement=key, column=column, set_on=set_on, value=held)

    def promises(self, key: str, starts_on: date) -> None:
        """Results that come one after the other, most of them about when they were promised."""
        due_on = max(starts_on, MIDDLE - timedelta(days=100))
        for number in range(self.random.randint(2, 6)):
            due_on = self.around(due_on, 0, 30)
            self.row(
                "milestones",
                engagement=key,
                milestone=f"M{number}",
                name=f"M{number}",
                due_on=due_on,
                cancelled_on=self.around(MIDDLE, 60, 20) if self.maybe(0.1) else None,
            )
            if self.maybe(0.9):
                delivered_on = self.around(due_on, 10, self.random.choice([0, 0, 0, 10]))
                self.delivered(key, f"M{number}", delivered_on)

    def delivered(self, key: str, name: str, delivered_on: date) -> None:
        """Handed over; rejected and handed over again now and then."""
        for outcome in self.random.choice([["accepted"]] * 5 + [[""], [""], ["rejected"], ["rejected", "accepted"]]):
            self.row(
                "deliveries",
                engagement=key,
                milestone=name,
                delivered_on=delivered_on,
                decided_on=self.around(delivered_on, 0, 10) if outcome else None,
                outcome=outcome,
            )
            delivered_on += timedelta(days=self.random.randint(1, 15))


def write_random_together(folder: Path, seed: int, engagements: int = 10) -> list[date]:
    """Writes a random portfolio and gives three days to assess it on."""
    return write_folder(folder, RandomTogether(seed, engagements))
