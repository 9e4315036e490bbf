"""What changed between two days, as a table for a terminal, and as CSV for other programs."""

import csv
import io
import sys
from collections.abc import Mapping
from datetime import date
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engagement.assessment.results import Change, ChangeKind, Review
from engagement.assessment.rules import CATALOGUE
from engagement.assessment.wording import count, day, share
from engagement.charts.theme import MARKS
from engagement.exchange.cells import guarded
from engagement.exchange.contract import contract_review
from engagement.exchange.listing import WIDE

CHANGES: Final[Mapping[ChangeKind, str]] = {
    "status": "status",
    "progress": "work done",
    "forecast": "expected day of {milestone}",
    "baseline": "agreed day of {milestone}",
    "warning_opened": "warning opened: {rule}",
    "warning_escalated": "warning got worse: {rule}",
    "warning_eased": "warning eased: {rule}",
    "warning_cleared": "warning cleared: {rule}",
    "delivered": "{milestone} delivered",
    "accepted": "{milestone} accepted",
    "rejected": "{milestone} rejected",
    "check_in_held": "talked",
    "check_in_missed": "no talk, which was due on {due}",
}
"""What is said of a change: every kind there is."""
TALKS: Final[Mapping[str, str]] = {
    "in_person": "talked in person",
    "video": "talked by video",
    "call": "talked by phone",
    "chat": "talked by chat",
    "email": "talked by e-mail",
    "report": "the vendor reported",
}
SIDES: Final[Mapping[str, str]] = {"us": "we", "vendor": "the vendor"}
HAPPENED: Final[frozenset[ChangeKind]] = frozenset(
    {"delivered", "accepted", "rejected", "check_in_held", "check_in_missed"}
)
"""What happened on a day, and says all in its words and its day. The others are changes from one state to another."""
STATUSES: Final[Mapping[str, str]] = {status: mark.word for status, mark in MARKS.items()}
_SENTENCES: Final = {rule.id: rule.sentence.rstrip(".") for rule in CATALOGUE}


def print_review(review: Review, called: Mapping[str, str]) -> None:
    """Prints what changed between two days, by engagement. ``called``: names of people by email."""
    said = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=True)
    span = f"from {day(review.since, review.as_of)} to {day(review.as_of)}"
    changes = count(len(review.changes), "change") if review.changes else "Nothing changed"
    said.print(f"{changes} {span}.")
    lines = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(review.changes))
    for name in ("engagement", "what changed", "on", "before", "now", "by"):
        lines.add_column(name, no_wrap=name in ("engagement", "on"))
    last = None
    for change in review.changes:
        cells = (_what(change, review.as_of), *_states(change, review.as_of), _who(change.by, called))
        lines.add_row("" if change.engagement == last else escape(change.engagement), *map(escape, cells))
        last = change.engagement
    said.print(lines)


def _what(change: Change, as_of: date) -> str:
    if change.what == "check_in_held":
        return TALKS.get(change.now or "", CHANGES[change.what])
    rule = _SENTENCES.get(change.rule or "", change.rule)
    due = _day(change.was, as_of) if change.what == "check_in_missed" else ""
    return CHANGES[change.what].format(milestone=change.milestone, rule=rule, due=due)


def _states(change: Change, as_of: date) -> tuple[str, str, str]:
    """The day of a change, and what was before and is now, as people write them; a missed talk has no day."""
    on = day(change.on, as_of) if change.on and change.what != "check_in_missed" else ""
    if change.what in HAPPENED:
        return on, "", ""
    before, now = (_state(change.what, value, as_of) for value in (change.was, change.now))
    return on, before, now


def _state(what: ChangeKind, value: str | None, as_of: date) -> str:
    if value is None:
        return ""
    if what in ("forecast", "baseline"):
        return _day(value, as_of)
    if what == "progress":
        return share(float(value))
    return STATUSES[value] if what == "status" else value


def _day(value: str | None, as_of: date) -> str:
    return day(date.fromisoformat(value), as_of) if value else "a day"


def _who(by: str | None, called: Mapping[str, str]) -> str:
    names = [SIDES.get(name, called.get(name, name)) for name in (by or "").split(", ")]
    return ", ".join(names)


def review_csv(review: Review) -> str:
    """A review as CSV, a row a change, safe to open in a spreadsheet."""
    changes = contract_review(review)["changes"]
    names = ["engagement", "what", "was", "now", "by", "milestone", "rule", "on"]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([guarded(change[name] or "") for name in names] for change in changes)
    return text.getvalue()
