"""The life table of promises: its stretches, exact quantiles, what it learns and how little few records change it."""

from datetime import date, timedelta
from itertools import pairwise
from math import inf
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from engagement.assessment import lifetable
from engagement.assessment.lifetable import DEFAULT, Landmark, chance_within, days_ahead, exposure, learned, stretches
from engagement.assessment.values import Delivery, LifeTable

SHARES = (0.1, 0.5, 0.8, 0.9)
EVEN = (0.2,) * 3 + (0.1,) * 9
"""A fifth on the whole way to the day, a tenth each day from then on."""
TODAY = date(2026, 11, 1)


@pytest.fixture
def the_whole_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """One delivery, or what is expected of one, is as many as it takes: what a rate is drawn to, by itself."""
    monkeypatch.setattr(lifetable, "LEAST", 0.01)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def a_mark(
    key: str = "M1", day: int = -30, named: int = -30, done: int | None = -20, *, of: str = "crm", **changes: Any
) -> Landmark:
    """A promise as it stood on a day, in days from today: due on the day named, delivered on the day done."""
    mark = Landmark(
        engagement=of,
        milestone=key,
        retainer=False,
        vendor="Northwind",
        category="software",
        day=on(day),
        named_on=on(named),
        pace=1.0,
        deliveries=() if done is None else (Delivery(on(done)),),
        gone_on=None,
    )
    return mark._replace(**changes)


def test_a_promise_ahead_has_three_parts_before_its_day_and_nine_stretches_from_it() -> None:
    found = [(one.place, one.start, one.end, one.unit) for one in stretches(11)]
    assert found[:5] == [(0, 0, 5, 10), (1, 5, 8, 10), (2, 8, 10, 10), (3, 10, 11, 1), (4, 11, 13, 1)]
    assert found[-1] == (11, 234, inf, 1)


def test_what_is_due_tomorrow_begins_with_the_day_itself_and_what_is_due_today_after_it() -> None:
    assert stretches(1)[0] == (3, 0, 1, 1)
    assert stretches(0)[0] == (4, 0, 2, 1)


def test_what_is_overdue_enters_where_it_stands() -> None:
    first, then, *_ = stretches(-10)  # eleven days after the named one comes the next: 3 more until two weeks are over
    assert (first, then) == ((6, 0, 3, 1), (7, 3, 17, 1))
    assert [*stretches(-5000)] == [(11, 0, inf, 1)]


def test_quantiles_of_a_steady_rate_are_those_of_an_exponential() -> None:
    # -ln(1 - p) / 0.1: 1.05, 6.93, 16.09, 23.03 days; by the end of the next whole one
    assert days_ahead(EVEN, 0, 1.0, SHARES) == [2, 7, 17, 24]
    assert days_ahead(EVEN, 0, 0.5, SHARES) == [3, 14, 33, 47]
    assert days_ahead(EVEN, -3000, 1.0, SHARES) == [2, 7, 17, 24]


def test_the_parts_before_the_day_have_their_rate_whatever_their_length() -> None:
    # 0.2 of hazard on the way of ten days, 0.02 a day. P10 needs 0.105: 5.3 days. P50 needs 0.693: 0.493 after the eve,
    # 4.93 days at 0.1; P80 1.609, 14.09 days after it; P90 2.303, 21.03 days
    assert days_ahead(EVEN, 11, 1.0, SHARES) == [6, 15, 25, 32]
    # 0.002 a day on a way of a hundred: 52.7 days; and as long after the eve as before
    assert days_ahead(EVEN, 101, 1.0, SHARES) == [53, 105, 115, 122]


def test_no_forecast_is_for_today_or_for_more_than_ten_years() -> None:
    assert days_ahead((9.0,) * 12, 0, 9.0, SHARES) == [1, 1, 1, 1]
    assert days_ahead((1e-9,) * 12, 0, 1.0, SHARES) == [3650] * 4


