"""Status packs are kept as they were issued."""

from engagement.records.database import Author, Database
from engagement.records.reports import issue_report, issued, last_issued
from tests.records.asked import latest, refused, touched
from tests.records.portfolio import TODAY, day


def test_a_pack_is_kept_as_it_was_issued_and_the_latest_comes_first(own: Database, author: Author) -> None:
    body = {"status": {"on_track": 3}, "sentence": "Three of four."}
    issue_report(own, author, "status", TODAY, body)
    issue_report(own, author, " digest ", day("11-13"))
    with own.reading() as connection:
        assert [one[1:] for one in issued(connection)] == [
            (TODAY, "status", "Ana Example", body),
            (day("11-13"), "digest", "Ana Example", None),
            (day("10-31"), "status", "ana@example.org", None),
        ]
    assert own.revision() == 3
    assert touched(own, 1) == set()
    assert (latest(own).what, latest(own).subject) == ("issue report", "digest")


def test_a_pack_has_a_kind_and_is_not_issued_tomorrow(own: Database, author: Author) -> None:
    assert refused(lambda: issue_report(own, author, " ", day("11-21"))) == ["kind", "issued_on"]
    assert own.revision() == 1


def test_the_last_pack_before_a_day_is_not_that_of_the_day_itself(own: Database, author: Author) -> None:
    issue_report(own, author, "status", day("11-13"))  # others came with the files on 30 Sep and 31 Oct
    with own.reading() as connection:
        assert last_issued(connection, day("11-14")) == day("11-13")
        assert last_issued(connection, day("11-13")) == day("10-31")
        assert last_issued(connection, day("01-02")) is None
