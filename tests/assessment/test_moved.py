"""How far a finish moved between two days, and that what is said to have moved it did."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.assessment import forecast
from engagement.assessment.moved import Moved, moved, moved_at_all, shares
from engagement.assessment.results import Assessment, Likely, Outlook
from engagement.assessment.values import (
    Baseline,
    CheckIn,
    Delivery,
    History,
    LifeTable,
    Milestone,
    Pause,
    PortfolioTerms,
)
from tests.assessment.made import TOGETHER, a_history, a_milestone, assessed, forecasts, on, some_terms, talks

RATES = (0.0, 0.0, 0.0, 5.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
"""Nothing comes before its day, nearly everything on the day itself, and a tenth of the rest on each day after it."""
LONG_AGO = date(2020, 1, 1)


def knowing(rates: tuple[float, ...] = RATES, **vendors: float) -> PortfolioTerms:
    return TOGETHER._replace(table=LifeTable(rates, rates, {}, vendors, 30, LONG_AGO))


TABLE = knowing()


def compared(history: History, since: int, day: int, was: PortfolioTerms = TABLE, now: PortfolioTerms = TABLE) -> Moved:
    found = moved(_kept(assessed(history, since, was)), assessed(history, day, now), on(since), on(day))
    assert found is not None
    return found


def _kept(assessment: Assessment) -> Assessment:
    assert assessment.outlook is not None
    return assessment


def chat(*days: int) -> tuple[CheckIn, ...]:
    """Talks on every day, so that nothing is silent."""
    return talks(*days)


EVERY_DAY = chat(*range(120))


AS_PLANNED = a_milestone("M0", due=20, weight=1.0, deliveries=(Delivery(on(20), on(20), "accepted"),))
"""All that weighs: nothing is behind."""


def ready(key: str, due: int) -> Milestone:
    """An open result that weighs nothing, begun so long ago that how young it is says nothing."""
    return a_milestone(key, due=due, starts_on=on(-30_000), weight=0.0)


def test_a_new_day_moves_the_finish_by_as_much() -> None:
    # nothing is behind, late or silent: the middle is the named day itself, 2 Jun (day 92), then 22 Jun (day 112)
    history = a_history(milestones=(a_milestone(due=92, reports=forecasts((8, 112))),), check_ins=EVERY_DAY)
    found = compared(history, 4, 10)
    assert (found.was_on, found.now_on, found.days) == (date(2026, 6, 2), date(2026, 6, 22), 20)
    assert found.because == 'a new day for "Result M1", 2 Jun → 22 Jun'


def test_a_day_that_was_agreed_anew_is_called_so() -> None:
    milestone = a_milestone(due=92, baselines=(Baseline(on(8), on(112), "More records", "Ana"),))
    found = compared(a_history(milestones=(milestone,), check_ins=EVERY_DAY), 4, 10)
    assert found.because == 'a new agreed day for "Result M1", 2 Jun → 22 Jun'


def test_two_days_are_no_move_and_three_are() -> None:
    def by(days: int) -> Moved | None:
        milestone = a_milestone(due=92, reports=forecasts((8, 92 + days)))
        history = a_history(milestones=(milestone,), check_ins=EVERY_DAY)
        return moved(assessed(history, 4, TABLE), assessed(history, 10, TABLE), on(4), on(10))

    assert by(2) is None
    assert by(3) is not None
    assert by(-2) is None
    earlier = by(-3)
    assert earlier is not None
    assert earlier.days == -3


def test_what_is_overdue_moves_by_the_days_that_pass() -> None:
    # one result, 20 and then 27 days late; nothing is delivered, so that the work lags by 40 and then 47 days. Pace
    # exp(-0.7 x 40 / 70) = 0.670: ln 2 / 0.1 / 0.670 = 10.3, on the 11th day. Then exp(-0.7 x 47 / 77) = 0.652: 10.6,
    # on the 11th day again
    history = a_history(milestones=(a_milestone(due=20),), check_ins=EVERY_DAY)
    found = compared(history, 40, 47)
    assert (found.was_on, found.now_on) == (on(51), on(58))
    assert found.because == '7 days passed without "Result M1"'
    assert not found.is_recorded


def test_silence_is_named_where_it_did_it() -> None:
    # 164 days of lag: pace exp(-0.7 x 164 / 194) = 0.553; with 64 days of silence exp(-0.4 x 64 / 94) = 0.762 of that.
    # ln 2 / 0.1 / 0.553 = 12.5, on the 13th day; over 0.762 16.4, on the 17th: 4 days
    history = a_history(milestones=(a_milestone(due=20),), check_ins=chat(*range(101)))
    quiet = assessed(history, 164, TABLE).outlook
    assert quiet is not None
    assert shares(quiet._replace(silent_days=0), quiet) == {"silent": 4.0}


def test_a_word_after_long_silence_brings_it_nearer() -> None:
    # 80 days silent: pace exp(-0.4 x 80 / 110) = 0.748 of what it is on the day of the next word
    history = a_history(milestones=(a_milestone(due=20),), check_ins=chat(0, 83))
    slow = knowing((0.0, 0.0, 0.0, 5.0, *[0.02] * 8))
    found = compared(history, 80, 83, slow, slow)
    assert found.days < 0
    assert found.because == "there is word again"
    assert found.is_recorded


def test_a_delivery_makes_way_and_is_named() -> None:
    # M1, due on day 20, is open on day 43 and there on day 44: M2 has nothing before it any more. The rate is
    # 5 % a day from each day on; on day 43 the work lags by 43 days, and 17 of M2's 40 days
    # are ahead: pace exp(-0.7 x 43 / 73 - 0.7 / 2 - 0.5 x 17 / 40) = 0.378
    steady = knowing((0.0, 0.0, 0.0, *[0.05] * 9))
    first = a_milestone("M1", due=20, deliveries=(Delivery(on(44), on(44), "accepted"),))
    history = a_history(milestones=(first, a_milestone("M2", due=60)), check_ins=EVERY_DAY)
    found = compared(history, 43, 47, steady, steady)
    # from the evening of day 59 ln 2 / 0.05 / 0.378 = 36.7 days
    assert found.was_on == on(96)
    assert found.because.startswith('"Result M1" was delivered')


def test_the_last_one_that_is_cancelled_makes_way() -> None:
    # of three only the last goes, on day 45; what is left is due on day 60
    milestones = (a_milestone("M1", due=60), a_milestone("M2", due=90, cancelled_on=on(45)))
    found = compared(a_history(milestones=milestones, check_ins=EVERY_DAY), 42, 47)
    assert (found.was_on, found.now_on) == (on(90), on(60))
    assert found.because == '"Result M2" was cancelled'


def test_the_last_one_that_is_delivered_makes_way() -> None:
    milestones = (a_milestone("M1", due=60), a_milestone("M2", due=90, deliveries=(Delivery(on(45)),)))
    found = compared(a_history(milestones=milestones, check_ins=EVERY_DAY), 42, 47)
    assert found.now_on == on(60)
    assert found.because == '"Result M2" was delivered'


def test_another_result_that_is_last_now_is_named() -> None:
    # M1 goes from day 60 to day 95; M2, which was last, still stands on day 90
    milestones = (a_milestone("M1", due=60, reports=forecasts((45, 95))), a_milestone("M2", due=90))
    found = compared(a_history(milestones=milestones, check_ins=EVERY_DAY), 42, 47)
    assert found.was_on == on(90)
    assert found.because == 'a new day for "Result M1", 1 May → 5 Jun'


def test_what_was_rejected_is_open_again() -> None:
    back = a_milestone("M2", due=90, deliveries=(Delivery(on(40), on(45), "rejected", "Rows are missing."),))
    history = a_history(milestones=(a_milestone("M1", due=60), back), check_ins=EVERY_DAY)
    found = compared(history, 42, 47)
    assert (found.was_on, found.now_on) == (on(60), on(90))
    assert found.because == '"Result M2" is open again'


def test_what_got_its_first_day_and_is_last_is_named() -> None:
    undated = a_milestone("M2", due=None, baselines=(Baseline(on(45), on(90), "Agreed", "Ana"),))
    history = a_history(milestones=(a_milestone("M1", due=60), undated), check_ins=EVERY_DAY)
    assert compared(history, 42, 47).because == '"Result M2" got its day, 31 May'


def test_work_that_rests_comes_later_by_that() -> None:
    # a result of day 60 when the work rests from day 45 until day 80: its day lies behind when the work goes on
    history = a_history(milestones=(a_milestone("M1", due=60),), check_ins=EVERY_DAY, pauses=(Pause(on(45), on(80)),))
    found = compared(history, 42, 47)
    assert found.because == "the work rests until 21 May"
    assert found.is_recorded


def test_what_was_learned_of_the_vendor_is_named() -> None:
    # overdue by 20 days; the vendor is learned to be half as quick as the others
    history = a_history(milestones=(a_milestone(due=20),), check_ins=EVERY_DAY)
    found = compared(history, 40, 41, TABLE, knowing(Northwind=0.5))
    assert found.because == "results like this come later, as was learned by 1 Apr"
    assert not found.is_recorded


def test_where_the_finish_stayed_the_day_by_which_it_is_likely_has_a_reason_too() -> None:
    # 1.5 on the day itself: 78 in 100 come then, and four in five, 1.61, two days later. At half the pace 0.75: still
    # more than half, and what lacks, 3.22 - 1.5 at 0.1 a day, takes 18 days
    steady = (0.0, 0.0, 0.0, 1.5, *[0.1] * 8)
    history = a_history(milestones=(AS_PLANNED, ready("M1", 50)), check_ins=EVERY_DAY)
    before = assessed(history, 40, knowing(steady))

    def after(pace: float) -> Moved | None:
        now = assessed(history, 41, knowing(steady, Northwind=pace))
        assert moved(before, now, on(40), on(41)) is None
        return moved_at_all(before, now, on(40), on(41))

    found = after(0.5)
    assert found is not None
    assert (found.was_on, found.now_on, found.is_likely_by) == (on(52), on(68), True)
    assert found.because == "results like this come later, as was learned by 1 Apr"
    assert found.words(on(40), on(41)) == f'"Likely by" alone is 16 days later than on 11 Apr: {found.because}.'
    assert found.since(on(40), on(41)) == '"likely by" alone +16 d since 11 Apr'
    # 1.61 / 0.74 - 1.5 = 0.67 takes seven days and 1.61 / 0.64 - 1.5 = 1.01 eleven: five and nine more than two
    assert after(0.74) is None
    assert after(0.64) is not None


def test_the_day_by_which_it_is_likely_is_explained_by_the_result_that_has_the_latest() -> None:
    # M2 comes on its day, 49, which is the last middle. M1 was for day 30: at 0.1 a day it is there by day 57 with four
    # chances in five, until it is named for day 43
    late = ready("M1", 30)._replace(reports=forecasts((41, 43)))
    history = a_history(milestones=(AS_PLANNED, late, ready("M2", 49)), check_ins=EVERY_DAY)
    found = moved_at_all(assessed(history, 40, TABLE), assessed(history, 41, TABLE), on(40), on(41))
    assert found is not None
    assert (found.was_on, found.now_on, found.is_likely_by) == (on(57), on(49), True)
    assert found.because == 'a new day for "Result M1", 1 Apr → 14 Apr'
    assert found.is_recorded


def test_another_vendor_is_named() -> None:
    late = a_milestone(due=20)
    terms = (some_terms(), some_terms(vendor="Slowmotion", from_on=on(41)))
    history = a_history(milestones=(late,), check_ins=EVERY_DAY)._replace(terms=terms)
    slow = knowing(Slowmotion=0.5)
    assert compared(history, 40, 41, slow, slow).because == "Slowmotion does the work now"


def test_what_looks_abandoned_does_not_move() -> None:
    # nobody has talked since day 0: on day 150 it is forgotten and overdue for more than 90 days
    history = a_history(milestones=(a_milestone(due=20),), check_ins=chat(0))
    days = [assessed(history, day, TABLE) for day in (90, 97, 150, 157)]
    assert [one.attention.abandoned for one in days] == [False, False, True, True]
    assert moved(days[0], days[1], on(90), on(97)) is not None
    assert moved(days[2], days[3], on(150), on(157)) is None


def test_nothing_is_said_where_one_of_the_days_has_no_forecast() -> None:
    done = a_history(milestones=(a_milestone(due=92, deliveries=(Delivery(on(8)),)),), check_ins=EVERY_DAY)
    assert moved(assessed(done, 4), assessed(done, 10), on(4), on(10)) is None
    assert moved(None, assessed(done, 4), on(4), on(10)) is None


outlooks = st.builds(
    Outlook,
    milestone=st.just("M1"),
    named_on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    likely=st.just(Likely(LONG_AGO, LONG_AGO, LONG_AGO, LONG_AGO)),
    behind_days=st.integers(0, 400),
    older=st.integers(0, 9),
    slip_days=st.floats(-60, 200),
    silent_days=st.integers(0, 400),
    since=st.dates(date(2026, 6, 1), date(2026, 12, 31)),
    rates=st.sampled_from([RATES, tuple(0.1 for _ in RATES)]),
    class_pace=st.floats(0.3, 3),
)


@given(one=outlooks)
def test_a_forecast_that_did_not_change_has_nothing_that_moved_it(one: Outlook) -> None:
    assert shares(one, one) == {}


@given(one=outlooks, other=outlooks)
def test_what_differs_in_one_thing_alone_was_moved_by_that(one: Outlook, other: Outlook) -> None:
    later = one._replace(named_on=other.named_on)
    whole = (forecast.likely(later).p50_on - forecast.likely(one).p50_on).days
    assert shares(one, later) == ({"named": whole} if later != one else {})


@given(one=outlooks, other=outlooks)
def test_what_differs_in_two_things_is_shared_out_between_them_without_rest(one: Outlook, other: Outlook) -> None:
    later = one._replace(named_on=other.named_on, silent_days=other.silent_days)
    whole = (forecast.likely(later).p50_on - forecast.likely(one).p50_on).days
    assert sum(shares(one, later).values()) == pytest.approx(whole)


def test_a_rejected_delivery_is_said_to_be_open_again() -> None:
    # Of four equal results the last two are for day 90. One of them was delivered on day 43 and rejected on day 46: by
    # deliveries the work was ahead of its plan, and on day 47 it is where the plan was on day 20
    done = [
        a_milestone(f"M{n}", due=10 * n, deliveries=(Delivery(on(10 * n), on(10 * n), "accepted"),)) for n in (1, 2)
    ]
    third = a_milestone("M3", due=90, deliveries=(Delivery(on(43), on(46), "rejected"),))
    history = a_history(milestones=(*done, a_milestone("M4", due=90), third), check_ins=EVERY_DAY)
    steady = knowing((0.0, 0.0, 0.0, *[0.05] * 9))
    found = compared(history, 44, 47, steady, steady)
    assert found.because == '"Result M3" is open again, deliveries are 27 days behind the plan instead of 0'
    assert found.is_recorded
