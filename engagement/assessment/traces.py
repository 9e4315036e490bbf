"""What rules about a vendor, a person or the whole portfolio read of one engagement: when it was what, day by day.

A trace is made of a complete history and says the same for any day up to the one it was made for, so that the first
day of a warning can be found by going back over the days on which anything changed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from engagement.assessment.contact import Span, stretches
from engagement.assessment.delivery import handover
from engagement.assessment.retainer import with_occurrences
from engagement.assessment.terms import life_on, terms_on
from engagement.assessment.values import History, Milestone, PortfolioTerms, Terms

ONE_DAY: Final = timedelta(days=1)


class Stretch(NamedTuple):
    """Days on which an engagement was active under the same terms: from the first until, and without, the last."""

    start: date
    end: date
    terms: Terms


class Promise(NamedTuple):
    """A first due date that has come, and whether it was kept."""

    due_on: date
    vendor: str
    turns: tuple[tuple[date, bool | None], ...]
    """From each of these days on: kept, not kept, or no promise any more because it was cancelled."""

    def kept_on(self, day: date) -> bool | None:
        """Whether it counted as kept by the end of a day; None where it did not count."""
        place = bisect_right(self.turns, day, key=_first) - 1
        return self.turns[place][1] if place >= 0 else None


class Trace(NamedTuple):
    """One engagement over time, up to a day."""

    engagement: str
    active: tuple[Stretch, ...]
    """Oldest first."""
    silent: tuple[Span, ...]
    """Half-open stretches on which contact was silent or forgotten."""
    promises: tuple[Promise, ...]
    """By due date."""

    def terms_on(self, day: date) -> Terms | None:
        """What was agreed on a day on which it was active; None on others."""
        place = bisect_right(self.active, day, key=_start) - 1
        if place < 0 or self.active[place].end <= day:
            return None
        return self.active[place].terms


def trace(history: History, common: PortfolioTerms, as_of: date) -> Trace:
    """The trace of an engagement up to a day, from its complete history."""
    begin = min(terms.starts_on for terms in history.terms)
    return Trace(
        history.key,
        tuple(_active(history, begin, as_of)),
        stretches(history, common, begin, as_of, "silent"),
        tuple(sorted(promises(history, date.min, as_of), key=_due_on)),
    )


def promises(history: History, after: date, as_of: date) -> Iterator[Promise]:
    """Promises of the vendor that came due after a day and by another one, until the engagement was closed.

    A promise is the vendor's that did the work on the day it was due; a draft promises nothing.
    """
    last = min(as_of, history.closed_on) if history.closed_on else as_of
    yield from _of_milestones(history, after, last)
    for action in (*history.actions, *history.settled_lately):
        due_on = action.promised_on or action.due_on
        if action.side != "vendor" or action.kind == "question" or due_on is None or due_on <= after:
            continue
        known_from, terms = max(due_on, action.raised_on), terms_on(history, due_on)
        if known_from <= last and terms.status != "draft":
            kept = action.closed_on is not None and action.closed_on <= due_on
            yield Promise(due_on, terms.vendor, ((known_from, kept),))


def _active(history: History, begin: date, as_of: date) -> Iterator[Stretch]:
    turns = {begin, *(terms.starts_on for terms in history.terms)}
    turns.update(terms.from_on for terms in history.terms if terms.from_on)
    turns.update(turn for pause in history.pauses for turn in pause)
    if history.closed_on:
        turns.add(history.closed_on)
    days = sorted(turn for turn in turns if begin <= turn <= as_of)
    for start, end in pairwise([*days, as_of + ONE_DAY]):
        if life_on(history, start) == "active":
            yield Stretch(start, end, terms_on(history, start))


def _of_milestones(history: History, after: date, last: date) -> Iterator[Promise]:
    """Of each milestone, also of one that was cancelled later."""
    for milestone in _promised(history, last):
        due_on = milestone.due_on or (milestone.baselines[0].due_on if milestone.baselines else None)
        if due_on is not None and after < due_on <= last:
            then = terms_on(history, due_on)
            if then.status != "draft":
                yield Promise(due_on, then.vendor, tuple(_turns(milestone, due_on, last)))


def _promised(history: History, last: date) -> Iterable[Milestone]:
    """Milestones, with the occurrences that a retainer's terms called for on the days on which they held."""
    if all(terms.contract != "retainer" for terms in history.terms):
        return history.milestones
    promised = {milestone.key: milestone for milestone in history.milestones}
    for terms in history.terms:
        if terms.contract != "retainer":
            continue
        for milestone in with_occurrences(history.milestones, history.series, terms, last):
            is_recorded = milestone.key in promised
            if is_recorded or milestone.due_on is None or terms_on(history, milestone.due_on) is terms:
                promised[milestone.key] = milestone
    return promised.values()


def _turns(milestone: Milestone, due_on: date, last: date) -> Iterator[tuple[date, bool | None]]:
    known_from = due_on if milestone.due_on else max(due_on, milestone.baselines[0].set_on)
    decided = (one.decided_on for one in milestone.deliveries if one.decided_on)
    days = {known_from, *decided, *(one.delivered_on for one in milestone.deliveries), milestone.cancelled_on}
    was: bool | None = None
    for day in sorted(day for day in days if day is not None and known_from <= day <= last):
        if milestone.cancelled_on is not None and milestone.cancelled_on <= day:
            now = None
        else:
            delivered_on = handover(milestone.deliveries, day).delivered_on
            now = delivered_on is not None and delivered_on <= due_on
        if now != was or day == known_from:
            yield day, now
        was = now


def _first(turn: tuple[date, bool | None]) -> date:
    return turn[0]


def _start(stretch: Stretch) -> date:
    return stretch.start


def _due_on(promise: Promise) -> date:
    return promise.due_on
