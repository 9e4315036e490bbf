"""Everything that rules and figures read of one engagement as of a day: each fact derived when asked for, and once."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any, Final, NamedTuple, TypeVar

from engagement.assessment import progress
from engagement.assessment.case import Case
from engagement.assessment.contact import agreed, contact_on
from engagement.assessment.delivery import Handover
from engagement.assessment.done import Done
from engagement.assessment.lazy import lazy
from engagement.assessment.logs import Logs
from engagement.assessment.money import cost_to_finish
from engagement.assessment.plan import Plan
from engagement.assessment.results import Contact
from engagement.assessment.slippage import Move, approved_due_on, has_word_after, last_word, moves_later
from engagement.assessment.terms import resumed_on, terms_on
from engagement.assessment.values import Action, CheckIn, Log, Milestone
from engagement.assessment.workdays import add_workdays

ONE_DAY: Final = timedelta(days=1)
Value = TypeVar("Value")


class Late(NamedTuple):
    """An open milestone past its current due date."""

    milestone: Milestone
    due_on: date
    days: int


class Waiting(NamedTuple):
    """Something that goes on since a day."""

    since: date
    name: str


class Facts:
    """One engagement as of the end of a day.

    Lists run in parallel with ``plan.milestones``. Where a short log leaves a fact in doubt, the fact leans to health
    and `doubts` names the log (see `Logs`). ``in_brief`` says that only whether a rule fires will be read, not what it
    found.
    """

    def __init__(self, case: Case, day: date, *, in_brief: bool = False) -> None:
        self.case = case
        self.day = day
        self.in_brief = in_brief
        self.history = case.history
        self.alone = case.common.alone
        self.terms = terms_on(case.history, day)
        self.retainer = self.terms.contract == "retainer"
        self.logs = Logs(case.history, day)
        self._kept: dict[Callable[[Facts], Any], Any] = {}

    @property
    def doubts(self) -> set[Log]:
        """Logs that were too short for something that was asked."""
        return self.logs.doubts

    def limit(self, name: str) -> float:
        """The value of a limit on the day."""
        return self.case.limit(name, self.day)

    def once(self, compute: Callable[["Facts"], Value]) -> Value:
        """What a function says of these facts, asked once however often it is wanted."""
        kept = self._kept
        if compute in kept:
            known: Value = kept[compute]
            return known
        found = kept[compute] = compute(self)
        return found

    def days(self, name: str) -> int:
        """The value of a limit that is counted in whole days or pieces."""
        return int(self.case.limit(name, self.day))

    @lazy
    def learning(self) -> bool:
        """Whether the work is too young for critical warnings about its numbers."""
        return self.day < self.terms.starts_on + timedelta(days=self.days("learning"))

    # --- contact

    @lazy
    def resumed_on(self) -> date | None:
        """End of the latest pause that is over."""
        return resumed_on(self.history, self.day) if self.history.pauses else None

    @lazy
    def contact(self) -> Contact:
        """The state of contact; only to be asked for an active day."""
        last_on = self.logs.last_contact_on()
        if self.logs.contact_in_doubt():
            self.doubts.add("check_ins")
            last_on = self.day
        return contact_on(self.terms, last_on, self.resumed_on, self.limit, self.day)

    @lazy
    def cadence_days(self) -> int:
        """How often to talk, as agreed."""
        return agreed(self.terms, self.limit)[0]

    @lazy
    def written_by_hand(self) -> list[CheckIn]:
        """The check-ins that were not imported, oldest first; of short logs those that they hold."""
        return [one for one in self.history.check_ins if one.held_on <= self.day and not one.imported]

    # --- plan and deliveries

    @lazy
    def plan(self) -> Plan:
        """The milestones that count, and their dates."""
        return self.case.plan(self.day)

    @lazy
    def done(self) -> Done:
        """How far the milestones have come."""
        return self.case.done(self.day)

    @lazy
    def handovers(self) -> list[Handover]:
        """What was delivered and decided, by milestone."""
        return self.done.handovers

    @lazy
    def late(self) -> list[Late]:
        """Open milestones past their current due date, in recorded order."""
        plan, day = self.plan, self.day
        return [
            Late(milestone, due, (day - due).days)
            for milestone, due, handed in zip(plan.milestones, plan.dues, self.handovers, strict=True)
            if due is not None and due < day and handed.delivered_on is None
        ]

    @lazy
    def undecided(self) -> list[Waiting]:
        """Deliveries that nobody has decided on, longest waiting first."""
        pending = [
            Waiting(handed.pending_since, milestone.name)
            for milestone, handed in zip(self.plan.milestones, self.handovers, strict=True)
            if handed.pending_since is not None
        ]
        return sorted(pending)

    @lazy
    def begun(self) -> list[Waiting]:
        """Open milestones whose weight has begun to accrue, the oldest first."""
        plan = self.plan
        begun = [
            Waiting(start, plan.milestones[place].name)
            for place, start in zip(plan.dated, plan.starts, strict=True)
            if start <= self.day and self.handovers[place].delivered_on is None
        ]
        return sorted(begun)

    def has_waited(self, waiting: Waiting, limit: str) -> bool:
        """Whether something has waited for more working days than a limit allows."""
        return self.day >= add_workdays(waiting.since, self.days(limit) + 1, self.terms.country)

    # --- progress

    @lazy
    def shares(self) -> progress.Shares | None:
        """Claimed, earned and accepted; None where there are no shares."""
        done = self.done
        if done.in_doubt or (done.unread and done.shares is not None and not done.shares.known):
            self.doubts.add("reports")
        return done.shares

    @lazy
    def known(self) -> bool:
        """Whether progress is known: a percent was reported, or everything is delivered."""
        return self.shares is not None and self.shares.known

    @lazy
    def earned(self) -> float | None:
        """Earned share; None where there are no shares. 0 also where nobody ever reported: see `known`."""
        return None if self.shares is None else self.shares.earned / self.shares.total

    @lazy
    def earned_exactly(self) -> Fraction:
        """Earned share without rounding; 0 where there are no shares."""
        return _exactly(self.shares)

    def earned_within(self, days: int) -> Fraction | None:
        """How much was earned in the last days, as a share; None where it is in doubt."""
        before = self.case.done(self.day - timedelta(days=days))
        if before.in_doubt:
            self.doubts.add("reports")
            return None
        return self.earned_exactly - _exactly(before.shares)

    @lazy
    def earned_days(self) -> Fraction | None:
        """How many days after the start the plan had what is earned now; None where progress is not known."""
        if self.shares is None or not self.shares.known or self.plan.curve is None:
            return None
        return self.plan.curve.reached(self.shares.earned, self.shares.total, self.day)

    @lazy
    def earned_schedule_on(self) -> date | None:
        """The day on which the plan had what is earned now, rounded down; None where progress is not known."""
        return None if self.earned_days is None else self.terms.starts_on + timedelta(days=floor(self.earned_days))

    @lazy
    def spi_t(self) -> float | None:
        """SPI(t) by the day, or by the last delivery once everything is delivered; None on the first day."""
        if self.earned_days is None:
            return None
        delivered = [self.handovers[place].delivered_on for place in self.plan.dated]
        days = [day for day in delivered if day is not None]
        until = max(days) if len(days) == len(delivered) else self.day
        return progress.index(self.earned_days, self.terms.starts_on, until)

    @lazy
    def still_since(self) -> date:
        """The last day on which earned changed, but no earlier than the start or the end of a pause."""
        begin = max(self.terms.starts_on, self.resumed_on or self.terms.starts_on)
        days = self.case.share_days
        if self.done.in_doubt:
            return self.day
        for day in reversed(days[: bisect_right(days, self.day)]):
            if day <= begin:
                break
            before = self.case.done(day - ONE_DAY)
            if before.in_doubt:
                self.doubts.add("reports")
            if before.in_doubt or not _same_earned(self.shares, before.shares):
                return day
        return begin

    # --- forecasts

    @lazy
    def words(self) -> list[date | None]:
        """The date named last for each open milestone, before it is held to the day; None where none was, or in doubt.

        Also of a milestone without a due date: what was reported of it is the only word there is.
        """
        plan, logs, words = self.plan, self.logs, list[date | None]()
        short = logs.is_short("reports")
        for milestone, first, handed in zip(plan.milestones, plan.firsts, self.handovers, strict=True):
            if handed.delivered_on is not None or (first is None and not milestone.reports):
                words.append(None)
            elif short and logs.forecasts_in_doubt(milestone):
                self.doubts.add("reports")
                words.append(None)
            else:
                forecast = logs.last_forecast(milestone) if milestone.reports else None
                words.append(last_word(first, milestone.baselines, forecast, self.day))
        return words

    @lazy
    def forecasts(self) -> list[date | None]:
        """When each milestone was or will be done: a promise in the past is no forecast. None where nobody has said."""
        day, forecasts = self.day, list[date | None]()
        for first, handed, word in zip(self.plan.firsts, self.handovers, self.words, strict=True):
            if handed.delivered_on is not None:
                forecasts.append(handed.delivered_on)
            elif word is not None and word > day:
                forecasts.append(word)
            else:
                forecasts.append(None if first is None and word is None else day)
        return forecasts

    @lazy
    def forecast_finish_on(self) -> date | None:
        """The latest forecast of what has a due date; None for retainers, and where nothing is dated."""
        if self.retainer:
            return None
        forecasts = self.forecasts
        return max(filter(None, [forecasts[place] for place in self.plan.dated]), default=None)

    @lazy
    def approved_finish_on(self) -> date | None:
        """The latest date that was agreed to; None for retainers, and where nothing is dated."""
        if self.retainer:
            return None
        return max(
            (
                approved_due_on(milestone, first, self.day, alone=self.alone) if milestone.baselines else first
                for milestone, first in zip(self.plan.milestones, self.plan.firsts, strict=True)
                if first is not None
            ),
            default=None,
        )

    def moves(self, days: int) -> Iterator[tuple[Milestone, list[Move]]]:
        """Dated milestones that were moved later within the last days, each with its moves, oldest first."""
        since = self.day - timedelta(days=days)
        for milestone, first in zip(self.plan.milestones, self.plan.firsts, strict=True):
            if first is None or not has_word_after(milestone, since):
                continue
            known_from = self.logs.forecasts_known_from(milestone)
            if known_from is not None and known_from > since:
                self.doubts.add("reports")
                moves = moves_later(milestone, first, known_from, self.day)
            else:
                moves = moves_later(milestone, first, since, self.day)
            if moves:
                yield milestone, moves

    # --- actions and money

    @lazy
    def open_actions(self) -> list[Action]:
        """Actions, issues and questions that were raised and not closed."""
        return self.logs.open_actions()

    @lazy
    def unanswered(self) -> list[Waiting]:
        """Questions of the vendor that are open, longest waiting first."""
        return sorted(
            Waiting(action.raised_on, action.title)
            for action in self.open_actions
            if action.kind == "question" and action.side == "vendor"
        )

    @lazy
    def spent(self) -> Decimal:
        """All that was spent, 0 where nothing was recorded."""
        return self.logs.spent()

    @lazy
    def spent_this_month(self) -> Decimal:
        """What was spent in the calendar month of the day."""
        return self.logs.spent_since(self.day.replace(day=1))

    @lazy
    def to_finish(self) -> Decimal | None:
        """Cost to finish; None where it cannot be known, and for retainers."""
        if self.retainer:
            return None
        return cost_to_finish(self.plan, self.handovers, self.terms.budget, self.shares)


def _exactly(shares: progress.Shares | None) -> Fraction:
    return Fraction(0) if shares is None else Fraction(shares.earned, shares.total)


def _same_earned(one: progress.Shares | None, other: progress.Shares | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.earned * other.total == other.earned * one.total
