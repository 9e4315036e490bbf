"""The whole answer: the object that ``assess --format json`` prints, without its sentences, ranks and quantiles."""

from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from tests.assessment.oracle.contact import last_contact_on
from tests.assessment.oracle.folder import read_folder, rows
from tests.assessment.oracle.history import Work
from tests.assessment.oracle.life import Days
from tests.assessment.oracle.milestones import Facts
from tests.assessment.oracle.rules import AFTER_CLOSING, COVERED_BY, KINDS, RULES, declared
from tests.assessment.oracle.setup import items, missing
from tests.assessment.oracle.shares import EarnedSchedule, Plan, earned_schedule, sure
from tests.assessment.oracle.verdict import CRITICAL, NEVER, WARNING, Verdict

Json = dict[str, object]


def assess_folder(
    path: Path,
    as_of: date,
    alone: bool | None = None,
    only: Collection[str] | None = None,
    rules: Collection[str] = RULES.keys(),
) -> dict[str, list[Json]]:
    """The assessment of a folder as of a day; of the engagements named in ``only``, where it is given.

    ``alone`` is counted from the people of the folder where it is not given. Without some of the ``rules`` it is as if
    the catalogue did not have them.
    """
    if alone is None:
        alone = len({row["email"] for row in rows(path, "people")}) <= 1
    works = [work for work in read_folder(path) if only is None or work.key in only]
    return {"engagements": [Oracle(work, alone=alone, rules=rules).answer(as_of) for work in works], "warnings": []}


