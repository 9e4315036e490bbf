"""The finish as Status tells it: its move since last week first, then that since the last pack, and what moved it."""

from datetime import date

import pytest

from engagement.assessment.finish_since import Since, finish, moved_finishes
from engagement.assessment.results import Assessment
from tests.builders import FRIDAY, a_portfolio, an_assessment, an_outlook

WEEK, PACK = date(2026, 11, 13), date(2026, 9, 18)
LIKELY = date(2027, 3, 18)
NOW = an_assessment(outlook=an_outlook())
"""The finish is 20 Feb 2027, likely by 18 Mar: five days after the named one."""


def since(on: date, middle_on: date, named_on: date = date(2027, 2, 15), likely_on: date = LIKELY) -> Since:
    """A day on which the finish was another one, because another day was named if one was."""
    return Since.of(a_portfolio(NOW._replace(outlook=an_outlook(middle_on, likely_on, named_on=named_on)), as_of=on))


A_WEEK_AGO = since(WEEK, date(2027, 2, 14), date(2027, 2, 9))
SAME = since(WEEK, date(2027, 2, 20))
ISSUED = since(PACK, date(2027, 1, 12), date(2027, 1, 7))


@pytest.mark.parametrize(
    ("week", "pack", "said"),
    [
        (None, None, "."),
        (A_WEEK_AGO, None, '; +6 d since 13 Nov: a new day for "Test run", 9 Feb 2027 → 15 Feb 2027.'),
        (
            A_WEEK_AGO,
            ISSUED,
            '; +6 d since 13 Nov: a new day for "Test run", 9 Feb 2027 → 15 Feb 2027. Since the pack of 18 Sep +39 d.',
        ),
        (SAME, None, "; as on 13 Nov."),
        (
            SAME,
            ISSUED,
            '; as on 13 Nov. Since the pack of 18 Sep +39 d: a new day for "Test run", 7 Jan 2027 → 15 Feb 2027.',
        ),
        (None, ISSUED, '. Since the pack of 18 Sep +39 d: a new day for "Test run", 7 Jan 2027 → 15 Feb 2027.'),
        (since(WEEK, date(2027, 2, 18)), None, "; hardly moved since 13 Nov."),
        (since(WEEK, date(2027, 2, 20), likely_on=date(2027, 3, 12)), None, "; hardly moved since 13 Nov."),
        (since(WEEK, date(2027, 2, 20), likely_on=date(2027, 3, 11)), None, '; "likely by" alone +7 d since 13 Nov.'),
    ],
)
def test_the_move_since_last_week_comes_first_and_one_of_two_moves_is_explained(
    week: Since | None, pack: Since | None, said: str
) -> None:
    assert finish(NOW, week, pack, FRIDAY) == f"Finish 20 Feb 2027, likely by 18 Mar 2027{said}"


@pytest.mark.parametrize("on", [WEEK, date(2026, 11, 18)])
def test_a_pack_that_is_no_older_than_last_week_says_nothing_of_its_own(on: date) -> None:
    pack = since(on, date(2027, 1, 12), date(2027, 1, 7))
    assert "pack" not in (finish(NOW, A_WEEK_AGO, pack, FRIDAY) or "pack")


def test_where_no_finish_was_told_on_one_of_the_days_nothing_is_said_of_a_move() -> None:
    new = Since.of(a_portfolio(as_of=WEEK))
    assert finish(NOW, new, None, FRIDAY) == "Finish 20 Feb 2027, likely by 18 Mar 2027."
    long_open = NOW._replace(outlook=an_outlook(named_on=date(2025, 9, 19)))
    assert finish(long_open, SAME, ISSUED, FRIDAY) == "Open 14 months after its day."
    assert finish(an_assessment(contract="retainer", outlook=None), SAME, ISSUED, FRIDAY) is None


def test_finishes_that_moved_stand_in_the_order_of_how_much_later_they_are() -> None:
    def moving(key: str, days: int) -> tuple[Assessment, Assessment]:
        middle_on, named_on = date(2027, 2, 20 - days), date(2027, 2, 15 - days)
        before = an_assessment(key, name=key.title(), outlook=an_outlook(middle_on, named_on=named_on))
        return before, before._replace(outlook=an_outlook())

    pairs = [moving("early", -4), moving("a-bit", 4), moving("still", 2), moving("much", 9), moving("elsewhere", 5)]
    week = Since.of(a_portfolio(*(before for before, _ in pairs), as_of=WEEK))
    found = moved_finishes([now for _, now in pairs], {"elsewhere"}, week, FRIDAY)
    assert [(one.engagement, one.name) for one in found] == [("much", "Much"), ("a-bit", "A-Bit"), ("early", "Early")]
    assert found[0].text == (
        "Finish 20 Feb 2027, likely by 18 Mar 2027; +9 d since 13 Nov: "
        'a new day for "Test run", 6 Feb 2027 → 15 Feb 2027.'
    )
    assert moved_finishes([NOW], (), None, FRIDAY) == ()


def test_where_the_later_day_alone_moved_the_reason_is_said_too() -> None:
    # named for 15 Feb in both, and by the table as likely by the one day: what differs is how long nobody was heard
    before = NOW._replace(outlook=an_outlook(likely_on=date(2027, 2, 22), silent_days=0))
    week = Since.of(a_portfolio(before, as_of=WEEK))
    now = NOW._replace(outlook=an_outlook(silent_days=28))
    said = 'Finish 20 Feb 2027, likely by 18 Mar 2027; "likely by" alone +24 d since 13 Nov: nothing heard for 28 days.'
    assert finish(now, week, None, FRIDAY) == said
    assert [one.text for one in moved_finishes([now], (), week, FRIDAY)] == [said]
