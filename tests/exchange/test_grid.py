"""The grid of the first use: what becomes of three typed rows, and what is said where they cannot be taken."""

from datetime import date
from decimal import Decimal

import pytest

from engagement.errors import Problem, Refused
from engagement.exchange.grid import GridRow, key_of, tables

TODAY = date(2026, 11, 20)
BOOKS = GridRow("Ledger & Co", "Bookkeeping", "every month", date(2026, 11, 6), "October close", date(2026, 11, 10))


def refused(*rows: GridRow) -> tuple[Problem, ...]:
    """What is said about rows that cannot be taken."""
    with pytest.raises(Refused) as caught:
        tables(rows, today=TODAY, by="Ana")
    return caught.value.problems


def test_a_full_row_becomes_an_engagement_a_milestone_and_a_check_in() -> None:
    row = BOOKS._replace(amount=1200.5, currency="eur")
    assert tables([row], today=TODAY, by="Ana") == {
        "engagements": [
            {
                "_row": 1,
                "engagement": "bookkeeping",
                "name": "Bookkeeping",
                "vendor": "Ledger & Co",
                "currency": "EUR",
                "budget": Decimal("1200.50"),
                "cadence_days": 30,
                "recorded_on": TODAY,
                "starts_on": date(2026, 11, 6),
                "status": "active",
                "contract": "fixed",
            }
        ],
        "milestones": [
            {
                "_row": 1,
                "engagement": "bookkeeping",
                "milestone": "M1",
                "name": "October close",
                "due_on": date(2026, 11, 10),
            }
        ],
        "check_ins": [
            {
                "_row": 1,
                "engagement": "bookkeeping",
                "held_on": date(2026, 11, 6),
                "channel": "call",
                "side": "us",
                "by": "Ana",
                "recorded_on": TODAY,
            }
        ],
    }


def test_vendor_and_work_are_enough_and_nothing_else_is_made_up() -> None:
    made = tables([GridRow("Northwind", "CRM migration", currency="EUR")], today=TODAY, by="Ana")
    assert made["milestones"] == []
    assert made["check_ins"] == []
    (engagement,) = made["engagements"]
    assert engagement["budget"] is None
    assert engagement["cadence_days"] is None
    assert engagement["starts_on"] == TODAY


def test_work_starts_on_the_earliest_day_that_was_named_and_never_later_than_today() -> None:
    late = GridRow("N", "A", result="x", due_on=date(2026, 11, 2))
    ahead = GridRow("N", "B", result="x", due_on=date(2027, 2, 1))
    made = tables([late, ahead], today=TODAY, by="Ana")
    assert [one["starts_on"] for one in made["engagements"]] == [date(2026, 11, 2), TODAY]


def test_empty_rows_between_are_passed_over_and_rows_keep_their_numbers() -> None:
    made = tables([GridRow(currency="EUR"), GridRow("N", "A"), GridRow(" ", ""), GridRow("N", "B")], today=TODAY, by="")
    assert [(one["_row"], one["engagement"]) for one in made["engagements"]] == [(2, "a"), (4, "b")]


def test_names_that_are_taken_get_a_number_behind_them() -> None:
    rows = [GridRow("North", "Website"), GridRow("South", "Website")]
    made = tables(rows, today=TODAY, by="Ana", taken={"website"})
    assert [one["engagement"] for one in made["engagements"]] == ["website-2", "website-3"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("CRM migration", "crm-migration"),
        ("Büro für Köln", "buro-fur-koln"),
        ("  A -- B  ", "a-b"),
        ("東京", "engagement"),
        ("x" * 60, "x" * 40),
    ],
)
def test_keys_are_readable(name: str, key: str) -> None:
    assert key_of(name) == key


