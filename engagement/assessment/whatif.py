"""What if: the forecast of an engagement as it is, and as it would be after some changes that are only tried.

A change is put into a copy of the history, and the forecast is told of it as of any other:

- `Move`: another day is agreed for a result. It is a new word on that result and nothing else: a day that is only
  tried is no news of how the work goes, so the measures of the engagement and all other results stay as they are.
- `Drop`: a result is left out. The plan is that without it, also in what is behind and what else is open.
- `More`: there is more or less to do on all that is open, at the same pace. The way from today to the day named for a
  result (after a move: to that day) is stretched by that share; where that day has passed, the way to each of its
  likely days, because nothing else is known of what is left.
- `Silence`: so many weeks pass in which nothing is heard and nothing happens. It is the forecast as of that later day,
  and no earlier than with a week less of it: waiting alone brings nothing nearer. While the work rests, or has not
  begun, they count from the day on which it goes on.

The table has learned from dates that people named, and a new date usually tells something: an overdue result comes
soon after one. A date that is tried tells nothing. So no chance is told an earlier day because of a change for the
worse (a later day, more to do, silence), nor a later one because of a change for the better, whatever else is tried
along with it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import ceil, prod
from typing import Final, NamedTuple

from engagement.assessment import wording
from engagement.assessment.case import Case
from engagement.assessment.facts import Facts
from engagement.assessment.finish import A_YEAR, Expected, results_expected
from engagement.assessment.forecast import days_after, last_of, outlooks
from engagement.assessment.lifetable import A_HAIR, FURTHEST_DAYS, GIVEN_UP
from engagement.assessment.results import Assessment, Likely, Outlook
from engagement.assessment.values import History, Milestone, PortfolioTerms, ProgressReport

DAYS_A_WEEK: Final = 7
LONG_OPEN: Final = (
    "What is open for more than a year after its day, or looks abandoned, has no forecast that could move."
)


class Move(NamedTuple):
    """Another day is agreed for a result."""

    milestone: str
    to_on: date


class Drop(NamedTuple):
    """A result is left out of the scope."""

    milestone: str


class More(NamedTuple):
    """What is open grows by a share of what is left of it, above -1; below 0 it shrinks."""

    share: float


class Silence(NamedTuple):
    """Weeks in which nothing is heard and nothing happens."""

    weeks: int


Change = Move | Drop | More | Silence


class Shift(NamedTuple):
    """The forecast of a result, or of the finish, without and with the changes."""

    name: str
    """Of a finish empty."""
    before: Outlook
    after: Outlook | None
    """None where it is left out, or where of a finish nothing would be open."""

    @property
    def p50_days(self) -> int | None:
        """By how many days the middle moves, later above 0; None where nothing is left to move."""
        return (self.after.likely.p50_on - self.before.likely.p50_on).days if self.after else None

    @property
    def p80_days(self) -> int | None:
        """By how many days the day moves by which four of five are there; None where nothing is left to move."""
        return (self.after.likely.p80_on - self.before.likely.p80_on).days if self.after else None

    @property
    def is_same(self) -> bool:
        """Whether neither moves."""
        return self.p50_days == self.p80_days == 0

    @property
    def is_told(self) -> bool:
        """Whether its days are shown to people: not of what is open for more than a year after its day."""
        return _is_told(self.before)


class Tried(NamedTuple):
    """What changes would do to an engagement."""

    finish: Shift | None
    """None where there is no forecast of it."""
    results: tuple[Shift, ...]
    """What is open and has a forecast, in recorded order."""


def what_if(history: History, common: PortfolioTerms, changes: Iterable[Change], as_of: date) -> Tried:
    """The forecasts as of a day without and with some changes; the history is complete, and stays as it is.

    Empty for retainers, whose work does not end. A change of a result that is not open, or for which nobody has named
    a day, changes nothing.
    """
    trial = _Trial(history, common, as_of)
    before = trial.told(AS_IT_IS)
    if before.facts.retainer:
        return Tried(None, ())
    after = trial.told(frozenset(_steps(list(changes), before.results)))
    return Tried(
        None if before.finish is None else Shift("", before.finish, after.finish),
        tuple(
            Shift(milestone.name, before.results[milestone.key], after.results.get(milestone.key))
            for milestone in before.facts.plan.milestones
            if milestone.key in before.results
        ),
    )


def nothing_to_try(assessment: Assessment, as_of: date) -> str | None:
    """Why there is nothing to try with an engagement as of a day; None where there is."""
    if assessment.contract == "retainer":
        return "A retainer has no finish that could move: what it owes comes again and again."
    if assessment.life == "closed":
        return "The work is closed."
    if assessment.life == "draft":
        return "A draft has no forecast yet."
    waiting = [milestone for milestone in assessment.milestones if milestone.delivered_on is None]
    if not waiting:
        return "Everything is delivered." if assessment.milestones else "No result is recorded."
    if all(milestone.p50_on is None for milestone in waiting):
        return "Nobody has named a day for what is open. Name one, and there is a forecast to try it with."
    return None if results_expected(assessment, as_of) else LONG_OPEN


def names(assessment: Assessment) -> dict[str, str]:
    """What to call the results that can be tried with, by key: with the key where two have the same name."""
    found = [each for each in assessment.milestones if each.delivered_on is None and each.p50_on is not None]
    number = Counter(each.name for each in found)
    return {
        each.milestone: each.name if number[each.name] == 1 else f"{each.name} ({each.milestone})" for each in found
    }


# --- in words


def finish_in_words(tried: Tried, as_of: date) -> str:
    """What the changes do to the finish: "Finish 15 Feb → 28 Feb (+13 d), likely by 18 Mar → 9 Apr (+22 d)."."""
    finish = tried.finish
    if finish is None:
        return "There is no finish to forecast: nothing that is open has an agreed date."
    if finish.after is None:
        now = f"Finish {_days(finish, as_of)}: then" if finish.is_told else "Then"
        return f"{now} nothing would be open any more."
    last, was_last = finish.after.milestone, finish.before.milestone
    if not _is_told(finish.after):
        return f'"{_name(tried, last)}" would be open for more than a year after its day: no finish could be told.'
    doubt = _doubt(finish.after, tried)
    if not finish.is_told:
        return f"Finish {_days(finish._replace(before=finish.after), as_of)}{doubt}, where none can be told now."
    if finish.is_same:
        return f"Finish {_days(finish, as_of)}{doubt}, as it is now."
    then = "" if last == was_last else f' "{_name(tried, last)}" would come last, not "{_name(tried, was_last)}".'
    return f"Finish {_days(finish, as_of)}{doubt}.{then}"


def results_in_words(tried: Tried, as_of: date) -> str:
    """What is left out, how many open results move, and which of them most; empty where none does."""
    left_out = [shift.name for shift in tried.results if shift.after is None]
    open_ones = [shift for shift in tried.results if shift.after is not None and shift.is_told]
    moved = [shift for shift in open_ones if not shift.is_same]
    parts = [f"Left out: {wording.listed(left_out)}."] if left_out else []
    if moved:
        most, stay = max(moved, key=size_of), len(open_ones)
        who = f"{wording.in_words(len(moved)).capitalize()} of {wording.in_words(stay)} open results"
        if len(moved) == stay:
            all_of_them = {1: "The one open result", 2: "Both open results"}
            who = all_of_them.get(stay, f"All {wording.in_words(stay)} open results")
        move = "moves:" if len(moved) == 1 else "move, most of all"
        is_finish = tried.finish is not None and _days(most, as_of) == _days(tried.finish, as_of)
        parts.append(f'{who} {move} "{most.name}"{"" if is_finish else f" {_days(most, as_of)}"}.')
        parts += _decides(tried, most)
    return " ".join(parts)


def _decides(tried: Tried, most: Shift) -> list[str]:
    """Which result the finish is that of, where another one moves ``most`` and the finish stays with the same."""
    finish = tried.finish
    if finish is None or finish.after is None or not _is_told(finish.after):
        return []
    last = finish.after.milestone
    if last != finish.before.milestone or last == most.before.milestone:
        return []
    return [f'Each result is told by itself; the finish is that of "{_name(tried, last)}", which comes last.']


def size_of(shift: Shift) -> tuple[int, int]:
    """How far it moves, to tell which moves most: what is left out above all."""
    if shift.p50_days is None or shift.p80_days is None:
        return FURTHEST_DAYS, FURTHEST_DAYS
    return abs(shift.p80_days), abs(shift.p50_days)


def _doubt(finish: Outlook, tried: Tried) -> str:
    """What has to come first where the finish, or another result that would be open, is late for long."""
    open_ones = [shift.after for shift in tried.results if shift.after is not None]
    late = {one.milestone for one in open_ones if one.since - one.named_on > GIVEN_UP}
    found = Expected(finish.likely.p50_on, finish.likely.p80_on, finish.milestone in late, bool(late))
    return f", {found.condition}" if found.condition else ""


def _is_told(one: Outlook) -> bool:
    return one.since - one.named_on <= A_YEAR


def _days(shift: Shift, as_of: date) -> str:
    """ "15 Feb → 28 Feb (+13 d), likely by 18 Mar → 9 Apr (+22 d)"; a day that does not move stands alone."""
    before, after = shift.before.likely, shift.after.likely if shift.after else None
    if after in (None, before):
        return Expected(before.p50_on, before.p80_on, in_doubt=False).words(as_of)
    middle = _pair(before.p50_on, after.p50_on if after else None, as_of)
    return f"{middle}, likely by {_pair(before.p80_on, after.p80_on if after else None, as_of)}"


def _pair(before: date, after: date | None, as_of: date) -> str:
    if after is None or after == before:
        return wording.day(before, as_of)
    days = wording.signed_days((after - before).days)
    return f"{wording.day(before, as_of)} → {wording.day(after, as_of)} ({days})"


def _name(tried: Tried, key: str) -> str:
    return next(shift.name for shift in tried.results if shift.before.milestone == key)


# --- trying


class _Step(NamedTuple):
    """All changes of one kind that may move a forecast one way."""

    is_worse: bool
    changes: tuple[Change, ...]


AS_IT_IS: Final = frozenset[_Step]()


class _Told(NamedTuple):
    """What is forecast with some steps."""

    facts: Facts
    results: Mapping[str, Outlook]
    """By key of the milestone."""
    finish: Outlook | None


class _Trial:
    """Forecasts of one engagement with any of some steps, each told once."""

    def __init__(self, history: History, common: PortfolioTerms, as_of: date) -> None:
        self._history = history
        self._common = common
        self._as_of = as_of
        self._known: dict[frozenset[_Step], _Told] = {}

    def told(self, steps: frozenset[_Step]) -> _Told:
        """The forecast with some steps, each held to the way it may go against the forecast without it."""
        known = self._known.get(steps)
        if known is None:
            facts, results = self._plain([change for step in steps for change in step.changes])
            for step in steps:
                without = self.told(steps - {step}).results
                results = {key: _held(one, without[key], is_worse=step.is_worse) for key, one in results.items()}
            finish = last_of(facts, [results.get(milestone.key) for milestone in facts.plan.milestones])
            known = self._known[steps] = _Told(facts, results, finish)
        return known

    def _plain(self, changes: Sequence[Change]) -> tuple[Facts, dict[str, Outlook]]:
        """What the forecast says of a history with some changes, as it says it of any other."""
        dropped = {change.milestone for change in changes if isinstance(change, Drop)}
        words = {change.milestone: change.to_on for change in changes if isinstance(change, Move)}
        history = _changed(self._history, dropped, words, self._as_of)
        facts, times = self._facts(history, self._as_of), _times(changes)
        now = _by_key(facts)
        passed = {key for key, one in now.items() if one.named_on <= one.since}
        if times != 1:
            longer = {key: _stretched(one.since, one.named_on, times) for key, one in now.items() if key not in passed}
            facts = self._facts(_changed(history, (), longer, self._as_of), self._as_of)
        found = _spread(_by_key(facts), passed, times)
        for week in range(1, 1 + sum(change.weeks for change in changes if isinstance(change, Silence))):
            begin = min((one.since for one in now.values()), default=self._as_of)
            facts = self._facts(facts.history, days_after(begin, week * DAYS_A_WEEK))
            later = _spread(_by_key(facts), passed, times)
            found = {key: _held(one, found[key], is_worse=True) for key, one in later.items()}
        return facts, found

    def _facts(self, history: History, day: date) -> Facts:
        return Facts(Case(history, self._common, day), day)


def _steps(changes: Sequence[Change], known: Mapping[str, Outlook]) -> Iterator[_Step]:
    """The changes that change something, by kind and by the way that they may move a forecast."""
    days = {change.milestone: change for change in changes if isinstance(change, Move) and change.milestone in known}
    later = tuple(move for key, move in days.items() if move.to_on > known[key].named_on)
    earlier = tuple(move for key, move in days.items() if move.to_on < known[key].named_on)
    dropped = tuple(change for change in changes if isinstance(change, Drop) and change.milestone in known)
    more = tuple(change for change in changes if isinstance(change, More))
    silence = tuple(change for change in changes if isinstance(change, Silence) and change.weeks)
    found = (
        _Step(is_worse=True, changes=later),
        _Step(is_worse=False, changes=earlier),
        _Step(is_worse=False, changes=dropped),
        _Step(is_worse=_times(more) > 1, changes=more if _times(more) != 1 else ()),
        _Step(is_worse=True, changes=silence),
    )
    yield from (step for step in found if step.changes)


def _times(changes: Iterable[Change]) -> float:
    """Times what is left of the work."""
    return prod(1 + change.share for change in changes if isinstance(change, More))


def _changed(history: History, dropped: Collection[str], words: Mapping[str, date], as_of: date) -> History:
    """The history without some milestones from a day on, and with a last word that day on others."""
    return history._replace(
        milestones=tuple(
            one._replace(cancelled_on=as_of)
            if one.key in dropped
            else _named(one, words[one.key], as_of)
            if one.key in words
            else one
            for one in history.milestones
        )
    )


def _named(milestone: Milestone, on: date, as_of: date) -> Milestone:
    return milestone._replace(reports=(*milestone.reports, ProgressReport(as_of, forecast_on=on)))


def _by_key(facts: Facts) -> dict[str, Outlook]:
    return {one.milestone: one for one in facts.once(outlooks) if one is not None}


def _spread(found: dict[str, Outlook], passed: Collection[str], times: float) -> dict[str, Outlook]:
    """Forecasts, and of the results whose named day has passed with their likely days so many times as far ahead."""
    return {
        key: one._replace(likely=Likely(*(_stretched(one.since, on, times) for on in one.likely)))
        if times != 1 and key in passed
        else one
        for key, one in found.items()
    }


def _stretched(since: date, on: date, times: float) -> date:
    """The day so many times as far from another one, a part of a day being one."""
    return days_after(since, max(1, ceil((on - since).days * times - A_HAIR)))


def _held(one: Outlook, other: Outlook, *, is_worse: bool) -> Outlook:
    """A forecast with no chance told earlier than in another one, or where things get better none told later."""
    later_of = max if is_worse else min
    return one._replace(likely=Likely(*map(later_of, one.likely, other.likely)))
