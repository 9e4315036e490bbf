"""What was in hand and is not any more is told where the warning stands again, and what is in hand says of what."""

from datetime import UTC, date, datetime

import pytest

from engagement.records.database import Author, Database
from engagement.records.responses import take_in_hand
from tests.pages.conftest import OpenDashboard
from tests.pages.test_engagement_forms import ANA, has_button, opened, plain, press, recorded

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


def test_a_line_of_what_is_in_hand_says_what_is_wrong_and_ends_it(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    taken(silent_database, date(2026, 11, 27))
    app = open_dashboard(silent_database)
    app.session_state["identity_name"] = ANA.name
    told = "Weekly calls, Bo Example, until 27 Nov. :gray[About: No conversation on record for 23 days"
    assert told in plain(app)
    press(app, "end_crm_silent")
    assert app.title[0].value.startswith("One of two engagements needs you")
    assert "About: No conversation" not in plain(app)
    # said on the 16th, ended on the 20th: the day before it was still in hand
    assert recorded(silent_database).responses[-1].until_on == date(2026, 11, 19)


def test_what_is_in_hand_goes_on_until_another_day_with_what_was_said_of_it(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    taken(silent_database, date(2026, 11, 27))
    app = open_dashboard(silent_database)
    app.session_state["identity_name"] = ANA.name
    press(app, "goes_on_crm_silent")
    assert app.text_area(key="in_hand_plan").value == "Weekly calls."
    assert app.text_input(key="in_hand_who").value == "Bo Example"
    assert app.checkbox(key="in_hand_rule_silent").value is True
    app.date_input(key="in_hand_until").set_value(date(2026, 12, 4))
    press(app, "in_hand_save")
    assert "Weekly calls, Bo Example, until 4 Dec." in plain(app)
    last = recorded(silent_database).responses[-1]
    assert (last.plan, last.assignee, last.until_on) == ("Weekly calls.", "Bo Example", date(2026, 12, 4))


def test_on_an_earlier_day_what_was_in_hand_is_for_looking(open_dashboard: OpenDashboard, silent_database: str) -> None:
    taken(silent_database, date(2026, 11, 27))
    app = open_dashboard(silent_database, as_of="2026-11-18")
    assert "About: No conversation on record" in plain(app)
    assert not has_button(app, "end_crm_silent")
    assert not has_button(app, "goes_on_crm_silent")
