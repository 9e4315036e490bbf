"""What tests of writing ask: what was refused, and what was put down in the audit."""

from collections.abc import Callable

import pytest

from engagement.errors import Refused
from engagement.records.audit import AuditEntry, audit
from engagement.records.database import Database
from engagement.records.history import changed_since


def refused(write: Callable[[], None]) -> list[str | None]:
    """The fields in which something is wrong."""
    with pytest.raises(Refused) as caught:
        write()
    assert all(problem.what and problem.remedy for problem in caught.value.problems)
    return [problem.column for problem in caught.value.problems]


def latest(database: Database) -> AuditEntry:
    """What was written last, as the audit has it."""
    with database.reading() as connection:
        return audit(connection)[0]


def touched(database: Database, since: int) -> set[str] | None:
    """The engagements that were written after a data version; None where everything has to be read again."""
    with database.reading() as connection:
        return changed_since(connection, since)[1]
