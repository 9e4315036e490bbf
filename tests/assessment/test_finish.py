"""When work is expected to be done, in words, and where that is not told."""

from datetime import date

import pytest

from engagement.assessment.finish import Expected, all_delivered_on, expected, result_expected, results_expected, told
from engagement.assessment.results import Assessment, Attention
from tests.builders import FRIDAY, a_milestone, a_schedule, an_assessment, an_outlook

DONE = a_milestone(delivered_on=date(2026, 11, 18))
LAST = a_milestone(name="New", named_on=date(2027, 2, 15))
OLD = a_milestone("M2", name="Old")
ABANDONED = Attention(None, 1.0, 1.0, (), abandoned=True)


@pytest.mark.parametrize(
    ("assessment", "said"),
    [
        (an_assessment(outlook=an_outlook(date(2026, 12, 1), date(2026, 12, 18))), "finish 1 Dec, likely by 18 Dec"),
        (an_assessment(outlook=an_outlook(date(2026, 12, 1), date(2026, 12, 1))), "finish 1 Dec, likely by that day"),
        # 21 Sep is 60 days before, 20 Sep one more
        (
            an_assessment(outlook=an_outlook(named_on=date(2026, 9, 21))),
            "finish 20 Feb 2027, likely by 18 Mar 2027",
        ),
        (
            an_assessment(outlook=an_outlook(named_on=date(2026, 9, 20))),
            "finish 20 Feb 2027, likely by 18 Mar 2027, if it comes",
        ),
        (an_assessment(outlook=an_outlook(named_on=date(2025, 9, 19))), "open 14 months after its day"),
        (
            an_assessment(outlook=an_outlook(named_on=date(2026, 8, 20)), attention=ABANDONED),
            "open 13 weeks after its day",
        ),
        # the one that comes last is 13 weeks late; an older one is 17 weeks late, and is not what the finish is told of
        (
            an_assessment(
                outlook=an_outlook(milestone="M2", named_on=date(2026, 7, 24)),
                attention=ABANDONED,
                milestones=(LAST._replace(named_on=date(2026, 8, 21)), OLD._replace(named_on=date(2026, 7, 24))),
            ),
            "open 13 weeks after its day",
        ),
        # what comes last is to come: the old one is named
        (
            an_assessment(
                outlook=an_outlook(),
                attention=ABANDONED,
                milestones=(LAST, OLD._replace(named_on=date(2026, 7, 24))),
            ),
            '"Old" open 17 weeks after its day',
        ),
        (
            an_assessment(
                outlook=an_outlook(milestone="M2", named_on=date(2025, 9, 19)),
                milestones=(LAST._replace(named_on=date(2026, 11, 1)), OLD._replace(named_on=date(2025, 9, 19))),
            ),
            '"Old" open 14 months after its day',
        ),
        # any open result that is late for more than 60 days is a condition: 20 Sep is 61 days before
        (
            an_assessment(outlook=an_outlook(), milestones=(LAST, OLD._replace(named_on=date(2026, 9, 20)))),
            "finish 20 Feb 2027, likely by 18 Mar 2027, if what is late comes",
        ),
        (
            an_assessment(outlook=an_outlook(), milestones=(LAST, OLD._replace(named_on=date(2026, 9, 21)))),
            "finish 20 Feb 2027, likely by 18 Mar 2027",
        ),
        (
            an_assessment(
                outlook=an_outlook(), milestones=(LAST, DONE._replace(milestone="M2", named_on=date(2021, 1, 15)))
            ),
            "finish 20 Feb 2027, likely by 18 Mar 2027",
        ),
        # where the last one is in doubt itself nothing more is said
        (
            an_assessment(
                outlook=an_outlook(named_on=date(2026, 9, 20)), milestones=(OLD._replace(named_on=date(2026, 8, 20)),)
            ),
            "finish 20 Feb 2027, likely by 18 Mar 2027, if it comes",
        ),
        (an_assessment(milestones=(DONE,)), "all delivered on 18 Nov"),
        (an_assessment(milestones=(), schedule=a_schedule(forecast_finish_on=None)), "no date named yet"),
        (an_assessment(contract="retainer"), None),
        (an_assessment(life="draft"), None),
        (an_assessment(life="closed"), None),
    ],
)
def test_the_finish_is_told_or_why_it_is_not(assessment: Assessment, said: str | None) -> None:
    assert told(assessment, FRIDAY) == said


def test_a_result_is_expected_as_its_own_forecast_says() -> None:
    open_one = a_milestone(named_on=date(2026, 11, 25), p50_on=date(2026, 12, 1), p80_on=date(2026, 12, 9))
    assert result_expected(open_one, an_assessment(), FRIDAY) == Expected(date(2026, 12, 1), date(2026, 12, 9), False)
    long_ago = open_one._replace(named_on=date(2025, 11, 19))
    assert result_expected(long_ago, an_assessment(), FRIDAY) is None
    assert result_expected(open_one, an_assessment(attention=ABANDONED), FRIDAY) is None
    assert result_expected(DONE, an_assessment(), FRIDAY) is None
    two = an_assessment(milestones=(open_one, DONE, long_ago._replace(milestone="M3")))
    assert list(results_expected(two, FRIDAY)) == ["M1"]


def test_work_is_done_when_all_of_it_that_has_a_day_is() -> None:
    undated = a_milestone("M3", due_on=None)
    assert all_delivered_on(an_assessment(milestones=(DONE, undated))) == date(2026, 11, 18)
    assert all_delivered_on(an_assessment(milestones=(DONE, a_milestone("M2")))) is None
    assert all_delivered_on(an_assessment(milestones=(undated,))) is None


def test_without_a_forecast_nothing_is_expected() -> None:
    assert expected(an_assessment(schedule=a_schedule()), FRIDAY) is None
