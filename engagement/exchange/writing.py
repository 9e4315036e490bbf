"""Typed tables out, as a folder of CSV files, a zip of them, or a workbook: which one, the name says.

Every file of the format is written, also those without rows, so that nothing of an earlier export stays behind in a
folder. Each file is complete before it takes the place of an earlier one. The same tables give the same bytes.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from engagement.errors import AlreadyThere, UnreadableFile, WrongUsage
from engagement.exchange.cells import guarded, written
from engagement.exchange.interchange import FILES
from engagement.exchange.layout import Column, File, Row

Tables = Mapping[str, Iterable[Row]]

_FIRST_DAY_OF_ZIP: Final = (1980, 1, 1, 0, 0, 0)
_FILES: Final = frozenset({".zip", ".xlsx"})
_OTHER_KINDS: Final = frozenset({".csv", ".xls", ".xlsm", ".ods", ".json", ".gz", ".7z", ".tar"})
_TEXT_TYPES: Final = frozenset({"text", "email"})


def write(path: Path, tables: Tables) -> None:
    """Writes tables where ``path`` says: ``name.zip`` and ``name.xlsx`` become such a file, any other name a folder.

    What stands there under the same names is replaced. Raises `UnreadableFile` where nothing can be written there, and
    `WrongUsage` where the name says something that is not written at all.
    """
    try:
        kind = path.suffix.casefold()
        if kind == ".zip":
            write_zip(path, tables)
        elif kind == ".xlsx":
            from engagement.exchange.workbook import write_workbook  # CSV is written without loading openpyxl

            with replacing(path) as binary:
                write_workbook(binary, tables)
        elif kind in _OTHER_KINDS:
            raise WrongUsage(f"{path} is none of what can be written. Name a folder, a .zip or a .xlsx.")
        else:
            write_folder(path, tables)
    except (FileExistsError, IsADirectoryError, NotADirectoryError):
        raise UnreadableFile(f"{path} cannot be written: there is something else of that name.") from None
    except FileNotFoundError:
        raise UnreadableFile(f"{path} cannot be written: there is no folder {path.parent}. Make it first.") from None
    except PermissionError:
        raise UnreadableFile(f"{path} may not be written. Choose a folder of your own.") from None


def refuse_to_replace(path: Path) -> None:
    """Raises `AlreadyThere` where writing to ``path`` would replace a file, or mix tables with others in a folder."""
    how = "Nothing was written. Choose another name, or add --overwrite to replace"
    if path.suffix.casefold() in _FILES and path.is_file():
        raise AlreadyThere(f"{path} is there already. {how} it.")
    if path.is_dir():
        found = sorted(file.name for file in path.iterdir() if file.suffix.casefold() == ".csv")
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        if found:
            raise AlreadyThere(f"There are tables in {path} already: {found[0]}{more}. {how} those of the same name.")


def write_folder(folder: Path, tables: Tables) -> None:
    """Writes tables as CSV files into a folder, which is made where it is missing."""
    folder.mkdir(exist_ok=True)
    for file in FILES:
        with replacing(folder / f"{file.name}.csv") as binary:
            write_csv(binary, file, tables.get(file.name, ()))


def write_zip(path: Path, tables: Tables) -> None:
    """Writes tables as CSV files into a zip."""
    with replacing(path) as binary, ZipFile(binary, "w", ZIP_DEFLATED) as archive:
        for file in FILES:
            member = ZipInfo(f"{file.name}.csv", _FIRST_DAY_OF_ZIP)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            with archive.open(member, "w", force_zip64=True) as content:
                write_csv(content, file, tables.get(file.name, ()))


def write_csv(binary: IO[bytes], file: File, rows: Iterable[Row]) -> None:
    """Writes one table: a header, then a line a row. Columns that a row lacks are empty."""
    text = io.TextIOWrapper(binary, "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in file.columns])
    writer.writerows([_cell(row.get(column.name), column) for column in file.columns] for row in rows)
    text.flush()
    text.detach()


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into that takes the place of ``path`` once it is complete, and leaves no trace otherwise."""
    if path.is_dir():
        raise IsADirectoryError(path)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("wb") as binary:
            yield binary
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _cell(value: object, column: Column) -> str:
    text = written(value)
    return guarded(text) if text and column.type in _TEXT_TYPES else text
