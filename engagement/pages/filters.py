"""The same four filters on every page: as of which day, whose work, which vendor, which words.

They live in the address bar (``as_of``, ``person``, ``vendor``, ``q``), so that a link shows the same thing to the next
person; what stands at its default is left out of the address. The person is a filter, not who is signed in: see
``identity.py``.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import streamlit as st

from engagement import clock
from engagement.assessment.values import Assessment, Portfolio
from engagement.errors import Problem

EVERYONE: Final = "Everyone"
ALL_VENDORS: Final = "All vendors"
EARLIEST: Final = date(2000, 1, 1)
_UNKNOWN: Final = "filters_unknown"


class Filters(NamedTuple):
    """What a page is asked to show."""

    as_of: date
    person: str | None = None
    """As recorded with the engagements: an email or a name."""
    vendor: str | None = None
    words: str = ""


def filters() -> Filters:
    """The filters as they stand in the address bar, once they have been shown this run."""
    state = st.session_state
    return Filters(
        as_of=state.get("as_of") or clock.today(),
        person=state.get("person"),
        vendor=state.get("vendor"),
        words=(state.get("q") or "").strip(),
    )


def asked_for() -> Filters:
    """The filters before they have been shown this run: as they stand in the address of a page just opened."""
    state, address = st.session_state, st.query_params
    day = state.get("as_of") if "as_of" in state else _day(address.get("as_of"))

    def word(key: str) -> str | None:
        found: str | None = state[key] if key in state else address.get(key)
        return found

    return Filters(day or clock.today(), word("person"), word("vendor"), (word("q") or "").strip())


def unknown() -> tuple[Problem, ...]:
    """What the address asks for and nobody recorded, in words. The page then shows nothing in its place."""
    said = {
        "as_of": '"{}" is no day up to today.',
        "person": 'Nobody called "{}" is recorded.',
        "vendor": 'No vendor "{}" is recorded.',
    }
    remedies = {"as_of": "The page can show today."}
    asked: dict[str, str] = st.session_state.get(_UNKNOWN, {})
    return tuple(
        Problem(said[key].format(value), remedies.get(key, "It may be written another way."), column=key)
        for key, value in asked.items()
    )


def show_day() -> date:
    """The as-of day as a control. First, because people and vendors to choose from depend on it."""
    address = st.query_params.get("as_of")
    _note("as_of", address, address is None or _day(address) is not None)
    st.markdown("As of", width="content")
    st.date_input(
        "As of",
        clock.today(),
        max_value=clock.today(),
        min_value=EARLIEST,
        format="YYYY-MM-DD",
        key="as_of",
        bind="query-params",
        label_visibility="collapsed",
        width=136,
        help="Shows everything as it was known at the end of this day.",
        on_change=_known,
        args=("as_of",),
    )
    return filters().as_of


def show_rest(portfolio: Portfolio, names: dict[str, str]) -> None:
    """Person, vendor and search as controls. ``names``: what to call a person, by what is recorded (email)."""
    assessments = portfolio.engagements
    _choice("person", EVERYONE, people(assessments), names, ":material/person:")
    _choice("vendor", ALL_VENDORS, vendors(assessments), {}, ":material/storefront:")
    st.text_input(
        "Search",
        key="q",
        bind="query-params",
        placeholder="Search",
        icon=":material/search:",
        label_visibility="collapsed",
        width=130,
    )


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
    st.session_state.pop(_UNKNOWN, None)
    st.session_state.update({"person": None, "vendor": None, "q": ""})


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


def _note(key: str, address: str | None, is_known: bool) -> None:
    """Keeps what the address asks for in vain: the control, which cannot show it, takes it out of the address."""
    kept: dict[str, str] = st.session_state.setdefault(_UNKNOWN, {})
    if not is_known:
        kept[key] = address or ""
    elif address is not None:
        kept.pop(key, None)


def _known(key: str) -> None:
    """Something else was chosen in place of what is not recorded. For a callback."""
    st.session_state.get(_UNKNOWN, {}).pop(key, None)


def _choice(key: str, everything: str, options: list[str], names: dict[str, str], icon: str) -> None:
    """One of many, or all of them. An address that names something unknown is kept for `unknown`."""
    labels = {names.get(option, option) for option in options}
    address = st.query_params.get(key)
    _note(key, address, address is None or address in {everything, *labels})
    st.selectbox(
        key.capitalize(),
        [None, *options],
        format_func=lambda option: everything if option is None else names.get(option, option),
        key=key,
        bind="query-params",
        icon=icon,
        required=True,
        on_change=_known,
        args=(key,),
        label_visibility="collapsed",
        width=164,
    )
