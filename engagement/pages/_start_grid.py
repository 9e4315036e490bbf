"""One's own portfolio, typed in: a small grid, or where there is no room for one a small form for each row."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from engagement import clock
from engagement.errors import Problem, Refused
from engagement.exchange.grid import EVERY, LABELS, GridRow, tables
from engagement.pages import identity, shell
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.intake import merge

ROWS_AT_FIRST: Final = 3
CURRENCY: Final = "EUR"
DATE_FORMAT: Final = "YYYY-MM-DD"
HELP: Final = {
    "vendor": "Who does the work: Northwind.",
    "what": "The work in a few words: CRM migration.",
    "every": "How often you agreed to talk. Nothing agreed: leave it empty.",
    "last_on": "The day you last talked with them: 2026-10-28.",
    "result": "What they deliver next: Data load.",
    "due_on": "The day it was promised for: 2026-12-11.",
    "amount": "The whole sum agreed: 12,000.",
    "currency": "Its code: EUR, USD, GBP.",
}
"""What belongs into each column, with an example."""
FAR: Final = timedelta(days=3650)
_WRONG: Final = "start_wrong"
_SAVED: Final = "start_saved"
_ROWS: Final = "start_rows"


def ask() -> None:
    """Asks for rows, says what is wrong with them, and records them."""
    rows = _forms() if shell.narrow() else _grid()
    wrong: tuple[Problem, ...] = st.session_state.get(_WRONG, ())
    if wrong and not shell.narrow():
        _complain(wrong)
    typed = any(row.said() for row in rows)
    if st.button("Make my dashboard", type="primary" if typed else "secondary", key="start_save"):
        _save(rows)
        st.rerun()


def saved() -> bool:
    """Whether rows were recorded just now: the page goes on to what they say."""
    return bool(st.session_state.pop(_SAVED, False))


def _save(rows: Sequence[GridRow]) -> None:
    """Records the rows; what is wrong with them is said before anybody is asked who they are."""
    st.session_state[_WRONG] = ()
    try:
        _tables(rows, "")
    except Refused as refusal:
        _refused(refusal.problems)
    else:
        identity.write(partial(_record, rows), refused=_refused, then=_saved)


def _record(rows: Sequence[GridRow], author: Author) -> None:
    merge(shell.database(), author, _tables(rows, author.name), today=clock.today(), origin="own")


def _tables(rows: Sequence[GridRow], by: str) -> dict[str, list[dict[str, object]]]:
    today = clock.today()
    taken = {one.engagement for one in shell.overview().portfolio(today).engagements}
    return tables(rows, today=today, by=by, taken=taken)


def _refused(problems: tuple[Problem, ...]) -> None:
    st.session_state[_WRONG] = problems


def _saved() -> None:
    st.session_state[_SAVED] = True


def _complain(wrong: Iterable[Problem]) -> None:
    lines = [
        f"Row {problem.row}, {LABELS.get(problem.column or '', problem.column or '').lower()}: "
        f"{literal(problem.what)} {literal(problem.remedy)}"
        if problem.row
        else f"{literal(problem.what)} {literal(problem.remedy)}"
        for problem in wrong
    ]
    st.error("  \n".join(lines), title="Not recorded yet", icon=":material/error:")


# --- On a screen with room for it -----------------------------------------------------------------------------------


def _grid() -> list[GridRow]:
    edited = st.data_editor(
        _empty(),
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        key="start_grid",
        alt="Your engagements: vendor, work, rhythm, last talk, next result, date, money",
        column_config={
            "vendor": st.column_config.TextColumn(LABELS["vendor"], help=HELP["vendor"], max_chars=120, width=140),
            "what": st.column_config.TextColumn(LABELS["what"], help=HELP["what"], max_chars=120, width="medium"),
            "every": st.column_config.SelectboxColumn(
                LABELS["every"], help=HELP["every"], options=list(EVERY), width=130
            ),
            "last_on": st.column_config.DateColumn(
                LABELS["last_on"], help=HELP["last_on"], format=DATE_FORMAT, max_value=clock.today()
            ),
            "result": st.column_config.TextColumn(LABELS["result"], help=HELP["result"], max_chars=200, width="medium"),
            "due_on": st.column_config.DateColumn(LABELS["due_on"], help=HELP["due_on"], format=DATE_FORMAT),
            "amount": st.column_config.NumberColumn(
                LABELS["amount"], help=HELP["amount"], min_value=0, format="localized"
            ),
            "currency": st.column_config.TextColumn(
                LABELS["currency"], help=HELP["currency"], max_chars=5, width="small"
            ),
        },
    )
    return [_row(record) for record in edited.to_dict("records")]


def _empty() -> pd.DataFrame:
    """Three rows with nothing in them but the currency. The same every time: the editor keeps what is typed."""
    texts = {name: pd.Series([None] * ROWS_AT_FIRST, dtype="string") for name in ("vendor", "what", "every", "result")}
    days = {name: pd.Series([None] * ROWS_AT_FIRST, dtype="datetime64[s]") for name in ("last_on", "due_on")}
    money = {
        "amount": pd.Series([None] * ROWS_AT_FIRST, dtype="Float64"),
        "currency": pd.Series([CURRENCY] * ROWS_AT_FIRST, dtype="string"),
    }
    return pd.DataFrame({**texts, **days, **money})[list(LABELS)]


def _row(record: dict[Any, Any]) -> GridRow:
    """A row of the editor as it was typed; what it calls missing is None."""
    known: dict[str, Any] = {name: value for name, value in record.items() if not pd.isna(value)}
    for name in known.keys() & {"last_on", "due_on"}:
        known[name] = known[name].date()
    return GridRow(**known)


# --- On a phone -----------------------------------------------------------------------------------------------------


def _forms() -> list[GridRow]:
    count = st.session_state.setdefault(_ROWS, 1)
    rows = [_form(row) for row in range(count)]
    if rows[-1].said():
        st.button("Add another", key="start_more", icon=":material/add:", on_click=_one_more)
    for problem in st.session_state.get(_WRONG, ()):
        if problem.row is None:
            st.error(f"{literal(problem.what)} {literal(problem.remedy)}")
    return rows


def _one_more() -> None:
    st.session_state[_ROWS] += 1


def _money(key: Callable[[str], str]) -> dict[str, Any]:
    with st.container(horizontal=True):
        amount = st.number_input(
            LABELS["amount"], 0.0, value=None, key=key("amount"), format="%.2f", placeholder="12,000"
        )
        currency = st.text_input(LABELS["currency"], CURRENCY, key=key("currency"), max_chars=5, width=90)
    return {"amount": amount, "currency": currency}


def _form(row: int) -> GridRow:
    def key(field: str) -> str:
        return f"start_{row}_{field}"

    def days(field: str, latest: date) -> date | None:
        day = st.date_input(LABELS[field], None, max_value=latest, key=key(field), format=DATE_FORMAT)
        return day if isinstance(day, date) else None

    with st.container():
        st.markdown(f"**{row + 1}**")
        typed = GridRow(
            vendor=st.text_input(LABELS["vendor"], key=key("vendor"), max_chars=120, placeholder="Northwind"),
            what=st.text_input(LABELS["what"], key=key("what"), max_chars=120, placeholder="CRM migration"),
            every=st.selectbox(LABELS["every"], list(EVERY), index=None, key=key("every"), placeholder="Not agreed"),
            last_on=days("last_on", clock.today()),
            result=st.text_input(LABELS["result"], key=key("result"), max_chars=200, placeholder="Data load"),
            due_on=days("due_on", clock.today() + FAR),
            **_money(key),
        )
        for problem in st.session_state.get(_WRONG, ()):
            if problem.row == row + 1:
                field = LABELS.get(problem.column or "", "")
                st.markdown(f":red[:material/error:] {field}: {literal(problem.what)} {literal(problem.remedy)}")
    return typed
