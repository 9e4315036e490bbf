"""Days on which a plan was changed, kept where nothing else keeps them: see `values.PlanChange`.

A draft is not agreed upon, and what is planned on the day on which work is recorded belongs to its first version: such
changes are not put down.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, insert, select

from engagement.assessment.values import PlanChangeKind
from engagement.records import schema, schema_later
from engagement.records.database import Transaction, table_of
from engagement.records.merge import chunks

_CHANGE: Final = table_of(schema_later.PlanChange)
_TERMS: Final = table_of(schema.Terms)
_KINDS: Final[Mapping[str, PlanChangeKind]] = {
    "name": "name",
    "acceptance_criteria": "criteria",
    "starts_on": "start",
    "due_on": "due",
    "every": "due",
    "due_day": "due",
    "from_on": "due",
    "until_on": "due",
}
"""Columns of a milestone and a series that the vendor has to agree to. Priority, weight and value are ours."""


class Changed(NamedTuple):
    """Something of a plan that was changed."""

    engagement: int
    milestone: str
    """Key of the milestone or of the series."""
    what: PlanChangeKind
    changed_on: date


def of_columns(engagement: int, milestone: str, columns: Iterable[str], day: date) -> list[Changed]:
    """What a change of some columns of a milestone or a series is to its plan."""
    return [Changed(engagement, milestone, _KINDS[name], day) for name in columns if name in _KINDS]


def of_cancelling(engagement: int, milestone: str, before: date | None, after: date | None, day: date) -> list[Changed]:
    """What it is to the plan that a milestone is given up from another day on than ``before``, or not at all any more.

    The day on which it is given up makes a version by itself; it is the earlier one that would be forgotten.
    """
    if before is None or before == after:
        return []
    was = Changed(engagement, milestone, "cancelled", before)
    return [was, Changed(engagement, milestone, "taken_up", day)] if after is None else [was]


def put_down(transaction: Transaction, changes: Iterable[Changed]) -> None:
    """Puts down changes, once each."""
    changes = dict.fromkeys(changes)
    if not changes:
        return
    connection = transaction.connection
    of = {change.engagement for change in changes}
    agreed, known = _agreed_from(connection, of), _known(connection, of)
    new = [
        change
        for change in changes
        if change not in known and (first := agreed[change.engagement]) is not None and change.changed_on > first
    ]
    if new:
        number = transaction.next_id(_CHANGE, len(new))
        rows: list[dict[str, Any]] = [
            {
                "id": number + place,
                "engagement_id": change.engagement,
                "changed_on": change.changed_on,
                "milestone": change.milestone,
                "what": change.what,
            }
            for place, change in enumerate(new)
        ]
        connection.execute(insert(_CHANGE), rows)


def _agreed_from(connection: Connection, engagements: Iterable[int]) -> dict[int, date | None]:
    """By engagement, the day after which changes count: when it was recorded; None while it is a draft."""
    found: dict[int, date | None] = {}
    for ids in chunks(engagements):
        query = select(_TERMS.c.engagement_id, _TERMS.c.recorded_on, _TERMS.c.status)
        query = query.where(_TERMS.c.engagement_id.in_(ids)).order_by(_TERMS.c.from_on.nulls_first())
        for number, recorded_on, status in connection.execute(query):
            found[number] = None if status == "draft" else recorded_on or date.min
    return found


def _known(connection: Connection, engagements: Iterable[int]) -> set[Changed]:
    """The changes that are put down already."""
    found = set()
    for ids in chunks(engagements):
        columns = _CHANGE.c.engagement_id, _CHANGE.c.milestone, _CHANGE.c.what, _CHANGE.c.changed_on
        for row in connection.execute(select(*columns).where(_CHANGE.c.engagement_id.in_(ids))):
            found.add(Changed(*row))
    return found
