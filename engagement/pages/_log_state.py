"""What a form of a check-in holds between runs: its fields in the session, and its draft in the database.

Every field that was left is in the session by the next run, and that run writes the draft: a phone that locks, a page
that is closed or a server that is restarted loses at most the field that was being typed in. Drafts are kept per person
and vendor, and for somebody who has not said who they are per device, by a token that only the device keeps.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

from engagement import clock
from engagement.assessment.wording import day
from engagement.errors import DatabaseError, Problem
from engagement.pages import _drafts
from engagement.pages._log_form import Form, defaults, last_time

_VERSION: Final = "log:version"
_HELD: Final = "log:held"
_DEFAULTS: Final = "log:defaults"
_KEPT: Final = "log:kept"
_RESTORED: Final = "log:restored"
_REFUSED: Final = "log:refused"
_TRIED: Final = "log:tried"
_PROBLEMS: Final = "log:problems"
_SPOKEN: Final = "log:spoken"
_FOLLOWED: Final = "log:followed"
_DONE: Final = "log:done"
_AT: Final = "_at"
_OF: Final = "_of"
"""In a draft: the names of what something was said of, by field. Once it is closed nothing else tells them."""


class Done(NamedTuple):
    """What was recorded, to be confirmed."""

    vendor: str
    words: str
    engagements: tuple[tuple[str, str], ...]
    """Key and name of each engagement."""


def version() -> int:
    """Counts the forms of this session; fields of a form that was saved or discarded are never met again."""
    number: int = st.session_state.setdefault(_VERSION, 1)
    return number


def key(vendor: str, field: str) -> str:
    """The session's name of a field."""
    return f"{_prefix(vendor)}{field}"


def begin(form: Form, wish: str | None) -> None:
    """Settles what the fields begin with before they are first shown: the draft if there is one, else the defaults.

    ``wish`` is the engagement the form was opened for.
    """
    if key(form.vendor, "notes") in st.session_state:
        return
    begin_with = defaults(form, wish)
    kept = _drafts.read(_name(form.vendor))
    at, spoken = kept.pop(_AT, None), kept.pop(_OF, {})
    about = kept.get("about", [])
    about = [*about, *(one for one in begin_with["about"] if one not in about)]
    begin_with |= last_time(form, about)
    drafted = {field: _value(field, value) for field, value in kept.items()}
    st.session_state[_HELD] = {**begin_with, **drafted, "about": about}
    st.session_state[_DEFAULTS] = begin_with
    st.session_state[_KEPT] = kept
    st.session_state[_RESTORED] = at
    st.session_state[_SPOKEN] = spoken
    found((), tried=False)


def follow(form: Form) -> None:
    """Has the channel follow what the talk was about, as long as nobody has changed it. For a callback."""
    now, begun = typed(form.vendor), st.session_state[_DEFAULTS]
    for field, value in last_time(form, now.get("about") or ()).items():
        if now.get(field) == begun[field]:
            put(form.vendor, field, value)
            begun[field] = value


def put(vendor: str, field: str, value: Any) -> None:
    """Writes into a field that asks `start` what it begins with. For a callback."""
    st.session_state[key(vendor, field)] = value
    st.session_state[_HELD][field] = value
    st.session_state.setdefault(_FOLLOWED, set()).add(field)


def start(field: str, otherwise: Any = None) -> Any:
    """What a field that `put` may change begins with; nothing in the run for which it was changed.

    In every other run as in `held`: what the session says is not enough before the browser has seen it.
    """
    followed: set[str] = st.session_state.get(_FOLLOWED, set())
    if field in followed:
        followed.discard(field)
        return otherwise
    return held(field, otherwise)


def held(field: str, otherwise: Any = None) -> Any:
    """What a field begins with.

    Given to the widget itself, not put into the session: a page that is drawn twice in quick succession can lose what
    the session says before the browser has seen it, and would then send back an empty field.
    """
    return st.session_state[_HELD].get(field, otherwise)


def typed(vendor: str) -> dict[str, Any]:
    """What the fields hold now, by their names; before they are first shown, what they begin with."""
    prefix = _prefix(vendor)
    shown = {
        name.removeprefix(prefix): value
        for name, value in st.session_state.items()
        if isinstance(name, str) and name.startswith(prefix)
    }
    return {**st.session_state[_HELD], **shown}


