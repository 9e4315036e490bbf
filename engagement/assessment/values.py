"""What a history is made of: what people told us, as ``records`` reads it, in typed values that never change.

Also the words that records and assessments share. Shares are 0 to 1, ``_days`` are calendar days, ``_on`` are dates,
money is a `Decimal` in the engagement's currency. ``None`` is "not known", never 0. What an assessment says is in
`results`.

They are named tuples: a portfolio of a thousand engagements holds a hundred thousand rows, and a tuple is built four
times as fast as a frozen dataclass.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, get_args

Tier = Literal["high", "standard", "low"]
Contract = Literal["fixed", "hourly", "retainer"]
RecordedStatus = Literal["draft", "active", "paused", "closed"]
Channel = Literal["in_person", "video", "call", "chat", "email", "report"]
Side = Literal["us", "vendor"]
DeclaredStatus = Literal["on_track", "at_risk", "off_track"]
ActionKind = Literal["action", "issue", "question"]
Outcome = Literal["accepted", "rejected"]
Every = Literal["week", "month", "quarter"]
MetricKind = Literal["benefit", "quality"]
Direction = Literal["up", "down"]
PlanChangeKind = Literal["added", "name", "criteria", "start", "due", "cancelled", "taken_up"]

Life = Literal["draft", "not_started", "closed", "paused", "active"]
Status = Literal["on_track", "at_risk", "off_track", "unknown", "not_started", "draft", "paused", "closed"]
ContactState = Literal["on_time", "late", "silent", "forgotten", "not_kicked_off", "unknown"]
Severity = Literal["warning", "critical"]
Kind = Literal["status", "set-up", "nudge"]

CONTACT_CHANNELS: Final = frozenset({"in_person", "video", "call", "chat", "email"})
"""Channels that are contact when the check-in is on our side. A ``report`` is the vendor's own word."""
LIVE_CHANNELS: Final = frozenset({"in_person", "video", "call"})

Log = Literal["reports", "check_ins", "actions", "spend"]
"""The parts of a history that grow with time, whatever the plan."""
LOGS: Final[frozenset[Log]] = frozenset(get_args(Log))


# --- What people told us ------------------------------------------------------------------------------------------


class Terms(NamedTuple):
    """What was agreed about an engagement, from a day on."""

    from_on: date | None
    """The day from which it holds. None for the first terms, which hold from the beginning."""
    name: str
    vendor: str
    starts_on: date
    currency: str
    category: str | None = None
    goal: str | None = None
    scope: str | None = None
    owner: str | None = None
    lead: str | None = None
    deputy: str | None = None
    tier: Tier | None = None
    contract: Contract = "fixed"
    budget: Decimal | None = None
    """The whole sum; of a retainer the allowance a month."""
    rate: Decimal | None = None
    in_house_cost: Decimal | None = None
    committed_hours_per_week: Decimal | None = None
    country: str | None = None
    """ISO 3166 code, for public holidays. None: weekends only."""
    recorded_on: date | None = None
    ends_on: date | None = None
    cadence_days: int | None = None
    grace_days: int | None = None
    status: RecordedStatus = "active"


class Pause(NamedTuple):
    """A stretch in which the work rests: from the first day until, and without, the last."""

    from_on: date
    until_on: date


class Series(NamedTuple):
    """A deliverable of a retainer that comes again and again."""

    key: str
    name: str
    every: Every
    due_day: int
    """Day of the week (Monday 1), of the month, or of the quarter; held to the last day of the period."""
    value: Decimal | None = None
    from_on: date | None = None
    until_on: date | None = None
    """The first day on which nothing is due any more. None: it ends with the engagement."""


class Baseline(NamedTuple):
    """A re-baseline: a new agreed date for a milestone."""

    set_on: date
    due_on: date
    reason: str | None = None
    approved_by: str | None = None


class ProgressReport(NamedTuple):
    """What somebody said of a milestone: how far it is, when it will be done, or both."""

    reported_on: date
    share: float | None = None
    """Claimed share of the milestone, 0 to 1."""
    forecast_on: date | None = None
    side: Side | None = None
    by: str | None = None


