"""Histories in, assessments of the portfolio out: the one call that pages, command line and exports use.

Assessments are kept by day and data version. After a write only the engagements that were written are read and judged
again; the others are taken over as they are. Nothing is kept that the database could not give again, so any number of
servers can share one database.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from threading import Lock
from typing import Final, NamedTuple

from engagement.assessment import chance, forecast, lifetable
from engagement.assessment import portfolio as ordering
from engagement.assessment import review as comparing
from engagement.assessment.backtest import Backtest, Tried, backtest, counted, tried
from engagement.assessment.case import Case
from engagement.assessment.contact import Rhythm, rhythm
from engagement.assessment.engagement import again, assess
from engagement.assessment.foretold import Tables
from engagement.assessment.lifetable import Landmark
from engagement.assessment.results import Assessment, Portfolio, PortfolioWarning, Review
from engagement.assessment.standing import Standing, standings_on
from engagement.assessment.values import LOGS, History, LifeTable, Log, PortfolioTerms, Status
from engagement.assessment.workload import Workload, dealt, fridays_until, workload
from engagement.beyond import Beyond
from engagement.records.database import Database, Reading
from engagement.records.engagements import recorded_since
from engagement.records.histories_built import undisturbed
from engagement.records.history import changed_since, histories, portfolio_terms
from engagement.records.outcomes import number_recorded, outcomes, running
from engagement.records.statements import READ_DAYS

DAYS_KEPT: Final = 64
"""How many days' assessments are kept: half a year of Fridays, today, and what people look back at."""
MONTHS_KEPT: Final = 8
"""Of how many months it is kept what was learned by then: those of half a year of Fridays, and one more."""
RECORDS_KEPT: Final = 4
"""Of how many days it is kept how often rules had been right by then."""
ONE_DAY: Final = timedelta(days=1)
Keys = Collection[str] | None
"""Keys of some engagements; None stands for all."""


class Lessons(NamedTuple):
    """What one engagement teaches."""

    cases: Sequence[chance.Past]
    marks: Sequence[Landmark]


@dataclass(frozen=True, slots=True)
class _Learned:
    """What earlier cases have taught by the first of a month, at one data version."""

    revision: int
    asked: int
    """How many engagements there were: of a large portfolio only a part is learned from."""
    past: Mapping[str, Lessons]
    """What each of those teaches that are learned from, by key."""
    level: chance.Level
    table: LifeTable
    """How fast promises are kept, as far as earlier ones tell."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """How often rules and forecasts had been right by a day, at one data version."""

    revision: int
    asked: int
    """How many engagements there were: of a large portfolio only a part is counted."""
    tried: Mapping[str, Tried]
    """The cases of those that are counted, by key."""
    found: Backtest


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is known of one day, at one data version."""

    revision: int
    level: float
    """How often dates were broken, as far as was learned."""
    table: LifeTable
    """How fast promises were kept, as far as was learned."""
    assessments: Mapping[str, Assessment]
    """By key, each with its rank."""
    order: Sequence[ordering.Urgency]
    """What the ranks follow from: after a write only the places of what was written have to be found again."""
    portfolio: Portfolio


