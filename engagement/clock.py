"""The only place that asks what day it is. Everything else is told.

``ENGAGEMENT_TODAY`` (YYYY-MM-DD) holds the clock at noon UTC of that day: for demonstrations, screenshots and tests.
"""

from datetime import UTC, date, datetime, time

from engagement.settings import settings


def today() -> date:
    """The day it is where this program runs."""
    return settings().today or datetime.now().astimezone().date()


def now() -> datetime:
    """This moment as an aware UTC timestamp."""
    held = settings().today
    return datetime.combine(held, time(12), UTC) if held else datetime.now(UTC)
