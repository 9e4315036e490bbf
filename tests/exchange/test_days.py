"""A day as people type it: what is read, what is asked about and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.exchange.cells import Unreadable
from engagement.exchange.days import read_day

TODAY = date(2026, 11, 20)
OCTOBER = date(2026, 10, 28)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-10-28", "2026/10/28", "2026.10.28", " 2026-10-28 "),
        *("28.10.2026", "28. 10. 2026", "28.10.26", "28.10.", "28.10", "28/10/2026", "28-10-2026", "28/10"),
        *("10/28/2026", "10-28-2026", "10/28/26", "10/28"),
        *("28 Oct", "28 oct 2026", "28 October 2026", "28th Oct", "28. Oct 2026", "28-Oct-26", "28oct2026"),
        *("Oct 28", "October 28, 2026", "Oct 28th 2026", "OCT 28"),
    ],
)
def test_a_day_that_can_be_one_day_alone_is_read(text: str) -> None:
    assert read_day(text, TODAY, is_past=True) == OCTOBER


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("3/4/2026", date(2026, 3, 4), date(2026, 4, 3)),
        ("03-04-2026", date(2026, 3, 4), date(2026, 4, 3)),
        ("3/4/26", date(2026, 3, 4), date(2026, 4, 3)),
        ("12/11", date(2025, 12, 11), date(2026, 11, 12)),
    ],
)
def test_a_day_that_can_be_two_is_asked_about(text: str, one: date, other: date) -> None:
    with pytest.raises(Unreadable) as caught:
        read_day(text, TODAY, is_past=True)
    assert caught.value.remedy == f"Write {one} or {other}."


def test_the_same_number_twice_is_one_day_and_a_dot_says_that_the_day_comes_first() -> None:
    assert read_day("4/4/2026", TODAY, is_past=True) == date(2026, 4, 4)
    assert read_day("3.4.2026", TODAY, is_past=True) == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("61028-02-02", '"61028-02-02" cannot be read as a day.'),
        ("20261028", '"20261028" cannot be read as a day.'),
        ("26-10-28", '"26-10-28" cannot be read as a day.'),
        ("2026-10/28", '"2026-10/28" cannot be read as a day.'),
        ("28 Okt 2026", '"28 Okt 2026" cannot be read as a day.'),
        ("28 Oct 202", '"28 Oct 202" cannot be read as a day.'),
        ("next week", '"next week" cannot be read as a day.'),
        ("28", '"28" cannot be read as a day.'),
        ("\u0662\u0668.10.2026", '"\u0662\u0668.10.2026" cannot be read as a day.'),
        ("31.02.2026", '"31.02.2026" is not in the calendar.'),
        ("10.28.2026", '"10.28.2026" is not in the calendar.'),
        ("30 Feb", '"30 Feb" is not in the calendar.'),
        ("0000-01-01", '"0000-01-01" is not in the calendar.'),
        ("x" * 60, f'"{"x" * 39}…" cannot be read as a day.'),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_typed(text: str, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_day(text, TODAY, is_past=False)
    assert (caught.value.what, caught.value.remedy) == (what, "Write it like 28 Oct 2026 or 2026-10-28.")


def test_words_for_the_days_about_today_are_read() -> None:
    said = [read_day(word, TODAY, is_past=True) for word in ("Yesterday", "today", "tomorrow")]
    assert said == [date(2026, 11, 19), TODAY, date(2026, 11, 21)]


def test_without_a_year_what_has_been_was_the_last_time_until_today() -> None:
    assert read_day("20 Nov", TODAY, is_past=True) == TODAY
    assert read_day("21 Nov", TODAY, is_past=True) == date(2025, 11, 21)
    assert read_day("29 Feb", TODAY, is_past=True) == date(2024, 2, 29)


def test_without_a_year_what_is_due_may_have_passed_by_ninety_days_and_no_more() -> None:
    # 20 Nov less 90 days is 22 Aug.
    assert read_day("22 Aug", TODAY, is_past=False) == date(2026, 8, 22)
    assert read_day("21 Aug", TODAY, is_past=False) == date(2027, 8, 21)
    assert read_day("29 Feb", TODAY, is_past=False) == date(2028, 2, 29)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.booleans())
def test_every_day_that_is_written_out_is_read_as_itself(on: date, is_past: bool) -> None:
    for text in (on.isoformat(), f"{on:%d.%m.%Y}", f"{on:%d.%m.%y}", f"{on:%d %b %Y}", f"{on:%B %d, %Y}"):
        assert read_day(text, TODAY, is_past=is_past) == on


@given(st.text(max_size=14), st.booleans())
def test_whatever_is_typed_is_a_day_or_refused_in_words(text: str, is_past: bool) -> None:
    try:
        read_day(text, TODAY, is_past=is_past)
        said = None
    except Unreadable as unreadable:
        said = unreadable.remedy
    assert said is None or said.startswith("Write ")
