"""Which version of the plan is current on a day, and which one the vendor has confirmed.

The first version begins with the work. Another begins on each day on which goal, scope, dates or milestones were
changed, also before the start; all changes of a day make one version. What was changed while the work was a draft, or
on the day it was recorded, belongs to the first one.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from engagement.assessment import wording
from engagement.assessment.terms import ONE_DAY, terms_on
from engagement.assessment.values import History, PlanChangeKind

_TERMS: Final = {
    "goal": "another goal",
    "scope": "another scope",
    "starts_on": "another start",
    "ends_on": "another end",
}
"""What of the terms the vendor has to agree to."""
_MILESTONE: Final[dict[PlanChangeKind, str]] = {
    "added": "{name} added",
    "name": "{name} renamed",
    "criteria": "new criteria for {name}",
    "start": "another start for {name}",
    "due": "another date for {name}",
    "cancelled": "{name} cancelled",
    "taken_up": "{name} taken up again",
}


class Unconfirmed(NamedTuple):
    """The current version of the plan is none that the vendor has confirmed."""

    version: int
    """The current one."""
    confirmed: int
    """The highest that was confirmed, 0 where none was."""
    since: date
    """The first day on which a version after the confirmed one began."""


class _Change(NamedTuple):
    """Something of the plan that was changed on a day."""

    on: date
    template: str
    """What was, in words, with ``name`` of the milestone and ``due`` for a day that was agreed."""
    milestone: str = ""
    """Its key, or that of the series."""
    due_on: date | None = None


class Version(NamedTuple):
    """A version of the plan."""

    number: int
    """From 1."""
    since: date
    what: str
    """What was changed, in words; empty for the first version."""


def plan_version(history: History, day: date) -> int:
    """The version of the plan by the end of a day. The first is 1; it rises once on every day of a change."""
    return 1 + len(_change_days(history, day))


def versions(history: History, day: date) -> list[Version]:
    """Every version of the plan up to the end of a day, oldest first."""
    names = {one.key: one.name for one in history.series} | {one.key: one.name for one in history.milestones}
    changes: dict[date, list[str]] = {}
    for change in _changes(history):
        if change.on <= day:
            changes.setdefault(change.on, []).append(_in_words(change, names, day))
    first = Version(1, terms_on(history, day).starts_on, "")
    later = (
        Version(number, on, wording.listed(list(dict.fromkeys(changes[on]))))
        for number, on in enumerate(sorted(changes), 2)
    )
    return [first, *later]


def confirmed_version(history: History, day: date) -> int:
    """The highest version that the vendor had confirmed by the end of a day; 0 where it had confirmed none."""
    return max((one.plan_version for one in history.confirmations if one.confirmed_on <= day), default=0)


def unconfirmed(history: History, day: date) -> Unconfirmed | None:
    """What the vendor has not confirmed by the end of a day; None where it has confirmed the current version."""
    version, confirmed = plan_version(history, day), confirmed_version(history, day)
    if confirmed >= version:
        return None
    began = [terms_on(history, day).starts_on, *_change_days(history, day)]
    return Unconfirmed(version, confirmed, min(began[confirmed:]))


def _change_days(history: History, day: date) -> list[date]:
    return sorted({change.on for change in _changes(history) if change.on <= day})


def _changes(history: History) -> Iterator[_Change]:
    for from_on in sorted({terms.from_on for terms in history.terms if terms.from_on}):
        before, after = terms_on(history, from_on - ONE_DAY), terms_on(history, from_on)
        for column, what in _TERMS.items():
            if getattr(before, column) != getattr(after, column):
                yield _Change(from_on, what)
    for change in history.plan_changes:
        yield _Change(change.changed_on, _MILESTONE[change.what], change.milestone)
    for milestone in history.milestones:
        for baseline in milestone.baselines:
            yield _Change(baseline.set_on, "{name} moved to {due}", milestone.key, baseline.due_on)
        if milestone.cancelled_on is not None:
            yield _Change(milestone.cancelled_on, _MILESTONE["cancelled"], milestone.key)


def _in_words(change: _Change, names: Mapping[str, str], day: date) -> str:
    due = wording.day(change.due_on, day) if change.due_on else ""
    return change.template.format(name=names.get(change.milestone, change.milestone), due=due)
