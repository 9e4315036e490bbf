"""What one side said it would do, issues and open questions."""

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, or_, select, update

from engagement.assessment.values import ActionKind, Side
from engagement.records import schema
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import Form, text_or_none, writing
from engagement.records.history import MANY
from engagement.records.totals import count_promises

_ACTION: Final = table_of(schema.Action)
_ENGAGEMENT: Final = table_of(schema.Engagement)


class OpenAction(NamedTuple):
    """An action, issue or question that is not closed."""

    id: int
    engagement: str
    kind: ActionKind
    title: str
    raised_on: date
    side: Side | None
    assignee: str | None
    due_on: date | None
    promised_on: date | None


class NewAction(NamedTuple):
    """Something that is to be done from now on."""

    kind: ActionKind
    title: str
    side: Side | None = None
    assignee: str | None = None
    due_on: date | None = None


def open_actions(connection: Connection, keys: Collection[str], as_of: date) -> tuple[OpenAction, ...]:
    """What is open on a day of some engagements: what is due first comes first, what has no date last."""
    query = (
        select(_ACTION.c.id, _ENGAGEMENT.c.key, *[_ACTION.c[name] for name in OpenAction._fields[2:]])
        .join(_ENGAGEMENT, _ENGAGEMENT.c.id == _ACTION.c.engagement_id)
        .where(_ACTION.c.raised_on <= as_of, or_(_ACTION.c.closed_on.is_(None), _ACTION.c.closed_on > as_of))
    )
    asked = frozenset(keys)
    if len(asked) <= MANY:
        query = query.where(_ENGAGEMENT.c.key.in_(asked))
    found = (OpenAction(*row) for row in connection.execute(query))
    return tuple(sorted((one for one in found if one.engagement in asked), key=_due_first))


def close_action(database: Database, author: Author, action: int, closed_on: date) -> None:
    """Closes an action; one that is closed already stays as it is. An unknown one is `Refused`, and a wrong day."""
    with writing(database, author) as form:
        query = (
            select(_ACTION.c.engagement_id, _ENGAGEMENT.c.key)
            .join(_ENGAGEMENT, _ENGAGEMENT.c.id == _ACTION.c.engagement_id)
            .where(_ACTION.c.id == action)
        )
        found = form.connection.execute(query).one_or_none()
        if found is None:
            form.refuse("action", "There is no such action any more.", "Look at the list again.")
        else:
            close(form, found.engagement_id, found.key, action, closed_on)


def close(form: Form, engagement: int, key: str, action: int, closed_on: date) -> None:
    """Closes an action of an engagement, as part of a form."""
    form.past("closed_on", closed_on)
    query = select(_ACTION.c.title, _ACTION.c.raised_on, _ACTION.c.closed_on).where(
        _ACTION.c.id == action, _ACTION.c.engagement_id == engagement
    )
    found = form.connection.execute(query).one_or_none()
    if found is None:
        form.refuse("closed_actions", f'There is no such action of "{key}".', "Look at the list again.")
        return
    if closed_on < found.raised_on:
        what = f'"{found.title}" was raised on {found.raised_on.isoformat()}, later than it would be closed.'
        form.refuse("closed_on", what, "Choose a later day.")
    if found.closed_on is not None or form.problems:
        return
    form.connection.execute(update(_ACTION).where(_ACTION.c.id == action).values(closed_on=closed_on))
    count_promises(form.connection, [engagement])
    form.transaction.touch(engagement)
    form.note("close action", key, subject=found.title, before={"closed_on": None}, after={"closed_on": closed_on})


def change_action(
    database: Database, author: Author, action: int, *, due_on: date | None, assignee: str | None
) -> None:
    """Agrees another day for an open action, or another person. The first day that was promised never changes.

    Where it had no day, this one is the first. Raises `Refused` for an unknown or closed action, and for a day that is
    taken away, or comes before the action was raised.
    """
    with writing(database, author) as form:
        found = form.connection.execute(
            select(_ACTION, _ENGAGEMENT.c.key)
            .join(_ENGAGEMENT, _ENGAGEMENT.c.id == _ACTION.c.engagement_id)
            .where(_ACTION.c.id == action)
        ).one_or_none()
        if found is None:
            form.refuse("action", "There is no such action any more.", "Look at the list again.")
            return
        if found.closed_on is not None:
            what = f'"{found.title}" was closed on {found.closed_on.isoformat()}.'
            form.refuse("action", what, "Note a new one with the next check-in.")
        if due_on is None and found.due_on is not None:
            what = f'"{found.title}" is due on {found.due_on.isoformat()}, and would be due on no day.'
            form.refuse("due_on", what, "Choose the day that is agreed now.")
        _not_before_raised(form, found.title, due_on, found.raised_on)
        before = {"due_on": found.due_on, "assignee": found.assignee}
        after = {"due_on": due_on, "assignee": text_or_none(assignee)}
        if form.problems or after == before:
            return
        row = {**after, "promised_on": found.promised_on or due_on}
        form.connection.execute(update(_ACTION).where(_ACTION.c.id == action).values(**row))
        form.transaction.touch(found.engagement_id)
        form.note("change action", found.key, subject=found.title, before=before, after=after)


def raise_action(form: Form, engagement: int, key: str, said: NewAction, raised_on: date) -> None:
    """Adds an action to an engagement, as part of a form."""
    title = form.said("title", said.title)
    form.word("kind", said.kind)
    form.word("side", said.side, required=False)
    _not_before_raised(form, title, said.due_on, raised_on)
    known = select(_ACTION.c.id).where(
        _ACTION.c.engagement_id == engagement, _ACTION.c.title == title, _ACTION.c.raised_on == raised_on
    )
    if form.connection.scalar(known) is not None:
        form.refuse("title", f'"{title}" is noted for that day already.', "Give this one another name.")
    if form.problems:
        return
    row = said._replace(title=title, assignee=text_or_none(said.assignee))._asdict()
    form.add(_ACTION, engagement_id=engagement, raised_on=raised_on, promised_on=said.due_on, **row)
    form.note("raise action", key, subject=title, after={**row, "raised_on": raised_on})


def _not_before_raised(form: Form, title: str, due_on: date | None, raised_on: date) -> None:
    if due_on is not None and due_on < raised_on:
        what = f'"{title}" would be due on {due_on.isoformat()}, before it was raised.'
        form.refuse("due_on", what, "Choose that day or a later one.")


def _due_first(action: OpenAction) -> tuple[date, str, int]:
    return action.due_on or date.max, action.engagement, action.id
