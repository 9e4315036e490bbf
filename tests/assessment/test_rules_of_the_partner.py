"""Consent to the plan, a vendor that was checked, access that is taken back, and not too much at once."""

from typing import Any

import pytest

from engagement.assessment.values import (
    Access,
    Baseline,
    Confirmation,
    Delivery,
    History,
    Milestone,
    Pause,
    PortfolioTerms,
    Series,
    VendorRecord,
)
from tests.assessment.made import (
    TOGETHER,
    VETTED,
    a_history,
    a_milestone,
    assessed,
    fired,
    on,
    severity,
    some_terms,
    talks,
)

ALONE = PortfolioTerms(alone=True)


# --- expectations-not-agreed. The work starts on a Monday: the sixth working day after it is Tuesday, day 8.


@pytest.mark.parametrize(("day", "expected"), [(7, None), (8, "warning")])
def test_a_plan_is_to_be_confirmed_within_five_working_days(day: int, expected: str | None) -> None:
    assert severity(a_history(confirmations=()), "expectations-not-agreed", day) == expected
    assert severity(a_history(confirmations=()), "expectations-not-agreed", day, ALONE) == expected


def test_a_plan_that_was_never_confirmed_says_since_when_it_holds() -> None:
    warning = fired(a_history(confirmations=()), "expectations-not-agreed", 8)
    assert warning is not None
    assert (warning.kind, warning.since) == ("set-up", on(8))
    assert warning.evidence == (
        "On record Northwind has confirmed no version of the plan; version 1 holds since 2 Mar, 6 working days ago."
    )
    assert warning.next_step == "Ask Northwind to confirm the plan."


# moved on Sunday, day 20: the sixth working day after it is Monday, day 28
MOVED = a_history(milestones=(a_milestone("M1", baselines=(Baseline(on(20), on(110)),)),))


@pytest.mark.parametrize(("day", "expected"), [(27, None), (28, "warning")])
def test_a_changed_plan_is_to_be_confirmed_again(day: int, expected: str | None) -> None:
    assert severity(MOVED, "expectations-not-agreed", day) == expected
    again = MOVED._replace(confirmations=(*MOVED.confirmations, Confirmation(on(28), 2)))
    assert severity(again, "expectations-not-agreed", 28) is None


def test_a_further_change_does_not_start_the_count_again() -> None:
    baselines = (Baseline(on(20), on(110)), Baseline(on(25), on(120)))
    warning = fired(MOVED._replace(milestones=(a_milestone(baselines=baselines),)), "expectations-not-agreed", 28)
    assert warning is not None
    assert warning.since == on(28)
    assert warning.evidence == (
        "On record Northwind has confirmed version 1 of the plan; version 2 holds since 22 Mar, 6 working days ago, "
        "and the current one is version 3."
    )


def test_public_holidays_are_no_working_days() -> None:
    # moved on Tuesday, 31 March 2026: Good Friday and Easter Monday put the sixth working day off to 10 April, day 39
    milestones = (a_milestone("M1", baselines=(Baseline(on(29), on(110)),)),)
    history = a_history(some_terms(country="DE"), milestones=milestones)
    assert [severity(history, "expectations-not-agreed", day) for day in (38, 39)] == [None, "warning"]
    nowhere = a_history(milestones=milestones)
    assert [severity(nowhere, "expectations-not-agreed", day) for day in (36, 37)] == [None, "warning"]


# --- unvetted-vendor


def checked(**changes: Any) -> History:
    """A history whose vendor was checked but for something."""
    return a_history(vendors=(VETTED._replace(**changes),))


