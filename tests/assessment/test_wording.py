"""How days, spans, money and shares are written."""

from datetime import date
from decimal import Decimal

import pytest

from engagement.assessment import wording

AS_OF = date(2026, 11, 20)


def test_a_day_of_this_year_is_written_without_the_year() -> None:
    assert wording.day(date(2026, 3, 4), AS_OF) == "4 Mar"
    assert wording.day(date(2027, 1, 15), AS_OF) == "15 Jan 2027"
    assert wording.day(date(2026, 3, 4)) == "4 Mar 2026"


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (63, "9 weeks ago")])
def test_how_long_ago_something_was(days: int, words: str) -> None:
    assert wording.ago(days) == words


def test_a_month_and_a_weekday() -> None:
    assert wording.month(date(2026, 3, 4), AS_OF) == "Mar"
    assert wording.month(date(2025, 3, 4), AS_OF) == "Mar 2025"
    assert wording.weekday(date(2026, 11, 23)) == "Mon 23"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (23, "23 days"),
        (62, "62 days"),
        (63, "9 weeks"),
        (66, "9 weeks"),
        (67, "10 weeks"),
        (90, "13 weeks"),
        (364, "52 weeks"),
        (365, "12 months"),
        (366, "12 months"),
        (-5, "5 days"),
    ],
)
def test_a_span_is_in_days_then_weeks_then_months(days: int, text: str) -> None:
    assert wording.span(days) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal(46200), "EUR 46,200"),
        (Decimal("46200.49"), "EUR 46,200"),
        (Decimal("9.5"), "EUR 9.50"),
        (Decimal("99.994"), "EUR 99.99"),
        (Decimal("100.5"), "EUR 101"),
        (Decimal(0), "EUR 0"),
        (Decimal(999_999), "EUR 999,999"),
        (Decimal("999999.6"), "EUR 1 M"),
        (Decimal(1_249_999), "EUR 1.2 M"),
        (Decimal(999_949_999), "EUR 999.9 M"),
        (Decimal(999_950_000), "EUR 1 bn"),
        (Decimal(-14_388_500_000), "EUR −14.4 bn"),
        (Decimal(-300), "EUR −300"),
        (1500.0, "EUR 1,500"),
    ],
)
def test_money_carries_its_currency(amount: Decimal | float, text: str) -> None:
    assert wording.money(amount, "EUR") == text


def test_exact_money_is_not_shortened_to_millions() -> None:
    assert wording.money(Decimal(1_234_567), "USDC", exact=True) == "USDC 1,234,567"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (0.0, "0 %"),
        (0.004, "under 1 %"),
        (0.005, "1 %"),
        (0.62, "62 %"),
        (0.625, "63 %"),
        (0.29, "29 %"),
        (0.997, "99 %"),
        (1.0, "100 %"),
        (1.25, "125 %"),
        (-0.1, "−10 %"),
    ],
)
def test_a_share_is_in_percent_and_never_all_before_it_is(part: float, text: str) -> None:
    assert wording.share(part) == text


def test_a_change_carries_its_sign() -> None:
    assert wording.signed_days(31) == "+31 d"
    assert wording.signed_days(-4) == "−4 d"
    assert wording.signed_days(0) == "0 d"
    assert wording.signed(2) == "+2"


def test_counts_and_lists_read_as_sentences() -> None:
    assert wording.count(1, "milestone") == "1 milestone"
    assert wording.count(1204, "check-in") == "1,204 check-ins"
    assert wording.in_words(4) == "four"
    assert wording.in_words(24) == "24"
    assert wording.listed([]) == ""
    assert wording.listed(["A"]) == "A"
    assert wording.listed(["A", "B", "C"]) == "A, B and C"
    assert wording.listed(["A", "B", "C", "D"]) == "A, B, C and D"
    assert wording.listed(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"
    assert wording.sentence("four need you") == "Four need you."


def test_a_measured_value_reads_as_it_was_typed() -> None:
    assert wording.measured(1204.0, "visits") == "1,204 visits"
    assert wording.measured(0.35, "%") == "0.35 %"
    assert wording.measured(-3.5) == "−3.5"
    assert wording.measured(100.0) == "100"
    assert wording.measured(-0.0) == "0"
    assert wording.measured(0.0000001, "s") == "0 s"


def test_amounts_that_differ_do_not_read_the_same() -> None:
    assert wording.apart("EUR", Decimal("500"), Decimal("501")) == ("EUR 500", "EUR 501")
    assert wording.apart("EUR", Decimal("1000.01"), Decimal("1000")) == ("EUR 1,000.01", "EUR 1,000.00")
    assert wording.apart("EUR", Decimal("-20.4"), Decimal("-20.4")) == ("EUR −20.40", "EUR −20.40")
