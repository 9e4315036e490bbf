"""A portfolio from a file into the records, and out again: what the command line and the import page call."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from engagement.assessment.rules import CATALOGUE
from engagement.errors import DatabaseMissing, Problem, Refused
from engagement.exchange.cells import nearest, shown
from engagement.exchange.checks import follows, places
from engagement.exchange.reading import Tables, in_order, read
from engagement.exchange.template import EXAMPLE
from engagement.exchange.writing import refuse_to_replace, write
from engagement.records.database import Author, Database
from engagement.records.intake import Outcome, merge, tables

Progress = Callable[[str, int, int], None]
"""Is told which step is how far: its name, how much is done, of how much."""

READING: Final = "Reading"
CHECKING: Final = "Checking"
RECORDING: Final = "Recording"

REFERRED: Final[Mapping[str, frozenset[str]]] = {
    "engagement": frozenset({"engagements"}),
    "other": frozenset({"engagements"}),
    "vendor": frozenset({"vendors"}),
    "series": frozenset({"series"}),
    "milestone": frozenset({"milestones", "series"}),
    "metric": frozenset({"metrics"}),
    "changes value": frozenset({"vendors"}),
}
"""Columns that name a row of another table, and the tables in which it may stand."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, or with a dry run would do."""

    outcome: Outcome
    """Rows that are new, changed and the same, by table."""
    notes: tuple[Problem, ...]
    """What is odd and was taken all the same."""


def import_portfolio(
    database: Database,
    author: Author,
    path: Path,
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Taken:
    """Records what stands in a folder, zip or workbook, in one transaction: all of it or none.

    A database that does not exist yet is made with its records where nothing is wrong, and never by a dry run. Raises
    `Refused` with every problem of the files and of what they say against what is recorded, and `UnreadableFile`.
    """
    found = read(path, _step(progress, READING))
    missing = _is_missing(database)
    if missing and (dry_run or found.problems):
        with _thrown_away() as empty:
            return record(empty, author, found, today=today, dry_run=True, progress=progress)
    return record(database, author, found, today=today, dry_run=dry_run, create=missing, progress=progress)


def record(
    database: Database,
    author: Author,
    found: Tables,
    *,
    today: date,
    dry_run: bool = False,
    create: bool = False,
    progress: Progress | None = None,
) -> Taken:
    """Records what `reading.read` or `read_upload` found. With ``dry_run`` nothing is written: a preview.

    With ``create`` a database that does not exist yet is made, together with its records or not at all. Raises
    `Refused` with every problem, those of the files and those of what they say against what is recorded.
    """
    problems = list(found.problems)
    try:
        outcome = merge(
            database,
            author,
            {name: [*rows, *found.lost[name]] for name, rows in found.rows.items()} if problems else found.rows,
            today=today,
            origin="own",
            dry_run=dry_run or bool(problems),
            create=create,
            progress=_step(progress, CHECKING if dry_run or problems else RECORDING),
        )
    except Refused as refusal:
        raise Refused(in_order([*problems, *_further(refusal.problems, found)], found.labels)) from None
    if problems:
        raise Refused(found.problems)
    notes = [
        *found.notes,
        *_example_left(found),
        *_unknown_rules(found),
        *(_labelled(note, found) for note in outcome.notes),
    ]
    return Taken(outcome, tuple(notes))


def export_portfolio(database: Database, path: Path, *, overwrite: bool = False) -> None:
    """Writes everything that is recorded into a folder, or a .zip or .xlsx where the name says so.

    Raises `AlreadyThere` where that would replace files and ``overwrite`` does not allow it, `UnreadableFile` where
    nothing can be written there, and `DatabaseMissing`.
    """
    database.check()
    if not overwrite:
        refuse_to_replace(path)
    with database.reading() as connection:
        write(path, tables(connection))


def create_if_missing(database: Database) -> None:
    """Creates the database where there is none. An older one is left to `init`, which a person decides to run."""
    if _is_missing(database):
        database.upgrade()


def _is_missing(database: Database) -> bool:
    try:
        database.check()
    except DatabaseMissing:
        return True
    return False


@contextmanager
def _thrown_away() -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        empty = Database(f"sqlite:///{Path(folder) / 'empty.db'}")
        empty.upgrade()
        try:
            yield empty
        finally:
            empty.close()


def _step(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    return (lambda done, total: progress(name, done, total)) if progress else None


def _further(problems: tuple[Problem, ...], found: Tables) -> list[Problem]:
    """Problems that only the records can tell, without those that follow from one of the files themselves.

    Of a row that is refused already some cells may be stand-ins: what is judged by them is left out. So is what is not
    known in a table of which keys may be missing, and when an occurrence is due in a series that is not understood.
    """
    known, unclear = places(found.problems), _unclear_occurrences(found)

    def is_new(problem: Problem) -> bool:
        if problem.row is None:
            return True
        name, column = _table(problem), problem.column or ""
        into = REFERRED.get(column) or REFERRED.get(f"{name} {column}", frozenset())
        if follows(_labelled(problem, found), name, known) or into & found.broken:
            return False
        return column != "milestone" or (name, problem.row) not in unclear

    return [_labelled(problem, found) for problem in problems if is_new(problem)]


def _unclear_occurrences(found: Tables) -> frozenset[tuple[str, int]]:
    """Table and row of what names an occurrence of a series of which it is not understood when it is due."""
    label = found.labels.get("series")
    rows = {each.row for each in found.problems if each.file == label and each.column in ("every", "due_day")}
    unclear = {(row["engagement"], row["series"]) for row in found.rows.get("series", ()) if row["_row"] in rows}
    return frozenset(
        (name, row["_row"])
        for name in (found.rows if unclear else ())
        for row in (*found.rows[name], *found.lost[name])
        if (row.get("engagement"), (row.get("milestone") or "").rpartition(":")[0]) in unclear
    )


def _table(problem: Problem) -> str:
    """The name of the table that a problem of the records is in."""
    return (problem.file or "").removesuffix(".csv")


def _labelled(problem: Problem, found: Tables) -> Problem:
    """The problem with its file as the person named it."""
    return problem._replace(file=found.labels.get(_table(problem), problem.file))


def _unknown_rules(found: Tables) -> list[Problem]:
    """Answers to warnings that do not exist: one note for each."""
    rules = tuple(rule.id for rule in CATALOGUE)
    first = {row["rule"]: row["_row"] for row in reversed(found.rows.get("responses", [])) if row["rule"] not in rules}
    notes = []
    for rule, number in sorted(first.items(), key=itemgetter(1)):
        near = nearest(rule, rules)
        remedy = f'Did you mean "{near}"?' if near else "Write the name of a warning as on the page Methods."
        notes.append(Problem(f"There is no warning {shown(rule)}.", remedy, found.labels["responses"], number, "rule"))
    return notes


def _example_left(found: Tables) -> list[Problem]:
    """Says so where the example of the template was not taken out."""
    return [
        Problem(
            "The example of the template is still in it, and was taken as yours.",
            "Take its rows out of every sheet if you do not want it.",
            found.labels["engagements"],
            row["_row"],
            "engagement",
        )
        for row in found.rows.get("engagements", [])
        if row["engagement"] == EXAMPLE
    ]
