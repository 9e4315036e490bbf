"""Warnings that go beyond one engagement, since when they hold, and what is kept of both.

Since when such a warning holds is told from the logs of every engagement it is about, which takes seconds of a large
portfolio. So what was said of a day is kept until something is written, after a write only what was written is read
again, and what was read for today serves every earlier day.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Final

from engagement import clock
from engagement.assessment.oversight import Begun, portfolio_warnings
from engagement.assessment.results import Portfolio, PortfolioWarning
from engagement.assessment.traces import Trace, trace
from engagement.assessment.values import Log, PortfolioTerms
from engagement.records.database import Database, Reading
from engagement.records.histories_built import undisturbed
from engagement.records.history import changed_since, histories, portfolio_terms

TRACED: Final[frozenset[Log]] = frozenset({"check_ins", "actions"})
"""Logs that tell since when a rule beyond one engagement fires."""
DAYS_KEPT: Final = 16
"""Of how many days it is kept what was said."""


@dataclass(slots=True)
class _Said:
    """What was said of a day, and what it was told from."""

    begun: Begun = field(default_factory=dict)
    revision: int = 0
    terms: PortfolioTerms | None = None
    warnings: tuple[PortfolioWarning, ...] = ()


class Beyond:
    """The warnings about vendors, people and the portfolio itself, of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._said: OrderedDict[date, _Said] = OrderedDict()
        self._revision = 0
        self._read_for = date.min
        self._traces: dict[str, Trace] = {}

    def warnings(self, portfolio: Portfolio) -> tuple[PortfolioWarning, ...]:
        """Those of the portfolio's day. The same tuple is given again until something is written or the hour counts."""
        as_of = portfolio.as_of
        with self._lock, self._database.reading() as connection:
            self._forget_what_was_written(connection, as_of)
            said, terms = self._of(as_of), _terms(connection, as_of)
            if (said.revision, said.terms) != (portfolio.revision, terms):
                with undisturbed():
                    said.warnings = portfolio_warnings(
                        portfolio.engagements, terms, self._reader(connection), as_of, said.begun
                    )
                said.revision, said.terms = portfolio.revision, terms
            return said.warnings

    def of_itself(self, as_of: date) -> tuple[PortfolioWarning, ...]:
        """What is wrong with the watching, whatever the engagements are. Costs next to nothing."""
        with self._database.reading() as connection:
            terms = _terms(connection, as_of)
        return portfolio_warnings((), terms, _nothing_to_trace, as_of) if terms.asked_at else ()

    def _forget_what_was_written(self, connection: Reading, as_of: date) -> None:
        revision, changed = changed_since(connection, self._revision)
        if changed is None:
            self._said.clear()
        if changed is None or as_of > self._read_for:
            self._traces.clear()
            self._read_for = max(as_of, clock.today())
        for key in changed or ():
            self._traces.pop(key, None)
        self._revision = revision

    def _of(self, as_of: date) -> _Said:
        said = self._said.setdefault(as_of, _Said())
        self._said.move_to_end(as_of)
        if len(self._said) > DAYS_KEPT:
            self._said.popitem(last=False)
        return said

    def _reader(self, connection: Reading) -> "_Reader":
        return _Reader(connection, self._traces, self._read_for)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Gives the traces of some engagements, and reads those that are missing."""

    connection: Reading
    known: dict[str, Trace]
    read_for: date

    def __call__(self, keys: Collection[str]) -> Mapping[str, Trace]:
        missing = [key for key in keys if key not in self.known]
        if missing:
            terms = portfolio_terms(self.connection, self.read_for)
            read = histories(self.connection, self.read_for, keys=missing, complete=TRACED)
            self.known.update({key: trace(history, terms, self.read_for) for key, history in read.items()})
        return self.known


def _terms(connection: Reading, as_of: date) -> PortfolioTerms:
    """What holds by the end of a day, with the minute of asking where that counts: today, once monitoring is on."""
    terms = portfolio_terms(connection, as_of)
    is_timed = terms.last_good_run_at is not None and as_of == clock.today()
    return terms._replace(asked_at=_minute() if is_timed else None)


def _minute() -> datetime:
    return clock.now().replace(second=0, microsecond=0)


def _nothing_to_trace(_: Collection[str]) -> Mapping[str, Trace]:
    return {}
