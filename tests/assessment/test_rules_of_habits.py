"""Check-ins that bring nothing new, and notes that are written long after: on both sides of each threshold."""

from typing import Any

import pytest

from engagement.assessment.values import Action, Baseline, CheckIn, Delivery, History, LimitChange, Series
from tests.assessment.made import (
    a_history,
    a_milestone,
    fired,
    forecasts,
    on,
    reports,
    severity,
    some_terms,
    talks,
)

# --- hollow-check-ins. Of four calls the last three count, and what happened after the first, on day 1.


def weekly(**changes: Any) -> History:
    """Four calls, with a milestone due on day 100; and something that happened."""
    return a_history(**{"milestones": (a_milestone(),), "check_ins": talks(1, 8, 15, 22), **changes})


def said(**changes: Any) -> dict[str, Any]:
    """A milestone of which something was said."""
    return {"milestones": (a_milestone(**changes),)}


def test_three_check_ins_without_anything_new_are_hollow() -> None:
    warning = fired(weekly(), "hollow-check-ins", 22)
    assert warning is not None
    assert (warning.kind, warning.severity, warning.since) == ("nudge", "warning", on(15))
    assert warning.evidence == (
        "The last three check-ins, 10 Mar to 24 Mar, brought no change of progress, dates, actions or feedback on "
        "record; 1 milestone is open."
    )
    assert warning.next_step == "Ask Northwind to show the work."


@pytest.mark.parametrize(("day", "expected"), [(14, None), (15, "warning")])
def test_two_check_ins_are_too_few_to_tell(day: int, expected: str | None) -> None:
    assert severity(weekly(), "hollow-check-ins", day) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (said(reports=reports((1, 0.1), (9, 0.1))), "warning"),
        (said(reports=reports((1, 0.1), (9, 0.2))), None),
        (said(reports=reports((1, 0.2), (9, 0.1))), None),
        (said(reports=reports((9, 0.0))), None),  # nobody had said anything before
        (said(reports=reports((1, 0.1))), "warning"),  # on the day of the check-in before
        (said(reports=reports((2, 0.1))), None),
        (said(reports=reports((23, 0.1))), "warning"),  # later than the day asked about
        (said(reports=forecasts((9, 100))), "warning"),  # as promised
        (said(reports=forecasts((9, 101))), None),
        (said(reports=forecasts((0, 110), (9, 110))), "warning"),
        (said(reports=forecasts((0, 110), (9, 100))), None),
        (said(baselines=(Baseline(on(0), on(120)),), reports=forecasts((9, 120))), "warning"),
        (said(baselines=(Baseline(on(9), on(100)),)), None),
        (said(baselines=(Baseline(on(1), on(120)),)), "warning"),
        ({"actions": (Action("action", "send the keys", on(9)),)}, None),
        ({"actions": (Action("action", "send the keys", on(1)),)}, "warning"),
        ({"actions": (Action("question", "which?", on(1), closed_on=on(9)),)}, None),
        ({"actions": (Action("question", "which?", on(0), closed_on=on(1)),)}, "warning"),
        ({"check_ins": (*talks(1, 8, 15), *talks(22, feedback_given=True))}, None),
        ({"check_ins": (*talks(1), *talks(8, feedback_received=True), *talks(15, 22))}, None),
        ({"check_ins": (*talks(1, feedback_given=True), *talks(8, 15, 22))}, "warning"),
    ],
)
def test_news_is_what_changes_what_was_known(changes: dict[str, Any], expected: str | None) -> None:
    assert severity(weekly(**changes), "hollow-check-ins", 22) == expected


@pytest.mark.parametrize(("delivered", "expected"), [(1, "warning"), (9, None)])
def test_a_delivery_is_news_and_what_is_still_open_counts(delivered: int, expected: str | None) -> None:
    done = a_milestone("M2", 50, deliveries=(Delivery(on(delivered)),))
    assert severity(weekly(milestones=(a_milestone(), done)), "hollow-check-ins", 22) == expected


def test_with_nothing_open_there_is_nothing_to_bring() -> None:
    done = a_milestone(deliveries=(Delivery(on(0)),))
    assert severity(weekly(milestones=(done,)), "hollow-check-ins", 22) is None
    assert severity(weekly(milestones=()), "hollow-check-ins", 22) is None
    assert severity(weekly(milestones=(a_milestone(cancelled_on=on(2)),)), "hollow-check-ins", 22) is None


@pytest.mark.parametrize(("day", "expected"), [(0, "warning"), (1, None)])
def test_without_a_check_in_before_the_work_since_its_start_counts(day: int, expected: str | None) -> None:
    history = weekly(check_ins=talks(5, 6, 7), **said(reports=reports((day, 0.1))))
    assert severity(history, "hollow-check-ins", 8) == expected


