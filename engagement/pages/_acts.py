"""What can be done about an engagement where it is shown: ask, say that you talked, take in hand, open."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.agenda import Card
from engagement.assessment.headline import said_beside, work_warnings
from engagement.assessment.in_hand import Held
from engagement.assessment.letter import mail_link
from engagement.assessment.results import Assessment, Warning
from engagement.assessment.wording import count, day, in_words
from engagement.errors import Problem
from engagement.pages import _limits, _names, _whom, identity, shell
from engagement.pages._log_form import TALKS
from engagement.pages._log_taken import usual_until
from engagement.pages._typed import FIRST_DAY, LAST_DAY, no_day_in_hand
from engagement.pages.live import DIALOG
from engagement.pages.text import literal, spoken
from engagement.records.check_ins import usual_channel, we_talked
from engagement.records.database import Author
from engagement.records.responses import end_in_hand, take_in_hand
from engagement.records.vendors import Vendor

_FOR: Final = f"{DIALOG}in_hand"
_WRONG: Final = "in_hand_wrong"
_GOES_ON: Final = "in_hand_goes_on"
"""What the dialog is about, where it is in hand already and is to go on."""
DECIDE: Final = frozenset({"awaiting-us"})
PLAN, WHO, UNTIL, WARNINGS = "What is being done", "Who does it", "Until when", "What is in hand"
_FIELDS: Final = ("in_hand_plan", "in_hand_who", "in_hand_until", "in_hand_rule_")
_LABELS: Final = {"plan": PLAN, "assignee": WHO, "until_on": UNTIL, "rule": WARNINGS}
TALKED, IN_HAND, OPEN = "We talked, nothing new", "In hand …", "Open"
GOES_ON, NO_LONGER = "Goes on until …", "No longer"


def buttons(card: Card, vendors: Mapping[str, Vendor]) -> None:
    """One main button, the others beside it; on a phone under "More"."""
    assessment = card.assessment
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _main(card, vendors.get(assessment.vendor))
        if shell.narrow():
            more(assessment, {OPEN: _open})
            return
        if shell.is_today():
            talked_button(assessment)
            in_hand_button(assessment)
        shell.to("engagement", OPEN, engagement=assessment.engagement)


def more(assessment: Assessment, further: Mapping[str, Callable[[Assessment], None]]) -> None:
    """Everything but the main button under one, for a phone; ``further``: what else can be done here."""
    acts: dict[str, Callable[[Assessment], None]] = (
        {TALKED: talked} if shell.is_today() and assessment.life == "active" else {}
    )
    if shell.is_today() and work_warnings(assessment):
        acts[IN_HAND] = ask_in_hand
    acts.update(further)
    key = f"more_{assessment.engagement}"
    if acts:
        st.menu_button("More", list(acts), key=key, on_click=_chosen, args=(assessment, key, acts))


def ask_button(assessment: Assessment, vendor: Vendor | None) -> None:
    """A mail to the vendor, ready with the open dates; beside it the phone number."""
    email, phone = (vendor.contact_email, vendor.contact_phone) if vendor else (None, None)
    link = mail_link(assessment, vendor.contact_name if vendor else None, email, identity.who(), shell.as_of())
    st.link_button(
        f"Ask {literal(assessment.vendor)}", link, icon=":material/mail:", key=f"ask_{assessment.engagement}"
    )
    if phone and not shell.narrow():
        number = "".join(letter for letter in phone if letter.isdigit() or letter == "+")
        st.link_button(literal(phone), f"tel:{number}", icon=":material/call:", type="tertiary")


def talked_button(assessment: Assessment) -> None:
    """Says in one tap that there was a conversation today and nothing is new."""
    with shell.database().reading() as connection:
        channel = usual_channel(connection, assessment.engagement, clock.today())
    st.button(
        TALKED,
        key=f"talked_{assessment.engagement}",
        type="tertiary",
        help=f"Records {TALKS[channel]}, today.",
        on_click=talked,
        args=(assessment,),
    )


def in_hand_button(assessment: Assessment) -> None:
    """Opens the question what is being done, by whom, until when."""
    st.button(
        IN_HAND, key=f"in_hand_{assessment.engagement}", type="tertiary", on_click=ask_in_hand, args=(assessment,)
    )


def end_button(assessment: Assessment, one: Held, place: str = "end") -> None:
    """Says that something is in hand no longer. ``place`` tells it apart from that of another list."""
    key = f"{place}_{'+'.join(one.rules)}"
    st.button(NO_LONGER, key=key, on_click=_end, args=(assessment.engagement, one))


def goes_on_button(assessment: Assessment, one: Held, place: str) -> None:
    """Opens the question of `in_hand_button` with what is in hand, to say until when it goes on."""
    key = f"{place}_{'+'.join(one.rules)}"
    st.button(GOES_ON, key=key, type="tertiary", on_click=ask_in_hand, args=(assessment, one))


def _end(engagement: str, one: Held) -> None:
    identity.write(
        lambda author: end_in_hand(shell.database(), author, engagement, *one.rules, ended_on=clock.today()),
        done=f"No longer in hand: {literal(one.plan.rstrip(' .'))}. What still holds is back.",
    )


def talked(assessment: Assessment, held_on: date | None = None) -> None:
    """Records a conversation with nothing else in it, today or on the day given. For a callback."""
    on = held_on or clock.today()
    said = f"Recorded: you talked about {literal(assessment.name)} on {day(on, clock.today())}."
    identity.write(
        lambda author: we_talked(shell.database(), author, assessment.engagement, held_on=on),
        done=said,
    )


def ask_in_hand(assessment: Assessment, goes_on: Held | None = None) -> None:
    """Has the page open the question of `in_hand_dialog`, with nothing typed but what ``goes_on``. For a callback."""
    for key in [key for key in st.session_state if str(key).startswith(_FIELDS)]:
        del st.session_state[key]
    st.session_state[_FOR], st.session_state[_GOES_ON] = assessment.engagement, goes_on
    st.session_state.pop(_WRONG, None)


def in_hand_dialog(assessments: Mapping[str, Assessment]) -> None:
    """The question what is being done about an engagement's warnings, while it is asked. Once a page."""
    assessment = assessments.get(st.session_state.get(_FOR, ""))
    if assessment is not None and work_warnings(assessment) and not identity.is_asking():
        _in_hand(assessment)


