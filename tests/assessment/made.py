"""Histories made for tests: by hand with everything healthy that a test is not about, and at random."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from hypothesis import strategies as st

from engagement.assessment.engagement import assess
from engagement.assessment.values import (
    LOGS,
    Action,
    Assessment,
    Baseline,
    CheckIn,
    Delivery,
    History,
    LimitChange,
    Log,
    Metric,
    Milestone,
    Outcome,
    Pause,
    PortfolioTerms,
    ProgressReport,
    Response,
    Series,
    Spend,
    Terms,
    Warning,
)

MONDAY: Final = date(2026, 3, 2)
"""Day 0 of histories made by hand. No public holiday of a country is near; terms name none."""
TOGETHER: Final = PortfolioTerms(alone=False)
CRITERIA: Final = "Every record can be found again, checked by us."
SHORT_DAYS: Final = 63


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
    """Calls of ours on some days."""
    return tuple(CheckIn(on(day), "call", "us")._replace(**changes) for day in days)


def reports(*said: tuple[int, float]) -> tuple[ProgressReport, ...]:
    """Progress reports: day and claimed share."""
    return tuple(ProgressReport(on(day), share) for day, share in said)


def forecasts(*said: tuple[int, int]) -> tuple[ProgressReport, ...]:
    """Forecasts: day, and the day that was named."""
    return tuple(ProgressReport(on(day), None, on(named)) for day, named in said)


def a_history(terms: Terms | None = None, **changes: Any) -> History:
    """A history with terms and a quality metric; the rest is what a test says."""
    history = History("crm", (terms or some_terms(),), metrics=(Metric("errors", "quality", target=1.0),))
    return history._replace(**changes)


def assessed(history: History, day: int, common: PortfolioTerms = TOGETHER) -> Assessment:
    """The assessment as of a day, from a complete history."""
    assessment, needs = assess(history, common, on(day))
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
        check_ins=tuple(one for one in history.check_ins if one.held_on <= as_of),
        actions=tuple(
            one._replace(closed_on=_known(one.closed_on, as_of)) for one in history.actions if one.raised_on <= as_of
        ),
        spend=tuple(one for one in history.spend if one.spent_on <= as_of),
        responses=tuple(one for one in history.responses if one.said_on <= as_of),
        limits=tuple(one for one in history.limits if one.set_on <= as_of),
    )


def shorten(history: History, as_of: date, complete: Collection[Log] = ()) -> History:
    """The history as read for a portfolio: logs complete after a day 63 days ago, and before that the last words."""
    history = cut(history, as_of)
    read_from = as_of - timedelta(days=SHORT_DAYS)
    short = history._replace(partial=LOGS - frozenset(complete), read_from=read_from)
    if "reports" in short.partial:
        milestones = tuple(one._replace(reports=_short_reports(one, read_from)) for one in short.milestones)
        short = short._replace(milestones=milestones)
    if "check_ins" in short.partial:
        short = short._replace(check_ins=_short_check_ins(short.check_ins, read_from))
    if "actions" in short.partial:
        actions, settled = _short_actions(short.actions, read_from, as_of)
        short = short._replace(actions=actions, settled_promises=settled)
    if "spend" in short.partial:
        short = short._replace(spend=_short_spend(short.spend, read_from))
    return short


def _known(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _cut_milestone(milestone: Milestone, as_of: date) -> Milestone:
    return milestone._replace(
        cancelled_on=_known(milestone.cancelled_on, as_of),
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
    kept = {*before[-3:], *contact[-1:], *live[-1:], *declared[-1:], *range(len(before), len(check_ins))}
    return tuple(check_ins[place] for place in sorted(kept))


def _short_actions(
    actions: Iterable[Action], read_from: date, as_of: date
) -> tuple[tuple[Action, ...], tuple[int, int]]:
    kept, settled = [], []
    for action in actions:
        if action.closed_on is None or action.closed_on > read_from:
            kept.append(action)
        elif action.side == "vendor":
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
            sums.append(Spend(max(one.spent_on for one in rows), amount, deposit=deposit))
    return (*sorted(sums, key=lambda one: one.spent_on), *(one for one in spend if one.spent_on > read_from))


# --- at random --------------------------------------------------------------------------------------------------------

LAST_DAY: Final = 170
ADVENT: Final = date(2025, 11, 17)
"""Day 0 of random histories: Thanksgiving, Christmas and New Year follow."""
CHANGED_LIMITS: Final = (
    "cadence-standard",
    "grace",
    "overdue-critical",
    "serial-slip-window",
    "deadline-window",
    "actions-carried",
    "flatline-days",
    "undecided",
    "learning",
)


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def _days(least: int = 0, most: int = LAST_DAY) -> st.SearchStrategy[date]:
    return st.integers(least, most).map(lambda day: ADVENT + timedelta(days=day))


def _sorted_by(field: str, rows: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(rows, max_size=most).map(lambda found: tuple(sorted(found, key=lambda row: getattr(row, field))))


_AMOUNTS: Final = st.sampled_from([Decimal(0), Decimal(100), Decimal(250), Decimal(700)])
_TEXTS: Final = st.sampled_from([None, "TBD", CRITERIA])
_BASELINES: Final = st.builds(
    Baseline,
    set_on=_days(),
    due_on=_days(0, 200),
    reason=st.sampled_from([None, "agreed"]),
    approved_by=st.sampled_from([None, "Ana"]),
)
_REPORTS: Final = st.builds(
    ProgressReport,
    reported_on=_days(),
    share=st.sampled_from([None, 0.1, 0.0, 0.5, 0.5, 0.9, 1.0]),
    forecast_on=_maybe(_days(0, 220)),
)


@st.composite
def _deliveries(draw: st.DrawFn) -> Delivery:
    delivered_on = draw(_days())
    outcomes: tuple[Outcome | None, ...] = (None, "accepted", "rejected")
    outcome = draw(st.sampled_from(outcomes))
    decided_on = delivered_on + timedelta(days=draw(st.integers(0, 40))) if outcome else None
    return Delivery(delivered_on, decided_on, outcome)


@st.composite
def _milestones(draw: st.DrawFn, key: str) -> Milestone:
    return Milestone(
        key=key,
        name=key,
        acceptance_criteria=draw(_TEXTS),
        weight=draw(st.sampled_from([None, 1.0, 1.0, 0.25, 0.0])),
        value=draw(_maybe(_AMOUNTS)),
        starts_on=draw(_maybe(_days(0, 100))),
        due_on=draw(_maybe(_days(0, 160))),
        cancelled_on=draw(st.sampled_from([None, None, None, 1]).flatmap(lambda one: _days() if one else st.none())),
        baselines=draw(_sorted_by("set_on", _BASELINES, 3)),
        reports=draw(_sorted_by("reported_on", _REPORTS, 6)),
        deliveries=draw(_sorted_by("delivered_on", _deliveries(), 2)),
    )


@st.composite
def _terms(draw: st.DrawFn, from_on: date | None, contract: str) -> Terms:
    return Terms(
        from_on=from_on,
        name="Random",
        vendor="Northwind",
        starts_on=draw(_days(0, 40)),
        currency="EUR",
        goal=draw(_TEXTS),
        owner=draw(st.sampled_from([None, "Ana"])),
        tier=draw(st.sampled_from([None, "high", "standard", "low"])),
        contract="retainer" if contract == "retainer" else "fixed",
        budget=draw(_maybe(st.sampled_from([Decimal(0), Decimal(500), Decimal(1000)]))),
        country=draw(st.sampled_from([None, "US", "DE", "XX"])),
        recorded_on=draw(_maybe(_days(0, 45))),
        ends_on=draw(_maybe(_days(60, 200))),
        cadence_days=draw(st.sampled_from([None, 0, 1, 7, 30])),
        grace_days=draw(st.sampled_from([None, 0, 5])),
        status=draw(st.sampled_from([*["active"] * 9, "draft"])),
    )


_CHECK_INS: Final = st.builds(
    CheckIn,
    held_on=_days(),
    channel=st.sampled_from(["call", "email", "report"]),
    side=st.sampled_from(["us", "us", "vendor"]),
    declared_status=st.sampled_from([None, "on_track", "on_track", "at_risk"]),
    next_on=_maybe(_days()),
)


@st.composite
def _actions(draw: st.DrawFn) -> Action:
    raised_on, due_on = draw(_days()), draw(_maybe(_days()))
    return Action(
        kind=draw(st.sampled_from(["action", "issue", "question", "question"])),
        title="send access",
        raised_on=raised_on,
        side=draw(st.sampled_from([None, "us", "vendor", "vendor"])),
        assignee=draw(st.sampled_from([None, "Bo", "Bo"])),
        due_on=due_on,
        closed_on=draw(_maybe(st.integers(0, 90).map(lambda days: raised_on + timedelta(days=days)))),
        promised_on=draw(st.sampled_from([None, due_on])),
    )


_SPEND: Final = st.builds(Spend, spent_on=_days(), amount=_AMOUNTS, deposit=st.booleans())
_LIMITS: Final = st.builds(
    LimitChange, limit=st.sampled_from(CHANGED_LIMITS), value=st.sampled_from([7.0, 10.0, 30.0]), set_on=_days()
)
_SERIES: Final = st.builds(
    Series,
    key=st.sampled_from(["close", "payroll"]),
    name=st.just("Close"),
    every=st.sampled_from(["week", "month", "quarter"]),
    due_day=st.integers(1, 31),
    value=_maybe(_AMOUNTS),
    from_on=_maybe(_days(0, 60)),
    until_on=_maybe(_days(60, 160)),
)


@st.composite
def _responses(draw: st.DrawFn) -> Response:
    rule = draw(st.sampled_from(["overdue", "silent", "slipping", "flatline", "watermelon", "awaiting-us"]))
    said_on = draw(_days())
    return Response(rule, said_on, "talk", "Bo", said_on + timedelta(days=draw(st.integers(0, 60))))


@st.composite
def random_histories(draw: st.DrawFn) -> History:
    """Small histories with everything in them that a rule reads, in every odd order that a person can record."""
    contract = draw(st.sampled_from(["fixed", "fixed", "fixed", "retainer"]))
    changed = sorted(draw(st.sets(_days(), max_size=2)))
    keys = ["M1", "M2", "M3", "M4"] if contract == "fixed" else ["close:2026-01-10", "payroll:2026-02-15", "M3"]
    pauses = draw(st.lists(st.tuples(_days(), st.integers(0, 40)), max_size=2))
    return History(
        key="random",
        terms=tuple(draw(_terms(from_on, contract)) for from_on in [None, *changed]),
        pauses=tuple(Pause(begin, begin + timedelta(days=length)) for begin, length in sorted(pauses)),
        closed_on=draw(st.sampled_from([None, None, None, 1]).flatmap(lambda one: _days(80) if one else st.none())),
        series=tuple({one.key: one for one in draw(st.lists(_SERIES, max_size=2))}.values()),
        milestones=tuple(draw(_milestones(key)) for key in draw(st.sets(st.sampled_from(keys))) or keys[:1]),
        check_ins=draw(_sorted_by("held_on", _CHECK_INS, 7)),
        actions=tuple(draw(st.lists(_actions(), max_size=3))),
        spend=draw(_sorted_by("spent_on", _SPEND, 4)),
        metrics=(Metric("errors", "quality", target=draw(st.sampled_from([None, 1.0]))),),
        responses=draw(_sorted_by("said_on", _responses(), 3)),
        limits=draw(_sorted_by("set_on", _LIMITS, 2)),
    )


def random_days(least: int = 0) -> st.SearchStrategy[date]:
    """Days within and a little after a random history."""
    return _days(least, LAST_DAY + 30)


def random_commons() -> st.SearchStrategy[PortfolioTerms]:
    """What holds for all: alone or not, and a changed limit."""
    return st.builds(PortfolioTerms, alone=st.booleans(), limits=_sorted_by("set_on", _LIMITS, 1))
