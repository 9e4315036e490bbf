"""Excel workbooks in and out: a sheet for each table, with its words to choose from and help on every column.

Out: dates are dates, numbers are numbers, and text stays text whatever it begins with. In: cells are turned into the
text that a CSV file would hold, so that one set of rules says what is wrong with them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from itertools import zip_longest
from typing import IO, Any, Final, NamedTuple
from warnings import catch_warnings
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as NotDeflated  # noqa: N812 - an exception, named like one

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from engagement.errors import Problem, UnreadableFile
from engagement.exchange.cells import Unreadable, plain_decimal, shown, tidy, written
from engagement.exchange.interchange import FILES
from engagement.exchange.layout import Column, File, Row, Sheet

LONGEST_CELL: Final = 32_767
MOST_ROWS: Final = 1_048_576
"""What a workbook can hold; Excel drops the rest without a word."""
MOST_CELLS: Final = 30_000_000
"""Cells, empty ones included, that a sheet with merged cells may reach over: it is read as a whole."""
INK: Final = "FFFFFF"
HEADER: Final = "2F6DB5"
HEADER_REQUIRED: Final = "1B4A80"
LATER: Final = "B8BDC7"
"""Colour of the tabs of sheets that a first portfolio can leave empty."""

DAMAGE: Final = (LookupError, OverflowError, ValueError, OSError, EOFError, ParseError, BadZipFile, NotDeflated)
"""What openpyxl raises for a workbook that is not what it says."""

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_PLAIN: Final = re.compile(r"[=+\-@#]")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell[ />]")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")
_ROW: Final = re.compile(rb"<(?:\w+:)?row[ />]")
_WIDTHS: Final = {"date": 12, "amount": 12, "number": 12, "percent": 12, "whole": 12, "yes_no": 12, "currency": 10}
NUMBERS_AND_DATES: Final = frozenset({"date", "amount", "number", "percent", "whole"})
_WIDE: Final = frozenset({"notes", "scope", "goal", "acceptance_criteria", "title", "plan", "went_well", "went_badly"})
_FORMATS: Final = {"date": "yyyy-mm-dd", "text": "@", "email": "@", "word": "@", "currency": "@", "country": "@"}


# --- In ------------------------------------------------------------------------------------------------------------


class _Found(NamedTuple):
    """A cell that holds something."""

    value: Any
    kind: str
    """openpyxl's letter: ``e`` is an error, ``f`` a formula without a saved result."""
    format: str


class _Survey(NamedTuple):
    """What is to be known of a workbook before it is opened."""

    merged: bool
    """Whether cells are merged anywhere."""
    formulas: bool
    """Whether there are formulas anywhere."""
    rows: int
    """How many rows there are in all sheets, give or take one a megabyte."""


@contextmanager
def sheets(content: IO[bytes], archive: ZipFile, name: str) -> Iterator[tuple[Iterator[Sheet], int]]:
    """The sheets of a workbook, and how far the position of the last one will come.

    ``archive`` is the same file, opened. Raises `UnreadableFile`.
    """
    silence = catch_warnings(action="ignore", category=UserWarning)  # of what openpyxl leaves out, nothing is ours
    with silence, _opened(content, archive, name) as (books, survey):
        yield _sheets(books, survey.merged, name), survey.rows


@contextmanager
def _opened(content: IO[bytes], archive: ZipFile, name: str) -> Iterator[tuple[list[Workbook], _Survey]]:
    """The workbook, and where there are formulas once more with their saved results."""
    books: list[Workbook] = []
    try:
        survey = _survey(archive)
        books.append(load_workbook(content, read_only=not survey.merged))
        if survey.formulas:
            books.append(load_workbook(content, read_only=not survey.merged, data_only=True))
        yield books, survey
    except (*DAMAGE, TypeError, AttributeError, InvalidFileException) as error:
        if not books:
            raise UnreadableFile(f"{name} is damaged: it cannot be opened ({error}). Save it again.") from None
        raise
    finally:
        for book in books:
            book.close()


