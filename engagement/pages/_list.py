"""The engagements as a table, and as a list that reads on a phone and by keyboard."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any, Final

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from engagement.assessment.headline import by_need, work_warnings
from engagement.assessment.results import Assessment
from engagement.assessment.wording import count, listed, sentence, signed_days, span
from engagement.charts.chart import cut
from engagement.charts.theme import MARKS
from engagement.pages import shell
from engagement.pages._cards import LONGEST_LINK
from engagement.pages.text import literal, mark

PAGE: Final = 25
ROW_PIXELS: Final = 35
MOST_ROWS_HIGH: Final = 20
MARK: Final = "mark"
_OPENED: Final = "engagements_opened"


def opening(shown: Sequence[Assessment]) -> str:
    """How many stand where: "3 off track, 2 at risk and 19 on track; 4 are not under way"."""
    counted = Counter(assessment.status for assessment in shown if assessment.life == "active")
    under_way = [f"{counted[status]:,} {MARKS[status].word}" for status in MARKS if counted[status]]
    at_rest = len(shown) - counted.total()
    resting = [f"{at_rest:,} {'is' if at_rest == 1 else 'are'} not under way"] if at_rest else []
    return sentence("; ".join(filter(None, [listed(under_way, most=8), *resting])))


def ordered(shown: Sequence[Assessment]) -> list[Assessment]:
    """Those that need somebody first, then the rest by name."""
    return by_need(shown)


def table(shown: Sequence[Assessment]) -> None:
    """A table with a row an engagement; its name opens the page."""
    config = st.column_config
    rows = pd.DataFrame([_row(a, shell.names()) for a in shown])
    unknown = [str(column) for column in rows if rows[column].isna().all()]
    asides = [f"Not recorded of any of these: {listed([column.lower() for column in unknown])}."] if unknown else []
    if any(a.contract == "retainer" for a in shown):
        asides.append("A retainer has no finish, slip or share done.")
    if asides:
        st.caption(" ".join(asides))
    st.session_state["engagements_keys"] = [a.engagement for a in shown]
    st.dataframe(
        _styled(rows.drop(columns=unknown)),
        hide_index=True,
        height=ROW_PIXELS * (min(len(shown), MOST_ROWS_HIGH) + 1) + 3,
        placeholder="not known",
        alt="Engagements with their status, contact, finish, progress and money",
        column_config={
            MARK: config.TextColumn("", width=30, alignment="center"),
            "Engagement": config.ButtonColumn(
                key=_OPENED, on_click=_open_clicked, type="tertiary", alignment="left", width=210, pinned=True
            ),
            "Last talked": config.NumberColumn(format="%d d ago", help="Days since the last conversation on record"),
            "Finish": config.DateColumn(format="D MMM YYYY"),
            "Slip": config.NumberColumn(width=100, help="Forecast finish against the first promise"),
            "Done": config.NumberColumn(format="%d %%", width=82, help="Of all the work; a retainer has no end"),
            "Spent": config.NumberColumn(format="%d %%", width=82, help="Of the budget; of a retainer see its page"),
            "Warnings": config.NumberColumn(help="About the work"),
        },
    )


def listing(shown: Sequence[Assessment]) -> None:
    """Two lines an engagement, so many a page."""
    pages = -(-len(shown) // PAGE)
    place = st.empty()
    page = st.pagination(pages, key="engagements_page") if pages > 1 else 1
    with place.container(gap="xsmall"):
        for assessment in shown[(page - 1) * PAGE : page * PAGE]:
            shell.to(
                "engagement",
                f"{mark(assessment.status)} **{literal(cut(assessment.name, LONGEST_LINK))}**",
                engagement=assessment.engagement,
            )
            st.caption(f"{literal(assessment.vendor)} · {literal(_why(assessment))}")


def _row(assessment: Assessment, called: Mapping[str, str]) -> dict[str, Any]:
    """A row of the table. What is not known is empty."""
    cost, status = assessment.cost, MARKS[assessment.status]
    earned = assessment.progress.earned if assessment.progress.known else None
    who = assessment.lead or assessment.owner
    spent = round(100 * cost.spent / cost.budget) if cost.spent is not None and cost.budget else None
    return {
        MARK: status.glyph,
        "Engagement": assessment.name,
        "Status": status.word,
        "Vendor": assessment.vendor,
        "Lead": called.get(who, who) if who else None,
        "Last talked": assessment.contact.days_since,
        "Finish": assessment.schedule.forecast_finish_on,
        "Slip": assessment.schedule.slip_days,
        "Done": None if earned is None else round(100 * earned),
        "Spent": None if assessment.contract == "retainer" else spent,
        "Warnings": len(work_warnings(assessment)),
    }


def _styled(rows: pd.DataFrame) -> Styler:
    """The rows with coloured marks, and slips in words where there is none; they sort as numbers all the same."""
    styled = rows.style.map(_colour, subset=[MARK])
    return styled.format(_slip, subset=["Slip"]) if "Slip" in rows else styled


def _slip(days: object) -> str:
    """A slip as a cell says it; a cell without one says by itself that it is not known."""
    if not isinstance(days, int | float) or isnan(days):
        return ""
    return signed_days(int(days)) if days else "as promised"


def _colour(glyph: object) -> str:
    """The colour of a mark, as a style of its cell."""
    return f"color: {next(each for each in MARKS.values() if each.glyph == glyph).colour(shell.dark())}"


def _why(assessment: Assessment) -> str:
    """What is most wrong, or that nothing is."""
    wrong = work_warnings(assessment)
    if wrong:
        more = f" And {count(len(wrong) - 1, 'more', 'more')}." if len(wrong) > 1 else ""
        return wrong[0].evidence + more
    if assessment.life != "active":
        left = f" {assessment.warnings[0].evidence}" if assessment.warnings else ""
        return f"{MARKS[assessment.status].word.capitalize()}.{left}"
    days = assessment.contact.days_since
    return (
        "Nobody has said when you last talked." if days is None else f"Nothing is wrong; last talked {span(days)} ago."
    )


def _open_clicked() -> None:
    """Opens the engagement whose name was clicked."""
    row = st.session_state[_OPENED].row
    shell.go("engagement", engagement=st.session_state["engagements_keys"][row])
