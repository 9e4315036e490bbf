"""What arrives: is it good, is it there, is its date the one that was agreed, do the two sides tell each other."""

from datetime import date
from fractions import Fraction

from tests.assessment.oracle.contact import days_without
from tests.assessment.oracle.history import Metric, Work
from tests.assessment.oracle.life import Days, judged
from tests.assessment.oracle.limits import limit
from tests.assessment.oracle.shares import Plan, sure, weights
from tests.assessment.oracle.verdict import CRITICAL, NEVER, UNKNOWN, WARNING, Verdict, worse

ENOUGH = 5
"""First deliveries decided, before their share says anything."""
ZERO = Fraction(0)


def quality_missed(days: Days, as_of: date) -> Verdict:
    """A quality metric worse than its target last W, twice running K; or first deliveries accepted under 80 % W."""
    work = days.work(as_of)
    usable = [
        one
        for one in work.metrics
        if one.kind == "quality" and one.target is not None and one.direction and one.readings
    ]
    found = NEVER if usable else UNKNOWN
    for one in usable:
        found = worse(found, metric_verdict(one))
    return worse(found, WARNING if first_time_wrong(work, days.plan(as_of)) else NEVER)


def metric_verdict(one: Metric) -> Verdict:
    """The last reading, and the one before it, against the target."""
    missed = [falls_short(value, one) for _, value in one.readings[-2:]]
    if missed == [True, True]:
        return CRITICAL
    return WARNING if missed[-1] else NEVER


def falls_short(value: Fraction, one: Metric) -> bool:
    """Worse than the target."""
    if one.target is None:
        return False
    return value < one.target if one.direction == "up" else value > one.target


def first_time_wrong(work: Work, now: Plan) -> bool:
    """Of at least five milestones whose first delivery is decided, under 80 % were accepted then."""
    firsts = [one.source.deliveries[0] for one in now.every if one.source.deliveries]
    decided = [row.outcome == "accepted" for row in firsts if row.decided_on is not None]
    if len(decided) < ENOUGH:
        return False
    return Fraction(sum(decided), len(decided)) < limit(work, "quality-missed first time")


def over_claimed(days: Days, as_of: date) -> Verdict:
    """Claimed minus accepted of what is past due and does not wait for us: 15 points of the whole or more."""
    known = judged(days, as_of)
    if isinstance(known, Verdict):
        return known
    now = known[0]
    shares = weights(now.dated) or []
    ahead = ZERO
    for one, share in zip(now.dated, shares, strict=True):
        if sure(one.due_on) < as_of and one.undecided_on is None:
            accepted = Fraction(one.accepted_on is not None)
            ahead += share * ((one.own_claim or ZERO) - accepted)
    return WARNING if ahead >= limit(days.work(as_of), "over-claimed") else NEVER


def moved_baseline(days: Days, as_of: date) -> Verdict:
    """In the last 90 days a re-baseline without reason or approver K; re-baselines on more than one day W."""
    work = days.work(as_of)
    window = limit(work, "moved-baseline days")
    recent = [
        row for one in days.plan(as_of).every for row in one.source.rebaselines if (as_of - row.set_on).days < window
    ]
    if any(not row.reason or (not row.approved_by and not work.alone) for row in recent):
        return CRITICAL
    return WARNING if len({row.set_on for row in recent}) > 1 else NEVER


def no_feedback(days: Days, as_of: date) -> Verdict:
    """None given, or none taken, for 90 days."""
    work = days.work(as_of)
    given = [one.held_on for one in work.check_ins if one.feedback_given]
    taken = [one.held_on for one in work.check_ins if one.feedback_taken]
    longest = max(days_without(work, given, as_of), days_without(work, taken, as_of))
    return WARNING if longest >= limit(work, "no-feedback days") else NEVER