def _survey(archive: ZipFile) -> _Survey:
    """Looks through all sheets, in pieces."""
    merged = formulas = False
    rows = 0
    for member in archive.infolist():
        if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
            with archive.open(member) as content:
                tail = b""
                while piece := content.read(1 << 20):
                    merged = merged or bool(_MERGED.search(tail + piece))
                    formulas = formulas or bool(_FORMULA.search(tail + piece))
                    rows += len(_ROW.findall(piece))
                    tail = piece[-64:]
    return _Survey(merged, formulas, rows)


def _sheets(books: Sequence[Workbook], merged: bool, name: str) -> Iterator[Sheet]:
    reached = [0]
    for title in books[0].sheetnames:
        pages = [book[title] for book in books]
        if not hasattr(pages[0], "iter_rows"):
            continue
        label = f"sheet {title}"
        ranges = [str(found) for found in pages[0].merged_cells.ranges] if merged else []
        problems = tuple(
            Problem(f"The cells {found} are merged.", "Unmerge them and write the value into each row.", label)
            for found in ranges
        )
        if merged and pages[0].max_row * pages[0].max_column > MOST_CELLS:
            where = f"{get_column_letter(pages[0].max_column)}{pages[0].max_row}"
            raise UnreadableFile(f"{label} in {name} reaches to {where} and has merged cells. Unmerge them first.")
        for page in pages:
            if hasattr(page, "reset_dimensions"):
                page.reset_dimensions()
        rows = _rows(pages, label, name, reached)
        yield Sheet(title.strip().casefold(), label, rows, text_of, position=lambda: reached[0], problems=problems)


def _rows(pages: Sequence[Any], label: str, name: str, reached: list[int]) -> Iterator[list[Any]]:
    """The header, then rows as wide as it; wider only where something stands beside the header's columns."""
    width = 0
    try:
        for number, rows in enumerate(zip_longest(*(page.iter_rows() for page in pages), fillvalue=())):
            reached[0] += 1
            if number == MOST_ROWS:
                raise ValueError(f"it has more than {MOST_ROWS:,} rows")
            found = [_found(*cells) for cells in zip_longest(*rows)]
            while found and found[-1] is None:
                found.pop()
            width = width or (len(found) if number == 0 else 0)
            yield found + [None] * (width - len(found)) if found else []
    except DAMAGE as error:
        raise UnreadableFile(f"{label} in {name} is damaged ({error}). Save the workbook again.") from None


def _found(cell: Any, saved: Any = None) -> _Found | None:
    """What a cell holds; of a formula its saved result, which the second workbook gives."""
    if cell is None or cell.value is None or cell.value == "":
        return None
    if cell.data_type != "f":
        return _Found(cell.value, cell.data_type, cell.number_format or "")
    if saved is None or saved.value is None:
        formula = getattr(cell.value, "text", cell.value)
        return _Found(formula, "f", "")
    return _Found(saved.value, saved.data_type, saved.number_format or "")


def text_of(found: _Found | None, column: Column) -> str:
    """The text that a CSV file would hold for a cell of a column.

    Raises `Unreadable` where the spreadsheet has made something else of what was typed.
    """
    if found is None:
        return ""
    value = found.value
    if found.kind == "e":
        raise Unreadable(f"{shown(str(value))} is an error of the spreadsheet.", "Mend the formula or type the value.")
    if found.kind == "f":
        raise Unreadable(
            f"The formula {shown(str(value))} has no saved result.",
            "Open the workbook in a spreadsheet program and save it, or type the value.",
        )
    if isinstance(value, bool):
        return written(value) if column.type == "yes_no" else str(value).upper()
    if isinstance(value, date | time):
        return _day(value, column)
    if isinstance(value, int | float):
        if column.type == "date":
            remedy = "Format the cell as a date, or write it as YYYY-MM-DD."
            raise Unreadable(f"{shown(str(value))} is a number, not a date.", remedy)
        number = Decimal(repr(value))
        return plain_decimal(number * 100 if column.type == "percent" and "%" in found.format else number)
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value) if isinstance(value, str) else str(value)


def _day(value: date | time, column: Column) -> str:
    """A date cell, in a column of dates without its midnight."""
    if column.type in ("text", "word", "email"):
        raise Unreadable(
            f"The spreadsheet has taken it for {shown(str(value))}.", "Format the cell as text and type it again."
        )
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


# --- Out -----------------------------------------------------------------------------------------------------------


