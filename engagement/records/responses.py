"""Warnings that a person took in hand, and the end of it before its day."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, select, update

from engagement.assessment.values import Response
from engagement.records import schema, schema_later
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import Form, writing
from engagement.records.merge_checks import LONGEST_IN_HAND

_RESPONSE: Final = table_of(schema_later.Response)
_ENGAGEMENT: Final = table_of(schema.Engagement)
_ONE_DAY: Final = timedelta(days=1)


class InHand(NamedTuple):
    """What is being done about some warnings, by whom, and until when."""

    rules: tuple[str, ...]
    plan: str
    assignee: str | None
    until_on: date


def responses(connection: Connection, keys: Collection[str], as_of: date) -> dict[str, tuple[Response, ...]]:
    """What was said by a day of warnings of some engagements, by engagement; the others are left out."""
    query = (
        select(_ENGAGEMENT.c.key, *[_RESPONSE.c[name] for name in Response._fields])
        .join(_ENGAGEMENT, _ENGAGEMENT.c.id == _RESPONSE.c.engagement_id)
        .where(_ENGAGEMENT.c.key.in_(set(keys)), _RESPONSE.c.said_on <= as_of)
        .order_by(_ENGAGEMENT.c.key, _RESPONSE.c.said_on, _RESPONSE.c.place)
    )
    found: dict[str, tuple[Response, ...]] = {}
    for key, *said in connection.execute(query):
        found[key] = (*found.get(key, ()), Response(*said))
    return found


def take_in_hand(
    database: Database,
    author: Author,
    engagement: str,
    *rules: str,
    plan: str,
    assignee: str | None,
    said_on: date,
    until_on: date,
) -> None:
    """Says what is being done about some warnings of an engagement, by whom, and until when: at most 30 days.

    All of them in one transaction. What was said of them on the same day before is replaced. Raises `Refused` where no
    warning is named, nothing is being done, nobody does it, or the day lies outside those 30.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        form.past("said_on", said_on)
        take(form, number, engagement, InHand(rules, plan, assignee, until_on), said_on)


def take(form: Form, engagement: int, key: str, said: InHand, said_on: date) -> None:
    """The same as part of a form."""
    if not said.rules:
        form.refuse("rule", "No warning is chosen.", "Choose at least one.")
    row = {"plan": form.said("plan", said.plan), "assignee": form.said("assignee", said.assignee)}
    if not said_on <= said.until_on <= said_on + LONGEST_IN_HAND:
        latest = said_on + timedelta(days=LONGEST_IN_HAND.days)
        what = f"{said.until_on.isoformat()} is not within 30 days."
        form.refuse("until_on", what, f"Choose a day up to {latest.isoformat()}.")
    for rule in dict.fromkeys(said.rules):
        one = {"rule": form.said("rule", rule), **row, "said_on": said_on, "until_on": said.until_on}
        form.check()
        same_day = (_RESPONSE.c.engagement_id == engagement, _RESPONSE.c.rule == rule, _RESPONSE.c.said_on == said_on)
        form.connection.execute(delete(_RESPONSE).where(*same_day))
        form.add(_RESPONSE, engagement_id=engagement, **one)
        form.note("take in hand", key, subject=rule, after=one)
    form.transaction.touch(engagement)


def end_in_hand(database: Database, author: Author, engagement: str, *rules: str, ended_on: date) -> None:
    """Says that nothing is in hand about some warnings from a day on: those that still hold are back.

    Raises `Refused` for a day still to come.
    """
    with writing(database, author) as form:
        form.past("ended_on", ended_on)
        number = form.engagement(engagement)
        if number:
            end(form, number, engagement, rules, ended_on)


def end(form: Form, engagement: int, key: str, rules: Collection[str], ended_on: date) -> None:
    """The same as part of a form. What was said on that very day is taken back."""
    query = select(_RESPONSE).where(
        _RESPONSE.c.engagement_id == engagement,
        _RESPONSE.c.rule.in_(set(rules)),
        _RESPONSE.c.said_on <= ended_on,
        _RESPONSE.c.until_on >= ended_on,
    )
    found = form.connection.execute(query.order_by(_RESPONSE.c.id)).all()
    if form.problems:
        return
    for one in found:
        this = _RESPONSE.c.id == one.id
        last_on = ended_on - _ONE_DAY if one.said_on < ended_on else None
        if last_on is None:
            form.connection.execute(delete(_RESPONSE).where(this))
        else:
            form.connection.execute(update(_RESPONSE).where(this).values(until_on=last_on))
        form.note("end in hand", key, subject=one.rule, before={"until_on": one.until_on}, after={"until_on": last_on})
    if found:
        form.transaction.touch(engagement)
