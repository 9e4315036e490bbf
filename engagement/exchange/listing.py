"""Assessments and imports as text for a terminal."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engagement.assessment.agenda import finish_is_held
from engagement.assessment.counts import is_first_due
from engagement.assessment.finish import expected
from engagement.assessment.headline import by_need, needs_somebody, work_warnings
from engagement.assessment.results import Assessment, Portfolio
from engagement.assessment.wording import count, day, in_words, sentence, signed_days
from engagement.charts.theme import MARKS
from engagement.errors import Problem

WIDE: Final = 200
"""Columns of text where it goes into a file, which has no width of its own."""
FEW: Final = 3
"""How many notes of a kind are told one by one."""


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
    lines.add_column("vendor says", justify="right", no_wrap=True)
    lines.add_column("likely by", no_wrap=True)
    lines.add_column("headline")
    colour = said.is_terminal
    for found in by_need(portfolio.engagements):
        lines.add_row(*_line(found, portfolio.as_of, colour))
    said.print(lines)
    for warning in portfolio.warnings:
        said.print(escape(f"{warning.evidence} {warning.next_step}"))


def _summary(portfolio: Portfolio) -> str:
    active = [found for found in portfolio.engagements if found.life == "active"]
    if not portfolio.engagements:
        return "Nothing is recorded yet. `import` a portfolio, or load the `sample`."
    needing = sum(map(needs_somebody, active))
    return f"{_who_needs(needing, len(active))}, as of {day(portfolio.as_of)}."


def _who_needs(needing: int, active: int) -> str:
    """How many of those that are active need somebody, without the day."""
    if not active:
        return "No engagement is active"
    if active == 1:
        return f"The one active engagement needs {'somebody' if needing else 'nobody'}"
    if not needing:
        both = "Neither of the two" if active == 2 else f"None of {in_words(active)}"
        return f"{both} active engagements needs anybody"
    if needing == active:
        return f"{'Both' if active == 2 else f'All {in_words(active)}'} active engagements need somebody"
    need = "needs" if needing == 1 else "need"
    return sentence(f"{in_words(needing)} of {in_words(active)} active engagements {need} somebody")[:-1]


def _line(found: Assessment, as_of: date, colour: bool) -> tuple[str, ...]:
    mark = MARKS[found.status]
    glyph = f"[{mark.dark}]{mark.glyph}[/]" if colour else mark.glyph
    likely = expected(found, as_of)
    return (
        escape(found.engagement),
        f"{glyph} {mark.word}",
        _talked(found, as_of),
        _said(found, as_of),
        day(likely.likely_on, as_of) if likely else "",
        escape(_headline(found, as_of)),
    )


def _talked(found: Assessment, as_of: date) -> str:
    """When we last talked, and what that means where it is not on time."""
    contact = found.contact
    if contact.last_on is None or contact.days_since is None:
        return "not yet" if is_first_due(found) else "not known"
    if found.life == "closed":
        return day(contact.last_on, as_of)
    ago = f"{count(contact.days_since, 'day')} ago" if contact.days_since else "today"
    late = contact.state is not None and contact.state != "on_time"
    return f"{ago}, {contact.state.replace('_', ' ')}" if late and contact.state else ago


def _said(found: Assessment, as_of: date) -> str:
    """How much later than first promised the vendor says the finish is."""
    slip_days = found.schedule.slip_days
    if slip_days is None:
        return ""
    if finish_is_held(found, as_of):
        return "no new date"
    return signed_days(slip_days) if slip_days else "as promised"


def _headline(found: Assessment, as_of: date) -> str:
    """What is most wrong, and how much more is."""
    wrong = work_warnings(found)
    if wrong:
        more = f" And {count(len(wrong) - 1, 'more warning')}." if len(wrong) > 1 else ""
        return wrong[0].evidence + more
    if found.life == "closed" and found.closed_on:
        return f"Closed on {day(found.closed_on, as_of)}."
    if found.life == "paused" and found.paused_until:
        return f"Paused until {day(found.paused_until, as_of)}."
    return ""


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
