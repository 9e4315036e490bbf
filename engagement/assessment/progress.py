"""How much of the work is planned, claimed, earned and accepted, and how fast it goes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain
from typing import Final, NamedTuple

from engagement.assessment.curve import Curve
from engagement.assessment.delivery import Handover, handover
from engagement.assessment.logs import Logs
from engagement.assessment.plan import Plan, plan_on
from engagement.assessment.values import History, Milestone

UNIT: Final = 10**9
"""A whole milestone. Shares are counted in billionths, so that sums of them are exact."""
UNACCEPTED: Final = UNIT * 9 // 10
"""As much of a milestone is earned at most before it is accepted."""
ONE_DAY: Final = timedelta(days=1)


class Shares(NamedTuple):
    """Sums over the dated milestones, in weights times `UNIT`; ``total`` is above 0."""

    total: int
    claimed: int
    earned: int
    accepted: int
    known: bool
    """Whether anybody ever reported a percent, or everything is delivered."""


class Pace(NamedTuple):
    """Shares on every day on which one of them bends or jumps: parallel, oldest first.

    ``planned`` is that of the current baselines and goes on to the last due date. The others stay as they are from one
    day to the next, and are None after the day asked for and while nothing is known.
    """

    days: tuple[date, ...]
    planned: tuple[float | None, ...]
    earned: tuple[float | None, ...]
    claimed: tuple[float | None, ...]
    accepted: tuple[float | None, ...]


def shares(
    plan: Plan, handovers: Sequence[Handover], claims: Sequence[float | None], unread: Collection[int] = ()
) -> Shares | None:
    """The shares of a plan; None where there are none: nothing dated, no weight at all, or a retainer.

    ``handovers`` and ``claims`` (last reported shares, 0 to 1) run in parallel with the plan's milestones. Open
    milestones at the places ``unread`` count as claimed in full, because a higher claim may be missing.
    """
    if not plan.total:
        return None
    claimed = earned = accepted = 0
    reported, delivered = False, True
    for place, weight in zip(plan.dated, plan.weights, strict=True):
        handed, claim = handovers[place], claims[place]
        if claim is not None:
            reported = True
        if handed.accepted_on is not None:
            accepted += weight
            continue
        if handed.delivered_on is not None:
            done = UNIT
        else:
            delivered = False
            done = UNIT if place in unread else 0 if claim is None else round(claim * UNIT)
        claimed += weight * done
        earned += weight * min(done, UNACCEPTED)
    accepted *= UNIT
    return Shares(plan.total * UNIT, claimed + accepted, earned + accepted, accepted, reported or delivered)


def index(earned_days: Fraction, starts_on: date, until: date) -> float | None:
    """SPI(t): days of the plan that were earned per day that passed; None on the first day (Lipke 2003)."""
    passed = (until - starts_on).days
    if passed <= 0:
        return None
    return earned_days.numerator / (earned_days.denominator * passed)


def change_days(milestones: Iterable[Milestone]) -> set[date]:
    """Every day on which a share other than the planned one can have changed."""
    days: set[date] = set()
    for milestone in milestones:
        for report in milestone.reports:
            if report.share is not None:
                days.add(report.reported_on)
        for baseline in milestone.baselines:
            days.add(baseline.set_on)
        for delivery in milestone.deliveries:
            days.add(delivery.delivered_on)
            if delivery.decided_on:
                days.add(delivery.decided_on)
        if milestone.cancelled_on:
            days.add(milestone.cancelled_on)
    return days


def pace(history: History, as_of: date) -> Pace:
    """Planned against done, over the whole time; the progress reports have to be complete. Empty without shares."""
    plan = plan_on(history, as_of)
    if plan.curve is None or plan.finish_on is None:
        return Pace((), (), (), (), ())
    changed = {day for day in change_days(history.milestones) if day <= as_of}
    bends = {plan.starts_on, plan.finish_on, *_bends(plan.curve)}
    days = sorted(day for day in changed | bends | {as_of} if plan.starts_on <= day <= max(plan.finish_on, as_of))
    done = [_done_on(history, day) if day <= as_of else (None, None, None) for day in days]
    earned, claimed, accepted = zip(*done, strict=True)
    return Pace(tuple(days), tuple(map(plan.curve.share, days)), earned, claimed, accepted)


def _bends(curve: Curve) -> Iterable[date]:
    """Days on which the planned share changes its pace, and the day before each step."""
    steps = (knot - 1 for knot, before, on in zip(curve.knots, curve.before, curve.on, strict=True) if before < on)
    return map(date.fromordinal, chain(curve.knots, steps))


def _done_on(history: History, day: date) -> tuple[float | None, float | None, float | None]:
    logs, plan = Logs(history, day), plan_on(history, day)
    handovers = [handover(milestone.deliveries, day) for milestone in plan.milestones]
    done = shares(plan, handovers, [logs.last_share(milestone) for milestone in plan.milestones])
    if done is None or not done.known:
        return None, None, None
    return done.earned / done.total, done.claimed / done.total, done.accepted / done.total
