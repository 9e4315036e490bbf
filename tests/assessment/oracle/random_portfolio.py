"""Small random portfolios in the interchange format, the same for the same seed, that leave no corner out.

Days cluster around ``MIDDLE``, so that an assessment of a day near it has records before and after it, and so closely
that days coincide and edges of thresholds are met.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

from tests.assessment.oracle.limits import NAMES
from tests.assessment.oracle.random_partner import AMOUNTS, MIDDLE, VENDORS, RandomPartner
from tests.assessment.oracle.rules import RULES

CHANNELS = ["in_person", "video", "call", "chat", "email", "report"]
SIDES = ["us", "us", "vendor"]
LONG = "A sentence that says what the vendor must know"
TEXTS = ["", "TBD", "under twenty letter", "exactly twenty chars", LONG]
SERIES = [("close", "month", [1, 10, 31]), ("payroll", "week", [1, 5, 7]), ("tax", "quarter", [1, 45, 92])]
TERMS: dict[str, list[str]] = {
    "cadence_days": ["0", "1", "7", "30", ""],
    "grace_days": ["", "0", "5"],
    "tier": ["", "high", "standard", "low"],
    "budget": ["", "1000", "500", "2000.25"],
    "goal": TEXTS,
    "scope": TEXTS,
    "rate": ["", "50", "62.5"],
    "in_house_cost": ["", "900", "1500", "0"],
    "committed_hours_per_week": ["", "5", "2.5", "0"],
    "ends_on": ["", "2026-08-15", "2026-10-01", "2026-12-31"],
    "vendor": VENDORS,
}
LIMIT_VALUES: dict[str, list[str]] = {
    "grace": ["0", "4"],
    "cadence standard": ["4", "10"],
    "overdue critical days": ["3", "20"],
    "flatline days": ["7", "30"],
    "spend-ahead warning": ["0.05", "0.2"],
    "serial-slip days": ["20", "90"],
    "vendor-silent days": ["7", "30"],
    "unread-check-in": ["0", "8"],
    "no-live-contact days": ["14", "60"],
    "no-live-contact cadences": ["1", "6"],
    "hollow check-ins": ["2", "4"],
    "hollow similarity": ["0.75", "1"],
    "backfilled days": ["3", "15"],
    "backfilled share": ["0.1", "0.6"],
    "backfilled least": ["2", "6"],
    "expectations-not-agreed": ["0", "15"],
    "unvetted-vendor days": ["30", "180"],
    "unvetted-vendor references": ["0", "3"],
    "access-not-revoked": ["0", "15"],
    "too-much share": ["0.1", "0.6"],
    "too-much parallel": ["1", "2"],
    "too-much rate": ["1", "3"],
    "quality-missed first time": ["0.5", "0.9"],
    "over-claimed": ["0.05", "0.3"],
    "moved-baseline days": ["30", "180"],
    "squeezed": ["0.25", "1"],
    "no-feedback days": ["30", "120"],
    "rate-drift": ["1", "1.5"],
    "hours days": ["14", "56"],
    "under-used": ["0.3", "0.9"],
    "benefit-unseen share": ["0.4", "0.95"],
    "no-retrospective days": ["0", "40"],
}


class RandomPortfolio(RandomPartner):
    """Fills the tables of one folder."""

    def __init__(self, seed: int, engagements: int) -> None:
        super().__init__(seed)
        for number in range(self.random.randrange(4)):
            self.row("people", email=f"person{number}@example.org", name=f"Person {number}", role="owner")
        self.vendors()
        for number in range(engagements):
            self.engagement(f"e{number}")
        for _ in range(self.random.randrange(2)):
            self.limit("")

    def engagement(self, key: str) -> None:
        """One engagement with everything that belongs to it."""
        pick = self.random.choice
        starts_on = self.around(MIDDLE, 200, 20)
        contract = pick(["fixed", "", "hourly", "retainer", "fixed"])
        status = pick(["active"] * 5 + ["draft", "closed", "paused", ""])
        closed_on = self.around(MIDDLE, pick([40, 170]), 40) if status == "closed" else None
        paused_from = self.around(MIDDLE, 30, 20) if status == "paused" or self.maybe(0.2) else None
        terms = {column: pick(values) for column, values in TERMS.items()}
        self.row(
            "engagements",
            engagement=key,
            name=f"Work {key}",
            **terms,
            owner=pick(["", "person0@example.org", "person0@example.org"]),
            lead=pick(["", "person1@example.org", "person1@example.org", "person0@example.org"]),
            contract=contract,
            currency=pick(["EUR", "USDC"]),
            country=pick(["", "US", "DE", "XX"]),
            recorded_on=pick([None, starts_on, starts_on + timedelta(days=3), starts_on + timedelta(days=4)]),
            starts_on=starts_on,
            status=status,
            paused_from=paused_from,
            paused_until=paused_from + timedelta(days=self.random.randint(1, 30)) if paused_from else None,
            closed_on=closed_on,
        )
        if self.maybe(0.2):
            first = self.around(MIDDLE, 120, -60)
            self.row("pauses", engagement=key, paused_from=first, paused_until=self.around(first, -1, 20))
        if self.maybe(0.3):
            self.changed_terms(key, {**terms, "starts_on": str(starts_on)})
        if contract == "retainer":
            self.series(key, starts_on)
        if contract != "retainer" and self.maybe(0.15):
            self.many_results(key, starts_on)
        elif contract != "retainer" and self.maybe(0.4):
            self.closing_milestones(key, starts_on)
        elif contract != "retainer" or self.maybe(0.2):
            self.milestones(key, starts_on)
        self.check_ins(key, starts_on)
        self.actions(key)
        self.spend(key)
        self.partner(key, starts_on, closed_on)
        self.others(key)

    def changed_terms(self, key: str, terms: dict[str, str]) -> None:
        """Earlier values of one column, the last of which is the one that stands."""
        column = self.random.choice(sorted(terms))
        days = sorted({self.around(MIDDLE, 80, 30) for _ in range(self.random.randint(1, 2))})
        others = TERMS.get(column) or [str(self.around(date.fromisoformat(terms[column]), 20, 20))]
        values = [self.random.choice(others) for _ in days] + [terms[column]]
        for set_on, value in zip([None, *days], values, strict=True):
            self.row("changes", engagement=key, column=column, set_on=set_on, value=value)

    def series(self, key: str, starts_on: date) -> None:
        """Deliverables of a retainer, some of their occurrences recorded."""
        for name, every, due_days in self.random.sample(SERIES, self.random.randint(0, 2)):
            due_day = self.random.choice(due_days)
            value = self.random.choice(["", "200", "400"])
            self.row(
                "series",
                engagement=key,
                series=name,
                name=name.title(),
                every=every,
                due_day=due_day,
                value=value,
                from_on=self.random.choice([None, None, self.around(starts_on, 20, 40)]),
                until_on=self.random.choice([None, None, self.around(MIDDLE, 20, 60)]),
            )
            for back in range(self.random.randint(0, 6)):
                due_on = occurrence(every, due_day, MIDDLE, back)
                if self.maybe(0.8) and due_on >= starts_on:
                    self.milestone(key, f"{name}:{due_on}", starts_on, due_on, series=name, value=value)

    def milestones(self, key: str, starts_on: date) -> None:
        """Some milestones; all, some or none of them with a weight or a value."""
        weighted, valued = self.random.choice([0, 1, 0.7]), self.random.choice([0, 1, 1, 0.7])
        weights = self.random.choice([["1", "2", "0.5"], ["0", "1"], ["0"]])
        reach = self.random.choice([20, 60, 150])
        due_on = starts_on
        for number in range(self.random.randint(0, 5)):
            due_on = self.around(due_on, 5 if self.maybe(0.2) else 0, reach)
            self.milestone(
                key,
                f"M{number}",
                starts_on,
                due_on if self.maybe(0.88) else None,
                value=self.random.choice(AMOUNTS[1:]) if self.maybe(valued) else "",
                weight=self.random.choice(weights) if self.maybe(weighted) else "",
            )

    def closing_milestones(self, key: str, starts_on: date) -> None:
        """Work that ends soon and of which most was reported in the last weeks."""
        if starts_on < MIDDLE - timedelta(days=100) and self.maybe(0.7):
            self.nearly_done(key)
            return
        for number in range(self.random.randint(1, 2)):
            self.milestone(key, f"M{number}", starts_on, self.around(MIDDLE, 0, 45), value="200")
            for percent in self.random.sample(range(5, 75), self.random.randint(1, 3)):
                self.late_report(key, f"M{number}", percent, self.random.choice([None, self.around(MIDDLE, 10, 60)]))

    def nearly_done(self, key: str) -> None:
        """Long work that ends soon, more than half of it done in the last weeks, so that it may end in time."""
        for number in range(self.random.randint(1, 2)):
            due_on = self.around(MIDDLE, -10, 25)
            self.row("milestones", engagement=key, milestone=f"M{number}", name=f"M{number}", due_on=due_on)
            for percent in sorted(self.random.sample(range(50, 72), self.random.randint(1, 2))):
                self.late_report(key, f"M{number}", percent, None)

    def late_report(self, key: str, milestone: str, percent: int, forecast_on: date | None) -> None:
        """A share that was reported in the last weeks."""
        self.row(
            "progress_reports",
            engagement=key,
            milestone=milestone,
            reported_on=self.around(MIDDLE, 27, 10),
            percent_complete=percent,
            forecast_on=forecast_on,
            side="vendor",
        )

    def milestone(self, key: str, name: str, starts_on: date, due_on: date | None, **columns: str) -> None:
        """One milestone with re-baselines, reports and deliveries."""
        self.row(
            "milestones",
            engagement=key,
            milestone=name,
            name=name,
            series=columns.get("series"),
            acceptance_criteria=LONG if self.maybe(0.6) else self.random.choice(TEXTS),
            weight=columns.get("weight"),
            value=columns.get("value"),
            starts_on=self.around(due_on or starts_on, 40, 5) if self.maybe(0.2) else None,
            due_on=due_on,
            cancelled_on=self.around(MIDDLE, 60, 20) if self.maybe(0.1) else None,
        )
        near = due_on or MIDDLE
        for _ in range(self.random.choice([0, 0, 0, 1, 2, 3])):
            self.row(
                "baselines",
                engagement=key,
                milestone=name,
                set_on=self.around(min(near, MIDDLE), 50, 20),
                due_on=self.around(near, 15, 60),
                reason=self.random.choice(["", "The scope grew"]),
                approved_by=self.random.choice(["", "person0@example.org"]),
            )
        for _ in range(self.random.choice([0, 0, 1, 2, 4, 6])):
            kind = self.random.choice(["percent", "forecast", "both"])
            self.row(
                "progress_reports",
                engagement=key,
                milestone=name,
                reported_on=self.around(min(near, MIDDLE), 60, 30),
                percent_complete=self.random.choice(["0", "25", "50", "90", "95", "100"]) if kind != "forecast" else "",
                forecast_on=self.around(near, 15, 60) if kind != "percent" else "",
                side=self.random.choice(["us", "vendor", ""]),
            )
        if self.maybe(0.5):
            self.deliveries(key, name, near)

    def deliveries(self, key: str, name: str, near: date) -> None:
        """Handed over once or again; decided or not, both ways."""
        days = {self.around(near, 20, 20) for _ in range(self.random.choice([1, 1, 2, 3]))}
        for delivered_on in sorted(sorted(days), key=lambda _: self.random.random()):
            decided = self.maybe(0.7)
            self.row(
                "deliveries",
                engagement=key,
                milestone=name,
                delivered_on=delivered_on,
                decided_on=self.around(delivered_on, 0, 20) if decided else None,
                outcome=self.random.choice(["accepted", "accepted", "rejected"]) if decided else "",
            )

    def check_ins(self, key: str, starts_on: date) -> None:
        """Talks and reports, some before the start, several a day, written down early, late or nobody knows when."""
        first = self.around(starts_on, 10, 30) if self.maybe(0.7) else self.around(MIDDLE, 40, -10)
        seen = set()
        habits = self.habits()
        for _ in range(self.random.choice([0, 0, 2, 5, 12])):
            held_on = self.around(first, 0, max((MIDDLE - first).days, 0) + 20)
            row = held_on, self.random.choice(CHANNELS), self.random.choice(SIDES)
            if row in seen:
                continue
            seen.add(row)
            self.row(
                "check_ins",
                engagement=key,
                held_on=held_on,
                channel=row[1],
                side=row[2],
                declared_status=self.random.choice(["", "on_track", "on_track", "at_risk", "off_track"]),
                next_on=self.random.choice([None, self.around(held_on, 0, 21)]),
                **self.written_down(held_on, habits),
            )

    def actions(self, key: str) -> None:
        """What was agreed, asked or found wanting."""
        for number in range(self.random.choice([0, 0, 1, 3])):
            raised_on = self.around(MIDDLE, 60, 10)
            due_on = self.random.choice([None, self.around(raised_on, 0, 30), self.around(raised_on, 0, 30)])
            self.row(
                "actions",
                engagement=key,
                kind=self.random.choice(["action", "action", "issue", "question", ""]),
                title=f"Thing {number}",
                side=self.random.choice(["us", "vendor", ""]),
                assignee=self.random.choice(["", "somebody", "somebody"]),
                raised_on=raised_on,
                due_on=due_on,
                closed_on=self.random.choice([None, self.around(raised_on, 0, 30)]),
                promised_on=self.around(due_on, 10, 0) if due_on and self.maybe(0.2) else None,
            )

    def others(self, key: str) -> None:
        """Warnings in hand, changed thresholds."""
        for _ in range(self.random.choice([0, 1, 4])):
            said_on = self.around(MIDDLE, 30, 5)
            self.row(
                "responses",
                engagement=key,
                rule=self.random.choice(sorted(RULES)),
                said_on=said_on,
                plan="Calling them",
                assignee="somebody",
                until_on=self.around(said_on, 0, 30),
            )
        for _ in range(self.random.choice([0, 0, 1, 2])):
            self.limit(key)
        if self.maybe(0.4):
            name, set_on = NAMES["backfilled on"], self.around(MIDDLE, 40, 5)
            self.row("limits", engagement=key, limit=name, value="1", set_on=set_on)

    def limit(self, key: str) -> None:
        """A changed threshold, of one engagement or of all."""
        name = self.random.choice(sorted(LIMIT_VALUES))
        value = self.random.choice(LIMIT_VALUES[name])
        self.row("limits", engagement=key, limit=NAMES[name], value=value, set_on=self.around(MIDDLE, 40, 5))


def occurrence(every: str, due_day: int, on: date, back: int) -> date:
    """The due day of the period some periods before the one a day lies in."""
    if every == "week":
        return on - timedelta(days=on.weekday() + 7 * back) + timedelta(days=due_day - 1)
    months = 3 if every == "quarter" else 1
    index = (on.year * 12 + on.month - 1) // months * months - months * back
    start = date(index // 12, index % 12 + 1, 1)
    following = date((index + months) // 12, (index + months) % 12 + 1, 1)
    return min(start + timedelta(days=due_day - 1), following - timedelta(days=1))


def write_random_folder(folder: Path, seed: int, engagements: int = 8) -> list[date]:
    """Writes a random portfolio and gives three days to assess it on."""
    return write_folder(folder, RandomPortfolio(seed, engagements))


def write_folder(folder: Path, made: RandomPortfolio) -> list[date]:
    """Writes what was made and gives three days to assess it on."""
    made.tables["milestones"] = made.tables["milestones"] or []
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in made.tables.items():
        header = list(dict.fromkeys(column for row in rows for column in row)) or ["engagement", "milestone", "name"]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)
    days = [MIDDLE, *(made.around(MIDDLE, 45, 30) for _ in range(2))]
    return sorted(days)