class Oracle:
    """One engagement, asked about any day."""

    def __init__(self, work: Work, *, alone: bool, rules: Collection[str]) -> None:
        self.days = Days(work, alone=alone, rules=rules)
        self._verdicts: dict[tuple[date, str], Verdict] = {}

    def verdict(self, rule: str, as_of: date) -> Verdict:
        """What a rule says on a day: nothing unless the engagement is active on it, or closed where it is for those."""
        key = as_of, rule
        if key not in self._verdicts:
            concerned = self.days.life(as_of) == ("closed" if rule in AFTER_CLOSING else "active")
            self._verdicts[key] = RULES[rule](self.days, as_of) if concerned else NEVER
        return self._verdicts[key]

    def since(self, rule: str, as_of: date) -> date:
        """The first day of the unbroken run that ends on a day, found by going back day by day."""
        first = as_of
        while self.verdict(rule, first - timedelta(days=1)).fires:
            first -= timedelta(days=1)
        return first

    def answer(self, asked: date) -> Json:
        """The object of one engagement: of a closed one as it was then, but for its names and what is to be done."""
        life = self.days.life(asked)
        closed_on = self.days.everything.closed_on
        as_of = closed_on if life == "closed" and closed_on is not None else asked
        work, now = self.days.work(as_of), self.days.plan(as_of)
        today = self.days.work(asked).columns
        lacking = missing(self.days, as_of)
        active = life == "active"
        return {
            "engagement": work.key,
            "name": today["name"],
            "vendor": today["vendor"],
            "currency": work.columns["currency"],
            "status": self.status(as_of) if active else life,
            "declared_status": declared(self.days, as_of),
            "contact": self.contact(as_of, active=active),
            "progress": {
                "planned": rounded(now.planned),
                "claimed": rounded(now.claimed),
                "earned": rounded(now.earned),
                "accepted": rounded(now.accepted),
            },
            "schedule": self.schedule(work, now, as_of),
            "cost": {
                "budget": work.budget,
                "spent": sum((row.amount for row in work.spend), Fraction(0)) if work.spend else None,
            },
            "milestones": [milestone(one) for one in now.every],
            "warnings": self.warnings(asked),
            "setup": {"met": items(self.days) - len(lacking), "of": items(self.days), "missing": lacking},
            "unknown": sorted(rule for rule in self.days.rules if self.verdict(rule, asked) == Verdict.UNKNOWN),
        }

    def status(self, as_of: date) -> str:
        """What the status rules say; unknown where there is neither a date nor a conversation to judge by."""
        verdicts = [self.verdict(rule, as_of) for rule in self.days.rules if KINDS[rule] == "status"]
        if CRITICAL in verdicts:
            return "off_track"
        if WARNING in verdicts:
            return "at_risk"
        talked = last_contact_on(self.days.work(as_of)) is not None
        return "on_track" if talked or self.days.plan(as_of).dated else "unknown"

    def contact(self, as_of: date, *, active: bool) -> Json:
        """When we last talked; the rest only while active."""
        now = self.days.contact(as_of)
        return {
            "state": now.state if active else None,
            "last_on": iso(now.last_on),
            "days_since": (as_of - now.last_on).days if now.last_on else None,
            "due_on": iso(now.due_on) if active else None,
            "silent_after": iso(now.silent_after) if active else None,
            "forgotten_after": iso(now.forgotten_after) if active else None,
            "cadence_days": now.cadence if active else None,
            "grace_days": now.grace if active else None,
        }

    def schedule(self, work: Work, now: Plan, as_of: date) -> Json:
        """Where the dates stand."""
        ends = not work.retainer and bool(now.dated)
        forecast_on = max(sure(one.forecast_on) for one in now.dated) if ends else None
        first_on = max(sure(one.first_on) for one in now.dated) if ends else None
        found: EarnedSchedule | None = earned_schedule(work, now, as_of)
        return {
            "starts_on": iso(work.starts_on),
            "baseline_finish_on": iso(first_on),
            "due_finish_on": iso(now.finish_on) if ends else None,
            "forecast_finish_on": iso(forecast_on),
            "slip_days": (forecast_on - first_on).days if forecast_on and first_on else None,
            "spi_t": rounded(found.spi) if found else None,
            "earned_schedule_on": iso(found.on) if found else None,
            "overdue_milestones": sum(one.open and sure(one.due_on) < as_of for one in now.dated),
            "promises": promises(work, now, as_of),
        }

    def warnings(self, as_of: date) -> list[Json]:
        """The rules that fire and are not covered, the worst first."""
        firing = {rule: verdict for rule in self.days.rules if (verdict := self.verdict(rule, as_of)).fires}
        folded = {rule for rule in firing if COVERED_BY.get(rule) in firing}
        kinds = ["status", "set-up", "nudge"]
        standing = sorted(
            (rule for rule in firing if rule not in folded),
            key=lambda rule: (firing[rule] != CRITICAL, kinds.index(KINDS[rule]), rule),
        )
        return [
            {
                "rule": rule,
                "kind": KINDS[rule],
                "severity": firing[rule].value,
                "since": iso(self.since(rule, as_of)),
                "in_hand_until": iso(self.in_hand_until(rule, as_of)),
                "covers": sorted(other for other in folded if COVERED_BY[other] == rule),
            }
            for rule in standing
        ]

    def in_hand_until(self, rule: str, as_of: date) -> date | None:
        """Until when somebody has it in hand: not past its day, never got worse since, and of the same run."""
        said = [row for row in self.days.work(as_of).responses if row.rule == rule and row.until_on >= as_of]
        if not said:
            return None
        latest = max(reversed(said), key=lambda row: row.said_on)
        if latest.said_on < self.since(rule, as_of):
            return None
        passed = [latest.said_on + timedelta(days=ahead) for ahead in range((as_of - latest.said_on).days + 1)]
        verdicts = [self.verdict(rule, day) for day in passed]
        if any(pair == (WARNING, CRITICAL) for pair in pairwise(verdicts)):
            return None
        return latest.until_on


def milestone(one: Facts) -> Json:
    """One milestone that counts."""
    return {
        "milestone": one.key,
        "baseline_on": iso(one.first_on),
        "due_on": iso(one.due_on),
        "forecast_on": iso(one.forecast_on),
        "delivered_on": iso(one.delivered_on),
        "accepted_on": iso(one.accepted_on),
        "slip_days": (one.forecast_on - one.first_on).days if one.forecast_on and one.first_on else None,
        "claimed": rounded(one.own_claim),
    }


def promises(work: Work, now: Plan, as_of: date) -> Json:
    """Promises of the vendor that have come due, and those kept; of a retainer its last twelve."""
    due = [(sure(one.first_on), one.delivered_on) for one in now.dated if sure(one.first_on) <= as_of]
    if work.retainer:
        due = sorted(due, key=lambda pair: pair[0])[-12:]
    else:
        due += [
            (row.promised_on, row.closed_on)
            for row in work.actions
            if row.side == "vendor" and row.kind in {"action", "issue"}
            if row.promised_on is not None and row.promised_on <= as_of
        ]
    kept = sum(done_on is not None and done_on <= promised_on for promised_on, done_on in due)
    return {"kept": kept, "due": len(due)}


def rounded(share: Fraction | None) -> float | None:
    """Four places of the nearest floating point number, as the contract writes it."""
    return None if share is None else round(float(share), 4)


def iso(on: date | None) -> str | None:
    """A date as it is written."""
    return on.isoformat() if on else None
