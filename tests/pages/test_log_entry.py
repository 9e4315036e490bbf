"""What was typed into the form of a check-in: what is recorded of it, in which words, and what is wrong with it."""

from datetime import date
from typing import Any

import pytest

from engagement.pages._log_entry import (
    action_rows,
    announcement,
    asked_of,
    entries,
    in_short,
    mistyped,
    problems,
    shown,
    spoken_of,
)
from engagement.pages._log_form import ActionAsked, Form, MilestoneAsked, Section
from engagement.pages._log_taken import Taken
from engagement.records.check_ins import CheckInEntry, InHand, MilestoneWord, NewAction
from tests.builders import FRIDAY

LOAD = MilestoneAsked(
    "M1",
    "Data load",
    date(2026, 11, 11),
    date(2026, 11, 11),
    9,
    date(2026, 10, 28),
    0.4,
    date(2026, 12, 1),
    at_once=True,
)
RUN = MilestoneAsked("M2", "Test run", date(2026, 11, 25), date(2026, 11, 25), 0, None, None, None, at_once=True)
LATER = MilestoneAsked("M9", "Handover", date(2027, 1, 15), date(2027, 1, 15), 0, None, None, None, at_once=False)
ACCESS = ActionAsked(4, "send access", "action", "vendor", None, date(2026, 11, 6))
CRM = Section("crm", "CRM migration", date(2026, 10, 28), 23, 7, None, (LOAD, RUN, LATER), (ACCESS,))
WEB = Section("web", "Website", date(2026, 11, 13), 7, 14, None, (), ())
FORM = Form("Northwind", (CRM,), FRIDAY)
BOTH = Form("Northwind", (CRM, WEB), FRIDAY)


def typed(**fields: Any) -> dict[str, Any]:
    """An untouched form about CRM migration, with some fields changed; "__" in a name stands for "/"."""
    untouched = {
        "about": ["crm"],
        "held_on": FRIDAY,
        "channel": "video",
        "attendees": [],
        "notes": "",
        "given": "",
        "taken": "",
        "crm/milestone/M1": "not discussed",
        "crm/milestone/M2": "not discussed",
    }
    return untouched | {name.replace("__", "/"): value for name, value in fields.items()}


def changed(percent: float | None = None, forecast_on: date | None = None) -> dict[str, Any]:
    """What is typed where "Data load" has changed."""
    fields = {"percent": percent, "forecast_on": forecast_on}
    return {"crm__milestone__M1": "changed", **{f"crm__milestone__M1__{part}": fields[part] for part in fields}}


def the_entry(fields: dict[str, Any]) -> CheckInEntry:
    """The one check-in that the form gives, with nothing wrong about it."""
    assert problems(FORM, fields) == ()
    (entry,) = entries(FORM, fields)
    return entry


def test_an_untouched_form_records_a_conversation_and_nothing_else() -> None:
    assert the_entry(typed()) == CheckInEntry(engagement="crm", held_on=FRIDAY, channel="video")
    assert announcement(FORM, typed()) == "A video call today, nothing new."


CALLS = Taken("It is late.", "Calls", "Bo Lind", date(2026, 11, 27), ("overdue", "slipping"))
BACK = Taken("silent.", "Ask", "Ana", date(2026, 11, 19), ("silent",), "passed")
PEOPLE = ("Ana Brandt", "Bo Lind")
TAKEN = Form("Northwind", (CRM._replace(taken=(BACK, CALLS), in_hand_days=14),), FRIDAY, PEOPLE)


def test_what_is_no_longer_in_hand_is_ended_and_announced() -> None:
    fields = typed(**{"crm__in_hand__overdue+slipping": "over"})
    (entry,) = entries(TAKEN, fields)
    assert (entry.ended, entry.taken) == (("overdue", "slipping"), ())
    assert announcement(TAKEN, fields) == "A video call today: one thing no longer in hand."
    (entry,) = entries(TAKEN, typed(**{"crm__in_hand__overdue+slipping": "as it is"}))
    assert (entry.ended, entry.taken) == ((), ())


