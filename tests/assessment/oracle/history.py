"""What a folder holds, as plain values, and the same with everything taken out that was not known by a day."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

Row = dict[str, str]


@dataclass(frozen=True)
class Rebaseline:
    """A new agreed date."""

    set_on: date
    due_on: date
    reason: str
    approved_by: str


@dataclass(frozen=True)
class Report:
    """What was said of a milestone on a day: a share done, a date, or both."""

    reported_on: date
    share: Fraction | None
    forecast_on: date | None
    side: str = ""


@dataclass(frozen=True)
class Delivery:
    """A milestone handed over; the decision is empty until it is taken."""

    delivered_on: date
    decided_on: date | None
    outcome: str


@dataclass(frozen=True)
class Milestone:
    """One promised result, with everything that happened to it."""

    key: str
    criteria: str = ""
    weight: Fraction | None = None
    value: Fraction | None = None
    starts_on: date | None = None
    due_on: date | None = None
    cancelled_on: date | None = None
    rebaselines: tuple[Rebaseline, ...] = ()
    reports: tuple[Report, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True)
class Series:
    """A deliverable that comes again and again."""

    key: str
    every: str
    due_day: int
    value: Fraction | None
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class CheckIn:
    """One exchange with the vendor."""

    held_on: date
    channel: str
    side: str
    declared_status: str
    next_on: date | None
    notes: str
    feedback_given: bool
    feedback_taken: bool
    recorded_on: date | None
    acknowledged_on: date | None
    imported: bool


@dataclass(frozen=True)
class Action:
    """An action, an issue or a question."""

    kind: str
    side: str
    assignee: str
    raised_on: date
    due_on: date | None
    closed_on: date | None
    promised_on: date | None


@dataclass(frozen=True)
class Spend:
    """Money paid."""

    spent_on: date
    amount: Fraction
    deposit: bool
    hours: Fraction | None
    milestone: str


@dataclass(frozen=True)
class Metric:
    """What is measured, with its readings by day."""

    kind: str
    direction: str
    baseline: Fraction | None
    target: Fraction | None
    interval_days: int | None
    readings: tuple[tuple[date, Fraction], ...]


@dataclass(frozen=True)
class Confirmation:
    """The vendor agreed to a version of the plan."""

    version: int
    confirmed_on: date


@dataclass(frozen=True)
class Access:
    """Something the vendor was let into."""

    given_on: date
    revoked_on: date | None


@dataclass(frozen=True)
class Vendor:
    """What is known of the vendor, and the days on which a milestone of its work was first accepted."""

    interviewed_on: date | None = None
    references: int | None = None
    signed_on: date | None = None
    chosen_because: str = ""
    accepted: tuple[date, ...] = ()


@dataclass(frozen=True)
class Response:
    """A warning taken in hand."""

    rule: str
    said_on: date
    until_on: date


@dataclass(frozen=True)
class LimitChange:
    """A threshold that was changed; the engagement is empty where it holds for all."""

    engagement: str
    limit: str
    value: Fraction
    set_on: date


@dataclass(frozen=True)
class Change:
    """A column of the engagement that held a value from a day on; without a day, from the beginning."""

    column: str
    set_on: date | None
    value: str


@dataclass(frozen=True)
class Work:
    """One engagement with all its rows."""

    key: str
    columns: Row
    """The row of the engagement as it stands in the file."""
    closed_on: date | None
    pauses: tuple[tuple[date, date], ...]
    series: tuple[Series, ...]
    milestones: tuple[Milestone, ...]
    check_ins: tuple[CheckIn, ...]
    actions: tuple[Action, ...]
    spend: tuple[Spend, ...]
    metrics: tuple[Metric, ...]
    plan_changed_on: tuple[date, ...]
    confirmations: tuple[Confirmation, ...]
    accesses: tuple[Access, ...]
    retrospectives: tuple[date, ...]
    responses: tuple[Response, ...]
    limits: tuple[LimitChange, ...]
    changes: tuple[Change, ...]
    vendors: Mapping[str, Vendor] = field(default_factory=dict)
    """What is known of each vendor, by name."""
    vendor: Vendor = Vendor()
    """The one that does the work, as it was known by then."""
    alone: bool = True
    """At most one person is recorded."""

    @property
    def starts_on(self) -> date:
        """First day."""
        return sure_day(self.columns["starts_on"])

    @property
    def ends_on(self) -> date | None:
        """Last day, where one is agreed."""
        return day(self.columns.get("ends_on"))

    @property
    def recorded_on(self) -> date | None:
        """When it was first written down."""
        return day(self.columns.get("recorded_on"))

    @property
    def budget(self) -> Fraction | None:
        """The whole sum; of a retainer the allowance a month."""
        return number(self.columns.get("budget"))

    @property
    def own_cadence(self) -> int | None:
        """Its own days between conversations."""
        return whole(self.columns.get("cadence_days"))

    @property
    def own_grace(self) -> int | None:
        """Its own days of grace."""
        return whole(self.columns.get("grace_days"))

    @property
    def retainer(self) -> bool:
        """Work that does not end."""
        return self.columns.get("contract") == "retainer"

    @property
    def country(self) -> str:
        """Whose public holidays count."""
        return self.columns.get("country", "")


def day(text: str | None) -> date | None:
    """A date, or None where nothing is written."""
    return date.fromisoformat(text) if text else None


def sure_day(text: str | None) -> date:
    """A date that must be there."""
    return date.fromisoformat(text or "")


def number(text: str | None) -> Fraction | None:
    """An exact number, or None where nothing is written."""
    return Fraction(text) if text else None


def whole(text: str | None) -> int | None:
    """A whole number, or None where nothing is written."""
    return int(Fraction(text)) if text else None


def by_then(happened_on: date | None, as_of: date) -> date | None:
    """The day, unless it still lies ahead."""
    return happened_on if happened_on is not None and happened_on <= as_of else None


def known_by(everything: Work, as_of: date) -> Work:
    """The engagement as it was known by the end of a day: every row dated later is gone."""
    columns = columns_by(everything, as_of)
    return replace(
        everything,
        columns=columns,
        closed_on=by_then(everything.closed_on, as_of),
        milestones=tuple(milestone_by(one, as_of) for one in everything.milestones),
        check_ins=tuple(
            replace(one, acknowledged_on=by_then(one.acknowledged_on, as_of))
            for one in everything.check_ins
            if one.held_on <= as_of
        ),
        actions=tuple(
            replace(one, closed_on=by_then(one.closed_on, as_of))
            for one in everything.actions
            if one.raised_on <= as_of
        ),
        spend=tuple(one for one in everything.spend if one.spent_on <= as_of),
        metrics=tuple(
            replace(one, readings=tuple(pair for pair in one.readings if pair[0] <= as_of))
            for one in everything.metrics
        ),
        plan_changed_on=tuple(on for on in everything.plan_changed_on if on <= as_of),
        confirmations=tuple(one for one in everything.confirmations if one.confirmed_on <= as_of),
        accesses=tuple(
            replace(one, revoked_on=by_then(one.revoked_on, as_of))
            for one in everything.accesses
            if one.given_on <= as_of
        ),
        retrospectives=tuple(on for on in everything.retrospectives if on <= as_of),
        vendor=vendor_by(everything.vendors.get(columns["vendor"], Vendor()), as_of),
        responses=tuple(one for one in everything.responses if one.said_on <= as_of),
        limits=tuple(one for one in everything.limits if one.set_on <= as_of),
    )


def vendor_by(one: Vendor, as_of: date) -> Vendor:
    """What was known of a vendor by the end of a day; references and the reason carry no day."""
    return replace(
        one,
        interviewed_on=by_then(one.interviewed_on, as_of),
        signed_on=by_then(one.signed_on, as_of),
        accepted=tuple(on for on in one.accepted if on <= as_of),
    )


def milestone_by(one: Milestone, as_of: date) -> Milestone:
    """A milestone as it was known by the end of a day."""
    deliveries = (
        delivery if by_then(delivery.decided_on, as_of) else replace(delivery, decided_on=None, outcome="")
        for delivery in one.deliveries
        if delivery.delivered_on <= as_of
    )
    return replace(
        one,
        cancelled_on=by_then(one.cancelled_on, as_of),
        rebaselines=tuple(row for row in one.rebaselines if row.set_on <= as_of),
        reports=tuple(row for row in one.reports if row.reported_on <= as_of),
        deliveries=tuple(deliveries),
    )


def columns_by(everything: Work, as_of: date) -> Row:
    """The engagement's own row as it read on a day: each changed column as it was last set by then."""
    columns = dict(everything.columns)
    by_column: dict[str, list[Change]] = defaultdict(list)
    for change in sorted(everything.changes, key=lambda one: one.set_on or date.min):
        by_column[change.column].append(change)
    for column, changes in by_column.items():
        by_now = [change for change in changes if (change.set_on or date.min) <= as_of]
        columns[column] = (by_now or changes[:1])[-1].value
    return columns
