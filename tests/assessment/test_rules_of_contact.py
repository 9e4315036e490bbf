"""Silence of ours and of the vendor, a kick-off that never was, notes nobody read: both sides of each threshold."""

from typing import Any

import pytest

from engagement.assessment.values import CheckIn, Delivery, LimitChange, Pause, PortfolioTerms, ProgressReport, Tier
from tests.assessment.made import TOGETHER, a_history, a_milestone, assessed, fired, on, severity, some_terms, talks

CALM = a_history(check_ins=talks(1))
"""Talked on day 1: due 8, silent after 10, forgotten after 17."""


@pytest.mark.parametrize(("day", "expected"), [(10, None), (11, "warning"), (17, "warning"), (18, "critical")])
def test_silence_is_a_warning_after_the_grace_and_critical_when_forgotten(day: int, expected: str | None) -> None:
    assert severity(CALM, "silent", day) == expected


def test_silence_says_since_when_and_what_was_agreed() -> None:
    warning = fired(a_history(some_terms(cadence_days=7), check_ins=talks(1)), "silent", 24)
    assert warning is not None
    assert warning.since == on(11)
    assert warning.evidence == "No conversation on record for 23 days; agreed every 7, so it was due on 10 Mar."
    assert warning.next_step == "Ask Northwind, or log that you talked."


@pytest.mark.parametrize(("cadence", "due"), [(0, "3 Mar"), (1, "4 Mar")])
def test_a_cadence_of_a_day_or_of_none_is_every_day(cadence: int, due: str) -> None:
    warning = fired(a_history(some_terms(cadence_days=cadence), check_ins=talks(1)), "silent", 10)  # talked on 3 March
    assert warning is not None
    assert warning.evidence == f"No conversation on record for 9 days; agreed every day, so it was due on {due}."


@pytest.mark.parametrize(
    ("tier", "usual"), [("high", "3, so it was due on 6 Mar"), ("standard", "7, so it was due on 10 Mar")]
)
def test_where_nothing_was_agreed_it_says_what_is_usual(tier: Tier, usual: str) -> None:
    warning = fired(a_history(some_terms(cadence_days=None, tier=tier), check_ins=talks(1)), "silent", 80)
    assert warning is not None
    assert warning.evidence == f"No conversation on record for 79 days; nothing agreed, usual is every {usual}."


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


# --- vendor-silent


def update(day: int) -> CheckIn:
    """An update of the vendor."""
    return CheckIn(on(day), "report", "vendor")


QUIET = a_history(check_ins=(update(10),))


@pytest.mark.parametrize(("day", "expected"), [(24, None), (25, "warning"), (38, "warning"), (39, "critical")])
def test_a_vendor_is_silent_after_two_weeks_and_critical_after_four(day: int, expected: str | None) -> None:
    assert severity(QUIET, "vendor-silent", day) == expected


@pytest.mark.parametrize(("day", "expected"), [(35, None), (36, "warning"), (60, "warning"), (61, "critical")])
def test_a_vendor_is_given_a_longer_cadence_and_its_grace(day: int, expected: str | None) -> None:
    history = QUIET._replace(terms=(some_terms(cadence_days=20, grace_days=5),))
    assert severity(history, "vendor-silent", day) == expected


def test_the_vendors_silence_says_since_when_and_what_was_expected() -> None:
    warning = fired(QUIET, "vendor-silent", 33)
    assert warning is not None
    assert (warning.kind, warning.since) == ("nudge", on(25))
    assert warning.evidence == (
        "Nothing that Northwind reported or delivered is on record for 23 days, since 12 Mar; expected within 14 days."
    )
    assert warning.next_step == "Ask Northwind for an update."


def test_a_talk_of_ours_is_no_report_of_the_vendors_and_the_evidence_names_it() -> None:
    warning = fired(QUIET._replace(check_ins=(update(10), *talks(30))), "vendor-silent", 33)
    assert warning is not None
    assert warning.evidence == (
        "Nothing that Northwind reported or delivered is on record for 23 days, since 12 Mar, though you talked on "
        "1 Apr; expected within 14 days."
    )


def heard_of(day: int) -> ProgressReport:
    return ProgressReport(on(day), 0.5, side="vendor")


