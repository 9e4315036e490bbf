"""Configuration, read from environment variables and checked once.

| variable | meaning | default |
|---|---|---|
| ``ENGAGEMENT_DATABASE_URL`` | where the records are (SQLite or PostgreSQL) | the file ``data/engagement.db`` |
| ``ENGAGEMENT_TODAY`` | a day to hold the clock at (YYYY-MM-DD) | the real day |
"""

import os
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from engagement.errors import WrongSetting

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds ``dashboard.py`` and ``data/``."""

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
"""The days that files, commands and the clock may name."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a running program was told from outside."""

    database_url: str
    today: date | None


@cache
def settings() -> Settings:
    """The settings of this process.

    Raises `WrongSetting` where a variable holds something that cannot be understood.
    """
    held = os.environ.get("ENGAGEMENT_TODAY", "")
    try:
        today = day_of(held) if held else None
    except ValueError as wrong:
        raise WrongSetting(f"ENGAGEMENT_TODAY cannot be used: {wrong}") from None
    default = f"sqlite:///{ROOT / 'data' / 'engagement.db'}"
    return Settings(database_url=os.environ.get("ENGAGEMENT_DATABASE_URL") or default, today=today)


def day_of(text: str) -> date:
    """The day that a text names as YYYY-MM-DD. Raises `ValueError` whose words say what is wrong and what to write."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError(f'"{text}" is not a date. Write it as YYYY-MM-DD.')
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{text} is not between {FIRST_DAY.year} and {LAST_DAY.year}. Check the year.")
    return day
