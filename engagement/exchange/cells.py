"""One cell: text to a typed value with what is wrong with it, and a typed value back to text.

Text is taken without the blanks around it and without invisible signs, and every line break in it is one.

Spreadsheets run a text that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, also out of a CSV file, so CSV files
carry one apostrophe before such a text (and before one that begins with apostrophes followed by such a sign), and
reading takes exactly that one off again.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, Final

from engagement.exchange.layout import Column

LONGEST_TEXT: Final = 131_000
"""Characters of one cell: more is a file that lost a quotation mark."""
LARGEST_AMOUNT: Final = Decimal(9_000_000_000_000)
"""Amounts are kept exactly, as whole millionths, which end a little above this."""
LARGEST_NUMBER: Final = Decimal(10) ** 15
"""Other numbers: above this, figures of a float go missing."""
LARGEST_WHOLE: Final = Decimal(36_500)
"""Whole numbers, which are days or counts: a hundred years, so that every date that follows is one."""
LARGEST: Final = {"amount": LARGEST_AMOUNT, "whole": LARGEST_WHOLE}
LONGEST_KEY: Final = 500
"""Characters of a text by which a row is known again: what an index of either database holds."""
NOTHING: Final = "\0"
"""No text that a person wrote holds it: a program lost what stood there, or put it between the letters."""
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

_STARTS_A_FORMULA: Final = re.compile(r"'*[=+\-@]")
_GUARDED: Final = re.compile(r"'+[=+\-@]")
_LINE_BREAK: Final = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
_AROUND: Final = re.compile(
    r"^[\s\u200c-\u200f\u202a-\u202e\u2066-\u2069]+|[\s\u200c-\u200f\u202a-\u202e\u2066-\u2069]+$"
)
"""Blanks, and the joiners and direction marks that scripts need inside a text and never around it."""
_UNDECODED: Final = re.compile(r"[\ud800-\udfff]")
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MILLIONTH: Final = Decimal("0.000001")
_YES: Final = frozenset({"yes", "true"})
_NO: Final = frozenset({"no", "false"})

Reader = Callable[[str], Any]
"""Gives the value of a cell's text, which is neither empty nor surrounded by blanks. Raises `Unreadable`."""


class Unreadable(Exception):
    """The text of a cell is not what its column holds: what is wrong, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def reader(column: Column) -> Reader:
    """What reads the cells of a column."""
    if column.type == "word":
        return _word_reader(column)
    if column.type in ("number", "percent", "amount", "whole"):
        return _number_reader(column)
    plain: dict[str, Reader] = {
        "text": _text,
        "email": _email,
        "date": _date,
        "yes_no": _yes_no,
        "currency": _currency,
        "country": _country,
    }
    return plain[column.type]


def written(value: Any) -> str:
    """A value as a CSV file and a column of text hold it. Nothing is guarded against spreadsheets here."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, float):
        return plain_decimal(Decimal(float.__repr__(value)))  # numpy's own floats are floats too
    return tidy(str(value))


