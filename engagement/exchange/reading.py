"""Interchange files in, typed tables out, with everything that is wrong with them, all at once.

`read` opens a folder, a zip or a workbook; `read_upload` the same from what a browser sent. What comes back can be
shown as a preview as it is; only tables without problems may be recorded.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from engagement.errors import Problem, UnreadableFile
from engagement.exchange import cells
from engagement.exchange.checks import check
from engagement.exchange.interchange import BY_NAME, NEEDED
from engagement.exchange.layout import Column, File, Row, Sheet, UnreadableSheet
from engagement.exchange.sources import opened

Progress = Callable[[int, int], None]
"""Is told how much of how much is done."""

SILENT_SHEETS: Final = frozenset({"how to", "words"})
"""Sheets of the template that are no table."""
ROWS_BETWEEN_PROGRESS: Final = 5_000
SHORT_TEXT: Final = 40
"""Texts up to this long are kept once, however often they occur: keys and names do."""
MOST_REMEMBERED: Final = 100_000


class Tables(NamedTuple):
    """What a folder, zip or workbook says."""

    rows: dict[str, list[Row]]
    """Typed rows by the name of their table, in file order; every column is in every row. Cells with a problem hold a
    stand-in, rows whose key cannot be read are left out."""
    problems: tuple[Problem, ...]
    """What has to be mended before anything can be recorded."""
    notes: tuple[Problem, ...]
    """What is odd and was taken all the same."""
    labels: dict[str, str]
    """How messages name each table: ``milestones.csv``, ``sheet milestones``."""
    lost: dict[str, list[Row]]
    """Rows that were split wrong or whose key cannot be read, by the name of their table: what they and others refer to
    can still be checked."""
    broken: frozenset[str]
    """Tables of which keys may be missing: what another one says of theirs cannot be checked."""


def read(path: Path, progress: Progress | None = None) -> Tables:
    """What stands in a folder, zip or workbook.

    Raises `UnreadableFile` where it is none of these.
    """
    return _read(path, path.name or str(path), progress)


def read_upload(name: str, content: IO[bytes], progress: Progress | None = None) -> Tables:
    """What stands in a zip or workbook that a browser sent, under the name it had there.

    Raises `UnreadableFile` where it is neither.
    """
    return _read(content, name, progress)


def _read(place: Path | IO[bytes], name: str, progress: Progress | None) -> Tables:
    found: dict[str, list[Row]] = {}
    labels: dict[str, str] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    lost: dict[str, list[Row]] = {}
    broken: set[str] = set()
    done = 0
    with opened(place, name) as source:
        for sheet in source.sheets:
            file = BY_NAME.get(sheet.name)
            if file is None:
                notes += _unknown_sheet(sheet)
                continue
            if file.name in found:
                problems.append(_twice(sheet, labels[file.name]))
                broken.add(file.name)
                continue
            told = _telling(progress, done, source.size, sheet)
            table = _Table(file, sheet, told)
            found[file.name], labels[file.name] = table.read(), sheet.label
            problems += [*sheet.problems, *table.problems]
            notes += table.notes
            lost[file.name] = table.lost
            if table.broken:
                broken.add(file.name)
            done += sheet.size
        if progress and source.size:
            progress(source.size, source.size)
        missing = [file for file in NEEDED if file not in found]
    if len(missing) == len(NEEDED) and not found:
        kind = "sheets" if source.workbook else "files"
        raise UnreadableFile(f"{name} holds none of the {kind} of a portfolio. It needs {' and '.join(NEEDED)}.")
    problems += [_missing(file, source.workbook) for file in missing]
    found = {name: found[name] for name in BY_NAME if name in found}
    labels = {name: labels[name] for name in found}
    problems += check(found, labels, problems)
    return Tables(
        found, in_order(problems, labels), in_order(notes, labels), labels, lost, frozenset({*broken, *missing})
    )


def in_order(problems: Iterable[Problem], labels: Mapping[str, str]) -> tuple[Problem, ...]:
    """Problems by file, in the order of the format, and row. What is no table of the format comes first."""
    place = {label: number for number, label in enumerate(labels.values())}
    return tuple(sorted(problems, key=lambda problem: (place.get(problem.file or "", -1), problem.row or 0)))


def _telling(progress: Progress | None, done: int, total: int, sheet: Sheet) -> Callable[[], None]:
    if progress is None or not total:
        return lambda: None
    return lambda: progress(min(done + sheet.position(), total), total)


def _missing(file: str, workbook: bool) -> Problem:
    label = f"sheet {file}" if workbook else f"{file}.csv"
    return Problem("It is missing.", "Add it; a header row alone is enough where there is nothing to say.", label)


def _twice(sheet: Sheet, label: str) -> Problem:
    return Problem(f"It is there a second time, as {sheet.place or sheet.label}.", "Keep one of them.", label)


def _unknown_sheet(sheet: Sheet) -> list[Problem]:
    if sheet.name in SILENT_SHEETS:
        return []
    near = cells.nearest(sheet.name, tuple(BY_NAME))
    remedy = f"Rename it if {near} is meant." if near else f"Known are {', '.join(BY_NAME)}."
    return [Problem("It is not part of the format and was left out.", remedy, sheet.label)]


class _Cell(NamedTuple):
    """How one column of a sheet is read."""

    at: int
    """Which cell of a row; -1 where the sheet lacks the column."""
    name: str
    remembered: dict[Any, Any]
    """Values by what stands in the cell: most cells hold what another one held before."""
    column: Column
    read: cells.Reader
    stand_in: Any


class _Table:
    """Reads one sheet, and keeps what is wrong with it."""

    def __init__(self, file: File, sheet: Sheet, told: Callable[[], None]) -> None:
        self.file, self.sheet, self.told = file, sheet, told
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.lost: list[Row] = []
        """Rows that were split wrong or whose key cannot be read."""
        self.broken = False
        """Whether keys were lost, which makes other tables look wrong."""

    def read(self) -> list[Row]:
        """The typed rows; none where the sheet as a whole cannot be read."""
        rows: list[Row] = []
        number = 0
        try:
            header = next(self.sheet.rows, [])
            number = 1
            plan, width = self._plan(header)
            for number, found in enumerate(self.sheet.rows, 2):
                row = self._row(number, found, plan, width) if plan else None
                if row is not None:
                    rows.append(row)
                if number % ROWS_BETWEEN_PROGRESS == 0:
                    self.told()
        except csv.Error as error:
            self._problem(
                number + 1,
                None,
                f"From here on it cannot be split into cells ({error}).",
                "Look for a quotation mark that is not closed, or not doubled inside a text.",
            )
            self.broken = True
        except UnreadableSheet as error:
            self._problem(None, None, error.what, error.remedy)
            self.broken = True
        self.told()
        return rows

    def _plan(self, first: Sequence[Any]) -> tuple[list[_Cell], int]:
        """How to read each column of the format, and how many cells a row has. Nothing where there is no header."""
        header = [_heading(cell) for cell in first]
        known = {column.name for column in self.file.columns}
        if not known.intersection(header):
            self.broken = True
            self._problem(None, None, *self._no_header([_as_written(cell) for cell in first]))
            return [], 0
        for twice in sorted({name for name in header if name and header.count(name) > 1}):
            self._problem(1, twice, "The column stands there twice.", "Keep one of them.")
        for name in dict.fromkeys(header):
            if name and name not in known:
                self._unknown_column(name)
        for column in self.file.columns:
            if column.required and column.name not in header:
                self.broken = self.broken or column.name in self.file.key
                self._problem(1, column.name, "The column is missing.", f"Add it, every row needs it. {column.help}")
        return [_cell(column, header) for column in self.file.columns], len(header)

    def _no_header(self, header: Sequence[str]) -> tuple[str, str]:
        if not any(header):
            if any(self.sheet.rows):
                return "Its first row is blank.", f"Put the names of the columns there: {self._columns()}."
            return "It is empty.", f"Its first row names the columns: {self._columns()}."
        for mark, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if any(mark in name for name in header):
                return f"The cells are separated by {word}.", "Save it again separated by commas."
        return (
            f"The first row is {cells.shown(', '.join(header))}, which names no column.",
            f"Put a header row first: {self._columns()}.",
        )

    def _columns(self) -> str:
        return ", ".join(column.name for column in self.file.columns)

    def _unknown_column(self, name: str) -> None:
        near = cells.nearest(name, tuple(column.name for column in self.file.columns))
        remedy = f"Rename it if {near} is meant." if near else "Remove it, or write it into notes."
        self.notes.append(
            Problem(f"The column {cells.shown(name)} is not known and was left out.", remedy, self.sheet.label, 1)
        )

    def _row(self, number: int, found: Sequence[Any], plan: Sequence[_Cell], width: int) -> Row | None:
        if not found:
            return None
        if len(found) != width and not self._fits(number, found, width):
            self._lose(number, found, plan)
            return None
        row: dict[str, Any] = {"_row": number}
        readable = True
        for cell in plan:
            at, name, remembered = cell[:3]
            raw = found[at] if at >= 0 else None
            value = remembered.get(raw, _UNREAD)
            if value is _UNREAD:
                value = self._value(number, raw, cell)
                if value is _BAD or value is _EMPTY:
                    if name in self.file.key:
                        readable = False
                        self.broken = self.broken or (value is _BAD and cell.column.type == "text")
                    value = cell.stand_in
                elif at < 0 and cell.column.required and name in self.file.key:
                    readable = False
                elif len(remembered) < MOST_REMEMBERED and len(raw or "") <= SHORT_TEXT:
                    remembered[raw] = value
            row[name] = value
        if readable:
            return row
        self.lost.append(row)
        return None

    def _value(self, number: int, raw: Any, cell: _Cell) -> Any:
        """The typed value of a cell; ``_BAD`` where it cannot be read, ``_EMPTY`` where every row needs it."""
        column = cell.column
        try:
            text = self._text(raw, column)
            if text:
                guarded = self.sheet.text_of is None and column.type in ("text", "email")
                value = cell.read(cells.unguarded(text) if guarded else text)
                if len(text) > cells.LONGEST_KEY and column.name in self.file.key:
                    what = f"{cells.shown(text)} has {len(text):,} characters."
                    raise cells.Unreadable(what, f"Write at most {cells.LONGEST_KEY}, and the rest elsewhere.")
                return value
            if column.required and cell.at >= 0:
                self._problem(number, column.name, "It is empty.", f"Every row needs it. {column.help}")
                return _EMPTY
        except cells.Unreadable as wrong:
            self._problem(number, column.name, wrong.what, wrong.remedy)
            return _BAD
        return column.default if cell.at >= 0 or not column.required else cell.stand_in

    def _text(self, raw: Any, column: Column) -> str:
        """The text of a cell, without what nobody can see. Raises `cells.Unreadable` where some of it was lost."""
        text: str = self.sheet.text_of(raw, column) if self.sheet.text_of else raw or ""
        if cells.NOTHING in text:
            what = f"{cells.shown(text)} holds a character that stands for nothing (NUL), so that some of it was lost."
            raise cells.Unreadable(what, 'Write the cell again, or save the file again as "CSV UTF-8".')
        return cells.tidy(text)

    def _fits(self, number: int, found: Sequence[Any], width: int) -> bool:
        """Whether a row of another length than the header can be read all the same: only blank cells are too many."""
        if len(found) > width and not any(self._written(cell) for cell in found[width:]):
            return True
        self._problem(
            number,
            None,
            f"It has {len(found)} cells, the header has {width}.",
            "Put text that holds a comma in quotation marks, and give every column its comma.",
        )
        return False

    def _lose(self, number: int, found: Sequence[Any], plan: Sequence[_Cell]) -> None:
        """Keeps the key of a row that was split wrong, so that what others say of it is right.

        Only a key in the first cells is sure to stand where the header has it.
        """
        keys = [cell for cell in plan if cell.name in self.file.key]
        if not keys:
            return
        if max(cell.at for cell in keys) != len(keys) - 1 or len(found) < len(keys):
            self.broken = True
            return
        row: dict[str, Any] = {"_row": number} | {cell.name: cell.stand_in for cell in plan}
        try:
            self.lost.append(row | {cell.name: cell.read(self._text(found[cell.at], cell.column)) for cell in keys})
        except cells.Unreadable:
            self.broken = True

    def _written(self, cell: Any) -> bool:
        return bool(cell.strip()) if isinstance(cell, str) else cell is not None

    def _problem(self, row: int | None, column: str | None, what: str, remedy: str) -> None:
        self.problems.append(Problem(what, remedy, self.sheet.label, row, column))


_BAD: Final = object()
"""Stands for a cell that cannot be read. What others refer to may be written there."""
_EMPTY: Final = object()
"""Stands for a cell that is empty and must not be."""
_UNREAD: Final = object()
"""Stands for a cell that has not been read before."""


def _heading(cell: Any) -> str:
    """The name of a column as a header has it: "Due on" and "due_on" are the same."""
    return "_".join(_as_written(cell).casefold().split())


def _as_written(cell: Any) -> str:
    return "" if cell is None else cells.tidy(str(getattr(cell, "value", cell) or ""))


def _cell(column: Column, header: Sequence[str]) -> _Cell:
    at = header.index(column.name) if column.name in header else -1
    return _Cell(at, column.name, {}, column, cells.reader(column), _stand_in(column))


def _stand_in(column: Column) -> Any:
    """What takes the place of a cell with a problem while the rest is checked. It is never recorded."""
    required: dict[str, Any] = {
        "date": date(2000, 1, 1),
        "amount": Decimal(0),
        "number": 0.0,
        "percent": 0.0,
        "whole": 1,
        "word": next(iter(column.words), None),
        "currency": "XXX",
    }
    return required.get(column.type, "?") if column.required else column.default
