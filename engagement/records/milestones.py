"""Promised results: their dates, how far they are, and their delivery."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, func, select, update

from engagement.assessment.values import Outcome, Side
from engagement.records import schema, schema_later
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import Form, text_or_none, writing
from engagement.records.histories_built import FIRST_ACCEPTED
from engagement.records.numbers import Unfit, millionths
from engagement.records.plan_changes import Changed, of_cancelling, of_columns, put_down

_MILESTONE: Final = table_of(schema.Milestone)
_BASELINE: Final = table_of(schema.Baseline)
_REPORT: Final = table_of(schema.ProgressReport)
_DELIVERY: Final = table_of(schema.Delivery)
_TERMS: Final = table_of(schema.Terms)
_AUDIT: Final = table_of(schema_later.AuditEntry)
_REPORTED: Final = "report progress"
_CHANGEABLE: Final[tuple[str, ...]] = (
    "name",
    "acceptance_criteria",
    "priority",
    "weight",
    "value",
    "starts_on",
    "due_on",
)


class MilestoneWord(NamedTuple):
    """What was said of a milestone: how far it is (0 to 1), when it will be done, or both."""

    milestone: str
    share: float | None = None
    forecast_on: date | None = None


def add_milestone(
    database: Database,
    author: Author,
    engagement: str,
    milestone: str,
    name: str,
    *,
    due_on: date | None = None,
    starts_on: date | None = None,
    weight: float | None = None,
    value: Decimal | None = None,
    priority: str | None = None,
    acceptance_criteria: str | None = None,
) -> None:
    """Adds a milestone to the plan. Raises `Refused` for a key that is taken, or a weight or value below 0."""
    with writing(database, author) as form:
        number = form.engagement(engagement)
        key, name = form.said("milestone", milestone), form.said("name", name)
        known = select(_MILESTONE.c.id).where(_MILESTONE.c.engagement_id == number, _MILESTONE.c.key == key)
        if form.connection.scalar(known) is not None:
            form.refuse("milestone", f'There is a milestone "{key}" already.', "Choose another key.")
        if weight is not None and not weight >= 0:
            form.refuse("weight", f'"{weight:g}" is negative.', "Say 0 or more.")
        row: dict[str, Any] = {"key": key, "name": name, "due_on": due_on, "starts_on": starts_on, "weight": weight}
        row |= {"value": _amount(form, "value", value), "priority": text_or_none(priority)}
        row["acceptance_criteria"] = text_or_none(acceptance_criteria)
        form.add(_MILESTONE, engagement_id=number, **row)
        put_down(form.transaction, [Changed(number, key, "added", author.today)])
        form.transaction.touch(number)
        form.note("add milestone", engagement, subject=key, after={**row, "value": value})


def rebaseline(
    database: Database,
    author: Author,
    engagement: str,
    milestone: str,
    due_on: date,
    *,
    reason: str | None = None,
    approved_by: str | None = None,
    set_on: date | None = None,
) -> None:
    """Agrees a new date for a milestone from ``set_on`` (None: today) on. The first promise stays on record."""
    with writing(database, author) as form:
        day = set_on or author.today
        form.past("set_on", day)
        agree(form, engagement, milestone, due_on, reason=reason, approved_by=approved_by, set_on=day)


def agree(
    form: Form,
    engagement: str,
    milestone: str,
    due_on: date,
    *,
    reason: str | None,
    approved_by: str | None,
    set_on: date,
) -> None:
    """Agrees a new date for a milestone, as part of a form."""
    number = form.engagement(engagement)
    own = form.milestone(number, milestone)
    row = {"set_on": set_on, "due_on": due_on}
    row |= {"reason": text_or_none(reason), "approved_by": text_or_none(approved_by)}  # type: ignore[dict-item]
    form.add(_BASELINE, milestone_id=own, **row)
    form.transaction.touch(number)
    form.note("rebaseline", engagement, subject=milestone, after=row)


def change_milestone(database: Database, author: Author, engagement: str, milestone: str, **changes: Any) -> None:
    """Changes what a milestone is: its name, criteria, priority, start, weight or value. Saying what holds is nothing.

    A first due date may be given where there is none yet; once there is one it stays, and `rebaseline` agrees another.
    Raises `Refused` with every problem.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        own = form.milestone(number, milestone)
        for strange in sorted(changes.keys() - set(_CHANGEABLE)):
            form.refuse(strange, f'"{strange}" cannot be changed.', "Leave it out.")
        row = {column: _fit(form, column, changes[column]) for column in _CHANGEABLE if column in changes}
        query = select(*[_MILESTONE.c[column] for column in _CHANGEABLE]).where(_MILESTONE.c.id == own)
        recorded: Mapping[Any, Any] = form.connection.execute(query).mappings().one_or_none() or {}
        after = {column: held for column, held in row.items() if held != recorded.get(column)}
        if "due_on" in after and _has_date(form, own):
            form.refuse("due_on", "Its first promise stays on record.", "Agree a new date for it instead.")
        form.check()
        if after:
            form.connection.execute(update(_MILESTONE).where(_MILESTONE.c.id == own).values(after))
            put_down(form.transaction, of_columns(number, milestone, after, author.today))
            form.transaction.touch(number)
            before = {column: recorded[column] for column in after}
            form.note("change milestone", engagement, subject=milestone, before=before, after=after)


