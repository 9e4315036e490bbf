"""What the form of a check-in asks, where it starts from, and the words beside its fields."""

from datetime import date
from typing import Any

import pytest

from engagement.assessment.results import Attention
from engagement.assessment.values import History, Milestone, ProgressReport, Response, Terms
from engagement.pages import _log_form as forms
from engagement.pages._log_form import ActionAsked, Form, MilestoneAsked, Section
from engagement.pages._log_taken import Taken, taken_field, taken_words
from tests.builders import FRIDAY, a_contact, a_milestone, a_warning, an_assessment


def history(*milestones: Milestone) -> History:
    """A history of nothing but milestones."""
    terms = Terms(None, "CRM migration", "Northwind", date(2026, 6, 1), "EUR")
    return History("crm-migration", (terms,), milestones=milestones)


def section(**changes: Any) -> Section:
    """A section about CRM migration, talked about on 28 Oct and every 7 days."""
    made = Section("crm-migration", "CRM migration", date(2026, 10, 28), 23, 7, None, (), ())
    return made._replace(**changes)


def asked(**changes: Any) -> MilestoneAsked:
    """Data load, promised for 11 Nov."""
    promised = date(2026, 11, 11)
    made = MilestoneAsked("M1", "Data load", promised, promised, 9, None, None, None, at_once=True)
    return made._replace(**changes)


def test_open_milestones_are_asked_by_due_date_with_the_last_word_on_each() -> None:
    reports = (
        ProgressReport(date(2026, 10, 1), share=0.4, forecast_on=date(2026, 12, 1)),
        ProgressReport(date(2026, 10, 28), share=0.55),
    )
    states = (
        a_milestone("M3", name="Handover", due_on=None, baseline_on=None),
        a_milestone("M2"),
        a_milestone("M1", name="Data load", due_on=date(2026, 11, 11), baseline_on=date(2026, 11, 11), overdue_days=9),
        a_milestone("M0", name="Kick-off", delivered_on=date(2026, 7, 1)),
    )
    made = forms.section(
        an_assessment(milestones=states), history(Milestone("M1", "Data load", reports=reports)), [], FRIDAY
    )
    assert [one.key for one in made.milestones] == ["M1", "M2", "M3"]
    first = made.milestones[0]
    assert (first.said_on, first.share, first.forecast_on) == (date(2026, 10, 28), 0.55, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("due_on", "at_once"), [(date(2026, 12, 20), True), (date(2026, 12, 21), False), (None, False)]
)
def test_milestones_due_within_30_days_are_asked_at_once(due_on: date | None, at_once: bool) -> None:
    state = a_milestone(due_on=due_on, baseline_on=due_on)
    made = forms.section(an_assessment(milestones=(state,)), history(), [], FRIDAY)
    assert made.milestones[0].at_once is at_once


def test_as_before_is_offered_only_where_there_is_a_word_that_still_holds() -> None:
    assert asked().answers(FRIDAY) == ("not discussed", "changed")
    assert asked(share=0.5).answers(FRIDAY) == ("not discussed", "as before", "changed")
    assert asked(forecast_on=FRIDAY).answers(FRIDAY) == ("not discussed", "as before", "changed")
    assert asked(forecast_on=date(2026, 11, 19)).answers(FRIDAY) == ("not discussed", "changed")


def test_vendors_one_can_talk_with_have_something_open() -> None:
    engagements = [
        an_assessment("a", vendor="northwind"),
        an_assessment("b", vendor="Acme", life="paused", status="paused"),
        an_assessment("c", vendor="Old", life="closed", status="closed"),
        an_assessment("d", vendor="Not yet", life="draft", status="draft"),
    ]
    assert forms.talked_with(engagements) == ("Acme", "northwind")


def test_of_a_vendor_the_engagement_that_needs_somebody_most_comes_first() -> None:
    engagements = [
        an_assessment("a", attention=Attention(2, None, None, (), False)),
        an_assessment("b", attention=Attention(None, None, None, (), False), life="paused"),
        an_assessment("c", attention=Attention(1, None, None, (), False)),
        an_assessment("d", vendor="Acme"),
    ]
    assert [one.engagement for one in forms.of_vendor(engagements, "Northwind")] == ["c", "a", "b"]


