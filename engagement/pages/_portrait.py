"""The upper half of an engagement's page: its header, figures, warnings, set-up and rhythm."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engagement.assessment import agenda, attention, portrait
from engagement.assessment.finish import MEANT, expected
from engagement.assessment.headline import nudges, said_beside, work_warnings
from engagement.assessment.in_hand import Held
from engagement.assessment.moved import moved_at_all
from engagement.assessment.results import Assessment, Warning
from engagement.assessment.wording import MINUS, day, in_words, sentence
from engagement.charts import rhythm as rhythm_chart
from engagement.charts.theme import MARKS
from engagement.pages import (
    _acts,
    _came_back,
    _engagement_form,
    _engagement_life,
    _engagement_log,
    _engagement_steps,
    _limits,
    _report,
    _track,
    chart,
    shell,
)
from engagement.pages.text import literal, mark
from engagement.records.engagements import recorded_since

WEEKS: Final = 26
UNREAD: Final = "unread-check-in"
_ICONS: Final = {"nudge": "lightbulb", "set-up": "checklist"}
"""What stands before a warning that makes no status."""
CARD: Final = 165
"""Pixels that a figure has at least: six of them stand side by side on a page 1280 wide."""
FIGURE: Final = 12
"""Letters of a figure at most, so that it fits into a card in its size; what is longer is written as words."""


def choose(known: Mapping[str, Assessment], missing: str | None) -> None:
    """Asks which engagement, where the address names none or one that is not recorded."""
    st.title("Which engagement?", anchor=False)
    if missing:
        st.caption(f'Nothing is recorded under "{literal(missing)}" on {day(shell.as_of())}.')
    st.selectbox(
        "Engagement",
        list(known),
        index=None,
        format_func=lambda key: f"{known[key].name} · {known[key].vendor}",
        key="engagement_choice",
        placeholder="Choose one",
        label_visibility="collapsed",
        on_change=_chosen,
    )


def header(assessment: Assessment) -> None:
    """Name, status and what the lead says, terms; then the sentence."""
    since, as_of = agenda.compared_with(shell.as_of()), shell.as_of()
    st.title(literal(assessment.name), anchor=False)
    word = MARKS[assessment.status].word
    declared = assessment.declared_status
    says = f" :gray[(lead says: {MARKS[declared].word})]" if declared and declared != assessment.status else ""
    terms = literal(portrait.header(assessment, as_of)) + _who(assessment)
    st.markdown(f"{mark(assessment.status)} **{word}**{says} :gray[· {terms}]")
    with shell.database().reading() as connection:
        first = recorded_since(connection, assessment.engagement)
    sentence = portrait.opening(assessment, since, as_of, is_compared=first is not None and first <= since)
    st.markdown(f"##### {literal(sentence)}", anchors=False)


def buttons(assessment: Assessment) -> None:
    """What can be done about it from here."""
    if not shell.is_today() or assessment.life == "closed":
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _acts.ask_button(assessment, shell.vendors().get(assessment.vendor))
        shell.to("log_check_in", "Log a check-in", engagement=assessment.engagement, icon=":material/edit_note:")
        if shell.narrow():
            _acts.more(assessment, _further(assessment))
            return
        _acts.talked_button(assessment)
        if work_warnings(assessment):
            _acts.in_hand_button(assessment)
        _report.button(assessment)
        _engagement_form.menu("More", _engagement_life.further(assessment), assessment, "engagement")


def _further(assessment: Assessment) -> dict[str, Callable[[Assessment], None]]:
    """What else can be done here, for the one button of a phone."""
    acts: dict[str, Callable[[Assessment], None]] = {}
    if _report.open_milestones(assessment):
        acts[_report.REPORT] = _report.ask
    for form in _engagement_life.further(assessment):
        if form.has_something(assessment):
            acts[form.opens] = partial(_engagement_form.ask, form)
    return acts


def figures(assessment: Assessment) -> None:
    """The line of figures, each with what it is set against."""
    facts = portrait.facts(assessment, shell.as_of())
    if shell.narrow():
        words = {fact.label: literal(_in_a_row(fact)) for fact in facts}
        st.table(words, border="horizontal", alt="Figures of the engagement")
        return
    with st.grid(len(facts), min_column_width=CARD):
        for fact in facts:
            with st.container(border=True, height="stretch", gap="xsmall"):
                _card(fact)


def _card(fact: portrait.Fact) -> None:
    """A figure under its name, over what it is set against. `st.metric` cuts what is long, so that only a short figure
    is one; words take as many lines as they need.
    """
    if len(fact.value) <= FIGURE:
        st.metric(fact.label, literal(fact.value))
    else:
        st.markdown(f":small[{fact.label}]")
        st.markdown(f"**{literal(fact.value)}**")
    if fact.beside and fact.good:
        is_good = fact.beside.startswith(MINUS) == (fact.good == "down")
        st.markdown(f":{'green' if is_good else 'red'}-badge[{literal(fact.beside)}]")
    elif fact.beside:
        st.caption(literal(fact.beside))


def finish(place: DeltaGenerator, assessment: Assessment, *, compared: bool) -> None:
    """What the days of the finish are; where another day is ``compared``, how far it moved since and what moved it."""
    since, as_of = agenda.compared_with(shell.as_of()), shell.as_of()
    if expected(assessment, as_of) is None:
        return
    found = moved_at_all(_then(assessment.engagement, since), assessment, since, as_of) if compared else None
    place.caption(" ".join([*([literal(found.words(since, as_of))] if found else []), MEANT]))


def _then(key: str, since: date) -> Assessment | None:
    """What was known of an engagement on an earlier day; None where nothing was on record by then."""
    with shell.database().reading() as connection:
        first = recorded_since(connection, key)
    if first is None or first > since:
        return None
    return next((one for one in shell.overview().portfolio(since).engagements if one.engagement == key), None)


def _in_a_row(fact: portrait.Fact) -> str:
    """A figure and what it is set against as one phrase."""
    return f"{fact.value}, {fact.beside[:1].lower()}{fact.beside[1:]}" if fact.beside else fact.value


def warnings(assessment: Assessment) -> None:
    """Everything that fires: since when, the evidence, the next step, and who has it in hand.

    Warnings about the work stand open, the headline of every page on top and largest, and are the ones that are
    counted; nudges are folded under their number.
    """
    wrong, habits = work_warnings(assessment), nudges(assessment)
    st.subheader(_number(wrong, "warning"), anchor=False)
    why = _why(assessment, is_calm=not wrong)
    if why or assessment.life != "active":
        st.caption(literal(why or "It is not under way."))
    records = _track.Records()
    _list(assessment, wrong, records, headline=True)
    if habits:
        with st.expander(_number(habits, "nudge"), icon=f":material/{_ICONS['nudge']}:"):
            st.caption(f"Good practice: no status follows from {'it' if len(habits) == 1 else 'them'}.")
            _list(assessment, habits, records)
    _unjudged(assessment)
    _limits.of_engagement(assessment)


def _number(found: Sequence[Warning], noun: str) -> str:
    """How many there are, as a heading: "Seven warnings"."""
    return f"{in_words(len(found)).capitalize()} {noun}{'' if len(found) == 1 else 's'}"


def _why(assessment: Assessment, *, is_calm: bool) -> str | None:
    """Why it stands where it stands in the order of all, whether or not it needs somebody."""
    is_own = shell.overview().level(shell.as_of()).is_own
    told = attention.told_calm if is_calm else attention.told
    said = told(assessment.attention, assessment.tier, is_own=is_own)
    rests = attention.borrowed([assessment.attention], is_own=is_own) if said else None
    return " ".join(filter(None, (said, rests))) or None


def left_over(assessment: Assessment) -> None:
    """What is still to be done about an engagement that is closed; nothing where nothing is."""
    if assessment.warnings:
        st.subheader("Left to do", anchor=False)
        _list(assessment, assessment.warnings, _track.Records())


def setup(assessment: Assessment) -> None:
    """How complete the plan is, as one line with what is missing behind it, and where the next of it is recorded."""
    st.subheader(f"Set-up {assessment.setup.met} of {assessment.setup.of}", anchor=False)
    missing = agenda.missing(assessment.setup)
    then = f" Then: {literal(', '.join(missing[1:]))}." if missing[1:] else ""
    st.caption(f"Next: {literal(missing[0])}.{then}" if missing else "Nothing is missing from the plan.")
    item = _engagement_steps.first(agenda.to_do(assessment.setup))
    if item is not None:
        _engagement_steps.step(assessment, item)


@st.fragment
def rhythm(assessment: Assessment) -> None:
    """When we talked in the last half year, and the stretches in which we should have."""
    start, as_of = shell.as_of() - timedelta(weeks=WEEKS), shell.as_of()
    rhythms = shell.overview().rhythms([assessment.engagement], start, as_of)
    chart.show(
        rhythm_chart.rhythm(rhythms, [assessment], start, as_of, dark=shell.dark(), narrow=shell.narrow()),
        "engagement_rhythm",
    )


def _chosen() -> None:
    shell.go("engagement", engagement=st.session_state["engagement_choice"])


def _who(assessment: Assessment) -> str:
    roles = (("owner", assessment.owner), ("lead", assessment.lead), ("deputy", assessment.deputy))
    return "".join(f" · {role} {literal(shell.person(name))}" for role, name in roles if name)


def _list(assessment: Assessment, shown: Sequence[Warning], records: _track.Records, *, headline: bool = False) -> None:
    """Warnings one below the other, each with what can be done about it; ``headline``: the first one is the largest."""
    back = _came_back.of([assessment]).get(assessment.engagement, ())
    with st.container(gap="xsmall"):
        for place, warning in enumerate(shown):
            large = headline and place == 0
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"warning_{warning.rule}"):
                of_this = [one for one in back if {warning.rule, *warning.covers}.intersection(one.rules)]
                _warning(warning, assessment, records.of(warning.rule), of_this, large=large)
                _engagement_steps.step(assessment, warning.rule)


def _unjudged(assessment: Assessment) -> None:
    """What could not be judged, as one line that opens to what is missing, and where it is recorded."""
    missing = list(dict.fromkeys(unknown.missing for unknown in assessment.unknown))
    if not missing:
        return
    number = len(assessment.unknown)
    checks = f"{in_words(number).capitalize()} check{'' if number == 1 else 's'}"
    with st.expander(f"{checks} could not be made: something is not recorded"):
        for place, text in enumerate(missing):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(literal(sentence(text)), width="content")
                _engagement_steps.lacks(assessment, text, f"lacks_{place}")


def _mark(warning: Warning) -> str:
    """The shape of the status that a warning leads to; a grey icon where no status follows from it, however bad."""
    if warning.kind != "status":
        return f":gray[:material/{_ICONS[warning.kind]}:]"
    return mark("off_track" if warning.severity == "critical" else "at_risk")


def _warning(
    warning: Warning, assessment: Assessment, record: str | None, back: Sequence[Held], *, large: bool
) -> None:
    """Two lines: the evidence, and since when and what next. What it covers is folded into the question mark.

    A line more where it came ``back``: what was in hand about it.
    """
    as_of = shell.as_of()
    folded = [literal(other.evidence) for other in assessment.folded if other.rule in warning.covers]
    evidence = literal(said_beside(warning, (*assessment.warnings, *assessment.folded)))
    since = f":gray[Since {day(warning.since, as_of)}.{f' {literal(record)}' if record else ''}]"
    if warning.in_hand_until is None:
        waits = _engagement_log.waits(assessment) if warning.rule == UNREAD else None
        then = waits or f"**Next:** {literal(warning.next_step)}"
    else:
        who = f", {literal(shell.person(warning.in_hand_by))}" if warning.in_hand_by else ""
        until = day(warning.in_hand_until, as_of)
        then = f":blue[In hand until {until}:] {literal((warning.in_hand_plan or '').rstrip(' .'))}{who}"
    first = f"{_mark(warning)} {evidence}"
    below = "\\\n".join((f"{since} {then}", *map(_came_back.words, back)))
    lines = f"#### {first}\n{below}" if large else f"{first}\\\n{below}"
    st.markdown(lines, width="stretch", help="  \n".join(folded) or None, anchors=False)
