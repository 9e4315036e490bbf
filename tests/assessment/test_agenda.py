"""What needs somebody now, what is looked after, and what comes."""

from datetime import date
from math import isnan
from typing import NamedTuple

import pytest

from engagement.assessment import agenda
from engagement.assessment.results import Assessment, Attention, Setup
from engagement.assessment.standing import Standing
from engagement.assessment.values import Side
from tests.builders import FRIDAY, a_contact, a_milestone, a_schedule, a_warning, an_assessment, an_outlook, forgotten

LAST_FRIDAY = date(2026, 11, 13)


class Action(NamedTuple):
    engagement: str
    title: str
    side: Side | None
    due_on: date | None


def week(*now: Assessment, before: tuple[Assessment, ...] = ()) -> agenda.Agenda:
    return agenda.agenda(now, before, FRIDAY, LAST_FRIDAY)


def ranked(key: str, rank: int, *, abandoned: bool = False) -> Assessment:
    attention = Attention(rank=rank, chance=None, score=None, because=(), abandoned=abandoned)
    return forgotten(key, attention=attention)


@pytest.mark.parametrize(
    ("as_of", "friday"),
    [
        (date(2026, 11, 20), date(2026, 11, 13)),  # a Friday: a week
        (date(2026, 11, 19), date(2026, 11, 13)),  # Thursday: six days
        (date(2026, 11, 18), date(2026, 11, 13)),  # Wednesday: five days
        (date(2026, 11, 17), date(2026, 11, 6)),  # Tuesday: 13 Nov would be four
        (date(2026, 11, 23), date(2026, 11, 13)),  # Monday: not the Friday before a weekend
    ],
)
def test_a_week_is_compared_with_the_latest_friday_at_least_five_days_back(as_of: date, friday: date) -> None:
    assert agenda.compared_with(as_of) == friday


def test_the_lines_of_the_figures_are_drawn_for_twelve_weeks_that_end_with_the_day() -> None:
    weeks = agenda.weeks(FRIDAY)
    assert (len(weeks), weeks[0], weeks[-1]) == (12, date(2026, 9, 4), FRIDAY)


def test_cards_stand_in_the_order_of_attention() -> None:
    shown = week(ranked("a", 3), ranked("b", 1), ranked("c", 2))
    assert [card.assessment.engagement for card in shown.needs] == ["b", "c", "a"]


def test_what_has_no_warning_about_the_work_needs_nobody() -> None:
    nudged = an_assessment(warnings=(a_warning("no-next-meeting", kind="nudge"),))
    assert week(nudged).needs == ()


def test_a_warning_in_hand_folds_the_engagement_away_and_it_counts_as_in_hand() -> None:
    held = a_warning(in_hand_until=date(2026, 11, 27), in_hand_plan="weekly calls", in_hand_by="Bo")
    shown = week(forgotten(warnings=(held,)))
    assert shown.needs == ()
    assert [card.headline.in_hand_plan for card in shown.in_hand] == ["weekly calls"]


def test_with_one_of_two_warnings_in_hand_the_other_is_the_headline() -> None:
    held = a_warning("silent", in_hand_until=date(2026, 11, 27), in_hand_plan="calls")
    late = a_warning("overdue", "warning")
    (card,) = week(forgotten(warnings=(held, late))).needs
    assert (card.headline.rule, [w.rule for w in card.others]) == ("overdue", ["silent"])


def test_the_headline_is_critical_before_the_order_of_the_catalogue() -> None:
    # the catalogue has silent before overdue
    (card,) = week(forgotten(warnings=(a_warning("silent", "warning"), a_warning("overdue", "critical")))).needs
    assert card.headline.rule == "overdue"
    (card,) = week(forgotten(warnings=(a_warning("overdue", "critical"), a_warning("silent", "critical")))).needs
    assert card.headline.rule == "silent"


def test_where_nothing_was_recorded_by_the_day_compared_with_nothing_is_new() -> None:
    shown = week(forgotten("a"))
    assert (shown.is_compared, shown.needs[0].is_new, shown.needs[0].moved) == (False, False, None)


def test_what_looks_abandoned_is_one_line_and_no_card() -> None:
    shown = week(ranked("a", 1, abandoned=True), ranked("b", 2))
    assert [card.assessment.engagement for card in shown.needs] == ["b"]
    assert [card.assessment.engagement for card in shown.abandoned] == ["a"]


def test_a_card_is_new_when_it_needed_nobody_on_the_friday_compared_with() -> None:
    before = (forgotten("a"), an_assessment("b"))
    shown = week(ranked("a", 1), ranked("b", 2), ranked("c", 3), before=before)
    assert [card.is_new for card in shown.needs] == [False, True, True]


