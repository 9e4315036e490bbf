"""Assessments, reviews and imports as text for a terminal, and as CSV for other programs."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engagement.assessment.results import Assessment, Change, Portfolio, Review
from engagement.assessment.wording import count, day, in_words, sentence, signed_days
from engagement.charts.theme import MARKS
from engagement.errors import Problem
from engagement.exchange.cells import guarded
from engagement.exchange.contract import contract_review

WIDE: Final = 200
"""Columns of text where it goes into a file, which has no width of its own."""
FEW: Final = 3
"""How many notes of a kind are told one by one."""
CHANGES: Final = {
    "status": "status",
    "progress": "progress",
    "forecast": "forecast moved",
    "baseline": "plan moved",
    "warning_opened": "warning opened",
    "warning_escalated": "warning worse",
    "warning_eased": "warning eased",
    "warning_cleared": "warning cleared",
    "delivered": "delivered",
    "accepted": "accepted",
    "rejected": "rejected",
    "check_in_held": "talked",
    "check_in_missed": "talk missed",
}


def print_portfolio(portfolio: Portfolio) -> None:
    """Prints a portfolio: a sentence, then a line an engagement, those that need somebody first."""
    said = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=True)
    said.print(_summary(portfolio))
    if not portfolio.engagements:
        return
    lines = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    lines.add_column("engagement", no_wrap=True)
    lines.add_column("status", no_wrap=True)
    lines.add_column("last contact", no_wrap=True)
    lines.add_column("slip", justify="right", no_wrap=True)
    lines.add_column("headline")
    colour = said.is_terminal
    for found in sorted(portfolio.engagements, key=_by_need):
        lines.add_row(*_line(found, portfolio.as_of, colour))
    said.print(lines)
    for warning in portfolio.warnings:
        said.print(f"{escape(warning.subject)}: {escape(warning.evidence)}")


def _summary(portfolio: Portfolio) -> str:
    active = [found for found in portfolio.engagements if found.life == "active"]
    if not portfolio.engagements:
        return "Nothing is recorded yet. `import` a portfolio, or load the `sample`."
    needing = sum(found.status in ("off_track", "at_risk") for found in active)
    need = "needs" if needing == 1 else "need"
    who = f"{in_words(needing) if needing else 'none'} of {count(len(active), 'active engagement')}"
    if not active:
        who = "no engagement is active: none"
    elif len(active) == 1:
        who, need = "the one active engagement", "needs" if needing else "does not need"
    return f"{sentence(f'{who} {need} somebody')[:-1]}, as of {day(portfolio.as_of)}."


def _by_need(found: Assessment) -> tuple[float, str]:
    rank = found.attention.rank
    return (float("inf") if rank is None else rank, found.engagement)


def _line(found: Assessment, as_of: date, colour: bool) -> tuple[str, ...]:
    mark = MARKS[found.status]
    glyph = f"[{mark.dark}]{mark.glyph}[/]" if colour else mark.glyph
    slip = found.schedule.slip_days
    return (
        escape(found.engagement),
        f"{glyph} {mark.word}",
        _talked(found, as_of),
        "" if slip is None else signed_days(slip),
        escape(_headline(found, as_of)),
    )


def _talked(found: Assessment, as_of: date) -> str:
    """When we last talked, and what that means where it is not on time."""
    contact = found.contact
    if contact.last_on is None or contact.days_since is None:
        return "not yet" if contact.state in ("on_time", "not_kicked_off") else "not known"
    if found.life == "closed":
        return day(contact.last_on, as_of)
    ago = f"{count(contact.days_since, 'day')} ago" if contact.days_since else "today"
    late = contact.state is not None and contact.state != "on_time"
    return f"{ago}, {contact.state.replace('_', ' ')}" if late and contact.state else ago


def _headline(found: Assessment, as_of: date) -> str:
    """What is most wrong, and how much more is."""
    speaking = [warning for warning in found.warnings if warning.kind == "status"]
    if speaking:
        more = f" And {count(len(speaking) - 1, 'more warning')}." if len(speaking) > 1 else ""
        return speaking[0].evidence + more
    if found.life == "closed" and found.closed_on:
        return f"Closed on {day(found.closed_on, as_of)}."
    if found.life == "paused" and found.paused_until:
        return f"Paused until {day(found.paused_until, as_of)}."
    return ""


def print_review(review: Review) -> None:
    """Prints what changed between two days, by engagement."""
    said = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=True)
    span = f"from {day(review.since, review.as_of)} to {day(review.as_of)}"
    changes = count(len(review.changes), "change") if review.changes else "Nothing changed"
    said.print(f"{changes} {span}.")
    lines = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(review.changes))
    for name in ("engagement", "what", "of", "was", "now", "by"):
        lines.add_column(name, no_wrap=name in ("engagement", "what"))
    last = None
    for change in review.changes:
        lines.add_row("" if change.engagement == last else escape(change.engagement), *map(escape, _changed(change)))
        last = change.engagement
    said.print(lines)


def _changed(change: Change) -> tuple[str, ...]:
    about = change.milestone or change.rule or (change.on.isoformat() if change.on else "")
    is_report = change.what == "check_in_held" and change.now == "report"
    what = "vendor reported" if is_report else CHANGES.get(change.what, change.what)
    return what, about, change.was or "", change.now or "", change.by or ""


def review_csv(review: Review) -> str:
    """A review as CSV, a row a change, safe to open in a spreadsheet."""
    changes = contract_review(review)["changes"]
    names = ["engagement", "what", "was", "now", "by", "milestone", "rule", "on"]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([guarded(change[name] or "") for name in names] for change in changes)
    return text.getvalue()


def print_counts(counts: Iterable[tuple[str, Sequence[int]]]) -> None:
    """Prints how many rows of each table are new, changed and the same; tables without rows are left out."""
    told = [(table, numbers) for table, numbers in counts if any(numbers)]
    if not told:
        return
    said = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
    lines = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    lines.add_column("")
    for name in ("new", "changed", "the same"):
        lines.add_column(name, justify="right")
    for table, numbers in told:
        lines.add_row(table, *(f"{number:,}" for number in numbers))
    said.print(lines)


def gathered(notes: Sequence[Problem]) -> Iterator[str]:
    """Notes as lines: of those that say the same of many rows the first few, and how many more there are."""
    alike: dict[tuple[str | None, ...], list[Problem]] = {}
    for note in notes:
        alike.setdefault((note.file, note.column, note.remedy), []).append(note)
    for (file, column, _), found in alike.items():
        yield from map(str, found[:FEW])
        if len(found) > FEW:
            place = ", ".join(filter(None, [file, column]))
            yield f"{place}: and {count(len(found) - FEW, 'more note')} of this kind."
