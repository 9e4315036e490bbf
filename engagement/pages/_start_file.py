"""One's own portfolio from a workbook: the template, and what is filled in, with a preview and all its problems."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final, NamedTuple

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from engagement import clock
from engagement.assessment.wording import count, listed
from engagement.errors import Problem, Refused, UnreadableFile
from engagement.exchange import transfer
from engagement.exchange.reading import Tables, read_upload
from engagement.exchange.template import holds_example, template, without_example
from engagement.pages import identity, shell
from engagement.pages.text import literal
from engagement.records.database import Author

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LINES: Final = 12
PREVIEWED: Final = ("engagements", "milestones", "check_ins")
IRREGULAR: Final[Mapping[str, tuple[str, str]]] = {
    "people": ("person", "people"),
    "series": ("series", "series"),
    "deliveries": ("delivery", "deliveries"),
    "check_ins": ("check-in", "check-ins"),
    "spend": ("payment", "payments"),
    "accesses": ("access", "accesses"),
}
MOST_PREVIEWED: Final = 50
NOBODY: Final = "Preview"
_READ: Final = "start_read"
_TAKEN: Final = "start_taken"
_REFUSED: Final = "start_refused"
_LEAVE_OUT: Final = "start_example"


class _Read(NamedTuple):
    """What an uploaded file says, read once."""

    file: str
    """Which upload, with its example or without: another one is read anew."""
    found: Tables | None
    taken: transfer.Taken | None
    """What recording it would do; None where it cannot be recorded."""
    problems: tuple[Problem, ...]
    example: bool = False
    """Whether the example of the template stands in it."""


def ask() -> None:
    """Gives the template and takes it back, filled in."""
    st.download_button(
        "Get the template",
        lambda: template(clock.today()),
        "engagements.xlsx",
        WORKBOOK,
        icon=":material/download:",
        on_click="ignore",
    )
    upload = st.file_uploader(
        "Then upload it, filled in (or a .zip of CSV files)", ["xlsx", "zip"], key="start_upload", max_upload_size=100
    )
    if upload is None:
        st.session_state.pop(_READ, None)
        st.session_state.pop(_REFUSED, None)
        st.session_state.pop(_LEAVE_OUT, None)
        return
    read = _read(upload)
    problems = (*read.problems, *st.session_state.get(_REFUSED, ()))
    if problems:
        _problems(problems)
    elif read.found is not None and read.taken is not None:
        _preview(read.found, read.taken, read.example)


def taken() -> bool:
    """Whether a file was recorded just now: the page goes on to what it says."""
    return bool(st.session_state.pop(_TAKEN, False))


def _read(upload: UploadedFile) -> _Read:
    """What the file says, and what recording it would do. Read once an upload, with its progress shown."""
    leave_out: bool = st.session_state.setdefault(_LEAVE_OUT, True)
    known: _Read | None = st.session_state.get(_READ)
    if known is not None and known.file == f"{upload.file_id} {leave_out}":
        return known
    st.session_state.pop(_REFUSED, None)
    with _bar() as progress:
        read = _checked(upload, leave_out, progress)
    st.session_state[_READ] = read
    return read


def _checked(upload: UploadedFile, leave_out: bool, progress: transfer.Progress) -> _Read:
    file = f"{upload.file_id} {leave_out}"
    author = Author(identity.who() or NOBODY, clock.now())
    try:
        found = read_upload(upload.name, upload, lambda done, total: progress(transfer.READING, done, total))
    except UnreadableFile as error:
        return _Read(file, None, None, (Problem(str(error), ""),))
    example = holds_example(found)
    if example and leave_out:
        found = without_example(found)
    try:
        would = transfer.record(shell.database(), author, found, today=clock.today(), dry_run=True, progress=progress)
    except Refused as refusal:
        return _Read(file, found, None, refusal.problems, example)
    return _Read(file, found, would, (), example)


@contextmanager
def _bar() -> Iterator[transfer.Progress]:
    """A bar that shows how far the step is that is under way, for as long as one is."""
    bar = st.progress(0.0, transfer.READING)

    def told(step: str, done: int, total: int) -> None:
        bar.progress(min(done / total, 1.0) if total else 0.0, step)

    yield told
    bar.empty()


# --- What is wrong --------------------------------------------------------------------------------------------------


def _problems(problems: Sequence[Problem]) -> None:
    """All of them: the first as sentences, and with many of them a table of all."""
    with st.container(border=True):
        st.markdown(f":red[:material/error:] **Not recorded: {count(len(problems), 'problem')} to mend.**")
        for problem in problems[:MOST_LINES]:
            st.markdown(literal(problem))
        if len(problems) > MOST_LINES:
            with st.expander(f"All {len(problems):,} in one list"):
                st.dataframe(_table(problems), hide_index=True, alt="Everything that is wrong with the file")
        st.caption("Nothing was written. Mend the file and upload it again.")


def _table(problems: Sequence[Problem]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Where": [problem.file for problem in problems],
            "Row": pd.Series([problem.row for problem in problems], dtype="Int64"),
            "Column": [problem.column for problem in problems],
            "What is wrong": [problem.what for problem in problems],
            "How to mend it": [problem.remedy for problem in problems],
        }
    )


# --- What it would do -----------------------------------------------------------------------------------------------


def _preview(found: Tables, would: transfer.Taken, example: bool) -> None:
    """What stands in the file, what recording it would change, and the button that does it."""
    with st.container(border=True):
        if not any(found.rows.values()):
            st.markdown("**Nothing in it is yours yet.** Write your own rows below the example, and upload it again.")
            _leave_out()
            return
        st.markdown(f"**Ready to record.** {literal(_effect(would))}")
        if example:
            _leave_out()
        for note in would.notes[:MOST_LINES]:
            st.caption(f":material/info: {literal(note)}")
        if len(would.notes) > MOST_LINES:
            with st.expander(f"All {len(would.notes):,} remarks"):
                st.dataframe(_table(would.notes), hide_index=True, alt="What is odd in the file and was taken as it is")
        for name in PREVIEWED:
            _rows(name, found.rows.get(name, ()))
        if st.button("Record it", type="primary", key="start_record"):
            identity.write(partial(_record, found), refused=_refused, then=_recorded, checked=True)
            st.rerun()


def _leave_out() -> None:
    """Whether the example of the template is to be left out."""
    st.checkbox("Leave out the example, the website of Example Studio", key=_LEAVE_OUT)


def _effect(would: transfer.Taken) -> str:
    """ "New: 3 engagements, 7 milestones. Changed: 1 vendor. The same as recorded: 4." """
    counts = would.outcome.counts
    new = [_counted(one.new, name) for name, one in counts.items() if one.new]
    changed = [_counted(one.changed, name) for name, one in counts.items() if one.changed]
    same = sum(one.same for one in counts.values())
    parts = [
        f"New: {listed(new, most=20)}." if new else "",
        f"Changed: {listed(changed, most=20)}." if changed else "",
        f"{count(same, 'row')} the same as recorded." if same else "",
    ]
    return " ".join(filter(None, parts)) or "It is empty."


def _counted(number: int, table: str) -> str:
    """Rows of a table in words: "1 check-in", "3 milestones"."""
    if table in IRREGULAR:
        return count(number, *IRREGULAR[table])
    return count(number, table.replace("_", " ").removesuffix("s"))


def _rows(name: str, rows: Sequence[Mapping[str, object]]) -> None:
    """The first rows of a table, without the columns that are empty in all of them."""
    if not rows:
        return
    filled = [column for column in rows[0] if column != "_row" and any(row[column] is not None for row in rows)]
    with st.expander(_counted(len(rows), name)):
        st.dataframe(
            pd.DataFrame([{column: row[column] for column in filled} for row in rows[:MOST_PREVIEWED]]),
            hide_index=True,
            alt=f"The first {name.replace('_', ' ')} of the file",
        )


def _record(found: Tables, author: Author) -> None:
    with _bar() as progress:
        transfer.record(shell.database(), author, found, today=clock.today(), progress=progress)


def _refused(problems: tuple[Problem, ...]) -> None:
    st.session_state[_REFUSED] = problems


def _recorded() -> None:
    st.session_state[_TAKEN] = True
    st.session_state.pop(_READ, None)
