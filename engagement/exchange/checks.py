"""What the rows of one file must keep to: keys that occur once, pauses and closings with their days.

And what is not worth saying of a row with a problem: what only follows from a cell that was refused already.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from engagement.errors import Problem
from engagement.exchange.cells import shown, written
from engagement.exchange.interchange import BY_NAME, ENGAGEMENTS, PAUSES, RESPONSES
from engagement.exchange.layout import File, Row

JUDGED_BY: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("changes", "value"): frozenset({"column"}),
    ("limits", "value"): frozenset({"limit"}),
    ("milestones", "due_on"): frozenset({"milestone"}),
    ("pauses", "paused_until"): frozenset({"paused_from"}),
    ("responses", "until_on"): frozenset({"said_on"}),
    ("series", "due_day"): frozenset({"every"}),
}
"""Columns that are judged by other cells of their row, by table; a key by all of its columns. Where one of those cells
was refused, a stand-in is in its place, and nothing that follows from it is true."""

Places = Collection[tuple[str | None, int | None, str | None]]
"""File, row and column of problems. Without a column the row as such is refused, and row 1 stands for all of them."""


def places(problems: Iterable[Problem]) -> Places:
    """Where problems are."""
    return {(problem.file, problem.row, problem.column) for problem in problems}


def follows(problem: Problem, name: str, known: Places) -> bool:
    """Whether a problem in a table of that name only follows from another one, or says of its cell the same again."""
    column = problem.column or ""
    key = BY_NAME[name].key if name in BY_NAME else ()
    cells = {column, *JUDGED_BY.get((name, column), ()), *(key if key and column == key[-1] else ())}
    rows = [(row, cell) for cell in cells for row in (problem.row, 1)]
    return (problem.file, problem.row, None) in known or any((problem.file, *place) in known for place in rows)


def check(
    tables: Mapping[str, Sequence[Row]], labels: Mapping[str, str], problems: Iterable[Problem] = ()
) -> list[Problem]:
    """Everything that is wrong with the rows of each table, whatever may be recorded already.

    ``problems`` are those of single cells: what only follows from one of them is left out.
    """
    known = places(problems)
    return [
        found
        for name, rows in tables.items()
        for problem in [
            *_twice(BY_NAME[name], rows),
            *_pauses(name, rows),
            *_closings(name, rows),
            *_responses(name, rows),
        ]
        if not follows(found := problem._replace(file=labels[name]), name, known)
    ]


def _twice(file: File, rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows whose key another row has already."""
    if not file.key:
        return
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = tuple([row[column] for column in file.key])
        earlier = first.setdefault(key, row["_row"])
        if earlier != row["_row"]:
            said = ", ".join(written(value) or "nobody" for value in key)
            yield Problem(
                f"{shown(said)} stands in row {earlier} already.",
                f"Keep one row for each {' + '.join(file.key)}.",
                row=row["_row"],
                column=file.key[-1],
            )


def _pauses(name: str, rows: Sequence[Row]) -> Iterator[Problem]:
    """Pauses that lack a day or end before they begin."""
    if name not in (ENGAGEMENTS.name, PAUSES.name):
        return
    for row in rows:
        start, end = row["paused_from"], row["paused_until"]
        if start and end and end < start:
            what = f"{shown(written(end))} lies before the first day of the pause, {written(start)}."
            yield Problem(what, "Write the day on which the work goes on.", row=row["_row"], column="paused_until")
        elif name == ENGAGEMENTS.name and (row["status"] == "paused" or start or end):
            for column in ("paused_from", "paused_until"):
                if row[column] is None:
                    yield Problem(
                        "It is empty, and the engagement is paused.",
                        "Write both days of the pause; an estimate will do.",
                        row=row["_row"],
                        column=column,
                    )


def _closings(name: str, rows: Sequence[Row]) -> Iterator[Problem]:
    """Closed engagements without the day."""
    if name != ENGAGEMENTS.name:
        return
    for row in rows:
        if row["status"] == "closed" and row["closed_on"] is None:
            yield Problem(
                "It is empty, and the engagement is closed.",
                "Write the day on which it was closed.",
                row=row["_row"],
                column="closed_on",
            )


def _responses(name: str, rows: Sequence[Row]) -> Iterator[Problem]:
    """Answers to warnings that end before they begin."""
    if name != RESPONSES.name:
        return
    for row in rows:
        if row["until_on"] < row["said_on"]:
            what = f"{shown(written(row['until_on']))} lies before the day it was said, {written(row['said_on'])}."
            yield Problem(what, "Write the day until which it is in hand.", row=row["_row"], column="until_on")
