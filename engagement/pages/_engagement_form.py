"""A form in a dialog, opened from where a thing is shown or from the warning that asks for it.

What is typed stays until it is recorded or put away: also while the page asks who one is, and while what is wrong is
said beside the fields. Each form is a `Form`; its fields are drawn by the functions below, which give every opening of
a form fields of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final, NamedTuple

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment
from engagement.errors import Problem, Refused
from engagement.pages import _names, _whom, identity, shell
from engagement.pages._typed import FIRST_DAY, LAST_DAY, no_whole_number, not_past, out_of_reach, too_long
from engagement.pages.live import DIALOG
from engagement.pages.text import literal

Check = Callable[[str, Any], Iterable[Problem]]
"""What is wrong with what a field holds: gets the name of the field, and what it holds."""
LONGEST_TEXT: Final = 5_000
LONGEST_LINE: Final = 200
DATE_FORMAT: Final = "YYYY-MM-DD"
NOT_RECORDED: Final = "not recorded"
_FOR: Final = f"{DIALOG}form"
_SEEN: Final = "form_seen"
_NUMBER: Final = "form_number"
_WRONG: Final = "form_wrong"
_SHOWN: Final = "form_shown"
_CHECKS: Final = "form_checks"
_CALLED: Final = "form_called"
_KNOWN: Final = "form_known"
"""What is recorded under the names that a field offers, by field."""


@dataclass(frozen=True, slots=True)
class Form:
    """Something that is recorded about an engagement."""

    name: str
    title: str
    opens: str
    """What the button says that opens it."""
    saves: str
    """What its main button says."""
    done: str
    """What is said once it is recorded."""
    show: Callable[[Assessment, str], None]
    """Draws the fields. The text is what the form was opened about: the key of a metric, for instance."""
    entry: Callable[[Assessment, str], identity.Record]
    """What the fields hold, as the write that records it. Raises `Refused` for what cannot be right."""
    has_something: Callable[[Assessment], bool] = lambda _: True
    """Whether there is anything to record just now."""


class _Asked(NamedTuple):
    """A form that stands open."""

    form: Form
    engagement: str
    about: str


# --- Opening and closing


def button(form: Form, assessment: Assessment, place: str, about: str = "", label: str | None = None) -> None:
    """A button that opens a form, on a page that shows today. ``place`` tells buttons of the same form apart."""
    if shell.is_today() and form.has_something(assessment):
        st.button(
            label or form.opens,
            key=f"{form.name}_from_{place}",
            on_click=ask,
            args=(form, assessment, about),
        )


def menu(label: str, forms: Sequence[Form], assessment: Assessment, place: str, about: str = "") -> None:
    """Several forms under one button, on a page that shows today; nothing where none has anything to record."""
    offered = {form.opens: form for form in forms if form.has_something(assessment)}
    if shell.is_today() and offered:
        key = f"menu_{place}"
        st.menu_button(
            label, list(offered), key=key, type="tertiary", on_click=_chosen, args=(key, offered, assessment, about)
        )


def _chosen(key: str, offered: Mapping[str, Form], assessment: Assessment, about: str) -> None:
    """Opens what was picked under the button of a menu."""
    ask(offered[st.session_state[key]], assessment, about)


def ask(form: Form, assessment: Assessment, about: str = "") -> None:
    """Has the page open a form with nothing typed. For a callback."""
    st.session_state[_FOR] = _Asked(form, assessment.engagement, about)
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    st.session_state[_WRONG] = ()


def dialog(known: Mapping[str, Assessment]) -> None:
    """The form that stands open about one of some engagements. Once a page."""
    asked: _Asked | None = st.session_state.get(_FOR)
    if asked is None or identity.is_asking():
        return
    assessment = known.get(asked.engagement)
    if assessment is None or not shell.is_today():
        _put_away()
        return
    st.dialog(asked.form.title, on_dismiss=_put_away)(_form)(assessment, asked.form, asked.about)


def seen() -> None:
    """Notes which form this run of the page knows of. Call it in a run of the whole page, before its fragments."""
    st.session_state[_SEEN] = st.session_state.get(_FOR)


def catch_up() -> None:
    """Draws the whole page where a button of a fragment has opened a form. First thing in the fragment."""
    asked = st.session_state.get(_FOR)
    if asked is not None and asked != st.session_state.get(_SEEN):
        st.rerun(scope="app")


def _form(assessment: Assessment, form: Form, about: str) -> None:
    """The fields, what is wrong with them, and the one button that records them."""
    if st.session_state.get(_FOR) is None or identity.is_asking():
        st.rerun()
    st.session_state[_SHOWN] = set()
    st.session_state[_CHECKS], st.session_state[_CALLED], st.session_state[_KNOWN] = {}, {}, {}
    form.show(assessment, about)
    shown: set[str] = st.session_state[_SHOWN]
    for problem in problems():
        if problem.column not in shown:
            _say(problem)
    st.button(form.saves, type="primary", key="form_save", on_click=_save, args=(assessment, form, about))


def _save(assessment: Assessment, form: Form, about: str) -> None:
    """Records what the fields hold, or keeps what is wrong with it. A second press finds nothing left to record."""
    if st.session_state.get(_FOR) is None:
        return
    try:
        refuse(mistyped())
        record = form.entry(assessment, about)
    except Refused as refusal:
        _wrong(refusal.problems)
        return
    identity.write(record, done=form.done, refused=_wrong, then=_put_away)


def _put_away() -> None:
    st.session_state.pop(_FOR, None)
    st.session_state[_WRONG] = ()


def _wrong(found: tuple[Problem, ...]) -> None:
    st.session_state[_WRONG] = found


# --- What the fields hold


def key(field: str) -> str:
    """The session's name of a field of the form that stands open."""
    return f"form_{st.session_state.get(_NUMBER, 0)}_{field}"


