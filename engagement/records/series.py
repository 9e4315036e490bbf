"""On which days the occurrences of a series are due, as far as the records have to know it to check a key."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

LONGEST: Final[Mapping[str, int]] = {"week": 7, "month": 31, "quarter": 92}
"""Days of the longest period of each kind."""


def nearest_due(every: str, due_day: int, day: date) -> date:
    """The due date of a series that lies nearest to a day: that day itself where the series is due on it."""
    start, following = _period(every, day)
    before, _ = _period(every, start - timedelta(days=1))
    _, after = _period(every, following)
    periods = ((before, start), (start, following), (following, after))
    dues = [min(first + timedelta(days=due_day), end) - timedelta(days=1) for first, end in periods]
    return min(dues, key=lambda due: (abs(due - day), due))


def _period(every: str, day: date) -> tuple[date, date]:
    """First day of the week, month or quarter of a day, and of the following one."""
    if every == "week":
        start = day - timedelta(days=day.weekday())
        return start, start + timedelta(days=7)
    months = 1 if every == "month" else 3
    month = (day.month - 1) // months * months
    years, following = divmod(month + months, 12)
    return date(day.year, month + 1, 1), date(day.year + years, following + 1, 1)
