"""What a person said in a form, being checked and written: finds what is named, gathers problems, writes rows.

Every function of `check_ins`, `milestones`, `actions` and their like opens one `Form`: a transaction that is refused as
a whole, with all its problems, where anything in it is wrong. ``column`` of a problem is the name of the argument.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from math import isfinite
from typing import Any, Final, get_args

from sqlalchemy import Table, select

from engagement.assessment import values
from engagement.errors import Problem, Refused
from engagement.records import schema
from engagement.records.database import Author, Database, Transaction, table_of
from engagement.records.merge import add_occurrence, no_occurrence, occurrence_of, rhythm
from engagement.records.series import nearest_due

_ENGAGEMENT: Final = table_of(schema.Engagement)
_MILESTONE: Final = table_of(schema.Milestone)
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": get_args(values.Channel),
    "side": get_args(values.Side),
    "declared_status": get_args(values.DeclaredStatus),
    "kind": get_args(values.ActionKind),
    "outcome": get_args(values.Outcome),
    "direction": get_args(values.Direction),
    "metric_kind": get_args(values.MetricKind),
}


EARLIEST: Final = date(1990, 1, 1)
"""Nothing that somebody records is older, unless a year was mistyped."""


class Form:
    """One decision of a person, being checked and written."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction, self.connection, self.author = transaction, transaction.connection, transaction.author
        self.problems: list[Problem] = []

    def refuse(self, column: str, what: str, remedy: str) -> None:
        """Something in a field is wrong: nothing will be written."""
        self.problems.append(Problem(what, remedy, column=column))

    def check(self) -> None:
        """Raises `Refused` with all that is wrong so far."""
        if self.problems:
            raise Refused(tuple(self.problems))

    def engagement(self, key: str, column: str = "engagement") -> int:
        """The engagement of that key; a problem, and 0, where there is none."""
        found: int | None = self.connection.scalar(select(_ENGAGEMENT.c.id).where(_ENGAGEMENT.c.key == key))
        if found is None:
            self.refuse(column, f'There is no engagement "{key}".', "Choose one that is recorded.")
        return found or 0

    def milestone(self, engagement: int, key: str) -> int:
        """The milestone of that key; a problem, and 0, where there is none.

        An occurrence of a series is recorded with the first thing that happens to it.
        """
        query = select(_MILESTONE.c.id).where(_MILESTONE.c.engagement_id == engagement, _MILESTONE.c.key == key)
        found: int | None = self.connection.scalar(query)
        if found is None and engagement:
            found = self._occurrence(engagement, key)
            if found is None:
                self.refuse("milestone", f'There is no milestone "{key}".', "Choose one that is recorded.")
        return found or 0

    def _occurrence(self, engagement: int, key: str) -> int | None:
        occurrence = occurrence_of(key)
        if occurrence is None:
            return None
        found = rhythm(self.connection, engagement, occurrence[0])
        if found is None:
            return None
        due = nearest_due(*found, occurrence[1])
        if due != occurrence[1]:
            self.refuse("milestone", *no_occurrence(key, occurrence[0], due))
            return 0
        number = self.transaction.next_id(_MILESTONE)
        add_occurrence(self.connection, number, engagement, key)
        return number

    def word(self, column: str, word: str | None, *, required: bool = True, of: str | None = None) -> None:
        """A field holds one of the words it accepts, listed under its own name or under ``of``."""
        if word is None and not required:
            return
        words = WORDS[of or column]
        if word not in words:
            self.refuse(column, f'"{word}" is not a choice here.', f"Choose one of: {', '.join(words)}.")

    def past(self, column: str, day: date) -> None:
        """A day has come already, and lies within memory."""
        if day > self.author.today:
            self.refuse(column, f"{day.isoformat()} is still to come.", "Choose today or an earlier day.")
        if day < EARLIEST:
            self.refuse(column, f"{day.isoformat()} lies too far back.", "Check the year.")

    def share(self, column: str, part: float | None) -> None:
        """A share lies between nothing and all."""
        if part is not None and not 0 <= part <= 1:
            self.refuse(column, f"{part * 100:g} percent is not possible.", "Say 0 to 100 percent.")

    def finite(self, column: str, value: float | None) -> None:
        """A measured value is a number."""
        if value is not None and not isfinite(value):
            self.refuse(column, f'"{value}" is no number.', "Write a number.")

    def at_least(self, least: int, column: str, count: int | None) -> None:
        """A count is not below what makes sense."""
        if count is not None and count < least:
            self.refuse(column, f'"{count}" is less than {least}.', f"Write {least} or more.")

    def said(self, column: str, text: str | None) -> str:
        """A field that must not be empty."""
        if not (text or "").strip():
            self.refuse(column, "Nothing is written here.", "Fill it in.")
        return (text or "").strip()

    def known(self, table: Table, **row: Any) -> bool:
        """Whether a table has a row like this already: the same save a second time."""
        same = [table.c[column].is_not_distinct_from(value) for column, value in row.items()]
        return self.connection.scalar(select(table.c.id).where(*same).limit(1)) is not None

    def add(self, table: Table, **row: Any) -> int:
        """Adds a row, once nothing is wrong."""
        self.check()
        return self.transaction.add(table, **row)

    def note(
        self,
        what: str,
        engagement: str | None,
        *,
        subject: str | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Puts it down in the audit."""
        self.transaction.note(what, engagement, subject, before, after)


@contextmanager
def writing(database: Database, author: Author) -> Iterator[Form]:
    """A form being written: all of it, or none, with every problem, where anything is wrong."""
    with database.writing(author) as transaction:
        form = Form(transaction)
        yield form
        form.check()


def text_or_none(text: str | None) -> str | None:
    """A text without the blanks around it, None where nothing is left."""
    return (text or "").strip() or None
