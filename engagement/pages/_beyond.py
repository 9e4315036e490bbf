"""Warnings about vendors, people, pairs of engagements and the portfolio, on the pages where each helps.

They are asked for last on a page: since when they hold takes a moment on a cold start, and nobody waits for it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engagement import clock
from engagement.assessment import concerns
from engagement.assessment.results import Assessment, PortfolioWarning
from engagement.assessment.wording import count, day, in_words, listed
from engagement.charts.chart import cut
from engagement.pages import _cards, _engagement_form, _track, filters, identity, shell
from engagement.pages._engagement_twins import DELIBERATE
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.reports import issue_report, last_issued

MOST: Final = 4
"""So many stand open; more are folded."""
PIXELS: Final = 420
_ICONS: Final = {concerns.PROMISES: "storefront", concerns.OWNER: "person", concerns.PACK: "campaign"}


def found() -> tuple[PortfolioWarning, ...]:
    """The warnings beyond one engagement that concern what the filters let through, as of the page's day."""
    asked = filters.filters()
    return concerns.shown(
        shell.overview().whole(shell.as_of()).warnings,
        shell.asked(),
        person=asked.person,
        vendor=asked.vendor,
        is_part=filters.is_filtered(),
    )


def about(assessment: Assessment) -> tuple[PortfolioWarning, ...]:
    """Those that concern one engagement, whatever the filters are."""
    return concerns.shown(shell.overview().whole(shell.as_of()).warnings, [assessment], is_part=True)


def this_week(place: DeltaGenerator, said: Sequence[PortfolioWarning]) -> None:
    """Vendors, people and the portfolio for whom it is time; below them, folded, what reads like the same task."""
    with place:
        nudges = concerns.of_rules(said, concerns.PROMISES, concerns.OWNER, concerns.PACK)
        _section("Across engagements", concerns.varied(nudges))
        pairs = concerns.of_rules(said, concerns.TWINS)
        if pairs:
            alike = concerns.groups(pairs)
            label = f"{_number(alike)} read alike: the same task twice?"
            with st.expander(label, icon=":material/content_copy:"):
                for group in alike[: _cards.MOST_LINES]:
                    if len(group) == 1:
                        _pair(group[0])
                    else:
                        _group(group)
                if len(alike) > _cards.MOST_LINES:
                    st.caption(
                        f"And {count(len(alike) - _cards.MOST_LINES, 'more', 'more')}, "
                        "each on the pages of its engagements."
                    )


def _number(alike: Sequence[Sequence[PortfolioWarning]]) -> str:
    """How many engagements: "Two engagements", "Three pairs of engagements", "Seven engagements in two groups"."""
    if len(alike) > 1 and all(len(group) == 1 for group in alike):
        return f"{in_words(len(alike)).capitalize()} pairs of engagements"
    engagements = sum(len(concerns.engagements_of(group)) for group in alike)
    where = f" in {in_words(len(alike))} groups" if len(alike) > 1 else ""
    return f"{in_words(engagements).capitalize()} engagements{where}"


def status(place: DeltaGenerator, said: Sequence[PortfolioWarning]) -> None:
    """By vendor, whose dates were not kept."""
    with place:
        _section("Vendors and their dates", concerns.of_rules(said, concerns.PROMISES))


def pack(place: DeltaGenerator, said: Sequence[PortfolioWarning]) -> None:
    """That executives have not been told for long, beside what there is to give them, and the word that they were."""
    with place, st.container(gap="xsmall"):
        for warning in concerns.of_rules(said, concerns.PACK):
            st.markdown(_words(warning, _track.Records()))
        if shell.is_today():
            _issue()


def vendor(place: DeltaGenerator, assessment: Assessment, said: Sequence[PortfolioWarning]) -> None:
    """What holds of an engagement's vendor, over all that it does for us."""
    with place:
        for warning in concerns.of_rules(said, concerns.PROMISES):
            if warning.subject == assessment.vendor:
                _warning(warning, _track.Records())


def filtered(place: DeltaGenerator, said: Sequence[PortfolioWarning]) -> None:
    """What holds of the one vendor or person that a list is narrowed to."""
    asked = filters.filters()
    with place:
        for warning in concerns.of_rules(said, concerns.PROMISES, concerns.OWNER):
            if warning.subject in (asked.vendor, asked.person):
                st.markdown(_words(warning, _track.Records()))