def take_up_milestone(database: Database, author: Author, engagement: str, milestone: str) -> None:
    """Takes up again a milestone that was given up: it counts as if it never had been."""
    with writing(database, author) as form:
        number = form.engagement(engagement)
        own = form.milestone(number, milestone)
        form.check()
        before = form.connection.scalar(select(_MILESTONE.c.cancelled_on).where(_MILESTONE.c.id == own))
        if before is None:
            return
        form.connection.execute(update(_MILESTONE).where(_MILESTONE.c.id == own).values(cancelled_on=None))
        put_down(form.transaction, of_cancelling(number, milestone, before, None, author.today))
        form.transaction.touch(number)
        after = {"cancelled_on": None}
        form.note("take up milestone", engagement, subject=milestone, before={"cancelled_on": before}, after=after)


def cancel_milestone(database: Database, author: Author, engagement: str, milestone: str, cancelled_on: date) -> None:
    """Gives a milestone up: from that day on it does not count."""
    with writing(database, author) as form:
        number = form.engagement(engagement)
        own = form.milestone(number, milestone)
        form.past("cancelled_on", cancelled_on)
        form.check()
        before = form.connection.scalar(select(_MILESTONE.c.cancelled_on).where(_MILESTONE.c.id == own))
        form.connection.execute(update(_MILESTONE).where(_MILESTONE.c.id == own).values(cancelled_on=cancelled_on))
        put_down(form.transaction, of_cancelling(number, milestone, before, cancelled_on, author.today))
        form.transaction.touch(number)
        after = {"cancelled_on": cancelled_on}
        form.note("cancel milestone", engagement, subject=milestone, before={"cancelled_on": before}, after=after)


def report_progress(
    database: Database,
    author: Author,
    engagement: str,
    milestone: str,
    reported_on: date,
    *,
    share: float | None = None,
    forecast_on: date | None = None,
    side: Side = "us",
) -> None:
    """Records how far a milestone is (0 to 1), when it will be done, or both. Neither is `Refused`."""
    with writing(database, author) as form:
        number = form.engagement(engagement)
        form.past("reported_on", reported_on)
        form.word("side", side)
        if share is None and forecast_on is None:
            form.refuse("share", "Nothing was said.", "Say how far it is, or when it will be done.")
        if number:
            say(form, number, engagement, MilestoneWord(milestone, share, forecast_on), reported_on, side=side)


def say(form: Form, engagement: int, key: str, word: MilestoneWord, said_on: date, *, side: Side = "vendor") -> None:
    """Records a word on a milestone, as part of a form. Nothing where nothing was said, or just that a moment ago."""
    form.share("share", word.share)
    milestone = form.milestone(engagement, word.milestone)
    if form.problems or (word.share is None and word.forecast_on is None):
        return
    share = None if word.share is None else round(word.share, 12)
    row = {
        "share": share,
        "forecast_on": word.forecast_on,
        "side": side,
        "by": form.author.name if side == "us" else None,
    }
    latest = (
        select(*[_REPORT.c[name] for name in row])
        .where(_REPORT.c.milestone_id == milestone, _REPORT.c.reported_on == said_on)
        .order_by(_REPORT.c.place.desc())
        .limit(1)
    )
    found = form.connection.execute(latest).one_or_none()
    if found is not None and tuple(found) == tuple(row.values()):
        return
    form.add(_REPORT, milestone_id=milestone, reported_on=said_on, **row)
    form.transaction.touch(engagement)
    form.note(_REPORTED, key, subject=word.milestone, after={**row, "reported_on": said_on})


def told_to(connection: Connection, engagement: str) -> dict[tuple[str, date, float | None, date | None], str]:
    """Who wrote down what the vendor said of a milestone, by milestone, day, share and forecast.

    A report itself names who said it. What came from a file bears no such name.
    """
    query = (
        select(_AUDIT.c.by, _AUDIT.c.subject, _AUDIT.c.after)
        .where(_AUDIT.c.engagement == engagement, _AUDIT.c.what == _REPORTED)
        .order_by(_AUDIT.c.id)
    )
    told: dict[tuple[str, date, float | None, date | None], str] = {}
    for by, milestone, after in connection.execute(query):
        if after["side"] == "vendor":
            forecast_on = after["forecast_on"] and date.fromisoformat(after["forecast_on"])
            told.setdefault((milestone, date.fromisoformat(after["reported_on"]), after["share"], forecast_on), by)
    return told


