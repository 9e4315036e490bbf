"""One engagement in words."""

from datetime import date
from decimal import Decimal

import pytest

from engagement.assessment.portrait import Fact, facts, header, opening
from engagement.assessment.results import Assessment, Cost, Progress, Promises
from tests.builders import FRIDAY, a_contact, a_milestone, a_schedule, a_warning, an_assessment, an_outlook, forgotten

LAST_FRIDAY = date(2026, 11, 13)
UNTIMED = a_schedule(slip_days=None, forecast_finish_on=None)


def test_the_header_names_vendor_money_and_time() -> None:
    assert header(an_assessment(), FRIDAY) == "Northwind · EUR 46,200 · 1 Jun → 15 Feb 2027"
    bare = an_assessment(
        contract="retainer", schedule=UNTIMED, ends_on=None, cost=Cost(Decimal(900), None, spent_this_month=None)
    )
    assert header(bare, FRIDAY) == "Northwind · EUR 900 a month · 1 Jun, without an end date"


@pytest.mark.parametrize(
    ("assessment", "said"),
    [
        (
            forgotten(warnings=(a_warning(since=date(2026, 11, 14)), a_warning("overdue", since=date(2026, 11, 13)))),
            "No conversation on record for 23 days; the vendor's finish is 31 days behind the promise. "
            "One warning is new since 13 Nov.",
        ),
        (
            forgotten(schedule=a_schedule(slip_days=-3, overdue_milestones=2)),
            "No conversation on record for 23 days; the vendor's finish is 3 days ahead of the promise "
            "and two milestones are late.",
        ),
        (
            an_assessment(schedule=a_schedule(slip_days=0)),
            "Nothing is wrong with the work: you talked yesterday; the vendor's finish stands as promised.",
        ),
        (
            an_assessment(contact=a_contact(days_since=None, last_on=None), schedule=UNTIMED, status="unknown"),
            "Too little is recorded to say where it stands: no milestone has a date, and it is not known when you "
            "last talked.",
        ),
        (
            an_assessment(life="paused", status="paused", paused_until=date(2026, 12, 1)),
            "Paused until 1 Dec; nothing is asked of anybody meanwhile.",
        ),
        (
            an_assessment(life="closed", status="closed", closed_on=date(2026, 3, 3)),
            "Closed on 3 Mar; the figures are of that day.",
        ),
        (an_assessment(life="not_started", status="not_started"), "Starts on 1 Jun."),
        (an_assessment(life="draft", status="draft"), "A draft: nothing was agreed yet."),
    ],
)
def test_the_page_opens_with_where_it_stands(assessment: Assessment, said: str) -> None:
    assert opening(assessment, LAST_FRIDAY, FRIDAY) == said


def test_what_was_not_on_record_by_then_has_no_new_warnings() -> None:
    silent = forgotten(warnings=(a_warning(since=date(2026, 11, 14)),))
    said = "No conversation on record for 23 days; the vendor's finish is 31 days behind the promise."
    assert opening(silent, LAST_FRIDAY, FRIDAY, is_compared=False) == said
    assert opening(silent, LAST_FRIDAY, FRIDAY) == f"{said} One warning is new since 13 Nov."


def test_the_figures_of_a_plan_stand_beside_what_they_are_set_against() -> None:
    # forecast 15 Feb minus a slip of 31 days is 15 Jan; 20,100 of 46,200 is 43.5 %
    assert facts(an_assessment(), FRIDAY) == (
        Fact("Last talked", "yesterday", "agreed every 7 days"),
        Fact("Promised", "15 Jan 2027"),
        Fact("Vendor says", "15 Feb 2027", "+31 d slower", "down"),
        Fact("Done", "48 %", "62 % planned"),
        Fact("Spent", "44 %", "of EUR 46,200"),
    )


def test_a_rhythm_that_nobody_agreed_is_called_usual() -> None:
    usual = an_assessment(contact=a_contact(is_agreed=False))
    assert facts(usual, FRIDAY)[0] == Fact("Last talked", "yesterday", "nothing agreed; usual is every 7 days")
    daily = an_assessment(contact=a_contact(cadence_days=1, is_agreed=False))
    assert facts(daily, FRIDAY)[0].beside == "nothing agreed; usual is every day"


