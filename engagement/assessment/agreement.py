"""Which version of the plan is current on a day, and which one the vendor has confirmed.

The first version begins with the work. Another begins on each day on which goal, scope, dates or milestones were
changed, also before the start; all changes of a day make one version. Milestones added later and criteria edited later
carry no day in the records, so that they make none.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from engagement.assessment.terms import ONE_DAY, terms_on
from engagement.assessment.values import History, Terms


class Unconfirmed(NamedTuple):
    """The current version of the plan is none that the vendor has confirmed."""

    version: int
    """The current one."""
    confirmed: int
    """The highest that was confirmed, 0 where none was."""
    since: date
    """The first day on which a version after the confirmed one began."""


def plan_version(history: History, day: date) -> int:
    """The version of the plan by the end of a day. The first is 1; it rises once on every day of a change."""
    return 1 + len(_change_days(history, day))


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
    return sorted({changed_on for changed_on in _changes(history) if changed_on <= day})


def _changes(history: History) -> Iterator[date]:
    for from_on in {terms.from_on for terms in history.terms}:
        if from_on and _agreed(terms_on(history, from_on - ONE_DAY)) != _agreed(terms_on(history, from_on)):
            yield from_on
    for milestone in history.milestones:
        yield from (baseline.set_on for baseline in milestone.baselines)
        if milestone.cancelled_on is not None:
            yield milestone.cancelled_on


def _agreed(terms: Terms) -> tuple[str | None, str | None, date, date | None]:
    """What of the terms the vendor has to agree to."""
    return terms.goal, terms.scope, terms.starts_on, terms.ends_on