def test_what_goes_on_is_in_hand_until_another_day_with_whoever_is_named() -> None:
    until = date(2026, 12, 4)
    fields = typed(
        **{
            "crm__in_hand__overdue+slipping": "goes on until …",
            "crm__in_hand__overdue+slipping__until_on": until,
            "crm__in_hand__overdue+slipping__who": "ana brandt",
            "crm__in_hand__silent": "goes on until …",
            "crm__in_hand__silent__until_on": until,
            "crm__in_hand__silent__who": " ",
        }
    )
    assert problems(TAKEN, fields) == ()
    (entry,) = entries(TAKEN, fields)
    assert entry.taken == (
        InHand(("silent",), "Ask", "Ana", until),
        InHand(("overdue", "slipping"), "Calls", "Ana Brandt", until),
    )
    assert announcement(TAKEN, fields) == "A video call today: two things in hand until 4 Dec."


@pytest.mark.parametrize(
    ("until_on", "who", "wrong"),
    [
        (date(2026, 12, 4), "Bo Lind", None),
        (date(2026, 12, 5), "Bo Lind", ("until_on", "5 Dec is more than 14 days ahead.")),
        (FRIDAY, "Bo Lind", None),
        (date(2026, 11, 19), "Bo Lind", ("until_on", "19 Nov has passed.")),
        (None, "Bo Lind", ("until_on", "No day was chosen.")),
        (FRIDAY, "Bo", ("who", 'Whom you mean by "Bo" is open.')),
        (FRIDAY, "Karl", None),
    ],
)
def test_what_goes_on_has_a_day_within_the_limit_in_force_and_somebody_who_is_clear(
    until_on: date | None, who: str, wrong: tuple[str, str] | None
) -> None:
    field = "crm/in_hand/overdue+slipping"
    fields = typed() | {field: "goes on until …", f"{field}/until_on": until_on, f"{field}/who": who}
    expected = [] if wrong is None else [(f"{field}/{wrong[0]}", wrong[1])]
    assert [(one.column, one.what) for one in problems(TAKEN, fields)] == expected


def test_whom_the_name_at_an_action_stands_for_is_open_until_it_is_said() -> None:
    fields = typed(crm__action__0__title="Decide", crm__action__0__assignee="Bo")
    assert mistyped(TAKEN, fields) == ()  # it is asked beside the field first
    (problem,) = problems(TAKEN, fields)
    assert (problem.column, problem.what) == ("crm/action/0/assignee", 'Whom you mean by "Bo" is open.')
    assert problems(TAKEN, fields | {"crm/action/0/assignee:kept": "Bo"}) == ()
    (entry,) = entries(TAKEN, fields | {"crm/action/0/assignee": "bo lind"})
    assert [action.assignee for action in entry.new_actions] == ["Bo Lind"]


def test_everything_that_was_said_is_in_one_entry() -> None:
    fields = typed(
        attendees=["Tom", "Ana"],
        notes="  The importer is ready. ",
        given="Answers are quick",
        taken="Our specs came late",
        next="agreed",
        crm__declared="at_risk",
        crm__closed__4=True,
        crm__action__0__title="Decide on the importer",
        crm__action__0__side="us",
        crm__action__0__assignee="Bo",
        crm__action__0__due_on=date(2026, 11, 27),
        **changed(55, date(2026, 12, 18)),
    )
    assert the_entry(fields) == CheckInEntry(
        engagement="crm",
        held_on=FRIDAY,
        channel="video",
        side="us",
        attendees="Tom, Ana",
        notes="The importer is ready.",
        declared_status="at_risk",
        feedback_given="Answers are quick",
        feedback_received="Our specs came late",
        next_on=date(2026, 11, 27),
        milestones=(MilestoneWord("M1", 0.55, date(2026, 12, 18)),),
        closed_actions=(4,),
        new_actions=(NewAction("action", "Decide on the importer", "us", "Bo", date(2026, 11, 27)),),
    )
    assert announcement(FORM, fields) == (
        "A video call today with Tom and Ana: one milestone moved (Data load 40 → 55 %, 1 Dec → 18 Dec), notes, "
        "one action closed, one new, "
        'your judgement "at risk", feedback given and taken, next talk on 27 Nov.'
    )


