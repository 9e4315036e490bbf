"""The grid of the first use, turned into interchange tables: seven columns, and three rows make a dashboard.

Only what was typed is passed on. A row says who does what; how often we talk, when we last did, the next result with
its date, and the money may all be left empty.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from engagement.assessment.wording import day
from engagement.charts.chart import cut
from engagement.errors import Problem, Refused
from engagement.exchange.cells import Unreadable
from engagement.exchange.days import read_day
from engagement.records.forms import EARLIEST

EVERY: Final[Mapping[str, int]] = {
    "every day": 1,
    "twice a week": 3,
    "every week": 7,
    "every two weeks": 14,
    "every month": 30,
}
"""How often people say they talk, and how many days that is."""

LABELS: Final[Mapping[str, str]] = {
    "vendor": "Vendor",
    "what": "What they do for you",
    "every": "How often",
    "last_on": "Last talked",
    "result": "Next result",
    "due_on": "By when",
    "amount": "Money",
    "currency": "Currency",
}
"""Names of the columns as people see them, in their order."""

CURRENCY: Final = re.compile(r"[A-Z]{3,5}")
LONGEST_KEY: Final = 40
LONGEST: Final[Mapping[str, int]] = {"vendor": 120, "what": 120, "result": 200}
"""Characters in a cell."""
YEARS_AHEAD: Final = 10
"""Nothing is due that far ahead, unless a year was mistyped."""
QUOTED: Final = 40
"""Characters of a cell that are repeated where something is wrong with it."""


class GridRow(NamedTuple):
    """One row as it was typed, a day as a text or a day; None and blank text are "not said"."""

    vendor: str | None = None
    what: str | None = None
    every: str | None = None
    last_on: date | str | None = None
    result: str | None = None
    due_on: date | str | None = None
    amount: Decimal | float | int | None = None
    currency: str | None = None

    def said(self) -> bool:
        """Whether anything was typed; a currency alone is only what the grid began with."""
        return any(_given(value) for value in self[:-1])


class Days(NamedTuple):
    """The days of a row as they were read, and what is wrong with those that cannot be."""

    last_on: date | None
    due_on: date | None
    problems: tuple[Problem, ...]


def days(number: int, row: GridRow, today: date) -> Days:
    """The days of the row of a number. None where nothing was said, and where it cannot be read."""
    problems = []

    def read(column: str, typed: date | str | None, *, is_past: bool) -> date | None:
        if typed is None or isinstance(typed, date):
            return typed
        if not typed.strip():
            return None
        try:
            return read_day(typed, today, is_past=is_past)
        except Unreadable as unreadable:
            problems.append(Problem(unreadable.what, unreadable.remedy, row=number, column=column))
            return None

    last_on, due_on = read("last_on", row.last_on, is_past=True), read("due_on", row.due_on, is_past=False)
    return Days(last_on, due_on, tuple(problems))


def tables(
    rows: Sequence[GridRow], *, today: date, by: str, taken: Collection[str] = ()
) -> dict[str, list[dict[str, object]]]:
    """Interchange tables for the rows that say something; ``taken`` are the keys of engagements already recorded.

    An engagement starts on the earliest day that was named, at the latest today: silence since the last talk counts
    from there. Raises `Refused` with every problem of every row; rows are numbered as they stand in the grid.
    """
    numbered = [(number, row) for number, row in enumerate(rows, 1) if row.said()]
    problems = [problem for number, row in numbered for problem in _problems(number, row, today)]
    problems += _twice(numbered)
    if not numbered:
        problems.append(Problem("There is nothing in the grid yet.", "Name a vendor and what they do for you."))
    if problems:
        raise Refused(tuple(sorted(problems, key=lambda problem: problem.row or 0)))
    keyed = list(_keyed(numbered, set(taken)))
    return {
        "engagements": [_engagement(key, number, row, today) for key, number, row in keyed],
        "milestones": [_milestone(key, number, row, today) for key, number, row in keyed if _given(row.result)],
        "check_ins": [_check_in(key, number, row, today, by) for key, number, row in keyed if _given(row.last_on)],
    }


def key_of(name: str) -> str:
    """A readable key for a name: "CRM für Köln" gives "crm-fur-koln"; of signs alone, "engagement"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_KEY].strip("-") or "engagement"


