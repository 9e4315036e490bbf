"""Is the money well spent: paid in order, at the agreed rate, for hours that are used, for something it brings."""

from datetime import date
from fractions import Fraction

from tests.assessment.oracle.contact import resumed_on
from tests.assessment.oracle.history import Metric, Spend, Work, number
from tests.assessment.oracle.life import Days
from tests.assessment.oracle.limits import limit
from tests.assessment.oracle.money import cost_to_finish, spent
from tests.assessment.oracle.verdict import NEVER, UNKNOWN, WARNING, Verdict

ZERO, ONE = Fraction(0), Fraction(1)


def paid_unaccepted(days: Days, as_of: date) -> Verdict:
    """Spend booked to a milestone that is not accepted; not deposits, not retainers."""
    work = days.work(as_of)
    if work.retainer:
        return NEVER
    paid = {row.milestone for row in work.spend if row.amount and not row.deposit}
    found = any(one.key in paid and one.accepted_on is None for one in days.plan(as_of).every)
    return WARNING if found else NEVER


def timed(work: Work) -> list[Spend]:
    """The payments that say how many hours they stand for."""
    return [row for row in work.spend if row.hours]


def recent(work: Work, as_of: date) -> list[Spend]:
    """Those of the last four weeks."""
    return [row for row in timed(work) if (as_of - row.spent_on).days < limit(work, "hours days")]


def hours(rows: list[Spend]) -> Fraction:
    """How many hours they stand for together."""
    return sum((row.hours for row in rows if row.hours is not None), ZERO)


def rate_drift(days: Days, as_of: date) -> Verdict:
    """Amount over hours of four weeks above 110 % of the agreed rate."""
    work = days.work(as_of)
    rate = number(work.columns.get("rate"))
    if rate is None:
        return UNKNOWN if recent(work, as_of) else NEVER
    rows = recent(work, as_of)
    if not rows:
        return NEVER
    paid = sum((row.amount for row in rows), ZERO)
    return WARNING if paid / hours(rows) > limit(work, "rate-drift") * rate else NEVER


def under_used(days: Days, as_of: date) -> Verdict:
    """Hours of four weeks under 60 % of those committed; off until hours are recorded, and in the first four weeks."""
    work = days.work(as_of)
    committed = number(work.columns.get("committed_hours_per_week"))
    window = limit(work, "hours days")
    begun = max([work.starts_on, *resumed_on(work, as_of)])
    if committed is None or not timed(work) or (as_of - begun).days < window:
        return NEVER
    paid_for = committed * window / 7
    return WARNING if hours(recent(work, as_of)) < limit(work, "under-used") * paid_for else NEVER


def no_return(days: Days, as_of: date) -> Verdict:
    """In-house cost minus what is spent and still to be spent is below nothing."""
    work, now = days.work(as_of), days.plan(as_of)
    in_house = number(work.columns.get("in_house_cost"))
    if work.retainer or in_house is None:
        return UNKNOWN
    cost = cost_to_finish(now, work.budget)
    if cost is None:
        return UNKNOWN
    return WARNING if in_house - (spent(work) + cost) < 0 else NEVER


def benefit_unseen(days: Days, as_of: date) -> Verdict:
    """A benefit realised under 70 % of what was planned to date, or not measured for twice its interval."""
    work = days.work(as_of)
    share = time_gone(days, as_of)
    least = limit(work, "benefit-unseen share")
    benefits = [one for one in work.metrics if one.kind == "benefit"]
    found = [too_old(one, work, as_of) for one in benefits] + [too_little(one, share, least) for one in benefits]
    usable = [verdict for verdict in found if verdict != UNKNOWN]
    if not usable:
        return UNKNOWN
    return WARNING if WARNING in usable else NEVER


def too_old(one: Metric, work: Work, as_of: date) -> Verdict:
    """Not measured for more than twice its interval; where it was never, since the start."""
    if one.interval_days is None:
        return UNKNOWN
    last = one.readings[-1][0] if one.readings else work.starts_on
    return WARNING if (as_of - last).days > 2 * one.interval_days else NEVER


def too_little(one: Metric, share: Fraction | None, least: Fraction) -> Verdict:
    """Realised under 70 % of planned to date."""
    if share is None or one.baseline is None or one.target is None or not one.readings:
        return UNKNOWN
    planned = (one.target - one.baseline) * share
    realised = one.readings[-1][1] - one.baseline
    return WARNING if planned and realised / planned < least else NEVER


def time_gone(days: Days, as_of: date) -> Fraction | None:
    """How much of the time from the start to the latest due date is over; None without an end."""
    work, now = days.work(as_of), days.plan(as_of)
    if work.retainer or now.finish_on is None:
        return None
    whole = (now.finish_on - work.starts_on).days
    return min(Fraction((as_of - work.starts_on).days, whole), ONE) if whole > 0 else ONE