def test_a_question_of_theirs_waits_for_us_whatever_was_said_of_whose_it_is() -> None:
    fields = typed(
        crm__action__0__title="Which tax rate holds?",
        crm__action__0__side="us",
        crm__action__0__kind="question",
        crm__action__0__assignee="Bo",
        crm__action__1__title="The server is slow",
        crm__action__1__kind="issue",
    )
    assert the_entry(fields).new_actions == (
        NewAction("question", "Which tax rate holds?", "vendor", "Bo", None),
        NewAction("issue", "The server is slow", None, None, None),
    )
    assert announcement(FORM, fields) == "A video call today: one new action, one question of theirs."


def test_a_question_without_words_is_refused() -> None:
    (problem,) = problems(FORM, typed(crm__action__0__kind="question"))
    assert problem.column == "crm/action/0/title"


def test_the_suggested_next_talk_is_recorded_only_once_it_was_chosen() -> None:
    assert the_entry(typed()).next_on is None
    assert the_entry(typed(next="agreed")).next_on == date(2026, 11, 27)
    assert the_entry(typed(next="other", next_on=date(2026, 12, 1))).next_on == date(2026, 12, 1)


def test_as_before_repeats_the_last_word() -> None:
    fields = typed(crm__milestone__M1="as before")
    assert the_entry(fields).milestones == (MilestoneWord("M1", 0.4, date(2026, 12, 1)),)
    assert announcement(FORM, fields) == "A video call today: one milestone as before."


def test_as_before_does_not_repeat_a_date_that_had_passed() -> None:
    stale = Form("Northwind", (CRM._replace(milestones=(LOAD._replace(forecast_on=date(2026, 11, 11)),)),), FRIDAY)
    (entry,) = entries(stale, typed(crm__milestone__M1="as before"))
    assert entry.milestones == (MilestoneWord("M1", 0.4, None),)


def test_what_is_typed_and_then_called_not_discussed_is_not_recorded() -> None:
    fields = typed(**changed(55)) | {"crm/milestone/M1": "not discussed"}
    assert the_entry(fields).milestones == ()


def test_a_percent_alone_is_progress_and_no_move() -> None:
    said = "A video call today: progress of one milestone (Data load 40 → 55 %)."
    assert announcement(FORM, typed(**changed(55))) == said
    assert announcement(FORM, typed(**changed(forecast_on=date(2026, 12, 1)))).endswith("one milestone as before.")


def test_what_changes_is_said_from_what_to_what_and_that_it_goes_down() -> None:
    fields = typed(
        crm__milestone__M2="changed",
        crm__milestone__M2__percent=10.0,
        crm__milestone__M2__forecast_on=date(2026, 12, 4),
        **changed(39.5),
    )
    assert announcement(FORM, fields) == (
        "A video call today: one milestone moved (Test run 10 %, 25 Nov → 4 Dec), "
        "progress of one milestone (Data load 40 → 39.5 %, less than before)."
    )
    assert announcement(FORM, typed(**changed(40))) == "A video call today: one milestone as before."
    assert announcement(FORM, typed(**changed(40, date(2026, 12, 18)))) == (
        "A video call today: one milestone moved (Data load 1 Dec → 18 Dec)."
    )
    undated = LOAD._replace(promised_on=None, forecast_on=None, share=1 / 3, name="N" * 60)
    form = Form("Northwind", (CRM._replace(milestones=(undated,)),), FRIDAY)
    assert announcement(form, typed(**changed(100 / 3, date(2026, 12, 18)))) == (
        f"A video call today: one milestone moved ({'N' * 39}… by 18 Dec)."
    )


