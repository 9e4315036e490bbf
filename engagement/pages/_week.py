"""The parts of This week beside its cards: figures, what is folded away, what changed, what comes."""

from collections.abc import Sequence
from datetime import date
from math import floor, isnan
from typing import Final, Literal

import streamlit as st

from engagement.assessment import agenda, attention, news
from engagement.assessment.agenda import Agenda, Counts, Due, Figure, OpenAction
from engagement.assessment.finish import MEANT, expected
from engagement.assessment.news import News
from engagement.assessment.results import Assessment, Warning
from engagement.assessment.wording import MINUS, day, in_words, weekday
from engagement.charts.chart import cut
from engagement.charts.spark import spark
from engagement.charts.strip import begins, strip
from engagement.pages import _acts, _cards, _engagement_steps, filters, shell
from engagement.pages._typed import FIRST_DAY, LAST_DAY
from engagement.pages.text import literal
from engagement.records import actions
from engagement.records.engagements import recorded_since

MOST_DUE: Final = 14
"""Longer lists of what is due are folded after so many lines."""
MOST_NEWS: Final = 10
DAY_PIXELS: Final = 72
METRIC_HEIGHT: Final = 168
UNBROKEN: Final = "\u00a0"
NEWS_NAME: Final = (310, 7.2)
DUE_NAME: Final = (260, 6.7)
"""Pixels that names have in the lists at most, and those of a letter: a link does not wrap, and what stands beside it
begins at one edge."""
LINK_PIXELS: Final = 18
"""Of a link beside its letters."""
_BY_WEEK: Final = "week_by_week"
_COLOUR: Final[dict[str, Literal["normal", "inverse", "off"]]] = {"more": "normal", "less": "inverse", "neither": "off"}


def asked_on(day: date) -> tuple[Assessment, ...]:
    """The engagements the filters let through, as of another day than the page's."""
    return filters.matching(shell.overview().portfolio(day).engagements, filters.filters())


def week() -> Agenda:
    """What the page is about: the filtered engagements as of its day, beside the Friday it is compared with."""
    since = agenda.compared_with(shell.as_of())
    return agenda.agenda(shell.asked(), known_on(since), shell.as_of(), since)


def known_on(since: date) -> tuple[Assessment, ...]:
    """What the filters let through as of a day; nothing where nothing was on record then, whatever had begun."""
    first = _first_on_record()
    return asked_on(since) if first is not None and first <= since else ()


def _first_on_record() -> date | None:
    with shell.database().reading() as connection:
        return recorded_since(connection)


def figures(week: Agenda) -> tuple[Figure, ...]:
    """The line of figures with their changes, and with the lines they had when they were shown last."""
    kept_for, by_week = st.session_state.get(_BY_WEEK, (None, ()))
    return _figures(week, by_week if kept_for == filters.filters() else ())


def figures_with_lines(week: Agenda) -> tuple[Figure, ...]:
    """The same figures with their twelve-week lines; none where there is nothing to compare with yet."""
    by_week = _by_week(week.as_of) if week.is_compared else []
    st.session_state[_BY_WEEK] = filters.filters(), by_week
    return _figures(week, by_week)


def _figures(week: Agenda, by_week: Sequence[Counts | None]) -> tuple[Figure, ...]:
    return agenda.figures(agenda.counts(shell.asked()), agenda.counts(known_on(week.since)), by_week)


def _by_week(as_of: date) -> list[Counts | None]:
    """The figures of each of twelve weeks for the engagements on the page; None before anything was recorded."""
    keys, first = {assessment.engagement for assessment in shell.asked()}, _first_on_record()
    days = agenda.weeks(as_of)
    standings = shell.overview().standings(days)
    return [
        agenda.counted(one for key, one in standings[on].items() if key in keys) if first and first <= on else None
        for on in days
    ]


def figure_slots(number: int) -> list[st.delta_generator.DeltaGenerator]:
    """Places for a line of figures, to be filled twice: with the figures at once, with their lines later."""
    with st.grid(number, min_column_width=150):
        return [st.empty() for _ in range(number)]


def left_out(week: Agenda, *, lines: bool = False) -> None:
    """What the lines in the figures are, and what the figures leave out and why."""
    of_lines = f"Lines are the 12 weeks to {day(week.as_of, week.as_of)}." if lines and week.is_compared else None
    said = " ".join(filter(None, [of_lines, agenda.untold(agenda.counts(shell.asked()))]))
    if said:
        st.caption(said)


def fill(slots: Sequence[st.delta_generator.DeltaGenerator], shown: Sequence[Figure], week: Agenda) -> None:
    """Puts figures where they belong, with room for a line where there is one to come."""
    for slot, figure in zip(slots, shown, strict=True):
        with slot.container(border=True, height=METRIC_HEIGHT if week.is_compared else "content", gap="xsmall"):
            st.metric(
                figure.label,
                figure.value,
                _delta(figure.change),
                delta_color=_COLOUR[figure.good],
                delta_arrow="off",
                delta_description=f"since {day(week.since, week.as_of)}" if figure.change else None,
            )
            if week.is_compared:
                st.image(spark(figure.line, dark=shell.dark()), alt=_line_told(figure), width="stretch")