def test_the_form_starts_from_what_was_recorded_last_and_says_nothing_of_its_own() -> None:
    there = section(milestones=(asked(), asked(key="M2", at_once=False)), last_channel="video")
    form = Form("Northwind", (there._replace(last_attendees=("Tom Lee", "Ana")),), FRIDAY)
    assert forms.defaults(form, None) == {
        "crm-migration/milestone/M1": "not discussed",
        "about": ["crm-migration"],
        "held_on": FRIDAY,
        "channel": "video",
        "attendees": [],
        "notes": "",
        "given": "",
        "taken": "",
    }


def test_of_several_engagements_only_the_one_the_form_was_opened_for_is_chosen() -> None:
    form = Form("Northwind", (section(), section(engagement="website")), FRIDAY)
    assert forms.defaults(form, "website")["about"] == ["website"]
    assert forms.defaults(form, None)["about"] == []
    assert forms.defaults(form, "of-somebody-else")["about"] == []


def test_a_vendors_own_report_is_no_way_we_talk() -> None:
    assert forms.defaults(Form("N", (section(last_channel="report"),), FRIDAY), None)["channel"] is None


def test_channel_and_company_are_those_of_every_engagement_talked_about() -> None:
    first = section(last_channel="video", last_attendees=("Nora", "Tom"))
    second = section(engagement="website", last_channel="video", last_attendees=("Tom", "Eve"))
    never = section(engagement="app")
    form = Form("Northwind", (first, second, never), FRIDAY)
    for about, channel, there in (
        (["crm-migration"], "video", ["Nora", "Tom"]),
        (["crm-migration", "website"], "video", ["Tom"]),
        (["crm-migration", "app"], None, []),
        ([], None, []),
    ):
        assert forms.last_time(form, about) == {"channel": channel}
        assert forms.company(form, about) == there


def test_who_was_there_is_read_out_of_a_text() -> None:
    assert forms.named("Tom Lee, Ana;  Tom Lee") == ["Tom Lee", "Ana"]


def test_words_about_a_milestone() -> None:
    assert forms.due_words(asked(), FRIDAY) == "due 11 Nov, 9 days late"
    assert forms.due_words(asked(due_on=date(2027, 1, 5), overdue_days=0), FRIDAY) == "due 5 Jan 2027"
    assert forms.due_words(asked(due_on=None, overdue_days=0), FRIDAY) == "no date yet"
    assert forms.said_words(asked(), FRIDAY) == ""
    told = asked(said_on=date(2026, 10, 28), share=0.4, forecast_on=date(2026, 12, 18))
    assert forms.said_words(told, FRIDAY) == "last said on 28 Oct: 40 %, by 18 Dec"


def test_a_new_date_is_measured_against_the_promise() -> None:
    # 11 Nov + 37 days = 18 Dec.
    assert forms.slip_words(asked(), date(2026, 12, 18), FRIDAY) == "18 Dec is 37 days after the promise of 11 Nov"
    assert forms.slip_words(asked(), date(2026, 11, 10), FRIDAY) == "10 Nov is 1 day before the promise of 11 Nov"
    assert forms.slip_words(asked(), date(2026, 11, 11), FRIDAY) == "11 Nov is the day that was promised"
    assert forms.slip_words(asked(promised_on=None), date(2026, 12, 18), FRIDAY) == ""


def test_words_about_an_action_say_whose_it_is() -> None:
    action = ActionAsked(1, "send access", "action", "vendor", None, date(2026, 11, 6))
    assert forms.action_words(action, None, FRIDAY) == "theirs, due 6 Nov, 14 days overdue"
    assert forms.action_words(action._replace(due_on=FRIDAY), None, FRIDAY) == "theirs, due 20 Nov"
    assert forms.action_words(action._replace(side="us", assignee="Bo", due_on=None), None, FRIDAY) == "ours, Bo"
    assert forms.action_words(action._replace(side=None, due_on=None), None, FRIDAY) == ""
    assert forms.action_words(action._replace(kind="question", assignee="Bo", due_on=None), None, FRIDAY) == (
        "their question, Bo"
    )