def test_other_milestones_are_asked_once_they_are_picked() -> None:
    assert [one.key for one in shown(CRM, typed())] == ["M1", "M2"]
    fields = typed(crm__more=["M9"], crm__milestone__M9="changed", crm__milestone__M9__percent=10)
    assert [one.key for one in shown(CRM, fields)] == ["M1", "M2", "M9"]
    assert the_entry(fields).milestones == (MilestoneWord("M9", 0.1, None),)


def test_a_row_for_a_new_action_is_always_free() -> None:
    assert action_rows("crm", typed()) == 1
    assert action_rows("crm", typed(crm__action__0__title="One")) == 2
    assert action_rows("crm", typed(crm__action__0__title="One", crm__action__1__assignee="Bo")) == 3
    assert action_rows("crm", typed(crm__action__0__title="  ")) == 1


def test_notes_are_common_and_everything_else_is_each_engagements_own() -> None:
    fields = typed(
        about=["crm", "web"],
        notes="One call for both",
        crm__declared="off_track",
        web__declared="on_track",
        **changed(60),
    )
    assert problems(BOTH, fields) == ()
    crm, web = entries(BOTH, fields)
    assert (crm.notes, crm.declared_status, len(crm.milestones)) == ("One call for both", "off_track", 1)
    assert (web.notes, web.declared_status, len(web.milestones)) == ("One call for both", "on_track", 0)
    assert announcement(BOTH, fields).startswith("A video call today about CRM migration and Website: progress of one")


def test_an_earlier_day_is_said() -> None:
    assert announcement(FORM, typed(held_on=date(2026, 11, 19), channel="email")) == "An e-mail yesterday, nothing new."
    assert announcement(FORM, typed(held_on=date(2026, 11, 2))) == "A video call on 2 Nov, nothing new."


def test_as_long_as_nobody_said_how_or_about_what_nothing_is_announced() -> None:
    assert announcement(FORM, typed(channel=None)) == "Nothing yet."
    assert announcement(FORM, typed(about=[])) == "Nothing yet."


