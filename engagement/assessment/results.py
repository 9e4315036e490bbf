"""What an assessment says: what the records of engagements mean as of a day, as typed values that never change.

Shares are 0 to 1, ``_days`` are calendar days, ``_on`` are dates, money is a `Decimal` in the engagement's currency.
``None`` is "not known", never 0.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from engagement.assessment.values import (
    ContactState,
    Contract,
    DeclaredStatus,
    Kind,
    Life,
    Severity,
    Status,
    Tier,
)


class Contact(NamedTuple):
    """When we last talked, against what was agreed. Only the first two are known while not active."""

    last_on: date | None
    days_since: int | None
    state: ContactState | None
    due_on: date | None
    silent_after: date | None
    forgotten_after: date | None
    cadence_days: int | None
    grace_days: int | None
    is_agreed: bool = True
    """Whether the cadence was agreed for this work; else it is the usual one of its tier."""


class Progress(NamedTuple):
    """Shares of the whole work, 0 to 1. All None where nothing that counts has a date, and for retainers."""

    planned: float | None
    claimed: float | None
    earned: float | None
    accepted: float | None
    known: bool
    """Whether anybody ever reported progress. Where not, claimed and earned are sums of nothing."""


class Promises(NamedTuple):
    """Promises of the vendor that have come due, and how many of them were kept. A retainer: of its last 12."""

    kept: int
    due: int


class Schedule(NamedTuple):
    """Where the dates stand. The finish and the slip are None for retainers, and where nothing has a due date."""

    starts_on: date
    baseline_finish_on: date | None
    """The latest first promise, which `slip_days` is counted from."""
    forecast_finish_on: date | None
    slip_days: int | None
    """Latest forecast minus latest first promise, whatever was re-baselined."""
    spi_t: float | None
    earned_schedule_on: date | None
    overdue_milestones: int
    p50_finish_on: date | None
    p80_finish_on: date | None
    promises: Promises
    median_days_late: float | None
    """Of the deliveries behind `promises`; negative is early. Retainers only."""
    due_finish_on: date | None = None
    """The latest current due date: the finish as agreed now."""


class Cost(NamedTuple):
    """Money, in the engagement's currency."""

    budget: Decimal | None
    """The whole sum; of a retainer the allowance a month."""
    spent: Decimal | None
    """All that was spent, None where no spend was ever recorded."""
    spent_this_month: Decimal | None
    """Retainers only: spent in the calendar month of the day."""
    in_house_cost: Decimal | None = None
    """What it would cost to do it ourselves, where anybody has said."""
    to_finish: Decimal | None = None
    """Cost to finish, as the budget rule reckons it; None where it is not known, and for retainers."""


class Likely(NamedTuple):
    """Days by whose end something is done with a chance of 10, 50, 80 and 90 %, in rising order."""

    p10_on: date
    p50_on: date
    p80_on: date
    p90_on: date


class Outlook(NamedTuple):
    """A forecast, and what it was told from (see ``forecast.py``)."""

    milestone: str
    """Key of the result that it is about; of a finish that which comes last."""
    named_on: date
    """The day that was named last for it."""
    likely: Likely
    behind_days: int
    """By which what is delivered lags behind the plan."""
    older: int
    """Results that were promised earlier and are open too."""
    slip_days: float
    """Mean of how late those were that are delivered; below 0 early."""
    silent_days: int
    """Since anything was heard of either side."""
    since: date
    """From which day on the time to come counts: the day itself, or that on which the work begins or goes on."""
    rates: tuple[float, ...]
    """Of the life table that was learned by then, for its kind of contract."""
    class_pace: float
    """Times these rates: what was learned of its vendor and its kind of work."""
    begun_on: date
    """The day on which its work begins by the plan."""


class MilestoneState(NamedTuple):
    """One milestone that counts, as of the day."""

    milestone: str
    name: str
    baseline_on: date | None
    """The first promised date."""
    due_on: date | None
    """The current baseline."""
    forecast_on: date | None
    """When it was or will be done; also where it has no due date, once somebody has said."""
    delivered_on: date | None
    accepted_on: date | None
    slip_days: int | None
    claimed: float | None
    """Latest claimed share, 0 to 1; None where nobody has said."""
    starts_on: date | None
    """Where its weight begins to accrue."""
    value: Decimal | None
    share: float | None
    """Of the total weight, 0 to 1. None without a date."""
    overdue_days: int
    """Days past the current due date, 0 where delivered or not yet due."""
    decision_pending_since: date | None
    """The day of a standing delivery that nobody has decided on."""
    p10_on: date | None = None
    """The day by whose end it is delivered with a chance of 10 %; None where it is, or nobody has named a day."""
    p50_on: date | None = None
    p80_on: date | None = None
    p90_on: date | None = None
    named_on: date | None = None
    """The day named last for what is open, also where it has passed; None where nobody has named one."""


