"""Where an engagement stands in its life, and the state of its contact on both sides of every boundary."""

import pytest

from engagement.assessment.contact import rhythm
from engagement.assessment.terms import life_on, life_since
from engagement.assessment.values import CheckIn, LimitChange, Pause, PortfolioTerms
from tests.assessment.made import TOGETHER, a_history, assessed, on, some_terms, talks


@pytest.mark.parametrize(
    ("day", "life"),
    [(-1, "not_started"), (0, "active"), (19, "active"), (20, "paused"), (29, "paused"), (30, "active")],
)
def test_life_by_day(day: int, life: str) -> None:
    history = a_history(pauses=(Pause(on(20), on(30)),))
    assert life_on(history, on(day)) == life


def test_a_draft_is_a_draft_whatever_else_is_recorded() -> None:
    history = a_history(some_terms(status="draft"), closed_on=on(3))
    assert life_on(history, on(-5)) == life_on(history, on(5)) == "draft"


def test_a_closed_engagement_is_closed_from_its_day_on_even_in_a_pause() -> None:
    history = a_history(closed_on=on(10), pauses=(Pause(on(5), on(20)),))
    assert life_on(history, on(9)) == "paused"
    assert life_on(history, on(10)) == "closed"


def test_terms_hold_from_their_day() -> None:
    draft, active = some_terms(status="draft"), some_terms(from_on=on(10))
    history = a_history()._replace(terms=(draft, active))
    assert life_on(history, on(9)) == "draft"
    assert life_on(history, on(10)) == "active"


def test_the_active_stretch_begins_after_the_last_pause() -> None:
    history = a_history(pauses=(Pause(on(5), on(8)), Pause(on(20), on(30))))
    assert life_since(history, on(40)) == on(30)
    assert life_since(history, on(12)) == on(8)
    assert life_since(history, on(4)) == on(0)


def test_a_closed_stretch_begins_when_it_was_closed_or_when_it_was_no_draft_any_more() -> None:
    draft, again = some_terms(from_on=on(20), status="draft"), some_terms(from_on=on(30))
    history = a_history(closed_on=on(10), pauses=(Pause(on(5), on(15)),))._replace(terms=(some_terms(), draft, again))
    assert life_since(history, on(19)) == on(10)
    assert life_since(history, on(40)) == on(30)


# Talked on Tuesday, day 1: due 8, silent after 10, forgotten after 1 + 2 * 7 + 2 = 17, all working days.
@pytest.mark.parametrize(
    ("day", "state"),
    [(8, "on_time"), (9, "late"), (10, "late"), (11, "silent"), (17, "silent"), (18, "forgotten")],
)
def test_contact_by_day(day: int, state: str) -> None:
    contact = assessed(a_history(check_ins=talks(1)), day).contact
    assert contact.state == state
    assert (contact.due_on, contact.silent_after, contact.forgotten_after) == (on(8), on(10), on(17))
    assert (contact.last_on, contact.days_since) == (on(1), day - 1)
    assert (contact.cadence_days, contact.grace_days) == (7, 2)


def test_due_on_a_weekend_rolls_to_monday_and_grace_counts_from_there() -> None:
    contact = assessed(a_history(check_ins=talks(5)), 6).contact  # Saturday; 12 is a Saturday too
    assert (contact.due_on, contact.silent_after, contact.forgotten_after) == (on(14), on(16), on(21))


def test_due_on_easter_rolls_past_it_in_the_country_of_the_work() -> None:
    terms = some_terms(country="DE")
    contact = assessed(a_history(terms, check_ins=talks(25)), 26).contact  # due on Good Friday, day 32
    assert contact.due_on == on(36)


def test_talking_before_the_start_counts_from_the_start() -> None:
    contact = assessed(a_history(check_ins=talks(-10)), 0).contact
    assert (contact.state, contact.last_on, contact.due_on) == ("on_time", on(-10), on(7))


def test_after_a_pause_the_time_begins_anew() -> None:
    history = a_history(check_ins=talks(5), pauses=(Pause(on(10), on(20)),))
    contact = assessed(history, 20).contact
    assert (contact.state, contact.due_on) == ("on_time", on(28))  # 27 is a Sunday
    assert assessed(history, 19).contact.state is None


@pytest.mark.parametrize(("tier", "cadence"), [("high", 3), ("standard", 7), (None, 7), ("low", 14)])
def test_cadence_is_by_tier_where_none_is_agreed(tier: str | None, cadence: int) -> None:
    contact = assessed(a_history(some_terms(tier=tier), check_ins=talks(1)), 2).contact
    assert (contact.cadence_days, contact.grace_days) == (cadence, 2)


