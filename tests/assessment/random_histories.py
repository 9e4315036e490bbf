"""Small histories at random, with everything in them that a rule reads, in every odd order that a person can record.

They grow from a number, so that one takes a millisecond and a failing one can be had again.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from engagement.assessment.values import (
    Access,
    Action,
    Baseline,
    CheckIn,
    Confirmation,
    Delivery,
    Every,
    History,
    LimitChange,
    Metric,
    Milestone,
    Outcome,
    Pause,
    PlanChange,
    PortfolioTerms,
    ProgressReport,
    Reading,
    Response,
    Series,
    Spend,
    Terms,
    VendorRecord,
)
from tests.assessment.made import CRITERIA

Row = TypeVar("Row")
LAST_DAY: Final = 170
ADVENT: Final = date(2025, 11, 17)
"""Day 0: Thanksgiving, Christmas and New Year follow."""
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
WINDOWS: Final = ("hours-window", "moved-window", "no-feedback", "first-time-least", "benefit-intervals")
AMOUNTS: Final = (Decimal(0), Decimal(100), Decimal(250), Decimal(700))
TEXTS: Final = (None, "TBD", CRITERIA)


class _Made:
    """One random history in the making."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.one = self.random.choice
        self.retainer = self.random.random() < 0.25
        self.tidy = self.random.random() < 0.5
        """Half of them have what most rules need: a known plan, reports and a budget."""

    def day(self, least: int = 0, most: int = LAST_DAY) -> date:
        return ADVENT + timedelta(days=self.random.randint(least, most))

    def maybe(self, value: Row, chance: float = 0.5) -> Row | None:
        return value if self.random.random() < chance else None

    def rows(self, most: int, make: Callable[[], Any], field: str) -> tuple[Any, ...]:
        made = [make() for _ in range(self.random.randint(0, most))]
        return tuple(sorted(made, key=lambda row: getattr(row, field)))

    def terms(self, from_on: date | None) -> Terms:
        return Terms(
            from_on=from_on,
            name="Random",
            vendor="Northwind",
            starts_on=self.day(0, 40),
            currency="EUR",
            goal=self.one(TEXTS),
            owner=self.maybe("Ana"),
            tier=self.one((None, "high", "standard", "low")),
            contract="retainer" if self.retainer else "fixed",
            budget=Decimal(1000) if self.tidy else self.one((None, Decimal(0), Decimal(500))),
            country=self.one((None, "US", "DE", "XX")),
            recorded_on=self.maybe(self.day(0, 45)),
            ends_on=self.maybe(self.day(60, 200)),
            cadence_days=self.one((None, 0, 1, 7, 30)),
            grace_days=self.one((None, 0, 5)),
            status="draft" if self.random.random() < 0.05 else "active",
        )

    def baseline(self) -> Baseline:
        return Baseline(self.day(), self.day(0, 200), self.maybe("agreed"), self.maybe("Ana"))

    def report(self) -> ProgressReport:
        share = self.one((None, 0.0, 0.1, 0.5, 0.5, 0.9, 1.0))
        return ProgressReport(self.day(), share, self.maybe(self.day(0, 220)))

    def delivery(self) -> Delivery:
        delivered_on = self.day()
        outcomes: tuple[Outcome | None, ...] = (None, "accepted", "rejected")
        outcome = self.one(outcomes)
        return Delivery(delivered_on, self._later(delivered_on, 40) if outcome else None, outcome)

    def milestone(self, key: str) -> Milestone:
        return Milestone(
            key=key,
            name=key,
            acceptance_criteria=self.one(TEXTS),
            weight=self.one((None, 1.0, 1.0, 0.25, 0.0)),
            value=self.maybe(self.one(AMOUNTS)),
            starts_on=self.maybe(self.day(0, 100)),
            due_on=self.day(0, 170) if self.tidy else self.maybe(self.day(0, 160)),
            cancelled_on=self.maybe(self.day(), 0.2),
            baselines=self.rows(self.one((0, 1, 3)), self.baseline, "set_on"),
            reports=self.rows(self.one((2, 6, 9)), self.report, "reported_on"),
            deliveries=self.rows(self.one((0, 1, 3)), self.delivery, "delivered_on"),
        )

    def check_in(self) -> CheckIn:
        return CheckIn(
            held_on=self.day(),
            channel=self.one(("call", "email", "report")),
            side=self.one(("us", "us", "vendor")),
            declared_status=self.one((None, "on_track", "on_track", "at_risk")),
            next_on=self.maybe(self.day()),
        )

    def action(self) -> Action:
        raised_on, due_on = self.day(), self.maybe(self.day(), 0.7)
        return Action(
            kind=self.one(("action", "issue", "question", "question")),
            title="send access",
            raised_on=raised_on,
            side=self.one((None, "us", "vendor", "vendor")),
            assignee=self.maybe("Bo", 0.7),
            due_on=due_on,
            closed_on=self.maybe(self._later(raised_on, 90), 0.6),
            promised_on=self.maybe(due_on),
        )

    def spend(self) -> Spend:
        return Spend(self.day(), self.one(AMOUNTS), deposit=self.random.random() < 0.3)

    def limit(self) -> LimitChange:
        return LimitChange(self.one(CHANGED_LIMITS), self.one((7.0, 10.0, 30.0)), self.day())

    def series(self, key: str) -> Series:
        periods: tuple[Every, ...] = ("week", "month", "quarter")
        every = self.one(periods)
        value, due_day = self.maybe(self.one(AMOUNTS)), self.random.randint(1, 31)
        return Series(key, key, every, due_day, value, self.maybe(self.day(0, 60)), self.maybe(self.day(60, 160)))

    def response(self) -> Response:
        rule = self.one(("overdue", "silent", "slipping", "flatline", "watermelon", "awaiting-us"))
        said_on = self.day()
        return Response(rule, said_on, "talk", "Bo", self._later(said_on, 60))

    def pause(self) -> Pause:
        begin = self.day()
        return Pause(begin, self._later(begin, 40))

    def history(self) -> History:
        changed = sorted(self.day() for _ in range(self.one((0, 0, 1, 2))))
        keys = ("close:2026-01-10", "payroll:2026-02-15", "M3") if self.retainer else ("M1", "M2", "M3", "M4")
        return History(
            key="random",
            terms=tuple(self.terms(from_on) for from_on in [None, *changed]),
            pauses=self.rows(self.one((0, 0, 2)), self.pause, "from_on"),
            closed_on=self.maybe(self.day(80), 0.15),
            series=tuple(self.series(key) for key in self._some(("close", "payroll"))),
            milestones=tuple(self.milestone(key) for key in self._some(keys)),
            check_ins=self.rows(self.one((1, 4, 12)), self.check_in, "held_on"),
            actions=tuple(self.action() for _ in range(self.random.randint(0, 3))),
            spend=self.rows(6, self.spend, "spent_on"),
            metrics=(Metric("errors", "quality", target=self.maybe(1.0)),),
            responses=self.rows(4, self.response, "said_on"),
            limits=self.rows(self.one((0, 0, 2)), self.limit, "set_on"),
        )

    def _some(self, keys: Sequence[str]) -> Sequence[str]:
        return self.random.sample(keys, self.random.randint(0, len(keys)))

    def _later(self, day: date, most: int) -> date:
        return day + timedelta(days=self.random.randint(0, most))