def test_the_last_talk_is_said_of_the_engagement_where_it_is_not_the_same_for_all_work_of_the_vendor() -> None:
    crm, never = section(), section(name="Website", last_on=None)
    both = Form("Northwind", (crm, never), FRIDAY)
    assert forms.talked_words(both, [crm, never]) == (
        "CRM migration: last talked 28 Oct, 23 days ago; Website: no conversation on record yet"
    )
    assert forms.talked_words(both, [crm]) == "CRM migration: last talked 28 Oct, 23 days ago"
    alike = Form("Northwind", (crm, section(name="Website")), FRIDAY)
    assert forms.talked_words(alike, [crm]) == "Northwind: last talked 28 Oct, 23 days ago"
    for last_on, words in ((date(2026, 11, 19), "last talked 19 Nov, yesterday"), (None, forms.NEVER_TALKED)):
        alone = Form("Northwind", (section(last_on=last_on),), FRIDAY)
        assert forms.talked_words(alone, alone.sections) == f"Northwind: {words}"


def test_that_less_is_done_than_was_said_before_is_remarked() -> None:
    told = asked(share=0.95)
    assert forms.less_words(told, 40) == "40 % is less than the 95 % said before"
    assert forms.less_words(told, 94.9) == "94.9 % is less than the 95 % said before"
    assert forms.less_words(told, 95) == ""
    assert forms.less_words(told, -5) == ""
    assert forms.less_words(asked(), 40) == ""


def test_the_next_talk_is_suggested_by_the_shortest_cadence_on_a_working_day() -> None:
    # Fri 20 Nov + 7 = Fri 27 Nov; + 9 = Sun 29 Nov, so Mon 30 Nov.
    assert forms.suggested_next([section(), section(cadence_days=14)], FRIDAY, FRIDAY) == (date(2026, 11, 27), 7)
    assert forms.suggested_next([section(cadence_days=9)], FRIDAY, FRIDAY) == (date(2026, 11, 30), 9)
    assert forms.suggested_next([section(cadence_days=None)], FRIDAY, FRIDAY) is None


def test_the_suggestion_never_lies_in_the_past() -> None:
    # A talk of 2 Nov, logged on Fri 20 Nov: 9 Nov is over, so the day after today rolls to Mon 23 Nov.
    assert forms.suggested_next([section()], date(2026, 11, 2), FRIDAY) == (date(2026, 11, 23), 7)


def test_the_contact_of_the_engagement_is_where_the_form_takes_its_days_from() -> None:
    made = forms.section(an_assessment(contact=a_contact(cadence_days=3)), history(), [], FRIDAY)
    assert (made.last_on, made.days_since, made.cadence_days) == (date(2026, 11, 19), 1, 3)


def test_good_practice_is_named_where_it_can_be_followed() -> None:
    nudges = (
        a_warning("no-next-meeting", "warning", kind="nudge", evidence="No next conversation is agreed."),
        a_warning("serial-slip", "warning", kind="nudge", evidence="“Data load” moved three times."),
        a_warning("silent"),
    )
    made = forms.section(an_assessment(warnings=nudges), history(), [], FRIDAY)
    assert made.nudges == {
        "actions": (),
        "milestones": ("“Data load” moved three times.",),
        "next": ("No next conversation is agreed.",),
    }


def test_that_something_is_overdue_is_said_at_its_tick_box_and_not_again() -> None:
    nudge = a_warning("actions-overdue", "warning", kind="nudge", evidence="Theirs: “send access” is 14 days overdue.")
    late = ActionAsked(1, "send access", "action", "vendor", None, date(2026, 11, 6))
    made = forms.section(an_assessment(warnings=(nudge,)), history(), [late], FRIDAY)
    assert made.nudges["actions"] == ()
    made = forms.section(an_assessment(warnings=(nudge,)), history(), [late._replace(due_on=FRIDAY)], FRIDAY)
    assert made.nudges["actions"] == (nudge.evidence,)


