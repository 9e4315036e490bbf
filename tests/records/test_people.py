"""People on our side, and what has to be assessed again once they are known."""

from typing import Any

from engagement.records import intake
from engagement.records.database import Author, Database
from engagement.records.history import changed_since, portfolio_terms
from engagement.records.people import add_person
from tests.records.portfolio import TODAY, engagement, rows

LISTED: list[dict[str, Any]] = [
    {"email": "ana@example.org", "name": "Ana Example"},
    {"email": "bo@example.org", "name": None},
]


def recorded(database: Database, author: Author, people: list[dict[str, Any]]) -> int:
    """Records people, and an engagement of each of three owners; gives the data version."""
    owners = {"crm": "Bo@example.org", "web": "ana@example.org", "app": "cy@example.org"}
    engagements = [engagement(key, owner=owner) for key, owner in owners.items()]
    tables = rows({"people": people, "engagements": engagements})
    intake.merge(database, author, tables, today=TODAY, origin="own")
    return database.revision()


def written_since(database: Database, revision: int) -> set[str] | None:
    with database.reading() as connection:
        return changed_since(connection, revision)[1]


def test_people_are_called_by_name_where_one_is_known(database: Database, author: Author) -> None:
    recorded(database, author, LISTED)
    with database.reading() as connection:
        common = portfolio_terms(connection, TODAY)
    people = ("Ana@Example.org", "bo@example.org", "Cy")
    assert [common.called(one) for one in people] == ["Ana Example", "bo@example.org", "Cy"]


def test_whom_a_new_name_belongs_to_has_their_work_assessed_again(database: Database, author: Author) -> None:
    revision = recorded(database, author, LISTED)
    add_person(database, author, "cy@example.org", "Cy Example", None)
    assert written_since(database, revision) == {"app"}


def test_whoever_is_listed_without_a_name_changes_nothing(database: Database, author: Author) -> None:
    revision = recorded(database, author, LISTED)
    add_person(database, author, "cy@example.org", None, None)
    assert written_since(database, revision) == set()


def test_a_name_that_an_import_gives_or_changes_has_their_work_assessed_again(
    database: Database, author: Author
) -> None:
    revision = recorded(database, author, LISTED)
    revision = recorded(database, author, [LISTED[0], LISTED[1] | {"name": "Bo Example"}])
    assert written_since(database, revision - 1) == {"crm"}
    assert recorded(database, author, LISTED[:1]) == revision
    recorded(database, author, [LISTED[0] | {"name": "Ana Other"}])
    assert written_since(database, revision) == {"web"}
