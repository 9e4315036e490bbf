"""What is said first of an engagement, and in which order engagements are told: the same wherever they are shown."""

from datetime import date

from engagement.assessment.agenda import agenda
from engagement.assessment.headline import (
    CONCERN,
    by_need,
    headline,
    needs_somebody,
    nudges,
    said_beside,
    said_once,
    work_warnings,
)
from engagement.assessment.pack import pack
from engagement.assessment.portfolio import table
from engagement.assessment.results import Assessment, Attention
from engagement.charts.theme import MARKS
from tests.builders import FRIDAY, a_portfolio, a_warning, an_assessment, forgotten

LATE = a_warning("overdue")._replace(evidence="It is 25 days late.")
QUIET = a_warning("silent")._replace(evidence="Nobody has talked.")
HABIT = a_warning("no-next-meeting", "warning", kind="nudge", evidence="No next date was agreed.")


def ranked(key: str, rank: int | None, *, abandoned: bool = False, **changes: object) -> Assessment:
    attention = Attention(rank=rank, chance=None, score=None, because=(), abandoned=abandoned)
    return forgotten(key, **{"name": key.upper(), "attention": attention, **changes})


def calm(key: str, rank: int | None, status: str = "on_track") -> Assessment:
    return ranked(key, rank, status=status, warnings=())


def test_silence_stands_before_lateness_wherever_an_engagement_is_told() -> None:
    # an assessment lists its warnings by the names of their rules: overdue before silent
    one = forgotten("a", warnings=(HABIT, LATE, QUIET))
    before = a_portfolio(as_of=date(2026, 10, 23))
    first = headline(one)
    assert first is not None
    assert first.evidence == "Nobody has talked."
    assert table(a_portfolio(one))["headline"].tolist() == [first.evidence]
    assert [row.why for row in pack(a_portfolio(one), before).off_track] == [first.evidence]
    assert agenda([one], [], FRIDAY, FRIDAY).needs[0].headline == first


def test_only_warnings_about_the_work_are_counted_as_warnings() -> None:
    one = forgotten("a", warnings=(HABIT, LATE, QUIET))
    assert [warning.rule for warning in work_warnings(one)] == ["silent", "overdue"]
    assert [warning.rule for warning in nudges(one)] == ["no-next-meeting"]
    assert table(a_portfolio(one))["warnings"].tolist() == [2]
    nudged = an_assessment(warnings=(HABIT,))
    assert (headline(nudged), needs_somebody(nudged)) == (None, False)


def test_the_worst_habit_is_told_first_and_the_rest_in_the_order_of_the_catalogue() -> None:
    habits = [
        a_warning(rule, "critical" if rule == "serial-slip" else "warning", kind="nudge")
        for rule in ("stale-forecast", "serial-slip", "no-next-meeting")
    ]
    found = nudges(an_assessment(warnings=tuple(habits)))
    assert [one.rule for one in found] == ["serial-slip", "no-next-meeting", "stale-forecast"]


def test_what_somebody_has_in_hand_comes_last_and_is_the_headline_where_nothing_else_is_wrong() -> None:
    held = QUIET._replace(in_hand_until=date(2026, 11, 27))
    assert headline(forgotten(warnings=(LATE, held))) == LATE
    assert headline(forgotten(warnings=(held,))) == held


def test_a_report_greener_than_the_figures_is_no_headline_while_another_warning_is_critical() -> None:
    # in the order of the catalogue watermelon stands before the money
    green = a_warning("watermelon", "critical")._replace(evidence="Declared on track; on record, critical: It costs.")
    costly = a_warning("budget", "critical")._replace(evidence="It costs.")
    shown = work_warnings(forgotten(warnings=(green, costly)))
    assert [warning.rule for warning in shown] == ["budget", "watermelon"]
    assert said_once(shown) == ("It costs.", "Declared on track.")
    assert said_once((green, costly)) == ("Declared on track; on record, critical: It costs.",)


def test_beside_what_it_quotes_a_report_greener_than_the_figures_says_only_that_it_is() -> None:
    costly = a_warning("budget", "critical")._replace(evidence="It costs.")
    green = a_warning("watermelon")._replace(evidence="Declared on track; on record, critical: It costs.")
    assert said_beside(green, (costly, green)) == "Declared on track, though another warning here is critical."
    late = a_warning("overdue", "critical")._replace(evidence="It is late.")
    habit = a_warning("actions-overdue", "critical")._replace(kind="nudge", evidence="Not done.")
    assert said_beside(green, (costly, late, habit, green)) == (
        "Declared on track, though two other warnings here are critical."
    )
    assert said_beside(green, (green,)) == green.evidence
    assert said_beside(costly, (costly, green)) == "It costs."


def test_those_that_need_somebody_come_first_in_the_order_of_the_cards_then_by_status_then_by_attention() -> None:
    held = QUIET._replace(in_hand_until=date(2026, 11, 27))
    one = (
        calm("a", 1),
        ranked("b", 5),
        ranked("c", 3, status="at_risk"),
        ranked("d", 2, abandoned=True),
        calm("e", 4, "unknown"),
        ranked("f", 6, warnings=(held,)),
        calm("g", None, "closed"),
        calm("h", 7),
    )
    assert [each.engagement for each in by_need(one)] == ["c", "b", "d", "f", "e", "a", "h", "g"]
    cards = agenda(one, [], FRIDAY, FRIDAY).needs
    assert [each.engagement for each in by_need(one)][: len(cards)] == [card.assessment.engagement for card in cards]


def test_of_those_without_a_rank_the_order_is_that_of_their_names() -> None:
    paused = [calm(key, None, "paused")._replace(name=name) for key, name in (("x", "b"), ("y", "A"))]
    assert [each.engagement for each in by_need(paused)] == ["y", "x"]


def test_the_order_of_concern_is_that_of_the_marks() -> None:
    assert tuple(MARKS) == CONCERN
