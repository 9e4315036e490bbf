"""Where an engagement stood on many days is what its assessment of each of them says."""

from engagement.assessment.counts import SILENT
from engagement.assessment.engagement import STATUS_RULES, assess
from engagement.assessment.headline import needs_somebody
from engagement.assessment.results import Assessment
from engagement.assessment.standing import Standing, standings_on
from tests.assessment.made import TOGETHER, a_history, a_milestone, on, talks
from tests.assessment.random_histories import ADVENT, random_common, random_history

DAYS = [ADVENT + (on(number) - on(0)) for number in range(30, 200, 17)]


def read_off(assessment: Assessment) -> Standing:
    """The same, from an assessment in full."""
    if assessment.life != "active":
        return Standing(assessment.status)
    return Standing(
        assessment.status,
        True,
        needs_somebody(assessment),
        assessment.contact.state in SILENT,
        assessment.schedule.overdue_milestones,
        assessment.schedule.slip_days,
    )


def test_on_random_histories_it_is_what_the_assessment_of_each_day_says() -> None:
    seen: set[tuple[bool, bool, bool]] = set()
    for seed in range(120):
        history, common = random_history(seed), random_common(seed)
        standings = standings_on(history, common, DAYS)
        for day in DAYS:
            expected = read_off(assess(history, common, day).assessment)
            assert standings[day] == expected, (seed, day)
            seen.add((bool(history.responses), expected.status == "off_track", expected.needs))
    assert len(seen) == 8  # every answer that there is, with and without somebody having taken something in hand


def test_a_silence_and_a_late_milestone_are_counted_from_their_first_day() -> None:
    # talked on day 1, every 7 days with 2 of grace: silent from day 11; due on day 20: late from day 21
    history = a_history(milestones=(a_milestone("M1", 20),), check_ins=talks(1))
    days = [on(10), on(11), on(20), on(21)]
    standings = standings_on(history, TOGETHER, days)
    assert [standings[day].is_silent for day in days] == [False, True, True, True]
    assert [standings[day].late for day in days] == [0, 0, 0, 1]
    assert [standings[day].needs for day in days] == [False, True, True, True]


def test_a_rule_about_the_work_is_covered_by_rules_about_the_work_alone() -> None:
    ids = {rule.id for rule in STATUS_RULES}
    assert all(set(rule.covered_by) <= ids for rule in STATUS_RULES)
