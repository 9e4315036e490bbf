"""The description of the format and what the records keep are the same columns."""

from engagement.exchange.interchange import FILES
from engagement.records import intake
from engagement.records.database import Author, Database
from tests.records.portfolio import TODAY, everything, rows


def test_every_column_of_the_format_is_recorded_and_given_back(database: Database, author: Author) -> None:
    intake.merge(database, author, rows(everything()), today=TODAY, origin="own")
    with database.reading() as connection:
        tables = intake.tables(connection)
    filled = {
        name: {column for row in found for column, value in row.items() if value is not None}
        for name, found in tables.items()
    }
    assert filled == {file.name: {column.name for column in file.columns} for file in FILES}
