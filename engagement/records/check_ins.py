"""Conversations with vendors, and all that is agreed in them, in one save; and that their notes were read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, or_, select, update

from engagement.assessment.values import CONTACT_CHANNELS, Channel, DeclaredStatus, Side
from engagement.errors import Problem, Refused
from engagement.records import schema, schema_later
from engagement.records.actions import NewAction, close, raise_action
from engagement.records.belonging import rows_of
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import Form, text_or_none, writing
from engagement.records.milestones import MilestoneWord, say
from engagement.records.people import is_person
from engagement.records.responses import InHand, end, take

__all__ = [
    "CheckInEntry",
    "InHand",
    "LastCheckIn",
    "MilestoneWord",
    "NewAction",
    "Recorded",
    "UnreadCheckIn",
    "acknowledge",
    "agreed_talks",
    "last_check_in",
    "log_check_ins",
    "recorded_of",
    "unread_check_ins",
    "usual_channel",
    "we_talked",
]

_CHECK_IN: Final = table_of(schema.CheckIn)
_ENGAGEMENT: Final = table_of(schema.Engagement)
_TERMS: Final = table_of(schema.Terms)
_AUDIT: Final = table_of(schema_later.AuditEntry)
_TEXTS: Final = ("attendees", "notes", "feedback_given", "feedback_received")
_SAID: Final = (*_TEXTS, "declared_status", "next_on")


class CheckInEntry(NamedTuple):
    """What was said with a vendor about one engagement. None and nothing are "not said"."""

    engagement: str
    held_on: date
    channel: Channel
    side: Side = "us"
    attendees: str | None = None
    notes: str | None = None
    declared_status: DeclaredStatus | None = None
    feedback_given: str | None = None
    feedback_received: str | None = None
    next_on: date | None = None
    milestones: tuple[MilestoneWord, ...] = ()
    """The vendor's word on milestones, as it was told to us."""
    closed_actions: tuple[int, ...] = ()
    """Ids of actions that turned out to be done."""
    new_actions: tuple[NewAction, ...] = ()
    ended: tuple[str, ...] = ()
    """Rules about which nothing is in hand any more."""
    taken: tuple[InHand, ...] = ()
    """What goes on until another day, said on the day it is recorded."""


class LastCheckIn(NamedTuple):
    """What was recorded last about an engagement, to start a form from."""

    held_on: date
    channel: Channel
    side: Side
    by: str | None
    attendees: str | None
    notes: str | None
    declared_status: DeclaredStatus | None
    next_on: date | None


class UnreadCheckIn(NamedTuple):
    """A check-in that was logged here and that the owner has not read."""

    id: int
    """Of these notes as they stand: once something is added to them it is another."""
    held_on: date
    channel: Channel
    side: Side
    by: str | None
    attendees: str | None
    notes: str | None
    declared_status: DeclaredStatus | None
    feedback_given: str | None
    feedback_received: str | None
    next_on: date | None


class Recorded(NamedTuple):
    """A check-in of ours as it stands, and what was closed with it."""

    engagement: str
    channel: Channel
    by: str | None
    at: datetime | None
    """When it was written last; None for one that came from a file."""
    closed: tuple[str, ...]
    """Titles of the actions that the same person closed on that day."""


def log_check_ins(database: Database, author: Author, entries: Sequence[CheckInEntry]) -> None:
    """Records check-ins of one or several engagements with everything said in them, in one transaction.

    A second check-in of the same person, day and channel adds to the first: its notes below the earlier ones, the rest
    in its place; the owner has to read it again. What the owner writes counts as read at once. Saving the very same
    twice records nothing more. Raises `Refused` with every problem of every entry.
    """
    if not entries:
        raise Refused((Problem("No engagement is chosen.", "Choose at least one.", column="engagement"),))
    with writing(database, author) as form:
        for entry in entries:
            log(form, entry)


def we_talked(
    database: Database, author: Author, engagement: str, held_on: date, channel: Channel | None = None
) -> None:
    """Records that we talked and nothing new was said. Without ``channel``, the way of our last contact up to then."""
    if channel is None:
        with database.reading() as connection:
            channel = usual_channel(connection, engagement, held_on)
    log_check_ins(database, author, [CheckInEntry(engagement, held_on, channel)])


def unread_check_ins(connection: Connection, engagement: str, as_of: date) -> tuple[UnreadCheckIn, ...]:
    """The check-ins of an engagement, logged here, that its owner had not read by the end of a day: oldest first."""
    unread = or_(_CHECK_IN.c.acknowledged_on.is_(None), _CHECK_IN.c.acknowledged_on > as_of)
    query = (
        rows_of(_CHECK_IN, UnreadCheckIn._fields, engagement)
        .where(_CHECK_IN.c.held_on <= as_of, unread)
        .where(_CHECK_IN.c.imported.is_(False), _CHECK_IN.c.replaced_at.is_(None))
        .order_by(_CHECK_IN.c.held_on, _CHECK_IN.c.place)
    )
    return tuple(UnreadCheckIn(*row) for row in connection.execute(query))