class Delivery(NamedTuple):
    """A milestone was handed over, and perhaps decided on."""

    delivered_on: date
    decided_on: date | None = None
    outcome: Outcome | None = None
    reason: str | None = None


class Milestone(NamedTuple):
    """A promised result. Of a retainer: one occurrence of a series, keyed ``series:due date``."""

    key: str
    name: str
    series: str | None = None
    priority: str | None = None
    acceptance_criteria: str | None = None
    weight: float | None = None
    value: Decimal | None = None
    starts_on: date | None = None
    due_on: date | None = None
    """The first promised date. It never changes; later ones are in `baselines`."""
    cancelled_on: date | None = None
    baselines: tuple[Baseline, ...] = ()
    """By ``set_on``; of the same day, the later recorded last. Always all of them."""
    reports: tuple[ProgressReport, ...] = ()
    """By ``reported_on``; of the same day, the later recorded last. A log: see `History.read_from`."""
    deliveries: tuple[Delivery, ...] = ()
    """By ``delivered_on``. Always all of them."""
    first_paid_on: date | None = None
    """The first payment booked to it that is no deposit."""


class CheckIn(NamedTuple):
    """One exchange with the vendor. Of its prose an assessment reads the notes, to see whether they repeat."""

    held_on: date
    channel: Channel
    side: Side
    by: str | None = None
    declared_status: DeclaredStatus | None = None
    feedback_given: bool = False
    feedback_received: bool = False
    next_on: date | None = None
    recorded_on: date | None = None
    acknowledged_on: date | None = None
    """The day on which the owner read it."""
    imported: bool = False
    """Whether it came with a file: nobody could have logged it here on the day, or read it here."""
    notes: str | None = None
    """A short log holds those of the last three check-ins only."""


class Action(NamedTuple):
    """Something one side said it would do, an issue, or a question that waits for an answer."""

    kind: ActionKind
    title: str
    raised_on: date
    side: Side | None = None
    assignee: str | None = None
    due_on: date | None = None
    closed_on: date | None = None
    promised_on: date | None = None
    """The first due date, which later edits do not change."""


class Spend(NamedTuple):
    """Money paid or owed, and hours."""

    spent_on: date
    amount: Decimal
    hours: Decimal | None = None
    milestone: str | None = None
    deposit: bool = False


class Reading(NamedTuple):
    """A measured value of a metric."""

    read_on: date
    value: float


class Metric(NamedTuple):
    """What is measured to know whether the work is good (quality) or worth it (benefit)."""

    key: str
    kind: MetricKind
    unit: str | None = None
    direction: Direction | None = None
    baseline: float | None = None
    target: float | None = None
    interval_days: int | None = None
    readings: tuple[Reading, ...] = ()


class PlanChange(NamedTuple):
    """A change of the plan of which nothing else keeps the day: something is there, or is said, that was not before."""

    changed_on: date
    milestone: str
    """Key of the milestone, or of the series of a retainer."""
    what: PlanChangeKind


class Confirmation(NamedTuple):
    """The vendor agreed to a version of the plan."""

    confirmed_on: date
    plan_version: int
    confirmed_by: str | None = None


class Access(NamedTuple):
    """Something the vendor was let into."""

    what: str
    given_on: date
    revoked_on: date | None = None


class VendorRecord(NamedTuple):
    """How well a vendor was known before it was given work, and what it has done for us since."""

    name: str
    interviewed_on: date | None = None
    references_checked: int | None = None
    contract_signed_on: date | None = None
    chosen_because: str | None = None
    accepted_on: tuple[date, ...] = ()
    """Days on which milestones of this vendor were accepted, over all its engagements: the first two, oldest first.
    A milestone belongs to the vendor that its engagement had on that day."""


class Response(NamedTuple):
    """A person took a warning in hand: what is being done, by whom, until when."""

    rule: str
    said_on: date
    plan: str
    assignee: str | None
    until_on: date


