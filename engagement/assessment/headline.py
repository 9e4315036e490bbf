"""What is said first of an engagement, what is said after it, and in which order engagements are told.

Decided here alone, so that every page, file, mail and terminal names the same cause first, counts the same warnings and
puts the same engagement on top: whoever reads two of them would otherwise have to find out which one is right.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from engagement.assessment.results import Assessment, Warning
from engagement.assessment.rules import CATALOGUE
from engagement.assessment.values import Status
from engagement.assessment.wording import in_words

SECOND_HAND: Final = "watermelon"
"""The rule that repeats what others found."""
CONCERN: Final[tuple[Status, ...]] = (
    "off_track",
    "at_risk",
    "unknown",
    "on_track",
    "paused",
    "not_started",
    "draft",
    "closed",
)
"""Every status, in the order of concern."""
_ORDER: Final = {rule.id: place for place, rule in enumerate(CATALOGUE)}


def headline(assessment: Assessment) -> Warning | None:
    """What is most wrong with the work; None where nothing is.

    What nobody has in hand comes before what somebody has: a first line is there for who has to act, and a plan that
    runs needs nobody. Then the worst, then the catalogue's order, which begins with silence: one cannot mend a date
    with a vendor nobody talks to. Warnings as an assessment lists them stand in the order of the contract, by the names
    of their rules, which puts no cause before another.
    """
    return next(iter(work_warnings(assessment)), None)


def work_warnings(assessment: Assessment) -> tuple[Warning, ...]:
    """Warnings about the work itself, the `headline` first; every count of warnings is of these.

    That a report is greener than the figures comes after what the figures say: its remedy is to talk about them.
    """
    about_work = (warning for warning in assessment.warnings if warning.kind == "status")
    return tuple(
        sorted(
            about_work,
            key=lambda w: (not is_open(w), w.severity != "critical", w.rule == SECOND_HAND, _ORDER.get(w.rule, 99)),
        )
    )


def nudges(assessment: Assessment) -> tuple[Warning, ...]:
    """Habits to mend, the worst first, then in the catalogue's order.

    No status follows from them, and no count of warnings holds them.
    """
    found = (warning for warning in assessment.warnings if warning.kind == "nudge")
    return tuple(sorted(found, key=lambda warning: (warning.severity != "critical", _ORDER.get(warning.rule, 99))))


def is_open(warning: Warning) -> bool:
    """Whether nobody has it in hand."""
    return warning.in_hand_until is None


def needs_somebody(assessment: Assessment) -> bool:
    """Whether something is wrong with the work that nobody has in hand, and it does not look abandoned."""
    return not assessment.attention.abandoned and any(map(is_open, work_warnings(assessment)))


def by_need(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Engagements as every list shows them: those that need somebody, in the order of the cards, then by status.

    Cards stand in the order of attention. Of one status the more urgent comes first, then by name.
    """
    return sorted(assessments, key=_place)


def _place(assessment: Assessment) -> tuple[bool, int, bool, int, str, str]:
    needs, rank = needs_somebody(assessment), assessment.attention.rank
    concern = 0 if needs else CONCERN.index(assessment.status)
    return (not needs, concern, rank is None, rank or 0, assessment.name.casefold(), assessment.engagement)


def said_once(warnings: Sequence[Warning]) -> tuple[str, ...]:
    """The evidence of some warnings of one engagement, without what another of them says already."""
    said: list[str] = []
    for warning in warnings:
        if warning.rule == SECOND_HAND and said:
            said.append(f"{warning.evidence.partition(';')[0].rstrip('.')}.")
        elif not any(warning.evidence in earlier for earlier in said):
            said.append(warning.evidence)
    return tuple(said)


def said_beside(warning: Warning, beside: Iterable[Warning]) -> str:
    """The evidence of a warning that stands in a list with others, without quoting one of them."""
    others = [other for other in beside if other.rule != SECOND_HAND]
    if warning.rule != SECOND_HAND or not any(other.evidence in warning.evidence for other in others):
        return warning.evidence
    critical = sum(other.severity == "critical" and other.kind == "status" for other in others)
    found = "another warning here is" if critical == 1 else f"{in_words(critical)} other warnings here are"
    return f"{warning.evidence.partition(';')[0]}, though {found} critical."