def test_an_agreed_cadence_and_grace_go_before_the_tier() -> None:
    contact = assessed(a_history(some_terms(tier="high", cadence_days=30, grace_days=0), check_ins=talks(1)), 2).contact
    assert (contact.due_on, contact.silent_after, contact.forgotten_after) == (on(31), on(31), on(63))  # 61: Saturday


def test_a_changed_limit_applies_from_its_day() -> None:
    common = PortfolioTerms(alone=False, limits=(LimitChange("cadence-standard", 3, on(6)),))
    history = a_history(check_ins=talks(1))
    assert assessed(history, 5, common).contact.due_on == on(8)
    assert assessed(history, 6, common).contact.due_on == on(4)


@pytest.mark.parametrize("change", [{"channel": "report"}, {"side": "vendor"}])
def test_a_report_and_the_vendors_own_word_are_no_contact(change: dict[str, str]) -> None:
    history = a_history(check_ins=(*talks(1), *talks(5, **change)))
    assert assessed(history, 6).contact.last_on == on(1)


# Nothing on record: due roll(3) = Thursday, forgotten after roll(5) = Monday 7.
@pytest.mark.parametrize(("day", "state"), [(3, "on_time"), (4, "not_kicked_off"), (8, "not_kicked_off")])
def test_contact_without_any_check_in(day: int, state: str) -> None:
    contact = assessed(a_history(), day).contact
    assert contact.state == state
    assert (contact.due_on, contact.silent_after, contact.forgotten_after) == (on(3), on(3), on(7))


def test_recorded_three_days_after_the_start_is_in_time_and_four_is_unknown() -> None:
    assert assessed(a_history(some_terms(recorded_on=on(3))), 20).contact.state == "not_kicked_off"
    for recorded_on in (on(4), None):
        contact = assessed(a_history(some_terms(recorded_on=recorded_on)), 20).contact
        assert contact.state == "unknown"
        assert (contact.due_on, contact.silent_after, contact.forgotten_after, contact.last_on) == (None,) * 4


@pytest.mark.parametrize("life", ["draft", "not_started", "closed", "paused"])
def test_only_the_last_contact_is_known_while_not_active(life: str) -> None:
    changes = {
        "draft": {"terms": (some_terms(status="draft"),)},
        "not_started": {"terms": (some_terms(starts_on=on(40)),)},
        "closed": {"closed_on": on(20)},
        "paused": {"pauses": (Pause(on(15), on(40)),)},
    }
    assessment = assessed(a_history(check_ins=talks(1))._replace(**changes[life]), 20)  # type: ignore[arg-type]
    contact = assessment.contact
    assert assessment.life == assessment.status == life
    assert (contact.last_on, contact.days_since) == (on(1), 19)
    assert (contact.state, contact.due_on, contact.silent_after, contact.forgotten_after) == (None,) * 4
    assert (contact.cadence_days, contact.grace_days) == (None, None)
    assert (assessment.warnings, assessment.folded, assessment.unknown) == ((), (), ())
    assert assessment.attention.score is None


def test_a_closed_engagement_stays_as_it_was_on_its_last_day() -> None:
    history = a_history(check_ins=talks(1, 30), closed_on=on(20))
    contact = assessed(history, 50).contact
    assert (contact.last_on, contact.days_since) == (on(1), 19)


# --- rhythm


def test_rhythm_marks_check_ins_and_the_days_past_due() -> None:
    history = a_history(check_ins=(*talks(1), CheckIn(on(12), "report", "vendor"), *talks(15)))
    found = rhythm(history, TOGETHER, on(0), on(25))
    assert found.marks == ((on(1), "call", "us"), (on(12), "report", "vendor"), (on(15), "call", "us"))
    assert found.missed == ((on(9), on(15)), (on(23), on(26)))  # due 8 and 22


def test_rhythm_leaves_out_pauses_and_what_was_before_the_range() -> None:
    history = a_history(check_ins=talks(1), pauses=(Pause(on(12), on(20)),))
    assert rhythm(history, TOGETHER, on(10), on(30)).missed == ((on(10), on(12)), (on(29), on(31)))  # 27 is a Sunday


def test_rhythm_is_one_stretch_across_a_change_that_does_not_matter() -> None:
    changed = some_terms(from_on=on(14), goal="Another goal of the same work")
    history = a_history(check_ins=talks(1))._replace(terms=(some_terms(), changed))
    assert rhythm(history, TOGETHER, on(0), on(20)).missed == ((on(9), on(21)),)
