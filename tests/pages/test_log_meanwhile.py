"""What is recorded already for the day that is being logged, in words; and the talks that are due."""

from datetime import date
from typing import Any

import pytest

from engagement.assessment.results import Assessment, Attention
from engagement.pages._engagement_log import company
from engagement.pages._log_meanwhile import Meanwhile, no_longer_words, talk_beside, there_words
from engagement.pages._log_whom import by_vendor, due_words, talks_due
from tests.builders import FRIDAY, a_contact, an_assessment

PRIYA = Meanwhile("Priya Example", False, "video", ("CRM",), "12:00", ("Try the refunds",))
MINE = Meanwhile("Bo", True, "call", ("CRM",), "09:30", ())


@pytest.mark.parametrize(
    ("there", "channel", "words"),
    [
        ((), "video", ""),
        (
            (PRIYA,),
            "video",
            'Priya Example recorded a video call today at 12:00 and closed "Try the refunds". Save adds a second '
            "check-in.",
        ),
        ((MINE,), "video", "You recorded a call today at 09:30. Save adds a second check-in."),
        ((MINE,), "call", "You recorded a call today at 09:30. Save adds to it."),
        (
            (PRIYA._replace(by=None, at=None, closed=()),),
            "call",
            "A video call today is on record already. Save adds a second check-in.",
        ),
        (
            (PRIYA._replace(closed=()), MINE),
            "chat",
            "Priya Example recorded a video call today at 12:00. You recorded a call today at 09:30. Save adds another "
            "check-in.",
        ),
        (
            (PRIYA._replace(closed=()), MINE),
            "call",
            "Priya Example recorded a video call today at 12:00. You recorded a call today at 09:30. Save adds to "
            "yours.",
        ),
    ],
)
def test_what_is_there_is_said_with_what_a_save_adds(there: tuple[Meanwhile, ...], channel: str, words: str) -> None:
    assert there_words(there, FRIDAY, channel, 1, FRIDAY) == words


def test_of_several_engagements_it_is_said_about_which_and_of_another_day_which() -> None:
    one = PRIYA._replace(at=None, closed=())
    assert there_words((one,), date(2026, 11, 18), "video", 2, FRIDAY) == (
        "Priya Example recorded a video call of 18 Nov about CRM. Save adds a second check-in."
    )


def test_a_talk_beside_another_is_called_so() -> None:
    assert talk_beside("video", ()) == "a video call"
    assert talk_beside("video", (PRIYA,)) == "another video call"
    assert talk_beside("chat", (PRIYA, MINE)) == "a chat"
    assert talk_beside("call", (PRIYA, MINE)) == "more of your call"


def test_what_is_no_longer_open_is_said_once() -> None:
    assert no_longer_words(["Try the refunds"], (PRIYA,)) == ""
    assert no_longer_words(["Try the refunds"], ()) == (
        '"Try the refunds" is no longer open: what you said of it here is not recorded.'
    )
    assert no_longer_words(["A", "B"], ()).startswith('"A" and "B" are no longer open: what you said of them')


def test_talks_are_due_from_their_day_on_the_last_that_fell_due_first() -> None:
    def one(key: str, due_on: date, vendor: str, **changes: Any) -> Assessment:
        return an_assessment(key, name=key, vendor=vendor, contact=a_contact(due_on=due_on), **changes)

    abandoned = Attention(None, None, None, (), True)
    due = talks_due(
        [
            one("today", FRIDAY, "Acme"),
            one("tomorrow", date(2026, 11, 21), "Acme"),
            one("late", date(2026, 11, 4), "Northwind"),
            one("agreed", date(2026, 11, 25), "Acme"),
            one("agreed-later", date(2026, 11, 25), "Acme"),
            one("left", date(2026, 8, 4), "Acme", attention=abandoned),
            one("paused", date(2026, 8, 4), "Acme", life="paused"),
        ],
        {"agreed": date(2026, 11, 19), "late": date(2026, 11, 18)},
        FRIDAY,
    )
    assert [talk.engagement for talk in due] == ["today", "agreed", "late"]
    assert [due_words(talk, FRIDAY) for talk in due] == [
        "due today",
        "agreed for 19 Nov, yesterday",
        "due 4 Nov, 16 days ago",
    ]
    assert {vendor: [talk.name for talk in theirs] for vendor, theirs in by_vendor(due).items()} == {
        "Acme": ["today", "agreed"],
        "Northwind": ["late"],
    }
    assert due_words(due[0]._replace(last_on=None), FRIDAY) == "first talk due today"


def test_who_wrote_it_down_is_not_named_again_among_those_who_were_there() -> None:
    assert company("Bo Lindqvist, Pelle Strand", "Bo Lindqvist") == ["Pelle Strand"]
    assert company("bo@x.org, Bo L, Pelle", "bo@x.org", "Bo L") == ["Pelle"]
    assert company(None, None) == []