@pytest.mark.parametrize(
    "changes",
    [
        {"check_ins": (CheckIn(on(10), "call", "vendor"),)},
        {"check_ins": (CheckIn(on(10), "report", "us"),)},
        {"milestones": (a_milestone(reports=(heard_of(10),)),)},
        {"milestones": (a_milestone(reports=(heard_of(4), heard_of(10)), cancelled_on=on(12)),)},
        {"milestones": (a_milestone(reports=(heard_of(1),), deliveries=(Delivery(on(10), on(11), "rejected"),)),)},
    ],
)
def test_a_word_of_the_vendor_is_a_check_in_of_its_own_a_report_or_a_delivery(changes: dict[str, Any]) -> None:
    history = a_history(**changes)
    assert [severity(history, "vendor-silent", day) for day in (24, 25)] == [None, "warning"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"check_ins": talks(1)},
        {"milestones": (a_milestone(reports=(ProgressReport(on(1), 0.5, side="us"),)),)},
        {"milestones": (a_milestone(deliveries=(Delivery(on(1)),)),)},
        {"check_ins": (update(70),)},
    ],
)
def test_a_vendor_that_never_reported_has_not_stopped(changes: dict[str, Any]) -> None:
    assert severity(a_history(**changes), "vendor-silent", 60) is None


def test_the_vendors_silence_counts_from_the_start_and_from_the_end_of_a_pause() -> None:
    early = a_history(check_ins=(update(-10),))
    assert [severity(early, "vendor-silent", day) for day in (14, 15)] == [None, "warning"]
    warning = fired(early, "vendor-silent", 15)
    assert warning is not None
    assert "on record for 15 days, since the work started on 2 Mar;" in warning.evidence
    paused = a_history(check_ins=(update(5),), pauses=(Pause(on(10), on(40)),))
    assert [severity(paused, "vendor-silent", day) for day in (39, 54, 55)] == [None, None, "warning"]
    warning = fired(paused, "vendor-silent", 55)
    assert warning is not None
    assert "on record for 15 days, since the work went on on 11 Apr;" in warning.evidence


# --- unread-check-in


def unread(*days: int, **changes: Any) -> tuple[CheckIn, ...]:
    return talks(*days, acknowledged_on=None, **changes)


# Monday, day 0: the fourth working day after it is Friday, day 4. Friday, day 4: Thursday, day 10.
@pytest.mark.parametrize(
    ("held", "day", "expected"), [(0, 3, None), (0, 4, "warning"), (4, 9, None), (4, 10, "warning")]
)
def test_notes_are_read_within_three_working_days(held: int, day: int, expected: str | None) -> None:
    assert severity(a_history(check_ins=unread(held)), "unread-check-in", day) == expected


def test_public_holidays_are_no_days_to_read_on() -> None:
    # Tuesday, 31 March 2026: Good Friday and Easter Monday put the fourth working day off from day 35 to day 37
    history = a_history(some_terms(country="DE"), check_ins=unread(29))
    assert [severity(history, "unread-check-in", day) for day in (36, 37)] == [None, "warning"]
    assert severity(a_history(check_ins=unread(29)), "unread-check-in", 35) == "warning"


def test_the_check_in_that_waited_longest_is_named_and_the_others_counted() -> None:
    history = a_history(check_ins=(*unread(0), CheckIn(on(1), "report", "vendor"), *unread(8)))
    warning = fired(history, "unread-check-in", 10)
    assert warning is not None
    assert (warning.kind, warning.since) == ("nudge", on(4))
    assert warning.evidence == (
        "The check-in of 2 Mar is not marked as read by Ana, 8 working days later; one more is not."
    )
    warning = fired(a_history(check_ins=unread(0)), "unread-check-in", 4)
    assert warning is not None
    assert warning.evidence == "The check-in of 2 Mar is not marked as read by Ana, 4 working days later."


def test_whoever_has_not_read_is_called_by_name_where_it_is_known() -> None:
    history = a_history(some_terms(owner="Ana@example.org"), check_ins=unread(0))
    common = TOGETHER._replace(names={"ana@example.org": "Ana Example"})
    for known, called in ((common, "Ana Example"), (TOGETHER, "Ana@example.org")):
        warning = fired(history, "unread-check-in", 4, known)
        assert warning is not None
        assert f"not marked as read by {called}, " in warning.evidence


def test_notes_that_are_read_late_were_unread_until_then() -> None:
    history = a_history(check_ins=talks(0, acknowledged_on=on(8)))
    assert [severity(history, "unread-check-in", day) for day in (7, 8)] == ["warning", None]