class Warning(NamedTuple):  # noqa: A001 - the field's word, and this is the room for it
    """A rule that fires: one a rule and engagement."""

    rule: str
    kind: Kind
    severity: Severity
    since: date
    """First day of the unbroken run, at any severity, that ends on the day."""
    evidence: str
    next_step: str
    in_hand_until: date | None = None
    in_hand_by: str | None = None
    in_hand_plan: str | None = None
    covers: tuple[str, ...] = ()
    """Rules that fire too and are folded into this one."""


class Setup(NamedTuple):
    """How much of what a plan needs is there."""

    met: int
    of: int
    missing: tuple[str, ...]
    """Rule, or rule and item: ``no-budget``, ``unclear-plan: goal``."""


class Unknown(NamedTuple):
    """A rule that could not be judged, and what is missing for it."""

    rule: str
    missing: str


class Attention(NamedTuple):
    """Where an engagement stands in the order of those that need somebody. Lower rank first; None if not active."""

    rank: int | None
    chance: float | None
    score: float | None
    """Tier's weight times the chance; see ``attention.py`` for what counts where that is not known."""
    because: tuple[str, ...]
    """The measures that raise the chance in words, each with its number, largest first: "moved by 9 days"."""
    abandoned: bool
    """Forgotten and overdue, both for more than 90 days."""
    milestone: str | None = None
    """The name of the one that the chance is about."""


class Assessment(NamedTuple):
    """What the records of one engagement mean as of a day. Of a closed one: as of the day it was closed."""

    engagement: str
    name: str
    vendor: str
    category: str | None
    owner: str | None
    lead: str | None
    deputy: str | None
    tier: Tier
    contract: Contract
    currency: str
    goal: str | None
    ends_on: date | None
    life: Life
    paused_until: date | None
    closed_on: date | None
    status: Status
    declared_status: DeclaredStatus | None
    contact: Contact
    progress: Progress
    schedule: Schedule
    cost: Cost
    milestones: tuple[MilestoneState, ...]
    warnings: tuple[Warning, ...]
    """Those that stand by themselves, by severity, kind and rule."""
    folded: tuple[Warning, ...]
    """Those that another one covers. They count in the status."""
    setup: Setup
    unknown: tuple[Unknown, ...]
    attention: Attention
    country: str | None = None
    """ISO 3166 code, for public holidays. None: weekends only."""
    scope: str | None = None
    recent_promises: tuple[tuple[str, Promises], ...] = ()
    """By vendor: its promises that came due in the days that `promises-broken` looks back."""
    owners: tuple[str, ...] = ()
    """Everybody who owned it on any day."""
    vendors: tuple[str, ...] = ()
    """Every vendor that did the work on any day."""
    outlook: Outlook | None = None
    """The forecast of the finish; None where nothing that is dated is open, where no work is to come, and of retainers.
    """
    starts: tuple[tuple[date, date | None], ...] = ()
    """Its first day as agreed, from each day on which that changed; None while it was a draft."""


@dataclass(frozen=True, slots=True)
class PortfolioWarning:
    """A rule about a vendor, a person or the portfolio that fires."""

    rule: str
    subject: str
    severity: Severity
    since: date
    evidence: str
    next_step: str
    engagements: tuple[str, ...] = ()
    """Keys of the engagements that it is told from; none where it is about the portfolio itself."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Every recorded engagement as of a day, in the order of the keys."""

    as_of: date
    revision: int
    """Data version it was read at."""
    engagements: tuple[Assessment, ...]
    warnings: tuple[PortfolioWarning, ...] = ()


ChangeKind = Literal[
    "status",
    "progress",
    "forecast",
    "baseline",
    "finish",
    "warning_opened",
    "warning_escalated",
    "warning_eased",
    "warning_cleared",
    "delivered",
    "accepted",
    "rejected",
    "check_in_held",
    "check_in_missed",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different between two days."""

    engagement: str
    what: ChangeKind
    was: str | None
    """Before, as it would stand in the JSON contract: a date, a share, a word."""
    now: str | None
    by: str | None
    """Who said so: a name, else the side that did. Of a warning: who changed the limit that alone made it so."""
    milestone: str | None = None
    rule: str | None = None
    on: date | None = None
    """The day it happened, where it is dated."""
    because: str | None = None
    """What moved a finish, in a few words."""


@dataclass(frozen=True, slots=True)
class Review:
    """What changed from the end of one day to the end of another."""

    since: date
    as_of: date
    changes: tuple[Change, ...]
    """By engagement, then what, then milestone or rule."""