def write_workbook(
    binary: IO[bytes], tables: Mapping[str, Iterable[Row]], how_to: Sequence[tuple[str, ...]] = ()
) -> None:
    """Writes tables as a workbook, one sheet each, in the order of the format; first a sheet of words where given.

    Raises `UnreadableFile` where a workbook cannot hold them.
    """
    book = Workbook(write_only=True)
    if how_to:
        _write_how_to(book.create_sheet("How to"), how_to)
    with ExitStack() as abandoned:
        abandoned.callback(_close, book)
        for file in _everyday_first(bool(how_to)):
            _write_sheet(book.create_sheet(file.name), file, tables.get(file.name, ()))
        abandoned.pop_all()
    book.save(binary)


def _close(book: Workbook) -> None:
    """Lets go of the temporary files of a workbook that is not written to its end."""
    for sheet in book.worksheets:
        sheet.close()


def _everyday_first(template: bool) -> Sequence[File]:
    return sorted(FILES, key=lambda file: not file.everyday) if template else FILES


def _write_how_to(sheet: Any, lines: Sequence[tuple[str, ...]]) -> None:
    for letter, width in (("A", 22), ("B", 100)):
        sheet.column_dimensions[letter].width = width
    for line in lines:
        cells = [WriteOnlyCell(sheet, value=text) for text in line]
        cells[0].font = Font(bold=True)
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)


def _write_sheet(sheet: Any, file: File, rows: Iterable[Row]) -> None:
    sheet.freeze_panes = "A2"
    if not file.everyday:
        sheet.sheet_properties.tabColor = LATER
    for number, column in enumerate(file.columns, 1):
        letter = get_column_letter(number)
        dimension = sheet.column_dimensions[letter]
        dimension.width = max(50 if column.name in _WIDE else _WIDTHS.get(column.type, 18), len(column.name) + 3)
        dimension.number_format = _FORMATS.get(column.type, "General")
        choice = _choice(column, f"{letter}2:{letter}{MOST_ROWS}")
        if choice:
            sheet.data_validations.append(choice)
    sheet.append([_header(sheet, column) for column in file.columns])
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise UnreadableFile(f"A workbook holds {MOST_ROWS:,} rows a sheet; {file.name} has more. Export a .zip.")
        sheet.append(
            [_written(sheet, row.get(column.name), column, f"{file.name}, row {number}") for column in file.columns]
        )


def _header(sheet: Any, column: Column) -> Any:
    cell = WriteOnlyCell(sheet, value=column.name)
    cell.font = Font(bold=True, color=INK)
    cell.fill = PatternFill("solid", fgColor=HEADER_REQUIRED if column.required else HEADER)
    words = f"\nOne of: {', '.join(column.words)}." if column.words else ""
    needed = "\nNeeded." if column.required else ""
    cell.comment = Comment(f"{column.help}{words}{needed}", "engagement", width=260, height=110)
    return cell


def _choice(column: Column, cells: str) -> DataValidation | None:
    """The drop-down of a column that accepts certain words only."""
    words = ("yes", "no") if column.type == "yes_no" else column.words
    if not words:
        return None
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, sqref=cells)
    choice.errorTitle = column.name
    choice.error = f"Choose one of: {', '.join(words)}."
    return choice


def _survives(value: Any) -> bool:
    """Whether a cell keeps it as it is: a number of more than 16 digits is better kept as text."""
    if isinstance(value, Decimal | float):
        return plain_decimal(Decimal(f"{value:.16g}")) == written(value)
    return not isinstance(value, str)


def _written(sheet: Any, value: Any, column: Column, place: str) -> Any:
    """A value as a cell takes it. Text that a spreadsheet would run, or take for an error, is marked as text."""
    if value is None or (column.type in NUMBERS_AND_DATES and _survives(value)):
        return value
    text = _ESCAPED.sub(lambda code: f"_x005F{code[0]}", tidy(written(value)))
    if len(text) > LONGEST_CELL:
        raise UnreadableFile(
            f"A text of {place}, has {len(text):,} characters; a cell of a workbook holds {LONGEST_CELL:,}. "
            "Export a folder or a .zip."
        )
    if not _NOT_PLAIN.match(text):
        return text or None
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