def test_imported_check_ins_are_nobodys_to_read() -> None:
    assert severity(a_history(check_ins=unread(0, imported=True)), "unread-check-in", 30) is None


def test_without_an_owner_nobody_knows_who_is_to_read() -> None:
    history = a_history(some_terms(owner=None), check_ins=unread(0))
    assert severity(history, "unread-check-in", 30) == "unknown"
    assert {one.rule: one.missing for one in assessed(history, 30).unknown}["unread-check-in"] == "nobody owns it"


def test_nobody_reads_to_themselves() -> None:
    assert severity(a_history(some_terms(lead="Ana"), check_ins=unread(0)), "unread-check-in", 30) is None
    assert severity(a_history(some_terms(lead=None), check_ins=unread(0)), "unread-check-in", 30) == "warning"
    alone = PortfolioTerms(alone=True)
    assert severity(a_history(check_ins=unread(0)), "unread-check-in", 30, alone) is None
    assert severity(a_history(some_terms(owner=None), check_ins=unread(0)), "unread-check-in", 30, alone) is None


# --- no-live-contact


def mails(*days: int) -> tuple[CheckIn, ...]:
    return talks(*days, channel="email")


@pytest.mark.parametrize(
    ("cadence", "day", "expected"), [(7, 30, None), (7, 31, "warning"), (14, 42, None), (14, 43, "warning")]
)
def test_a_month_and_three_cadences_of_messages_call_for_a_call(cadence: int, day: int, expected: str | None) -> None:
    history = a_history(some_terms(cadence_days=cadence), check_ins=(*talks(1), *mails(8, 15, 22, 29, 36)))
    assert severity(history, "no-live-contact", day) == expected


def test_no_live_contact_says_since_when() -> None:
    history = a_history(check_ins=(*talks(1), *mails(8, 15, 22, 29, 36)))
    warning = fired(history, "no-live-contact", 33)
    assert warning is not None
    assert (warning.kind, warning.since) == ("nudge", on(31))
    assert warning.evidence == "No call, video call or meeting on record for 32 days, since 3 Mar."
    warning = fired(a_history(check_ins=mails(1, 8, 15, 22, 29)), "no-live-contact", 30)
    assert warning is not None
    assert warning.evidence.endswith("on record for 30 days, since the work started on 2 Mar.")


@pytest.mark.parametrize(("channel", "expected"), [("video", None), ("in_person", None), ("chat", "warning")])
def test_live_is_by_voice_or_face_to_face(channel: str, expected: str | None) -> None:
    history = a_history(check_ins=(*talks(1), *talks(25, channel=channel), *mails(30)))
    assert severity(history, "no-live-contact", 31) == expected


def test_a_call_among_the_vendors_people_is_no_live_contact() -> None:
    history = a_history(check_ins=(*talks(1), CheckIn(on(25), "call", "vendor"), *mails(30)))
    assert severity(history, "no-live-contact", 31) == "warning"


def test_a_pause_is_no_time_without_a_call() -> None:
    history = a_history(check_ins=(*talks(1), *mails(62)), pauses=(Pause(on(5), on(40)),))
    assert [severity(history, "no-live-contact", day) for day in (39, 69, 70)] == [None, None, "warning"]


def test_messages_only_is_unknown_where_nobody_knows_when_we_talked_and_folded_into_silence() -> None:
    assert severity(a_history(some_terms(recorded_on=None)), "no-live-contact", 60) == "unknown"
    assert "no-live-contact" in assessed(CALM, 31).warnings[0].covers


# --- all of them


LOUD = a_history(
    milestones=(a_milestone(reports=(heard_of(1),)),),
    check_ins=(update(1), *unread(2, channel="email"), *unread(5, 9, channel="chat")),
    limits=(LimitChange("no-live-days", 7, on(0)), LimitChange("cadence-standard", 2, on(0))),
)


@pytest.mark.parametrize("rule", ["vendor-silent", "unread-check-in", "no-live-contact", "hollow-check-ins"])
@pytest.mark.parametrize(
    "changes",
    [
        {"terms": (some_terms(status="draft"),)},
        {"terms": (some_terms(starts_on=on(50)),)},
        {"pauses": (Pause(on(12), on(60)),)},
        {"closed_on": on(12)},
    ],
)
def test_work_that_does_not_run_raises_nothing(changes: dict[str, Any], rule: str) -> None:
    assert severity(LOUD, rule, 20) == "warning"
    assert severity(LOUD._replace(**changes), rule, 20) is None
