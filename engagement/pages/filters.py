"""The same four filters on every page: as of which day, whose work, which vendor, which words.

They live in the address bar (``as_of``, ``person``, ``vendor``, ``q``), so that a link shows the same thing to the next
person; what stands at its default is left out of the address. The person is a filter, not who is signed in: see
``identity.py``.

The controls are not bound to the address by Streamlit (``bind="query-params"``): the browser would then add what they
hold to every link a second time, and a link clicked before they are drawn would lose it. Instead the session keeps what
is asked for. It follows the address wherever that says something new, and writes a choice into it. A browser that has
not heard of the choice yet still sends the address from before; that says nothing new.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment, Portfolio
from engagement.assessment.wording import day
from engagement.errors import Problem
from engagement.pages import _device
from engagement.pages._typed import FIRST_DAY, LAST_DAY

EVERYONE: Final = "Everyone"
ALL_VENDORS: Final = "All vendors"
ALL: Final = ""
"""What a control holds that lets everything through. With None it would ask for a choice."""
EARLIEST: Final = date(2000, 1, 1)
KEYS: Final = ("as_of", "person", "vendor", "q")
_ASKED: Final = "filters_asked"
_BEFORE: Final = "filters_before"
"""The address that the browser may still send, until it is known to have the one that was written last."""
_WROTE: Final = "filters_wrote"
_UNKNOWN: Final = "filters_unknown"
_REMEDIES: Final = {
    "as_of": "The page can show today.",
    "person": "It may be written another way.",
    "vendor": "It may be written another way.",
}


class Filters(NamedTuple):
    """What a page is asked to show."""

    as_of: date
    person: str | None = None
    """As recorded with the engagements: an email or a name."""
    vendor: str | None = None
    words: str = ""


def settle() -> None:
    """Takes over what the address asks for, where that is something new. First thing in a run."""
    state, address = st.session_state, _address()
    if _ASKED not in state or address not in (state[_ASKED], state.get(_BEFORE)):
        state[_ASKED] = address
    if address != state[_ASKED]:
        _write()
    elif not state.get(_WROTE):
        state.pop(_BEFORE, None)


def confirm() -> None:
    """Notes that the browser has the address that was written last: from then on another one is somebody's wish.

    For a fragment that runs by itself. In a run that wrote the address it is the page's own word, not the browser's.
    """
    if not st.session_state.pop(_WROTE, False) and _address() == _asked():
        st.session_state.pop(_BEFORE, None)


def filters() -> Filters:
    """What is asked for, as it is recorded, once the controls have been shown this run."""
    state = st.session_state
    return Filters(
        as_of=_day(_asked().get("as_of")) or clock.today(),
        person=state.get("person") or None,
        vendor=state.get("vendor") or None,
        words=_asked().get("q", "").strip(),
    )


def in_words(names: Mapping[str, str]) -> tuple[str, ...]:
    """Person, vendor and search as the address says them. ``names``: what to call a person, by email."""
    asked = _asked()
    person = asked.get("person", "")
    return tuple(filter(None, (names.get(person, person), asked.get("vendor"), asked.get("q"))))


def asked_day() -> date:
    """The day asked for, before the controls have been shown this run."""
    return _day(_asked().get("as_of")) or clock.today()


def address() -> dict[str, str]:
    """What is asked for, as a link to another page has to carry it."""
    return dict(_asked())


def instead(wish: Mapping[str, str]) -> dict[str, str]:
    """The day asked for with other filters, as a link has to carry it."""
    day = _asked().get("as_of")
    return {**({"as_of": day} if day else {}), **wish}


def unknown() -> tuple[Problem, ...]:
    """What the address asks for and nobody recorded, in words. The page then shows nothing in its place."""
    asked: dict[str, str] = st.session_state.get(_UNKNOWN, {})
    return tuple(Problem(_in_vain(key, value), _REMEDIES[key], column=key) for key, value in asked.items())


def _in_vain(key: str, value: str) -> str:
    """Why something that is asked for cannot be shown."""
    if key != "as_of":
        return f'Nobody called "{value}" is recorded.' if key == "person" else f'No vendor "{value}" is recorded.'
    try:
        asked = date.fromisoformat(value)
    except ValueError:
        return f'"{value}" is no day.'
    return f"{day(asked)} has not come yet." if asked > clock.today() else f"{day(asked)} lies too far back."


def show_day() -> date:
    """The as-of day as a control. First, because people and vendors to choose from depend on it."""
    said = _asked().get("as_of")
    _note("as_of", said, said is None or _day(said) is not None)
    _hold("as_of", asked_day())
    st.markdown("As of", width="content")
    st.date_input(
        "As of",
        max_value=LAST_DAY,
        min_value=FIRST_DAY,
        format="YYYY-MM-DD",
        key="as_of",
        label_visibility="collapsed",
        width=_width(136),
        help="Shows everything as it was known at the end of this day.",
        on_change=_day_chosen,
    )
    return asked_day()


def show_rest(portfolio: Portfolio, names: Mapping[str, str]) -> None:
    """Person, vendor and search as controls. ``names``: what to call a person, by what is recorded (email)."""
    assessments = portfolio.engagements
    _choice("person", EVERYONE, _named(people(assessments), names), ":material/person:")
    _choice("vendor", ALL_VENDORS, {vendor: vendor for vendor in vendors(assessments)}, ":material/storefront:")
    _hold("q", _asked().get("q", ""))
    st.text_input(
        "Search",
        key="q",
        placeholder="Search",
        icon=":material/search:",
        label_visibility="collapsed",
        width=_width(130),
        on_change=_words_typed,
    )


def _width(pixels: int) -> int | Literal["stretch"]:
    """How wide a control is: on a phone, where they stand below each other, as wide as there is room."""
    return "stretch" if _device.is_narrow() else pixels


def matching(assessments: Sequence[Assessment], asked: Filters) -> tuple[Assessment, ...]:
    """Those that the filters let through, in the order given."""
    return tuple(a for a in assessments if _matches(a, asked))


def people(assessments: Sequence[Assessment]) -> list[str]:
    """Everybody who is owner, lead or deputy of something, as recorded, in order."""
    named = {person for a in assessments for person in (a.owner, a.lead, a.deputy) if person}
    return sorted(named, key=str.casefold)


def vendors(assessments: Sequence[Assessment]) -> list[str]:
    """Every vendor of the engagements, in order."""
    return sorted({a.vendor for a in assessments}, key=str.casefold)


def clear() -> None:
    """Takes every filter away but the day. For a callback."""
    day = _asked().get("as_of")
    _ask({"as_of": day} if day and _day(day) else {})


def is_filtered() -> bool:
    """Whether fewer than all engagements are asked for."""
    asked = filters()
    return bool(asked.person or asked.vendor or asked.words)


def _matches(assessment: Assessment, asked: Filters) -> bool:
    if asked.person and asked.person not in (assessment.owner, assessment.lead, assessment.deputy):
        return False
    if asked.vendor and asked.vendor != assessment.vendor:
        return False
    if not asked.words:
        return True
    parts = (assessment.engagement, assessment.name, assessment.vendor, assessment.owner, assessment.lead)
    text = " ".join(filter(None, (*parts, assessment.deputy, assessment.category, assessment.goal))).casefold()
    return all(word in text for word in asked.words.casefold().split())


def _day(text: str | None) -> date | None:
    """A day of the address that can be shown; None for one to come and for what is no day."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if EARLIEST <= day <= clock.today() else None


