"""What somebody has in hand, as it is told apart from what it is an answer to."""

from datetime import date

import pytest

from engagement.assessment import agenda
from engagement.assessment.in_hand import Back, Held, came_back, held, until_words
from engagement.assessment.results import Warning
from engagement.assessment.values import Response
from tests.builders import FRIDAY, a_warning, an_assessment

NEXT, LAST, TOO_LATE = date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 5)


def answered(rule: str, until_on: date, plan: str = "Weekly calls.", by: str | None = "Bo") -> Warning:
    warning = a_warning(rule, evidence=f"Evidence of {rule}.")
    return warning._replace(in_hand_until=until_on, in_hand_plan=plan, in_hand_by=by)


def test_one_plan_for_several_warnings_is_one_thing_and_what_ends_first_stands_first() -> None:
    warnings = (answered("overdue", LAST), answered("silent", NEXT), a_warning("budget"), answered("slipping", LAST))
    folded = (answered("no-next-meeting", LAST, by=None),)
    assert held(an_assessment(warnings=warnings, folded=folded)) == (
        Held("Weekly calls.", "Bo", NEXT, ("silent",), "Evidence of silent."),
        Held("Weekly calls.", None, LAST, ("no-next-meeting",), "Evidence of no-next-meeting."),
        Held("Weekly calls.", "Bo", LAST, ("overdue", "slipping"), "Evidence of overdue. And one more."),
    )
    assert held(an_assessment(warnings=(a_warning(),))) == ()


def test_what_was_taken_in_hand_comes_back_when_its_day_passed_or_it_got_worse() -> None:
    since = date(2026, 11, 9)
    firing = tuple(
        a_warning(rule, since=since, evidence=f"Evidence of {rule}.")
        for rule in ("silent", "overdue", "slipping", "flatline", "budget")
    )
    thursday = date(2026, 11, 19)
    responses = (
        Response("silent", since, "Weekly calls", None, thursday),
        Response("overdue", since, "Weekly calls", None, thursday),
        Response("slipping", date(2026, 11, 10), "A new date", "Bo", FRIDAY),  # its day is not over: it got worse
        Response("flatline", since, "Look at it", "Bo", LAST),  # more than the ten days that something may be in hand
        Response("budget", date(2026, 11, 8), "Of an earlier run", "Bo", LAST),
    )
    work = an_assessment("crm", warnings=(*firing, answered("watermelon", LAST)))
    late = "Evidence of silent. And one more."
    assert came_back(work, responses, 10, FRIDAY) == (
        Held("Look at it", "Bo", thursday, ("flatline",), "Evidence of flatline.", "passed"),
        Held("Weekly calls", None, thursday, ("silent", "overdue"), late, "passed"),
        Held("A new date", "Bo", FRIDAY, ("slipping",), "Evidence of slipping.", "worse"),
    )


def test_the_last_day_of_what_is_in_hand_is_among_the_next_fourteen() -> None:
    work = an_assessment("crm", warnings=(answered("overdue", LAST), answered("silent", TOO_LATE, "Later")))
    found = [due for due in agenda.next_days([work], (), FRIDAY) if "in hand" in due.what]
    assert [(due.on, due.what) for due in found] == [(LAST, '"Weekly calls", in hand until then')]


@pytest.mark.parametrize(
    ("until_on", "back", "words"),
    [
        (LAST, None, "in hand until 4 Dec"),
        (FRIDAY, None, "in hand until today"),
        (date(2026, 11, 19), "passed", "was in hand until 19 Nov"),
        (LAST, "worse", "was in hand until 4 Dec, but it got worse"),
    ],
)
def test_until_when_it_is_or_was_in_hand_is_said_and_that_it_got_worse(
    until_on: date, back: Back | None, words: str
) -> None:
    assert until_words(until_on, back, FRIDAY) == words
