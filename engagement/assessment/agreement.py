"""Which version of the plan is current on a day, and which one the vendor has confirmed.

A version begins on a day on which goal, scope, dates or milestones were changed; all changes of a day make one version.
Milestones added later and criteria edited later carry no day in the records, so that they make none.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from engagement.assessment.terms import terms_on
from engagement.assessment.values import History, Terms


class Unconfirmed(NamedTuple):
    """The current version of the plan is none that the vendor has confirmed."""

    version: int
    """The current one."""
    confirmed: int
    """The highest that was confirmed, 0 where none was."""
    since: date
    """The day on which the first version after the confirmed one began."""


def plan_version(history: History, day: date) -> int:
    """The version of the plan by the end of a day. The first is 1; it rises once on every day of a change."""
    return 1 + len(_change_days(history, day))


def version_began_on(history: History, version: int, day: date) -> date:
    """The day on which a version began, as known by a day: the first with the work, and no later one before it."""
    starts_on = terms_on(history, day).starts_on
    if version <= 1:
        return starts_on
    return max(_change_days(history, day)[version - 2], starts_on)


def confirmed_version(history: History, day: date) -> int:
    """The highest version that the vendor had confirmed by the end of a day; 0 where it had confirmed none."""
    return max((one.plan_version for one in history.confirmations if one.confirmed_on <= day), default=0)


def unconfirmed(history: History, day: date) -> Unconfirmed | None:
    """What the vendor has not confirmed by the end of a day; None where it has confirmed the current version."""
    version, confirmed = plan_version(history, day), confirmed_version(history, day)
    if confirmed >= version:
        return None
    return Unconfirmed(version, confirmed, version_began_on(history, confirmed + 1, day))


def _change_days(history: History, day: date) -> list[date]:
    return sorted({changed_on for changed_on in _changes(history) if changed_on <= day})


def _changes(history: History) -> Iterator[date]:
    for before, after in pairwise(history.terms):
        if after.from_on is not None and _agreed(before) != _agreed(after):
            yield after.from_on
    for milestone in history.milestones:
        yield from (baseline.set_on for baseline in milestone.baselines)
        if milestone.cancelled_on is not None:
            yield milestone.cancelled_on


def _agreed(terms: Terms) -> tuple[str | None, str | None, date, date | None]:
    """What of the terms the vendor has to agree to."""
    return terms.goal, terms.scope, terms.starts_on, terms.ends_on