def keep(vendor: str) -> bool:
    """Writes the draft where something has changed since it was written last, and drops it where nothing is left.

    Whether that could be done. What could not be written is tried again with the next field that is left.
    """
    body = _body(typed(vendor), st.session_state[_DEFAULTS])
    if body == st.session_state[_KEPT]:
        return True
    try:
        _write(vendor, body)
    except DatabaseError:
        return False
    st.session_state[_KEPT] = body
    return True


def _write(vendor: str, body: Mapping[str, Any]) -> None:
    beside = {_AT: clock.now().isoformat(), _OF: st.session_state[_SPOKEN]}
    _drafts.write(_name(vendor), {**body, **beside} if body else {})


def forget(vendor: str) -> None:
    """Drops the draft and begins an empty form."""
    _drafts.forget(_name(vendor))
    st.session_state[_VERSION] = version() + 1


def restored_at() -> datetime | None:
    """When the draft that the form began with was written; None where it began empty."""
    at: str | None = st.session_state.get(_RESTORED)
    return datetime.fromisoformat(at) if at else None


def done() -> Done | None:
    """What was recorded last, until somebody goes on."""
    last: Done | None = st.session_state.get(_DONE)
    return last


def finish(recorded: Done) -> None:
    """Drops the draft of what was recorded, and keeps what is to be said about it."""
    forget(recorded.vendor)
    st.session_state[_DONE] = recorded


def forget_done() -> None:
    """The next form may begin."""
    st.session_state.pop(_DONE, None)


def clock_words(at: datetime, today: date) -> str:
    """The time of day where the reader is, with the day where that is not today: "10:42", "19 Nov, 10:42"."""
    here = at.astimezone(ZoneInfo(st.context.timezone or "UTC"))
    time = f"{here:%H:%M}"
    return time if here.date() == today else f"{day(here.date(), today)}, {time}"


def problems() -> tuple[Problem, ...]:
    """What is wrong with what the form holds, as far as it is to be said."""
    found: tuple[Problem, ...] = st.session_state.get(_PROBLEMS, ())
    return found


def look(at_once: tuple[Problem, ...], once_tried: tuple[Problem, ...]) -> None:
    """Settles what is to be said in this run: what stands in a field and cannot be, and all of it once it was saved."""
    tried = st.session_state.get(_TRIED, False)
    st.session_state[_PROBLEMS] = (*st.session_state.get(_REFUSED, ()), *(once_tried if tried else at_once))


def found(refused: tuple[Problem, ...] = (), *, tried: bool = True) -> None:
    """Keeps that the form was to be saved, and what the records refused of it."""
    st.session_state[_TRIED], st.session_state[_REFUSED] = tried, refused


def remember(spoken_of: Mapping[str, str], asked: Collection[str]) -> dict[str, str]:
    """Keeps the names of what something was said of, by field. Gives those that are not asked about any more.

    What is no longer drawn is soon no longer in the session, so that it has to be kept apart.
    """
    before: dict[str, str] = st.session_state.get(_SPOKEN, {})
    gone = {field: name for field, name in before.items() if field not in asked}
    st.session_state[_SPOKEN] = {**gone, **spoken_of}
    return gone


def _prefix(vendor: str) -> str:
    return f"log:{version()}:{vendor}:"


def _name(vendor: str) -> str:
    return f"check-in:{vendor}"


def _body(now: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from an untouched form, as JSON; with the day of the talk, which "today" would not keep."""
    said = {
        field: value for field, value in now.items() if value != defaults.get(field) and _says(field, value, defaults)
    }
    if said:
        said["held_on"] = now.get("held_on")
    return {field: value.isoformat() if isinstance(value, date) else value for field, value in said.items()}


def _says(field: str, value: object, defaults: Mapping[str, Any]) -> bool:
    return field in defaults or value not in (None, "", [], False)


def _value(field: str, value: Any) -> Any:
    """A value of a draft as the field holds it: days come back as dates."""
    return date.fromisoformat(value) if field.endswith("_on") and isinstance(value, str) else value