@pytest.mark.parametrize(
    ("changes", "evidence"),
    [
        ({"interviewed_on": None}, "Northwind has no interview on record."),
        ({"references_checked": None}, "Northwind has no reference on record."),
        ({"references_checked": 1}, "Northwind has only one of two references on record."),
        ({"contract_signed_on": None}, "Northwind has no signed contract on record."),
        ({"chosen_because": " Lowest price. "}, "Northwind was chosen for the price alone."),
        (
            {"interviewed_on": None, "references_checked": 0, "chosen_because": "cheapest"},
            "Northwind has no interview and no reference on record, and was chosen for the price alone.",
        ),
    ],
)
def test_what_was_not_checked_is_named(changes: dict[str, Any], evidence: str) -> None:
    warning = fired(checked(**changes), "unvetted-vendor", 2)
    assert warning is not None
    assert (warning.kind, warning.severity, warning.since, warning.evidence) == ("set-up", "warning", on(0), evidence)


@pytest.mark.parametrize("reason", [None, "Price and references", "They know our shop"])
def test_a_vendor_that_was_checked_may_have_been_chosen_for_anything_but_the_price_alone(reason: str | None) -> None:
    assert fired(checked(chosen_because=reason), "unvetted-vendor", 2) is None


@pytest.mark.parametrize("vendors", [(), (VETTED._replace(name="Southwind"),)])
def test_a_vendor_without_a_record_was_not_checked(vendors: tuple[VendorRecord, ...]) -> None:
    warning = fired(a_history(vendors=vendors), "unvetted-vendor", 2)
    assert warning is not None
    assert warning.evidence == "Northwind has no interview, no reference and no signed contract on record."


@pytest.mark.parametrize(("day", "expected"), [(89, "warning"), (90, None)])
def test_a_vendor_is_checked_in_the_first_ninety_days(day: int, expected: str | None) -> None:
    assert severity(a_history(vendors=()), "unvetted-vendor", day) == expected


@pytest.mark.parametrize(("day", "expected"), [(9, "warning"), (10, None)])
def test_after_two_accepted_milestones_a_vendor_is_known(day: int, expected: str | None) -> None:
    history = checked(interviewed_on=None, accepted_on=(on(-200), on(10)))
    assert severity(history, "unvetted-vendor", day) == expected


@pytest.mark.parametrize("what", ["interviewed_on", "contract_signed_on"])
def test_a_check_counts_from_its_day(what: str) -> None:
    history = checked(**{what: on(5)})
    assert [severity(history, "unvetted-vendor", day) for day in (4, 5)] == ["warning", None]


def test_a_vendor_that_was_known_for_a_while_is_new_again_when_the_start_moves() -> None:
    # 90 days from day 0 are over on day 90; from day 95 on the work starts on day 60, and is in its first 90 days
    terms = (some_terms(), some_terms(from_on=on(95), starts_on=on(60)))
    warning = fired(a_history(vendors=())._replace(terms=terms), "unvetted-vendor", 100)
    assert warning is not None
    assert warning.since == on(95)


def test_consent_and_the_check_of_the_vendor_are_items_of_the_set_up() -> None:
    history = a_history(confirmations=(), vendors=())
    assert {"expectations-not-agreed", "unvetted-vendor"} <= set(assessed(history, 8).setup.missing)
    assert "expectations-not-agreed" not in assessed(history, 7).setup.missing
    assert "unvetted-vendor" not in assessed(history, 90).setup.missing


def test_before_the_work_begins_the_vendor_is_to_be_checked_and_nothing_is_to_be_confirmed() -> None:
    missing = assessed(a_history(confirmations=(), vendors=()), -3).setup.missing
    assert "unvetted-vendor" in missing
    assert "expectations-not-agreed" not in missing


# --- access-not-revoked. Closed on Sunday, day 20: the sixth working day after it is Monday, day 28.

SYSTEM = Access("The test system", on(1))
CLOSED = a_history(accesses=(SYSTEM, Access("The wiki", on(2), on(19))), closed_on=on(20))


@pytest.mark.parametrize(("day", "expected"), [(27, None), (28, "warning")])
def test_access_is_taken_back_within_five_working_days_of_closing(day: int, expected: str | None) -> None:
    assert severity(CLOSED, "access-not-revoked", day) == expected


