"""A backtest as the object that ``backtest --format json`` prints, and as tables for a terminal."""

import sys
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from engagement.assessment.backtest import AttentionRecord, Backtest, RuleRecord
from engagement.assessment.chance import told
from engagement.assessment.wording import count, share
from engagement.exchange.listing import WIDE

DIGITS: Final = 4
NOTHING: Final = "\N{EN DASH}"


def contract_backtest(found: Backtest) -> dict[str, Any]:
    """A backtest as the object that ``backtest --format json`` prints.

    Fields may be added, never renamed or removed. Shares and lifts are rounded to 4 places; what there is nothing to
    tell from is null. Forecasts are not made yet, so that none is listed.
    """
    attention = found.attention
    return {
        "as_of": found.as_of.isoformat(),
        "rules": [_rule(record) for record in found.rules],
        "attention": {
            "cases": attention.cases,
            "bad": attention.bad,
            "weeks": attention.weeks,
            "orderings": [
                {"name": one.name, "auc": _rounded(one.auc), "first_ten_bad": _rounded(one.first_ten_bad)}
                for one in attention.orderings
            ],
            "calibration": [
                {"predicted": _rounded(one.predicted), "observed": _rounded(one.observed), "n": one.n}
                for one in attention.calibration
            ],
            "level": {
                "value": _rounded(found.level.value),
                "cases": found.level.cases,
                "learned_on": found.level.learned_on.isoformat(),
            },
        },
        "forecasts": [],
    }


def print_backtest(found: Backtest) -> None:
    """Prints a backtest: how each rule did, how each order did, and whether chances came true."""
    said = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=False)
    attention = found.attention
    bad = f", {share(attention.bad / attention.cases)} of them bad" if attention.cases else ""
    said.print(f"{count(attention.cases, 'case')}{bad}: a milestone and a Friday on which it could still be saved.")
    said.print(_rules([record for record in found.rules if record.cases]))
    unjudged = [record.rule for record in found.rules if not record.cases]
    if unjudged:
        said.print(f"Without a case to be judged by: {', '.join(unjudged)}.")
    if attention.cases:
        said.print(_orders(attention))
        said.print(_calibration(attention))
    said.print(told(found.level))


def _rule(record: RuleRecord) -> dict[str, Any]:
    return {
        "rule": record.rule,
        "cases": record.cases,
        "fired": record.fired,
        "followed": record.followed,
        "base_rate": _rounded(record.base_rate),
        "lift": _rounded(record.lift),
        "lift_low": _rounded(record.lift_low),
        "lift_high": _rounded(record.lift_high),
        "lead_days": record.lead_days,
    }


def _rules(records: list[RuleRecord]) -> Table:
    lines = _table("rule", "cases", "fired", "went bad", "of all", "lift", "95 %", "days ahead")
    for one in records:
        interval = NOTHING if one.lift_low is None else f"{one.lift_low:.2f} to {_plain(one.lift_high)}"
        lines.add_row(
            one.rule,
            f"{one.cases:,}",
            f"{one.fired:,}",
            f"{one.followed:,}",
            NOTHING if one.base_rate is None else share(one.base_rate),
            _plain(one.lift),
            interval,
            NOTHING if one.lead_days is None else f"{one.lead_days:.0f}",
        )
    return lines


def _orders(attention: AttentionRecord) -> Table:
    lines = _table("order by", "area under the curve", "bad among the first ten of a week")
    for one in attention.orderings:
        lines.add_row(one.name, _plain(one.auc), _plain(one.first_ten_bad))
    return lines


def _calibration(attention: AttentionRecord) -> Table:
    lines = _table("chance", "came true", "cases")
    for one in attention.calibration:
        lines.add_row(share(one.predicted), share(one.observed), f"{one.n:,}")
    return lines


def _table(first: str, *others: str) -> Table:
    lines = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    lines.add_column(first, no_wrap=True)
    for other in others:
        lines.add_column(other, justify="right", no_wrap=True)
    return lines


def _plain(figure: float | None) -> str:
    return NOTHING if figure is None else f"{figure:.2f}"


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS)
