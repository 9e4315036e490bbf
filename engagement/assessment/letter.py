"""A mail to a vendor, ready to send: what we would like to know, with the dates that are open."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from urllib.parse import quote

from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.wording import ago, count, day, span

MOST_DATES: Final = 6
"""A mail address with its text has to stay short enough for mail programs that cut links at 2,000 characters."""
LONGEST_NAME: Final = 80
JUST: Final = 1
"""Days since a talk that is remembered so well that nobody asks for another one."""


def mail_link(assessment: Assessment, contact: str | None, address: str | None, sender: str | None, as_of: date) -> str:
    """The ``mailto:`` link that opens the letter in a mail program. Without an address the program asks for one."""
    subject = f"{_short(assessment.name)}: where do we stand?"
    body = "\r\n".join(letter(assessment, contact, sender, as_of))
    return f"mailto:{quote(address or '', safe='@')}?subject={quote(subject)}&body={quote(body)}"


def letter(assessment: Assessment, contact: str | None, sender: str | None, as_of: date) -> list[str]:
    """The lines of the letter: a greeting, when we last talked, the open dates, what we ask, and who writes."""
    just_talked = assessment.contact.last_on is not None and (as_of - assessment.contact.last_on).days <= JUST
    return [
        f"Hello {contact}," if contact else "Hello,",
        "",
        _last_talk(assessment, as_of, just_talked=just_talked),
        *_dates(_open_dates(assessment, as_of), as_of),
        "",
        "A line by mail is enough." if just_talked else "Could we talk this week? Tell me when it suits you.",
        "",
        "Thank you",
        *([sender] if sender else []),
    ]


def _last_talk(assessment: Assessment, as_of: date, *, just_talked: bool) -> str:
    name = _short(assessment.name)
    if assessment.contact.last_on is None:
        return f"I would like to hear how {name} is going."
    days = (as_of - assessment.contact.last_on).days
    if just_talked:
        return f"Thank you for talking about {name} {ago(days)}. I would like to have in writing where we stand."
    when = f"on {day(assessment.contact.last_on, as_of)}, {ago(days)},"
    return f"We last talked about {name} {when} and I would like to hear how it is going."


def _open_dates(assessment: Assessment, as_of: date) -> list[MilestoneState]:
    """What is not delivered and due by now or next, the longest overdue first."""
    undelivered = [m for m in assessment.milestones if m.due_on is not None and m.delivered_on is None]
    return sorted(undelivered, key=lambda m: m.due_on or as_of)


def _dates(milestones: Sequence[MilestoneState], as_of: date) -> list[str]:
    if not milestones:
        return []
    lines = [f"- {_short(m.name)}, {_standing(m, as_of)}" for m in milestones[:MOST_DATES]]
    left_out = len(milestones) - MOST_DATES
    if left_out > 0:
        lines.append(f"- and {count(left_out, 'later one')}")
    return ["", "For each of these: how far is it, and by which day will it be done?", *lines]


def _standing(milestone: MilestoneState, as_of: date) -> str:
    """When it is due, how late that is, and what was said last."""
    if milestone.due_on is None:
        return "without a date"
    words = [f"due {day(milestone.due_on, as_of)}"]
    if milestone.overdue_days:
        words.append(f"{span(milestone.overdue_days)} past that")
    if milestone.forecast_on is not None and milestone.forecast_on > max(milestone.due_on, as_of):
        words.append(f"last expected {day(milestone.forecast_on, as_of)}")
    return ", ".join(words)


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"