def test_access_that_was_left_is_named() -> None:
    warning = fired(CLOSED, "access-not-revoked", 35)
    assert warning is not None
    assert (warning.kind, warning.since) == ("set-up", on(28))
    assert warning.evidence == (
        'Access to "The test system" is not marked as revoked, 11 working days after the work was closed on 22 Mar.'
    )
    two = CLOSED._replace(accesses=(SYSTEM, Access("The wiki", on(2))))
    warning = fired(two, "access-not-revoked", 35)
    assert warning is not None
    assert warning.evidence.startswith('Access to "The test system" and one more are not marked as revoked, ')


def test_access_counts_until_the_day_it_is_revoked() -> None:
    history = CLOSED._replace(accesses=(SYSTEM._replace(revoked_on=on(30)),))
    assert [severity(history, "access-not-revoked", day) for day in (29, 30)] == ["warning", None]


@pytest.mark.parametrize(
    "changes", [{"accesses": ()}, {"closed_on": None}, {"accesses": (SYSTEM._replace(given_on=on(40)),)}]
)
def test_no_access_is_left_where_none_was_given_or_the_work_goes_on(changes: dict[str, Any]) -> None:
    assert severity(CLOSED._replace(**changes), "access-not-revoked", 35) is None


def test_a_closed_engagement_keeps_its_status() -> None:
    assert assessed(CLOSED, 35).status == "closed"


# --- too-much-too-soon


def planned(*milestones: Milestone, **vendor: Any) -> History:
    """A history with some milestones, talked about on day 1."""
    return a_history(milestones=milestones, vendors=(VETTED._replace(**vendor),), check_ins=talks(1))


@pytest.mark.parametrize(("due", "expected"), [(30, "warning"), (31, None)])
def test_the_first_month_of_a_new_vendor_ends_on_the_thirtieth_day(due: int, expected: str | None) -> None:
    assert severity(planned(a_milestone("M1", due), a_milestone("M2", 100)), "too-much-too-soon", 2) == expected


@pytest.mark.parametrize(("weight", "expected"), [(25.0, None), (25.1, "warning")])
def test_a_quarter_of_the_work_in_the_first_month_is_not_too_much(weight: float, expected: str | None) -> None:
    first, second = a_milestone("M1", 10, weight=weight), a_milestone("M2", 100, weight=100 - weight)
    assert severity(planned(first, second), "too-much-too-soon", 2) == expected


@pytest.mark.parametrize(("due", "expected"), [(60, None), (61, "warning")])
def test_a_plan_of_sixty_days_has_no_first_month(due: int, expected: str | None) -> None:
    assert severity(planned(a_milestone("M1", 10), a_milestone("M2", due)), "too-much-too-soon", 2) == expected


def several(number: int) -> list[Milestone]:
    return [a_milestone(f"M{place}", 50, starts_on=on(5)) for place in range(number)]


@pytest.mark.parametrize(("number", "day", "expected"), [(3, 5, None), (4, 4, None), (4, 5, "warning")])
def test_a_new_vendor_is_given_three_milestones_at_a_time(number: int, day: int, expected: str | None) -> None:
    assert severity(planned(*several(number)), "too-much-too-soon", day) == expected


def test_what_is_delivered_runs_no_more_and_what_has_no_date_never_does() -> None:
    done = several(4)[0]._replace(deliveries=(Delivery(on(6)),))
    history = planned(done, *several(4)[1:], a_milestone("M9", None, starts_on=on(0)))
    assert [severity(history, "too-much-too-soon", day) for day in (5, 6)] == ["warning", None]


def test_too_much_for_a_new_vendor_says_how_much_and_how_well_it_is_known() -> None:
    history = planned(*several(4), a_milestone("M9", 20, weight=None), a_milestone("M8", 90), accepted_on=(on(-9),))
    warning = fired(history, "too-much-too-soon", 6)  # M9 is one of six; it runs from the start
    assert warning is not None
    assert (warning.kind, warning.since) == ("status", on(5))
    assert warning.evidence == "Five milestones run in parallel; Northwind has had one milestone accepted so far."
    warning = fired(planned(a_milestone("M1", 10), a_milestone("M2", 100)), "too-much-too-soon", 6)
    assert warning is not None
    assert warning.evidence == (
        "50 % of the work is due in the first 30 days of 100; Northwind has had nothing accepted so far."
    )
    assert assessed(planned(a_milestone("M1", 10), a_milestone("M2", 100)), 6).status == "at_risk"


