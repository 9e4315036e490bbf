"""One engagement on every day of its life: what was known, what it came to, each kept once worked out."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.assessment.oracle.contact import Contact, contact
from tests.assessment.oracle.history import Work, known_by
from tests.assessment.oracle.shares import Plan, plan
from tests.assessment.oracle.verdict import NEVER, UNKNOWN, Verdict


def life_on(work: Work, as_of: date) -> str:
    """Draft, not started, closed, paused or active, asked in this order, of what was known on the day."""
    if work.columns.get("status") == "draft":
        return "draft"
    if as_of < work.starts_on:
        return "not_started"
    if work.closed_on is not None and work.closed_on <= as_of:
        return "closed"
    if any(start <= as_of < until for start, until in work.pauses):
        return "paused"
    return "active"


class Days:
    """The days of one engagement, and which rules of the catalogue are asked."""

    def __init__(self, everything: Work, *, alone: bool, rules: Collection[str]) -> None:
        self.everything = replace(everything, alone=alone)
        self.rules = rules
        self._works: dict[date, Work] = {}
        self._plans: dict[date, Plan] = {}

    def life(self, as_of: date) -> str:
        """What part of its life it is in."""
        return life_on(self.work(as_of), as_of)

    def work(self, as_of: date) -> Work:
        """What was known by a day."""
        if as_of not in self._works:
            self._works[as_of] = known_by(self.everything, as_of)
        return self._works[as_of]

    def plan(self, as_of: date) -> Plan:
        """What the plan came to on a day."""
        if as_of not in self._plans:
            self._plans[as_of] = plan(self.work(as_of), as_of)
        return self._plans[as_of]

    def contact(self, as_of: date) -> Contact:
        """The state of contact on a day."""
        return contact(self.work(as_of), as_of)

    def earned(self, as_of: date) -> Fraction | None:
        """The earned share on a day."""
        return self.plan(as_of).earned


def judged(days: Days, as_of: date) -> tuple[Plan, Fraction, date] | Verdict:
    """Plan, earned share and finish where progress is known; else why the rules that need it say nothing."""
    now = days.plan(as_of)
    if days.work(as_of).retainer:
        return NEVER
    if not now.known or now.earned is None or now.finish_on is None:
        return UNKNOWN
    return now, now.earned, now.finish_on
