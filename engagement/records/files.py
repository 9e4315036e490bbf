"""The file of an SQLite database as a file: whether it is there, building a new one, reading one that is sealed.

SQLite keeps notes beside a file while it is open (``-wal``, ``-shm``). Without them the file is all there is.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Final

from sqlalchemy.engine import URL

from engagement.records import failures

ABANDONED_SECONDS: Final = 24 * 3600
"""An unfinished file this old belongs to a program that was killed."""


def is_there(path: Path) -> bool:
    """Whether there is a file, with or without something in it, or a folder that may not be looked into."""
    try:
        return path.exists()
    except PermissionError:
        return True


def exists(path: Path) -> bool:
    """Whether there is a file with something in it. A folder that may not be looked into counts as a file."""
    try:
        return path.stat().st_size > 0
    except PermissionError:
        return True
    except OSError:
        return False


def is_sealed(url: URL) -> bool:
    """Whether notes can neither be kept beside the file nor are kept there: it may be read as it is."""
    path = Path(str(url.database))
    by_account = os.access in os.supports_effective_ids
    return not os.access(path.parent, os.W_OK, effective_ids=by_account) and _state(path)[0] is None


@contextmanager
def untouched(url: URL) -> Iterator[None]:
    """A block in which a sealed file is read. Raises `DatabaseLocked` where somebody else began to write meanwhile.

    What was read then may be of two minds, and is worth nothing.
    """
    path = Path(str(url.database))
    before = _state(path)
    try:
        yield
    finally:
        if _state(path) != before:
            raise failures.locked(url)


def _state(path: Path) -> tuple[int | None, ...]:
    """What changes when somebody writes: the size of the notes (None where there are none), and the file itself."""
    try:
        notes = path.with_name(f"{path.name}-wal").stat().st_size
    except OSError:
        notes = None
    try:
        found = path.stat()
    except OSError:
        return (notes,)
    return notes, found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def new_file(url: URL) -> Iterator[Path]:
    """An empty file to build a database in. It takes the place that ``url`` names where the block ends well.

    Otherwise nothing stays behind, neither the file nor folders that were made for it; a program that is killed leaves
    the unfinished file, which the next one takes away after a day. Raises `DatabaseUnreachable` where no file can be
    made, and `DatabaseLocked` where somebody else has made one in the meantime.
    """
    path = Path(str(url.database)).resolve()
    folders = [folder for folder in path.parents if not folder.exists()]
    unfinished = path.with_name(f".{path.name}.{os.getpid()}-{token_hex(4)}.unfinished")
    try:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep(path)
            unfinished.touch(exist_ok=False)
        except OSError as error:
            raise failures.unreachable(url, error.strerror or str(error)) from error
        yield unfinished
        _put(unfinished, path, url)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
            for folder in folders:
                folder.rmdir()


def _put(unfinished: Path, path: Path, url: URL) -> None:
    """Gives a file its name, unless there is a file of that name by now."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        raise failures.made_meanwhile(url) from None
    except OSError:  # a file system without links
        if path.exists():
            raise failures.made_meanwhile(url) from None
        unfinished.rename(path)


def _sweep(path: Path) -> None:
    for left in path.parent.glob(f".{path.name}.*.unfinished"):
        if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
            left.unlink(missing_ok=True)
