"""Where the real portfolios lie."""

import os
from pathlib import Path

import pytest

PORTFOLIOS = Path(__file__).resolve().parents[3].parent / "shared" / "data"


def real_portfolio(name: str) -> Path:
    """The folder of a real portfolio, beside the project; the test is skipped without it, and fails in CI."""
    folder = PORTFOLIOS / name
    if not folder.is_dir():
        missing = f"needs the real portfolio {name} in ../shared/data, beside the project"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return folder
