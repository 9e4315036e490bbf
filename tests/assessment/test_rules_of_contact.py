"""Silence, a kick-off that never was, and no next meeting: on both sides of each threshold."""

import pytest

from engagement.assessment.values import CheckIn
from tests.assessment.made import a_history, assessed, fired, on, severity, some_terms, talks

CALM = a_history(check_ins=talks(1))
"""Talked on day 1: due 8, silent after 10, forgotten after 17."""


@pytest.mark.parametrize(("day", "expected"), [(10, None), (11, "warning"), (17, "warning"), (18, "critical")])
def test_silence_is_a_warning_after_the_grace_and_critical_when_forgotten(day: int, expected: str | None) -> None:
    assert severity(CALM, "silent", day) == expected


def test_silence_says_since_when_and_what_was_agreed() -> None:
    warning = fired(CALM, "silent", 24)
    assert warning is not None
    assert warning.since == on(11)
    assert warning.evidence == "No conversation on record for 23 days; agreed every 7, so it was due on 10 Mar."
    assert warning.next_step == "Ask Northwind, or log that you talked."


@pytest.mark.parametrize(("cadence", "due"), [(0, "3 Mar"), (1, "4 Mar")])
def test_a_cadence_of_a_day_or_of_none_is_every_day(cadence: int, due: str) -> None:
    warning = fired(a_history(some_terms(cadence_days=cadence), check_ins=talks(1)), "silent", 10)  # talked on 3 March
    assert warning is not None
    assert warning.evidence == f"No conversation on record for 9 days; agreed every day, so it was due on {due}."


def test_the_year_is_said_only_where_it_is_another() -> None:
    warning = fired(CALM, "silent", 340)  # 5 Feb 2027
    assert warning is not None
    assert "due on 10 Mar 2026." in warning.evidence


def test_where_nobody_knows_when_we_talked_silence_is_unknown_and_accuses_nobody() -> None:
    history = a_history(some_terms(recorded_on=None))
    assert severity(history, "silent", 30) == "unknown"
    missing = {one.rule: one.missing for one in assessed(history, 30).unknown}
    for rule in ("silent", "not-kicked-off", "no-next-meeting"):
        assert fired(history, rule, 30) is None
        assert missing[rule] == "nobody has said when you last talked"


@pytest.mark.parametrize(("day", "expected"), [(3, None), (4, "warning"), (7, "warning"), (8, "critical")])
def test_a_kick_off_is_missed_after_three_days_and_critical_after_five(day: int, expected: str | None) -> None:
    assert severity(a_history(), "not-kicked-off", day) == expected
    assert severity(a_history(), "silent", day) is None


def test_a_missed_kick_off_says_when_the_work_started() -> None:
    warning = fired(a_history(), "not-kicked-off", 9)
    assert warning is not None
    assert warning.since == on(4)
    assert warning.evidence == (
        "The work started on 2 Mar and no first conversation is on record; it was due by 5 Mar."
    )


@pytest.mark.parametrize(("day", "expected"), [(8, None), (9, "warning")])
def test_a_next_meeting_is_asked_for_once_contact_is_late(day: int, expected: str | None) -> None:
    assert severity(CALM, "no-next-meeting", day) == expected


@pytest.mark.parametrize(("day", "expected"), [(10, None), (11, "warning")])
def test_a_next_meeting_is_missed_the_day_after_it_was_agreed_for(day: int, expected: str | None) -> None:
    history = a_history(check_ins=talks(1, next_on=on(10)))
    assert severity(history, "no-next-meeting", day) == expected


def test_the_last_check_in_of_either_side_names_the_next_meeting() -> None:
    history = a_history(check_ins=(*talks(1), CheckIn(on(5), "report", "vendor", next_on=on(12))))
    assert severity(history, "no-next-meeting", 12) is None
    warning = fired(history, "no-next-meeting", 13)
    assert warning is not None
    assert warning.evidence == "The next check-in was agreed for 14 Mar, and none is on record since."


def test_without_any_check_in_there_is_no_last_one_to_name_a_next() -> None:
    assert severity(a_history(), "no-next-meeting", 20) is None


def test_no_next_meeting_is_folded_into_silence_and_counts_from_its_own_first_day() -> None:
    assessment = assessed(CALM, 11)
    assert "no-next-meeting" not in [warning.rule for warning in assessment.warnings]
    assert assessment.warnings[0].rule == "silent"
    assert assessment.warnings[0].covers == ("no-next-meeting",)
    assert [(warning.rule, warning.since) for warning in assessment.folded] == [("no-next-meeting", on(9))]
    assert "no-next-meeting" in [warning.rule for warning in assessed(CALM, 10).warnings]
