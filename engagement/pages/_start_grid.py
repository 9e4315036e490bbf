"""One's own portfolio, typed in: a small grid, or where there is no room for one a small form for each row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from engagement import clock
from engagement.assessment.wording import day
from engagement.charts.chart import cut
from engagement.errors import DatabaseError, Problem, Refused
from engagement.exchange.grid import EVERY, LABELS, GridRow, days, tables
from engagement.pages import _drafts, identity, shell
from engagement.pages._typed import FIRST_DAY, LAST_DAY
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.intake import merge

ROWS_AT_FIRST: Final = 3
CURRENCY: Final = "EUR"
DATE_FORMAT: Final = "YYYY-MM-DD"
AS_TYPED: Final = "As you write it: 28 Oct, 28.10.2026, 2026-10-28."
HELP: Final = {
    "vendor": "Who does the work: Northwind.",
    "what": "The work in a few words: CRM migration.",
    "every": "How often you agreed to talk. Nothing agreed: leave it empty.",
    "last_on": f"The day you last talked with them. {AS_TYPED}",
    "result": "What they deliver next: Data load.",
    "due_on": f"The day it was promised for. {AS_TYPED}",
    "amount": "The whole sum agreed: 12,000.",
    "currency": "Its code: EUR, USD, GBP.",
}
"""What belongs into each column, with an example."""
_WRONG: Final = "start_wrong"
_SAVED: Final = "start_saved"
_ROWS: Final = "start_rows"
_WANTED: Final = "start_wanted"
_BEGUN: Final = "start_begun"
_KEPT: Final = "start_kept"
_NARROW: Final = "start_narrow"
DRAFT: Final = "start"
TEXT: Final = "string[python]"
"""A column of texts keeps its kind when a row without one is added; one that pyarrow holds does not."""
LONGEST_WHOSE: Final = 30
"""Letters of a name that tell which row is meant."""


def ask() -> None:
    """Asks for rows, says what is wrong with them, and records them."""
    begun = _begun()
    rows = _forms(begun) if shell.narrow() else _grid(begun)
    _keep(rows)
    wrong: tuple[Problem, ...] = st.session_state.get(_WRONG, ())
    if not shell.narrow():
        _read_back(rows, unreadable=not wrong)
        if wrong:
            _complain(wrong, rows)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Make my dashboard", type="primary", key="start_save", on_click=_want)
        if st.session_state[_KEPT]:
            st.caption("Kept as you type: you can go and come back.", width="content")
    if st.session_state.pop(_WANTED, False):
        _save(rows)
        st.rerun()


def _want() -> None:
    """Remembers the press until a run gets as far as the rows: a cell left just before may begin another run."""
    st.session_state[_WANTED] = True


def _begun() -> list[GridRow]:
    """The rows that the page begins with: what was typed on an earlier visit. The same for as long as it is open.

    Where the page turns from the grid to forms or back, it begins again with what was typed so far: either forgets.
    """
    if st.session_state.get(_NARROW) != shell.narrow():
        st.session_state[_NARROW] = shell.narrow()
        for key in (_BEGUN, _ROWS):
            st.session_state.pop(key, None)
    if _BEGUN not in st.session_state:
        kept = _drafts.read(DRAFT)
        st.session_state[_KEPT] = kept
        st.session_state[_BEGUN] = [_from_draft(row) for row in kept.get("rows", ())]
    begun: list[GridRow] = st.session_state[_BEGUN]
    return begun


def _keep(rows: Sequence[GridRow]) -> None:
    """Writes the draft where something has changed. What cannot be written is tried again with the next change."""
    said = [_for_draft(row) for row in rows if row.said()]
    body = {"rows": said} if said else {}
    if body != st.session_state[_KEPT]:
        with suppress(DatabaseError):
            _drafts.write(DRAFT, body)
            st.session_state[_KEPT] = body


def _for_draft(row: GridRow) -> dict[str, Any]:
    """A row as JSON, with what was said of it alone."""
    said = {name: value for name, value in row._asdict().items() if value not in (None, "")}
    return {
        name: value.isoformat() if isinstance(value, date) else value if isinstance(value, str) else float(value)
        for name, value in said.items()
    }


def _from_draft(row: Mapping[str, Any]) -> GridRow:
    return GridRow(**row)


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
    _drafts.forget(DRAFT)
    for key in (_BEGUN, _KEPT):
        st.session_state.pop(key, None)


def _complain(wrong: Iterable[Problem], rows: Sequence[GridRow]) -> None:
    lines = [_told(problem, rows) for problem in wrong]
    st.error("  \n".join(lines), title="Not recorded yet", icon=":material/error:")


def _told(problem: Problem, rows: Sequence[GridRow]) -> str:
    return f"{_where(problem, rows)}{literal(problem.what)} {literal(problem.remedy)}"


def _where(problem: Problem, rows: Sequence[GridRow]) -> str:
    """ "Row 2 (Northwind), by when: "; of a row that was added to the grid, and that shows no number, "Added row 1"."""
    if problem.row is None:
        return ""
    row = rows[problem.row - 1] if problem.row <= len(rows) else GridRow()
    added = problem.row - max(len(_begun()), ROWS_AT_FIRST)
    which = f"Added row {added}" if added > 0 else f"Row {problem.row}"
    whose = row.vendor or row.what
    said = f" ({literal(cut(whose, LONGEST_WHOSE))})" if whose else ""
    return f"{which}{said}, {LABELS.get(problem.column or '', problem.column or '').lower()}: "


def _read_back(rows: Sequence[GridRow], *, unreadable: bool) -> None:
    """Below the grid, as it is typed: the days that were read where they are written otherwise, and what cannot be."""
    said: list[str] = []
    wrong: list[Problem] = []
    for number, row in enumerate(rows, 1):
        read = days(number, row, clock.today())
        for name, on in (("last_on", read.last_on), ("due_on", read.due_on)):
            if on and str(getattr(row, name)).strip() != on.isoformat():
                said.append(f"{_where(Problem('', '', row=number, column=name), rows)}{day(on)}")
        wrong += read.problems
    if said:
        st.caption(f"Days as read. {' · '.join(said)}")
    for problem in wrong if unreadable else ():
        st.caption(f":orange[:material/warning:] {_told(problem, rows)}")


# --- On a screen with room for it -----------------------------------------------------------------------------------


def _grid(begun: Sequence[GridRow]) -> list[GridRow]:
    edited = st.data_editor(
        _table(begun),
        num_rows="dynamic",
        hide_index=False,
        placeholder="",
        key="start_grid",
        alt="Your engagements: vendor, work, rhythm, last talk, next result, date, money",
        column_config={
            "_index": st.column_config.NumberColumn("Row", width=45),
            "vendor": st.column_config.TextColumn(LABELS["vendor"], help=HELP["vendor"], width=130),
            "what": st.column_config.TextColumn(LABELS["what"], help=HELP["what"], width=190),
            "every": st.column_config.SelectboxColumn(
                LABELS["every"], help=HELP["every"], options=list(EVERY), width=130
            ),
            "last_on": st.column_config.TextColumn(LABELS["last_on"], help=HELP["last_on"], width=102),
            "result": st.column_config.TextColumn(LABELS["result"], help=HELP["result"], width=185),
            "due_on": st.column_config.TextColumn(LABELS["due_on"], help=HELP["due_on"], width=102),
            "amount": st.column_config.NumberColumn(LABELS["amount"], help=HELP["amount"], format="localized"),
            "currency": st.column_config.TextColumn(
                LABELS["currency"], help=HELP["currency"], default=CURRENCY, width="small"
            ),
        },
    )
    records: dict[Any, dict[Any, Any]] = edited.to_dict("index")
    typed = {int(number): _row(record) for number, record in records.items()}
    return [typed.get(number, GridRow()) for number in range(1, max(typed, default=0) + 1)]


def _table(begun: Sequence[GridRow]) -> pd.DataFrame:
    """What was begun, and below it up to three rows with nothing in them but the currency.

    The same every time: the editor keeps what is typed.
    """
    rows = [*begun, *[GridRow(currency=CURRENCY)] * (ROWS_AT_FIRST - len(begun))]
    kinds = {name: "Float64" if name == "amount" else TEXT for name in LABELS}
    table = pd.DataFrame({name: pd.Series([getattr(row, name) for row in rows], dtype=kinds[name]) for name in LABELS})
    return table.set_axis(pd.RangeIndex(1, len(rows) + 1))


def _row(record: dict[Any, Any]) -> GridRow:
    """A row of the editor as it was typed; what it calls missing is None."""
    return GridRow(**{name: value for name, value in record.items() if not pd.isna(value)})


# --- On a phone -----------------------------------------------------------------------------------------------------


def _forms(begun: Sequence[GridRow]) -> list[GridRow]:
    count = st.session_state.setdefault(_ROWS, max(1, len(begun)))
    rows = [_form(row, begun[row] if row < len(begun) else GridRow(currency=CURRENCY)) for row in range(count)]
    if rows[-1].said():
        st.button("Add another", key="start_more", icon=":material/add:", on_click=_one_more)
    for problem in st.session_state.get(_WRONG, ()):
        if problem.row is None:
            st.error(f"{literal(problem.what)} {literal(problem.remedy)}")
    return rows


def _one_more() -> None:
    st.session_state[_ROWS] += 1


def _money(key: Callable[[str], str], begun: GridRow) -> dict[str, Any]:
    known = None if begun.amount is None else float(begun.amount)
    with st.container(horizontal=True):
        amount = st.number_input(LABELS["amount"], value=known, key=key("amount"), format="%.2f", placeholder="12,000")
        currency = st.text_input(LABELS["currency"], begun.currency or "", key=key("currency"), width=90)
    return {"amount": amount, "currency": currency}


def _form(row: int, begun: GridRow) -> GridRow:
    def key(field: str) -> str:
        return f"start_{row}_{field}"

    def text(field: str, example: str) -> str:
        known = getattr(begun, field) or ""
        return st.text_input(LABELS[field], known, key=key(field), placeholder=example)

    def on(field: str, known: date | None) -> date | str | None:
        if known is None and getattr(begun, field):
            return text(field, "28 Oct 2026")  # typed into the grid, and not to be read: it stays as it is
        chosen = st.date_input(
            LABELS[field], known, min_value=FIRST_DAY, max_value=LAST_DAY, key=key(field), format=DATE_FORMAT
        )
        return chosen if isinstance(chosen, date) else None

    known = days(row + 1, begun, clock.today())

    with st.container():
        st.markdown(f"**{row + 1}**")
        typed = GridRow(
            vendor=text("vendor", "Northwind"),
            what=text("what", "CRM migration"),
            every=st.selectbox(
                LABELS["every"],
                list(EVERY),
                index=list(EVERY).index(begun.every) if begun.every and begun.every in EVERY else None,
                key=key("every"),
                placeholder="Not agreed",
            ),
            last_on=on("last_on", known.last_on),
            result=text("result", "Data load"),
            due_on=on("due_on", known.due_on),
            **_money(key, begun),
        )
        for problem in st.session_state.get(_WRONG, ()):
            if problem.row == row + 1:
                field = LABELS.get(problem.column or "", "")
                st.markdown(f":red[:material/error:] {field}: {literal(problem.what)} {literal(problem.remedy)}")
    return typed