def _main(card: Card, vendor: Vendor | None) -> None:
    if card.headline.rule in DECIDE:
        st.button(
            "Decide",
            key=f"decide_{card.assessment.engagement}",
            icon=":material/rule:",
            on_click=_open,
            args=(card.assessment,),
        )
    else:
        ask_button(card.assessment, vendor)


def _chosen(assessment: Assessment, key: str, acts: Mapping[str, Callable[[Assessment], None]]) -> None:
    """Does what was picked under "More"."""
    acts[st.session_state[key]](assessment)


def _open(assessment: Assessment) -> None:
    shell.go("engagement", engagement=assessment.engagement)


def _put_away() -> None:
    st.session_state.pop(_FOR, None)
    st.session_state.pop(_WRONG, None)


@st.dialog("In hand", on_dismiss=_put_away)
def _in_hand(assessment: Assessment) -> None:
    """Asks what is being done, who does it and until when, and records it for the warnings that are chosen."""
    if st.session_state.get(_FOR) is None or identity.is_asking():
        st.rerun()
    most, goes_on = in_hand_days(assessment.engagement), _goes_on()
    st.write(f"**{literal(assessment.name)}** keeps its status, and comes back when the day passes or it gets worse.")
    _choose_warnings(assessment)
    st.text_area(PLAN, goes_on.plan if goes_on else "", key="in_hand_plan", height=80, persist_state="page")
    who = shell.person(goes_on.assignee) if goes_on and goes_on.assignee else identity.who()
    you = "You, unless you type or choose a name"
    _whom.field("in_hand_who", WHO, _people(), who or "", placeholder=you, answered=_who_is_clear)
    st.date_input(
        f"{UNTIL}, at most {count(most, 'day')}",
        usual_until(most, clock.today()),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        key="in_hand_until",
        persist_state="page",
    )
    for problem in st.session_state.get(_WRONG, ()):
        st.error(literal(str(problem)))
    st.button("Take it in hand", type="primary", on_click=_taken, args=(assessment,), key="in_hand_save")