def acknowledge(database: Database, author: Author, engagement: str, check_ins: Collection[int], read_on: date) -> None:
    """Records that the owner of an engagement has read some check-ins, by id; what was read before stays as it is.

    Raises `Refused` where somebody else says so, for check-ins that are gone or were added to since they were shown,
    and for a day still to come or before the talk.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        form.past("read_on", read_on)
        if number:
            _check_reader(form, number)
        if not check_ins:
            form.refuse("check_ins", "No check-in is chosen.", "Choose at least one.")
        query = (
            select(_CHECK_IN)
            .where(_CHECK_IN.c.engagement_id == number, _CHECK_IN.c.id.in_(set(check_ins)))
            .where(_CHECK_IN.c.replaced_at.is_(None))
            .order_by(_CHECK_IN.c.held_on, _CHECK_IN.c.place)
        )
        found = form.connection.execute(query).all()
        if len(found) < len(set(check_ins)):
            form.refuse("check_ins", "Something was added to these notes since you saw them.", "Read them again.")
        for one in found:
            if one.held_on > read_on:
                what = f"The talk of {one.held_on.isoformat()} was held later than it would have been read."
                form.refuse("read_on", what, "Choose a later day.")
        form.check()
        for one in found:
            if one.acknowledged_on is None:
                _read(form, engagement, one, read_on)


def usual_channel(connection: Connection, engagement: str, as_of: date) -> Channel:
    """The way of our last contact up to a day; a call where there was none."""
    last = _last(connection, engagement, as_of, _CHECK_IN.c.channel.in_(CONTACT_CHANNELS))
    return "call" if last is None else last.channel


def last_check_in(connection: Connection, engagement: str, as_of: date) -> LastCheckIn | None:
    """The last check-in of ours up to a day, to start a form from. None where there is none."""
    return _last(connection, engagement, as_of)


def recorded_of(connection: Connection, keys: Collection[str], held_on: date) -> tuple[Recorded, ...]:
    """The check-ins of ours about some engagements that are recorded for a day, in the order they were recorded."""
    query = (
        select(_ENGAGEMENT.c.key, *[_CHECK_IN.c[name] for name in ("channel", "by", "recorded_at", "imported")])
        .join(_ENGAGEMENT, _ENGAGEMENT.c.id == _CHECK_IN.c.engagement_id)
        .where(_ENGAGEMENT.c.key.in_(set(keys)), _CHECK_IN.c.held_on == held_on, _CHECK_IN.c.side == "us")
        .where(_CHECK_IN.c.channel.in_(CONTACT_CHANNELS), _CHECK_IN.c.replaced_at.is_(None))
        .order_by(_CHECK_IN.c.recorded_at, _CHECK_IN.c.place)
    )
    found = connection.execute(query).all()
    closed = _closed(connection, {key for key, *_ in found}, held_on) if found else {}
    return tuple(
        Recorded(key, channel, by, None if imported else at, tuple(closed.get((key, by), ())))
        for key, channel, by, at, imported in found
    )


def agreed_talks(connection: Connection, until: date) -> dict[str, date]:
    """By engagement the day that was agreed for the next talk, where it has come by ``until`` and none was held since.

    Only what was agreed in the last check-in of ours holds.
    """
    later = _CHECK_IN.alias()
    last = (
        select(later.c.id)
        .where(later.c.engagement_id == _ENGAGEMENT.c.id, later.c.held_on <= until, later.c.side == "us")
        .where(later.c.replaced_at.is_(None))
        .order_by(later.c.held_on.desc(), later.c.place.desc())
        .limit(1)
        .correlate(_ENGAGEMENT)
        .scalar_subquery()
    )
    query = (
        select(_ENGAGEMENT.c.key, _CHECK_IN.c.next_on)
        .select_from(_ENGAGEMENT)
        .join(_CHECK_IN, _CHECK_IN.c.id == last)
        .where(_CHECK_IN.c.next_on <= until)
    )
    return {row.key: row.next_on for row in connection.execute(query)}


def _closed(connection: Connection, keys: Collection[str], closed_on: date) -> dict[tuple[str, str], list[str]]:
    """Titles of what was closed on a day, by engagement and by who closed it."""
    query = (
        select(_AUDIT.c.engagement, _AUDIT.c.by, _AUDIT.c.subject, _AUDIT.c.after)
        .where(_AUDIT.c.engagement.in_(keys), _AUDIT.c.what == "close action")
        .order_by(_AUDIT.c.id)
    )
    closed: dict[tuple[str, str], list[str]] = {}
    for key, by, title, after in connection.execute(query):
        if after["closed_on"] == closed_on.isoformat():
            closed.setdefault((key, by), []).append(title)
    return closed


def _last(connection: Connection, engagement: str, as_of: date, *such: ColumnElement[bool]) -> LastCheckIn | None:
    query = (
        rows_of(_CHECK_IN, LastCheckIn._fields, engagement)
        .where(_CHECK_IN.c.held_on <= as_of, _CHECK_IN.c.side == "us")
        .where(_CHECK_IN.c.replaced_at.is_(None), *such)
        .order_by(_CHECK_IN.c.held_on.desc(), _CHECK_IN.c.place.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else LastCheckIn(*row)


def _owner(form: Form, engagement: int) -> str | None:
    """Who owns an engagement today, as it is recorded."""
    holds = or_(_TERMS.c.from_on.is_(None), _TERMS.c.from_on <= form.author.today)
    query = (
        select(_TERMS.c.owner)
        .where(_TERMS.c.engagement_id == engagement, holds)
        .order_by(_TERMS.c.from_on.desc().nulls_last())
        .limit(1)
    )
    owner: str | None = form.connection.scalar(query)
    return owner


def _by_owner(form: Form, engagement: int) -> bool:
    owner = _owner(form, engagement)
    return owner is not None and is_person(form.connection, form.author.name, owner)


def _check_reader(form: Form, engagement: int) -> None:
    """Only the owner can say that the owner has read something."""
    owner = _owner(form, engagement)
    if owner is None:
        form.refuse("engagement", "Nobody owns it, so that nobody can have read its notes.", "Name an owner first.")
    elif not form.author.rehearses and not is_person(form.connection, form.author.name, owner):
        remedy = "Ask them to, or change the owner."
        form.refuse("engagement", f"Only its owner, {owner}, can say that they have read these notes.", remedy)


def _read(form: Form, key: str, check_in: Row[Any], read_on: date) -> None:
    """Writes down that a check-in was read."""
    row = {"acknowledged_by": form.author.name, "acknowledged_on": read_on}
    form.connection.execute(update(_CHECK_IN).where(_CHECK_IN.c.id == check_in.id).values(row))
    form.transaction.touch(check_in.engagement_id)
    subject = f"{check_in.held_on.isoformat()} {check_in.channel}"
    form.note("acknowledge", key, subject=subject, before=dict.fromkeys(row), after=row)


def log(form: Form, entry: CheckInEntry) -> None:
    """Records a check-in with everything said in it, as part of a form."""
    engagement = form.engagement(entry.engagement)
    form.past("held_on", entry.held_on)
    form.word("channel", entry.channel)
    form.word("side", entry.side)
    form.word("declared_status", entry.declared_status, required=False)
    if entry.next_on is not None and entry.next_on <= entry.held_on:
        what = f"{entry.next_on.isoformat()} is not after the talk itself, {entry.held_on.isoformat()}."
        form.refuse("next_on", what, "Choose a later day, or leave it open.")
    if engagement:
        _record(form, engagement, entry)
        for word in entry.milestones:
            say(form, engagement, entry.engagement, word, entry.held_on)
        for number in entry.closed_actions:
            close(form, engagement, entry.engagement, number, entry.held_on)
        for action in entry.new_actions:
            raise_action(form, engagement, entry.engagement, action, entry.held_on)
        if entry.ended:
            for ended_on in sorted({entry.held_on, form.author.today}):  # what was said since the talk is over today
                end(form, engagement, entry.engagement, entry.ended, ended_on)
        for one in entry.taken:
            take(form, engagement, entry.engagement, one, form.author.today)


def _record(form: Form, engagement: int, entry: CheckInEntry) -> None:
    """Writes the check-in itself, as a correction of one that it adds to."""
    if form.problems:
        return
    said = {name: getattr(entry, name) for name in _SAID}
    said |= {name: text_or_none(said[name]) for name in _TEXTS}
    key = {"held_on": entry.held_on, "channel": entry.channel, "side": entry.side, "by": form.author.name}
    query = select(_CHECK_IN).where(_CHECK_IN.c.engagement_id == engagement, _CHECK_IN.c.replaced_at.is_(None))
    query = query.where(*[_CHECK_IN.c[name] == value for name, value in key.items()])
    earlier = form.connection.execute(query).mappings().one_or_none()
    row: dict[str, Any] = {**key, "engagement_id": engagement, "imported": False, "recorded_at": form.author.at}
    row |= {"recorded_on": form.author.today}
    if _by_owner(form, engagement):
        row |= {"acknowledged_by": form.author.name, "acknowledged_on": form.author.today}
    if earlier is None:
        form.add(_CHECK_IN, **row, **said)
    else:
        together = _together(earlier, said)
        if all(earlier[name] == value for name, value in together.items()):
            return
        replaced = update(_CHECK_IN).where(_CHECK_IN.c.id == earlier["id"]).values(replaced_at=form.author.at)
        form.connection.execute(replaced)
        row["recorded_on"] = earlier["recorded_on"] or form.author.today
        form.add(_CHECK_IN, **row, **together, place=earlier["place"], replaces_id=earlier["id"])
    form.transaction.touch(engagement)
    before = None if earlier is None else {name: earlier[name] for name in _SAID}
    form.note("log check-in", entry.engagement, before=before, after={**key, **said})


def _together(earlier: Mapping[Any, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What two check-ins of one person, day and channel say together."""
    together = {name: value if value is not None else earlier[name] for name, value in said.items()}
    for name in ("notes", "feedback_given", "feedback_received"):
        before, now = earlier[name], said[name]
        if before and now:
            together[name] = before if now in before else f"{before}\n\n{now}"
    return together
