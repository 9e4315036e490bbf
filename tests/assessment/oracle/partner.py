"""The vendor: does it know the plan, was it checked, is it given too much, what can it still get into."""

from datetime import date, timedelta
from fractions import Fraction

from tests.assessment.oracle.agreement import unconfirmed_since
from tests.assessment.oracle.history import Work
from tests.assessment.oracle.life import Days
from tests.assessment.oracle.limits import limit
from tests.assessment.oracle.shares import Plan, sure, weights
from tests.assessment.oracle.verdict import NEVER, UNKNOWN, WARNING, Verdict
from tests.assessment.oracle.workdays import working_days_since

KNOWN_AFTER = 2
"""Accepted milestones after which a vendor is no longer new."""
PRICE_ALONE = {"price", "lowest price", "low price", "cost", "lowest cost", "cheap", "cheapest"}
ZERO = Fraction(0)


def expectations_not_agreed(days: Days, as_of: date) -> Verdict:
    """Confirmed version below the current one for over five working days."""
    work = days.work(as_of)
    since = unconfirmed_since(work, as_of)
    if since is None:
        return NEVER
    waited = working_days_since(since, work.country, as_of)
    return WARNING if waited > limit(work, "expectations-not-agreed") else NEVER


def new(work: Work) -> bool:
    """Under two milestones of this vendor were accepted by us."""
    return len(work.vendor.accepted) < KNOWN_AFTER


def unvetted_vendor(days: Days, as_of: date) -> Verdict:
    """In the first 90 days of a new vendor: no interview, under two references, no contract, or price alone."""
    work, vendor = days.work(as_of), days.work(as_of).vendor
    if not new(work) or (as_of - work.starts_on).days >= limit(work, "unvetted-vendor days"):
        return NEVER
    checked = (
        vendor.interviewed_on is not None
        and vendor.references is not None
        and vendor.references >= limit(work, "unvetted-vendor references")
        and vendor.signed_on is not None
        and vendor.chosen_because.strip().casefold() not in PRICE_ALONE
    )
    return NEVER if checked else WARNING


def too_much_too_soon(days: Days, as_of: date) -> Verdict:
    """A new vendor has much due at once or much open at once; a known one more due than it ever gets accepted."""
    work, now = days.work(as_of), days.plan(as_of)
    if work.retainer:
        return NEVER
    shares = weights(now.dated)
    if not now.dated or shares is None:
        return UNKNOWN
    found = at_once(work, now, shares, as_of) if new(work) else faster_than_before(work, now, shares, as_of)
    return WARNING if found else NEVER


def at_once(work: Work, now: Plan, shares: list[Fraction], as_of: date) -> bool:
    """Over 25 % of the weight due in the first 30 days of over 60, or over three milestones open in parallel."""
    early = work.starts_on + timedelta(days=30)
    due = sum((share for one, share in zip(now.dated, shares, strict=True) if sure(one.due_on) <= early), ZERO)
    long = max(sure(one.due_on) for one in now.dated) - work.starts_on > timedelta(days=60)
    parallel = sum(one.open and now.starts[one.key] <= as_of for one in now.dated)
    return (long and due > limit(work, "too-much share")) or parallel > limit(work, "too-much parallel")


def faster_than_before(work: Work, now: Plan, shares: list[Fraction], as_of: date) -> bool:
    """The weight due in the next 30 days against 1.5 times a third of what was accepted in the last 90."""
    soon, done = ZERO, ZERO
    for one, share in zip(now.dated, shares, strict=True):
        if one.open and 0 < (sure(one.due_on) - as_of).days <= 30:
            soon += share
        if one.accepted_on is not None and (as_of - one.accepted_on).days < 90:
            done += share
    return soon > limit(work, "too-much rate") * done / 3


def access_not_revoked(days: Days, as_of: date) -> Verdict:
    """Closed for over five working days with access on its list."""
    work = days.work(as_of)
    if work.closed_on is None or not any(one.revoked_on is None for one in work.accesses):
        return NEVER
    waited = working_days_since(work.closed_on, work.country, as_of)
    return WARNING if waited > limit(work, "access-not-revoked") else NEVER


def no_retrospective(days: Days, as_of: date) -> Verdict:
    """Closed for over 14 days without one."""
    work = days.work(as_of)
    if work.closed_on is None or work.retrospectives:
        return NEVER
    return WARNING if (as_of - work.closed_on).days > limit(work, "no-retrospective days") else NEVER
