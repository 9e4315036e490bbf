"""What a vendor was let into is on a list until it is taken back."""

from engagement.records.accesses import RecordedAccess, accesses, give_access, revoke_access
from engagement.records.database import Author, Database
from tests.records.asked import latest, refused, touched
from tests.records.portfolio import TODAY, day


def known(database: Database, key: str = "crm") -> tuple[RecordedAccess, ...]:
    with database.reading() as connection:
        return accesses(connection, key)


def test_what_the_vendor_may_still_enter_comes_first(own: Database, author: Author) -> None:
    give_access(own, author, "crm", " Live system ", day("11-18"))
    assert [one[1:] for one in known(own)] == [
        ("Live system", day("11-18"), None), ("Test system", day("06-20"), day("11-15")),
    ]  # fmt: skip
    assert known(own, "books") == ()
    assert touched(own, 1) == {"crm"}
    assert (latest(own).what, latest(own).subject) == ("give access", "Live system")


def test_what_is_taken_back_once_stays_so(own: Database, author: Author) -> None:
    give_access(own, author, "books", "Ledger", day("11-18"))
    [ledger] = known(own, "books")
    revoke_access(own, author, ledger.id, day("11-18"))
    revoke_access(own, author, ledger.id, TODAY)
    assert known(own, "books") == ((ledger.id, "Ledger", day("11-18"), day("11-18")),)
    assert own.revision() == 3
    assert touched(own, 2) == {"books"}
    entry = latest(own)
    assert (entry.what, entry.engagement, entry.subject) == ("revoke access", "books", "Ledger")
    assert (entry.before, entry.after) == ({"revoked_on": None}, {"revoked_on": "2026-11-18"})


def test_the_same_access_is_given_once_and_again_only_after_it_was_taken_back(own: Database, author: Author) -> None:
    give_access(own, author, "crm", "Live system", day("11-18"))
    give_access(own, author, "crm", "Live system", day("11-18"))
    assert (len(known(own)), own.revision()) == (2, 2)
    assert refused(lambda: give_access(own, author, "crm", "Live system", TODAY)) == ["what"]
    give_access(own, author, "crm", "Test system", TODAY)
    assert [one.what for one in known(own)] == ["Live system", "Test system", "Test system"]


def test_an_access_needs_a_name_and_days_that_can_be(own: Database, author: Author) -> None:
    assert refused(lambda: give_access(own, author, "shop", " ", day("11-21"))) == ["engagement", "what", "given_on"]
    give_access(own, author, "crm", "Live system", day("11-18"))
    live = known(own)[0].id
    assert refused(lambda: revoke_access(own, author, live, day("11-17"))) == ["revoked_on"]
    assert refused(lambda: revoke_access(own, author, live, day("11-21"))) == ["revoked_on"]
    assert refused(lambda: revoke_access(own, author, 99, TODAY)) == ["access"]
    assert known(own)[0].revoked_on is None
