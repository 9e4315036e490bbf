"""What somebody has in hand about an engagement: what is being done, by whom, until when, and about which warnings."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Literal, NamedTuple

from engagement.assessment.results import Assessment, Warning
from engagement.assessment.values import Response
from engagement.assessment.wording import day, in_words

Back = Literal["passed", "worse"]
"""Why what was in hand is not any more: its day has passed, or the warning got worse before."""


class Held(NamedTuple):
    """One thing that is being done, or was to be."""

    plan: str
    assignee: str | None
    until_on: date
    rules: tuple[str, ...]
    """What it is an answer to."""
    evidence: str
    """Of the first of these; how many more there are is counted."""
    back: Back | None = None
    """Why it is not in hand any more; None where it is."""


def held(assessment: Assessment) -> tuple[Held, ...]:
    """What is in hand on the day of an assessment, what ends first on top. What got worse is not: it came back."""
    return _grouped(
        (warning.in_hand_until, warning.in_hand_plan or "", warning.in_hand_by or "", warning)
        for warning in (*assessment.warnings, *assessment.folded)
        if warning.in_hand_until is not None
    )


def came_back(assessment: Assessment, responses: Iterable[Response], most_days: int, as_of: date) -> tuple[Held, ...]:
    """What was taken in hand, is not any more and is still wrong, what ended first on top.

    ``responses``: all that was said; ``most_days``: how long something may be in hand. What was said of an earlier run
    of a warning is over: it had cleared since.
    """
    lapsed: dict[Back, list[tuple[date, str, str, Warning]]] = {"passed": [], "worse": []}
    known = tuple(responses)
    for warning in (*assessment.warnings, *assessment.folded):
        said = [one for one in known if one.rule == warning.rule and warning.since <= one.said_on <= as_of]
        last = max(said, key=lambda one: one.said_on, default=None)
        if warning.in_hand_until is None and last is not None:
            until_on = min(last.until_on, last.said_on + timedelta(days=most_days))
            lapsed["passed" if until_on < as_of else "worse"].append(
                (until_on, last.plan, last.assignee or "", warning)
            )
    found = [one._replace(back=back) for back, those in lapsed.items() for one in _grouped(those)]
    return tuple(sorted(found, key=lambda one: one.until_on))


def until_words(until_on: date, back: Back | None, as_of: date) -> str:
    """ "in hand until 4 Dec", "was in hand until 23 Nov", "was in hand until 27 Nov, but it got worse"."""
    until = "today" if until_on == as_of else day(until_on, as_of)
    worse = ", but it got worse" if back == "worse" else ""
    return f"{'was ' if back else ''}in hand until {until}{worse}"


def _grouped(said: Iterable[tuple[date, str, str, Warning]]) -> tuple[Held, ...]:
    """What was said in the same words until the same day is one thing."""
    found: dict[tuple[date, str, str], list[Warning]] = {}
    for until_on, plan, by, warning in said:
        found.setdefault((until_on, plan, by), []).append(warning)
    return tuple(_things(found))


def _things(found: dict[tuple[date, str, str], list[Warning]]) -> Iterator[Held]:
    for (until_on, plan, by), about in sorted(found.items(), key=itemgetter(0)):
        yield Held(plan, by or None, until_on, tuple(one.rule for one in about), _evidence(about))


def _evidence(about: Sequence[Warning]) -> str:
    more = len(about) - 1
    return f"{about[0].evidence}{f' And {in_words(more)} more.' if more else ''}"