def _asked() -> dict[str, str]:
    """What is asked for, in the words of the address."""
    asked: dict[str, str] = st.session_state.get(_ASKED, {})
    return asked


def _address() -> dict[str, str]:
    """The filters as the browser sent them."""
    return {key: st.query_params[key] for key in KEYS if st.query_params.get(key)}


def _ask(wish: Mapping[str, str]) -> None:
    """Asks for something else, and writes it into the address."""
    st.session_state[_BEFORE], st.session_state[_ASKED] = _address(), dict(wish)
    _write()


def _write() -> None:
    """Has the browser show the address of what is asked for."""
    st.session_state[_WROTE] = True
    asked = _asked()
    for key in KEYS:
        if key in asked and st.query_params.get(key) != asked[key]:
            st.query_params[key] = asked[key]
        elif key not in asked and key in st.query_params:
            del st.query_params[key]


def _say(key: str, word: str | None) -> None:
    """Asks for another value of one filter; None is its default."""
    others = {name: said for name, said in _asked().items() if name != key}
    _ask({**others, key: word} if word else others)


def _hold(key: str, value: object) -> None:
    """Has a control show a value. One that shows it already is left alone: somebody may be typing into it."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _note(key: str, said: str | None, is_known: bool) -> None:
    """Keeps what is asked for in vain: the control cannot show it."""
    kept: dict[str, str] = st.session_state.setdefault(_UNKNOWN, {})
    kept.pop(key, None)
    if not is_known:
        kept[key] = said or ""


def _day_chosen() -> None:
    day: date | None = st.session_state["as_of"]
    _say("as_of", None if day is None or day == clock.today() else day.isoformat())


def _words_typed() -> None:
    _say("q", st.session_state["q"].strip())


def _chosen(key: str, labels: Mapping[str, str]) -> None:
    """One of many was chosen, or all of them. For a callback."""
    _say(key, labels.get(st.session_state[key]))


def _named(people: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """What to call people: by name, and where two bear the same one by what is recorded too."""
    called = Counter(names.get(person, person) for person in people)
    return {
        person: name if called[name := names.get(person, person)] == 1 else f"{name} ({person})" for person in people
    }


def _choice(key: str, everything: str, labels: Mapping[str, str], icon: str) -> None:
    """One of many, or all of them. ``labels``: what each is called, by what is recorded."""
    said = _asked().get(key)
    meant = None if said is None else _meant(said, labels)
    _note(key, said, said is None or meant is not None)
    _hold(key, meant or ALL)
    st.selectbox(
        key.capitalize(),
        [ALL, *labels],
        format_func=lambda option: labels.get(option, option) if option else everything,
        key=key,
        icon=icon,
        required=True,
        on_change=_chosen,
        args=(key, labels),
        label_visibility="collapsed",
        width=_width(164),
    )


def _meant(said: str, labels: Mapping[str, str]) -> str | None:
    """The one of many that a word means: by its label, else by what is recorded, whatever the capitals."""
    exact = [option for option, label in labels.items() if said == label]
    folded = said.casefold()
    found = exact or [o for o, label in labels.items() if folded in (o.casefold(), label.casefold())]
    return found[0] if len(found) == 1 else None