class Overview:
    """Assessments of one database, shared by every page and thread of a process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._lock = Lock()
        self._kept: OrderedDict[date, _Kept] = OrderedDict()
        self._learned: OrderedDict[date, _Learned] = OrderedDict()
        self._reviews: dict[tuple[date, date], tuple[int, Review]] = {}
        self._standings: dict[date, dict[str, Standing]] = {}
        self._standings_revision = 0
        self._backtests: dict[date, tuple[int, Backtest]] = {}
        self._counting = Lock()
        self._counted: OrderedDict[date, _Counted] = OrderedDict()
        self._tables = Tables()
        self._beyond = Beyond(database)

    def portfolio(self, as_of: date) -> Portfolio:
        """Every recorded engagement as of the end of a day, in the order of the keys, ranked by who needs somebody.

        The same object is given again until something is written.
        """
        with self._lock:
            kept = self._kept.get(as_of)
            if kept is None or kept.revision != self.database.revision():
                kept = self._assessed(as_of, kept)
                self._kept[as_of] = kept
                if len(self._kept) > DAYS_KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(as_of)
            return kept.portfolio

    def whole(self, as_of: date) -> Portfolio:
        """The portfolio with the warnings that go beyond one engagement: about vendors, people and itself.

        Since when these hold is told from the logs of all the engagements that they are about, so that asking for them
        the first time takes longer.
        """
        portfolio = self.portfolio(as_of)
        return replace(portfolio, warnings=self._beyond.warnings(portfolio))

    def of_itself(self, as_of: date) -> tuple[PortfolioWarning, ...]:
        """Warnings about the watching itself, which hold whatever the engagements are. Costs next to nothing."""
        return self._beyond.of_itself(as_of)

    def review(self, since: date, as_of: date) -> Review:
        """What changed from the end of ``since`` to the end of ``as_of``.

        The same object is given again until something is written.
        """
        kept = self._reviews.get((since, as_of))
        revision = self.database.revision()
        if kept is None or kept[0] != revision:
            if len(self._reviews) >= DAYS_KEPT:
                self._reviews.clear()
            kept = self._reviews[since, as_of] = revision, self._compared(since, as_of)
        return kept[1]

    def _compared(self, since: date, as_of: date) -> Review:
        before = {assessment.engagement: assessment for assessment in self.portfolio(since).engagements}
        after = {assessment.engagement: assessment for assessment in self.portfolio(as_of).engagements}
        logs = () if (as_of - since).days < READ_DAYS else LOGS
        with self.database.reading() as connection:
            read = histories(connection, as_of, complete=logs)
            terms = portfolio_terms(connection, as_of)
        return comparing.review(before, after, read, since, as_of, portfolio_terms=terms)

    def level(self, as_of: date) -> chance.Level:
        """How often dates are broken in this portfolio, as far as its own history tells by a day."""
        with self._lock, self.database.reading() as connection:
            return self._taught(connection, as_of).level

    def terms(self, as_of: date) -> PortfolioTerms:
        """What holds for every engagement by the end of a day, with what was learned from earlier cases."""
        with self._lock, self.database.reading() as connection:
            return _terms(connection, self._taught(connection, as_of), as_of)

    def backtest(self, as_of: date) -> Backtest:
        """How well rules, chances and forecasts did on what was recorded by the end of a day.

        The same object is given again until something is written.
        """
        kept = self._backtests.get(as_of)
        revision = self.database.revision()
        if kept is None or kept[0] != revision:
            with self.database.reading() as connection, undisturbed():
                read = histories(connection, as_of, complete=LOGS)
                kept = revision, backtest(read, portfolio_terms(connection, as_of), as_of)
            self._backtests = {as_of: kept}
        return kept[1]

    def track_record(self, as_of: date) -> Backtest:
        """How well all these did by the end of a day: what `backtest` says, at a cost that pages can bear.

        After a write only the engagements that were written are judged again. Of more than 400 engagements only the
        part is counted that the level of the chances is learned from (see `chance.part_of`).
        """
        with self._counting, self.database.reading() as connection, undisturbed():
            kept = self._counted.get(as_of)
            revision, changed = changed_since(connection, kept.revision if kept else 0)
            if kept is None or kept.revision != revision:
                kept = self._counted[as_of] = _count(connection, kept, changed, as_of, revision, tables=self._tables)
                if len(self._counted) > RECORDS_KEPT:
                    self._counted.popitem(last=False)
            return kept.found

    def track_record_kept(self, as_of: date) -> tuple[Backtest | None, bool]:
        """The record as it was counted last, and whether nothing was written since. Counts nothing, waits for nothing.

        None where it was never counted, or where what was written since concerns every engagement.
        """
        kept = self._counted.get(as_of)
        if kept is None:
            return None, False
        if kept.revision == self.database.revision():
            return kept.found, True
        with self.database.reading() as connection:
            _, changed = changed_since(connection, kept.revision)
        return (None if changed is None else kept.found), False

    def workload(self, as_of: date, weeks: int, people: int | None) -> Workload:
        """The cards that each owner had on the last so many Fridays, up to the end of a day.

        ``people``: to so many the engagements are dealt that name no owner; None leaves them together.
        """
        with self.database.reading() as connection:
            first = recorded_since(connection)
        stands_in = dealt(self.portfolio(as_of).engagements, people) if people else {}

        def known(day: date) -> Sequence[Assessment]:
            return self.portfolio(day).engagements if first is not None and first <= day else ()

        return workload(fridays_until(as_of, weeks), known, stands_in, as_of)

    def histories(self, keys: Collection[str], as_of: date) -> dict[str, History]:
        """All that was known of some engagements by the end of a day."""
        with self.database.reading() as connection:
            return histories(connection, as_of, keys=keys, complete=LOGS)

    def rhythms(self, keys: Collection[str], start: date, as_of: date) -> dict[str, Rhythm]:
        """When we talked and when we should have, from ``start`` to the end of ``as_of``, for some engagements."""
        with self.database.reading() as connection:
            read = histories(connection, as_of, keys=keys, complete={"check_ins"})
            terms = portfolio_terms(connection, as_of)
        return {key: rhythm(history, terms, start, as_of) for key, history in read.items()}

    def statuses(self, days: Sequence[date]) -> dict[date, dict[str, Status]]:
        """Status of every engagement as of each of some days, by day and key."""
        standings = self.standings(days)
        return {day: {key: one.status for key, one in by_key.items()} for day, by_key in standings.items()}

    def standings(self, days: Sequence[date]) -> dict[date, dict[str, Standing]]:
        """Where every engagement stood as of each of some days, by day and key.

        After a write only the engagements that were written are judged again.
        """
        with self._lock, self.database.reading() as connection, undisturbed():
            revision, changed = changed_since(connection, self._standings_revision)
            if changed is None:
                self._standings.clear()
            missing = [day for day in days if day not in self._standings]
            if missing:
                self._judge(connection, missing, None)
            if changed:
                self._judge(connection, list(self._standings), changed)
            self._standings_revision = revision
            return {day: dict(self._standings[day]) for day in days}

    def _judge(self, connection: Reading, days: Sequence[date], keys: Keys) -> None:
        """Puts where some engagements stood (None: all) as of some days where they are kept."""
        last = max(days)
        terms = portfolio_terms(connection, last)
        for day in days:
            self._standings.setdefault(day, {})
        for key, history in histories(connection, last, keys=keys, complete=LOGS).items():
            for day, standing in standings_on(history, terms, days).items():
                self._standings[day][key] = standing

    def _assessed(self, as_of: date, kept: _Kept | None) -> _Kept:
        """The day assessed at the current data version, taking over from ``kept`` what was not written since."""
        with self.database.reading() as connection:
            revision, changed = changed_since(connection, kept.revision if kept else 0)
            taught = self._taught(connection, as_of)
            keys = _touched(kept, taught, changed) if kept and changed is not None else None
            fresh: dict[str, Assessment] = {}
            if keys is None or keys:
                with undisturbed():
                    fresh = _assess(connection, _terms(connection, taught, as_of), as_of, keys)
        if keys is None or kept is None:
            return _ordered(fresh, ordering.urgencies(fresh.values()), taught, as_of, revision)
        stayed = (one for one in kept.order if one.engagement not in fresh)
        order = sorted(chain(stayed, ordering.urgencies(fresh.values())))
        return _ordered({**kept.assessments, **fresh}, order, taught, as_of, revision)

    def _taught(self, connection: Reading, as_of: date) -> _Learned:
        """What was learned by the first of the month, reading again only what was written since."""
        learned_on = chance.learning_day(as_of)
        kept = self._learned.get(learned_on)
        revision, changed = changed_since(connection, kept.revision if kept else 0)
        if kept is None or kept.revision != revision:
            with undisturbed():
                kept = self._learned[learned_on] = _learn(connection, kept, changed, learned_on, revision)
            if len(self._learned) > MONTHS_KEPT:
                self._learned.popitem(last=False)
        return kept


def _terms(connection: Reading, taught: _Learned, as_of: date) -> PortfolioTerms:
    """What holds for every engagement, with what earlier cases have taught."""
    return portfolio_terms(connection, as_of)._replace(level=taught.level.value, table=taught.table)


def _touched(kept: _Kept, taught: _Learned, changed: Collection[str]) -> Keys:
    """Keys of the engagements to be assessed again: those written, and those of vendors of which something was learned.

    None where something was learned that concerns all.
    """
    before, now = kept.table, taught.table
    if kept.level != taught.level.value or before._replace(vendors={}, delivered=0) != now._replace(
        vendors={}, delivered=0
    ):
        return None
    vendors = {one for one in {*before.vendors, *now.vendors} if before.vendors.get(one, 1) != now.vendors.get(one, 1)}
    if not vendors:
        return changed
    return {*changed, *(key for key, one in kept.assessments.items() if not vendors.isdisjoint(one.vendors))}


def _learn(connection: Reading, kept: _Learned | None, changed: Keys, learned_on: date, revision: int) -> _Learned:
    """What was learned by the first of a month, from what is kept and what was written since; else from everything.

    The same whichever way it is found: engagements are learned from in the order of their keys.
    """
    recent, fridays = chance.learning_fridays(learned_on), forecast.learning_fridays(learned_on)
    known_by, number = learned_on - ONE_DAY, number_recorded(connection)
    if kept is None or changed is None or chance.part_of(kept.asked) != chance.part_of(number):
        again, stayed = running(connection, fridays[0]), dict[str, Lessons]()
    else:
        again, stayed = list(changed), {key: one for key, one in kept.past.items() if key not in changed}
    again = [key for key in again if chance.is_learned_from(key, number)]
    past = dict(stayed)
    for key, history in (outcomes(connection, again, fridays, known_by) if again else {}).items():
        case = Case(history, PortfolioTerms(), known_by)
        lessons = Lessons(chance.past(case, recent, known_by), list(forecast.landmarks(case, fridays)))
        if any(lessons):
            past[key] = lessons
    if kept is not None and past == kept.past:
        return _Learned(revision, number, past, kept.level, kept.table)
    cases = [one for key in sorted(past) for one in past[key].cases]
    marks = [one for key in sorted(past) for one in past[key].marks]
    return _Learned(revision, number, past, chance.learned(cases, learned_on), lifetable.learned(marks, learned_on))


def _count(
    connection: Reading, kept: _Counted | None, changed: Keys, as_of: date, revision: int, *, tables: Tables
) -> _Counted:
    """The record by a day, from what is kept and what was written since; from everything without either."""
    number = number_recorded(connection)
    if kept is None or changed is None or chance.part_of(kept.asked) != chance.part_of(number):
        again, stayed = running(connection, date.min), dict[str, Tried]()
    else:
        again, stayed = list(changed), {key: one for key, one in kept.tried.items() if key not in changed}
    again = [key for key in again if chance.is_learned_from(key, number)]
    read = histories(connection, as_of, keys=again, complete=LOGS) if again else {}
    terms = portfolio_terms(connection, as_of)
    every = {**stayed, **{key: tried(one, terms, as_of) for key, one in read.items()}}
    return _Counted(revision, number, every, counted([every[key] for key in sorted(every)], number, as_of, tables))


def _ordered(
    assessments: Mapping[str, Assessment],
    order: Sequence[ordering.Urgency],
    taught: _Learned,
    as_of: date,
    revision: int,
) -> _Kept:
    """What is kept of a day, once every engagement is assessed."""
    portfolio = ordering.ranked(assessments.values(), order, as_of, revision)
    by_key = {one.engagement: one for one in portfolio.engagements}
    return _Kept(revision, taught.level.value, taught.table, by_key, order, portfolio)


def _assess(connection: Reading, terms: PortfolioTerms, as_of: date, keys: Keys) -> dict[str, Assessment]:
    """Assessments of some engagements (None: all), by key.

    Short histories first; where a warning reaches further back than they do, the logs it asks for are read in full, for
    those engagements alone. What is found there may ask for another log, so that this goes on until nothing does.
    """
    assessed = {key: assess(history, terms, as_of) for key, history in histories(connection, as_of, keys=keys).items()}
    complete: dict[str, frozenset[Log]] = {}
    while asking := {key: one.needs | complete.get(key, frozenset()) for key, one in assessed.items() if one.needs}:
        complete |= asking
        for logs in set(asking.values()):
            askers = [key for key, asked in asking.items() if asked == logs]
            for key, history in histories(connection, as_of, keys=askers, complete=logs).items():
                assessed[key] = again(assessed[key], history, terms, as_of)
    return {key: one.assessment for key, one in assessed.items()}
