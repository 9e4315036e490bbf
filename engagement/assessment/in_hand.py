"""What somebody has in hand about an engagement: what is being done, by whom, until when, and about which warnings."""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from engagement.assessment.results import Assessment, Warning
from engagement.assessment.wording import in_words


class Held(NamedTuple):
    """One thing that is being done."""

    plan: str
    assignee: str | None
    until_on: date
    rules: tuple[str, ...]
    """What it is an answer to."""
    evidence: str
    """Of the first of these; how many more there are is counted."""


def held(assessment: Assessment) -> tuple[Held, ...]:
    """What is in hand on the day of an assessment, what ends first on top. What got worse is not: it came back."""
    found: dict[tuple[date, str, str], list[Warning]] = {}
    for warning in (*assessment.warnings, *assessment.folded):
        if warning.in_hand_until is not None:
            said = (warning.in_hand_until, warning.in_hand_plan or "", warning.in_hand_by or "")
            found.setdefault(said, []).append(warning)
    return tuple(
        Held(plan, by or None, until_on, tuple(one.rule for one in about), _evidence(about))
        for (until_on, plan, by), about in sorted(found.items(), key=itemgetter(0))
    )


def _evidence(about: Sequence[Warning]) -> str:
    more = len(about) - 1
    return f"{about[0].evidence}{f' And {in_words(more)} more.' if more else ''}"