@pytest.mark.parametrize(("day", "expected"), [(-4, "warning"), (-3, None)])
def test_before_the_start_the_day_of_the_first_check_in_counts(day: int, expected: str | None) -> None:
    history = weekly(check_ins=talks(-3, -2, -1), **said(reports=reports((day, 0.1))))
    assert severity(history, "hollow-check-ins", 1) == expected


def test_check_ins_of_either_side_count() -> None:
    ours, theirs = talks(1, 8), (CheckIn(on(15), "report", "vendor"),)
    assert severity(weekly(check_ins=(*ours, *theirs)), "hollow-check-ins", 15) == "warning"


def test_a_retainer_has_the_same_to_say_every_time() -> None:
    terms = some_terms(contract="retainer")
    history = a_history(terms, series=(Series("close", "Close", "month", 10),), check_ins=talks(1, 8, 15, 22))
    assert severity(history, "hollow-check-ins", 22) is None


def noted(*notes: str | None) -> History:
    """Calls with notes, while progress is reported."""
    check_ins = tuple(talks(8 + 7 * place)[0]._replace(notes=text) for place, text in enumerate(notes))
    return weekly(check_ins=(*talks(1), *check_ins), **said(reports=reports((9, 0.1), (21, 0.3))))


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (("All is well.", "all  is well. ", "ALL IS WELL."), "warning"),
        (("a" * 10, "a" * 9 + "b", "a" * 9 + "c"), "warning"),  # 2 of 20 characters differ
        (("a" * 10, "a" * 9 + "b", "a" * 8 + "bc"), "warning"),  # each like the one before it
        (("a" * 10, "a" * 8 + "bb", "a" * 8 + "bb"), None),  # 4 of 20
        (("All is well.", None, "All is well."), None),
        (("All is well.", " ", "All is well."), None),
        (("All is well.", "All is well.", "The importer stops at row 40,000."), None),
    ],
)
def test_notes_that_repeat_are_hollow_whatever_changed(notes: tuple[str | None, ...], expected: str | None) -> None:
    assert severity(noted(*notes), "hollow-check-ins", 22) == expected


def test_repeated_notes_say_how_much_alike_they_are() -> None:
    warning = fired(noted("a" * 20, "a" * 19 + "b", "a" * 19 + "b"), "hollow-check-ins", 22)
    assert warning is not None
    assert warning.evidence == (
        "The last three check-ins, 10 Mar to 24 Mar, have notes that are 95 % alike or more; 1 milestone is open."
    )
    warning = fired(noted("Well.", "well.", "Well."), "hollow-check-ins", 22)
    assert warning is not None
    assert "have the same notes;" in warning.evidence


# --- backfilled


SWITCHED_ON = (LimitChange("backfilled-on", 1, on(0)),)


def logged(*late: int | None, **changes: Any) -> History:
    """Calls on the first days, each recorded so many days later."""
    check_ins = tuple(
        talks(place)[0]._replace(recorded_on=None if days is None else on(place + days), **changes)
        for place, days in enumerate(late)
    )
    return a_history(check_ins=check_ins, limits=SWITCHED_ON)


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        ((8, 8, 8), None),
        ((8, 8, 0, 0), "warning"),
        ((7, 7, 7, 7), None),
        ((8, 0, 0, 0), None),  # 25 %
        ((8, 8, 8, 0, 0, 0, 0, 0, 0, 0), "warning"),  # 30 %
        ((8, 8, 0, 0, 0, 0, 0, 0, 0, 0), None),
        ((8, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0), None),  # the first is none of the last ten
        ((8, 8, 8, None, None, None), None),
        ((8, 8, 8, None, 0), "warning"),
    ],
)
def test_three_of_ten_check_ins_that_are_recorded_a_week_later_are_a_habit(
    late: tuple[int | None, ...], expected: str | None
) -> None:
    assert severity(logged(*late), "backfilled", 20) == expected


def test_backfilled_check_ins_are_counted() -> None:
    warning = fired(logged(8, 9, 20, 0, 0, 0, 0, 0, 0, 0), "backfilled", 20)
    assert warning is not None
    assert (warning.kind, warning.since) == ("nudge", on(3))  # from the fourth check-in on
    assert warning.evidence == "Three of the last ten check-ins were recorded more than 7 days after they were held."


def test_nobody_asks_when_a_check_in_was_recorded_until_somebody_wants_it() -> None:
    assert severity(logged(8, 8, 8, 8)._replace(limits=()), "backfilled", 20) is None
    later = logged(8, 8, 8, 8)._replace(limits=(LimitChange("backfilled-on", 1, on(15)),))
    assert [severity(later, "backfilled", day) for day in (14, 15)] == [None, "warning"]


def test_imported_check_ins_were_never_recorded_here() -> None:
    assert severity(logged(8, 8, 8, 8, imported=True), "backfilled", 20) is None
