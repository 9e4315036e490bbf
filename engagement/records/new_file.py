"""A database file that is not there yet: built beside its place under another name, put there once it is complete."""

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
