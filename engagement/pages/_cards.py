"""The cards of This week, and the lines that more of the same is folded into."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from engagement.assessment import agenda, attention
from engagement.assessment.agenda import Card
from engagement.assessment.finish import told
from engagement.assessment.headline import said_once
from engagement.assessment.in_hand import Held, held
from engagement.assessment.results import Assessment
from engagement.assessment.wording import day, in_words, money
from engagement.charts.chart import cut
from engagement.charts.strip import Strip
from engagement.charts.theme import MARKS
from engagement.pages import _acts, _came_back, _track, shell
from engagement.pages.text import literal, mark
from engagement.records.vendors import Vendor

MOST_EVIDENCE: Final = 2
"""Beside the headline; how many more there are is said, and the engagement's page shows them."""
LONGEST_LINK: Final = 40
"""Letters of a name in a link: it does not wrap, and a phone has no room for more."""
MOST_LINES: Final = 25
"""A folded list longer than this ends with a link to the Engagements page."""


def cards(shown: Sequence[Card], strips: Mapping[str, Strip], vendors: Mapping[str, Vendor]) -> None:
    """One card an engagement. ``strips``: the rhythm of each as a picture and what it shows in words."""
    records, is_own = _track.Records(), shell.overview().level(shell.as_of()).is_own
    came_back = _came_back.of(card.assessment for card in shown)
    for place, card in enumerate(shown, 1):
        with st.container(border=True, key=f"card_{card.assessment.engagement}", gap="xsmall"):
            _head(card, place)
            rhythm, record = strips.get(card.assessment.engagement), records.of(card.headline.rule)
            back = came_back.get(card.assessment.engagement, ())
            if rhythm is None and not card.is_new:
                _words(card, record, back, is_own=is_own)
            else:
                words, side = st.columns([0.7, 0.3], gap="medium")
                with words:
                    _words(card, record, back, is_own=is_own)
                with side:
                    _side(card, rhythm)
            _acts.buttons(card, vendors)


def lines(shown: Sequence[Card]) -> None:
    """One line an engagement: its mark, its name as a link, its headline."""
    for card in shown[:MOST_LINES]:
        line(card.assessment, literal(card.headline.evidence))
    rest(len(shown))


def in_hand(shown: Sequence[Card]) -> None:
    """A line for each thing that is being done: the plan, by whom, until when, about what; and the buttons for it."""
    for card in shown[:MOST_LINES]:
        about = {card.headline.rule, *(other.rule for other in card.others)}
        for one in held(card.assessment):
            if about.intersection(one.rules):
                with st.container(horizontal=not shell.narrow(), vertical_alignment="center", gap="small"):
                    line(card.assessment, _plan(one))
                    if shell.is_today():
                        _in_hand_buttons(card.assessment, one)
    rest(len(shown))


def _in_hand_buttons(assessment: Assessment, one: Held) -> None:
    with st.container(horizontal=True, gap="small", width="content"):
        _acts.goes_on_button(assessment, one, f"goes_on_{assessment.engagement}")
        _acts.end_button(assessment, one, f"end_{assessment.engagement}")


def line(assessment: Assessment, text: str) -> None:
    """An engagement as one line: its name as a link, then ``text`` (Markdown)."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        shell.to(
            "engagement",
            f"{mark(assessment.status)} {literal(cut(assessment.name, LONGEST_LINK))}",
            engagement=assessment.engagement,
        )
        st.markdown(" · ".join(filter(None, (MARKS[assessment.status].word, literal(assessment.vendor), text))))


def rest(shown: int) -> None:
    """Where to find what a list leaves out."""
    if shown > MOST_LINES:
        shell.to("engagements", f"and {in_words(shown - MOST_LINES)} more, in Engagements")


def _head(card: Card, place: int) -> None:
    assessment = card.assessment
    lead = shell.person(assessment.lead or assessment.owner)
    who = f" · {'lead' if assessment.lead else 'owner'} {literal(lead)}" if lead else ""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        st.markdown(
            f"##### {place} {mark(assessment.status)} {literal(assessment.name)} "
            f":gray[· {MARKS[assessment.status].word} · {literal(assessment.vendor)}{who}]",
            width="content",
            anchors=False,
        )
        st.markdown(f":gray[{_money_and_finish(card)}]", width="content")


def _words(card: Card, record: str | None, back: Sequence[Held], *, is_own: bool) -> None:
    """What is wrong, how often that came to something, what next, what moved the finish, and why it stands there.

    ``back``: what was done about it until it came back.
    """
    shown = (card.headline, *card.others)
    headline, *others = said_once(shown)
    said = [literal(headline)]
    if record:
        said.append(f":gray[{literal(record)}]")
    if others:
        first = " ".join(map(literal, others[:MOST_EVIDENCE]))
        left_out = len(others) - MOST_EVIDENCE
        more = f" And {in_words(left_out)} more." if left_out > 0 else ""
        said.append(f":gray[{first}{more}]")
    lines = [" ".join(said), *map(_came_back.words, back), f"**Next:** {literal(card.headline.next_step)}"]
    why = attention.told(card.assessment.attention, card.assessment.tier, is_own=is_own)
    moved = f"{card.moved.what} moved: {card.moved.because}." if card.moved and card.moved.because else None
    lines += [f":small[:gray[{literal(each)}]]" for each in (moved, why) if each]
    st.markdown("\\\n".join(lines))


def _side(card: Card, strip: Strip | None) -> None:
    with st.container(horizontal_alignment="left" if shell.narrow() else "right", gap="xxsmall"):
        if strip is not None:
            st.image(strip.svg, alt=strip.alt, width="content")
        if card.is_new:
            st.markdown(f":blue[new since {day(agenda.compared_with(shell.as_of()), shell.as_of())}]", width="content")


def _money_and_finish(card: Card) -> str:
    assessment, as_of = card.assessment, shell.as_of()
    parts = []
    if assessment.cost.budget is not None:
        monthly = " a month" if assessment.contract == "retainer" else ""
        parts.append(literal(money(assessment.cost.budget, assessment.currency)) + monthly)
    finish = told(assessment, as_of)
    if finish:
        moved = f" ({card.moved.since(agenda.compared_with(as_of), as_of)})" if card.moved else ""
        parts.append(f"{finish}{moved}")
    return " · ".join(parts)


def _plan(one: Held) -> str:
    who = f", {literal(shell.person(one.assignee))}" if one.assignee else ""
    until = day(one.until_on, shell.as_of())
    return f"{literal(one.plan.rstrip(' .'))}{who}, until {until}. :gray[About: {literal(one.evidence)}]"