def test_nothing_typed_is_refused_with_an_invitation() -> None:
    (problem,) = refused(GridRow(currency="EUR"))
    assert str(problem) == "There is nothing in the grid yet. Name a vendor and what they do for you."


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        (BOOKS._replace(vendor=" "), "vendor", "The vendor is missing."),
        (BOOKS._replace(what=None), "what", "What they do is missing."),
        (BOOKS._replace(every="often"), "every", '"often" is not one of the answers.'),
        (BOOKS._replace(last_on=date(2026, 11, 21)), "last_on", "21 Nov 2026 has not come yet."),
        (BOOKS._replace(result=" "), "result", "Something is due on 10 Nov 2026, but not what."),
        (BOOKS._replace(amount=-1, currency="EUR"), "amount", "-1 is less than nothing."),
        (BOOKS._replace(amount=float("inf"), currency="EUR"), "amount", '"inf" is not an amount.'),
        (BOOKS._replace(amount=5), "currency", "The amount has no currency."),
        (BOOKS._replace(currency="€"), "currency", '"€" is not a currency.'),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_column(row: GridRow, column: str, what: str) -> None:
    assert [(problem.row, problem.column, problem.what) for problem in refused(row)] == [(1, column, what)]


def test_the_day_of_today_is_a_day_one_may_have_talked_on() -> None:
    assert tables([BOOKS._replace(last_on=TODAY)], today=TODAY, by="Ana")["check_ins"][0]["held_on"] == TODAY


def test_all_problems_of_all_rows_come_at_once_by_row() -> None:
    found = refused(BOOKS._replace(vendor=None, every="often"), BOOKS, BOOKS._replace(what="bookkeeping "))
    assert [(problem.row, problem.column) for problem in found] == [(1, "vendor"), (1, "every"), (3, "what")]
    assert found[-1].what == '"bookkeeping" by Ledger & Co stands in row 2 already.'


def test_a_cell_that_is_too_long_and_a_year_that_was_mistyped_are_refused_in_words() -> None:
    found = refused(BOOKS._replace(vendor="x" * 121, last_on=date(202, 11, 6), due_on=date(2062, 11, 10)))
    assert {str(problem) for problem in found} == {
        "row 1, vendor: 121 of 120 characters: shorten it by 1.",
        "row 1, last_on: The day was read as 6 Nov 0202, which cannot be meant. Check the year.",
        "row 1, due_on: The day was read as 10 Nov 2062, which cannot be meant. Check the year.",
    }
    tables([BOOKS._replace(vendor="x" * 120, due_on=date(2036, 12, 31))], today=TODAY, by="Ana")


def test_days_are_taken_as_they_were_typed() -> None:
    made = tables([BOOKS._replace(last_on=" 6 Nov ", due_on="10.11.2026")], today=TODAY, by="Ana")
    assert made == tables([BOOKS], today=TODAY, by="Ana")
    blank = BOOKS._replace(last_on=" ", result=None, due_on="")
    assert tables([blank], today=TODAY, by="Ana") == tables([GridRow(*BOOKS[:3])], today=TODAY, by="Ana")


def test_a_day_that_cannot_be_read_is_refused_and_never_left_out() -> None:
    found = refused(BOOKS._replace(last_on="61028-02-02", result=None, due_on="3/4/2026"), BOOKS._replace(what="B"))
    assert {str(problem) for problem in found} == {
        'row 1, last_on: "61028-02-02" cannot be read as a day. Write it like 28 Oct 2026 or 2026-10-28.',
        'row 1, due_on: "3/4/2026" can be 4 Mar 2026 or 3 Apr 2026. Write 2026-03-04 or 2026-04-03.',
        "row 1, result: Something is due, but not what. Name the result.",
    }


def test_a_day_that_was_typed_and_has_not_come_yet_is_refused() -> None:
    (problem,) = refused(BOOKS._replace(last_on="21.11.2026"))
    assert str(problem) == "row 1, last_on: 21 Nov 2026 has not come yet. Give the day you last talked."


def test_a_cell_that_is_far_too_long_is_not_repeated_whole() -> None:
    endless = BOOKS._replace(vendor="v" * 120, what="w" * 120, every="e" * 300, currency="c" * 300)
    for problem in refused(endless, endless):
        assert len(problem.what) < 150
    assert f'"{"e" * 39}…" is not one of the answers.' in {problem.what for problem in refused(endless)}
