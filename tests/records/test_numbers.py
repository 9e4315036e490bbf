"""Numbers on their way into the database: what fits, and what is refused in words."""

from decimal import Decimal

import pytest

from engagement.records.numbers import Unfit, millionths, number, whole


def test_what_fits_is_kept_to_the_last_figure() -> None:
    assert millionths(Decimal("9000000000000")) == 9_000_000_000_000_000_000
    assert millionths(Decimal("0.000001")) == 1
    assert (whole(36_500), whole(0)) == (36_500, 0)
    assert number(-0.5) == -0.5


@pytest.mark.parametrize("value", [36_501, -36_501, 9_223_372_036_854_775_808, Decimal("1e20")])
def test_more_days_than_a_hundred_years_are_refused(value: int | Decimal) -> None:
    with pytest.raises(Unfit, match="is more than can be recorded"):
        whole(value)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_a_number_without_an_end_is_refused(value: float) -> None:
    with pytest.raises(Unfit, match="is not a number"):
        number(value)
    with pytest.raises(Unfit, match="is not 0 or more"):
        millionths(value)


@pytest.mark.parametrize("value", [Decimal("9000000000000.000001"), Decimal("1e400")])
def test_an_amount_beyond_whole_millionths_is_refused(value: Decimal) -> None:
    with pytest.raises(Unfit, match="is more than can be recorded"):
        millionths(value)