def plain_decimal(number: Decimal) -> str:
    """A number without exponent and without zeros at its end: '46200', '0.0125'."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def tidy(text: str) -> str:
    """The text without blanks around it, with one kind of line break, and without what nobody can see."""
    if text.isprintable():
        return text.strip()
    return _AROUND.sub("", _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text))).strip()


def guarded(text: str) -> str:
    """The text as a CSV file holds it, so that no spreadsheet runs it."""
    return "'" + text if _STARTS_A_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text


def nearest(text: str, words: tuple[str, ...]) -> str | None:
    """The word that was probably meant, None where none is near."""
    return next(iter(get_close_matches(text.casefold(), words, n=1, cutoff=0.6)), None)


def shown(text: str) -> str:
    """The text as a message quotes it: in quotation marks, on one line, not too long."""
    known = text.replace(NOTHING, "\ufffd").encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    line = " ".join(known.split())
    return f'"{line[:57]}..."' if len(line) > 60 else f'"{line}"'


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"{shown(text)} goes on for {len(text):,} characters.", "Look for a missing quotation mark.")
    if not text.isascii() and _UNDECODED.search(text):
        raise Unreadable(f"{shown(text)} is not in UTF-8.", 'Save the file again as "CSV UTF-8".')
    return tidy(text)


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", _text(text)):
        raise Unreadable(f"{shown(text)} is not an email address.", "Write it as name@example.org.")
    return text.lower()


def _date(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Unreadable(f"{shown(text)} is not a date.", "Write it as YYYY-MM-DD.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(f"{shown(text)} lies outside {FIRST_YEAR} to {LAST_YEAR}.", "Check the year.")
    return day


def _yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in _YES and word not in _NO:
        raise Unreadable(f"{shown(text)} is neither yes nor no.", "Write yes or no, or leave it empty.")
    return word in _YES


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3,5}", text):
        raise Unreadable(f"{shown(text)} is not a currency.", "Write its code of 3 to 5 letters, for example EUR.")
    return text.upper()


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", text):
        raise Unreadable(f"{shown(text)} is not a country.", "Write its code of two letters, for example DE.")
    return text.upper()


def _word_reader(column: Column) -> Reader:
    known = {word: word for word in column.words}

    def read(text: str) -> str:
        word = known.get(text) or known.get(re.sub(r"[\s-]+", "_", text.casefold()))
        if word is None:
            near = nearest(text, column.words)
            listed = f"{', '.join(column.words[:-1])} or {column.words[-1]}"
            meant = f'Did you mean "{near}"? ' if near else ""
            raise Unreadable(f"{shown(text)} is not a word for {column.name}.", f"{meant}Write {listed}.")
        return word

    return read


def _number_reader(column: Column) -> Reader:
    def read(text: str) -> Decimal | float | int:
        if column.type == "percent":
            text = text.removesuffix("%").rstrip()
        number = _decimal(text)
        _check_bounds(column, number, text)
        largest = LARGEST.get(column.type, LARGEST_NUMBER)
        if abs(number) > largest:
            raise Unreadable(f"{shown(text)} is too large.", f"Write at most {largest:,}.")
        if column.type == "amount":
            return number.quantize(_MILLIONTH).normalize() + 0
        if column.type == "whole":
            if number != number.to_integral_value():
                raise Unreadable(f"{shown(text)} is not a whole number.", "Write a number without decimals.")
            return int(number)
        return float(number)

    return read


def _decimal(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise Unreadable(f"{shown(text)} is not a number.", _number_remedy(text))
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Unreadable(f"{shown(text)} is not a number.", _number_remedy(text)) from None


def _check_bounds(column: Column, number: Decimal, text: str) -> None:
    low, high = column.minimum, column.maximum
    if low is not None and high is not None and not low <= number <= high:
        raise Unreadable(f"{shown(text)} is not between {low:g} and {high:g}.", f"Write {low:g} to {high:g}.")
    if low is not None and number < Decimal(low):
        what = "is negative" if number < 0 else f"is less than {low:g}"
        raise Unreadable(f"{shown(text)} {what}.", f"Write {low:g} or more, or leave it empty.")


def _number_remedy(text: str) -> str:
    """What to write instead of a number as people write it: without thousands marks, with a decimal point."""
    if text.casefold() in {"nan", "inf", "-inf", "+inf", "infinity", "-infinity", "n/a", "na", "null", "none", "-"}:
        return "Leave the cell empty where it is not known."
    figures = re.sub(r"[\s'\u2019_]", "", re.sub(r"^[^0-9+-]+|[^0-9]+$", "", text))
    last = max(figures.rfind(","), figures.rfind("."))
    whole, mark, part = (figures[:last], figures[last], figures[last + 1 :]) if last >= 0 else (figures, "", "")
    if mark and (mark in whole or (mark == "," and len(part) == 3 and "." not in whole)):
        whole, part = whole + part, ""
    plain = re.sub(r"[,.]", "", whole) + ("." + part if part else "")
    if _NUMBER.fullmatch(plain):
        return f"Write it with a decimal point and nothing else: {plain}."
    return "Write figures with a decimal point and nothing else, for example 1000.50."
