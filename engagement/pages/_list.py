"""The engagements as a table, and as a list that reads on a phone and by keyboard."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from typing import Any, Final

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from engagement.assessment.agenda import finish_is_held
from engagement.assessment.counts import is_first_due
from engagement.assessment.finish import LONG_OPEN, all_delivered_on, expected, told
from engagement.assessment.headline import needs_somebody, work_warnings
from engagement.assessment.results import Assessment
from engagement.assessment.wording import ago, day, in_words, listed, sentence, signed_days
from engagement.charts.chart import cut
from engagement.charts.theme import MARKS
from engagement.pages import shell
from engagement.pages._cards import LONGEST_LINK
from engagement.pages.text import literal, mark

PAGE: Final = 25
BOTH: Final = 2
APART: Final = 0.5
"""What tells days that are read in other words from those that are counted: of an engagement that nobody has talked
about yet, and of one that is late without a new day. Both sort among the others all the same."""
LINK_PIXELS: Final = 8
"""Between the edge of a link and its letters."""
LONGEST_NAME: Final = 27
LONGEST_VENDOR: Final = 16
"""Letters of a name in the table: a cell that is too narrow breaks off without a word."""
ROW_PIXELS: Final = 33
"""What a row of the table takes in the type size of the theme; more, and it ends in a strip without a row."""
MOST_ROWS_HIGH: Final = 20
MARK: Final = "mark"
SAYS: Final = "Vendor says"
DATE: Final = "D MMM YYYY"
OPEN: Final = date.max
"""The finish of what is open for so long that none is told: read as "open", it sorts after all that have one."""
WHOSE: Final = (
    "Promised: the first promise. Vendor says: how much later than that. Finish and likely by: our forecast, with one "
    "chance in two and with four in five."
)
"""Whose word each of the days is: two of them side by side look like a contradiction."""
NOBODY_SAID: Final = "Nobody has said when you last talked."
_OPENED: Final = "engagements_opened"


def opening(shown: Sequence[Assessment]) -> str:
    """How many stand where: "Three off track, two at risk and 19 on track; four are not under way"."""
    counted = Counter(assessment.status for assessment in shown if assessment.life == "active")
    under_way = [f"{in_words(counted[status])} {MARKS[status].word}" for status in MARKS if counted[status]]
    at_rest = len(shown) - counted.total()
    resting = [f"{in_words(at_rest)} {'is' if at_rest == 1 else 'are'} not under way"] if at_rest else []
    return sentence("; ".join(filter(None, [listed(under_way, most=8), *resting])))


def order(shown: Sequence[Assessment], recorded: int) -> str:
    """How many there are, and how they stand: "All 31; the nine that need somebody first, then by status."."""
    if len(shown) == 1:
        return sentence("the only one" if recorded == 1 else f"one of {in_words(recorded)}")
    everything = f"all {in_words(recorded)}" if recorded > BOTH else "both"
    some = everything if len(shown) == recorded else f"{in_words(len(shown))} of {in_words(recorded)}"
    needing = sum(map(needs_somebody, shown))
    they = "the one that needs" if needing == 1 else f"the {in_words(needing)} that need"
    return sentence(f"{some}; {f'{they} somebody first, then ' if needing else ''}by status")


def table(shown: Sequence[Assessment]) -> None:
    """A table with a row an engagement; its name opens the page."""
    config = st.column_config
    rows = pd.DataFrame([_row(a, shell.names(), shell.as_of()) for a in shown])
    unknown = [str(column) for column in rows if rows[column].isna().all()]
    asides = [WHOSE] if any(expected(a, shell.as_of()) for a in shown) else []
    asides += [f"Not recorded of any of these: {listed([column.lower() for column in unknown])}."] if unknown else []
    if any(a.contract == "retainer" for a in shown):
        asides.append("A retainer has no finish and no share done.")
    if any(a.outlook is not None and expected(a, shell.as_of()) is None for a in shown):
        asides.append(LONG_OPEN)
    if asides:
        st.caption(" ".join(asides))
    st.session_state["engagements_keys"] = [a.engagement for a in shown]
    st.dataframe(
        _styled(rows.drop(columns=unknown)),
        hide_index=True,
        height=ROW_PIXELS * (min(len(shown), MOST_ROWS_HIGH) + 1) + 2,
        placeholder="not known",
        alt="Engagements with their status, contact, finish, progress and money",
        column_config={
            MARK: config.TextColumn("", width=28, alignment="center"),
            "Engagement": config.ButtonColumn(
                key=_OPENED, on_click=_open_clicked, type="tertiary", alignment="left", width=188, pinned=True
            ),
            "Status": config.TextColumn(width=78),
            "Vendor": config.TextColumn(width=122),
            "Lead": config.TextColumn(width=96),
            "Last talked": config.NumberColumn(
                width=78, help="Days since the last conversation on record; where there was none yet, since the start"
            ),
            "Promised": config.DateColumn(format=DATE, width=82, help="The first promise, whatever was agreed since"),
            SAYS: config.NumberColumn(
                width=84, help="How much later than first promised; what is all delivered: how much later it came"
            ),
            "Finish": config.DateColumn(
                width=82, help="As likely before that day as after it; what is all delivered: then"
            ),
            "Likely by": config.DateColumn(width=82, help="Four chances in five"),
            "Done": config.NumberColumn(format="%d %%", width=72, help="Of all the work; a retainer has no end"),
            "Spent": config.NumberColumn(format="%d %%", width=70, help="Of the budget; of a retainer see its page"),
            "Warnings": config.NumberColumn(width=68, help="About the work"),
        },
    )


def listing(shown: Sequence[Assessment]) -> None:
    """Two lines an engagement, so many a page. The second begins under the letters of the first, which is a link."""
    pages = -(-len(shown) // PAGE)
    place = st.empty()
    page = st.pagination(pages, key="engagements_page") if pages > 1 else 1
    with place.container(gap="small"):
        for assessment in shown[(page - 1) * PAGE : page * PAGE]:
            with st.container(gap="xxsmall"):
                shell.to(
                    "engagement",
                    f"{mark(assessment.status)} **{literal(cut(assessment.name, LONGEST_LINK))}**",
                    engagement=assessment.engagement,
                )
                with st.container(horizontal=True, gap=None, wrap=False):
                    st.space(LINK_PIXELS)
                    st.caption(" · ".join(map(literal, _below(assessment, shell.as_of()))))


def _below(assessment: Assessment, as_of: date) -> list[str]:
    """What stands under a name: the vendor, the status, what is most wrong, the day promised and the one expected."""
    status = MARKS[assessment.status].word if assessment.life == "active" else None
    promised_on = assessment.schedule.baseline_finish_on if expected(assessment, as_of) else None
    promised = f"promised {day(promised_on, as_of)}" if promised_on else None
    return list(filter(None, [assessment.vendor, status, why(assessment, as_of), promised, told(assessment, as_of)]))


def _row(assessment: Assessment, called: Mapping[str, str], as_of: date) -> dict[str, Any]:
    """A row of the table. What is not known is empty."""
    cost, status = assessment.cost, MARKS[assessment.status]
    earned = assessment.progress.earned if assessment.progress.known else None
    who = assessment.lead or assessment.owner
    likely = expected(assessment, as_of)
    without = OPEN if assessment.outlook is not None else None
    spent = round(100 * cost.spent / cost.budget) if cost.spent is not None and cost.budget else None
    return {
        MARK: status.glyph,
        "Engagement": cut(assessment.name, LONGEST_NAME),
        "Status": status.word,
        "Vendor": cut(assessment.vendor, LONGEST_VENDOR),
        "Lead": called.get(who, who) if who else None,
        "Last talked": talked(assessment, as_of),
        "Promised": assessment.schedule.baseline_finish_on,
        SAYS: says(assessment, as_of),
        "Finish": likely.middle_on if likely else without or all_delivered_on(assessment),
        "Likely by": likely.likely_on if likely else without,
        "Done": None if earned is None else round(100 * earned),
        "Spent": None if assessment.contract == "retainer" else spent,
        "Warnings": len(work_warnings(assessment)),
    }


def talked(assessment: Assessment, as_of: date) -> float | None:
    """Days since the last conversation; where it is known that there was none, so many since the start and a half."""
    if is_first_due(assessment):
        return (as_of - assessment.schedule.starts_on).days + APART
    return assessment.contact.days_since


def says(assessment: Assessment, as_of: date) -> float | None:
    """Days from the first promise to the finish that the vendor says; where that has passed and they say none, to the
    day itself and a half.
    """
    slip_days = assessment.schedule.slip_days
    return slip_days + APART if slip_days is not None and finish_is_held(assessment, as_of) else slip_days


def _styled(rows: pd.DataFrame) -> Styler:
    """The rows with coloured marks, and in words what is no plain number; they sort as numbers all the same."""
    said = {SAYS: says_words, "Last talked": talk_words, "Finish": finish_words, "Likely by": finish_words}
    words = {name: form for name, form in said.items() if name in rows}
    return rows.style.map(_colour, subset=[MARK]).format(words)  # type: ignore[arg-type]


def talk_words(days: object) -> str:
    """When we last talked, as a cell says it."""
    if not isinstance(days, int | float) or isnan(days):
        return ""
    return f"{int(days)} d ago" if days == int(days) else "not yet"


def says_words(days: object) -> str:
    """What the vendor says of the finish, as a cell says it; a cell without it says by itself that it is not known."""
    if not isinstance(days, int | float) or isnan(days):
        return ""
    if days != int(days):
        return "no new date"
    return signed_days(int(days)) if days else "as promised"


def finish_words(on: object) -> str:
    """A day of the finish, as a cell says it."""
    if not isinstance(on, date):
        return ""
    return "open" if on == OPEN else day(on)


def _colour(glyph: object) -> str:
    """The colour of a mark, as a style of its cell."""
    return f"color: {next(each for each in MARKS.values() if each.glyph == glyph).colour(shell.dark())}"


def why(assessment: Assessment, as_of: date) -> str:
    """What is most wrong, or that nothing is."""
    wrong = work_warnings(assessment)
    if wrong:
        more = f" And {in_words(len(wrong) - 1)} more." if len(wrong) > 1 else ""
        return wrong[0].evidence + more
    if assessment.life != "active":
        left = f" {assessment.warnings[0].evidence}" if assessment.warnings else ""
        return f"{MARKS[assessment.status].word.capitalize()}.{left}"
    contact = assessment.contact
    if contact.days_since is None:
        return "The first conversation is still to come." if is_first_due(assessment) else NOBODY_SAID
    talked = f"last talked {ago(contact.days_since)}"
    if contact.due_on is not None and contact.due_on < as_of:
        return sentence(f"{talked}; the next talk was due on {day(contact.due_on, as_of)}")
    return f"Nothing is wrong; {talked}."


def _open_clicked() -> None:
    """Opens the engagement whose name was clicked."""
    row = st.session_state[_OPENED].row
    shell.go("engagement", engagement=st.session_state["engagements_keys"][row])
