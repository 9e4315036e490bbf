"""What is odd about a merge and is taken nevertheless, with a note: one for each thing, not one for each row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from math import fsum
from typing import Final

from sqlalchemy import select

from engagement.records import schema
from engagement.records.database import table_of
from engagement.records.merge import Merge
from engagement.records.merge_engagements import Engagements
from engagement.records.odd_days import Gathered, look_at_days, times
from engagement.records.sheets import Row

_PERSON: Final = table_of(schema.Person)
_NAMED: Final = (
    ("engagements", ("owner", "lead", "deputy"), None),
    ("check_ins", ("by",), "us"),
    ("actions", ("assignee",), "us"),
)
"""Where people of our side are named: file, columns, and the side the row must be on."""
_HISTORY: Final = ("progress_reports", "deliveries", "check_ins", "spend")
LEAST_PERCENT: Final = 5
"""A weight from here on, beside shares, was probably meant as a percentage."""


def look(merge: Merge, engagements: Engagements) -> None:
    """Notes people not listed, odd cadences, weights and days, talks outside the work, and drafts with a history."""
    _strangers(merge)
    _cadences(merge)
    _weights(merge)
    look_at_days(merge, engagements)
    _outside(merge, engagements)
    drafts = {number for number, terms in engagements.latest.items() if terms["status"] == "draft"}
    for file in _HISTORY if drafts else ():
        for key, seen in _gathered(merge.rows(file), "engagement", lambda row: _of(merge, row) in drafts):
            what = f'"{key}" is a draft and has a history ({times(seen.rows, "row")} here).'
            merge.remark(file, seen.first, "engagement", what, "Set its status to active if the work has begun.")


def _cadences(merge: Merge) -> None:
    """Engagements that are to be talked about every 0 days: the next talk is due on the day of the last."""
    never = [row for row in merge.rows("engagements") if row.get("cadence_days") == 0]
    if never:
        more = f" So it is for {times(len(never) - 1, 'more engagement')}." if len(never) > 1 else ""
        what = f"Every 0 days: the next talk is due on the very day of the last.{more}"
        remedy = "Write the days from one talk to the next, or leave it empty for 3, 7 or 14 by tier."
        merge.remark("engagements", never[0], "cadence_days", what, remedy)


def _weights(merge: Merge) -> None:
    """Weights in two measures: shares of 1, and beside them what looks like a percentage."""
    by_engagement: defaultdict[str, list[Row]] = defaultdict(list)
    for row in merge.rows("milestones"):
        if row.get("engagement") and row.get("weight") is not None and not row.get("cancelled_on"):
            by_engagement[row["engagement"]].append(row)
    for key, rows in by_engagement.items():
        shares = [row["weight"] for row in rows if row["weight"] <= 1]
        others = [row for row in rows if row["weight"] > 1]
        is_share = any(0 < weight < 1 for weight in shares) and fsum(shares) <= 1
        if others and is_share and min(row["weight"] for row in others) >= LEAST_PERCENT:
            heaviest = max(others, key=lambda row: row["weight"])
            percent = min(99, round(100 * heaviest["weight"] / fsum(row["weight"] for row in rows)))
            what = f'{heaviest["weight"]:g} beside shares of 1 makes it {percent} % of all the work of "{key}".'
            merge.remark("milestones", heaviest, "weight", what, "Write all weights of an engagement in one measure.")


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
            what = f'{times(seen.rows, "check-in")} {where} "{key}".'
            merge.remark("check_ins", seen.first, "held_on", what, "Check the days of the engagement.")


def _of(merge: Merge, row: Row) -> int:
    return merge.engagements.get(row.get("engagement") or "", -1)


def _gathered(rows: Iterable[Row], column: str, test: Callable[[Row], bool]) -> Iterator[tuple[str, Gathered]]:
    """Values of a column in the rows that pass a test, each with its first row and the number of them."""
    found: dict[str, Gathered] = {}
    for row in rows:
        value = row.get(column)
        if value and test(row):
            known = found.get(value)
            found[value] = Gathered(known.first, known.rows + 1) if known else Gathered(row, 1)
    yield from found.items()