def _given(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _text(value: str | None) -> str | None:
    return value.strip() if value and value.strip() else None


def _problems(number: int, row: GridRow, today: date) -> Iterator[Problem]:
    """What is wrong with one row, each with its column and the remedy."""

    def problem(column: str, what: str, remedy: str) -> Problem:
        return Problem(what, remedy, row=number, column=column)

    if not _text(row.vendor):
        yield problem("vendor", "The vendor is missing.", "Say who does the work.")
    if not _text(row.what):
        yield problem("what", "What they do is missing.", "Name the work in a few words.")
    if _text(row.every) and row.every not in EVERY:
        yield problem(
            "every",
            f'"{cut(row.every or "", QUOTED)}" is not one of the answers.',
            f"Choose one of: {', '.join(EVERY)}.",
        )
    read = days(number, row, today)
    yield from read.problems
    if read.last_on and read.last_on > today:
        yield problem("last_on", f"{day(read.last_on)} has not come yet.", "Give the day you last talked.")
    for column, on in (("last_on", read.last_on), ("due_on", read.due_on)):
        if on and not EARLIEST.year <= on.year <= today.year + YEARS_AHEAD:
            yield problem(column, f"The day was read as {_exactly(on)}, which cannot be meant.", "Check the year.")
    for column, longest in LONGEST.items():
        length = len(getattr(row, column) or "")
        if length > longest:
            remedy = f"shorten it by {length - longest:,}."
            yield problem(column, f"{length:,} of {longest:,} characters:", remedy)
    if _given(row.due_on) and not _text(row.result):
        when = f" on {day(read.due_on)}" if read.due_on else ""
        yield problem("result", f"Something is due{when}, but not what.", "Name the result.")
    yield from _money_problems(number, row)


def _money_problems(number: int, row: GridRow) -> Iterator[Problem]:
    amount = _amount(row)
    if row.amount is not None and amount is None:
        yield Problem(f'"{row.amount}" is not an amount.', "Give a number.", row=number, column="amount")
    if amount is not None and amount < 0:
        yield Problem(f"{row.amount} is less than nothing.", "Give what was agreed.", row=number, column="amount")
    code = _text(row.currency)
    if code is None and amount is not None:
        yield Problem("The amount has no currency.", "Write EUR, USD, ...", row=number, column="currency")
    if code is not None and not CURRENCY.fullmatch(code.upper()):
        remedy = "Write its code of 3 to 5 letters: EUR, USD, USDC."
        yield Problem(f'"{cut(code, QUOTED)}" is not a currency.', remedy, row=number, column="currency")


def _exactly(on: date) -> str:
    """The day with all four digits of its year, which may be what is wrong."""
    return f"{on.day} {on:%b} {on.year:04}"


def _amount(row: GridRow) -> Decimal | None:
    """The amount to the cent; None where there is none or it is no number."""
    try:
        amount = None if row.amount is None else Decimal(str(row.amount))
        return None if amount is None or not amount.is_finite() else amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def _twice(numbered: Iterable[tuple[int, GridRow]]) -> Iterator[Problem]:
    """Rows that repeat an earlier one: the same vendor and the same work."""
    first: dict[tuple[str, str], int] = {}
    for number, row in numbered:
        vendor, what = _text(row.vendor), _text(row.what)
        if vendor and what:
            earlier = first.setdefault((vendor.casefold(), what.casefold()), number)
            if earlier != number:
                text = f'"{cut(what, QUOTED)}" by {cut(vendor, QUOTED)} stands in row {earlier} already.'
                yield Problem(text, "Take one of them out, or name them apart.", row=number, column="what")


def _keyed(numbered: Iterable[tuple[int, GridRow]], taken: set[str]) -> Iterator[tuple[str, int, GridRow]]:
    """The rows with keys of their own: what is taken already gets a number behind it."""
    for number, row in numbered:
        wanted = key_of(row.what or "")
        key, again = wanted, 1
        while key in taken:
            again += 1
            key = f"{wanted}-{again}"
        taken.add(key)
        yield key, number, row


def _engagement(key: str, number: int, row: GridRow, today: date) -> dict[str, object]:
    read = days(number, row, today)
    known = [on for on in (read.last_on, read.due_on, today) if on is not None]
    return {
        "_row": number,
        "engagement": key,
        "name": _text(row.what),
        "vendor": _text(row.vendor),
        "currency": (_text(row.currency) or "EUR").upper(),
        "budget": _amount(row),
        "cadence_days": EVERY[row.every] if _text(row.every) and row.every else None,
        "recorded_on": today,
        "starts_on": min(known),
        "status": "active",
        "contract": "fixed",
    }


def _milestone(key: str, number: int, row: GridRow, today: date) -> dict[str, object]:
    due_on = days(number, row, today).due_on
    return {"_row": number, "engagement": key, "milestone": "M1", "name": _text(row.result), "due_on": due_on}


def _check_in(key: str, number: int, row: GridRow, today: date, by: str) -> dict[str, object]:
    return {
        "_row": number,
        "engagement": key,
        "held_on": days(number, row, today).last_on,
        "channel": "call",
        "side": "us",
        "by": by,
        "recorded_on": today,
    }