def in_hand_days(engagement: str) -> int:
    """For how many days from today something may be in hand, by the limit in force."""
    return int(_limits.value_of("in-hand", engagement))


def _people() -> dict[str, str]:
    """Who may have something in hand: everybody who is recorded, by name, and whoever is at the page."""
    me = identity.who()
    return {name: name for name in (*shell.names().values(), *([me] if me else []))}


def _who_is_clear() -> None:
    """What was wrong with the name is said no longer. For a callback."""
    st.session_state[_WRONG] = tuple(p for p in st.session_state.get(_WRONG, ()) if p.column != WHO)


def _choose_warnings(assessment: Assessment) -> None:
    """What is wrong, a box each: ticked where nobody has it in hand, and else who has it until when."""
    st.markdown(WARNINGS)
    with st.container(gap="xxsmall"):
        warnings = work_warnings(assessment)
        for warning in warnings:
            st.checkbox(
                spoken(said_beside(warning, warnings) + _in_hand_words(warning)),
                _is_meant(warning),
                key=_box(warning),
                persist_state="page",
            )


def _goes_on() -> Held | None:
    found: Held | None = st.session_state.get(_GOES_ON)
    return found


def _is_meant(warning: Warning) -> bool:
    """Whether the dialog begins with a warning ticked: as part of what goes on, else where nobody has it in hand."""
    goes_on = _goes_on()
    return warning.rule in goes_on.rules if goes_on else warning.in_hand_until is None


def _in_hand_words(warning: Warning) -> str:
    """Who has a warning in hand and until when, to follow it; empty where nobody has."""
    if warning.in_hand_until is None:
        return ""
    who = f" with {shell.person(warning.in_hand_by)}" if warning.in_hand_by else ""
    return f" In hand{who} until {day(warning.in_hand_until, clock.today())}."


def _box(warning: Warning) -> str:
    return f"in_hand_rule_{warning.rule}"


def _taken(assessment: Assessment) -> None:
    """Records what the dialog says for the chosen warnings, all of them or none."""
    state = st.session_state
    warnings = work_warnings(assessment)
    rules = [w.rule for w in warnings if state.get(_box(w), _is_meant(w))]
    until_on, typed = state.get("in_hand_until"), state.get("in_hand_who")
    wrong = [
        *_names.open_problem("assignee", typed or "", _whom.open_about("in_hand_who", _people())),
        *no_day_in_hand("until_on", until_on, clock.today(), in_hand_days(assessment.engagement)),
    ]
    if until_on is None or wrong:
        _wrong(tuple(wrong))
        return
    assignee = _whom.meant(typed, _people())

    def record(author: Author) -> None:
        take_in_hand(
            shell.database(),
            author,
            assessment.engagement,
            *rules,
            plan=state.get("in_hand_plan") or "",
            assignee=assignee or author.name,
            said_on=clock.today(),
            until_on=until_on,
        )

    taken = f"{_of_all(len(rules), len(warnings))} of {literal(assessment.name)}"
    done = f"In hand until {day(until_on, clock.today())}: {taken}."
    identity.write(record, done=done, refused=_wrong, then=_put_away)


def _of_all(chosen: int, number: int) -> str:
    """ "two of seven warnings", "all seven warnings", "the one warning"."""
    if number == 1:
        return "the one warning"
    if chosen < number:
        return f"{in_words(chosen)} of {in_words(number)} warnings"
    return f"{'both' if number == 2 else f'all {in_words(number)}'} warnings"


def _wrong(problems: tuple[Problem, ...]) -> None:
    """Keeps what is wrong, each under the name its field has on the page."""
    st.session_state[_WRONG] = tuple(p._replace(column=_LABELS.get(p.column or "", p.column)) for p in problems)
