"""What if: what each change does to a forecast, by hand, and what none of them may ever do."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engagement.assessment.results import Outlook
from engagement.assessment.values import Delivery, History, LifeTable, Milestone, Pause, PortfolioTerms
from engagement.assessment.whatif import (
    Change,
    Drop,
    More,
    Move,
    Shift,
    Silence,
    Tried,
    finish_in_words,
    names,
    nothing_to_try,
    results_in_words,
    what_if,
)
from tests.assessment.made import TOGETHER, a_history, a_milestone, assessed, cut, on, some_terms, talks
from tests.assessment.random_histories import days, histories

EVEN = TOGETHER._replace(table=LifeTable((0.2,) * 3 + (0.1,) * 9, (0.4,) * 12, {}, {}, 30, date(2026, 3, 1)))
"""A fifth on the whole way to the day, a tenth each day from then on."""
GIVEN_UP = TOGETHER._replace(
    table=LifeTable((0.2,) * 3 + (0.1,) * 4 + (0.01,) * 5, (0.4,) * 12, {}, {}, 30, date(2026, 3, 1))
)
"""The same, but from two weeks after the day on hardly anything comes."""


def waiting(key: str, due: int | None) -> Milestone:
    """An open result that was begun so long ago that how young it is says nothing. It weighs nothing in the plan."""
    return a_milestone(key, due, starts_on=on(-30_000), weight=0.0)


def a_plan(*open_ones: Milestone, day: int = 20) -> History:
    """As of that day nothing slows it: what weighs was delivered that day as promised, and everybody has talked."""
    delivered = Delivery(on(day), on(day), "accepted")
    return a_history(
        milestones=(a_milestone("M0", day, weight=1.0, deliveries=(delivered,)), *open_ones), check_ins=talks(day)
    )


ONE = a_plan(waiting("M1", 40))
TWO = a_plan(waiting("M1", 40), waiting("M2", 60))
LATE = a_plan(waiting("M1", 10))


def tried(history: History, *changes: Change, day: int = 20, common: PortfolioTerms = EVEN) -> Tried:
    return what_if(history, common, changes, on(day))


def middle_and_four_of_five(outlook: Outlook | None) -> list[int]:
    """P50 and P80, in days from day 0."""
    assert outlook is not None
    return [(each - on(0)).days for each in (outlook.likely.p50_on, outlook.likely.p80_on)]


def after(found: Tried, place: int = 0) -> list[int]:
    return middle_and_four_of_five(found.results[place].after)


def test_without_a_change_it_is_the_forecast_of_every_page() -> None:
    found, shown = tried(TWO), assessed(TWO, 20, EVEN)
    assert [(one.before.likely.p50_on, one.before.likely.p80_on) for one in found.results] == [
        (one.p50_on, one.p80_on) for one in shown.milestones if one.delivered_on is None
    ]
    assert found.finish is not None
    assert found.finish.before.likely.p80_on == shown.schedule.p80_finish_on
    assert found.finish.is_same


def test_a_later_day_moves_its_result_with_it() -> None:
    found = tried(ONE, Move("M1", on(60)))
    # 19 days to the eve with 0.2 of the hazard, then (0.693 - 0.2) / 0.1 = 4.93 and (1.609 - 0.2) / 0.1 = 14.09 days
    assert middle_and_four_of_five(found.results[0].before) == [44, 54]
    assert after(found) == [64, 74]  # 39 days to the eve
    assert found.finish is not None
    assert (found.finish.p50_days, found.finish.p80_days) == (20, 20)


def test_a_day_that_is_moved_touches_no_other_result() -> None:
    found = tried(TWO, Move("M1", on(90)))
    assert after(found) == [114 - 20, 124 - 20]
    assert found.results[1].is_same
    assert found.finish is not None
    assert found.finish.after is not None
    assert (found.finish.before.milestone, found.finish.after.milestone) == ("M2", "M1")


def test_an_earlier_day_moves_its_result_to_it() -> None:
    assert after(tried(ONE, Move("M1", on(30)))) == [34, 44]


def test_a_new_day_for_what_is_overdue_makes_nothing_earlier() -> None:
    stuck = a_plan(waiting("M1", 10), day=30)
    # 0.01 a day since the second week after the day: 0.693 / 0.01 = 69.3 days
    found = tried(stuck, Move("M1", on(40)), day=30, common=GIVEN_UP)
    assert middle_and_four_of_five(found.results[0].before)[0] == 100
    assert found.results[0].is_same
    # 169 days to the eve, and (0.693 - 0.2) / 0.1 = 4.93 days more
    assert after(tried(stuck, Move("M1", on(200)), day=30, common=GIVEN_UP))[0] == 204


def test_more_to_do_stretches_the_way_to_the_named_day() -> None:
    assert after(tried(ONE, More(0.5))) == [54, 64]  # 20 days become 30
    assert after(tried(ONE, More(-0.5))) == [34, 44]
    assert after(tried(ONE, More(0.1))) == [46, 56]  # 22, not 23 for what a computer makes of 20 x 1.1


def test_of_what_is_overdue_more_to_do_stretches_the_likely_days() -> None:
    found = tried(LATE, More(0.5))
    # 0.693 / 0.1 = 6.93 and 1.609 / 0.1 = 16.1 days
    assert middle_and_four_of_five(found.results[0].before) == [27, 37]
    assert after(found) == [31, 46]  # 7 days become 11, 17 become 26
    assert after(tried(LATE, More(-0.5))) == [24, 29]


def test_after_a_move_more_to_do_stretches_the_way_to_the_new_day() -> None:
    assert after(tried(ONE, Move("M1", on(60)), More(0.5))) == [84, 94]  # 40 days become 60


def test_a_week_of_silence_is_the_forecast_a_week_later() -> None:
    # seven days silent: exp(-0.4 x 7 / 37) = 0.927 of every rate, and 12 days to the eve:
    # (0.693 - 0.185) / 0.0927 = 5.5 and (1.609 - 0.185) / 0.0927 = 15.4 days after it
    assert after(tried(ONE, Silence(1))) == [45, 55]
    assert middle_and_four_of_five(tried(ONE, Silence(1)).results[0].before) == [44, 54]


def test_while_the_work_rests_silence_counts_from_the_day_on_which_it_goes_on() -> None:
    paused = ONE._replace(pauses=(Pause(on(10), on(25)),))
    found = tried(paused, Silence(1))
    outlook = found.results[0].after
    assert outlook is not None
    assert (outlook.since, outlook.silent_days) == (on(32), 7)


def test_what_is_left_out_does_not_hold_up_the_rest() -> None:
    found = tried(TWO, Drop("M1"))
    # an older one open: exp(-0.7 / 2) = 0.705 of every rate; (0.693 - 0.141) / 0.0705 = 7.8 days after day 59
    assert middle_and_four_of_five(found.results[1].before) == [67, 80]
    assert after(found, 1) == [64, 74]
    assert found.results[0].after is None
    assert found.finish is not None
    assert (found.finish.p50_days, found.finish.p80_days) == (-3, -6)


def test_with_all_left_out_there_is_no_finish_to_wait_for() -> None:
    found = tried(TWO, Drop("M1"), Drop("M2"))
    assert found.finish is not None
    assert (found.finish.after, found.finish.p50_days, found.finish.p80_days) == (None, None, None)
    assert finish_in_words(found, on(20)) == "Finish 8 May, likely by 21 May: then nothing would be open any more."


def test_a_change_of_what_is_not_open_changes_nothing() -> None:
    done = waiting("M1", 40)._replace(deliveries=(Delivery(on(19)),))
    history = a_plan(done, waiting("M2", 60), a_milestone("M3", None))
    changes = (Move("M1", on(90)), Drop("M1"), Move("M3", on(90)), Drop("M3"), Move("no such", on(90)))
    found = tried(history, *changes)
    assert [one.name for one in found.results] == ["Result M2"]
    assert found.results[0].is_same


def test_of_a_retainer_and_of_what_is_over_nothing_is_told() -> None:
    assert tried(ONE._replace(terms=(some_terms(contract="retainer"),)), Silence(2)) == Tried(None, ())
    assert tried(ONE._replace(closed_on=on(10)), Silence(2)) == Tried(None, ())


@pytest.mark.parametrize(
    ("history", "why"),
    [
        (ONE, None),
        (ONE._replace(terms=(some_terms(contract="retainer"),)), "A retainer has no finish that could move"),
        (ONE._replace(closed_on=on(10)), "The work is closed."),
        (ONE._replace(terms=(some_terms(status="draft"),)), "A draft has no forecast yet."),
        (ONE._replace(milestones=()), "No result is recorded."),
        (ONE._replace(milestones=(a_milestone("M1", 40, deliveries=(Delivery(on(9)),)),)), "Everything is delivered."),
        (ONE._replace(milestones=(a_milestone("M1", 20 - 365),)), None),
        (ONE._replace(milestones=(a_milestone("M1", 19 - 365),)), "What is open for more than a year"),
        (ONE._replace(milestones=(a_milestone("M1", None),)), "Nobody has named a day for what is open."),
    ],
)
def test_it_says_why_there_is_nothing_to_try(history: History, why: str | None) -> None:
    said = nothing_to_try(assessed(history, 20, EVEN), on(20))
    assert said is None if why is None else said is not None and said.startswith(why)


def test_results_of_the_same_name_are_told_apart() -> None:
    same = TWO._replace(milestones=(*(one._replace(name="Move") for one in TWO.milestones), a_milestone("M3", 80)))
    assert names(assessed(same, 20, EVEN)) == {"M1": "Move (M1)", "M2": "Move (M2)", "M3": "Result M3"}


def test_the_finish_in_words() -> None:
    said = on(20)
    assert finish_in_words(tried(TWO), said) == "Finish 8 May, likely by 21 May, as it is now."
    assert results_in_words(tried(TWO), said) == ""
    moved = tried(TWO, Move("M2", on(61)))
    assert finish_in_words(moved, said) == "Finish 8 May → 9 May (+1 d), likely by 21 May → 22 May (+1 d)."
    assert results_in_words(moved, said) == 'One of two open results moves: "Result M2".'
    other = tried(TWO, Move("M1", on(90)), Silence(0))
    assert finish_in_words(other, said) == (
        'Finish 8 May → 4 Jun (+27 d), likely by 21 May → 14 Jun (+24 d). "Result M1" would come last, not "Result M2".'
    )
    assert (
        results_in_words(tried(TWO, Drop("M1")), said) == 'Left out: Result M1. The one open result moves: "Result M2".'
    )
    assert results_in_words(tried(TWO, More(0.5)), said).startswith("Both open results move, most of all")
    # M1 to day 50 stays before M2, which does not move
    near = tried(TWO, Move("M1", on(50)))
    assert results_in_words(near, said).endswith(
        ' Each result is told by itself; the finish is that of "Result M2", which comes last.'
    )
    assert "told by itself" not in results_in_words(moved, said) + results_in_words(other, said)
    undated = ONE._replace(milestones=(a_milestone("M1", None),))
    assert finish_in_words(tried(undated), said).startswith("There is no finish to forecast")


def test_a_finish_that_may_never_come_says_so_and_one_that_hardly_can_is_not_told() -> None:
    said = on(20)
    doubtful = finish_in_words(tried(a_plan(waiting("M1", 20 - 61))), said)
    assert doubtful == "Finish 29 Mar, likely by 8 Apr, if it comes, as it is now."
    # 61 days late and coming first: the finish of the other one rests on it, unless it is left out
    rests = a_plan(waiting("M1", 20 - 61), waiting("M2", 60))
    assert finish_in_words(tried(rests), said).endswith(", if what is late comes, as it is now.")
    assert "comes" not in finish_in_words(tried(rests, Drop("M1")), said)
    assert "comes" not in finish_in_words(tried(a_plan(waiting("M1", 20 - 60), waiting("M2", 60))), said)
    old = a_plan(waiting("M1", 18 - 365))
    assert finish_in_words(tried(old), said) == (
        '"Result M1" would be open for more than a year after its day: no finish could be told.'
    )
    assert finish_in_words(tried(old, Drop("M1")), said) == "Then nothing would be open any more."
    both = a_plan(*old.milestones[1:], waiting("M2", 25))
    # 4 days to the eve with 0.2, then 0.1 a day for 14 days: 4 + 4.93, and 18 + (1.609 - 1.6) / 0.01 days
    left = tried(both, Drop("M1"), common=GIVEN_UP)
    assert finish_in_words(left, said) == "Finish 31 Mar, likely by 10 Apr, where none can be told now."
    assert [one.is_told for one in left.results] == [False, True]
    assert results_in_words(left, said).startswith("Left out: Result M1. The one open result moves: ")


# --- what no change may ever do


def known(seed: History, day: date) -> tuple[History, list[str]]:
    """A random history as of a day, and what can be tried with; none without."""
    history = cut(seed, day)
    found = what_if(history, EVEN, (), day).results
    assume(found)
    return history, [one.before.milestone for one in found]


def changes_of(keys: Sequence[str], day: date) -> st.SearchStrategy[list[Change]]:
    moves = st.builds(Move, st.sampled_from(keys), st.integers(1, 200).map(lambda days: day + timedelta(days=days)))
    drops = st.builds(Drop, st.sampled_from(keys))
    return st.lists(st.one_of(moves, drops, st.builds(More, st.sampled_from([-0.5, -0.1, 0.2, 1.0]))), max_size=3)


def shifts(found: Tried) -> list[Shift]:
    return [*found.results, *([found.finish] if found.finish else [])]


def rows(found: Tried) -> list[tuple[date, ...]]:
    """All chances of everything that is left with some changes."""
    return [tuple(one.after.likely) for one in shifts(found) if one.after is not None]


def no_earlier(later: Tried, than: Tried) -> bool:
    pairs = zip(rows(later), rows(than), strict=True)
    return all(one >= other for row, before in pairs for one, other in zip(row, before, strict=True))


@given(histories(), days(), st.data(), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_silence_makes_nothing_earlier_whatever_else_is_tried(
    seed: History, day: date, data: st.DataObject, weeks: int
) -> None:
    history, keys = known(seed, day)
    changes = data.draw(changes_of(keys, day))
    for common in (EVEN, GIVEN_UP, TOGETHER):
        less = what_if(history, common, [*changes, Silence(weeks - 1)], day)
        assert no_earlier(what_if(history, common, [*changes, Silence(weeks)], day), less)
        assert no_earlier(less, what_if(history, common, changes, day))


@given(histories(), days(), st.data(), st.integers(1, 200))
@settings(max_examples=60, deadline=None)
def test_a_later_day_makes_nothing_earlier_and_an_earlier_one_nothing_later(
    seed: History, day: date, data: st.DataObject, far: int
) -> None:
    history, keys = known(seed, day)
    key, to_on = data.draw(st.sampled_from(keys)), day + timedelta(days=far)
    for common in (EVEN, GIVEN_UP, TOGETHER):
        found = what_if(history, common, [Move(key, to_on)], day)
        now = what_if(history, common, (), day)
        (moved,) = [one for one in found.results if one.before.milestone == key]
        assert all(one.is_same for one in found.results if one is not moved)
        is_later = to_on >= moved.before.named_on
        assert no_earlier(found, now) if is_later else no_earlier(now, found)


@given(histories(), days(), st.data())
@settings(max_examples=60, deadline=None)
def test_more_to_do_makes_nothing_earlier_and_less_nothing_later(seed: History, day: date, data: st.DataObject) -> None:
    history, keys = known(seed, day)
    now = what_if(history, TOGETHER, (), day)
    assert no_earlier(what_if(history, TOGETHER, [More(data.draw(st.floats(0, 2)))], day), now)
    assert no_earlier(now, what_if(history, TOGETHER, [More(data.draw(st.floats(-0.9, 0)))], day))
    dropped = what_if(history, TOGETHER, [Drop(data.draw(st.sampled_from(keys)))], day)
    assert all(one.p50_days is None or one.p50_days <= 0 for one in shifts(dropped))
    assert all(one.p80_days is None or one.p80_days <= 0 for one in shifts(dropped))


@given(histories(), days())
@settings(max_examples=60, deadline=None)
def test_without_a_change_nothing_moves_and_chances_stay_in_order(seed: History, day: date) -> None:
    history, keys = known(seed, day)
    assert all(one.is_same and one.before == one.after for one in shifts(what_if(history, TOGETHER, (), day)))
    assert what_if(history, TOGETHER, [More(0), Silence(0)], day) == what_if(history, TOGETHER, (), day)
    for row in rows(what_if(history, TOGETHER, [Silence(2), More(0.3), Move(keys[0], day + timedelta(days=9))], day)):
        assert list(row) == sorted(row)
