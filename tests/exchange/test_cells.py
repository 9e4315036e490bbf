"""One cell: what is taken, what is refused, and in which words."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.exchange.cells import Unreadable, guarded, reader, tidy, unguarded, written
from engagement.exchange.interchange import (
    CHECK_INS,
    ENGAGEMENTS,
    METRICS,
    MILESTONES,
    PROGRESS_REPORTS,
    READINGS,
    SPEND,
)
from engagement.exchange.layout import Column, File


def column(file: File, name: str) -> Column:
    found = file.column(name)
    assert found is not None
    return found


def refusal(file: File, name: str, text: str) -> str:
    with pytest.raises(Unreadable) as refused:
        reader(column(file, name))(text)
    return f"{refused.value.what} {refused.value.remedy}"


@pytest.mark.parametrize(
    ("file", "name", "text", "value"),
    [
        (ENGAGEMENTS, "starts_on", "2026-11-20", date(2026, 11, 20)),
        (ENGAGEMENTS, "starts_on", "2026-11-20 00:00:00", date(2026, 11, 20)),
        (ENGAGEMENTS, "starts_on", "2028-02-29", date(2028, 2, 29)),
        (ENGAGEMENTS, "budget", "46200.0", Decimal(46200)),
        (ENGAGEMENTS, "budget", "0", Decimal(0)),
        (ENGAGEMENTS, "budget", "0.0000004", Decimal(0)),
        (ENGAGEMENTS, "budget", "33.333333333333336", Decimal("33.333333")),
        (ENGAGEMENTS, "budget", "1e3", Decimal(1000)),
        (ENGAGEMENTS, "cadence_days", "7.0", 7),
        (ENGAGEMENTS, "cadence_days", "0", 0),
        (ENGAGEMENTS, "currency", "usdc", "USDC"),
        (ENGAGEMENTS, "country", "de", "DE"),
        (ENGAGEMENTS, "status", "Active", "active"),
        (CHECK_INS, "channel", "In person", "in_person"),
        (CHECK_INS, "declared_status", "off-track", "off_track"),
        (PROGRESS_REPORTS, "percent_complete", "55 %", 55.0),
        (PROGRESS_REPORTS, "percent_complete", "0", 0.0),
        (PROGRESS_REPORTS, "percent_complete", "100", 100.0),
        (MILESTONES, "weight", ".25", 0.25),
        (READINGS, "value", "-3.5", -3.5),
        (SPEND, "deposit", "Yes", True),
        (SPEND, "deposit", "no", False),
    ],
)
def test_what_people_write_becomes_a_value(file: File, name: str, text: str, value: Any) -> None:
    assert reader(column(file, name))(text) == value


@pytest.mark.parametrize(
    ("file", "name", "text", "words"),
    [
        (ENGAGEMENTS, "starts_on", "31/02/2026", '"31/02/2026" is not a date. Write it as YYYY-MM-DD.'),
        (ENGAGEMENTS, "starts_on", "2026-02-29", '"2026-02-29" is not a date. Write it as YYYY-MM-DD.'),
        (ENGAGEMENTS, "starts_on", "20261120", '"20261120" is not a date. Write it as YYYY-MM-DD.'),
        (ENGAGEMENTS, "starts_on", "2026-11-20 14:30", '"2026-11-20 14:30" is not a date. Write it as YYYY-MM-DD.'),
        (ENGAGEMENTS, "starts_on", "0206-11-20", '"0206-11-20" lies outside 1900 to 2199. Check the year.'),
        (
            ENGAGEMENTS,
            "budget",
            "1.000,50",
            '"1.000,50" is not a number. Write it with a decimal point and nothing else: 1000.50.',
        ),
        (ENGAGEMENTS, "budget", "EUR 5", '"EUR 5" is not a number. Write it with a decimal point and nothing else: 5.'),
        (ENGAGEMENTS, "budget", "NaN", '"NaN" is not a number. Leave the cell empty where it is not known.'),
        (ENGAGEMENTS, "budget", "inf", '"inf" is not a number. Leave the cell empty where it is not known.'),
        (ENGAGEMENTS, "budget", "-0.01", '"-0.01" is negative. Write 0 or more, or leave it empty.'),
        (ENGAGEMENTS, "budget", "9000000000001", '"9000000000001" is too large. Write at most 9,000,000,000,000.'),
        (ENGAGEMENTS, "budget", "1e400", '"1e400" is too large. Write at most 9,000,000,000,000.'),
        (ENGAGEMENTS, "cadence_days", "36501", '"36501" is too large. Write at most 36,500.'),
        (ENGAGEMENTS, "grace_days", "9223372036854775808", '"9223372036854775808" is too large. Write at most 36,500.'),
        (MILESTONES, "weight", "1e400", '"1e400" is too large. Write at most 1,000,000,000,000,000.'),
        (
            MILESTONES,
            "weight",
            "1000000000000001",
            '"1000000000000001" is too large. Write at most 1,000,000,000,000,000.',
        ),
        (ENGAGEMENTS, "cadence_days", "-1", '"-1" is negative. Write 0 or more, or leave it empty.'),
        (METRICS, "interval_days", "0", '"0" is less than 1. Write 1 or more, or leave it empty.'),
        (ENGAGEMENTS, "cadence_days", "7.5", '"7.5" is not a whole number. Write a number without decimals.'),
        (ENGAGEMENTS, "currency", "E1", '"E1" is not a currency. Write its code of 3 to 5 letters, for example EUR.'),
        (MILESTONES, "weight", "-1", '"-1" is negative. Write 0 or more, or leave it empty.'),
        (PROGRESS_REPORTS, "percent_complete", "120", '"120" is not between 0 and 100. Write 0 to 100.'),
        (PROGRESS_REPORTS, "percent_complete", "100.1", '"100.1" is not between 0 and 100. Write 0 to 100.'),
        (PROGRESS_REPORTS, "percent_complete", "-1", '"-1" is not between 0 and 100. Write 0 to 100.'),
        (
            CHECK_INS,
            "channel",
            "e-mail",
            '"e-mail" is not a word for channel. Did you mean "email"? '
            "Write in_person, video, call, chat, email or report.",
        ),
        (CHECK_INS, "side", "them", '"them" is not a word for side. Write us or vendor.'),
        (SPEND, "deposit", "1", '"1" is neither yes nor no. Write yes or no, or leave it empty.'),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_remedy(file: File, name: str, text: str, words: str) -> None:
    assert refusal(file, name, text) == words


def test_arabic_digits_are_no_number_and_no_date() -> None:
    assert "is not a number" in refusal(ENGAGEMENTS, "budget", "٤٢")
    assert "is not a date" in refusal(ENGAGEMENTS, "starts_on", "٢٠٢٦-١١-٢٠")


def test_a_value_is_written_the_shortest_way_that_reads_back() -> None:
    assert written(Decimal("46200.00")) == "46200"
    assert written(Decimal("1E+3")) == "1000"
    assert written(Decimal("0.0125")) == "0.0125"
    assert written(55.0) == "55"
    assert written(1e-05) == "0.00001"
    assert written(np.float64(0.5)) == "0.5"
    assert written(Decimal(0)) == "0"
    assert written(True) == "yes"
    assert written(date(2026, 11, 20)) == "2026-11-20"
    assert written(None) == ""


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1", "'+49 30 1"),
        ("-late", "'-late"),
        ("@bo", "'@bo"),
        ("'=1+1", "''=1+1"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("plain", "plain"),
        ("a=b", "a=b"),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_gets_one_apostrophe_and_loses_it_again(text: str, stored: str) -> None:
    assert guarded(text) == stored
    assert unguarded(stored) == text


@given(st.text(alphabet="'=+-@a ", max_size=8))
def test_guarding_loses_nothing_and_leaves_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {"=", "+", "-", "@"}


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_invisible_signs_are_left_out_and_line_breaks_are_one_kind() -> None:
    assert tidy(" a\r\nb\rc\x0bd\x00\x07 ") == "a\nb\nc\nd"


def test_signs_nobody_sees_are_taken_off_and_joiners_inside_a_word_stay() -> None:
    assert tidy("\ufeffE\u200b1\u2060") == "E1"
    assert tidy("Nor\u00adthwind") == "Northwind"
    assert tidy("\u200e \u202bcrm\u202c\u200f ") == "crm"
    assert tidy("\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645") == (
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    )
