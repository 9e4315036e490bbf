"""A backtest as the object that ``backtest --format json`` prints, and as tables for a terminal."""

import sys
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from engagement.assessment import chance, lifetable
from engagement.assessment.backtest import AttentionRecord, Backtest, RuleRecord
from engagement.assessment.foretold import FIFTHS, Forecasts, Score
from engagement.assessment.wording import count, share
from engagement.exchange.listing import WIDE

DIGITS: Final = 4
NOTHING: Final = "\N{EN DASH}"
SCORED: Final = ("mean error", "loss P50", "loss P80", "both", "by P50", "by P80", "by P90")
"""What is told of each forecast, in all and in each fifth of the life."""


def contract_backtest(found: Backtest) -> dict[str, Any]:
    """A backtest as the object that ``backtest --format json`` prints.

    Fields may be added, never renamed or removed. Shares, lifts and days of forecasts are rounded to 4 places; what
    there is nothing to tell from is null.
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
        "forecasts": [
            {"name": one.name, **_score(one.score), "by_life": [_score(fifth) for fifth in one.by_life]}
            for one in found.forecasts.records
        ],
        "forecast_calibration": [
            {"asked": _rounded(one.level), "predicted": _rounded(one.chance), "observed": _rounded(one.share)}
            for one in found.forecasts.reached
        ],
        "forecast_table": {
            "delivered": found.forecasts.table.delivered,
            "learned_on": found.forecasts.table.learned_on.isoformat(),
        },
    }


def print_backtest(found: Backtest) -> None:
    """Prints a backtest: how each rule, each order and each forecast did, and whether chances came true."""
    said = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=False)
    attention = found.attention
    bad = f", {share(attention.bad / attention.cases)} of them bad" if attention.cases else ""
    said.print(f"{count(attention.cases, 'case')}{bad}: a milestone and a Friday on which it could still be saved.")
    judged = [record for record in found.rules if record.cases]
    unjudged = [record.rule for record in found.rules if not record.cases]
    if not judged:
        said.print("Nothing is to be judged yet: no line of a promise has passed.")
    else:
        said.print(_rules(judged))
    if judged and unjudged:
        said.print(f"Without a case to be judged by: {', '.join(unjudged)}.")
    if attention.cases:
        said.print(_orders(attention))
        said.print(_calibration(attention))
    said.print(chance.told(found.level))
    _print_forecasts(said, found.forecasts)
    said.print(lifetable.told(found.forecasts.table, found.as_of))


def _print_forecasts(said: Console, found: Forecasts) -> None:
    ours = found.ours
    said.print(f"\n{count(ours.score.cases, 'case')} of forecasts: a delivered milestone and a Friday of its life.")
    if not ours.score.cases:
        return
    said.print(_forecasts(found))
    said.print("Loss is the pinball loss in days, of P50, of P80 and the mean of both: less is better.")
    said.print("By P50, P80, P90: the share that came by the day given for that chance; the naive ones give no P90.\n")
    said.print(_lives(found))
    said.print(_reached(found))


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


def _score(score: Score) -> dict[str, Any]:
    return {
        "cases": score.cases,
        "mean_error_days": _rounded(score.mean_error_days),
        "pinball_p50": _rounded(score.pinball_p50),
        "pinball_p80": _rounded(score.pinball_p80),
        "pinball_mean": _rounded(score.loss),
        "covered_p50": _rounded(score.covered_p50),
        "covered_p80": _rounded(score.covered_p80),
        "covered_p90": _rounded(score.covered_p90),
    }


def _forecasts(found: Forecasts) -> Table:
    lines = _table("forecast", "cases", *SCORED)
    for one in found.records:
        lines.add_row(one.name, f"{one.score.cases:,}", *_scored(one.score))
    return lines


def _lives(found: Forecasts) -> Table:
    """Every forecast by fifth of the life, ours first; a fifth and its cases stand beside its first line alone."""
    lines = _table("fifth of its life", "cases")
    lines.add_column("forecast", no_wrap=True)
    for name in SCORED:
        lines.add_column(name, justify="right", no_wrap=True)
    for fifth in range(FIFTHS):
        for record in found.records:
            score, is_ours = record.by_life[fifth], record is found.ours
            place = (str(fifth + 1), f"{score.cases:,}") if is_ours else ("", "")
            lines.add_row(*place, record.name, *_scored(score))
        lines.add_row()
    return lines


def _scored(score: Score) -> list[str]:
    """A score as the cells of a line."""
    days = (score.mean_error_days, score.pinball_p50, score.pinball_p80, score.loss)
    came = (score.covered_p50, score.covered_p80, score.covered_p90)
    return [*map(_days, days), *map(_share, came)]


def _reached(found: Forecasts) -> Table:
    lines = _table("forecast for", "chance of its day", "came by then")
    for one in found.reached:
        lines.add_row(share(one.level), share(one.chance), share(one.share))
    return lines


def _table(first: str, *others: str) -> Table:
    lines = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    lines.add_column(first, no_wrap=True)
    for other in others:
        lines.add_column(other, justify="right", no_wrap=True)
    return lines


def _plain(figure: float | None) -> str:
    return NOTHING if figure is None else f"{figure:.2f}"


def _days(figure: float | None) -> str:
    return NOTHING if figure is None else f"{figure:.1f}"


def _share(part: float | None) -> str:
    return NOTHING if part is None else share(part)


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS)
