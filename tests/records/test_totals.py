"""The day a milestone was first paid is kept, whoever wrote the payment down."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from engagement.records import intake, schema, totals
from engagement.records.database import Author, Database
from engagement.records.spend import record_spend
from tests.records.portfolio import TODAY, Tables, day, milestone, plan, rows


def first_paid(database: Database) -> dict[str, date | None]:
    with database.reading() as connection:
        found = connection.execute(select(schema.Milestone.key, schema.Milestone.first_paid_on))
        return {row.key: row.first_paid_on for row in found}


def pay(database: Database, author: Author, spent_on: date, milestone: str | None, *, deposit: bool = False) -> None:
    record_spend(database, author, "crm", spent_on, Decimal(10), milestone=milestone, deposit=deposit)


def test_deposits_hours_without_money_and_payments_for_the_whole_pay_no_milestone(
    own: Database, author: Author
) -> None:
    pay(own, author, day("10-01"), "M1", deposit=True)
    pay(own, author, day("10-01"), None)
    record_spend(own, author, "crm", day("10-01"), Decimal(0), hours=Decimal(4), milestone="M1")
    assert set(first_paid(own).values()) == {None}


def test_the_earliest_payment_counts_whenever_it_is_written_down(own: Database, author: Author) -> None:
    pay(own, author, day("11-03"), "M3")
    assert first_paid(own)["M3"] == day("11-03")
    pay(own, author, day("11-10"), "M3")
    assert first_paid(own)["M3"] == day("11-03")
    pay(own, author, day("11-01"), "M3")
    assert first_paid(own) == {"M1": None, "M2": None, "M3": day("11-01"), "close:2026-10-10": None}


def payments() -> Tables:
    paid = {"engagement": "crm", "milestone": "M1", "amount": Decimal(5)}
    deposit = {**paid, "spent_on": day("06-05"), "deposit": True}
    return plan(
        milestones=[milestone(), milestone("M2")],
        spend=[deposit, {**paid, "spent_on": day("10-05")}, {**paid, "spent_on": day("10-02")}],
    )


@pytest.mark.parametrize("many", [500, 0], ids=["named", "all"])
def test_a_file_says_so_too_and_a_correction_of_the_plan_leaves_it(
    database: Database, author: Author, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(totals, "MANY", many)
    intake.merge(database, author, rows(payments()), today=TODAY, origin="own")
    assert first_paid(database) == {"M1": day("10-02"), "M2": None}
    renamed = plan(milestones=[milestone(name="Data load, all of it"), milestone("M2")])
    intake.merge(database, author, rows(renamed), today=TODAY, origin="own")
    assert first_paid(database) == {"M1": day("10-02"), "M2": None}