def _line_told(figure: Figure) -> str:
    """The line of a figure in words; a line that is still to come says what it will be of."""
    known = [number for number in figure.line if not isnan(number)]
    said = f"{figure.label} in each of the last 12 weeks"
    return f"{said}: from {known[0]:g} to {known[-1]:g}, at most {max(known):g}." if known else f"{said}."


def _delta(change: str | None) -> str | int | None:
    """A change as the metric element reads it: it tells better from worse by an ASCII minus; a nought is a number."""
    return 0 if change is not None and change.startswith("0") else change and change.replace(MINUS, "-")


def needs(week: Agenda, *, most: int, grouped: bool) -> None:
    """The cards of those that need somebody, at most so many, the rest folded; on request a vendor's together."""
    cards, first = week.needs, week.needs[:most]
    rhythms = shell.overview().rhythms([c.assessment.engagement for c in first], begins(shell.as_of()), shell.as_of())
    shown = {key: rhythm for key, rhythm in rhythms.items() if rhythm.marks or rhythm.missed}
    strips = {key: strip(rhythm, shell.as_of(), dark=shell.dark()) for key, rhythm in shown.items()}
    vendors = shell.vendors()
    said = []
    if len(cards) > 1 and not grouped:
        said.append(attention.ordered_by(card.assessment.attention for card in first))
    is_own = shell.overview().level(shell.as_of()).is_own
    if borrowed := attention.borrowed((card.assessment.attention for card in first), is_own=is_own):
        said.append(borrowed)
    if any(expected(card.assessment, shell.as_of()) for card in first):
        said.append(MEANT)
        if week.is_compared:
            since = day(week.since, week.as_of)
            said.append(
                f'Where the finish moved by three days or more since {since}, or "likely by" alone by a week, the card '
                "says how far and why."
            )
    if said:
        st.caption(" ".join(said))
    if grouped:
        for vendor, theirs in agenda.by_vendor(first).items():
            st.markdown(f"**{literal(vendor)}**")
            _cards.cards(theirs, strips, vendors)
    else:
        _cards.cards(first, strips, vendors)
    if len(cards) > most:
        label = f"{in_words(len(cards) - most).capitalize()} more need you"
        with st.expander(label, icon=":material/unfold_more:"):
            _cards.lines(cards[most:])


def open_actions() -> Sequence[OpenAction]:
    """What was agreed and not yet done, of the engagements the filters let through."""
    keys = [assessment.engagement for assessment in shell.asked() if assessment.life == "active"]
    with shell.database().reading() as connection:
        return actions.open_actions(connection, keys, shell.as_of())


def changed(week: Agenda) -> None:
    """What is different since the day compared with, a line each, the weightiest first."""
    if not week.is_compared:
        st.subheader("What changed", anchor=False)
        st.caption(f"All of it was recorded since {day(week.since, week.as_of)}: there is nothing to compare with yet.")
        return
    st.subheader(f"Changed since {day(week.since, week.as_of)}", anchor=False)
    told = news.told(shell.review(week.since), shell.asked(), shell.names(), week.as_of)
    if not told:
        st.caption("Nothing: no date moved, no warning opened or cleared, nothing was delivered.")
    with st.container(gap=None):
        if told:
            _news(told[:MOST_NEWS])
    if len(told) > MOST_NEWS:
        with st.expander(f"{in_words(len(told) - MOST_NEWS).capitalize()} more"):
            _news(told[MOST_NEWS:])


def _news(told: Sequence[News]) -> None:
    if shell.narrow():
        st.markdown("\n".join(f"- **{literal(item.name)}** {literal(item.text)}" for item in told))
        return
    column = name_column([item.name for item in told], NEWS_NAME)
    for item in told:
        _row(item.engagement, item.name, literal(item.text), column)


def figures_in_words(shown: Sequence[Figure]) -> None:
    """The figures as one line, for a phone."""
    changes = ("" if figure.change is None or figure.change.startswith("0") else figure.change for figure in shown)
    parts = (
        f"**{figure.value.replace(' ', UNBROKEN)}** {figure.label.lower()} {change.replace(' ', UNBROKEN)}".strip()
        for figure, change in zip(shown, changes, strict=True)
    )
    st.markdown(" · ".join(parts))


