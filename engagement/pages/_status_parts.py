"""The parts of Status: what is wanted, the figures, what is off track, the money, and what can be taken away."""

from collections.abc import Sequence
from datetime import date
from re import sub
from typing import Final, Literal

import pandas as pd
import streamlit as st

from engagement.assessment import pack as packing
from engagement.assessment.agenda import compared_with
from engagement.assessment.finish import MEANT
from engagement.assessment.finish_since import MovedFinish
from engagement.assessment.pack import Figure, OffTrack, Pack, Wanted
from engagement.assessment.results import Assessment, Portfolio
from engagement.assessment.sums import Sums, footnote, money_cells
from engagement.assessment.wording import MINUS, day, in_words, sentence
from engagement.exchange import takeaway
from engagement.exchange.status_book import status_book
from engagement.pages import _engagement_form, _week, filters, shell
from engagement.pages._engagement_decide import DECIDE
from engagement.pages._week import UNBROKEN
from engagement.pages.text import literal, mark
from engagement.records.actions import open_actions
from engagement.records.reports import last_issued

MOST_WANTED: Final = 5
MOST_OFF_TRACK: Final = 8
MOST_MOVED: Final = 5
MOST_FOLDED: Final = 40
_COLOUR: Final[dict[str, Literal["normal", "inverse", "off"]]] = {"more": "normal", "less": "inverse", "neither": "off"}


def pack() -> Pack:
    """The status of the filtered engagements as of the page's day, beside the one that was issued last before it.

    Moves of finishes are since the day that This week compares with, so that every page tells the same of them.
    """
    as_of = shell.as_of()
    with shell.database().reading() as connection:
        issued_on = last_issued(connection, as_of)
    before, since = _filtered(issued_on or packing.four_weeks_before(as_of)), compared_with(as_of)
    lately = _week.known_on(since)
    week = Portfolio(since, before.revision, lately) if lately else None
    return packing.pack(_filtered(as_of), before, _questions(as_of), week=week, is_issued=issued_on is not None)


def opening(pack: Pack) -> None:
    """The sentence; on a phone its first half as the title, and the rest in the size of a text."""
    st.title(literal(pack.standing if shell.narrow() else pack.sentence), anchor=False)
    if shell.narrow() and pack.at_stake:
        st.markdown(literal(pack.at_stake))


def wanted(asks: Sequence[Wanted]) -> None:
    """What waits for somebody on our side, each with the way to where it is decided."""
    if not asks:
        st.markdown("**Wanted from you:** nothing just now.")
        return
    st.subheader(f"Wanted from you ({len(asks)})", anchor=False)
    _asks(asks[:MOST_WANTED])
    if len(asks) > MOST_WANTED:
        with st.expander(f"{in_words(len(asks) - MOST_WANTED).capitalize()} more"):
            _asks(asks[MOST_WANTED:MOST_FOLDED])


def figures(shown: Sequence[Figure], pack: Pack) -> None:
    """The line of figures; on a phone as one line of words. Says what the changes are counted from."""
    if not shown:
        return
    if shell.narrow():
        st.markdown(" · ".join(map(_phrase, shown)))
    else:
        with st.grid(len(shown), min_column_width=150):
            for one in shown:
                _metric(one)
    notes = [f"{one.label}: {literal(one.note)}." for one in shown if one.note]
    if pack.changes_since:
        notes.append(pack.changes_since)
    if notes:
        st.caption(" ".join(notes))


def off_track(rows: Sequence[OffTrack]) -> None:
    """What is off track: why, what is being done, who, by when. What looks abandoned is one folded line."""
    alive = [row for row in rows if not row.abandoned]
    left = [row for row in rows if row.abandoned]
    st.subheader("Off track" if rows else "Nothing is off track", anchor=False)
    if any(row.finish and "likely by" in row.finish for row in rows):
        st.caption(MEANT)
    with st.grid(2, min_column_width=420):
        for row in alive[:MOST_OFF_TRACK]:
            _off_track(row)
    if len(alive) > MOST_OFF_TRACK:
        with st.expander(f"{in_words(len(alive) - MOST_OFF_TRACK).capitalize()} more off track"):
            for row in alive[MOST_OFF_TRACK:MOST_FOLDED]:
                _off_track(row)
    if left:
        look, them = ("looks", "it") if len(left) == 1 else ("look", "them")
        with st.expander(f"{in_words(len(left)).capitalize()} {look} abandoned: close {them} or start {them} again"):
            for row in left[:MOST_FOLDED]:
                _off_track(row)


def moved(pack: Pack) -> None:
    """Whose finish moved since last week beside those that are off track: when it is, how far it moved, and why."""
    if pack.week_on is None:
        return
    since, others = day(pack.week_on, pack.as_of), "other " if pack.off_track else ""
    if not pack.moved:
        st.caption(f"No {others}finish moved by three days or more since {since}.")
        return
    st.subheader(sentence(f"{others}finishes that moved since {since}")[:-1], anchor=False)
    if not pack.off_track:
        st.caption(MEANT)
    _moved(pack.moved[:MOST_MOVED])
    if len(pack.moved) > MOST_MOVED:
        with st.expander(f"{in_words(len(pack.moved) - MOST_MOVED).capitalize()} more"):
            _moved(pack.moved[MOST_MOVED:MOST_FOLDED])