ahead = st.integers(-4000, 4000)
rates = st.lists(st.floats(1e-3, 5), min_size=12, max_size=12)
pace = st.floats(0.05, 3)


@given(rates, ahead, pace)
def test_quantiles_rise_and_are_the_first_days_that_have_their_chance(
    rates: list[float], ahead: int, pace: float
) -> None:
    found = days_ahead(rates, ahead, pace, SHARES)
    assert found == sorted(found)
    for days, share in zip(found, SHARES, strict=True):
        assert days >= 1
        if days < lifetable.FURTHEST_DAYS:
            assert chance_within(rates, ahead, pace, days) >= share - 1e-6
        assert days == 1 or chance_within(rates, ahead, pace, days - 1) < share + 1e-6


@given(rates, ahead, pace, st.floats(0.1, 1))
def test_a_slower_pace_is_never_sooner(rates: list[float], ahead: int, pace: float, slower: float) -> None:
    pairs = zip(days_ahead(rates, ahead, pace, SHARES), days_ahead(rates, ahead, pace * slower, SHARES), strict=True)
    assert all(before <= after for before, after in pairs)


@given(ahead, st.integers(1, 5000))
def test_the_time_in_all_stretches_is_the_time_it_was_open(ahead: int, days: int) -> None:
    units = {one.place: one.unit for one in stretches(ahead)}
    spent = exposure(ahead, days)
    assert sum(share * units[place] for place, share in spent) == pytest.approx(days)
    assert all(one < two for (one, _), (two, _) in pairwise(spent))


# --- learning


@pytest.mark.usefixtures("the_whole_way")
def test_one_delivery_moves_only_the_stretches_it_was_open_in() -> None:
    table = learned([a_mark(day=-30, named=-30, done=-20)], TODAY)
    # open from the day it was due for ten days, delivered at noon: 2 days in the second stretch, 4 in the third, 3.5 in
    # the fourth, where it came. Seen 30 days ago it weighs 0.5 ^ (30 / 728) = 0.9718: 0.15 x 0.5 / (0.5 + 0.2916),
    # 0.084 x 0.5 / (0.5 + 0.3265), 0.086 x 1.4718 / (0.5 + 0.2925)
    assert table.rates[4:7] == (0.095, 0.051, 0.16)
    assert (*table.rates[:4], *table.rates[7:]) == (*DEFAULT[:4], *DEFAULT[7:])
    assert table.retainer_rates == DEFAULT
    assert (table.delivered, table.learned_on) == (1, TODAY)


@pytest.mark.usefixtures("the_whole_way")
def test_what_is_still_open_counts_for_the_time_it_was() -> None:
    table = learned([a_mark(day=-10, named=-10, done=None)], TODAY)
    # 9.5 days without a delivery, 2 + 4 + 3.5, at a weight of 0.99
    assert table.rates[4:7] == (0.094, 0.05, 0.054)
    assert table.delivered == 0


@pytest.mark.usefixtures("the_whole_way")
def test_a_landmark_that_is_older_by_two_years_weighs_half() -> None:
    table = learned([a_mark(day=-758, named=-758, done=-748)], TODAY)
    # 0.4859 instead of 0.9718 with 30 days: 0.086 x 0.9859 / (0.5 + 0.1463)
    assert table.rates[6] == 0.13


def test_a_table_is_the_same_whenever_the_same_happened() -> None:
    marks = [a_mark("M1", day=-60, done=-40), a_mark("M2", day=-400, named=-380, done=-370), a_mark("M3", done=None)]
    later = [
        one._replace(
            day=one.day + timedelta(days=500),
            named_on=one.named_on + timedelta(days=500),
            deliveries=tuple(Delivery(each.delivered_on + timedelta(days=500)) for each in one.deliveries),
        )
        for one in marks
    ]
    assert learned(later, on(500)) == learned(marks, TODAY)._replace(learned_on=on(500))


