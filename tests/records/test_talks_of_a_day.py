"""What is recorded for a day already, and which agreed talks have come: read for the form of a check-in."""

from datetime import UTC, datetime
from typing import Any

from engagement.records.actions import open_actions
from engagement.records.check_ins import CheckInEntry, Recorded, agreed_talks, log_check_ins, recorded_of
from engagement.records.database import Author, Database
from tests.records.portfolio import TODAY, day

BO = Author("Bo", datetime(2026, 11, 20, 9, 30, tzinfo=UTC))


def entry(**said: Any) -> CheckInEntry:
    given: dict[str, Any] = {"engagement": "crm", "held_on": TODAY, "channel": "video"} | said
    return CheckInEntry(**given)


def there(database: Database, *keys: str) -> tuple[Recorded, ...]:
    with database.reading() as connection:
        return recorded_of(connection, keys, TODAY)


def agreed(database: Database) -> dict[str, str]:
    with database.reading() as connection:
        return {key: on.isoformat() for key, on in agreed_talks(connection, TODAY).items()}


def test_a_talk_of_the_day_is_found_with_who_when_and_what_was_closed(own: Database, author: Author) -> None:
    assert there(own, "crm") == ()
    with own.reading() as connection:
        question = next(one for one in open_actions(connection, ["crm"], TODAY) if one.title == "Which fields?")
    log_check_ins(own, BO, [entry(closed_actions=(question.id,))])
    log_check_ins(own, author, [entry(channel="report", side="vendor"), entry(held_on=day("11-19"))])
    assert there(own, "crm") == (Recorded("crm", "video", "Bo", BO.at, ("Which fields?",)),)
    log_check_ins(own, BO, [entry(notes="And more.")])
    assert len(there(own, "crm")) == 1
    assert there(own) == ()


def test_an_agreed_talk_has_come_from_its_day_until_one_is_held(own: Database, author: Author) -> None:
    before = agreed(own)
    log_check_ins(own, author, [entry(held_on=day("11-19"), next_on=day("11-21"))])
    assert "crm" not in agreed(own)
    log_check_ins(own, author, [entry(held_on=day("11-19"), channel="call", next_on=TODAY)])
    assert agreed(own) == before | {"crm": "2026-11-20"}
    log_check_ins(own, author, [entry()])
    assert "crm" not in agreed(own)