KNOWN = {"accepted_on": (on(-100), on(-50))}


def paced(weight: float, due: int) -> History:
    """A known vendor: of weight 2 accepted on day 10, as much more due on a day."""
    done = a_milestone("M1", 20, weight=2.0, deliveries=(Delivery(on(8), on(10), "accepted"),))
    return planned(done, a_milestone("M2", due, weight=weight), **KNOWN)


# 2 accepted in 90 days are 2/3 in 30, and 1.5 times that is 1
@pytest.mark.parametrize(("weight", "expected"), [(1.0, None), (1.01, "warning")])
def test_a_known_vendor_is_given_half_as_much_again_as_it_gets_through(weight: float, expected: str | None) -> None:
    assert severity(paced(weight, 60), "too-much-too-soon", 40) == expected


@pytest.mark.parametrize(("day", "expected"), [(29, None), (30, "warning"), (59, "warning"), (60, None)])
def test_what_is_due_in_the_next_thirty_days_counts(day: int, expected: str | None) -> None:
    assert severity(paced(1.5, 60), "too-much-too-soon", day) == expected


@pytest.mark.parametrize(("day", "expected"), [(99, None), (100, "warning")])
def test_what_was_accepted_in_the_last_ninety_days_counts(day: int, expected: str | None) -> None:
    assert severity(paced(1.0, 120), "too-much-too-soon", day) == expected


def test_too_much_for_a_known_vendor_says_what_it_got_through() -> None:
    warning = fired(paced(2.0, 60), "too-much-too-soon", 40)  # of 4: 2 due, 2/3 in 30 days
    assert warning is not None
    assert warning.since == on(30)
    assert warning.evidence == (
        "50 % of the work is due in the next 30 days; 17 % was accepted per 30 days over the last 90."
    )


def test_from_its_second_accepted_milestone_a_vendor_is_judged_by_its_pace() -> None:
    history = planned(*several(4), accepted_on=(on(-50), on(10)))
    assert severity(history, "too-much-too-soon", 9) == "warning"
    assert severity(history, "too-much-too-soon", 10) is None  # due in 40 days
    assert severity(history, "too-much-too-soon", 20) == "warning"  # nothing was accepted here yet


@pytest.mark.parametrize(
    ("milestones", "missing"),
    [
        ((), "no milestone has a due date"),
        ((a_milestone("M1", None),), "no milestone has a due date"),
        ((a_milestone("M1", 10, weight=0.0),), "no milestone with a due date has any weight"),
    ],
)
def test_without_shares_nobody_knows_how_much_it_is(milestones: tuple[Milestone, ...], missing: str) -> None:
    unknown = {one.rule: one.missing for one in assessed(planned(*milestones), 2).unknown}
    assert unknown["too-much-too-soon"] == missing


def test_a_retainer_is_given_the_same_every_month() -> None:
    history = a_history(some_terms(contract="retainer"), series=(Series("close", "Close", "week", 1),), vendors=())
    assert severity(history, "too-much-too-soon", 40) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"terms": (some_terms(status="draft"),)},
        {"terms": (some_terms(starts_on=on(50)),)},
        {"pauses": (Pause(on(5), on(60)),)},
        {"closed_on": on(5)},
    ],
)
@pytest.mark.parametrize("rule", ["expectations-not-agreed", "unvetted-vendor", "too-much-too-soon"])
def test_work_that_does_not_run_raises_nothing(changes: dict[str, Any], rule: str) -> None:
    history = a_history(milestones=tuple(several(4)), vendors=(), confirmations=())
    assert severity(history, rule, 40, TOGETHER) == "warning"
    assert severity(history._replace(**changes), rule, 40) is None
