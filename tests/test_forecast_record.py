"""The record of forecasts on real portfolios: as many cases as others counted, and the same of the plainest ones."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from engagement.assessment.foretold import ForecastRecord
from tests.assessment.oracle.real import real_portfolio
from tests.test_independent import imported

TODAY = date(2026, 11, 20)


class Known(NamedTuple):
    """Figures that others found: mean absolute error, losses of P50 and P80 in days, percent that came by P80."""

    error_days: float
    p50_days: float
    p80_days: float
    came_percent: int


KNOWN = {
    "w3f": (2896, Known(59.1, 29.5, 46.1, 10), Known(59.1, 29.5, 46.1, 10)),
    "pep": (1572, Known(10.2, 5.1, 8.1, 40), Known(16.7, 8.4, 12.8, 28)),
}
"""Cases, the vendor's latest date (or the plan), and the plan."""


@pytest.mark.parametrize(("name", "best_loss"), [("w3f", 26.2), ("pep", 6.6)])
def test_the_plainest_forecasts_did_as_others_found_and_ours_lost_less_than_any(
    tmp_path: Path, name: str, best_loss: float
) -> None:
    cases, latest, plan = KNOWN[name]
    with imported(real_portfolio(name), tmp_path) as overview:
        found = overview.backtest(TODAY).forecasts
    records = {one.name: one for one in found.records}
    assert all(one.score.cases == cases for one in found.records)
    assert rounded(records["latest date named"]) == latest
    assert rounded(records["the plan"]) == plan
    best = found.best_other.score.loss
    assert best is not None
    assert round(best, 1) == best_loss
    assert found.ours.score.loss is not None
    assert found.ours.score.loss < 0.85 * best  # the aim: at least 15 % less
    assert all(abs(one.chance - one.share) < 0.1 for one in found.reached)


def rounded(record: ForecastRecord) -> Known:
    score = record.score
    assert score.mean_error_days is not None
    assert score.pinball_p50 is not None
    assert score.pinball_p80 is not None
    assert score.covered_p80 is not None
    error, p50, p80 = (round(one, 1) for one in (score.mean_error_days, score.pinball_p50, score.pinball_p80))
    return Known(error, p50, p80, round(100 * score.covered_p80))