def test_a_card_says_how_far_the_finish_moved() -> None:
    earlier = an_assessment("a", outlook=an_outlook(date(2027, 2, 14), named_on=date(2027, 2, 9)))
    (card,) = week(forgotten("a", outlook=an_outlook(date(2027, 2, 20))), before=(earlier,)).needs
    assert card.moved is not None
    assert (card.moved.was_on, card.moved.days) == (date(2027, 2, 14), 6)
    (card,) = week(forgotten("a", outlook=an_outlook(date(2027, 2, 16))), before=(earlier,)).needs
    assert card.moved is None
    # the middle is two days later, the day by which it is likely a week
    alone = an_outlook(date(2027, 2, 16), date(2027, 3, 25))
    (card,) = week(forgotten("a", outlook=alone), before=(earlier,)).needs
    assert card.moved is not None
    assert (card.moved.days, card.moved.is_likely_by) == (7, True)


def test_engagements_of_unknown_contact_and_with_gaps_are_listed_the_most_gaps_first() -> None:
    quiet = an_assessment("a", contact=a_contact(last_on=None, days_since=None, state="unknown"))
    one = an_assessment("b", setup=Setup(9, 10, ("no-budget",)))
    two = an_assessment("c", setup=Setup(8, 10, ("no-budget", "unclear-plan: goal")))
    done = an_assessment("d", life="closed", status="closed", setup=Setup(1, 10, ("no-budget",)))
    shown = week(quiet, one, two, done)
    assert [a.engagement for a in shown.never_said] == ["a"]
    due = a_contact(last_on=None, days_since=None, state="on_time")
    just_named = an_assessment("e", status="unknown", contact=due)
    assert [a.engagement for a in week(just_named, an_assessment("f", contact=due)).never_said] == ["e"]
    assert [a.engagement for a in shown.gaps] == ["c", "b"]
    assert agenda.setup_line(two.setup) == "8 of 10, next: goal"
    assert agenda.missing(two.setup) == ["goal", "budget"]


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        ((), (), "Nothing here yet."),
        ((an_assessment(life="paused", status="paused"),), (), "No engagement is active just now."),
        ((an_assessment("a"),), (), "The one engagement does not need you."),
        ((an_assessment("a"), an_assessment("b")), (), "Neither of the two engagements needs you."),
        ((forgotten("a"),), (), "The one engagement needs you."),
        ((forgotten("a"),), (an_assessment("a"),), "The one engagement needs you; it is new since Friday 13 Nov."),
        (
            (forgotten("a"), an_assessment("b")),
            (forgotten("a"),),
            "One of two engagements needs you, as it did on Friday 13 Nov.",
        ),
        (
            (forgotten("a"), forgotten("b"), *(an_assessment(f"z{n}") for n in range(4))),
            (forgotten("a"), forgotten("b")),
            "Two of six engagements need you, none of them new since Friday 13 Nov.",
        ),
        (
            (forgotten("a"), forgotten("b"), *(an_assessment(f"z{n}") for n in range(22))),
            (forgotten("a"),),
            "Two of 24 engagements need you; one is new since Friday 13 Nov.",
        ),
        (
            (forgotten("a"), forgotten("b"), forgotten("c")),
            (an_assessment("a"),),
            "All three engagements need you; all are new since Friday 13 Nov.",
        ),
    ],
)
def test_the_page_opens_with_whether_to_worry_and_whether_that_is_new(
    now: tuple[Assessment, ...], before: tuple[Assessment, ...], sentence: str
) -> None:
    assert agenda.opening(week(*now, before=before)) == sentence


def test_the_opening_sentence_says_how_many_are_in_hand_when_nobody_is_needed() -> None:
    held = forgotten("a", warnings=(a_warning(in_hand_until=date(2026, 11, 27)),))
    assert agenda.opening(week(held, an_assessment("b"))) == "Neither of the two engagements needs you; one in hand."


def test_figures_count_active_engagements_alone_and_carry_their_change() -> None:
    # two active: slips 31 and 10 days, median 20.5, shown as +20 d (halves round to even); one late milestone
    late = forgotten("a", schedule=a_schedule(overdue_milestones=1))
    fine = an_assessment("b", schedule=a_schedule(slip_days=10))
    closed = an_assessment("c", life="closed", status="closed", schedule=a_schedule(overdue_milestones=5))
    now, before = agenda.counts([late, fine, closed]), agenda.counts([an_assessment("a"), fine])
    assert now == agenda.Counts(active=2, needs=1, silent=1, late=1, slip=20.5)
    shown = {figure.label: (figure.value, figure.change) for figure in agenda.figures(now, before, ())}
    assert shown == {
        "Active": ("2", "0"),
        "Need you": ("1", "+1"),
        "Silent": ("1", "+1"),
        "Milestones late": ("1", "+1"),
        "Finish slip, median": ("+20 d", "0 d"),
    }