@pytest.mark.usefixtures("the_whole_way")
def test_all_landmarks_of_a_milestone_weigh_as_two_at_most() -> None:
    table = learned([a_mark(day=-30, named=-30), a_mark(day=-25, named=-30)], TODAY)
    # they weigh 0.9718 and 0.9765: 0.086 x (0.5 + 1.9483) / (0.5 + 1.9483 x 3.5 x 0.086)
    assert table.rates[6] == 0.19
    # the third stretch has 4 days of the first and 1 of the second: 0.084 x 0.5 / (0.5 + (3.887 + 0.9765) x 0.084)
    assert table.rates[5] == 0.046
    assert table.delivered == 1
    twice = learned([a_mark(day=-30, named=-30)] * 2, TODAY)
    assert learned([a_mark(day=-30, named=-30)] * 5, TODAY) == twice
    assert learned([a_mark(day=-30, named=-30)], TODAY) != twice


@pytest.mark.parametrize(
    "mark",
    [
        a_mark(day=-90, named=-61, done=None),  # open for more than 60 days after its day
        a_mark(day=-90, named=-30, done=None, gone_on=on(-1)),  # cancelled, or the work was closed
        a_mark(day=0, named=10, done=None),  # as it stands today
        a_mark(day=5, named=10, done=8),  # later
    ],
)
def test_what_teaches_nothing_leaves_the_default(mark: Landmark) -> None:
    table = learned([mark], TODAY)
    assert table == LifeTable(DEFAULT, DEFAULT, {}, {}, 0, TODAY)


@pytest.mark.usefixtures("the_whole_way")
def test_what_was_open_for_60_days_after_its_day_is_learned_from() -> None:
    assert learned([a_mark(day=-90, named=-60, done=None)], TODAY).rates != DEFAULT


def test_what_was_delivered_on_the_day_or_later_is_as_open_as_the_rest() -> None:
    late = [a_mark(day=-20, named=-10, done=0), a_mark("M2", day=-20, named=-10, done=40)]
    still = [one._replace(deliveries=()) for one in late]
    assert learned(late, TODAY) == learned(still, TODAY)
    assert learned(late, on(1)) != learned(still, on(1))


def test_a_delivery_that_was_rejected_by_then_is_none() -> None:
    rejected = a_mark(deliveries=(Delivery(on(-20), on(-18), "rejected"),))
    assert learned([rejected], TODAY) == learned([rejected._replace(deliveries=())], TODAY)
    assert learned([rejected], on(-18)) != learned([rejected], on(-19))


def late_by_ten(count: int) -> list[Landmark]:
    """So many results that all came ten days after their day."""
    return [a_mark(f"M{number}") for number in range(count)]


@pytest.mark.parametrize(("count", "rate"), [(0, 0.086), (1, 0.089), (3, 0.099), (20, 0.27)])
def test_a_few_results_go_only_part_of_the_way(count: int, rate: float) -> None:
    # 0.086 x ((0.5 + n w) / (0.5 + n w x 3.5 x 0.086)) ^ (n / 20), each result weighing w = 0.9718
    assert learned(late_by_ten(count), TODAY).rates[6] == rate


def test_three_results_alike_hardly_narrow_the_range() -> None:
    def range_of(count: int) -> int:
        _, p50, _, p90 = days_ahead(learned(late_by_ten(count), TODAY).rates, 60, 1.0, SHARES)
        return p90 - p50

    nothing = range_of(0)
    assert range_of(1) > 0.9 * nothing
    assert range_of(3) > 0.75 * nothing
    assert range_of(20) < 0.7 * nothing
    assert range_of(300) <= range_of(20)


@pytest.mark.usefixtures("the_whole_way")
def test_a_retainer_learns_for_itself() -> None:
    table = learned([a_mark(retainer=True)], TODAY)
    assert table.rates == DEFAULT
    assert table.retainer_rates[6] == 0.16


