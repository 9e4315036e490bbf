"""The vendor agrees to the plan."""

from engagement.assessment.values import Confirmation
from engagement.records.confirmations import confirm_plan, confirmations
from engagement.records.database import Author, Database
from tests.records.asked import latest, refused, touched
from tests.records.portfolio import TODAY, day


def known(database: Database, key: str = "crm") -> tuple[Confirmation, ...]:
    with database.reading() as connection:
        return confirmations(connection, key)


def test_a_confirmation_is_recorded_and_the_latest_comes_first(own: Database, author: Author) -> None:
    confirm_plan(own, author, "crm", 3, confirmed_on=TODAY, confirmed_by=" Nora North ")
    assert known(own) == ((TODAY, 3, "Nora North"), (day("06-03"), 2, "Nora North"))
    assert known(own, "books") == ()
    assert touched(own, 1) == {"crm"}
    entry = latest(own)
    assert (entry.what, entry.by, entry.engagement) == ("confirm plan", "Ana Example", "crm")
    assert entry.after == {"plan_version": 3, "confirmed_on": "2026-11-20", "confirmed_by": "Nora North"}


def test_the_same_confirmation_twice_is_recorded_once(own: Database, author: Author) -> None:
    for _ in range(2):
        confirm_plan(own, author, "crm", 1, confirmed_on=TODAY)
    assert known(own)[0] == (TODAY, 1, None)
    assert (len(known(own)), own.revision()) == (2, 2)


def test_the_first_version_is_one_and_nobody_confirms_tomorrow(own: Database, author: Author) -> None:
    assert refused(lambda: confirm_plan(own, author, "shop", 0, confirmed_on=day("11-21"))) == [
        "engagement", "plan_version", "confirmed_on",
    ]  # fmt: skip
    assert own.revision() == 1
