"""Rows as a driver gives them, put together into histories.

Speed matters here: a portfolio of a thousand engagements is a hundred thousand rows. Each row becomes its named tuple
in one step, each date and amount is made once, and all is gathered in a single pass over rows that come in order.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Lock
from typing import Any, Final

from engagement.assessment.values import (
    Access,
    Action,
    Baseline,
    CheckIn,
    Confirmation,
    Delivery,
    History,
    LimitChange,
    Log,
    Metric,
    Milestone,
    Pause,
    PlanChange,
    ProgressReport,
    Reading,
    Response,
    Series,
    Spend,
    Terms,
    VendorRecord,
)
from engagement.records.numbers import money

FIRST_ACCEPTED: Final = 2
"""As many acceptances make a vendor known."""
Rows = Iterable[Any]
_new: Final[Any] = tuple.__new__
"""Makes a named tuple of a tuple, without the detour over keyword arguments."""


class _Days(dict[Any, Any]):
    """Dates by their ISO text, each made once; None is None."""

    def __missing__(self, key: str) -> date:
        self[key] = day = date.fromisoformat(key)
        return day


class _SameDays:
    """Dates as a driver gives them already."""

    def __getitem__(self, key: Any) -> Any:
        return key


_DAYS: Final = _Days({None: None})
"""Shared by all readings: there are some ten thousand days, and equal dates that are one object compare at once."""


def day_of(dialect: str) -> Any:
    """What turns a date as the driver gives it into a date, by subscription."""
    return _DAYS if dialect == "sqlite" else _SameDays()


_lock: Final = Lock()
_readers: list[bool] = []
"""For each reader at work, whether the collector was on when the first of them came."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keeps the garbage collector off while a hundred thousand values are made, none of which can be garbage.

    Looking through them again and again doubles the time. Readers in other threads may overlap: the last one to end
    turns the collector on again, where it was on. What was made counts as old then: else all of it would be looked
    through at once.
    """
    with _lock:
        _readers.append(_readers[0] if _readers else gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            was_on = _readers.pop()
            if was_on and not _readers:
                gc.freeze()
                gc.unfreeze()  # both together move everything to the oldest generation
                gc.enable()


class Built:
    """Histories being put together, part by part, from rows that come in the order of their days."""

    def __init__(self, days: Any, as_of: date) -> None:
        self.days, self.as_of, self.amounts = days, as_of, money()
        self.terms: defaultdict[int, list[Terms]] = defaultdict(list)
        self.pauses: defaultdict[int, list[Pause]] = defaultdict(list)
        self.series: defaultdict[int, list[Series]] = defaultdict(list)
        self.milestones: defaultdict[int, list[Milestone]] = defaultdict(list)
        self.baselines: defaultdict[int, list[Baseline]] = defaultdict(list)
        self.reports: defaultdict[int, list[ProgressReport]] = defaultdict(list)
        self.deliveries: defaultdict[int, list[Delivery]] = defaultdict(list)
        self.check_ins: defaultdict[int, list[CheckIn]] = defaultdict(list)
        self.actions: defaultdict[int, list[Action]] = defaultdict(list)
        self.settled: dict[int, tuple[int, int]] = {}
        self.spend: defaultdict[int, list[Spend]] = defaultdict(list)
        self.metrics: defaultdict[int, list[Metric]] = defaultdict(list)
        self.readings: defaultdict[int, list[Reading]] = defaultdict(list)
        self.responses: defaultdict[int, list[Response]] = defaultdict(list)
        self.limits: defaultdict[int, list[LimitChange]] = defaultdict(list)
        self.plan_changes: defaultdict[int, list[PlanChange]] = defaultdict(list)
        self.confirmations: defaultdict[int, list[Confirmation]] = defaultdict(list)
        self.accesses: defaultdict[int, list[Access]] = defaultdict(list)
        self.retrospectives: defaultdict[int, list[date]] = defaultdict(list)
        self.lately: defaultdict[int, list[Action]] = defaultdict(list)
        self.vendors: dict[str, VendorRecord] = {}

    def history(
        self, number: int, key: str, closed_on: Any, partial: frozenset[Log], back: timedelta | None
    ) -> History:
        """The history of one engagement, whose short logs are complete for so long before the day it is judged by."""
        closed = self._past(self.days[closed_on])
        return History(
            key=key,
            terms=tuple(self.terms[number]),
            pauses=tuple(self.pauses.get(number, ())),
            closed_on=closed,
            series=tuple(self.series.get(number, ())),
            milestones=tuple(self.milestones.get(number, ())),
            check_ins=tuple(self.check_ins.get(number, ())),
            actions=tuple(self.actions.get(number, ())),
            spend=tuple(self.spend.get(number, ())),
            metrics=tuple(self.metrics.get(number, ())),
            responses=tuple(self.responses.get(number, ())),
            limits=tuple(self.limits.get(number, ())),
            settled_promises=self.settled.get(number, (0, 0)),
            partial=partial,
            read_from=None if back is None else (closed or self.as_of) - back,
            plan_changes=tuple(self.plan_changes.get(number, ())),
            confirmations=tuple(self.confirmations.get(number, ())),
            accesses=tuple(self.accesses.get(number, ())),
            retrospectives=tuple(self.retrospectives.get(number, ())),
            vendors=tuple(self.vendors[name] for name in dict.fromkeys(one.vendor for one in self.terms[number])),
            settled_lately=tuple(self.lately.get(number, ())),
        )

    def _past(self, day: date | None) -> date | None:
        """A day that has come; None for one that is still to come."""
        return None if day is None or day > self.as_of else day

    def add_terms(self, rows: Rows) -> None:
        """Terms, oldest first."""
        days, amounts = self.days, self.amounts
        for number, from_on, name, vendor, starts_on, *rest in rows:
            *words, budget, rate, cost, hours, country, recorded_on, ends_on, cadence, grace, status = rest
            currency, category, goal, scope, owner, lead, deputy, tier, contract = words
            self.terms[number].append(
                Terms(
                    days[from_on], name, vendor, days[starts_on], currency, category, goal, scope, owner, lead, deputy,
                    tier, contract, amounts[budget], amounts[rate], amounts[cost], amounts[hours], country,
                    days[recorded_on], days[ends_on], cadence, grace, status,
                )
            )  # fmt: skip

    def add_pauses(self, rows: Rows) -> None:
        """Pauses that have begun."""
        for number, start, end in rows:
            self.pauses[number].append(Pause(self.days[start], self.days[end]))

    def add_series(self, rows: Rows) -> None:
        """Series of retainers, as they were recorded."""
        days, amounts = self.days, self.amounts
        for number, key, name, every, due_day, value, start, end in rows:
            self.series[number].append(Series(key, name, every, due_day, amounts[value], days[start], days[end]))

    def add_baselines(self, rows: Rows) -> None:
        """Re-baselines, by milestone and day."""
        days, new = self.days, _new
        for milestone, set_on, due_on, reason, approved_by in rows:
            self.baselines[milestone].append(new(Baseline, (days[set_on], days[due_on], reason, approved_by)))

    def add_reports(self, rows: Rows) -> None:
        """Progress reports, by day within a milestone."""
        days, new, reports = self.days, _new, self.reports
        for milestone, said_on, _, share, forecast_on, side, by in rows:
            reports[milestone].append(new(ProgressReport, (days[said_on], share, days[forecast_on], side, by)))

    def add_deliveries(self, rows: Rows) -> None:
        """Deliveries, by day within a milestone; a decision still to come is left out."""
        days, new, as_of = self.days, _new, self.as_of
        for milestone, delivered_on, decided_on, outcome, reason in rows:
            decided = days[decided_on]
            if decided is None or decided > as_of:
                row = (days[delivered_on], None, None, None)
            else:
                row = (days[delivered_on], decided, outcome, reason)
            self.deliveries[milestone].append(new(Delivery, row))

    def add_check_ins(self, rows: Rows) -> None:
        """Check-ins, by day within an engagement; having been read later is left out."""
        days, new, as_of, check_ins = self.days, _new, self.as_of, self.check_ins
        for number, held_on, _, channel, side, by, declared, given, received, next_on, recorded_on, *rest in rows:
            read_on, imported, notes = rest
            read = days[read_on]
            if read is not None and read > as_of:
                read = None
            row = (
                days[held_on], channel, side, by, declared, given == 1, received == 1, days[next_on],
                days[recorded_on], read, imported == 1, notes,
            )  # fmt: skip
            check_ins[number].append(new(CheckIn, row))

    def add_notes(self, rows: Rows) -> None:
        """The notes of the last check-ins, oldest first, which were added before without them."""
        notes: defaultdict[int, list[str | None]] = defaultdict(list)
        for number, _, _, text in rows:
            notes[number].append(text)
        for number, texts in notes.items():
            talks = self.check_ins[number]
            talks[-len(texts) :] = [
                talk._replace(notes=text) for talk, text in zip(talks[-len(texts) :], texts, strict=True)
            ]

    def add_actions(self, rows: Rows) -> None:
        """Actions, as they were recorded; being closed later is left out."""
        self._add_actions(self.actions, rows)

    def add_lately(self, rows: Rows) -> None:
        """Promises of actions that a short log only counts, and that came due lately."""
        self._add_actions(self.lately, rows)

    def _add_actions(self, actions: defaultdict[int, list[Action]], rows: Rows) -> None:
        days, new, as_of = self.days, _new, self.as_of
        for number, _, kind, title, raised_on, side, assignee, due_on, closed_on, promised_on in sorted(rows):
            closed = days[closed_on]
            if closed is not None and closed > as_of:
                closed = None
            row = (kind, title, days[raised_on], side, assignee, days[due_on], closed, days[promised_on])
            actions[number].append(new(Action, row))

    def add_settled(self, rows: Rows) -> None:
        """Promises of actions that a short log leaves out: kept and due."""
        for number, kept, due in rows:
            self.settled[number] = (kept, due)

    def add_spent(self, rows: Rows) -> None:
        """Spend before a short log, as sums."""
        for number, last_on, deposit, amount, hours in sorted(rows, key=_by_engagement_and_day):
            row = (self.days[last_on], self.amounts[int(amount)], self.amounts[hours], None, deposit == 1)
            self.spend[number].append(_new(Spend, row))

    def add_spend(self, rows: Rows) -> None:
        """Payments, by day; of one day, as they were recorded."""
        days, amounts, new = self.days, self.amounts, _new
        for number, spent_on, _, amount, hours, milestone, deposit in sorted(rows):
            row = (days[spent_on], amounts[amount], amounts[hours], milestone, deposit == 1)
            self.spend[number].append(new(Spend, row))

    def add_milestones(self, rows: Rows) -> None:
        """Milestones with what was added about them before, as they were recorded."""
        days, amounts, new, as_of = self.days, self.amounts, _new, self.as_of
        baselines, reports, deliveries = self.baselines, self.reports, self.deliveries
        for number, own, key, name, series, priority, criteria, weight, value, starts_on, due_on, *ends in rows:
            moved, said, handed = baselines.get(own), reports.get(own), deliveries.get(own)
            cancelled, paid = days[ends[0]], days[ends[1]]
            if cancelled is not None and cancelled > as_of:
                cancelled = None
            if paid is not None and paid > as_of:
                paid = None
            row = (
                key, name, series, priority, criteria, weight, amounts[value], days[starts_on], days[due_on], cancelled,
                tuple(moved) if moved else (), tuple(said) if said else (), tuple(handed) if handed else (),
                paid,
            )  # fmt: skip
            self.milestones[number].append(new(Milestone, row))

    def add_readings(self, rows: Rows) -> None:
        """Measured values, by day within a metric."""
        for metric, read_on, value in rows:
            self.readings[metric].append(_new(Reading, (self.days[read_on], value)))

    def add_metrics(self, rows: Rows) -> None:
        """Metrics with their readings, which were added before."""
        for number, own, *rest in rows:
            self.metrics[number].append(_new(Metric, (*rest, tuple(self.readings.get(own, ())))))

    def add_responses(self, rows: Rows) -> None:
        """Warnings taken in hand, by day."""
        days = self.days
        for number, rule, said_on, plan, assignee, until_on in rows:
            self.responses[number].append(Response(rule, days[said_on], plan, assignee, days[until_on]))

    def add_limits(self, rows: Rows) -> None:
        """Thresholds changed for one engagement, by day."""
        for number, limit, value, set_on, by, reason in rows:
            self.limits[number].append(LimitChange(limit, value, self.days[set_on], by, reason))

    def add_plan_changes(self, rows: Rows) -> None:
        """Changes of the plan, by day."""
        for number, changed_on, milestone, what in rows:
            self.plan_changes[number].append(PlanChange(self.days[changed_on], milestone, what))

    def add_confirmations(self, rows: Rows) -> None:
        """The vendor's consent to versions of the plan, by day."""
        for number, confirmed_on, version, by in rows:
            self.confirmations[number].append(Confirmation(self.days[confirmed_on], version, by))

    def add_accesses(self, rows: Rows) -> None:
        """What the vendor was let into, by day; being taken back later is left out."""
        for number, what, given_on, revoked_on in rows:
            self.accesses[number].append(Access(what, self.days[given_on], self._past(self.days[revoked_on])))

    def add_retrospectives(self, rows: Rows) -> None:
        """Days on which lessons were written down, in order."""
        for number, written_on in rows:
            self.retrospectives[number].append(self.days[written_on])

    def add_vendors(self, rows: Rows, accepted: Mapping[str, tuple[date, ...]]) -> None:
        """How well vendors were known, with the first days on which something of theirs was accepted."""
        days = self.days
        for name, interviewed_on, references, signed_on, because in rows:
            self.vendors[name] = VendorRecord(
                name, days[interviewed_on], references, days[signed_on], because, accepted.get(name, ())
            )

    def accepted(self) -> dict[str, tuple[date, ...]]:
        """By vendor, the first days on which a milestone was accepted, among all that was added."""
        return self._first_accepted(
            (number, [(one.delivered_on, one.decided_on) for one in milestone.deliveries if one.outcome == "accepted"])
            for number, milestones in self.milestones.items()
            for milestone in milestones
        )

    def accepted_in(self, rows: Rows) -> dict[str, tuple[date, ...]]:
        """The same from rows of accepted deliveries: engagement, milestone, and the days of delivery and decision."""
        found: defaultdict[tuple[int, int], list[tuple[date, date | None]]] = defaultdict(list)
        for number, milestone, delivered_on, decided_on in rows:
            found[number, milestone].append((self.days[delivered_on], self.days[decided_on]))
        return self._first_accepted((number, decisions) for (number, _), decisions in found.items())

    def _first_accepted(
        self, milestones: Iterable[tuple[int, list[tuple[date, date | None]]]]
    ) -> dict[str, tuple[date, ...]]:
        """A milestone counts once, from the first decision on, for the vendor that its engagement had on that day."""
        days: defaultdict[str, list[date]] = defaultdict(list)
        for number, decisions in milestones:
            accepted = [max(delivered, decided or delivered) for delivered, decided in decisions]
            day = min(accepted, default=date.max)
            if day > self.as_of:
                continue
            terms = self.terms[number]
            held = terms[0]
            for later in terms[1:]:
                if later.from_on is not None and later.from_on <= day:
                    held = later
            days[held.vendor].append(day)
        return {vendor: tuple(sorted(found)[:FIRST_ACCEPTED]) for vendor, found in days.items()}


def _by_engagement_and_day(row: Sequence[Any]) -> tuple[Any, ...]:
    return row[0], row[1], row[2]
