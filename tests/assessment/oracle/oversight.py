"""The rules that look beyond one engagement: about a vendor, a person, two engagements, everything.

Each says of a day whom or what it warns about, and how badly.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import combinations

from tests.assessment.oracle.history import Work, columns_by
from tests.assessment.oracle.life import Days
from tests.assessment.oracle.likeness import alike
from tests.assessment.oracle.milestones import falls_due
from tests.assessment.oracle.shares import sure
from tests.assessment.oracle.together import Together
from tests.assessment.oracle.verdict import CRITICAL, WARNING, Verdict

Subject = frozenset[str]
Said = dict[Subject, Verdict]
ONE_DAY = timedelta(days=1)
EVERYTHING: Subject = frozenset({"portfolio"})
"""The subject of a rule about the whole portfolio."""


def promises_broken(together: Together, as_of: date) -> Said:
    """Kept of the promises that came due in 90 days, of at least five: under 80 % W, under 60 % K; per vendor."""
    after = as_of - timedelta(days=int(together.limit("promises days", as_of)))
    least = together.limit("promises least", as_of)
    kept: dict[str, list[bool]] = defaultdict(list)
    for one in together.engagements:
        for promised_on, done in promises_due(one, after, as_of):
            kept[columns_by(one.everything, promised_on)["vendor"]].append(done)
    found: Said = {}
    for vendor, due in kept.items():
        if len(due) >= least:
            share = Fraction(sum(due), len(due))
            if share < together.limit("promises critical", as_of):
                found[frozenset((vendor,))] = CRITICAL
            elif share < together.limit("promises warning", as_of):
                found[frozenset((vendor,))] = WARNING
    return found


def promises_due(one: Days, after: date, as_of: date) -> Iterator[tuple[date, bool]]:
    """The first due dates of a vendor's results, actions and issues after a day, and whether each was kept.

    Nothing is promised in a draft; of a closed engagement it is what was so when it was closed.
    """
    closed_on = one.everything.closed_on
    then = min(as_of, closed_on or as_of)
    for promised_on, done_on in (*results(one, after, then), *actions(one.work(then))):
        if after < promised_on <= then and columns_by(one.everything, promised_on).get("status") != "draft":
            yield promised_on, done_on is not None and done_on <= promised_on


def results(one: Days, after: date, then: date) -> Iterator[tuple[date, date | None]]:
    """The first dates of results, and when they were there.

    What a retainer called for on a day stays promised, whatever is agreed later.
    """
    work = one.work(then)
    recorded = {row.key for row in work.milestones}
    for result in one.plan(then).dated:
        if result.key in recorded:
            yield sure(result.first_on), result.delivered_on
    for step in range(1, (then - after).days + 1):
        on = after + timedelta(days=step)
        agreed = one.work(on)
        for series in agreed.series if agreed.retainer else ():
            if falls_due(series, agreed, on) and f"{series.key}:{on.isoformat()}" not in recorded:
                yield on, None


def actions(work: Work) -> Iterator[tuple[date, date | None]]:
    """The first dates of what the vendor said it would do, and when that was done."""
    for row in work.actions:
        if row.side == "vendor" and row.kind in {"action", "issue"} and row.promised_on is not None:
            yield row.promised_on, row.closed_on


def overloaded_owner(together: Together, as_of: date) -> Said:
    """Over eight active engagements or over two silent ones for one owner; no deputy where much depends on it."""
    if together.alone:
        return {}
    owned: dict[str, list[Days]] = defaultdict(list)
    for one in together.active(as_of):
        owner = one.work(as_of).columns.get("owner")
        if owner:
            owned[owner].append(one)
    found: Said = {}
    for owner, engagements in owned.items():
        silent = sum(one.contact(as_of).state in {"silent", "forgotten"} for one in engagements)
        if (
            len(engagements) > together.limit("owner active", as_of)
            or silent > together.limit("owner silent", as_of)
            or any(high_without_deputy(one.work(as_of)) for one in engagements)
        ):
            found[frozenset((owner,))] = WARNING
    return found


def high_without_deputy(work: Work) -> bool:
    """Whether much depends on it and nobody stands in for its owner."""
    return work.columns.get("tier") == "high" and not work.columns.get("deputy")


def same_task_twice(together: Together, as_of: date) -> Said:
    """Two active engagements of different vendors, alike in name and scope, in one category and at the same time."""
    least = together.limit("same task", as_of)
    works = [one.work(as_of) for one in together.active(as_of)]
    return {
        frozenset((one.key, other.key)): WARNING
        for one, other in combinations(works, 2)
        if frozenset((one.key, other.key)) not in together.deliberate
        if one.columns["vendor"] != other.columns["vendor"]
        if one.columns.get("category") and one.columns.get("category") == other.columns.get("category")
        if overlap(one, other)
        if alike(task(one), task(other)) >= least
    }


def overlap(one: Work, other: Work) -> bool:
    """Whether there is a day on which both are to be worked on; work without a last day has no end."""
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def task(work: Work) -> str:
    """What is to be done: name and scope."""
    return f"{work.columns.get('name', '')} {work.columns.get('scope', '')}"


def no_status_pack(together: Together, as_of: date) -> Said:
    """None issued for 35 days, nor since the first work began; off without executives."""
    begun = [one for one in together.engagements if one.life(as_of) not in {"draft", "not_started"}]
    if not together.executives or not begun:
        return {}
    begun_on = min(one.work(as_of).starts_on for one in begun)
    last_on = max([begun_on, *(on for on in together.issued if on <= as_of)])
    return {EVERYTHING: WARNING} if (as_of - last_on).days >= together.limit("status pack", as_of) else {}


def monitor_stopped(last_good_run_at: datetime | None, now: datetime, hours: int = 26) -> date | None:
    """Since when the last good run is over 26 hours ago, where it is and monitoring is on."""
    if last_good_run_at is None or now - last_good_run_at <= timedelta(hours=hours):
        return None
    return (last_good_run_at + timedelta(hours=hours)).date()


OVERSIGHT: dict[str, Callable[[Together, date], Said]] = {
    "promises-broken": promises_broken,
    "overloaded-owner": overloaded_owner,
    "same-task-twice": same_task_twice,
    "no-status-pack": no_status_pack,
}
"""The rules that are asked about any day; ``monitor_stopped`` is asked about this moment only."""
KINDS_OF_OVERSIGHT = {
    "promises-broken": "nudge",
    "overloaded-owner": "nudge",
    "same-task-twice": "set-up",
    "no-status-pack": "nudge",
    "monitor-stopped": "status",
}


@dataclass(frozen=True)
class About:
    """One warning of the portfolio."""

    rule: str
    kind: str
    subject: Subject
    severity: str
    engagements: frozenset[str]
    since: date | None


class Oversight:
    """Everything together, asked about any day."""

    def __init__(self, together: Together) -> None:
        self.together = together
        self._said: dict[tuple[str, date], Said] = {}

    def said(self, rule: str, as_of: date) -> Said:
        """Whom a rule warns about on a day."""
        if (rule, as_of) not in self._said:
            self._said[rule, as_of] = OVERSIGHT[rule](self.together, as_of)
        return self._said[rule, as_of]

    def since(self, rule: str, subject: Subject, as_of: date) -> date:
        """The first day of the unbroken run that ends on a day, found by going back day by day."""
        first = as_of
        while subject in self.said(rule, first - ONE_DAY):
            first -= ONE_DAY
        return first

    def concerned(self, rule: str, subject: Subject, as_of: date) -> frozenset[str]:
        """The pair itself; of a vendor or an owner every engagement that was ever theirs; none of everything."""
        column = {"promises-broken": "vendor", "overloaded-owner": "owner"}.get(rule)
        if column is None:
            return subject - EVERYTHING
        return frozenset(
            one.everything.key
            for one in self.together.engagements
            if any(columns_by(one.everything, on).get(column) in subject for on in held_from(one.everything, as_of))
        )

    def warnings(self, as_of: date, *, dated: bool = True) -> set[About]:
        """All of a day; without since when they hold unless ``dated``."""
        return {
            About(
                rule,
                KINDS_OF_OVERSIGHT[rule],
                subject,
                verdict.value,
                self.concerned(rule, subject, as_of),
                self.since(rule, subject, as_of) if dated else None,
            )
            for rule in OVERSIGHT
            for subject, verdict in self.said(rule, as_of).items()
        }


def held_from(work: Work, as_of: date) -> list[date]:
    """The days by then on which a column of an engagement may have changed, and the beginning."""
    return [as_of, *((change.set_on or date.min) for change in work.changes if (change.set_on or date.min) <= as_of)]
