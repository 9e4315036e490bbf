"""What the tests of writing share: a portfolio to write to."""

import pytest

from engagement.records import intake
from engagement.records.database import Author, Database
from tests.records.portfolio import TODAY, everything, rows


@pytest.fixture
def own(database: Database, author: Author) -> Database:
    """A database in which every file has rows."""
    intake.merge(database, author, rows(everything()), today=TODAY, origin="own")
    return database