def value(field: str) -> Any:
    """What a field holds; None before it was ever shown."""
    held = st.session_state.get(key(field))
    counts = st.session_state.get(_CHECKS, {}).get(field) is no_whole_number
    return int(held) if counts and isinstance(held, float) and held.is_integer() else held


def said(field: str) -> str | None:
    """The text in a field without the blanks around it, of a name what is recorded under it; None where it is empty."""
    text: str | None = value(field)
    known: Mapping[str, _whom.Known] = st.session_state.get(_KNOWN, {})
    return _whom.meant(text, known[field]) if field in known else (text or "").strip() or None


def amount(field: str) -> Decimal | None:
    """The number in a field, exactly as it was typed; None where it is empty."""
    held = value(field)
    return None if held is None else Decimal(str(held))


def begun(field: str, recorded: Any = None) -> Any:
    """What a field began with: what was recorded when the form was opened."""
    return st.session_state.setdefault(f"{key(field)}_begun", recorded)


def changed(*fields: str) -> dict[str, Any]:
    """What somebody has changed in some fields, and nothing of what others may have changed meanwhile."""
    now = {field: said(field) if isinstance(value(field), str) else value(field) for field in fields}
    return {field: held for field, held in now.items() if held != begun(field)}


def needed(**fields: str) -> None:
    """Raises `Refused` for every field that is empty. ``fields``: by its name, what to say then."""
    refuse([Problem(what, "Fill it in.", column=field) for field, what in fields.items() if _is_empty(field)])


def refuse(found: Sequence[Problem]) -> None:
    """Raises `Refused` with problems, if there are any; ``column`` is the field that each stands under."""
    if found:
        raise Refused(tuple(found))


def mistyped() -> list[Problem]:
    """What stands in a field of the form and cannot be taken."""
    checks: Mapping[str, Check] = st.session_state.get(_CHECKS, {})
    return [problem for field, check in checks.items() for problem in check(field, value(field))]


def problems() -> tuple[Problem, ...]:
    """What was wrong when the form was last to be recorded."""
    found: tuple[Problem, ...] = st.session_state.get(_WRONG, ())
    return found


def _is_empty(field: str) -> bool:
    return said(field) is None if isinstance(value(field), str) else value(field) is None


# --- The fields


def complain(*fields: str) -> None:
    """Says under some fields what was wrong with them. Numbers stand side by side: of them it says with which."""
    st.session_state[_SHOWN].update(fields)
    for problem in problems():
        if problem.column in fields:
            _say(problem)


def line(field: str, label: str, recorded: str | None = None, *, placeholder: str | None = None) -> None:
    """A line of text."""
    st.text_input(
        label,
        begun(field, recorded) or "",
        key=key(field),
        placeholder=placeholder,
        persist_state="page",
    )
    _check(field, partial(too_long, longest=LONGEST_LINE))
    complain(field)


