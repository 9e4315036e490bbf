"""Numbers as the database keeps them, and the other way round; what does not fit is refused in words."""

from decimal import Decimal
from math import isfinite
from typing import Any, Final

MILLION: Final = 1_000_000
LARGEST: Final = 9_000_000_000_000
"""Amounts above this do not fit into whole millionths."""

LARGEST_COUNT: Final = 36_500
"""Days and other whole numbers: a hundred years."""


class Unfit(ValueError):
    """A value cannot be recorded: what is wrong with it, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class Money(dict[int | None, Decimal | None]):
    """Whole millionths to amounts, with at least two decimals; each is made once."""

    def __missing__(self, key: int) -> Decimal:
        cents, rest = divmod(key, 10_000)
        amount = Decimal(key).scaleb(-6).normalize() if rest else Decimal(cents).scaleb(-2)
        self[key] = amount
        return amount


def money() -> Money:
    """A fresh table of amounts."""
    return Money({None: None})


def millionths(value: Decimal | float) -> int:
    """An amount as whole millionths. Raises `Unfit` for what is negative, no number, or too large."""
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        said = f"{amount.normalize():f}" if amount.is_finite() else value
        raise Unfit(f'"{said}" is not 0 or more.', "Write it without a sign.")
    if amount > LARGEST:
        raise Unfit(f'"{value}" is more than can be recorded.', "Write at most 9,000,000,000,000.")
    return int((amount * MILLION).to_integral_value())


def whole(value: Any) -> int:
    """A number of days, or another count. Raises `Unfit` for more days than dates can be counted on by."""
    count = int(value)
    if abs(count) > LARGEST_COUNT:
        raise Unfit(f'"{value}" is more than can be recorded.', f"Write at most {LARGEST_COUNT:,}.")
    return count


def number(value: Any) -> float:
    """A number with decimals. Raises `Unfit` for what is none, or has no end."""
    found = float(value)
    if not isfinite(found):
        raise Unfit(f'"{value}" is not a number.', "Write figures, or nothing where it is not known.")
    return found


def share(percent: float) -> float:
    """A percentage as a share of 1. Raises `Unfit` outside 0 to 100."""
    if not 0 <= percent <= 100:
        raise Unfit(f'"{percent:g}" is not between 0 and 100.', "Write how far it is in percent.")
    return round(percent / 100, 12)


def percent(part: float) -> float:
    """A share of 1 as a percentage, as it was typed."""
    return round(part * 100, 10)
