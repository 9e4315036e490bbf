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
    "status": "status: {states}",
    "progress": "work done: {states}",
    "forecast": "expected day of {milestone}: {states}",
    "baseline": "agreed day of {milestone}: {states}",
    "finish": "finish: {states}, {because}",
    "warning_opened": "{now} opened: {rule}",
    "warning_escalated": "{was} is critical now: {rule}",
    "warning_eased": "{was} eased: {rule}",
    "warning_cleared": "{was} cleared: {rule}",
    "delivered": "{milestone} delivered",
    "accepted": "{milestone} accepted",
    "rejected": "{milestone} rejected",
    "check_in_held": "{talk}",
    "check_in_missed": "no talk, which was due on {was}",
}
"""What is said of a change: every kind there is."""
TALKS: Final[Mapping[str | None, str]] = {
    "in_person": "talked in person",
    "video": "talked by video",
    "call": "talked by phone",
    "chat": "talked by chat",
    "email": "talked by e-mail",
    "report": "the vendor reported",
}
SEVERITIES: Final[Mapping[str, str]] = {"warning": "warning", "critical": "critical warning"}
SIDES: Final[Mapping[str, str]] = {"us": "us", "vendor": "the vendor"}
CLAIMED: Final[frozenset[ChangeKind]] = frozenset({"progress", "forecast", "baseline"})
"""What one side says of the work. Of what happened it goes without saying whose it was, unless a person is named."""
STATUSES: Final[Mapping[str, str]] = {status: mark.word for status, mark in MARKS.items()}
_SENTENCES: Final = {rule.id: rule.sentence.rstrip(".") for rule in CATALOGUE}


def print_review(review: Review, called: Mapping[str, str]) -> None:
    """Prints what changed between two days, by engagement. ``called``: names of people by email."""
    said = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=True)
    span = f"from {day(review.since, review.as_of)} to {day(review.as_of)}"
    changes = count(len(review.changes), "change") if review.changes else "Nothing changed"
    said.print(f"{changes} {span}.")
    lines = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(review.changes))
    for name in ("engagement", "on", "what changed"):
        lines.add_column(name, no_wrap=name == "on")
    last = None
    for change in review.changes:
        on = day(change.on, review.as_of) if change.on and change.what != "check_in_missed" else ""
        text = _what(change, review.as_of) + _who(change, called)
        lines.add_row("" if change.engagement == last else escape(change.engagement), on, escape(text))
        last = change.engagement
    said.print(lines)


def _what(change: Change, as_of: date) -> str:
    """A change in words, without who said so."""
    was, now = (_state(change.what, value, as_of) for value in (change.was, change.now))
    return CHANGES[change.what].format(
        milestone=change.milestone,
        rule=_SENTENCES.get(change.rule or "", change.rule),
        because=change.because,
        talk=TALKS.get(change.now, "talked"),
        was=was,
        now=now,
        states=f"{was} \N{RIGHTWARDS ARROW} {now or 'not known'}" if was else now,
    )


def _state(what: ChangeKind, value: str | None, as_of: date) -> str:
    """What was or is, as people write it; nothing where it is not known."""
    if value is None:
        return ""
    if what in ("forecast", "baseline", "finish", "check_in_missed"):
        return day(date.fromisoformat(value), as_of)
    if what == "progress":
        return share(float(value))
    return STATUSES[value] if what == "status" else SEVERITIES.get(value, value)


def _who(change: Change, called: Mapping[str, str]) -> str:
    """Who said so, in brackets; nothing where it is not known or goes without saying."""
    said = [] if change.by is None else change.by.split(", ")
    if change.rule is not None:
        names = [SIDES.get(name, called.get(name.casefold(), name)) for name in said]
        return f" (a limit was changed by {', '.join(names)})" if names else ""
    if change.what not in CLAIMED:
        said = [name for name in said if name not in SIDES]
    names = [SIDES.get(name, called.get(name.casefold(), name)) for name in said]
    return f" ({', '.join(names)})" if names else ""


def review_csv(review: Review) -> str:
    """A review as CSV, a row a change, safe to open in a spreadsheet."""
    changes = contract_review(review)["changes"]
    names = ["engagement", "what", "was", "now", "by", "milestone", "rule", "on", "because"]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([guarded(change[name] or "") for name in names] for change in changes)
    return text.getvalue()