def folded(week: Agenda) -> None:
    """What is looked after, looks abandoned, lacks something or was never said: a line each, opened on request."""
    if week.in_hand:
        with st.expander(f"{in_words(len(week.in_hand)).capitalize()} in hand", icon=":material/front_hand:"):
            _cards.in_hand(week.in_hand)
    if week.abandoned:
        alone = len(week.abandoned) == 1
        look = "looks abandoned: close it or start it again" if alone else "look abandoned: close or start them again"
        label = f"{in_words(len(week.abandoned)).capitalize()} {look}"
        with st.expander(label, icon=":material/hourglass_disabled:"):
            _cards.lines(week.abandoned)
    if week.never_said:
        with st.expander(f"When did you last talk? Not on record for {_engagements(len(week.never_said))}"):
            for assessment in week.never_said[: _cards.MOST_LINES]:
                _last_talk(assessment)
            _cards.rest(len(week.never_said))
    if week.gaps:
        with st.expander(f"Set-up gaps on {_engagements(len(week.gaps))}", icon=":material/checklist:"):
            for assessment in week.gaps[: _cards.MOST_LINES]:
                _cards.line(assessment, agenda.setup_line(assessment.setup))
            _cards.rest(len(week.gaps))
    if week.left_over:
        number = len(week.left_over)
        label = f"Left to do on {_engagements(number, 'closed engagement')}"
        with st.expander(label, icon=":material/task_alt:"):
            for assessment in week.left_over[: _cards.MOST_LINES]:
                for warning in assessment.warnings:
                    _left_over(assessment, warning)
            _cards.rest(number)


def _engagements(number: int, noun: str = "engagement") -> str:
    return f"{in_words(number)} {noun}{'' if number == 1 else 's'}"


def _left_over(assessment: Assessment, warning: Warning) -> None:
    """What is still to be done about a closed engagement, with the form that records it."""
    since = f":gray[Since {day(warning.since, shell.as_of())}.]"
    _cards.line(assessment, f"{literal(warning.evidence)} {since} **Next:** {literal(warning.next_step)}")
    _engagement_steps.step(assessment, warning.rule, f"left_{assessment.engagement}_{warning.rule}")


def coming(dues: Sequence[Due]) -> None:
    """What is due in the next two weeks, by day."""
    st.subheader("Next 14 days", anchor=False)
    if not dues:
        st.caption("Nothing is due: no check-in, no milestone, no action.")
    with st.container(gap=None):
        if dues:
            _dues(dues[:MOST_DUE])
    if len(dues) > MOST_DUE:
        with st.expander(f"{in_words(len(dues) - MOST_DUE).capitalize()} more"):
            _dues(dues[MOST_DUE:])


def _dues(dues: Sequence[Due]) -> None:
    if shell.narrow():
        st.markdown(by_day(dues))
        return
    column = name_column([due.name for due in dues], DUE_NAME)
    for due, on in zip(dues, _days_once(dues), strict=True):
        _row(due.engagement, due.name, literal(due.what), column, on)


def by_day(dues: Sequence[Due]) -> str:
    """What is due as Markdown that wraps: a line a day, and under it what that day brings."""
    lines: list[str] = []
    for due, on in zip(dues, _days_once(dues), strict=True):
        lines += [f"\n:gray[{on}]\n"] if on else []
        lines.append(f"- {literal(due.name)}: {literal(due.what)}")
    return "\n".join(lines)


def _days_once(dues: Sequence[Due]) -> list[str]:
    """The day of each line, said where it is another one than in the line before."""
    before = [None, *(due.on for due in dues)]
    return [
        "" if due.on == last else weekday(due.on).replace(" ", UNBROKEN)
        for due, last in zip(dues, before, strict=False)
    ]


def name_column(names: Sequence[str], most: tuple[int, float]) -> tuple[int, int]:
    """Pixels and letters of a column of names: as wide as the longest needs, and no wider than there is room for."""
    pixels, letter = most
    needed = LINK_PIXELS + round(letter * max(map(len, names), default=0))
    return min(pixels, needed), floor((pixels - LINK_PIXELS) / letter)


def _row(engagement: str, name: str, text: str, column: tuple[int, int], on: str | None = None) -> None:
    """A line of a list: the day if there is one, the engagement as a link, and the text."""
    pixels, letters = column
    link = literal(cut(name, letters))
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", wrap=False):
        if on is not None:
            st.markdown(f":small[:gray[{on}]]", width=DAY_PIXELS)
        shell.to("engagement", link if on is not None else f"**{link}**", width=pixels, engagement=engagement)
        st.markdown(f":small[{text}]", width="stretch")


def _last_talk(assessment: Assessment) -> None:
    """Asks once when you last talked, and records it as a conversation of that day."""
    key = f"last_talk_{assessment.engagement}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _cards.line(assessment, "")
        st.date_input(
            f"Last talk about {literal(assessment.name)}",
            None,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            key=key,
            format="YYYY-MM-DD",
            label_visibility="collapsed",
            width=150,
            on_change=_said,
            args=(assessment, key),
        )


def _said(assessment: Assessment, key: str) -> None:
    held_on = st.session_state[key]
    if held_on is not None:
        _acts.talked(assessment, held_on)