def test_without_an_earlier_day_figures_have_no_change_and_a_slip_nobody_knows_is_said_in_words() -> None:
    now = agenda.counts([an_assessment(schedule=a_schedule(slip_days=None))])
    shown = agenda.figures(now, agenda.counts([]), [now])
    assert [(figure.label, figure.change, figure.line) for figure in shown] == [
        ("Active", None, ()),
        ("Need you", None, ()),
        ("Silent", None, ()),
        ("Milestones late", None, ()),
    ]
    assert agenda.untold(now) == "Finish slip is left out: none of these has a promised finish."
    assert agenda.untold(agenda.counts([an_assessment()])) is None
    assert agenda.untold(agenda.counts([])) is None


def test_a_line_has_a_gap_where_nothing_is_known_and_there_is_none_of_a_single_week() -> None:
    known = agenda.counted([Standing("off_track", True, True, True, 2, 31), Standing("on_track", True, slip_days=10)])
    assert known == agenda.Counts(active=2, needs=1, silent=1, late=2, slip=20.5)
    dateless = agenda.counted([Standing("unknown", True), Standing("closed", slip_days=5)])
    assert dateless == agenda.Counts(active=1, needs=0, silent=0, late=0, slip=None)
    lines = {figure.label: figure.line for figure in agenda.figures(known, None, [None, dateless, known])}
    assert isnan(lines["Active"][0])
    assert lines["Active"][1:] == (1.0, 2.0)
    assert lines["Milestones late"][1:] == (0.0, 2.0)
    assert lines["Finish slip, median"] == ()
    assert agenda.figures(known, None, [known, known])[-1].line == (20.5, 20.5)


def test_the_next_days_hold_check_ins_milestones_and_actions_by_day() -> None:
    one = forgotten("a", milestones=(a_milestone(),))
    actions = (
        Action("a", "send access", "vendor", date(2026, 11, 27)),
        Action("a", "far away", "us", date(2026, 12, 5)),  # 15 days ahead
        Action("a", "on the last day", "us", date(2026, 12, 4)),  # 14 days ahead
        Action("a", "without a date", "us", None),
        Action("elsewhere", "of another", "us", date(2026, 11, 27)),
    )
    assert [(due.on, due.what) for due in agenda.next_days([one], actions, FRIDAY)] == [
        (date(2026, 11, 23), "check-in, was due 4 Nov"),  # 21 Nov is a Saturday
        (date(2026, 11, 25), '"Test run" due'),
        (date(2026, 11, 27), '"send access", theirs'),
        (date(2026, 12, 4), '"on the last day", ours'),
    ]


def test_an_action_of_ours_due_on_a_day_off_stands_on_the_working_day_it_rolls_to() -> None:
    saturday, sunday, monday = date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)
    one = an_assessment("a", milestones=())
    actions = (Action("a", "ours", "us", saturday), Action("a", "theirs", "vendor", saturday))
    assert [(due.on, due.what) for due in agenda.next_days([one], actions, sunday)] == [
        (monday, '"ours", ours'),
        (date(2026, 11, 26), "check-in"),
    ]
    # 25 and 26 December 2026 are a Friday and a Saturday, and free in Germany
    christmas = (Action("a", "ours", "us", date(2026, 12, 25)),)
    german = an_assessment("a", milestones=(), country="DE")
    found = agenda.next_days([german], christmas, date(2026, 12, 20))
    assert [due.on for due in found if due.what != "check-in, was due 26 Nov"] == [date(2026, 12, 28)]


def test_a_check_in_that_is_due_stands_on_its_day_and_closed_or_delivered_work_is_left_out() -> None:
    due = an_assessment("a", milestones=(a_milestone(delivered_on=date(2026, 11, 18)),))
    closed = an_assessment("b", life="closed", status="closed")
    left = ranked("c", 1, abandoned=True)
    assert [(each.on, each.engagement, each.what) for each in agenda.next_days([due, closed, left], (), FRIDAY)] == [
        (date(2026, 11, 26), "a", "check-in")
    ]


def test_grouped_by_vendor_the_vendor_of_the_most_urgent_card_comes_first() -> None:
    cards = week(ranked("a", 2), ranked("b", 1)._replace(vendor="Contoso"), ranked("c", 3)).needs
    grouped = agenda.by_vendor(cards)
    assert [(vendor, [c.assessment.engagement for c in theirs]) for vendor, theirs in grouped.items()] == [
        ("Contoso", ["b"]),
        ("Northwind", ["a", "c"]),
    ]
