"""Counts over many engagements: by week, by status, by corner."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from engagement.assessment import counts
from engagement.assessment.contact import Rhythm
from engagement.assessment.results import Assessment
from engagement.assessment.values import ContactState, Life
from tests.builders import a_contact, a_warning, an_assessment
from tests.charts import made
from tests.charts.made import AS_OF, back

if TYPE_CHECKING:
    from engagement.assessment.values import Status


def test_weeks_are_whole_and_the_last_one_ends_with_the_day() -> None:
    weeks = counts.weekly([], back(20), AS_OF)
    assert [(week.from_on, week.until_on) for week in weeks] == [
        (date(2026, 10, 31), date(2026, 11, 7)),
        (date(2026, 11, 7), date(2026, 11, 14)),
        (date(2026, 11, 14), date(2026, 11, 21)),
    ]
    assert len(counts.weekly([], back(19), AS_OF)) == 2  # twenty days hold two whole weeks
    assert counts.weekly([], back(5), AS_OF) == ()


def test_conversations_are_counted_in_the_week_in_which_they_were_held() -> None:
    rhythm = Rhythm(
        marks=(
            (back(14), "call", "us"),
            (back(13), "chat", "us"),
            (back(7), "email", "us"),
            (back(6), "video", "us"),
            (back(6), "call", "vendor"),
            (AS_OF, "in_person", "us"),
        ),
        missed=(),
    )
    assert [(week.live, week.messages) for week in counts.weekly([rhythm], back(20), AS_OF)] == [(1, 0), (0, 2), (2, 0)]


def test_out_of_touch_is_who_is_at_the_end_of_the_week() -> None:
    # The three weeks end 14, 7 and 0 days back. A stretch is half-open: one that ends 14 days back is over by then.
    over = Rhythm((), ((back(20), back(14)),))
    at_its_end = Rhythm((), ((back(15), back(13)),))
    between = Rhythm((), ((back(13), back(8)),))
    long_since = Rhythm((), ((back(60), date(2026, 11, 21)),))
    numbers = [
        [week.out_of_touch for week in counts.weekly([one], back(20), AS_OF)]
        for one in (over, at_its_end, between, long_since)
    ]
    assert numbers == [[0, 0, 0], [1, 0, 0], [0, 0, 0], [1, 1, 1]]


def test_two_stretches_of_one_engagement_count_it_once_a_week() -> None:
    twice = Rhythm((), ((back(9), back(6)), (back(7), back(5))))
    assert [week.out_of_touch for week in counts.weekly([twice], back(13), AS_OF)] == [1, 0]


def test_statuses_are_counted_by_day() -> None:
    on: dict[date, dict[str, Status]] = {
        AS_OF: {"a": "on_track", "b": "on_track", "c": "closed"},
        back(7): {"a": "at_risk"},
    }
    counted = counts.by_status(on)
    assert list(counted) == [back(7), AS_OF]
    assert (counted[AS_OF]["on_track"], counted[AS_OF]["closed"], counted[AS_OF]["at_risk"]) == (2, 1, 0)


def test_a_status_has_changed_where_two_days_differ_and_not_where_one_is_missing() -> None:
    on: dict[date, dict[str, Status]] = {
        back(7): {"a": "at_risk", "c": "on_track"},
        AS_OF: {"a": "on_track", "b": "on_track", "c": "on_track"},
    }
    assert counts.changed(on) == ["a"]


def test_corners_tell_silent_from_late_and_count_what_is_not_known() -> None:
    def one(key: str, state: str, slip: int | None, days: int | None = 9) -> Assessment:
        warnings = (a_warning("slipping"),) if slip == 8 else ()
        return made.assessment(
            key, contact=made.contact(days, state), schedule=made.schedule(slip_days=slip), warnings=warnings
        )

    found = counts.corners(
        [
            one("both", "forgotten", 8),
            one("silent", "silent", 7),
            one("late", "late", 8),
            one("fine", "on_time", 69),
            one("no date", "silent", None),
            one("no word", "unknown", 3, None),
            made.assessment("closed", life="closed"),
        ]
    )
    keys = [[a.engagement for a in group] for group in found]
    assert keys == [["both"], ["silent"], ["late"], ["fine"], ["no date", "no word"]]


def test_silence_over_cadence_is_not_known_without_a_conversation() -> None:
    assert counts.contact_ratio(made.assessment("a", contact=made.contact(21, "silent", 14))) == 1.5
    assert counts.contact_ratio(made.assessment("a", contact=made.contact(None, "unknown"))) is None
    assert counts.contact_ratio(made.assessment("a", contact=made.contact(3, "silent", 0))) == 3


def test_the_open_milestones_that_slipped_most_come_first() -> None:
    due = date(2026, 12, 1)
    milestones = (
        made.milestone("a", due, date(2026, 12, 3)),
        made.milestone("b", due, date(2026, 12, 9)),
        made.milestone("c", due, date(2026, 12, 30), delivered_on=date(2026, 12, 30)),
        made.milestone("d", None),
    )
    found, more = counts.moved_most([made.assessment("x", milestones=milestones)], 1)
    assert [milestone.milestone for _, milestone in found] == ["b"]
    assert more == 1


@pytest.mark.parametrize(
    ("state", "life", "talked_on", "is_so"),
    [
        ("not_kicked_off", "active", None, True),
        ("on_time", "active", None, True),
        ("on_time", "active", date(2026, 11, 19), False),
        ("unknown", "active", None, False),
        (None, "draft", None, True),
        (None, "paused", None, False),
    ],
)
def test_that_nobody_has_talked_yet_is_known_where_the_first_conversation_is_due_or_nothing_began(
    state: ContactState | None, life: Life, talked_on: date | None, is_so: bool
) -> None:
    contact = a_contact(state=state, last_on=talked_on)
    nothing_else = an_assessment(contact=contact, life=life, status="unknown")
    assert counts.is_first_due(nothing_else) is (is_so and state != "on_time")
    assert counts.is_first_due(an_assessment(contact=contact, life=life)) is is_so