def record_delivery(database: Database, author: Author, engagement: str, milestone: str, delivered_on: date) -> None:
    """Records that a milestone was handed over. Recording the same day again changes nothing."""
    with writing(database, author) as form:
        number = form.engagement(engagement)
        own = form.milestone(number, milestone)
        form.past("delivered_on", delivered_on)
        form.check()
        if _delivery(form, own, delivered_on) is None:
            form.add(_DELIVERY, milestone_id=own, delivered_on=delivered_on)
            form.transaction.touch(number)
            form.note("record delivery", engagement, subject=milestone, after={"delivered_on": delivered_on})


def decide_delivery(
    database: Database,
    author: Author,
    engagement: str,
    milestone: str,
    delivered_on: date,
    *,
    outcome: Outcome,
    decided_on: date,
    reason: str | None = None,
) -> None:
    """Accepts or rejects what was delivered on a day. An earlier decision on it is replaced, and stays on record.

    Raises `Refused` for a rejection without a reason: nobody could put right what was not said.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        own = form.milestone(number, milestone)
        form.word("outcome", outcome)
        form.past("decided_on", decided_on)
        if outcome == "rejected" and text_or_none(reason) is None:
            form.refuse("reason", "A rejection needs a reason.", "Say what has to change.")
        if decided_on < delivered_on:
            what = f"It was delivered on {delivered_on.isoformat()}, later than it would be decided."
            form.refuse("decided_on", what, "Choose a later day.")
        earlier = _delivery(form, own, delivered_on)
        if earlier is None:
            what = f'Nothing of "{milestone}" was delivered on {delivered_on.isoformat()}.'
            form.refuse("delivered_on", what, "Record the delivery first.")
        form.check()
        row = {"decided_on": decided_on, "outcome": outcome, "reason": text_or_none(reason)}
        if earlier is None or all(earlier[name] == value for name, value in row.items()):
            return
        replaced = update(_DELIVERY).where(_DELIVERY.c.id == earlier["id"]).values(replaced_at=author.at)
        form.connection.execute(replaced)
        form.add(_DELIVERY, milestone_id=own, delivered_on=delivered_on, replaces_id=earlier["id"], **row)
        form.transaction.touch(number)
        if "accepted" in (outcome, earlier["outcome"]):
            form.transaction.touch(*_of_a_new_vendor(form, number))
        before = {name: earlier[name] for name in row}
        form.note("decide delivery", engagement, subject=milestone, before=before, after=row)


def _of_a_new_vendor(form: Form, engagement: int) -> Sequence[int]:
    """Engagements of the same vendors, where so little of theirs is accepted that each time makes them better known."""
    own, same = _TERMS.alias(), _TERMS.alias()
    peers = select(same.c.engagement_id).join(own, own.c.vendor_id == same.c.vendor_id)
    numbers = form.connection.scalars(peers.where(own.c.engagement_id == engagement).distinct()).all()
    accepted = (
        select(func.count())
        .select_from(_DELIVERY)
        .join(_MILESTONE, _MILESTONE.c.id == _DELIVERY.c.milestone_id)
        .where(_MILESTONE.c.engagement_id.in_(numbers), _DELIVERY.c.outcome == "accepted")
        .where(_DELIVERY.c.replaced_at.is_(None))
    )
    return numbers if (form.connection.scalar(accepted) or 0) <= FIRST_ACCEPTED else ()


def _delivery(form: Form, milestone: int, delivered_on: date) -> Any:
    """The delivery of that day as it stands, None where there is none."""
    query = select(_DELIVERY).where(
        _DELIVERY.c.milestone_id == milestone,
        _DELIVERY.c.delivered_on == delivered_on,
        _DELIVERY.c.replaced_at.is_(None),
    )
    return form.connection.execute(query).mappings().one_or_none()


def _has_date(form: Form, milestone: int) -> bool:
    """Whether anything was promised for a milestone yet."""
    first = form.connection.scalar(select(_MILESTONE.c.due_on).where(_MILESTONE.c.id == milestone))
    agreed = select(_BASELINE.c.id).where(_BASELINE.c.milestone_id == milestone).limit(1)
    return first is not None or form.connection.scalar(agreed) is not None


def _fit(form: Form, column: str, said: Any) -> Any:
    """What was said of a column of a milestone, as the table keeps it; a problem where it cannot."""
    if column == "name":
        return form.said(column, said)
    if column == "value":
        return _amount(form, column, said)
    if column == "weight" and said is not None and not said >= 0:
        form.refuse(column, f'"{said:g}" is negative.', "Say 0 or more.")
    return text_or_none(said) if isinstance(said, str) else said


def _amount(form: Form, column: str, value: Decimal | None) -> int | None:
    try:
        return None if value is None else millionths(value)
    except Unfit as error:
        form.refuse(column, error.what, error.remedy)
        return None
