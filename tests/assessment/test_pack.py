"""The Status page in values: its sentence, what is wanted, the figures, what is off track, and the money."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engagement.assessment.pack import Pack, Question, four_weeks_before, pack
from engagement.assessment.results import Assessment, Attention, Cost, Progress
from engagement.assessment.sums import footnote, is_adrift, money_cells, sums
from tests.builders import FRIDAY, a_contact, a_milestone, a_portfolio, a_schedule, a_warning, an_assessment, forgotten

EARLIER = date(2026, 10, 23)


def the_pack(*now: Assessment, before: tuple[Assessment, ...] = (), questions: tuple[Question, ...] = ()) -> Pack:
    """The pack of 20 Nov against 23 Oct."""
    return pack(a_portfolio(*now), a_portfolio(*before, as_of=EARLIER), questions)


def ranked(assessment: Assessment, rank: int, *, abandoned: bool = False) -> Assessment:
    """The engagement at a place in the order of attention."""
    return assessment._replace(attention=Attention(rank, None, 1.0, (), abandoned))


def paid(key: str, budget: int, spent: int, earned: float, **changes: Any) -> Assessment:
    """An engagement with a budget, spend and known progress."""
    progress = Progress(planned=0.6, claimed=earned, earned=earned, accepted=0.0, known=True)
    cost = Cost(Decimal(budget), Decimal(spent), None)
    return an_assessment(key, **{"progress": progress, "cost": cost, **changes})


def test_a_status_is_compared_with_four_weeks_earlier() -> None:
    assert four_weeks_before(FRIDAY) == EARLIER
    assert the_pack(an_assessment()).compared_with == EARLIER


# --- The sentence


def test_the_sentence_says_how_many_are_on_track_and_what_stands_in_the_others() -> None:
    # Budgets: 46,200 each; of 3 x 46,200 = 138,600 one is silent.
    said = the_pack(an_assessment("a"), an_assessment("b"), forgotten("c")).sentence
    assert said == (
        "Two of three are on track. EUR 46,200 of EUR 138,600 stands in one engagement that is silent or slipping."
    )


@pytest.mark.parametrize(
    ("green", "total", "said"),
    [
        (0, 2, "Neither of the two active engagements is on track."),
        (1, 2, "One of two is on track."),
        (3, 3, "All three active engagements are on track."),
        (0, 3, "None of three is on track."),
    ],
)
def test_how_many_are_on_track_is_said_in_words(green: int, total: int, said: str) -> None:
    engagements = [an_assessment(f"e{n}", status="on_track" if n < green else "at_risk") for n in range(total)]
    assert the_pack(*engagements).standing == said


def test_amounts_of_two_currencies_stand_side_by_side() -> None:
    dollars = forgotten("d", currency="USD", cost=Cost(Decimal(1_200_000), None, None))
    said = the_pack(forgotten("a"), forgotten("b"), dollars).sentence
    assert said == (
        "None of three is on track. EUR 92,400 of EUR 92,400 and USD 1.2 M of USD 1.2 M stand in three engagements "
        "that are silent or slipping."
    )


def test_amounts_of_many_currencies_are_named_after_the_first() -> None:
    others = [forgotten(code, currency=code, cost=Cost(Decimal(100), None, None)) for code in ("USD", "GBP", "SEK")]
    said = the_pack(forgotten("a"), an_assessment("b"), *others).sentence
    assert said == (
        "One of five is on track. EUR 46,200 of EUR 92,400 stands in four engagements that are silent or slipping, "
        "beside sums in GBP, SEK and USD."
    )


def test_what_has_no_budget_for_the_whole_is_said_to_be_missing_from_the_sum() -> None:
    retainer = forgotten("r", contract="retainer")
    bare = forgotten("s", cost=Cost(None, None, None))
    said = the_pack(an_assessment("a"), forgotten("b"), retainer, bare).sentence
    assert said == (
        "One of four is on track. EUR 46,200 of EUR 92,400 stands in three engagements that are silent or slipping, "
        "two of them without a budget for the whole."
    )


def test_without_any_budget_the_sentence_says_so() -> None:
    said = the_pack(forgotten(cost=Cost(None, None, None))).sentence
    assert said == (
        "The one active engagement is not on track. One engagement is silent or slipping; no budget is recorded for it."
    )


def test_a_folded_warning_counts_as_silent_or_slipping() -> None:
    folded = an_assessment(status="at_risk", folded=(a_warning("slipping", "warning"),))
    assert "stands in one engagement" in the_pack(folded).sentence


def test_when_all_is_well_the_sentence_is_short() -> None:
    said = the_pack(an_assessment("a"), an_assessment("b")).sentence
    assert said == "Both active engagements are on track. No engagement is silent or slipping."


def test_nothing_recorded_and_nothing_active_are_two_things() -> None:
    assert the_pack().sentence == "Nothing is recorded yet."
    closed = an_assessment(life="closed", status="closed")
    assert the_pack(closed).sentence == "The one recorded engagement is not active on 20 Nov 2026."
    assert the_pack(closed, closed).sentence == "None of two recorded engagements is active on 20 Nov 2026."


# --- What is wanted


def test_decisions_come_first_the_one_that_waits_longest_before_the_others() -> None:
    delivered = an_assessment(
        "crm", milestones=(a_milestone(name="Data load", decision_pending_since=date(2026, 11, 3)),)
    )
    question = Question("crm", "Which importer?", date(2026, 10, 30))
    found = the_pack(delivered, forgotten("web", name="Website"), questions=(question,)).wanted
    assert [one.milestone for one in found] == [None, "M1", None]
    assert [one.text for one in found] == [
        'Answer Northwind on CRM migration: "Which importer?", asked on 30 Oct, 21 days ago.',
        'Accept or reject "Data load" of CRM migration: Northwind delivered it on 3 Nov, 17 days ago.',
        "Say what is done about Website: no conversation on record for 23 days; agreed every 7, "
        "so it was due on 4 Nov.",
    ]


def test_evidence_goes_on_in_small_letters_after_a_colon_unless_it_begins_with_a_name() -> None:
    started = a_warning("not-kicked-off", evidence="The work started on 6 Nov.")
    named = a_warning("overdue", evidence='"Data load" is late.')
    found = the_pack(forgotten("a", warnings=(started,)), forgotten("b", warnings=(named,))).wanted
    assert [one.text.partition(": ")[2] for one in found] == ["the work started on 6 Nov.", '"Data load" is late.']


def test_what_is_in_hand_abandoned_or_only_a_warning_is_not_wanted() -> None:
    held = a_warning(in_hand_until=date(2026, 11, 27), in_hand_by="Bo", in_hand_plan="Call on Monday")
    quiet = (
        forgotten("held", warnings=(held,)),
        ranked(forgotten("left", milestones=(a_milestone(decision_pending_since=EARLIER),)), 2, abandoned=True),
        an_assessment("mild", status="at_risk", warnings=(a_warning(severity="warning"),)),
    )
    assert the_pack(*quiet).wanted == ()


def test_questions_of_engagements_that_are_not_active_are_left_out() -> None:
    closed = an_assessment("old", life="closed", status="closed")
    assert the_pack(closed, an_assessment("b"), questions=(Question("old", "?", EARLIER),)).wanted == ()


# --- Off track


def test_off_track_says_why_what_is_done_by_whom_until_when_in_the_order_of_attention() -> None:
    held = a_warning("overdue", in_hand_until=date(2026, 11, 27), in_hand_by="Bo", in_hand_plan="New date on Monday")
    first = ranked(forgotten("b", warnings=(a_warning(), held)), 1)
    second = ranked(forgotten("a"), 2)
    rows = the_pack(second, first).off_track
    assert [row.engagement for row in rows] == ["b", "a"]
    assert rows[0].why.startswith("No conversation on record for 23 days")
    assert (rows[0].more, rows[0].plan, rows[0].assignee, rows[0].until_on) == (
        1,
        "New date on Monday",
        "Bo",
        date(2026, 11, 27),
    )
    assert (rows[1].more, rows[1].plan, rows[1].assignee, rows[1].until_on) == (0, None, None, None)


# --- Figures


def test_figures_count_statuses_with_their_change() -> None:
    before = (an_assessment("a"), an_assessment("b"))
    shown = {one.label: one for one in the_pack(an_assessment("a"), forgotten("b"), before=before).figures}
    assert (shown["On track"].value, shown["On track"].change, shown["On track"].better) == ("1", "−1", "more")
    assert (shown["At risk"].value, shown["At risk"].change) == ("0", "unchanged")
    assert (shown["Off track"].value, shown["Off track"].change, shown["Off track"].better) == ("1", "+1", "less")
    assert "Unknown" not in shown


def test_which_day_the_changes_are_counted_from_is_said() -> None:
    now, before = a_portfolio(an_assessment("a")), a_portfolio(forgotten("a"), as_of=date(2026, 9, 18))
    issued = pack(now, before, is_issued=True)
    assert issued.changes_since == "Changes are since 18 Sep, when the last status pack was issued."
    assert the_pack(an_assessment("a"), before=(forgotten("a"),)).changes_since == (
        "Changes are since 23 Oct, four weeks ago: no status pack was issued before."
    )
    assert the_pack(an_assessment("a")).changes_since is None


def test_a_portfolio_that_is_younger_than_four_weeks_has_no_changes() -> None:
    assert {one.change for one in the_pack(an_assessment()).figures} == {None}


def test_spend_stands_beside_the_work_it_bought_weighted_by_budget() -> None:
    # Spent 600 + 300 of 1,000 + 2,000 = 30 %; earned (1,000 x 0.8 + 2,000 x 0.2) / 3,000 = 40 %.
    now = (paid("a", 1000, 600, 0.8), paid("b", 2000, 300, 0.2), an_assessment("c", cost=Cost(None, None, None)))
    # Four weeks ago 300 of 3,000 = 10 %.
    before = (paid("a", 1000, 300, 0.5), paid("b", 2000, 0, 0.0))
    (spent,) = [one for one in the_pack(*now, before=before).figures if one.label == "Spent"]
    assert (spent.value, spent.change, spent.note) == ("30 %", "+20 points", "for 40 % of the work, on 2 of 3")


def test_savings_are_what_it_would_have_cost_less_what_it_costs() -> None:
    # 60,000 - 20,000 - 25,000 = 15,000.
    cost = Cost(Decimal(50_000), Decimal(20_000), None, in_house_cost=Decimal(60_000), to_finish=Decimal(25_000))
    (saved,) = [
        one for one in the_pack(an_assessment("a", cost=cost), an_assessment("b")).figures if "in-house" in one.label
    ]
    assert (saved.label, saved.value) == ("Saves against in-house", "EUR 15,000")
    assert saved.note == "on the 1 of 2 with an in-house cost and a known cost to finish"


def test_a_change_of_savings_carries_its_sign_first() -> None:
    # 15,000 now; 60,000 - 10,000 - 25,000 = 25,000 four weeks ago.
    def saving(spent: int) -> Assessment:
        cost = Cost(Decimal(50_000), Decimal(spent), None, in_house_cost=Decimal(60_000), to_finish=Decimal(25_000))
        return an_assessment(cost=cost)

    (saved,) = [one for one in the_pack(saving(20_000), before=(saving(10_000),)).figures if "in-house" in one.label]
    assert (saved.value, saved.change) == ("EUR 15,000", "−EUR 10,000")


def test_a_loss_is_called_one() -> None:
    cost = Cost(Decimal(50_000), Decimal(20_000), None, in_house_cost=Decimal(40_000), to_finish=Decimal(25_000))
    (lost,) = [one for one in the_pack(an_assessment(cost=cost)).figures if "in-house" in one.label]
    assert (lost.label, lost.value) == ("Extra cost over in-house", "EUR 5,000")


def test_a_loss_that_grows_carries_a_plus_and_is_worse() -> None:
    # 40,000 - 20,000 - 25,000 = -5,000 now; 40,000 - 2,000 - 25,000 = +13,000 four weeks ago: 18,000 more.
    def lost(spent: int) -> Assessment:
        cost = Cost(Decimal(50_000), Decimal(spent), None, in_house_cost=Decimal(40_000), to_finish=Decimal(25_000))
        return an_assessment(cost=cost)

    (now,) = [one for one in the_pack(lost(20_000), before=(lost(2_000),)).figures if "in-house" in one.label]
    assert (now.value, now.change, now.better) == ("EUR 5,000", "+EUR 18,000", "less")


def test_the_spend_of_all_stands_first_and_the_work_beside_what_it_is_known_of() -> None:
    # All: 600 + 800 of 2,000 = 70 %. With known progress: 600 of 1,000 = 60 %.
    silent = Progress(planned=0.5, claimed=0.0, earned=0.0, accepted=0.0, known=False)
    now = (paid("a", 1000, 600, 0.8), paid("b", 1000, 800, 0.0, progress=silent))
    (spent,) = [one for one in the_pack(*now).figures if one.label == "Spent"]
    assert (spent.value, spent.note) == (
        "70 %",
        "on 2 of 2; 60 % for 80 % of the work on 1 of them with known progress",
    )


# --- Money


def test_the_footnote_names_a_number_that_stands_in_the_table() -> None:
    assert footnote(sums([an_assessment(cost=Cost(None, None, None))])) is None
    two = sums([paid("a", 1000, 600, 0.8), paid("b", 1000, 600, 0.8)])
    assert footnote(two) == '"on 2": 2 engagements are known well enough for the figure.'


def test_silent_or_slipping_is_what_the_other_pages_count() -> None:
    moved = an_assessment("moved", status="off_track", schedule=a_schedule(slip_days=69))
    never = an_assessment("never", contact=a_contact(state="not_kicked_off", days_since=None))
    slipping = an_assessment("slipping", folded=(a_warning("slipping"),))
    assert [is_adrift(one) for one in (moved, never, slipping, an_assessment())] == [False, True, True, False]


def test_currencies_are_never_added() -> None:
    euros = [paid("a", 1000, 500, 0.5), paid("b", 1000, 500, 0.5)]
    found = sums([*euros, paid("c", 700, 70, 0.1, currency="USDC")])
    assert [(one.currency, one.engagements, one.budget, one.spent) for one in found] == [
        ("EUR", 2, Decimal(2000), Decimal(1000)),
        ("USDC", 1, Decimal(700), Decimal(70)),
    ]


def test_each_figure_stands_beside_the_engagements_it_covers() -> None:
    cost = Cost(Decimal(1000), Decimal(200), None, in_house_cost=Decimal(900), to_finish=Decimal(900))
    whole = [paid("a", 1000, 600, 0.8), an_assessment("b", cost=cost), an_assessment("c", cost=Cost(None, None, None))]
    retainer = an_assessment("r", contract="retainer", cost=Cost(Decimal(4000), Decimal(9000), Decimal(2100)))
    (found,) = sums([*whole, retainer])
    # Spent 600 + 200 of 2,000 = 40 %; earned 0.8 and 0.48 in equal parts = 64 %; 900 - 200 - 900 = -200.
    assert money_cells(found) == {
        "Currency": "EUR, 4 engagements",
        "Spent of the budget": "EUR 800 of EUR 2,000, on 2",
        "For the work": "40 % spent for 64 % done, on 2",
        "Against doing it ourselves": "costs EUR 200 more, on 1",
        "Retainers, this month": "EUR 2,100 of EUR 4,000, on 1",
    }


def test_of_a_single_engagement_nobody_knows_about_nothing_is_claimed() -> None:
    assert the_pack(an_assessment(status="unknown")).sentence == (
        "Too little is recorded to say whether the one active engagement is on track. "
        "No engagement is silent or slipping."
    )


def test_unknown_money_is_said() -> None:
    (found,) = sums([an_assessment(cost=Cost(None, None, None))])
    assert list(money_cells(found).values()) == [
        "EUR, 1 engagement",
        "no budget for the whole recorded",
        "not known without spend",
        "no in-house cost with a known cost to finish",
        "no retainer with an allowance",
    ]


def test_work_that_nobody_reported_on_is_left_out_of_the_shares() -> None:
    silent = Progress(planned=0.5, claimed=0.0, earned=0.0, accepted=0.0, known=False)
    (found,) = sums([paid("a", 1000, 600, 0.8), paid("b", 1000, 400, 0.0, progress=silent)])
    assert (found.paid, found.spent, found.measured, found.spent_share) == (2, Decimal(1000), 1, 0.6)
