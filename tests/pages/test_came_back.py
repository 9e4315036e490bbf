"""What was in hand and is not any more is told where the warning stands again, and what is in hand says of what."""

from datetime import UTC, date, datetime

import pytest

from engagement.records.database import Author, Database
from engagement.records.responses import take_in_hand
from tests.pages.conftest import OpenDashboard
from tests.pages.test_engagement_forms import ANA, opened, plain

PAST = "Was in hand until 19 Nov:] Weekly calls, Bo Example"
WORSE = "Was in hand until 27 Nov, but it got worse:] Weekly calls, Bo Example"


def taken(url: str, until_on: date, said_on: date = date(2026, 11, 16)) -> None:
    """Bo has the silence about crm in hand."""
    author = Author(ANA.name, datetime(said_on.year, said_on.month, said_on.day, 12, tzinfo=UTC))
    database = Database(url)
    take_in_hand(
        database, author, "crm", "silent", plan="Weekly calls.", assignee="bo@example.org", said_on=said_on,
        until_on=until_on,
    )  # fmt: skip
    database.close()


@pytest.mark.parametrize(
    ("said_on", "until_on", "words"),
    [
        (date(2026, 11, 16), date(2026, 11, 19), PAST),
        # talked on 28 Oct, agreed every 7 days: late on 9 Nov, critical since the 18th
        (date(2026, 11, 10), date(2026, 11, 27), WORSE),
    ],
)
def test_what_came_back_says_why_on_its_card_and_at_the_warning(
    open_dashboard: OpenDashboard, silent_database: str, said_on: date, until_on: date, words: str
) -> None:
    taken(silent_database, until_on, said_on)
    assert plain(open_dashboard(silent_database)).count(words) == 1
    assert plain(opened(open_dashboard, silent_database)).count(words) == 1


def test_what_is_in_hand_still_or_again_did_not_come_back(open_dashboard: OpenDashboard, silent_database: str) -> None:
    taken(silent_database, date(2026, 11, 19))
    taken(silent_database, date(2026, 11, 27), date(2026, 11, 20))
    assert "Was in hand" not in plain(open_dashboard(silent_database))
    assert "Was in hand" not in plain(opened(open_dashboard, silent_database))
