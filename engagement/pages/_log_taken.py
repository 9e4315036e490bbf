"""What the form of a check-in asks about what is in hand: whether it is over, or goes on until another day.

Values in, values out, like `_log_form`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from engagement.assessment.in_hand import Back, until_words
from engagement.assessment.wording import count, day, in_words
from engagement.errors import Problem
from engagement.pages import _names
from engagement.pages._typed import no_day_in_hand
from engagement.records.check_ins import InHand

AS_IT_IS: Final = "as it is"
LONGER: Final = "goes on until …"
OVER: Final = "over"
USUAL_DAYS: Final = 7


class Taken(NamedTuple):
    """What somebody does about a warning, or was to do until it came back."""

    evidence: str
    plan: str
    assignee: str | None
    """As they are called."""
    until_on: date
    rules: tuple[str, ...]
    """The warnings that it is an answer to."""
    back: Back | None = None
    """Why it is not in hand any more."""

    @property
    def answers(self) -> tuple[str, ...]:
        """What can be said of it: what is not in hand any more cannot end."""
        return (AS_IT_IS, LONGER) if self.back else (AS_IT_IS, LONGER, OVER)


class Answer(NamedTuple):
    """What was said of one thing that is or was in hand."""

    taken: Taken
    field: str
    answer: str
    until_on: date | None
    assignee: str | None


def taken_field(engagement: str, taken: Taken) -> str:
    """The field of what is said of it; behind it those of ``until_on`` and ``who``."""
    return f"{engagement}/in_hand/{'+'.join(taken.rules)}"


def answers(
    engagement: str, those: Sequence[Taken], typed: Mapping[str, Any], people: Sequence[str]
) -> Iterator[Answer]:
    """What was said of what is in hand, as far as something was. Nobody named: it stays with who has it."""
    for taken in those:
        field = taken_field(engagement, taken)
        answer = typed.get(field)
        if answer in (LONGER, OVER) and answer in taken.answers:
            until_on, who = typed.get(f"{field}/until_on"), " ".join((typed.get(f"{field}/who") or "").split())
            assignee = (_names.same(who, people) or who) if who else taken.assignee
            yield Answer(taken, field, answer, until_on if isinstance(until_on, date) else None, assignee)


def goes_on(said: Sequence[Answer]) -> tuple[InHand, ...]:
    """What goes on, as it is recorded."""
    return tuple(
        InHand(one.taken.rules, one.taken.plan, one.assignee, one.until_on)
        for one in said
        if one.answer == LONGER and one.until_on is not None
    )


def mistyped(said: Sequence[Answer], most_days: int, today: date) -> Iterator[Problem]:
    """A day until which it cannot go on."""
    for one in said:
        if one.answer == LONGER and one.until_on is not None:
            yield from no_day_in_hand(f"{one.field}/until_on", one.until_on, today, most_days)


def missing(
    said: Sequence[Answer], typed: Mapping[str, Any], people: Sequence[str], most_days: int, today: date
) -> Iterator[Problem]:
    """What goes on and has no day, or nobody who is clear: that is asked beside the name before it is said."""
    for one in said:
        if one.answer == LONGER:
            if one.until_on is None:
                yield from no_day_in_hand(f"{one.field}/until_on", None, today, most_days)
            who = f"{one.field}/who"
            yield from _names.open_problem(who, typed.get(who) or "", _names.open_in(typed, who, people))


def usual_until(most_days: int, today: date) -> date:
    """The day that is offered: in a week, or as late as may be."""
    return today + timedelta(days=min(USUAL_DAYS, most_days))


def taken_words(taken: Taken, today: date) -> str:
    """What is or was to be done, by whom and until when, and what is wrong all the same."""
    said = ", ".join(filter(None, (taken.assignee, until_words(taken.until_on, taken.back, today))))
    return f"{taken.plan.rstrip(' .')} ({said}). {'Still' if taken.back else 'About'}: {taken.evidence}"


def said_words(said: Sequence[Answer], today: date) -> Iterator[str]:
    """What of it will be recorded: "one thing no longer in hand", "two things in hand until 4 Dec"."""
    over = sum(one.answer == OVER for one in said)
    if over:
        yield f"{in_number(over, 'thing')} no longer in hand"
    longer = [one.until_on for one in said if one.answer == LONGER and one.until_on is not None]
    for until_on in sorted(set(longer)):
        yield f"{in_number(longer.count(until_on), 'thing')} in hand until {day(until_on, today)}"


def in_number(number: int, noun: str) -> str:
    """How many of something, in words: "two actions"."""
    return f"{in_words(number)} {count(number, noun).split(' ', 1)[1]}"