def many(number: int, vendor: str, rate: float, random: Random) -> list[Landmark]:
    """So many overdue promises of a vendor, delivered at a steady rate a day, each known until today."""
    marks = []
    for place in range(number):
        taken = round(random.expovariate(rate) + 0.5)
        began = -random.randint(5, 400)
        done = began + taken
        key = f"{vendor}{place}"
        marks.append(a_mark(key, began, began - 1, done if done < 0 else None, vendor=vendor))
    return marks


def test_very_many_past_milestones_say_what_happened_whatever_the_default() -> None:
    marks = many(4000, "Northwind", 0.05, Random(1))
    table = learned(marks, TODAY)
    assert table.vendors == {"Northwind": 1.0}
    assert table.rates[5:9] == pytest.approx((0.05,) * 4, rel=0.12)
    # a mark begins the day after the named one, so that nothing was seen before
    assert table.rates[:4] == DEFAULT[:4]


def test_the_table_agrees_with_kaplan_and_meier_at_the_ends_of_its_stretches() -> None:
    """Meeker and Escobar 1998: what is still open is censored on the right."""
    random = Random(7)
    marks = [one for one in many(3000, "Northwind", 0.03, random) if one.deliveries or one.named_on >= on(-60)]
    came = [(one.deliveries[0].delivered_on - one.day).days - 0.5 for one in marks if one.deliveries]
    waits = [(TODAY - one.day).days - 0.5 for one in marks if not one.deliveries]
    survival = ecdf(CensoredData(uncensored=came, right=waits)).sf
    table = learned(marks, TODAY)
    for days in (1, 5, 12, 26, 54):  # the ends of the stretches, from two days after the named one on
        assert 1 - chance_within(table.rates, -1, 1.0, days) == pytest.approx(survival.evaluate(days), abs=0.015)


def test_three_past_milestones_do_not_speak_as_loudly_as_three_hundred() -> None:
    random = Random(3)
    marks = many(600, "Usual", 0.05, random) + many(3, "New", 0.5, random) + many(300, "Quick", 0.5, random)
    table = learned(marks, TODAY)
    usual, new, quick = (table.vendors[name] for name in ("Usual", "New", "Quick"))
    assert usual < 1 < new < quick
    assert new < 1.6
    assert quick > 3 * usual


def test_a_portfolio_with_one_vendor_and_one_kind_of_work_has_no_factors_to_speak_of() -> None:
    table = learned(many(12, "Northwind", 0.2, Random(5)), TODAY)
    assert (table.vendors, table.categories) == ({"Northwind": 1.0}, {"software": 1.0})


def test_one_record_of_a_vendor_says_no_more_than_five_usual_ones() -> None:
    usual = many(300, "Usual", 0.05, Random(3))
    quick = learned([*usual, *[a_mark("X", -60, -60, -59, vendor="New")] * 9], TODAY)
    slow = learned([*usual, *[a_mark("X", -60, -60, None, vendor="New")] * 9], TODAY)
    # seen nine times it weighs two, or 1.9 as it is 60 days old
    assert 1.15 <= quick.vendors["New"] <= 1.2  # it came where next to nothing was due: (10 + 1.9) / (10 + 0.06)
    assert 0.62 <= slow.vendors["New"] <= 0.65  # three were due in 60 days at 0.05, and none came: 10 / (10 + 5.7)


def test_few_deliveries_are_said_to_be_few() -> None:
    few = learned([a_mark()], TODAY)
    assert lifetable.told(few, TODAY) == (
        "Only 1 delivered result of this portfolio was known on 1 Nov: forecasts rest on what was learned from other "
        "portfolios."
    )
    assert lifetable.told(learned([], TODAY), TODAY).startswith("No delivered result of this portfolio was known")
    own = learned([a_mark(f"M{number}") for number in range(20)], TODAY)
    assert lifetable.told(own, TODAY) == "Learned from 20 delivered results of this portfolio up to 1 Nov."
    assert not lifetable.is_own(learned([a_mark(f"M{number}") for number in range(19)], TODAY))
