"""What people write in forms: one decision, one transaction, checked, audited."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engagement.assessment.values import LOGS, History
from engagement.errors import Refused
from engagement.records import intake
from engagement.records.actions import close_action, open_actions
from engagement.records.audit import audit
from engagement.records.check_ins import (
    CheckInEntry,
    MilestoneWord,
    NewAction,
    last_check_in,
    log_check_ins,
    usual_channel,
    we_talked,
)
from engagement.records.database import Author, Database
from engagement.records.drafts import draft, drop_draft, save_draft
from engagement.records.engagements import (
    add_engagement,
    change_terms,
    close,
    mark_deliberate,
    pause,
    recorded_since,
)
from engagement.records.history import changed_since, histories, log
from engagement.records.milestones import (
    add_milestone,
    cancel_milestone,
    decide_delivery,
    rebaseline,
    record_delivery,
    report_progress,
)
from engagement.records.people import Person, add_person, people
from engagement.records.responses import InHand, end_in_hand, responses, take_in_hand
from engagement.records.spend import record_spend
from engagement.records.vendors import vendors
from tests.records.asked import refused, touched
from tests.records.portfolio import TODAY, day


def crm(database: Database, as_of: date = TODAY) -> History:
    with database.reading() as connection:
        return histories(connection, as_of, complete=LOGS)["crm"]


def entry(**said: Any) -> CheckInEntry:
    given: dict[str, Any] = {"engagement": "crm", "held_on": TODAY, "channel": "video"} | said
    return CheckInEntry(**given)


# --- Check-ins --------------------------------------------------------------------------------------------------------


def test_one_save_holds_all_that_was_said(own: Database, author: Author) -> None:
    [question] = [one for one in opened(own) if one.title == "Which fields?"]
    said = entry(
        attendees="Nora, Ana", notes="Load on Monday.", declared_status="at_risk", feedback_given="Test first.",
        next_on=day("11-27"), milestones=(MilestoneWord("M3", 0.4, day("12-20")),), closed_actions=(question.id,),
        new_actions=(NewAction("action", "Order the server", "vendor", "Nora", day("11-30")),),
    )  # fmt: skip
    log_check_ins(own, author, [said])
    history = crm(own)
    talk = history.check_ins[-1]
    assert (talk.held_on, talk.channel, talk.side, talk.by) == (TODAY, "video", "us", "Ana Example")
    assert (talk.declared_status, talk.feedback_given, talk.feedback_received) == ("at_risk", True, False)
    assert (talk.next_on, talk.recorded_on) == (day("11-27"), TODAY)
    assert history.milestones[2].reports == ((TODAY, 0.4, day("12-20"), "vendor", None),)
    assert {action.title: action.closed_on for action in history.actions}["Which fields?"] == TODAY
    [new] = [action for action in history.actions if action.title == "Order the server"]
    assert (new.raised_on, new.due_on, new.promised_on) == (TODAY, day("11-30"), day("11-30"))
    with own.reading() as connection:
        assert log(connection, "crm", TODAY)[0].notes == "Load on Monday."
        assert changed_since(connection, 1) == (2, {"crm"})
        assert [one.what for one in audit(connection, "crm")] == [
            "raise action", "close action", "report progress", "log check-in",
        ]  # fmt: skip
        assert {one.by for one in audit(connection)} == {"Ana Example"}


def opened(database: Database, as_of: date = TODAY) -> Any:
    with database.reading() as connection:
        return open_actions(connection, ["crm", "books"], as_of)


def test_nothing_that_was_not_said_is_recorded(own: Database, author: Author) -> None:
    before = crm(own)
    we_talked(own, author, "crm", TODAY)
    after = crm(own)
    said = after.check_ins[-1]
    assert said[:5] == (TODAY, "video", "us", "Ana Example", None)
    assert (said.feedback_given, said.feedback_received, said.next_on) == (False, False, None)
    assert (said.recorded_on, said.acknowledged_on) == (TODAY, TODAY)
    assert after._replace(check_ins=after.check_ins[:-1]) == before


def test_we_talked_the_way_we_did_last_and_by_call_where_we_never_did(own: Database, author: Author) -> None:
    log_check_ins(own, author, [entry(held_on=day("11-10"), channel="chat")])
    we_talked(own, author, "crm", TODAY)
    assert [each.channel for each in crm(own).check_ins][-2:] == ["chat", "chat"]
    with own.reading() as connection:
        assert usual_channel(connection, "crm", day("10-28")) == "video"
        assert usual_channel(connection, "books", TODAY) == "call"


def test_the_same_save_twice_records_it_once(own: Database, author: Author) -> None:
    said = entry(notes="Load on Monday.", milestones=(MilestoneWord("M3", 0.4),))
    log_check_ins(own, author, [said])
    log_check_ins(own, author, [said])
    we_talked(own, author, "crm", TODAY, "video")
    assert own.revision() == 2
    assert len(crm(own).check_ins) == 3


def test_a_second_talk_on_the_same_day_adds_to_the_first(own: Database, author: Author) -> None:
    log_check_ins(own, author, [entry(notes="Load on Monday.", declared_status="at_risk", next_on=day("11-27"))])
    log_check_ins(own, author, [entry(notes="Nora called again.", next_on=day("11-30"))])
    with own.reading() as connection:
        first = log(connection, "crm", TODAY)[0]
    assert first.notes == "Load on Monday.\n\nNora called again."
    assert (first.declared_status, first.next_on) == ("at_risk", day("11-30"))
    assert len(crm(own).check_ins) == 3


def test_several_engagements_of_one_talk_are_recorded_together_or_not_at_all(own: Database, author: Author) -> None:
    both = [entry(), entry(engagement="books", next_on=day("11-01"))]
    assert refused(lambda: log_check_ins(own, author, both)) == ["next_on"]
    assert own.revision() == 1
    log_check_ins(own, author, [entry(), entry(engagement="books")])
    with own.reading() as connection:
        assert changed_since(connection, 1) == (2, {"crm", "books"})


def test_every_problem_of_a_check_in_is_told_at_once(own: Database, author: Author) -> None:
    closed = [action.id for action in opened(own, day("11-01"))]
    them: Any = "them"
    wrong = entry(
        held_on=day("11-21"), channel="fax", declared_status="fine", next_on=day("11-21"),
        milestones=(MilestoneWord("M9", 0.5), MilestoneWord("M3", 1.01)), closed_actions=(closed[0], 99),
        new_actions=(NewAction("action", " "), NewAction("action", "Test", them, None, day("11-01"))),
    )  # fmt: skip
    assert refused(lambda: log_check_ins(own, author, [wrong, entry(engagement="shop")])) == [
        "held_on", "channel", "declared_status", "next_on", "milestone", "share", "closed_on", "closed_on",
        "closed_actions", "title", "side", "due_on", "engagement",
    ]  # fmt: skip
    assert refused(lambda: log_check_ins(own, author, [])) == ["engagement"]
    assert own.revision() == 1


def test_a_new_action_must_not_bear_the_name_of_one_of_the_same_day(own: Database, author: Author) -> None:
    twice = (NewAction("action", "Test"), NewAction("action", "Test "))
    assert refused(lambda: log_check_ins(own, author, [entry(new_actions=twice)])) == ["title"]


def test_a_word_on_a_day_on_which_a_series_is_not_due_is_refused(own: Database, author: Author) -> None:
    word = MilestoneWord("close:2026-11-11", None, day("11-25"))
    with pytest.raises(Refused, match='Did you mean "close:2026-11-10"'):
        log_check_ins(own, author, [entry(engagement="books", milestones=(word,))])


def test_a_word_on_an_occurrence_of_a_series_records_the_occurrence(own: Database, author: Author) -> None:
    word = MilestoneWord("close:2026-11-10", None, day("11-25"))
    log_check_ins(own, author, [entry(engagement="books", milestones=(word,))])
    with own.reading() as connection:
        books = histories(connection, TODAY)["books"]
    assert [(one.key, one.due_on) for one in books.milestones] == [
        ("close:2026-10-10", day("10-10")), ("close:2026-11-10", day("11-10")),
    ]  # fmt: skip


def test_the_form_starts_from_what_we_recorded_last(own: Database) -> None:
    with own.reading() as connection:
        last = last_check_in(connection, "crm", TODAY)
        assert last is not None
        assert (last.held_on, last.channel, last.attendees) == (day("10-28"), "video", "Nora, Bo")
        assert last_check_in(connection, "crm", day("10-27")) is None


# --- Milestones and deliveries ----------------------------------------------------------------------------------------


def test_a_delivery_is_recorded_once_and_decided_on(own: Database, author: Author) -> None:
    record_delivery(own, author, "crm", "M3", day("11-18"))
    record_delivery(own, author, "crm", "M3", day("11-18"))
    decide_delivery(own, author, "crm", "M3", day("11-18"), outcome="rejected", decided_on=day("11-19"), reason="No.")
    decide_delivery(own, author, "crm", "M3", day("11-18"), outcome="accepted", decided_on=TODAY)
    assert crm(own).milestones[2].deliveries == ((day("11-18"), TODAY, "accepted", None),)
    assert own.revision() == 4
    with own.reading() as connection:
        latest = audit(connection, "crm")[0]
    assert (latest.what, latest.subject) == ("decide delivery", "M3")
    assert latest.before == {"decided_on": "2026-11-19", "outcome": "rejected", "reason": "No."}


def test_a_decision_needs_a_delivery_and_cannot_be_older(own: Database, author: Author) -> None:
    def decide(delivered_on: date, decided_on: date, outcome: Any = "accepted") -> Callable[[], None]:
        return lambda: decide_delivery(own, author, "crm", "M3", delivered_on, outcome=outcome, decided_on=decided_on)

    assert refused(decide(day("11-18"), day("11-19"))) == ["delivered_on"]
    assert refused(decide(day("11-18"), day("11-17"), "fine")) == ["outcome", "decided_on", "delivered_on"]
    assert refused(lambda: record_delivery(own, author, "crm", "M3", day("11-21"))) == ["delivered_on"]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_rejection_without_a_reason_is_refused(own: Database, author: Author, reason: str | None) -> None:
    record_delivery(own, author, "crm", "M3", day("11-18"))
    decided = {"outcome": "rejected", "decided_on": TODAY, "reason": reason}
    assert refused(lambda: decide_delivery(own, author, "crm", "M3", day("11-18"), **decided)) == ["reason"]  # type: ignore[arg-type]
    assert crm(own).milestones[2].deliveries == ((day("11-18"), None, None, None),)


def test_progress_is_a_share_a_date_or_both(own: Database, author: Author) -> None:
    report_progress(own, author, "crm", "M3", TODAY, share=0.0)
    report_progress(own, author, "crm", "M3", TODAY, share=1.0, forecast_on=day("12-20"), side="vendor")
    assert crm(own).milestones[2].reports == (
        (TODAY, 0.0, None, "us", "Ana Example"),
        (TODAY, 1.0, day("12-20"), "vendor", None),
    )
    assert refused(lambda: report_progress(own, author, "crm", "M3", TODAY)) == ["share"]
    assert refused(lambda: report_progress(own, author, "crm", "M3", day("11-21"), share=-0.01)) == [
        "reported_on", "share",
    ]  # fmt: skip


def test_a_new_baseline_leaves_the_first_promise(own: Database, author: Author) -> None:
    rebaseline(own, author, "crm", "M3", day("12-31"), reason="Holidays", approved_by="Ana")
    third = crm(own).milestones[2]
    assert (third.due_on, third.baselines) == (day("12-15"), ((TODAY, day("12-31"), "Holidays", "Ana"),))


def test_milestones_are_added_and_given_up(own: Database, author: Author) -> None:
    add_milestone(own, author, "crm", "M4", "Handover", due_on=day("12-31"), value=Decimal("10.5"), weight=0)
    cancel_milestone(own, author, "crm", "M4", TODAY)
    last = crm(own).milestones[-1]
    assert (last.key, last.due_on, last.value, last.weight) == ("M4", day("12-31"), Decimal("10.50"), 0)
    assert last.cancelled_on == TODAY
    wrong = {"weight": -1.0, "value": Decimal(-1)}
    assert refused(lambda: add_milestone(own, author, "crm", "M1", "", **wrong)) == [  # type: ignore[arg-type]
        "name", "milestone", "weight", "value",
    ]  # fmt: skip


# --- Actions, responses, money ----------------------------------------------------------------------------------------


def test_open_actions_come_with_what_is_due_first(own: Database, author: Author) -> None:
    assert [one.title for one in opened(own, day("11-05"))] == ["Send the test data", "Which fields?"]
    [question] = opened(own)
    close_action(own, author, question.id, TODAY)
    close_action(own, author, question.id, TODAY)
    assert opened(own) == ()
    assert own.revision() == 2
    assert refused(lambda: close_action(own, author, 99, TODAY)) == ["action"]


def test_a_question_of_the_vendor_is_logged_and_closed_by_its_answer(own: Database, author: Author) -> None:
    asked = NewAction("question", "Who tests the load?", "vendor", None, day("11-24"))
    log_check_ins(own, author, [entry(held_on=day("11-18"), new_actions=(asked,))])
    [question] = [one for one in opened(own) if one.title == "Who tests the load?"]
    assert (question.kind, question.side, question.raised_on) == ("question", "vendor", day("11-18"))
    close_action(own, author, question.id, TODAY)
    [answered] = [one for one in crm(own).actions if one.title == "Who tests the load?"]
    assert (answered.kind, answered.side, answered.raised_on, answered.closed_on) == (
        "question", "vendor", day("11-18"), TODAY,
    )  # fmt: skip
    assert touched(own, 1) == {"crm"}


@pytest.mark.parametrize(("until", "good"), [("11-19", False), ("11-20", True), ("12-20", True), ("12-21", False)])
def test_a_warning_is_in_hand_for_at_most_thirty_days(own: Database, author: Author, until: str, good: bool) -> None:
    def take() -> None:
        until_on = day(until)
        take_in_hand(own, author, "crm", "silent", plan="Call Nora", assignee="Bo", said_on=TODAY, until_on=until_on)

    if good:
        take()
        assert crm(own).responses[-1] == ("silent", TODAY, "Call Nora", "Bo", day(until))
    else:
        assert refused(take) == ["until_on"]


def test_what_is_in_hand_needs_a_warning_a_plan_and_somebody(own: Database, author: Author) -> None:
    def take(*rules: str) -> Callable[[], None]:
        return lambda: take_in_hand(own, author, "crm", *rules, plan="  ", assignee=None, said_on=TODAY, until_on=TODAY)

    assert refused(take()) == ["rule", "plan", "assignee"]
    assert refused(take("silent", "overdue")) == ["plan", "assignee"]


def test_several_warnings_are_taken_in_hand_in_one_transaction(own: Database, author: Author) -> None:
    before = own.revision()
    until_on = day("11-27")
    take_in_hand(own, author, "crm", "silent", "overdue", plan="Calls", assignee="Bo", said_on=TODAY, until_on=until_on)
    assert [(said.rule, said.assignee) for said in crm(own).responses[-2:]] == [("silent", "Bo"), ("overdue", "Bo")]
    assert own.revision() == before + 1


def test_what_was_said_of_warnings_is_read_by_engagement_up_to_a_day(own: Database, author: Author) -> None:
    until_on = day("11-27")
    take_in_hand(own, author, "crm", "silent", plan="Calls", assignee="Bo", said_on=TODAY, until_on=until_on)
    with own.reading() as connection:
        assert responses(connection, ["crm", "books"], TODAY) == {"crm": crm(own).responses}
        assert responses(connection, ["crm"], day("11-19")) == {"crm": crm(own).responses[:1]}
        assert responses(connection, ["crm"], day("11-11")) == {}
        assert responses(connection, ["books"], TODAY) == {}


def test_what_is_in_hand_ends_before_its_day_and_earlier_days_stay_as_they_were(own: Database, author: Author) -> None:
    before = crm(own).responses
    take_in_hand(own, author, "crm", "silent", "overdue", plan="A", assignee="Bo", said_on=day("11-18"), until_on=TODAY)
    take_in_hand(own, author, "crm", "silent", plan="B", assignee="Bo", said_on=TODAY, until_on=day("11-27"))
    end_in_hand(own, author, "crm", "silent", ended_on=TODAY)
    # what was said today is taken back, the earlier one held up to yesterday; that about another rule goes on
    assert crm(own).responses[len(before) :] == (
        ("silent", day("11-18"), "A", "Bo", day("11-19")),
        ("overdue", day("11-18"), "A", "Bo", TODAY),
    )
    with own.reading() as connection:
        assert [one.what for one in audit(connection, "crm", 2)] == ["end in hand"] * 2
    revision = own.revision()
    end_in_hand(own, author, "crm", "silent", ended_on=TODAY)
    assert own.revision() == revision
    assert refused(lambda: end_in_hand(own, author, "crm", "overdue", ended_on=day("11-21"))) == ["ended_on"]


def test_a_check_in_ends_what_is_in_hand_on_the_day_of_the_talk(own: Database, author: Author) -> None:
    until_on = day("11-27")
    take_in_hand(own, author, "crm", "overdue", plan="A", assignee="Bo", said_on=day("11-10"), until_on=until_on)
    log_check_ins(own, author, [entry(held_on=day("11-18"), ended=("overdue",))])
    assert ("overdue", day("11-10"), "A", "Bo", day("11-17")) in crm(own).responses


def test_a_check_in_ends_also_what_was_taken_in_hand_after_the_talk(own: Database, author: Author) -> None:
    until_on = day("11-27")
    take_in_hand(own, author, "crm", "overdue", plan="A", assignee="Bo", said_on=day("11-19"), until_on=until_on)
    take_in_hand(own, author, "crm", "slipping", plan="B", assignee="Bo", said_on=TODAY, until_on=until_on)
    log_check_ins(own, author, [entry(held_on=day("11-18"), ended=("overdue", "slipping"))])
    since = [one for one in crm(own).responses if one.said_on >= day("11-18")]
    assert since == [("overdue", day("11-19"), "A", "Bo", day("11-19"))]


def test_a_check_in_has_what_is_in_hand_go_on_from_the_day_it_is_recorded(own: Database, author: Author) -> None:
    take_in_hand(own, author, "crm", "overdue", plan="A", assignee="Bo", said_on=day("11-18"), until_on=TODAY)
    longer = InHand(("overdue", "slipping"), "A", "Ana", day("12-04"))
    log_check_ins(own, author, [entry(held_on=day("11-18"), taken=(longer,))])
    said = [one for one in crm(own).responses if one.rule in longer.rules]
    assert said[-3:] == [
        ("overdue", day("11-18"), "A", "Bo", TODAY),
        ("overdue", TODAY, "A", "Ana", day("12-04")),
        ("slipping", TODAY, "A", "Ana", day("12-04")),
    ]
    late = longer._replace(until_on=day("12-21"))
    assert refused(lambda: log_check_ins(own, author, [entry(taken=(late,))])) == ["until_on"]


def test_what_is_taken_in_hand_again_on_the_same_day_replaces_what_was_said(own: Database, author: Author) -> None:
    before = crm(own).responses
    for plan in ("A", "B"):
        take_in_hand(own, author, "crm", "slipping", plan=plan, assignee="Bo", said_on=TODAY, until_on=day("11-27"))
    assert {*crm(own).responses} - {*before} == {("slipping", TODAY, "B", "Bo", day("11-27"))}


def test_two_equal_payments_are_two(own: Database, author: Author) -> None:
    for _ in range(2):
        record_spend(own, author, "crm", TODAY, Decimal("99.90"), hours=Decimal(2), milestone="M1")
    assert crm(own).spend[-2:] == ((TODAY, Decimal("99.90"), Decimal("2.00"), "M1", False),) * 2
    assert refused(lambda: record_spend(own, author, "crm", day("11-21"), Decimal(-1), milestone="M9")) == [
        "spent_on", "amount", "milestone",
    ]  # fmt: skip


# --- Engagements, people, vendors -------------------------------------------------------------------------------------


def test_an_engagement_is_taken_on_changed_paused_and_closed(database: Database, author: Author) -> None:
    add_engagement(database, author, "crm", name="CRM", vendor="Northwind", currency="EUR", starts_on=day("06-01"))
    with database.reading() as connection:
        assert intake.origin(connection) == "own"
        assert [vendor.name for vendor in vendors(connection)] == ["Northwind"]
    change_terms(database, author, "crm", cadence_days=14)
    pause(database, author, "crm", day("12-01"), day("12-08"))
    close(database, author, "crm", TODAY)
    history = crm(database)
    assert [(terms.from_on, terms.cadence_days, terms.status) for terms in history.terms] == [
        (None, None, "active"), (TODAY, 14, "closed"),
    ]  # fmt: skip
    with database.reading() as connection:
        assert recorded_since(connection) == TODAY
        assert recorded_since(connection, "crm") == TODAY
        assert recorded_since(connection, "other") is None
    assert (history.terms[0].recorded_on, history.closed_on, history.pauses) == (TODAY, TODAY, ())
    assert crm(database, day("12-01")).pauses == ((day("12-01"), day("12-08")),)


def test_an_engagement_that_cannot_be_recorded_says_in_which_fields(own: Database, author: Author) -> None:
    assert refused(lambda: add_engagement(own, author, "crm", name="CRM")) == ["engagement"]
    assert refused(lambda: add_engagement(own, author, "new", name="CRM", tier="top", budget=Decimal(-1))) == [
        "tier", "currency", "budget", "starts_on", "vendor",
    ]  # fmt: skip
    assert refused(lambda: change_terms(own, author, "crm", colour="red")) == ["colour"]
    assert refused(lambda: change_terms(own, author, "shop", tier="low")) == ["engagement"]
    assert refused(lambda: change_terms(own, author, "crm", tier="top")) == ["tier"]
    assert refused(lambda: pause(own, author, "crm", day("08-16"), day("08-20"))) == ["from_on"]
    assert refused(lambda: pause(own, author, "crm", day("12-02"), day("12-02"))) == ["until_on"]
    assert refused(lambda: close(own, author, "crm", day("11-21"))) == ["closed_on"]
    assert own.revision() == 1


def test_what_an_hour_costs_and_how_many_were_promised_are_terms(own: Database, author: Author) -> None:
    change_terms(
        own, author, "crm", rate=Decimal("99.50"), in_house_cost=None, committed_hours_per_week=Decimal("12.5")
    )
    before, after = crm(own).terms[-2:]
    assert (before.rate, before.in_house_cost, before.committed_hours_per_week) == (
        Decimal("95.50"), Decimal("60000.00"), Decimal("20.00"),
    )  # fmt: skip
    assert (after.rate, after.in_house_cost, after.committed_hours_per_week) == (
        Decimal("99.50"), None, Decimal("12.50"),
    )  # fmt: skip
    assert after.from_on == TODAY
    assert refused(lambda: change_terms(own, author, "crm", rate=Decimal(-1), in_house_cost=Decimal(-1))) == [
        "rate", "in_house_cost",
    ]  # fmt: skip


def test_the_same_task_on_purpose_is_said_once_for_both(own: Database, author: Author) -> None:
    mark_deliberate(own, author, "crm", "books", " One checks the other. ")
    mark_deliberate(own, author, "books", "crm", "Again")
    mark_deliberate(own, author, "old", "crm", "Known from a file")
    with own.reading() as connection:
        assert intake.tables(connection)["duplicates"] == [
            {"engagement": "crm", "other": "old", "reason": "The old site stays until go live"},
            {"engagement": "crm", "other": "books", "reason": "One checks the other."},
        ]
        assert changed_since(connection, 1) == (2, {"crm", "books"})
        assert audit(connection)[0].what == "mark deliberate"
    assert refused(lambda: mark_deliberate(own, author, "crm", "crm", " ")) == ["reason", "other"]
    assert refused(lambda: mark_deliberate(own, author, "crm", "shop", "Why not")) == ["other"]
    assert refused(lambda: mark_deliberate(own, author, "shop", "crm", "Why not")) == ["engagement"]


def test_people_are_listed_once_and_the_second_changes_the_rules(database: Database, author: Author) -> None:
    add_person(database, author, "Zoe@example.org", "Zoe", "owner")
    add_person(database, author, "bo@example.org", None, None)
    with database.reading() as connection:
        assert people(connection) == (
            Person("bo@example.org", "bo@example.org", None), Person("zoe@example.org", "Zoe", "owner"),
        )  # fmt: skip
        assert changed_since(connection, 1) == (2, None)
    assert refused(lambda: add_person(database, author, "ZOE@example.org", "Zoe", None)) == ["email"]
    assert refused(lambda: add_person(database, author, "zoe", "Zoe", "boss")) == ["email", "role"]


# --- Drafts -----------------------------------------------------------------------------------------------------------


def test_drafts_are_kept_for_each_person_and_raise_no_data_version(own: Database, author: Author) -> None:
    save_draft(own, author, "log:Northwind", {"notes": "Load"})
    save_draft(own, author, "log:Northwind", {"notes": "Load on", "held_on": "2026-11-20"})
    with own.reading() as connection:
        assert draft(connection, "Ana Example", "log:Northwind") == {"notes": "Load on", "held_on": "2026-11-20"}
        assert draft(connection, "Bo", "log:Northwind") is None
    drop_draft(own, author, "log:Northwind")
    with own.reading() as connection:
        assert draft(connection, "Ana Example", "log:Northwind") is None
        assert len(audit(connection)) == 1
    assert own.revision() == 1