class _Enriched:
    """What else may be on record about a random history, drawn apart so that the numbers of old ones keep meaning."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"more {seed}")
        self.made = _Made(seed)
        self.made.random = self.random
        self.made.one = self.one = self.random.choice

    def check_in(self, check_in: CheckIn) -> CheckIn:
        held_on = check_in.held_on
        return check_in._replace(
            feedback_given=self.random.random() < 0.2,
            feedback_received=self.random.random() < 0.2,
            channel=self.one((check_in.channel, "video", "chat")),
            recorded_on=self.one((None, held_on, held_on + timedelta(days=self.one((1, 7, 8, 20))))),
            acknowledged_on=self.one((None, held_on, self.made._later(held_on, 12))),
            imported=self.random.random() < 0.3,
            notes=self.one((None, "All is well.", "All is well.", "All is well!", "The importer stops at row 40,000.")),
        )

    def milestone(self, milestone: Milestone) -> Milestone:
        reports = tuple(one._replace(side=self.one((None, "us", "vendor"))) for one in milestone.reports)
        return milestone._replace(reports=reports, first_paid_on=self.made.maybe(self.made.day(), 0.3))

    def spend(self, spend: Spend) -> Spend:
        return spend._replace(hours=self.one((None, Decimal(0), Decimal(4), Decimal(30))))

    def metric(self, key: str) -> Metric:
        return Metric(
            key=key,
            kind=self.one(("quality", "benefit")),
            direction=self.one((None, "up", "down")),
            baseline=self.one((None, 0.0, 10.0)),
            target=self.one((None, 5.0, 20.0)),
            interval_days=self.one((None, 7, 30)),
            readings=self.made.rows(
                5, lambda: Reading(self.made.day(), self.one((0.0, 4.0, 5.0, 12.0, 21.0))), "read_on"
            ),
        )

    def plan_change(self) -> PlanChange:
        return PlanChange(self.made.day(), "M1", self.one(("added", "criteria")))

    def access(self) -> Access:
        given_on = self.made.day()
        return Access("The test system", given_on, self.made.maybe(self.made._later(given_on, 90)))

    def vendor(self) -> VendorRecord:
        return VendorRecord(
            "Northwind",
            self.made.maybe(self.made.day(0, 60)),
            self.one((None, 0, 1, 2, 3)),
            self.made.maybe(self.made.day(0, 60)),
            self.one((None, "price", "Lowest price", "They built our first shop")),
            tuple(sorted(self.made.day() for _ in range(self.one((0, 1, 2))))),
        )

    def terms(self, terms: Terms) -> Terms:
        return terms._replace(
            lead=self.one((None, "Ana", "Bo")),
            scope=self.one(TEXTS),
            rate=self.one((None, Decimal(50))),
            in_house_cost=self.one((None, Decimal(800), Decimal(2000))),
            committed_hours_per_week=self.one((None, Decimal(8), Decimal(40))),
        )

    def limit(self) -> LimitChange:
        return LimitChange(self.one(WINDOWS), self.one((2.0, 7.0, 30.0, 90.0)), self.made.day())

    def history(self, history: History) -> History:
        confirmed = self.made.rows(3, lambda: Confirmation(self.made.day(), self.one((1, 1, 2, 3, 9))), "confirmed_on")
        return history._replace(
            terms=tuple(map(self.terms, history.terms)),
            check_ins=tuple(map(self.check_in, history.check_ins)),
            milestones=tuple(map(self.milestone, history.milestones)),
            spend=tuple(map(self.spend, history.spend)),
            metrics=(*history.metrics, *map(self.metric, self.made._some(("reach", "errors later", "saved")))),
            plan_changes=self.made.rows(2, self.plan_change, "changed_on"),
            confirmations=confirmed,
            accesses=self.made.rows(2, self.access, "given_on"),
            retrospectives=tuple(sorted(self.made.day(80) for _ in range(self.one((0, 0, 1))))),
            vendors=(self.vendor(),) if self.random.random() < 0.8 else (),
            limits=tuple(sorted((*history.limits, *self.made.rows(2, self.limit, "set_on")), key=_set_on)),
        )


def _set_on(change: LimitChange) -> date:
    return change.set_on


def random_history(seed: int) -> History:
    """The history that grows from a number."""
    return _Enriched(seed).history(_Made(seed).history())


def random_quiet_history(seed: int) -> History:
    """One with many check-ins and little to say in them, that grows from a number: habits show on these."""
    enriched, history = _Enriched(seed), random_history(seed)
    made, one = enriched.made, enriched.one
    usual = one(("All is well with the importer.", "Fine."))
    check_ins = made.rows(18, lambda: enriched.check_in(made.check_in()), "held_on")
    return history._replace(
        terms=tuple(terms._replace(contract="fixed", owner=one(("Cy", terms.owner))) for terms in history.terms),
        series=(),
        check_ins=tuple(
            check_in._replace(
                feedback_given=False,
                feedback_received=False,
                acknowledged_on=one((check_in.held_on, check_in.acknowledged_on)),
                notes=one((usual, usual, f"{usual}!", None)),
            )
            for check_in in check_ins
        ),
        milestones=tuple(_quiet(enriched, milestone) for milestone in history.milestones),
        actions=one(((), history.actions)),
        limits=tuple(sorted((*history.limits, *made.rows(3, lambda: _habit(made), "set_on")), key=_set_on)),
    )


def _quiet(enriched: _Enriched, milestone: Milestone) -> Milestone:
    reports = tuple(one._replace(share=0.1) for one in milestone.reports if enriched.random.random() < 0.3)
    return milestone._replace(
        reports=reports,
        baselines=enriched.one(((), (), milestone.baselines)),
        deliveries=enriched.one(((), (), milestone.deliveries)),
    )


def _habit(made: _Made) -> LimitChange:
    name, value = made.one(
        (
            *(("backfilled-on", 1.0),) * 4,
            *(("backfilled-of", 4.0), ("hollow", 2.0), ("hollow", 5.0), ("unread", 20.0), ("vendor-silent-days", 40.0)),
            *(("vetting-window", 30.0), ("too-much-next", 60.0), ("too-much-window", 30.0), ("proven", 1.0)),
        )
    )
    return LimitChange(name, value, made.day(0, 120))


def random_common(seed: int) -> PortfolioTerms:
    """What holds for all, that grows from a number: alone or not, and perhaps a changed limit."""
    made = _Made(seed)
    return PortfolioTerms(alone=seed % 2 == 0, limits=made.rows(1, made.limit, "set_on"))


def histories() -> st.SearchStrategy[History]:
    """Random histories, some of them quiet."""
    seeds = st.integers(0, 10**9)
    return st.one_of(seeds.map(random_history), seeds.map(random_quiet_history))


def commons() -> st.SearchStrategy[PortfolioTerms]:
    """Random terms of a portfolio."""
    return st.integers(0, 10**9).map(random_common)


def days(least: int = 0) -> st.SearchStrategy[date]:
    """Days within and a little after a random history."""
    return st.integers(least, LAST_DAY + 30).map(lambda day: ADVENT + timedelta(days=day))