def money(sums: Sequence[Sums]) -> None:
    """Money and value, a row for each currency: figures with how many engagements they cover. On a phone in words."""
    st.subheader("Money and value", anchor=False)
    rows = [{column: literal(cell) for column, cell in money_cells(one).items()} for one in sums]
    if shell.narrow():
        for row in rows:
            currency, *cells = row.items()
            st.markdown("  \n".join([f"**{currency[1]}**", *(f":gray[{column}:] {cell}" for column, cell in cells)]))
    elif rows:
        st.table(pd.DataFrame(rows).set_index("Currency"), border="horizontal", alt="Money and value by currency")
    note = footnote(sums)
    if note:
        st.caption(note)


def take_away(engagements: Sequence[Assessment], portfolio: Portfolio, pack: Pack) -> None:
    """The page as a workbook to forward, and the table behind it as raw data; made when they are asked for."""
    shown = Portfolio(portfolio.as_of, portfolio.revision, tuple(engagements))
    name, called = f"status-{portfolio.as_of.isoformat()}", shell.names()
    only = filters.in_words(called)
    with st.container(horizontal=True, vertical_alignment="center"):
        number = len(engagements)
        st.caption(f"This page with {in_words(number)} engagement{'' if number == 1 else 's'}:", width="content")
        st.download_button(
            "Excel",
            lambda: status_book(pack, shown, called, only),
            f"{name}.xlsx",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "CSV", lambda: takeaway.csv(shown), f"{name}.csv", "text/csv", on_click="ignore", icon=":material/download:"
        )


def leading(text: str, engagement: str) -> None:
    """A line of Markdown that may wrap, and beside it the way to the engagement it is about."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.markdown(text, width="stretch")
        shell.to("engagement", "Open", engagement=engagement)


def _filtered(on: date) -> Portfolio:
    portfolio = shell.overview().portfolio(on)
    return Portfolio(on, portfolio.revision, filters.matching(portfolio.engagements, filters.filters()))


def _questions(as_of: date) -> list[packing.Question]:
    """Open questions of vendors about the engagements on the page."""
    keys = [one.engagement for one in shell.asked() if one.life == "active"]
    with shell.database().reading() as connection:
        found = open_actions(connection, keys, as_of)
    return [
        packing.Question(one.engagement, one.title, one.raised_on)
        for one in found
        if one.kind == "question" and one.side == "vendor"
    ]


def _asks(asks: Sequence[Wanted]) -> None:
    """What is wanted, a line each; what waits to be accepted or rejected is decided on from its line."""
    known = {one.engagement: one for one in shell.asked()}
    for ask in asks:
        if ask.milestone is None or not shell.is_today():
            leading(literal(ask.text), ask.engagement)
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=shell.narrow()):
            st.markdown(literal(ask.text), width="stretch")
            place = f"wanted_{ask.engagement}_{ask.milestone}"
            _engagement_form.button(DECIDE, known[ask.engagement], place, ask.milestone)
            shell.to("engagement", "Open", engagement=ask.engagement)


def _phrase(figure: Figure) -> str:
    """A figure in a line of words: "**15** on track (−1)"."""
    change = f" ({literal(figure.change)})" if figure.change not in (None, packing.UNCHANGED) else ""
    return f"**{literal(figure.value)}** {figure.label[:1].lower()}{figure.label[1:]}{change}"


def _metric(figure: Figure) -> None:
    st.metric(
        figure.label,
        figure.value,
        figure.change and figure.change.replace(MINUS, "-"),
        delta_color="off" if figure.change == packing.UNCHANGED else _COLOUR[figure.better],
        delta_arrow="off",
        border=True,
    )


def _moved(found: Sequence[MovedFinish]) -> None:
    known = {one.engagement: one for one in shell.asked()}
    for one in found:
        sign = mark(known[one.engagement].status)
        leading(f"{sign} **{literal(one.name)}** :gray[{_unbroken(one.text)}]", one.engagement)


def _unbroken(text: str) -> str:
    """A sentence as Markdown in which no line ends between a number of days and its unit."""
    return sub(r"(?<=\d) d\b", f"{UNBROKEN}d", literal(text))


def _off_track(row: OffTrack) -> None:
    with st.container(border=True, gap="xsmall", height="stretch"):
        leading(f"{mark('off_track')} **{literal(row.name)}** · {literal(row.vendor)}", row.engagement)
        more = f" :gray[And {in_words(row.more)} more.]" if row.more else ""
        st.markdown(f"{literal(row.why)}{more}")
        if row.finish:
            st.markdown(f":gray[{_unbroken(row.finish)}]")
        if row.plan:
            until = f"until {day(row.until_on, shell.as_of())}" if row.until_on else ""
            who = ", ".join(filter(None, (literal(shell.person(row.assignee)), until)))
            st.markdown(f"**Being done:** {literal(row.plan)} :gray[{who}]")
        else:
            st.markdown(":gray[Nobody has said what is being done.]")