def test_what_was_taken_in_hand_comes_up_again_after_its_day_while_it_is_still_wrong() -> None:
    def said(rule: str, plan: str, said_on: date, until_on: date) -> Response:
        return Response(rule, said_on, plan, "Ana", until_on)

    responses = (
        said("silent", "Call them", date(2026, 11, 10), date(2026, 11, 12)),
        said("silent", "Weekly calls.", date(2026, 11, 13), FRIDAY),
        said("overdue", "A new date", date(2026, 11, 13), date(2026, 11, 21)),
        said("slipping", "Of an earlier run", date(2026, 10, 1), date(2026, 10, 20)),
        said("budget", "Cleared since", date(2026, 11, 13), FRIDAY),
        said("serial-slip", "Ask why", date(2026, 11, 13), date(2026, 11, 19)),
    )
    since = date(2026, 11, 7)
    firing = tuple(a_warning(rule, since=since, evidence=f"{rule}.") for rule in ("silent", "overdue", "slipping"))
    folded = (a_warning("serial-slip", since=since, evidence="It moved."),)
    made = forms.section(
        an_assessment(warnings=firing, folded=folded),
        history()._replace(responses=responses),
        [],
        date(2026, 11, 21),
        in_hand_days=7,
    )
    assert made.taken == (
        Taken("It moved.", "Ask why", "Ana", date(2026, 11, 19), ("serial-slip",), "passed"),
        Taken("overdue.", "A new date", "Ana", FRIDAY, ("overdue",), "passed"),  # seven days, not eight
        Taken("silent.", "Weekly calls.", "Ana", FRIDAY, ("silent",), "passed"),
    )
    assert [one.answers for one in made.taken] == [("as it is", "goes on until …")] * 3
    assert taken_words(made.taken[0], FRIDAY) == "Ask why (Ana, was in hand until 19 Nov). Still: It moved."


def test_what_got_worse_before_its_day_came_back() -> None:
    said = Response("silent", date(2026, 11, 16), "Weekly calls.", "Ana", FRIDAY)
    firing = a_warning("silent", since=date(2026, 11, 7), evidence="silent.")
    (back,) = forms.section(an_assessment(warnings=(firing,)), history()._replace(responses=(said,)), [], FRIDAY).taken
    assert back == Taken("silent.", "Weekly calls.", "Ana", FRIDAY, ("silent",), "worse")
    words = "Weekly calls (Ana, was in hand until today, but it got worse). Still: silent."
    assert taken_words(back, FRIDAY) == words


def test_what_is_in_hand_stands_in_the_form_from_the_day_it_was_taken_with_who_and_until_when() -> None:
    until = date(2026, 11, 27)
    held, other = (
        a_warning(rule, evidence="It is late.")._replace(
            in_hand_until=until, in_hand_plan="A new date.", in_hand_by="Bo"
        )
        for rule in ("overdue", "slipping")
    )
    made = forms.section(an_assessment(warnings=(held, other, a_warning())), history(), [], FRIDAY)
    late = "It is late. And one more."
    assert made.taken == (Taken(late, "A new date.", "Bo", until, ("overdue", "slipping")),)
    assert taken_words(made.taken[0], FRIDAY) == f"A new date (Bo, in hand until 27 Nov). About: {late}"
    assert taken_words(made.taken[0], until).startswith("A new date (Bo, in hand until today).")
    assert taken_field("crm", made.taken[0]) == "crm/in_hand/overdue+slipping"
    assert made.taken[0].answers == ("as it is", "goes on until …", "over")
    field = taken_field(made.engagement, made.taken[0])
    assert forms.defaults(Form("Northwind", (made,), FRIDAY), None)[field] == "as it is"
