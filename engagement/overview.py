"""Histories in, assessments of the portfolio out: the one call that pages, command line and exports use.

Assessments are kept by day and data version. After a write only the engagements that were written are read and judged
again; the others are taken over as they are. Nothing is kept that the database could not give again, so any number of
servers can share one database.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from threading import Lock
from typing import Final

from engagement.assessment import portfolio as ordering
from engagement.assessment import review as comparing
from engagement.assessment.contact import Rhythm, rhythm
from engagement.assessment.engagement import assess
from engagement.assessment.standing import Standing, standings_on
from engagement.assessment.values import (
    LOGS,
    Assessment,
    History,
    Log,
    Portfolio,
    PortfolioTerms,
    Review,
    Status,
)
from engagement.records.database import Database, Reading
from engagement.records.histories_built import undisturbed
from engagement.records.history import changed_since, histories, portfolio_terms
from engagement.records.statements import READ_DAYS

DAYS_KEPT: Final = 64
"""How many days' assessments are kept: half a year of Fridays, today, and what people look back at."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is known of one day, at one data version."""

    revision: int
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
        self._reviews: dict[tuple[date, date], tuple[int, Review]] = {}
        self._standings: dict[date, dict[str, Standing]] = {}
        self._standings_revision = 0

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

    def _judge(self, connection: Reading, days: Sequence[date], keys: Collection[str] | None) -> None:
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
            keys = changed if kept else None
            fresh: dict[str, Assessment] = {}
            if keys is None or keys:
                with undisturbed():
                    fresh = _assess(connection, portfolio_terms(connection, as_of), as_of, keys)
        if keys is None or kept is None:
            return _ordered(fresh, ordering.urgencies(fresh.values()), as_of, revision)
        stayed = (one for one in kept.order if one.engagement not in fresh)
        order = sorted(chain(stayed, ordering.urgencies(fresh.values())))
        return _ordered({**kept.assessments, **fresh}, order, as_of, revision)


def _ordered(
    assessments: Mapping[str, Assessment], order: Sequence[ordering.Urgency], as_of: date, revision: int
) -> _Kept:
    """What is kept of a day, once every engagement is assessed."""
    portfolio = ordering.ranked(assessments.values(), order, as_of, revision)
    return _Kept(revision, {one.engagement: one for one in portfolio.engagements}, order, portfolio)


def _assess(
    connection: Reading, terms: PortfolioTerms, as_of: date, keys: Collection[str] | None
) -> dict[str, Assessment]:
    """Assessments of some engagements (None: all), by key.

    Short histories first; where a warning reaches further back than they do, the logs it asks for are read in full, for
    those engagements alone.
    """
    assessed = {key: assess(history, terms, as_of) for key, history in histories(connection, as_of, keys=keys).items()}
    asking: dict[frozenset[Log], list[str]] = defaultdict(list)
    for key, (_, needs) in assessed.items():
        if needs:
            asking[needs].append(key)
    for logs, askers in asking.items():
        for key, history in histories(connection, as_of, keys=askers, complete=logs).items():
            assessed[key] = assess(history, terms, as_of)
    return {key: assessment for key, (assessment, _) in assessed.items()}