def text(field: str, label: str, recorded: str | None = None, *, height: int = 90) -> None:
    """A longer text."""
    st.text_area(label, begun(field, recorded) or "", key=key(field), height=height, persist_state="page")
    _check(field, partial(too_long, longest=LONGEST_TEXT))
    complain(field)


def number(field: str, label: str, recorded: float | None = None, *, placeholder: str = NOT_RECORDED) -> None:
    """A number, with decimals where somebody types them; a field beside others says what is wrong below them."""
    st.number_input(
        label,
        value=begun(field, recorded),
        step=1.0,
        format="%.10g",
        key=key(field),
        placeholder=placeholder,
        persist_state="page",
    )
    st.session_state[_CALLED][field] = label


def count(field: str, label: str, recorded: int | None = None) -> None:
    """A whole number; with a fraction it is refused, not cut off."""
    number(field, label, None if recorded is None else float(recorded))
    _check(field, no_whole_number)


def past(field: str, label: str, recorded: date | None = None) -> None:
    """A day that has come."""
    _day(field, label, recorded, partial(not_past, today=clock.today()))


def on(field: str, label: str, recorded: date | None = None) -> None:
    """Any day."""
    _day(field, label, recorded, partial(out_of_reach, today=clock.today()))


def one_of(field: str, label: str, words: Mapping[str, str], recorded: str | None = None) -> None:
    """One of a few words; none may be chosen."""
    st.segmented_control(
        label,
        list(words),
        format_func=lambda word: shell.option(words[word]),
        default=begun(field, recorded),
        key=key(field),
        persist_state="page",
        wrap=True,
    )
    complain(field)


def tick(field: str, label: str) -> None:
    """A box to be ticked."""
    st.checkbox(label, key=key(field), persist_state="page")
    complain(field)


def pick(
    field: str, label: str, words: Mapping[str, str], recorded: str | None = None, *, placeholder: str = "Choose one"
) -> None:
    """One of several, by name."""
    options = list(words)
    begin = begun(field, recorded)
    st.selectbox(
        label,
        options,
        index=options.index(begin) if begin in options else None,
        format_func=lambda option: words.get(option, option),
        key=key(field),
        placeholder=placeholder,
        persist_state="page",
    )
    complain(field)


def other(field: str, label: str, known: Sequence[str]) -> None:
    """One of some names, or another one."""
    _name(field, label, {name: name for name in known}, "", "Type or choose a name")


def person(field: str, label: str, recorded: str | None = None) -> None:
    """Somebody of ours: one that is listed, or another name."""
    begin, called = begun(field, recorded), shell.names()
    twice = Counter(called.values())

    def words(one: str) -> str:
        name = called.get(one, one)
        return f"{name} ({one})" if twice[name] > 1 else name

    people = {*called, *([str(begin)] if begin else [])}
    _name(field, label, {words(one): one for one in people}, words(begin) if begin else "", NOT_RECORDED)


def _name(field: str, label: str, known: _whom.Known, begin: str, placeholder: str) -> None:
    st.session_state[_KNOWN][field] = known
    _whom.field(key(field), label, known, begin, placeholder=placeholder, answered=partial(_answered, field))
    _check(field, partial(_unclear, known=known))
    complain(field)


def _answered(field: str) -> None:
    """What was wrong with a name is said no longer, once it is clear whom it stands for."""
    _wrong(tuple(problem for problem in problems() if problem.column != field))


def _unclear(field: str, typed: Any, known: _whom.Known) -> Iterable[Problem]:
    """A name that is too long, or that may stand for one that is recorded."""
    return [
        *too_long(field, typed, LONGEST_LINE),
        *_names.open_problem(field, typed or "", _whom.open_about(key(field), known)),
    ]


def _check(field: str, check: Check) -> None:
    """Has what a field holds checked before it is recorded."""
    st.session_state[_CHECKS][field] = check


def _day(field: str, label: str, recorded: date | None, check: Check) -> None:
    st.date_input(
        label,
        begun(field, recorded),
        max_value=LAST_DAY,
        min_value=FIRST_DAY,
        format=DATE_FORMAT,
        key=key(field),
        persist_state="page",
    )
    _check(field, check)


def _say(problem: Problem) -> None:
    called = st.session_state[_CALLED].get(problem.column)
    which = f"{called.partition(',')[0]}: " if called else ""
    st.markdown(f":red[:material/error:] {which}{literal(problem.what)} {literal(problem.remedy)}")