@pytest.mark.parametrize(
    ("fields", "column", "what"),
    [
        ({"about": []}, "about", "Nothing is chosen."),
        ({"held_on": None}, "held_on", "The day is missing."),
        ({"held_on": date(2026, 11, 21)}, "held_on", "21 Nov has not come yet."),
        ({"channel": None}, "channel", "How you talked is missing."),
        (changed(), "crm/milestone/M1", "What has changed is missing."),
        (changed(120), "crm/milestone/M1/percent", "120 % is more than all of it."),
        (changed(-1), "crm/milestone/M1/percent", "-1 % is less than nothing."),
        (changed(120, date(2026, 12, 10)), "crm/milestone/M1/percent", "120 % is more than all of it."),
        (changed(None, date(2037, 1, 1)), "crm/milestone/M1/forecast_on", "1 Jan 2037 lies more than ten years ahead."),
        ({"held_on": date(26, 11, 20)}, "held_on", "20 Nov 0026 lies too far back."),
        ({"held_on": date(1989, 12, 31)}, "held_on", "31 Dec 1989 lies too far back."),
        ({"notes": "x" * 30_001}, "notes", "30,001 of 30,000 characters:"),
        ({"given": "x" * 2_001}, "given", "2,001 of 2,000 characters:"),
        ({"crm__action__0__title": "x" * 301}, "crm/action/0/title", "301 of 300 characters:"),
        (
            {"crm__action__0__title": "Call", "crm__action__0__assignee": "x" * 81},
            "crm/action/0/assignee",
            "81 of 80 characters:",
        ),
        ({"next": "other", "next_on": date(2062, 11, 27)}, "next_on", "27 Nov 2062 lies more than ten years ahead."),
        (changed(None, date(2026, 11, 19)), "crm/milestone/M1/forecast_on", "19 Nov 2026 lies before the talk."),
        ({"crm__action__0__side": "us"}, "crm/action/0/title", "What is to be done is missing."),
        (
            {"crm__action__0__title": "Call", "crm__action__0__due_on": date(2026, 11, 19)},
            "crm/action/0/due_on",
            "19 Nov 2026 lies before the talk.",
        ),
        ({"next": "other"}, "next_on", "The next day is missing."),
        ({"next": "other", "next_on": FRIDAY}, "next_on", "20 Nov 2026 is not after this talk."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(fields: dict[str, Any], column: str, what: str) -> None:
    assert [(problem.column, problem.what) for problem in problems(FORM, typed(**fields))] == [(column, what)]


@pytest.mark.parametrize(
    "fields",
    [
        changed(0),
        changed(100),
        changed(None, FRIDAY),
        changed(33.5),
        changed(None, date(2036, 12, 31)),
        {"held_on": date(1990, 1, 1)},
        {"notes": "x" * 30_000, "given": "x" * 2_000, "taken": "x" * 2_000},
        {"crm__action__0__title": "x" * 300, "crm__action__0__assignee": "x" * 80},
        {"next": "other", "next_on": date(2026, 11, 21)},
        {"crm__action__0__title": "Call", "crm__action__0__due_on": FRIDAY},
    ],
)
def test_the_other_side_of_each_bound_is_taken(fields: dict[str, Any]) -> None:
    assert problems(FORM, typed(**fields)) == ()


def test_what_cannot_be_is_said_before_anybody_saves_and_what_is_missing_only_then() -> None:
    fields = typed(channel=None, next="other", notes="x" * 30_412, **changed(120))
    assert [problem.column for problem in mistyped(FORM, fields)] == ["notes", "crm/milestone/M1/percent"]
    assert str(mistyped(FORM, fields)[0]) == "notes: 30,412 of 30,000 characters: shorten it by 412."
    assert {"channel", "next_on"} < {problem.column for problem in problems(FORM, fields)}


def test_a_new_action_is_a_task_without_anybody_saying_so() -> None:
    assert action_rows("crm", typed(crm__action__0__kind="action")) == 1
    (action,) = the_entry(typed(crm__action__0__title="Call", crm__action__0__kind="action")).new_actions
    assert action.kind == "action"


def test_the_short_line_ends_where_the_room_does() -> None:
    fields = typed(notes="Long", taken="Yes", crm__closed__4=True, **changed(55, date(2026, 12, 18)))
    # "one milestone moved, notes, one action closed" has 45 characters, with feedback taken 61.
    assert in_short(FORM, fields, (), 61) == "one milestone moved, notes, one action closed, feedback taken"
    assert in_short(FORM, fields, (), 60) == "one milestone moved, notes, one action closed, …"
    assert in_short(FORM, fields, (), 47) == "one milestone moved, notes, …"
    assert in_short(FORM, typed(), (), 48) == "a video call, nothing new"
    assert in_short(FORM, typed(about=[]), (), 48) == "nothing yet"


def test_what_was_spoken_of_is_known_by_name() -> None:
    fields = typed(crm__closed__4=True, crm__milestone__M1="changed", crm__milestone__M2="not discussed")
    assert spoken_of(FORM, fields) == {"crm/closed/4": "send access", "crm/milestone/M1": "Data load"}
    assert {"crm/closed/4", "crm/milestone/M9"} < asked_of(FORM)


def test_all_problems_come_at_once() -> None:
    found = problems(FORM, typed(held_on=None, channel=None, next="other", **changed()))
    assert [problem.column for problem in found] == ["held_on", "channel", "crm/milestone/M1", "next_on"]
