"""How many cards an owner had a week, counted by hand on a few Fridays."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from engagement.assessment.results import Assessment, Attention
from engagement.assessment.workload import RuleCards, Workload, dealt, fridays_until, workload
from tests.builders import a_schedule, a_warning, an_assessment

FIRST, SECOND, THIRD = date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20)
LATE = a_warning("overdue", "warning")
VERY_LATE = a_warning("overdue")
SILENT = a_warning("silent", "warning")
IN_HAND = LATE._replace(in_hand_until=date(2026, 12, 1))


def counted(by_day: Mapping[date, Sequence[Assessment]], stands_in: Mapping[str, str] | None = None) -> Workload:
    days = [day for day in (FIRST, SECOND, THIRD) if day in by_day]
    return workload(days, lambda day: by_day.get(day, ()), stands_in or {}, THIRD)


def a(key: str, *warnings: object, **changes: object) -> Assessment:
    return an_assessment(key, warnings=warnings, **changes)


def test_a_card_is_new_then_ongoing_then_worse_and_each_week_says_so() -> None:
    found = counted({FIRST: [a("x", LATE)], SECOND: [a("x", LATE)], THIRD: [a("x", VERY_LATE)]})
    assert [(one.needs, one.new, one.ongoing, one.worse) for one in found.weeks] == [
        (1, 1, 0, 0),
        (1, 0, 1, 0),
        (1, 0, 0, 1),
    ]


def test_another_critical_warning_makes_a_card_worse_and_another_mild_one_does_not() -> None:
    before = [a("x", LATE), a("y", LATE)]
    (_, found) = counted({FIRST: before, SECOND: [a("x", LATE, SILENT), a("y", LATE, a_warning("silent"))]}).weeks
    assert (found.ongoing, found.worse) == (1, 1)


def test_what_is_all_right_again_is_cleared_and_what_is_in_hand_or_abandoned_is_put_away() -> None:
    abandoned = Attention(rank=1, chance=None, score=1.0, because=(), abandoned=True)
    before = [a(key, LATE) for key in ("closed", "hand", "left", "stays", "well")]
    now = [
        a("closed", life="closed"),
        a("hand", IN_HAND),
        a("left", VERY_LATE, attention=abandoned),
        a("stays", LATE),
        a("well"),
    ]
    (_, found) = counted({FIRST: before, SECOND: now}).weeks
    assert (found.needs, found.ongoing, found.cleared, found.put_away) == (1, 1, 2, 2)
    assert (found.active, found.in_hand, found.abandoned) == (4, 1, 1)


def test_each_owner_has_weeks_of_their_own_and_nobody_comes_last() -> None:
    week = [a("x", LATE, owner="Bo"), a("y", owner="Bo"), a("z", LATE, owner=None), a("w", owner="Ana")]
    found = counted({FIRST: week})
    assert [(one.owner, one.active, one.spreads["needs"].total) for one in found.owners] == [
        ("Ana", 1.0, 0),
        ("Bo", 2.0, 1),
        (None, 1.0, 1),
    ]
    assert found.together is not None
    # of three weeks, one an owner, Ana's has none
    assert found.together.weeks == 3
    assert found.together.spreads["needs"].none == pytest.approx(1 / 3)


def test_a_week_without_an_active_engagement_is_no_quiet_week() -> None:
    found = counted({FIRST: [a("x", LATE)], SECOND: [a("x", life="closed")]})
    assert [one.day for one in found.weeks] == [FIRST]
    assert counted({FIRST: [a("x", life="closed")]}).together is None


def test_median_ninetieth_percentile_and_most_are_those_of_the_weeks() -> None:
    # ten owners, a week each, with 0, 1, ... 9 cards: half way between 4 and 5; in nine of ten weeks at most 8
    week = [a(f"{owner}-{card}", LATE, owner=str(owner)) for owner in range(10) for card in range(owner)]
    found = counted({FIRST: [*week, a("idle", owner="0")]})
    assert found.together is not None
    needs = found.together.spreads["needs"]
    assert (needs.median, needs.p90, needs.most, needs.none, needs.total) == (4.5, 8, 9, 0.1, 45)


def test_eleven_weeks_need_the_tenth_for_nine_of_ten() -> None:
    # 0.9 * 11 = 9.9, so the tenth smallest of 0, 1, ... 10
    week = [a(f"{owner}-{card}", LATE, owner=str(owner)) for owner in range(11) for card in range(owner)]
    found = counted({FIRST: [*week, a("idle", owner="0")]})
    assert found.together is not None
    assert found.together.spreads["needs"].p90 == 9


def test_a_rule_is_counted_on_every_card_as_headline_as_new_and_where_it_stands_alone() -> None:
    first = [a("x", LATE), a("y", a_warning("silent"), LATE)]
    second = [a("x", LATE), a("y", a_warning("silent"), a_warning("no-feedback", kind="nudge"))]
    found = counted({FIRST: first, SECOND: second})
    # a nudge makes no card and stands on none
    assert found.rules == (RuleCards("overdue", 3, 2, 1, 2), RuleCards("silent", 2, 2, 1, 1))


def test_engagements_without_an_owner_are_dealt_in_turn_by_their_start() -> None:
    def started(key: str, day: int, owner: str | None = None) -> Assessment:
        return a(key, owner=owner, schedule=a_schedule(starts_on=date(2026, 1, day)))

    week = [started("a", 3), started("b", 1), started("c", 2), started("d", 2, "Bo")]
    given = dealt(week, 2)
    assert given == {"b": "person 1 of 2", "c": "person 2 of 2", "a": "person 1 of 2"}
    found = counted({FIRST: week}, given)
    assert [(one.owner, one.active) for one in found.owners] == [
        ("Bo", 1.0),
        ("person 1 of 2", 2.0),
        ("person 2 of 2", 1.0),
    ]


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),  # a Friday counts itself
        (date(2026, 11, 26), date(2026, 11, 20)),  # Thursday
    ],
)
def test_a_year_is_the_last_fifty_two_fridays(as_of: date, last: date) -> None:
    days = fridays_until(as_of)
    assert (len(days), days[0], days[-1]) == (52, date(2025, 11, 28), last)
