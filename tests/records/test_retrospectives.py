"""What was learned is written down."""

from engagement.records.database import Author, Database
from engagement.records.retrospectives import Retrospective, retrospectives, write_retrospective
from tests.records.asked import latest, refused, touched
from tests.records.portfolio import TODAY, day


def known(database: Database, key: str = "old") -> tuple[Retrospective, ...]:
    with database.reading() as connection:
        return retrospectives(connection, key)


def test_a_retrospective_is_written_once_and_the_latest_comes_first(own: Database, author: Author) -> None:
    for _ in range(2):
        write_retrospective(own, author, "old", TODAY, went_badly=" Too late. ", would_hire_again=True)
    assert known(own) == ((TODAY, None, "Too late.", True), (day("11-05"), "The texts", "The dates", False))
    assert known(own, "crm") == ()
    assert own.revision() == 2
    assert touched(own, 1) == {"old"}
    assert (latest(own).what, latest(own).engagement) == ("write retrospective", "old")


def test_not_to_know_whether_one_would_hire_again_is_no_no(own: Database, author: Author) -> None:
    write_retrospective(own, author, "crm", TODAY, went_well="The tests")
    assert known(own, "crm") == ((TODAY, "The tests", None, None),)


def test_a_retrospective_that_says_nothing_is_refused(own: Database, author: Author) -> None:
    assert refused(
        lambda: write_retrospective(own, author, "shop", day("11-21"), went_well=" ", would_hire_again=True)
    ) == ["engagement", "written_on", "went_well"]
    assert own.revision() == 1
