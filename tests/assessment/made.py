"""Histories made by hand, with everything healthy that a test is not about, and what records hand over of them."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from engagement.assessment.engagement import assess
from engagement.assessment.results import Assessment, Warning
from engagement.assessment.values import (
    LOGS,
    Action,
    CheckIn,
    Confirmation,
    History,
    Log,
    Metric,
    Milestone,
    PortfolioTerms,
    ProgressReport,
    Reading,
    Spend,
    Terms,
    VendorRecord,
)

MONDAY: Final = date(2026, 3, 2)
"""Day 0 of histories made by hand. No public holiday of a country is near; terms name none."""
TOGETHER: Final = PortfolioTerms(alone=False)
CRITERIA: Final = "Every record can be found again, checked by us."
SHORT_DAYS: Final = 63
PROMISE_DAYS: Final = 91
AS_AGREED: Final = Metric("errors", "quality", "per 1,000", "down", target=1.0, readings=(Reading(MONDAY, 1.0),))
SHOWN: Final = Metric("orders", "benefit", "a day", "up", baseline=0.0, target=9.0, readings=(Reading(MONDAY, 9.0),))

VETTED: Final = VendorRecord("Northwind", date(2026, 2, 2), 2, date(2026, 2, 16), "They built our first shop")
AGREED: Final = Confirmation(date(2026, 2, 27), 1, "Cy of Northwind")


def on(day: int) -> date:
    """The day so many days after day 0."""
    return MONDAY + timedelta(days=day)


def some_terms(**changes: Any) -> Terms:
    """Terms from day 0, with nothing missing; to be talked about every 7 days, with 2 days of grace."""
    terms = Terms(
        from_on=None,
        name="CRM migration",
        vendor="Northwind",
        starts_on=on(0),
        currency="EUR",
        goal="One customer register for sales and support",
        scope="Move all customers, leave the invoices where they are",
        owner="Ana",
        lead="Bo",
        budget=Decimal(10_000),
        in_house_cost=Decimal(50_000),
        recorded_on=on(0),
        ends_on=on(100),
    )
    return terms._replace(**changes)


def a_milestone(key: str = "M1", due: int | None = 100, **changes: Any) -> Milestone:
    """A milestone with acceptance criteria, due on a day."""
    due_on = None if due is None else on(due)
    milestone = Milestone(key=key, name=f"Result {key}", acceptance_criteria=CRITERIA, due_on=due_on)
    return milestone._replace(**changes)


def talks(*days: int, **changes: Any) -> tuple[CheckIn, ...]:
    """Calls of ours on some days, read by the owner on the day."""
    return tuple(CheckIn(on(day), "call", "us", acknowledged_on=on(day))._replace(**changes) for day in days)


def reports(*said: tuple[int, float]) -> tuple[ProgressReport, ...]:
    """Progress reports: day and claimed share."""
    return tuple(ProgressReport(on(day), share) for day, share in said)


def forecasts(*said: tuple[int, int]) -> tuple[ProgressReport, ...]:
    """Forecasts: day, and the day that was named."""
    return tuple(ProgressReport(on(day), None, on(named)) for day, named in said)


def a_history(terms: Terms | None = None, **changes: Any) -> History:
    """A history with metrics that stand at their targets, a vendor that was checked and has agreed to the plan.

    The rest is what a test says.
    """
    history = History(
        "crm", (terms or some_terms(),), metrics=(AS_AGREED, SHOWN), confirmations=(AGREED,), vendors=(VETTED,)
    )
    return history._replace(**changes)


def assessed(history: History, day: int, common: PortfolioTerms = TOGETHER) -> Assessment:
    """The assessment as of a day, from a complete history."""
    assessment, needs, _ = assess(history, common, on(day))
    assert not needs
    return assessment


def fired(history: History, rule: str, day: int, common: PortfolioTerms = TOGETHER) -> Warning | None:
    """The warning of a rule as of a day, folded or not; None where it does not fire."""
    assessment = assessed(history, day, common)
    return next((one for one in (*assessment.warnings, *assessment.folded) if one.rule == rule), None)


def severity(history: History, rule: str, day: int, common: PortfolioTerms = TOGETHER) -> str | None:
    """How severe a rule is as of a day; "unknown" where it cannot be judged, None where it does not fire."""
    warning = fired(history, rule, day, common)
    if warning is not None:
        return warning.severity
    return "unknown" if any(one.rule == rule for one in assessed(history, day, common).unknown) else None


# --- what records hand over -----------------------------------------------------------------------------------------


def cut(history: History, as_of: date) -> History:
    """The history as it was known by the end of a day: nothing in it is dated later."""
    terms = tuple(one for one in history.terms if one.from_on is None or one.from_on <= as_of) or history.terms[:1]
    return history._replace(
        terms=terms,
        pauses=tuple(one for one in history.pauses if one.from_on <= as_of),
        closed_on=_known(history.closed_on, as_of),
        milestones=tuple(_cut_milestone(one, as_of) for one in history.milestones),
        check_ins=tuple(
            one._replace(acknowledged_on=_known(one.acknowledged_on, as_of))
            for one in history.check_ins
            if one.held_on <= as_of
        ),
        actions=tuple(
            one._replace(closed_on=_known(one.closed_on, as_of)) for one in history.actions if one.raised_on <= as_of
        ),
        spend=tuple(one for one in history.spend if one.spent_on <= as_of),
        responses=tuple(one for one in history.responses if one.said_on <= as_of),
        limits=tuple(one for one in history.limits if one.set_on <= as_of),
        metrics=tuple(
            one._replace(readings=tuple(reading for reading in one.readings if reading.read_on <= as_of))
            for one in history.metrics
        ),
        plan_changes=tuple(one for one in history.plan_changes if one.changed_on <= as_of),
        confirmations=tuple(one for one in history.confirmations if one.confirmed_on <= as_of),
        accesses=tuple(
            one._replace(revoked_on=_known(one.revoked_on, as_of)) for one in history.accesses if one.given_on <= as_of
        ),
        retrospectives=tuple(one for one in history.retrospectives if one <= as_of),
        vendors=tuple(
            one._replace(accepted_on=tuple(day for day in one.accepted_on if day <= as_of)) for one in history.vendors
        ),
    )


def shorten(history: History, as_of: date, complete: Collection[Log] = ()) -> History:
    """The history as read for a portfolio: logs complete after a day 63 days ago, and before that the last words.

    Of a closed engagement the 63 days lie before the day it was closed.
    """
    history = cut(history, as_of)
    read_for = history.closed_on or as_of
    read_from = read_for - timedelta(days=SHORT_DAYS)
    short = history._replace(partial=LOGS - frozenset(complete), read_from=read_from)
    if "reports" in short.partial:
        milestones = tuple(one._replace(reports=_short_reports(one, read_from)) for one in short.milestones)
        short = short._replace(milestones=milestones)
    if "check_ins" in short.partial:
        short = short._replace(check_ins=_without_old_notes(_short_check_ins(short.check_ins, read_from)))
    if "actions" in short.partial:
        actions, settled = _short_actions(short.actions, read_from, read_for)
        lately = tuple(
            one
            for one in short.actions
            if one not in actions and one.side == "vendor" and one.kind != "question"
            if read_for - timedelta(days=PROMISE_DAYS) < (one.promised_on or one.due_on or date.min) <= read_for
        )
        short = short._replace(actions=actions, settled_promises=settled, settled_lately=lately)
    if "spend" in short.partial:
        short = short._replace(spend=_short_spend(short.spend, read_from))
    return short


def _known(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _cut_milestone(milestone: Milestone, as_of: date) -> Milestone:
    return milestone._replace(
        cancelled_on=_known(milestone.cancelled_on, as_of),
        first_paid_on=_known(milestone.first_paid_on, as_of),
        baselines=tuple(one for one in milestone.baselines if one.set_on <= as_of),
        reports=tuple(one for one in milestone.reports if one.reported_on <= as_of),
        deliveries=tuple(
            one
            if one.decided_on is None or one.decided_on <= as_of
            else one._replace(decided_on=None, outcome=None, reason=None)
            for one in milestone.deliveries
            if one.delivered_on <= as_of
        ),
    )


def _short_reports(milestone: Milestone, read_from: date) -> tuple[ProgressReport, ...]:
    before = [place for place, one in enumerate(milestone.reports) if one.reported_on <= read_from]
    shares = [place for place in before if milestone.reports[place].share is not None]
    dates = [place for place in before if milestone.reports[place].forecast_on is not None]
    kept = {*shares[-1:], *dates[-1:], *range(len(before), len(milestone.reports))}
    return tuple(milestone.reports[place] for place in sorted(kept))


def _short_check_ins(check_ins: tuple[CheckIn, ...], read_from: date) -> tuple[CheckIn, ...]:
    before = [place for place, one in enumerate(check_ins) if one.held_on <= read_from]
    ours = [place for place in before if check_ins[place].side == "us"]
    contact = [place for place in ours if check_ins[place].channel != "report"]
    live = [place for place in ours if check_ins[place].channel in ("in_person", "video", "call")]
    declared = [place for place in ours if check_ins[place].declared_status]
    given = [place for place in before if check_ins[place].feedback_given]
    taken = [place for place in before if check_ins[place].feedback_received]
    unread = [place for place in before if not check_ins[place].imported and check_ins[place].acknowledged_on is None]
    last = [*contact[-1:], *live[-1:], *declared[-1:], *given[-1:], *taken[-1:]]
    kept = {*before[-3:], *last, *unread[:1], *range(len(before), len(check_ins))}
    return tuple(check_ins[place] for place in sorted(kept))


def _without_old_notes(check_ins: tuple[CheckIn, ...]) -> tuple[CheckIn, ...]:
    return (*(one._replace(notes=None) for one in check_ins[:-3]), *check_ins[-3:])


def _short_actions(
    actions: Iterable[Action], read_from: date, as_of: date
) -> tuple[tuple[Action, ...], tuple[int, int]]:
    kept, settled = [], []
    for action in actions:
        if action.closed_on is None or action.closed_on > read_from:
            kept.append(action)
        elif action.side == "vendor" and action.kind != "question":
            promised_on = action.promised_on or action.due_on
            if promised_on is not None and promised_on <= as_of:
                settled.append(action.closed_on <= promised_on)
    return tuple(kept), (sum(settled), len(settled))


def _short_spend(spend: tuple[Spend, ...], read_from: date) -> tuple[Spend, ...]:
    sums = []
    for deposit in (False, True):
        rows = [one for one in spend if one.spent_on <= read_from and one.deposit == deposit]
        if rows:
            amount = sum((one.amount for one in rows), Decimal(0))
            hours = [one.hours for one in rows if one.hours is not None]
            booked = sum(hours, Decimal(0)) if hours else None
            sums.append(Spend(max(one.spent_on for one in rows), amount, booked, deposit=deposit))
    return (*sorted(sums, key=lambda one: one.spent_on), *(one for one in spend if one.spent_on > read_from))
