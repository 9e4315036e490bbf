"""What is odd about a merge and is taken nevertheless, with a note: one for each thing, not one for each row."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from sqlalchemy import select

from engagement.records import schema
from engagement.records.database import table_of
from engagement.records.merge import Merge
from engagement.records.merge_engagements import Engagements
from engagement.records.sheets import Row

_PERSON: Final = table_of(schema.Person)
_NAMED: Final = (
    ("engagements", ("owner", "lead", "deputy"), None),
    ("check_ins", ("by",), "us"),
    ("actions", ("assignee",), "us"),
)
"""Where people of our side are named: file, columns, and the side the row must be on."""
_HAPPENED: Final = (
    ("check_ins", "held_on"),
    ("progress_reports", "reported_on"),
    ("deliveries", "delivered_on"),
    ("baselines", "set_on"),
    ("spend", "spent_on"),
    ("readings", "read_on"),
)
"""Files of what has happened, and the column of its day."""
_HISTORY: Final = ("progress_reports", "deliveries", "check_ins", "spend")


class _Seen(NamedTuple):
    first: Row
    rows: int


def look(merge: Merge, engagements: Engagements) -> None:
    """Notes people not listed, days that contradict each other, talks outside the work, drafts with a history."""
    _strangers(merge)
    _contradictions(merge)
    _to_come(merge)
    for row in merge.rows("baselines"):
        set_on, due_on = row.get("set_on"), row.get("due_on")
        if set_on and due_on and due_on < set_on:
            what = f"The new date, {due_on.isoformat()}, lies before the day it was agreed on, {set_on.isoformat()}."
            merge.remark("baselines", row, "due_on", what, "Check both dates.")
    _outside(merge, engagements)
    drafts = {number for number, terms in engagements.latest.items() if terms["status"] == "draft"}
    for file in _HISTORY if drafts else ():
        for key, seen in _gathered(merge.rows(file), "engagement", lambda row: _of(merge, row) in drafts):
            what = f'"{key}" is a draft and has a history ({_times(seen.rows, "row")} here).'
            merge.remark(file, seen.first, "engagement", what, "Set its status to active if the work has begun.")


def _contradictions(merge: Merge) -> None:
    """Engagements that end before they begin, or are closed and not said to be."""
    for row in merge.rows("engagements"):
        start, closed_on = row.get("starts_on"), row.get("closed_on")
        for column in ("ends_on", "closed_on"):
            day = row.get(column)
            if start and day and day < start:
                what = f"{day.isoformat()} lies before the first day of the work, {start.isoformat()}."
                merge.remark("engagements", row, column, what, "Check both dates.")
        if closed_on and row.get("status") != "closed":
            what = f"Its status is {row.get('status') or 'active'}, and it was closed on {closed_on.isoformat()}."
            merge.remark("engagements", row, "closed_on", what, "Set its status to closed, or take the day out.")


def _to_come(merge: Merge) -> None:
    """What is said to have happened on a day that is still to come: often a year that was mistyped."""
    for file, column in _HAPPENED:
        later = [row for row in merge.rows(file) if (day := row.get(column)) and day > merge.today]
        if later:
            first = min(later, key=lambda row: row[column])
            what = f"{_times(len(later), 'row')} dated later than today, the first {first[column].isoformat()}."
            merge.remark(file, first, column, what, "Check the day: it does not count before it has come.")


def _strangers(merge: Merge) -> None:
    recorded = merge.connection.execute(select(_PERSON.c.email, _PERSON.c.name))
    names = [name for row in recorded for name in row]
    names += [row.get(column) for row in merge.rows("people") for column in ("email", "name")]
    listed = {name.casefold() for name in names if name}
    told: set[str] = set()
    for file, columns, side in _NAMED:
        for column in columns:
            for name, seen in _gathered(merge.rows(file), column, _on_side(side)):
                if name.casefold() not in listed | told:
                    told.add(name.casefold())
                    what = f'"{name}" is not in people.'
                    merge.remark(file, seen.first, column, what, "Add a row to people, or correct the name.")


def _on_side(side: str | None) -> Callable[[Row], bool]:
    return lambda row: side is None or row.get("side") == side


def _outside(merge: Merge, engagements: Engagements) -> None:
    """Talks before the first day of the work, or after its last."""

    def early(row: Row) -> bool:
        terms = engagements.latest.get(_of(merge, row))
        return bool(terms and terms["starts_on"] and row["held_on"] < terms["starts_on"])

    def late(row: Row) -> bool:
        number = _of(merge, row)
        terms = engagements.latest.get(number)
        end = engagements.closed.get(number) or (terms["ends_on"] if terms else None)
        return bool(end and row["held_on"] > end)

    rows = [row for row in merge.rows("check_ins") if row.get("held_on")]
    for test, where in ((early, "before the start of"), (late, "after the end of")):
        for key, seen in _gathered(rows, "engagement", test):
            what = f'{_times(seen.rows, "check-in")} {where} "{key}".'
            merge.remark("check_ins", seen.first, "held_on", what, "Check the days of the engagement.")


def _of(merge: Merge, row: Row) -> int:
    return merge.engagements.get(row.get("engagement") or "", -1)


def _gathered(rows: Iterable[Row], column: str, test: Callable[[Row], bool]) -> Iterator[tuple[str, _Seen]]:
    """Values of a column in the rows that pass a test, each with its first row and the number of them."""
    found: dict[str, _Seen] = {}
    for row in rows:
        value = row.get(column)
        if value and test(row):
            known = found.get(value)
            found[value] = _Seen(known.first, known.rows + 1) if known else _Seen(row, 1)
    yield from found.items()


def _times(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count} {word}s"