def _section(heading: str, warnings: Sequence[PortfolioWarning]) -> None:
    """A heading and the warnings under it, two side by side where there is room, the rest folded; else nothing."""
    if not warnings:
        return
    st.subheader(heading, anchor=False)
    _grid(warnings[:MOST])
    if len(warnings) > MOST:
        with st.expander(f"{in_words(len(warnings) - MOST).capitalize()} more", icon=":material/unfold_more:"):
            _grid(warnings[MOST : MOST + _cards.MOST_LINES])
            left_out = len(warnings) - MOST - _cards.MOST_LINES
            if left_out > 0:
                st.caption(f"And {count(left_out, 'more', 'more')}, each in Engagements under its vendor or person.")


def _grid(warnings: Sequence[PortfolioWarning]) -> None:
    records = _track.Records()
    with st.grid(2, min_column_width=PIXELS, gap="medium"):
        for warning in warnings:
            with st.container(gap="xsmall"):
                _warning(warning, records)


def _warning(warning: PortfolioWarning, records: _track.Records) -> None:
    """What it saw, since when, what next, and the way to the engagements it is about."""
    st.markdown(_words(warning, records))
    if warning.rule == concerns.PACK:
        shell.to("status", "Status")
    else:
        who = {concerns.PROMISES: "vendor", concerns.OWNER: "person"}[warning.rule]
        label = f"Engagements of {literal(cut(shell.person(warning.subject) or '', _cards.LONGEST_LINK))}"
        shell.to("engagements", label, filtered={who: warning.subject})


def _words(warning: PortfolioWarning, records: _track.Records) -> str:
    """As Markdown. A nudge bears no mark of a status: it makes none."""
    record = records.of(warning.rule)
    lines = [
        f":gray[:material/{_ICONS[warning.rule]}:] {literal(warning.evidence)}",
        *([f":gray[{literal(record)}]"] if record else []),
        f":gray[Since {day(warning.since, shell.as_of())}.] **Next:** {literal(warning.next_step)}",
    ]
    return "\\\n".join(lines)


def _pair(warning: PortfolioWarning) -> None:
    """Two engagements that read alike, with the way to each and the word that it is on purpose."""
    known = {one.engagement: one for one in shell.portfolio().engagements}
    one, other = (known[key] for key in warning.engagements)
    with st.container(gap="xxsmall"):
        since = f":gray[Since {day(warning.since, shell.as_of())}.]"
        st.markdown(f"{literal(warning.evidence)} {since}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for each in (one, other):
                shell.to("engagement", literal(cut(each.name, _cards.LONGEST_LINK)), engagement=each.engagement)
            pair = f"{one.engagement}_{other.engagement}"
            _engagement_form.button(DELIBERATE, one, f"pair_{pair}", about=other.engagement)


def _group(pairs: Sequence[PortfolioWarning]) -> None:
    """More than two engagements that read alike, as one line, with the way to each: there each pair is decided."""
    known = {one.engagement: one for one in shell.portfolio().engagements}
    those = [known[key] for key in concerns.engagements_of(pairs)]
    with st.container(gap="xxsmall"):
        names = listed([f'"{one.name}" ({one.vendor})' for one in those], most=_cards.MOST_LINES)
        since = f":gray[The first of them since {day(min(one.since for one in pairs), shell.as_of())}.]"
        st.markdown(f"{literal(names)} read alike. {since} On the page of each you can say that it is on purpose.")
        with st.container(horizontal=True, gap="small"):
            for each in those[: _cards.MOST_LINES]:
                shell.to("engagement", literal(cut(each.name, _cards.LONGEST_LINK)), engagement=each.engagement)


def _issue() -> None:
    """Takes the word that a status pack was issued today, once; the next figures then stand against today's."""
    with shell.database().reading() as connection:
        told = last_issued(connection, clock.today() + timedelta(days=1)) == clock.today()
    if told:
        st.caption("A status pack was issued today.")
    else:
        st.button("Note that a status pack was issued today", key="pack_issued", type="tertiary", on_click=_issued)


def _issued() -> None:
    def record(author: Author) -> None:
        issue_report(shell.database(), author, "status", clock.today())

    identity.write(record, done="Recorded: a status pack was issued today.")
