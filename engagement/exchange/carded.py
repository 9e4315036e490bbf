"""How many cards owners had a week, as the object that ``cards --format json`` prints, and as tables for a terminal."""

import sys
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from engagement.assessment.wording import count, day, share
from engagement.assessment.workload import COUNTED, OwnerCards, Spread, Workload
from engagement.exchange.listing import WIDE

DIGITS: Final = 4
TITLES: Final = {
    "needs": "needs you now",
    "new": "new",
    "worse": "worse",
    "ongoing": "ongoing",
    "cleared": "cleared",
    "put_away": "put away",
    "in_hand": "in hand",
    "abandoned": "looks abandoned",
}
"""What the counts are called, as on This week where they stand there."""


def contract_cards(found: Workload) -> dict[str, Any]:
    """The cards of every owner as an object: summed up, by rule, and week by week. Fields may be added."""
    return {
        "as_of": found.as_of.isoformat(),
        "fridays": found.fridays,
        "together": None if found.together is None else _owner(found.together),
        "owners": [_owner(one) for one in found.owners],
        "rules": [one._asdict() for one in found.rules],
        "weeks": [one._asdict() | {"day": one.day.isoformat()} for one in found.weeks],
    }


def print_cards(found: Workload) -> None:
    """Prints how many cards owners had a week: all together, one by one, and by rule."""
    said = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=False)
    if found.together is None:
        said.print(f"Nothing was active on the {count(found.fridays, 'Friday')} up to {day(found.as_of)}.")
        return
    owners, weeks = count(len(found.owners), "owner"), count(found.together.weeks, "week")
    said.print(f"{owners}, {weeks} on which something of theirs was active, up to {day(found.as_of)}.")
    said.print(_spreads(found.together))
    said.print(_owners(found))
    said.print(_rules(found))


def _owner(found: OwnerCards) -> dict[str, Any]:
    counts = {name: _spread(found.spreads[name]) for name in COUNTED}
    return {"owner": found.owner, "weeks": found.weeks, "active": found.active} | counts


def _spread(found: Spread) -> dict[str, Any]:
    return found._asdict() | {"none": round(found.none, DIGITS)}


def _spreads(found: OwnerCards) -> Table:
    lines = _table("cards of an owner a week", "median", "9 of 10 at most", "most", "weeks with none", "in all")
    for name in COUNTED:
        one = found.spreads[name]
        lines.add_row(TITLES[name], f"{one.median:g}", str(one.p90), str(one.most), share(one.none), f"{one.total:,}")
    return lines


def _owners(found: Workload) -> Table:
    lines = _table("owner", "weeks", "active", "needs you now", "9 of 10 at most", "most", "with none", "new in all")
    for one in found.owners:
        needs = one.spreads["needs"]
        counts = (f"{needs.median:g}", str(needs.p90), str(needs.most), share(needs.none))
        name = one.owner or "nobody named"
        lines.add_row(name, str(one.weeks), f"{one.active:g}", *counts, f"{one.spreads['new'].total:,}")
    return lines


def _rules(found: Workload) -> Table:
    lines = _table("rule", "on cards", "headline", "of those new", "alone on it")
    for one in found.rules:
        lines.add_row(one.rule, f"{one.cards:,}", f"{one.headline:,}", f"{one.new:,}", f"{one.alone:,}")
    return lines


def _table(first: str, *others: str) -> Table:
    lines = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    lines.add_column(first, no_wrap=True)
    for other in others:
        lines.add_column(other, justify="right", no_wrap=True)
    return lines
