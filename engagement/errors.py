"""What can go wrong that a person can do something about: one class per cause, and problems as values.

What people typed becomes a list of `Problem`, all of them at once. What a machine could not do becomes an exception of
this module, whose text says what happened and what to do next, in words for the person who reads it.
"""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with what a person gave us, where it stands and how to mend it."""

    what: str
    """What is wrong, with the value as it was typed: '"31/02/2026" is not a date.'"""
    remedy: str
    """What to do about it: 'Write it as YYYY-MM-DD.'"""
    file: str | None = None
    """File or sheet, as the person named it: 'milestones.csv'. None for what was typed into a form."""
    row: int | None = None
    """Row in the file as a spreadsheet counts: the header is row 1."""
    column: str | None = None
    """Column of the file or field of the form."""

    def __str__(self) -> str:
        place = " ".join(filter(None, [self.file, f"row {self.row}" if self.row else None]))
        where = ", ".join(filter(None, [place, self.column]))
        return f"{where}: {self.what} {self.remedy}" if where else f"{self.what} {self.remedy}"


class EngagementError(Exception):
    """Anything this program refuses or cannot do, in words a person can act on."""


class Refused(EngagementError):
    """What was to be recorded is not acceptable; nothing was written. Carries every problem found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class UnreadableFile(EngagementError):
    """A file or folder that was given is missing or is not of the kind it should be."""


class WrongUsage(EngagementError):
    """Nothing is wrong with the data, but what was asked for cannot be done as it was asked."""


class WrongSetting(WrongUsage):
    """A configuration value cannot be understood."""


class AlreadyThere(WrongUsage):
    """What was to be written would replace files, and nobody said that it may."""


class DatabaseError(EngagementError):
    """The database cannot be used; the subclasses say why."""


class DatabaseMissing(DatabaseError):
    """There is no database at the address, or it has no schema yet."""


class DatabaseLocked(DatabaseError):
    """Somebody else has been writing for longer than we wait."""


class DatabaseOlder(DatabaseError):
    """The schema is of an earlier version of this program and has to be upgraded."""


class DatabaseNewer(DatabaseError):
    """The schema was written by a later version of this program."""


class NotADatabase(DatabaseError):
    """The file is something else, or holds somebody else's tables."""


class DatabaseUnreachable(DatabaseError):
    """The server does not answer or does not let us in, or the file may not be read or written."""
