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

from engagement.errors import WrongSetting

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds ``dashboard.py`` and ``data/``."""


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
        today = date.fromisoformat(held) if held else None
    except ValueError:
        raise WrongSetting(f'ENGAGEMENT_TODAY is "{held}", which is not a date. Write it as YYYY-MM-DD.') from None
    default = f"sqlite:///{ROOT / 'data' / 'engagement.db'}"
    return Settings(database_url=os.environ.get("ENGAGEMENT_DATABASE_URL") or default, today=today)