def test_three_days_of_the_finish_are_told_apart_by_their_names() -> None:
    assert facts(an_assessment(outlook=an_outlook()), FRIDAY)[1:4] == (
        Fact("Promised", "15 Jan 2027"),
        Fact("Vendor says", "15 Feb 2027", "+31 d slower", "down"),
        Fact("Finish", "20 Feb 2027", "likely by 18 Mar 2027"),
    )


def test_the_header_says_until_when_it_goes_on_as_expected() -> None:
    said = "Northwind · EUR 46,200 · 1 Jun → 20 Feb 2027, likely by 18 Mar 2027"
    assert header(an_assessment(outlook=an_outlook()), FRIDAY) == said


def test_what_is_open_for_more_than_a_year_has_no_day_to_come() -> None:
    # 20 Nov 2025 is 365 days before, which still has one; the day before it has none
    last = an_assessment(outlook=an_outlook(named_on=date(2025, 11, 20)))
    assert facts(last, FRIDAY)[3] == Fact("Finish, if it comes", "20 Feb 2027", "likely by 18 Mar 2027")
    waits = an_assessment(outlook=an_outlook(), milestones=(a_milestone(named_on=date(2021, 1, 15)),))
    waits_for = "likely by 18 Mar 2027, if what is late comes"
    assert facts(waits, FRIDAY)[3] == Fact("Finish", "20 Feb 2027", waits_for)
    gone = an_assessment(outlook=an_outlook(named_on=date(2025, 11, 19)))
    assert facts(gone, FRIDAY)[3] == Fact("Finish", "open", "12 months after its day")
    assert header(gone, FRIDAY) == "Northwind · EUR 46,200 · 1 Jun, open 12 months after its day"
    old = a_milestone("M2", name="Old", named_on=date(2025, 11, 19))
    new = gone._replace(milestones=(a_milestone(named_on=date(2027, 2, 15)), old))
    assert facts(new, FRIDAY)[3] == Fact("Finish", "open", '"Old" 12 months after its day')


def test_a_middle_that_is_also_the_likely_day_is_said_once() -> None:
    sure = an_assessment(outlook=an_outlook(date(2026, 11, 23), date(2026, 11, 23)))
    assert facts(sure, FRIDAY)[3] == Fact("Finish", "23 Nov", "likely by that day")
    assert header(sure, FRIDAY).endswith("1 Jun → 23 Nov, likely by that day")


def test_what_is_all_delivered_says_when_and_no_forecast() -> None:
    done = a_milestone(delivered_on=date(2026, 11, 18), forecast_on=date(2026, 11, 18))
    schedule = a_schedule(forecast_finish_on=date(2026, 11, 18), slip_days=-58)
    over = an_assessment(milestones=(done,), schedule=schedule)
    assert facts(over, FRIDAY)[1:3] == (
        Fact("Promised", "15 Jan 2027"),
        Fact("Delivered", "18 Nov", "−58 d faster", "down"),
    )
    assert opening(over, LAST_FRIDAY, FRIDAY).endswith("all was delivered 58 days before the promised finish.")
    same = over._replace(schedule=schedule._replace(slip_days=0))
    assert opening(same, LAST_FRIDAY, FRIDAY).endswith("all was delivered as promised.")


def test_a_forecast_as_promised_is_neither_good_nor_bad() -> None:
    assert facts(an_assessment(schedule=a_schedule(slip_days=0)), FRIDAY)[2].good is None


def test_a_finish_held_to_the_day_for_want_of_a_new_date_says_so() -> None:
    due = date(2026, 11, 11)
    late = a_milestone("M1", due_on=due, named_on=due, forecast_on=FRIDAY, delivered_on=None)
    schedule = a_schedule(forecast_finish_on=FRIDAY, slip_days=9, overdue_milestones=1)
    held = forgotten(schedule=schedule, milestones=(late,), warnings=())
    assert facts(held, FRIDAY)[2] == Fact("Vendor says", "no new date", "last 11 Nov")
    assert "days; the finish is at least 9 days behind the promise and one milestone is late." in opening(
        held, LAST_FRIDAY, FRIDAY
    )


