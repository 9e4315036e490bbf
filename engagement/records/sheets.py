"""The tables of the interchange format as the database keeps them: which column goes where, and how it is written down.

One description serves both directions, so that what is exported is what is imported. Engagements, their changes and
their pauses are more than rows and have their own code in `merge_engagements` and `outlet`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, NamedTuple, get_args

from sqlalchemy import Table

from engagement.assessment import values
from engagement.records import schema, schema_later
from engagement.records.database import table_of
from engagement.records.numbers import Money, Unfit, millionths, number, percent, share, whole
from engagement.records.schema import ROLES

Row = Mapping[str, Any]
"""A row of the interchange format: a Python value a column (None or no key: not known), ``_row`` its number."""
Parent = Literal["engagement", "milestone", "metric", "portfolio", "none"]
"""Whose row it is. ``portfolio``: an engagement's, or without one everybody's."""
Kind = Literal["text", "email", "date", "money", "number", "share", "whole", "yes", "word", "milestone", "other"]


class Field(NamedTuple):
    """A column of a file and the column of the table that keeps it."""

    name: str
    column: str
    kind: Kind = "text"
    required: bool = False
    words: frozenset[str] = frozenset()
    default: str | None = None
    """The word that an empty cell stands for."""


class Sheet(NamedTuple):
    """A file whose rows are rows of one table."""

    file: str
    table: Table
    parent: Parent
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    """Columns of the file by which a row is known again within its parent. Empty: rows are compared by count."""
    day: str | None = None
    """Column of the table whose rows of one day count in the order of the file."""
    appended: bool = False
    """Whether a correction is a new row that names the one it replaces."""
    kept: tuple[str, ...] = ()
    """Columns of the file that keep what was recorded where the file says nothing."""


def _text(value: Any) -> Any:
    return str(value) or None


_ENCODE: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    "text": _text,
    "word": _text,
    "email": lambda value: str(value).strip().lower() or None,
    "date": lambda value: value,
    "money": millionths,
    "number": number,
    "share": share,
    "whole": whole,
    "yes": bool,
}
_DECODE: Final[Mapping[Kind, Callable[[Any], Any]]] = {"share": percent, "yes": bool}
_NOT_NEGATIVE: Final = frozenset({"weight", "references_checked", "cadence_days", "grace_days"})
_POSITIVE: Final = frozenset({"interval_days", "due_day"})


def encode(field: Field, value: Any) -> Any:
    """A value as the table keeps it. Raises `Unfit` where it cannot."""
    if value is None or value == "":
        if field.default is not None:
            return field.default
        if field.required:
            raise Unfit("It is empty.", f"Fill in {field.name}.")
        return False if field.kind == "yes" and field.column == "deposit" else None
    if field.words and value not in field.words:
        raise Unfit(f'"{value}" is not a word that is known here.', f"Write one of: {', '.join(sorted(field.words))}.")
    encoded = _ENCODE[field.kind](value)
    if field.column in _NOT_NEGATIVE and encoded < 0:
        raise Unfit(f'"{value}" is negative.', "Write 0 or more.")
    if field.column in _POSITIVE and encoded <= 0:
        raise Unfit(f'"{value}" is not above 0.', "Write 1 or more.")
    if field.kind == "date" and type(encoded) is not date:
        raise Unfit(f'"{value}" is not a day.', "Write it as YYYY-MM-DD.")
    return encoded


def decode(field: Field, value: Any, amounts: Money) -> Any:
    """What the table keeps as a value of the file."""
    if value is None:
        return None
    if field.kind == "money":
        return amounts[value]
    return _DECODE[field.kind](value) if field.kind in _DECODE else value


def _word(name: str, words: Sequence[str], *, required: bool = False, default: str | None = None) -> Field:
    return Field(name, name, "word", required, frozenset(words), default)


def _plain(kind: Kind, *names: str, required: bool = False) -> list[Field]:
    return [Field(name, name, kind, required) for name in names]


def _dated(name: str) -> Field:
    return Field(name, name, "date", required=True)


_VALUE: Final = _plain("number", "value", required=True)
SIDE: Final = _word("side", get_args(values.Side))

TERMS: Final = (
    Field("name", "name", required=True),
    *_plain("text", "category", "goal", "scope", "owner", "lead", "deputy"),
    _word("tier", get_args(values.Tier)),
    _word("contract", get_args(values.Contract), default="fixed"),
    Field("currency", "currency", required=True),
    *_plain("money", "budget", "rate", "in_house_cost", "committed_hours_per_week"),
    *_plain("text", "country"),
    *_plain("date", "recorded_on"),
    _dated("starts_on"),
    *_plain("date", "ends_on"),
    *_plain("whole", "cadence_days", "grace_days"),
    _word("status", get_args(values.RecordedStatus), default="active"),
)
"""Columns of ``engagements`` whose history is kept, without the vendor."""

PEOPLE: Final = Sheet(
    "people",
    table_of(schema.Person),
    "none",
    (Field("email", "email", "email", required=True), *_plain("text", "name"), _word("role", ROLES)),
    key=("email",),
)
VENDORS: Final = Sheet(
    "vendors",
    table_of(schema.Vendor),
    "none",
    (
        Field("vendor", "name", required=True),
        *_plain("text", "contact_name", "contact_email", "contact_phone"),
        *_plain("date", "interviewed_on"),
        *_plain("whole", "references_checked"),
        *_plain("date", "contract_signed_on"),
        *_plain("text", "chosen_because", "notes"),
    ),
    key=("vendor",),
)
SERIES: Final = Sheet(
    "series",
    table_of(schema.Series),
    "engagement",
    (
        Field("series", "key", required=True),
        Field("name", "name", required=True),
        _word("every", get_args(values.Every), required=True),
        Field("due_day", "due_day", "whole", required=True),
        *_plain("money", "value"),
        *_plain("date", "from_on", "until_on"),
    ),
    key=("series",),
)
MILESTONES: Final = Sheet(
    "milestones",
    table_of(schema.Milestone),
    "engagement",
    (
        Field("milestone", "key", required=True),
        Field("name", "name", required=True),
        *_plain("text", "series", "priority", "acceptance_criteria"),
        *_plain("number", "weight"),
        *_plain("money", "value"),
        *_plain("date", "starts_on", "due_on", "cancelled_on"),
    ),
    key=("milestone",),
    kept=("due_on",),
)
PLAN_CHANGES: Final = Sheet(
    "plan_changes",
    table_of(schema_later.PlanChange),
    "engagement",
    (
        _dated("changed_on"),
        Field("milestone", "milestone", required=True),
        _word("what", get_args(values.PlanChangeKind), required=True),
    ),
    key=("changed_on", "milestone", "what"),
)
LOGS: Final = (
    Sheet(
        "baselines",
        table_of(schema.Baseline),
        "milestone",
        (_dated("set_on"), _dated("due_on"), *_plain("text", "reason", "approved_by")),
        day="set_on",
    ),
    Sheet(
        "progress_reports",
        table_of(schema.ProgressReport),
        "milestone",
        (
            _dated("reported_on"),
            Field("percent_complete", "share", "share"),
            *_plain("date", "forecast_on"),
            SIDE,
            Field("reported_by", "by"),
        ),
        day="reported_on",
    ),
    Sheet(
        "deliveries",
        table_of(schema.Delivery),
        "milestone",
        (
            _dated("delivered_on"),
            *_plain("date", "decided_on"),
            _word("outcome", get_args(values.Outcome)),
            *_plain("text", "reason"),
        ),
        key=("delivered_on",),
        appended=True,
    ),
    Sheet(
        "check_ins",
        table_of(schema.CheckIn),
        "engagement",
        (
            _dated("held_on"),
            _word("channel", get_args(values.Channel), required=True),
            _word("side", get_args(values.Side), required=True),
            *_plain("text", "by", "attendees", "notes"),
            _word("declared_status", get_args(values.DeclaredStatus)),
            *_plain("text", "feedback_given", "feedback_received"),
            *_plain("date", "next_on", "recorded_on"),
            *_plain("text", "acknowledged_by"),
            *_plain("date", "acknowledged_on"),
            *_plain("yes", "imported"),
        ),
        key=("held_on", "channel", "side", "by"),
        day="held_on",
        appended=True,
        kept=("imported",),
    ),
    Sheet(
        "actions",
        table_of(schema.Action),
        "engagement",
        (
            _word("kind", get_args(values.ActionKind), default="action"),
            Field("title", "title", required=True),
            SIDE,
            *_plain("text", "assignee"),
            _dated("raised_on"),
            *_plain("date", "due_on", "closed_on", "promised_on"),
        ),
        key=("title", "raised_on"),
        kept=("promised_on",),
    ),
    Sheet(
        "spend",
        table_of(schema.Spend),
        "engagement",
        (
            _dated("spent_on"),
            Field("amount", "amount", "money", required=True),
            *_plain("money", "hours"),
            Field("milestone", "milestone_id", "milestone"),
            *_plain("yes", "deposit"),
            *_plain("text", "reference"),
        ),
    ),
    Sheet(
        "metrics",
        table_of(schema_later.Metric),
        "engagement",
        (
            Field("metric", "key", required=True),
            _word("kind", get_args(values.MetricKind), required=True),
            *_plain("text", "unit"),
            _word("direction", get_args(values.Direction)),
            *_plain("number", "baseline", "target"),
            *_plain("whole", "interval_days"),
        ),
        key=("metric",),
    ),
    Sheet(
        "readings",
        table_of(schema_later.Reading),
        "metric",
        (_dated("read_on"), *_VALUE),
        day="read_on",
    ),
    PLAN_CHANGES,
    Sheet(
        "confirmations",
        table_of(schema_later.Confirmation),
        "engagement",
        (*_plain("whole", "plan_version", required=True), _dated("confirmed_on"), *_plain("text", "confirmed_by")),
    ),
    Sheet(
        "responses",
        table_of(schema_later.Response),
        "engagement",
        (
            Field("rule", "rule", required=True),
            _dated("said_on"),
            Field("plan", "plan", required=True),
            *_plain("text", "assignee"),
            _dated("until_on"),
        ),
        day="said_on",
    ),
    Sheet(
        "accesses",
        table_of(schema_later.Access),
        "engagement",
        (Field("what", "what", required=True), _dated("given_on"), *_plain("date", "revoked_on")),
    ),
    Sheet(
        "retrospectives",
        table_of(schema_later.Retrospective),
        "engagement",
        (_dated("written_on"), *_plain("text", "went_well", "went_badly"), *_plain("yes", "would_hire_again")),
    ),
    Sheet(
        "limits",
        table_of(schema_later.Limit),
        "portfolio",
        (Field("limit", "name", required=True), *_VALUE, _dated("set_on"), *_plain("text", "by", "reason")),
        day="set_on",
    ),
    Sheet(
        "duplicates",
        table_of(schema_later.Duplicate),
        "engagement",
        (Field("other", "other_id", "other", required=True), *_plain("text", "reason")),
    ),
    Sheet(
        "reports",
        table_of(schema_later.IssuedReport),
        "none",
        (_dated("issued_on"), Field("kind", "kind", required=True), *_plain("text", "by")),
    ),
)
"""Files that are merged after the plan is known, in the order in which they need each other."""

FILES: Final = (
    "people",
    "vendors",
    "engagements",
    "pauses",
    "series",
    "milestones",
    *(sheet.file for sheet in LOGS),
    "changes",
)
"""Every file of the format."""
