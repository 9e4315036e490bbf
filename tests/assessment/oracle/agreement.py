"""The versions of the plan: which one the vendor has confirmed, and since when there is a newer one."""

from datetime import date, timedelta

from tests.assessment.oracle.history import Work, columns_by

AGREED = ["goal", "scope", "starts_on", "ends_on"]
ONE_DAY = timedelta(days=1)


def changed_on(work: Work, as_of: date) -> list[date]:
    """The days by then on which the plan changed: what it is for, its dates, a milestone given up, or what is noted."""
    found = {row.set_on for one in work.milestones for row in one.rebaselines}
    found |= {one.cancelled_on for one in work.milestones if one.cancelled_on is not None}
    found |= set(work.plan_changed_on)
    for on in {change.set_on for change in work.changes if change.set_on is not None}:
        before, after = columns_by(work, on - ONE_DAY), columns_by(work, on)
        if any(before.get(name) != after.get(name) for name in AGREED):
            found.add(on)
    return sorted(on for on in found if on <= as_of)


def version(work: Work, as_of: date) -> int:
    """The version of the plan on a day: the first, and one more for every day on which it changed."""
    return 1 + len(changed_on(work, as_of))


def unconfirmed_since(work: Work, as_of: date) -> date | None:
    """The first day of a version that the vendor has not confirmed; the first version begins with the work."""
    confirmed = max((row.version for row in work.confirmations), default=0)
    begun_on = [work.starts_on, *changed_on(work, as_of)]
    return min(begun_on[confirmed:], default=None)
