"""A check-in is not done until the owner has read it."""

from datetime import date

import pytest

from engagement.records import intake
from engagement.records.check_ins import (
    CheckInEntry,
    UnreadCheckIn,
    acknowledge,
    log_check_ins,
    unread_check_ins,
    we_talked,
)
from engagement.records.database import Author, Database
from engagement.records.engagements import change_terms
from engagement.records.history import LogEntry, log
from tests.records.asked import latest, refused, touched
from tests.records.portfolio import TODAY, day


@pytest.fixture
def bo(author: Author) -> Author:
    """The lead of the work, who does not own it."""
    return author._replace(name="Bo Example")


def unread(database: Database, as_of: date = TODAY, key: str = "crm") -> tuple[UnreadCheckIn, ...]:
    with database.reading() as connection:
        return unread_check_ins(connection, key, as_of)


def newest(database: Database, as_of: date = TODAY) -> LogEntry:
    with database.reading() as connection:
        return log(connection, "crm", as_of)[0]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Ana Example", True),
        ("ana example", True),
        ("Ana@example.org", True),
        ("Bo Example", False),
        ("Ana", False),
    ],
)
def test_what_the_owner_writes_the_owner_has_read(own: Database, author: Author, name: str, read: bool) -> None:
    we_talked(own, author._replace(name=name), "crm", day("11-18"))
    entry = newest(own)
    assert (entry.acknowledged_by, entry.acknowledged_on) == ((name, TODAY) if read else (None, None))
    assert len(unread(own)) == (0 if read else 1)
    assert unread(own, day("11-19")) != ()


def test_before_anybody_has_said_who_they_are_reading_is_not_refused_for_being_somebody_else(
    own: Database, author: Author, bo: Author
) -> None:
    we_talked(own, bo, "crm", day("11-18"))
    [talk] = unread(own)
    assert refused(lambda: acknowledge(own, bo, "crm", [talk.id], TODAY)) == ["engagement"]
    acknowledge(own, bo._replace(rehearses=True), "crm", [talk.id], TODAY)
    assert unread(own) == (talk,)


def test_who_owns_it_is_who_owns_it_today(own: Database, author: Author, bo: Author) -> None:
    change_terms(own, author, "crm", owner="Bo Example")
    we_talked(own, bo, "crm", day("11-18"))
    assert newest(own).acknowledged_by == "Bo Example"


def test_where_nobody_owns_it_nobody_has_read_it(own: Database, author: Author) -> None:
    we_talked(own, author, "books", TODAY)
    [talk] = unread(own, key="books")
    assert refused(lambda: acknowledge(own, author, "books", [talk.id], TODAY)) == ["engagement"]


def test_the_owner_reads_several_at_once(own: Database, author: Author, bo: Author) -> None:
    for held_on in (day("11-18"), day("11-17")):
        log_check_ins(
            own, bo, [CheckInEntry("crm", held_on, "call", notes="Load."), CheckInEntry("crm", held_on, "chat")]
        )
    listed = unread(own)
    assert [(one.held_on, one.channel, one.by, one.notes) for one in listed] == [
        (day("11-17"), "call", "Bo Example", "Load."), (day("11-17"), "chat", "Bo Example", None),
        (day("11-18"), "call", "Bo Example", "Load."), (day("11-18"), "chat", "Bo Example", None),
    ]  # fmt: skip
    acknowledge(own, author, "crm", [one.id for one in listed[:3]], day("11-19"))
    assert unread(own) == listed[3:]
    assert unread(own, day("11-18")) == listed
    assert touched(own, 3) == {"crm"}
    assert own.revision() == 4
    entry = latest(own)
    assert (entry.what, entry.by, entry.subject) == ("acknowledge", "Ana Example", "2026-11-18 call")
    assert entry.after == {"acknowledged_by": "Ana Example", "acknowledged_on": "2026-11-19"}
    acknowledge(own, author, "crm", [listed[0].id], TODAY)
    assert own.revision() == 4


def test_only_the_owner_can_say_so(own: Database, author: Author, bo: Author) -> None:
    we_talked(own, bo, "crm", TODAY)
    [talk] = unread(own)
    assert refused(lambda: acknowledge(own, bo, "crm", [talk.id], TODAY)) == ["engagement"]
    acknowledge(own, author._replace(name="ana@example.org"), "crm", [talk.id], TODAY)
    assert unread(own) == ()


def test_what_was_added_to_has_to_be_read_again(own: Database, author: Author, bo: Author) -> None:
    log_check_ins(own, bo, [CheckInEntry("crm", TODAY, "call", notes="Load.")])
    [first] = unread(own)
    acknowledge(own, author, "crm", [first.id], TODAY)
    log_check_ins(own, bo, [CheckInEntry("crm", TODAY, "call", notes="And tests.")])
    [second] = unread(own)
    assert second.notes == "Load.\n\nAnd tests."
    assert refused(lambda: acknowledge(own, author, "crm", [first.id], TODAY)) == ["check_ins"]


def test_what_is_added_later_leaves_the_day_on_which_it_was_first_written_down(
    own: Database, author: Author, bo: Author
) -> None:
    log_check_ins(own, bo, [CheckInEntry("crm", TODAY, "call", notes="Load.")])
    later = bo._replace(at=bo.at.replace(month=12))
    log_check_ins(own, later, [CheckInEntry("crm", TODAY, "call", notes="And tests.")])
    assert newest(own).recorded_on == TODAY


def test_what_cannot_have_been_read_is_refused(own: Database, author: Author, bo: Author) -> None:
    we_talked(own, bo, "crm", day("11-18"))
    [talk] = unread(own)
    assert refused(lambda: acknowledge(own, author, "crm", [talk.id], day("11-17"))) == ["read_on"]
    assert refused(lambda: acknowledge(own, author, "crm", [talk.id, 99], day("11-21"))) == ["read_on", "check_ins"]
    assert refused(lambda: acknowledge(own, author, "crm", [], TODAY)) == ["check_ins"]
    assert refused(lambda: acknowledge(own, author, "shop", [talk.id], TODAY)) == ["engagement", "check_ins"]
    assert unread(own) == (talk,)


def test_what_came_with_a_file_is_nothing_that_waits_to_be_read(own: Database, author: Author) -> None:
    talk = {"_row": 2, "engagement": "crm", "held_on": day("11-02"), "channel": "call", "side": "us"}
    intake.merge(own, author, {"check_ins": [talk]}, today=TODAY, origin="own")
    assert unread(own) == ()
    intake.merge(own, author, {"check_ins": [{**talk, "imported": False}]}, today=TODAY, origin="own")
    assert [one.held_on for one in unread(own)] == [day("11-02")]