def test_with_a_milestone_late_nothing_stands_as_promised() -> None:
    late = an_assessment(schedule=a_schedule(slip_days=0, overdue_milestones=1))
    assert opening(late, LAST_FRIDAY, FRIDAY).endswith("you talked yesterday; one milestone is late.")


def test_what_is_not_known_is_said_and_is_no_nought() -> None:
    unknown = an_assessment(
        contact=a_contact(last_on=None, days_since=None, state="unknown"),
        schedule=UNTIMED,
        progress=Progress(0.5, 0.0, 0.0, 0.0, known=False),
        cost=Cost(None, None, None),
    )
    assert facts(unknown, FRIDAY) == (
        Fact("Last talked", "not known"),
        Fact("Finish", "no date named yet", "Add a due date"),
        Fact("Done", "nobody has said", "50 % planned"),
        Fact("Spent", "nothing recorded", "no budget recorded"),
    )


def test_what_was_delivered_counts_also_where_nobody_has_reported_progress() -> None:
    # one of three milestones was accepted, and two were due
    some = an_assessment(progress=Progress(2 / 3, 1 / 3, 1 / 3, 1 / 3, known=False))
    assert facts(some, FRIDAY)[3] == Fact("Done", "at least 33 %", "67 % planned; of what is open nobody has said")


def test_of_a_closed_engagement_the_last_talk_is_a_day_and_not_so_long_before_it_was_closed() -> None:
    contact = a_contact(last_on=date(2025, 8, 27), days_since=0)
    closed = an_assessment(life="closed", status="closed", closed_on=date(2025, 8, 27), contact=contact)
    assert facts(closed, FRIDAY)[0] == Fact("Last talked", "27 Aug 2025")


def test_a_budget_of_nothing_is_a_budget() -> None:
    free = an_assessment(cost=Cost(Decimal(0), Decimal(120), None))
    assert facts(free, FRIDAY)[4] == Fact("Spent", "EUR 120", "of EUR 0")


def test_a_retainer_says_what_it_owes_next_and_when_that_is_expected() -> None:
    due_on, middle_on, likely_on = date(2026, 12, 10), date(2026, 12, 8), date(2026, 12, 11)
    later = a_milestone("close:2027-01-10", due_on=date(2027, 1, 10))
    first = a_milestone("close:2026-12-10", name="Close", due_on=due_on, named_on=due_on)
    retainer = an_assessment(contract="retainer", milestones=(later, first))
    assert facts(retainer, FRIDAY)[1] == Fact("Next", "10 Dec", "Close, due 10 Dec")
    told = first._replace(p50_on=middle_on, p80_on=likely_on)
    expected = Fact("Next", "8 Dec", "likely by 11 Dec; Close, due 10 Dec")
    assert facts(retainer._replace(milestones=(later, told)), FRIDAY)[1] == expected
    late = first._replace(due_on=date(2026, 11, 10))
    assert facts(retainer._replace(milestones=(late,)), FRIDAY)[1] == Fact("Next", "open", "Close, due 10 Nov")
    for rests in (retainer._replace(life="closed"), retainer._replace(milestones=())):
        assert facts(rests, FRIDAY)[1].label == "Promises kept"


def test_a_retainer_has_promises_and_this_months_money_in_place_of_a_finish() -> None:
    retainer = an_assessment(
        contract="retainer",
        milestones=(),
        schedule=UNTIMED._replace(promises=Promises(10, 12), median_days_late=2.0),
        cost=Cost(Decimal(900), Decimal(8000), Decimal(450)),
    )
    assert facts(retainer, FRIDAY)[1:] == (
        Fact("Promises kept", "10 of 12"),
        Fact("Median lateness", "+2 d"),
        Fact("Spent this month", "EUR 450", "of EUR 900"),
    )
