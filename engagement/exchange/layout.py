"""What describes a table of the interchange format: its columns, and what they hold and ask for; and one as found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from engagement.errors import Problem

Row = Mapping[str, Any]
"""One typed row of a table: a value a column (None is not known), and ``_row``, its row in the file it came from."""

Type = Literal["text", "email", "date", "amount", "number", "percent", "whole", "word", "yes_no", "currency", "country"]
"""What a column holds, as Python: text, email, word, currency and country are `str`; date is `date`; amount is
`Decimal`; number and percent (0 to 100) are `float`; whole is `int`; yes_no is `bool`."""


class Column(NamedTuple):
    """One column of a file."""

    name: str
    type: Type
    help: str
    """What a person puts into it, for the template and the documentation."""
    required: bool = False
    words: tuple[str, ...] = ()
    """The only words it accepts."""
    default: str | None = None
    """The word that an empty cell stands for."""
    minimum: float | None = None
    maximum: float | None = None


class File(NamedTuple):
    """One table of the format: ``name.csv``, or the sheet ``name``."""

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    """Columns that no two rows of the file may share. Empty: rows are told apart by count."""
    everyday: bool = False
    """Whether a first portfolio needs it: these sheets of the template carry an example."""

    def column(self, name: str) -> Column | None:
        """The column of that name, None where there is none."""
        return next((column for column in self.columns if column.name == name), None)


class UnreadableSheet(Exception):
    """One file or sheet among others cannot be read, or not from here on: what is wrong, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class Sheet(NamedTuple):
    """One table as it was found."""

    name: str
    """Its name in small letters, without the ending."""
    label: str
    """How messages name it: ``milestones.csv``, ``sheet milestones``."""
    rows: Iterator[Sequence[Any]]
    """The header, then the rows; a row without cells is a blank line. May raise `csv.Error` and `UnreadableSheet`."""
    text_of: Callable[[Any, Column], str] | None = None
    """Gives the text of a cell where cells are not text yet. May raise ``cells.Unreadable``."""
    size: int = 0
    """How far it reaches beyond the sheets before it, for a progress bar; 0 where ``position`` counts on from them."""
    position: Callable[[], int] = lambda: 0
    """How far it was read: bytes of the file, or rows of the workbook."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the sheet as such."""
    place: str = ""
    """Where it lies, with its folders, where there may be two of one name."""