class LimitChange(NamedTuple):
    """A threshold that was changed, from a day on."""

    limit: str
    value: float
    set_on: date
    by: str | None = None
    reason: str | None = None


class History(NamedTuple):
    """All that is known of one engagement by the end of a day: nothing in it is dated later.

    Read for an assessment of a whole portfolio, the logs are short: complete from `read_from` on, and before that only
    the last word on each thing (for each milestone the last reported share and the last forecast; the last three
    check-ins, the last contact, the last declared status; the actions still open; spend as a sum), so that what holds
    on any day from `read_from` on can be told from them. Of a closed engagement that is long before the day it was
    closed. `partial` names the logs that are short.
    """

    key: str
    terms: tuple[Terms, ...]
    """At least one, oldest first."""
    pauses: tuple[Pause, ...] = ()
    closed_on: date | None = None
    series: tuple[Series, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    """In the order they were recorded."""
    check_ins: tuple[CheckIn, ...] = ()
    """By ``held_on``; of the same day, the later recorded last."""
    actions: tuple[Action, ...] = ()
    spend: tuple[Spend, ...] = ()
    """By ``spent_on``."""
    metrics: tuple[Metric, ...] = ()
    responses: tuple[Response, ...] = ()
    limits: tuple[LimitChange, ...] = ()
    """Of this engagement; those of the portfolio are in `PortfolioTerms`."""
    settled_promises: tuple[int, int] = (0, 0)
    """Kept and due among the vendor's actions and issues that a short log leaves out, as of the day it was read for."""
    partial: frozenset[Log] = frozenset()
    read_from: date | None = None
    plan_changes: tuple[PlanChange, ...] = ()
    """By ``changed_on``."""
    confirmations: tuple[Confirmation, ...] = ()
    """By ``confirmed_on``."""
    accesses: tuple[Access, ...] = ()
    """By ``given_on``."""
    retrospectives: tuple[date, ...] = ()
    """Days on which one was written, oldest first."""
    vendors: tuple[VendorRecord, ...] = ()
    """Of each vendor that its terms ever named."""
    settled_lately: tuple[Action, ...] = ()
    """Of the vendor's actions and issues that a short log leaves out, those that were promised for the last 91 days
    before the day it was read for: as many as a rule about its promises looks back."""


class LifeTable(NamedTuple):
    """How fast open promises are kept in a portfolio, as far as its own history tells (see ``lifetable.py``)."""

    rates: tuple[float, ...]
    """By stretch of the table: deliveries of what is still open. Before the named day for the whole way to its eve,
    from it on a day."""
    retainer_rates: tuple[float, ...]
    """The same of what a retainer owes."""
    categories: Mapping[str, float]
    """By kind of work: times all rates."""
    vendors: Mapping[str, float]
    """By vendor: times all rates of its kind of work."""
    delivered: int
    """Results that it was learned from."""
    learned_on: date


class PortfolioTerms(NamedTuple):
    """What holds for every engagement at once."""

    alone: bool = True
    """At most one person is recorded: rules about a second person are off."""
    limits: tuple[LimitChange, ...] = ()
    has_executives: bool = False
    """Whether anybody is recorded who is to be told how things stand."""
    reports: tuple[date, ...] = ()
    """Days on which a status pack was issued, oldest first."""
    deliberate: frozenset[frozenset[str]] = frozenset()
    """Pairs of engagements that have the same task on purpose."""
    last_good_run_at: datetime | None = None
    """When the monitor last did its work to the end. None where it is not on."""
    asked_at: datetime | None = None
    """The moment of asking, where the day asked about is today; both aware, UTC."""
    level: float | None = None
    """How often dates are broken here, learned from earlier cases (see ``chance.py``). None: the default."""
    table: LifeTable | None = None
    """How fast promises are kept here, learned from earlier ones. None: the default."""
    names: Mapping[str, str] = MappingProxyType({})
    """Names of the people who are listed with one, by their address in small letters."""

    def called(self, someone: str) -> str:
        """What to call somebody who is recorded by address or name: the name where it is known."""
        return self.names.get(someone.casefold(), someone)
