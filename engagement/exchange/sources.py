"""A folder, a zip or a workbook, opened as sheets of rows: what can be read at all, before anybody asks what it says.

What is no such thing is refused with `UnreadableFile`, whose words say what it is instead and what to do.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Any, Final, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as NotDeflated  # noqa: N812 - an exception, named like one

from engagement.errors import UnreadableFile
from engagement.exchange.cells import shown
from engagement.exchange.layout import Sheet, UnreadableSheet

LARGEST_TOTAL: Final = 4 * 1024**3
"""Bytes of text that all files together may hold: some forty thousand engagements."""
LARGEST_WORKBOOK: Final = 512 * 1024**2
"""The same of a workbook, which is slower to read and holds a million rows a sheet at most."""
LARGEST_RATIO: Final = 250
"""How much smaller than its content an archive may be: text shrinks to a tenth, a bomb to a thousandth."""
SMALL_ENOUGH: Final = 64 * 1024**2
"""Bytes that are never called a bomb."""

ROWS_BETWEEN_POSITIONS: Final = 1_000

_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class Source(NamedTuple):
    """Everything that was found in a place."""

    sheets: Iterator[Sheet]
    """One after the other: each is read to its end before the next is taken."""
    size: int
    """Bytes in all, of a workbook rows, for a progress bar."""
    workbook: bool = False


@contextmanager
def opened(place: Path | IO[bytes], name: str) -> Iterator[Source]:
    """The sheets of a folder, zip or workbook at a path, or of an uploaded zip or workbook.

    ``name`` stands in messages. Raises `UnreadableFile`.
    """
    with ExitStack() as stack:
        try:
            if isinstance(place, Path):
                if place.is_dir():
                    yield _folder(place, name)
                    return
                place = stack.enter_context(place.open("rb"))
            yield _archive(place, name, stack)
        except FileNotFoundError:
            raise UnreadableFile(
                f"There is no file or folder {name}. Check the name and the folder you are in."
            ) from None
        except PermissionError:
            raise UnreadableFile(f"{name} may not be read. Ask its owner for permission, or copy it.") from None
        except (IsADirectoryError, NotADirectoryError):
            raise UnreadableFile(f"{name} is not a file that can be read.") from None
        except OSError as error:
            raise UnreadableFile(f"{shown(name)} cannot be read: {error.strerror}. Check the name.") from None


def _folder(folder: Path, name: str) -> Source:
    tables = sorted(file for file in folder.iterdir() if file.suffix.casefold() == ".csv")
    found = [file for file in tables if file.is_file()]
    size = sum(file.stat().st_size for file in found)
    if size > LARGEST_TOTAL:
        raise UnreadableFile(_too_large(name, size, LARGEST_TOTAL))
    sheets = (_csv_sheet(file.name, _opening(file), file.stat().st_size) for file in found)
    folders = [file.name for file in tables if file.is_dir()]
    others = [file.name for file in tables if file not in found and file.name not in folders]
    return Source(chain(sheets, _folders(folders, found), map(_no_file, others)), size)


def _opening(file: Path) -> Callable[[], IO[bytes]]:
    def opening() -> IO[bytes]:
        try:
            return file.open("rb")
        except OSError as error:
            raise UnreadableSheet(f"It cannot be read: {error.strerror}.", "Check who may read it.") from None

    return opening


def _no_file(name: str) -> Sheet:
    """A table that is a link to nowhere, a pipe or a device."""
    return _refused(name, "It is no file, or leads to none.", "Put the file itself in its place.")


def _archive(content: IO[bytes], name: str, stack: ExitStack) -> Source:
    start = content.read(8)
    content.seek(0)
    if start == _OLE:
        raise UnreadableFile(_old_or_locked(content, name))
    if not start.startswith(b"PK"):
        raise UnreadableFile(_not_an_archive(name, start))
    try:
        archive = stack.enter_context(ZipFile(content))
    except BadZipFile:
        raise UnreadableFile(f"{name} is damaged: it cannot be unpacked. Save or send it again.") from None
    listed = archive.infolist()
    members = [member for member in listed if not member.is_dir()]
    names = {member.filename for member in members}
    workbook = "xl/workbook.xml" in names
    _check_members(members, name, LARGEST_WORKBOOK if workbook else LARGEST_TOTAL)
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise UnreadableFile(f"{name} is a spreadsheet of another kind. Save it as an Excel workbook (.xlsx).")
    if workbook:
        return _workbook(content, archive, name, stack)
    return _zip(archive, listed)


def _workbook(content: IO[bytes], archive: ZipFile, name: str, stack: ExitStack) -> Source:
    from engagement.exchange.workbook import sheets  # a folder is read without loading openpyxl

    found, rows = stack.enter_context(sheets(content, archive, name))
    return Source(found, rows, workbook=True)


def _zip(archive: ZipFile, listed: Sequence[ZipInfo]) -> Source:
    paths = {member.filename: PurePosixPath(member.filename.replace("\\", "/")) for member in listed}
    found = sorted(
        (member for member in listed if not member.is_dir() and _is_table(paths[member.filename])),
        key=lambda member: paths[member.filename].name,
    )
    inner = {folder.name for path in paths.values() for folder in path.parents if _is_table(folder)}
    inner |= {path.name for member in listed if member.is_dir() and _is_table(path := paths[member.filename])}
    sheets = (_member(archive, member, paths[member.filename]) for member in found)
    folders = _folders(sorted(inner), [paths[member.filename] for member in found])
    return Source(chain(sheets, folders), sum(member.file_size for member in found))


def _member(archive: ZipFile, member: ZipInfo, path: PurePosixPath) -> Sheet:
    """A file of a zip as a sheet, with damage that only shows while unpacking told in words."""
    if ".." in path.parts:
        remedy = "Pack the files themselves into the zip, or the folder that holds them."
        return _refused(path.name, f"The zip holds it as {path}, outside of the zip.", remedy)
    sheet = _csv_sheet(path.name, partial(archive.open, member), member.file_size)
    return sheet._replace(rows=_unpacked(sheet.rows), place=str(path))


def _unpacked(rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    try:
        yield from rows
    except (BadZipFile, EOFError, NotImplementedError, NotDeflated) as error:
        raise UnreadableSheet(f"It is damaged ({error}).", "Make the zip again.") from None


def _folders(names: Sequence[str], found: Sequence[PurePath]) -> Iterator[Sheet]:
    """Folders that bear the name of a table which is no file."""
    known = {file.stem.casefold() for file in found}
    for name in names:
        if PurePosixPath(name).stem.casefold() not in known:
            yield _refused(name, "It is a folder, not a file.", "Put the file itself in its place.")


def _refused(label: str, what: str, remedy: str) -> Sheet:
    """A table that is there and cannot be read."""

    def opening() -> IO[bytes]:
        raise UnreadableSheet(what, remedy)

    return _csv_sheet(label, opening, 0)


def _is_table(path: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts if part != "..")
    return path.suffix.casefold() == ".csv" and not hidden


def _csv_sheet(label: str, opening: Callable[[], IO[bytes]], size: int) -> Sheet:
    """A CSV file as a sheet. It is opened when its first row is asked for, and closed after its last."""
    reached = [0]
    rows = _csv_rows(opening, reached)
    return Sheet(PurePosixPath(label).stem.casefold(), label, rows, None, size, lambda: reached[0])


def _csv_rows(opening: Callable[[], IO[bytes]], reached: list[int]) -> Iterator[list[str]]:
    """Rows of a CSV file; bytes that are not UTF-8 come as lone surrogates, for the cells to complain about."""
    with opening() as binary:
        start = binary.read(2)
        if start in _UTF16 or start.count(0) == 1:
            raise UnreadableSheet("It is in UTF-16.", 'Save it again as "CSV UTF-8".')
        binary.seek(0)
        text = io.TextIOWrapper(binary, "utf-8-sig", errors="surrogateescape", newline="")
        for number, row in enumerate(csv.reader(text, strict=True)):
            if number % ROWS_BETWEEN_POSITIONS == 0:
                reached[0] = binary.tell()
            yield row if "".join(row).strip() else []
        reached[0] = binary.tell()


def _check_members(members: Sequence[ZipInfo], name: str, largest: int) -> None:
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if total > largest:
        raise UnreadableFile(_too_large(name, total, largest))
    if total > SMALL_ENOUGH and total > LARGEST_RATIO * packed:
        raise UnreadableFile(
            f"{name} unpacks to {total // 1024**2:,} MB, {LARGEST_RATIO} times its size or more. "
            "Real records do not; unpack it yourself and import the folder."
        )
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(f"{name} is protected by a password. Save it without one.")


def _too_large(name: str, size: int, largest: int) -> str:
    return (
        f"{name} holds {size // 1024**2:,} MB of text; {largest // 1024**2:,} MB can be read at once. "
        "Split it by engagement and import the parts one after the other."
    )


def _old_or_locked(content: IO[bytes], name: str) -> str:
    locked = "EncryptedPackage".encode("utf-16-le") in content.read(LARGEST_WORKBOOK)
    if locked:
        return f"{name} is protected by a password. Save it without one."
    return f"{name} is a workbook of the old kind (.xls). Save it as an Excel workbook (.xlsx)."


def _not_an_archive(name: str, start: bytes) -> str:
    if not start:
        return f"{name} is empty. Save or send it again."
    if name.casefold().endswith(".csv"):
        return f"{name} is one file of a portfolio. Give the folder that holds engagements.csv and milestones.csv."
    return f"{name} is neither a folder nor a zip nor an Excel workbook (.xlsx). Export it as one of these."
