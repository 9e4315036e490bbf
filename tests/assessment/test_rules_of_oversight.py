"""Whether something was learned once the work is over."""

import pytest

from engagement.assessment.values import History, LimitChange, Pause, PortfolioTerms
from tests.assessment.made import TOGETHER, a_history, assessed, fired, on, severity, some_terms, talks


def closed(**changes: object) -> History:
    """Closed on day 40."""
    return a_history(check_ins=talks(1), closed_on=on(40))._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "expected"), [(39, None), (40, None), (54, None), (55, "warning"), (400, "warning")])
def test_two_weeks_after_the_end_it_is_time_to_have_learned(day: int, expected: str | None) -> None:
    assert severity(closed(), "no-retrospective", day) == expected


def test_it_says_since_when_the_work_is_over() -> None:
    warning = fired(closed(), "no-retrospective", 60)
    assert warning is not None
    assert warning.evidence == "Closed on 11 Apr, 20 days ago, and no retrospective is on record."
    assert warning.next_step == "Write down what went well with Northwind and what did not."
    assert (warning.since, warning.kind) == (on(55), "nudge")
    assert assessed(closed(), 60).status == "closed"


@pytest.mark.parametrize("written", [30, 40, 58])
def test_a_retrospective_ends_it_whenever_it_was_written(written: int) -> None:
    history = closed(retrospectives=(on(written),))
    assert severity(history, "no-retrospective", 60) is None
    assert severity(history, "no-retrospective", 57) == ("warning" if written == 58 else None)


def test_somebody_alone_can_learn_too() -> None:
    assert severity(closed(), "no-retrospective", 60, PortfolioTerms(alone=True)) == "warning"


def test_a_changed_limit_moves_it_and_a_draft_in_between_begins_it_anew() -> None:
    history = closed(limits=(LimitChange("retrospective", 30, on(57)),))
    assert [severity(history, "no-retrospective", day) for day in (56, 57, 70, 71)] == [
        *("warning", None, None, "warning")
    ]
    terms = (some_terms(), some_terms(from_on=on(60), status="draft"), some_terms(from_on=on(65)))
    warning = fired(closed(terms=terms), "no-retrospective", 70)
    assert warning is not None
    assert warning.since == on(65)


@pytest.mark.parametrize(
    "changes",
    [
        {"closed_on": None},
        {"closed_on": None, "pauses": (Pause(on(10), on(90)),)},
        {"terms": (some_terms(starts_on=on(80)),)},
        {"terms": (some_terms(status="draft"),)},
    ],
)
def test_what_is_not_closed_has_nothing_to_look_back_on(changes: dict[str, object]) -> None:
    assert severity(closed(**changes), "no-retrospective", 70, TOGETHER) is None
