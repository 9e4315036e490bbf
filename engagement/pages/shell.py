"""What every page stands in: the database, the filters, who is writing, and the notice of what others write.

A page asks `overview` for what it shows and `asked` for what the filters let through, shows it, and stops. Writes go
through ``identity.write``.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final, Literal

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment, Portfolio, Review
from engagement.assessment.wording import day
from engagement.errors import DatabaseError, DatabaseMissing, Problem
from engagement.overview import Overview
from engagement.pages import _device, _image, filters, identity, live
from engagement.pages.text import literal
from engagement.pages.trouble import in_words
from engagement.records.database import Database
from engagement.records.intake import origin
from engagement.records.people import people
from engagement.records.vendors import Vendor
from engagement.records.vendors import vendors as recorded_vendors
from engagement.settings import settings

ICON: Final = Path(__file__).with_name("icon.svg")
"""What stands before the name in the browser's tab. A file of ours: Streamlit's icons it would fetch from elsewhere."""
WIDEST: Final = 1240
"""Pixels. Lines longer than that are hard to read, however wide the screen."""

REVIEWS_KEPT: Final = 16
FOLDER: Final = "engagement/pages"
MENU: Final = (
    ("this_week", "This week", "This week"),
    ("log_check_in", "Log a check-in", "Log"),
    ("status", "Status", "Status"),
    ("engagements", "Engagements", "Engagements"),
    ("methods", "Methods", "Methods"),
)
"""The pages to go to from everywhere: file, name, and its name where there is little room."""
_NAMES: Final = "people_names"


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Overview:
    """The database, opened once a process. A missing one is created; any other trouble is raised again every run."""
    database = Database(url)
    try:
        database.check()
    except DatabaseMissing:
        database.upgrade()
        database.check()
    return Overview(database)


def overview() -> Overview:
    """Assessments of the whole database, shared by all pages of this process."""
    return _opened(settings().database_url)


def database() -> Database:
    """The database that pages write to."""
    return overview().database


def portfolio() -> Portfolio:
    """Every engagement as of the day asked for, whatever the other filters are."""
    return overview().portfolio(as_of())


def asked() -> tuple[Assessment, ...]:
    """The engagements that the filters let through, as of the day asked for, in the order of their keys."""
    return filters.matching(portfolio().engagements, filters.filters())


def review(since: date) -> Review:
    """What changed since a day, up to the day asked for, in the whole portfolio."""
    return _reviewed(settings().database_url, since, as_of(), database().revision())


@st.cache_resource(show_spinner=False, max_entries=REVIEWS_KEPT)
def _reviewed(url: str, since: date, day: date, revision: int) -> Review:
    """Kept until something is written: a review reads every log in full."""
    return _opened(url).review(since, day)


def as_of() -> date:
    """The day the page shows."""
    return filters.filters().as_of


def is_today() -> bool:
    """Whether the page shows today. What is done on a page is done today: on an earlier day there is only looking."""
    return as_of() == clock.today()


def names() -> dict[str, str]:
    """What to call people, by their email; read once a run."""
    called: dict[str, str] = st.session_state.get(_NAMES, {})
    return called


def _read_names() -> dict[str, str]:
    with database().reading() as connection:
        return {each.email: each.name for each in people(connection)}


def person(recorded: str | None) -> str | None:
    """What to call somebody who is recorded by email or name: the name where it is known."""
    return names().get(recorded, recorded) if recorded else None


def vendors() -> dict[str, Vendor]:
    """Everything recorded about vendors, by name."""
    with database().reading() as connection:
        return {vendor.name: vendor for vendor in recorded_vendors(connection)}


def is_empty() -> bool:
    """Whether nothing is recorded: not yet, or no longer."""
    with database().reading() as connection:
        return origin(connection) is None


def narrow() -> bool:
    """Whether the page is shown on something as narrow as a phone."""
    return _device.is_narrow()


def dark() -> bool:
    """Whether the page is shown light on dark. For charts; everything else follows the theme by itself."""
    return st.context.theme.type == "dark"


def option(label: str) -> str:
    """What one of a few choices is called. ``label`` is Markdown.

    In the dark theme what is chosen would be written in the colour that carries the white of main buttons, and no
    colour can be both: there the accent of texts is used.
    """
    return f":blue[{label}]" if dark() else label


def to(
    page: str,
    label: str,
    *,
    engagement: str | None = None,
    filtered: Mapping[str, str] | None = None,
    width: Literal["content"] | int = "content",
    icon: str = "",
) -> None:
    """A link to another page that keeps the filters, also in a tab of its own. ``label`` is Markdown: escape names.

    ``filtered``: other filters instead; the day stays.
    """
    file = f"{FOLDER}/{page}.py"
    parameters = _address(engagement) if filtered is None else filters.instead(filtered)
    st.page_link(file, label=label, query_params=parameters, icon=icon, width=width)


def go(page: str, *, engagement: str | None = None) -> None:
    """Goes to another page and keeps the filters."""
    st.switch_page(f"{FOLDER}/{page}.py", query_params=_address(engagement))


def _address(engagement: str | None) -> dict[str, str]:
    return filters.address() | ({"engagement": engagement} if engagement else {})


def chosen() -> str | None:
    """The key of the engagement named in the address bar, if any."""
    return st.query_params.get("engagement")


@contextmanager
def frame(page: st.Page, note: Callable[[], None]) -> Iterator[None]:
    """Filters above, what the page shows within, and below it who writes and the watch for what others write.

    ``note`` shows what holds for every page: that this is the sample portfolio. The foot is set before the page runs:
    a page may stop early, and what others write is noticed all the same.
    """
    live.shows(page)
    filters.settle()
    live.settle((page.url_path, chosen()))
    live.seen(database().revision())
    live.watch(database())
    called = st.session_state[_NAMES] = _read_names()
    with st.container(horizontal_alignment="center"), st.container(width=WIDEST):
        if not is_empty():
            _top(called, note)
        body, foot = st.container(), st.container()
        with foot:
            if narrow():
                identity.show()
            identity.ask_if_needed(sorted(called.values(), key=str.casefold))
            _device.keep(identity.who())
            _image.keep()
        with body:
            if narrow():
                note()
            identity.say()
            if not is_empty() and filters.unknown():
                _nobody_recorded_it()
                st.stop()
            _monitor()
            if not is_today():
                st.caption("An earlier day is read only.")
            yield


def nothing() -> None:
    """An empty page as an invitation: the filters let nothing through, or nothing is recorded."""
    if filters.is_filtered():
        st.title("No engagement matches", anchor=False)
        st.caption("Take a filter away to see more.")
        st.button("Show all", type="primary", on_click=filters.clear)
    else:
        st.title("No engagement yet", anchor=False)
        to("start", "Add the first one")


def _nobody_recorded_it() -> None:
    """What the address asks for in vain, and a way to everything: never everything as if it were the answer."""
    first, *more = filters.unknown()
    st.title(literal(first.what), anchor=False)
    st.caption(" ".join([first.remedy, *(literal(problem.what) for problem in more)]))
    st.button("Show all", type="primary", key="show_all", on_click=filters.clear)


def trouble(error: DatabaseError) -> None:
    """A calm page instead of the one asked for: what is the matter, what to do, and a way to try again."""
    st.title("The records cannot be read just now", anchor=False)
    st.write(literal(in_words(error)))
    st.caption("Nothing was lost. Once this is put right, the dashboard goes on where it was.")
    st.button("Try again", type="primary", icon=":material/refresh:")


def unforeseen(problem: Problem) -> None:
    """What is said above a page of which something could not be shown, with a way to try again."""
    with st.container(horizontal_alignment="center"), st.container(width=WIDEST):
        st.error(
            f"{problem.what} {problem.remedy}", title="This page could not be shown whole", icon=":material/error:"
        )
        st.button("Try again", key="try_again", icon=":material/refresh:")


def _monitor() -> None:
    """That the watching itself stands still, above all that a page says: nobody is told of anything then."""
    for warning in overview().of_itself(as_of()):
        st.error(f"{literal(warning.evidence)} {literal(warning.next_step)}", icon=":material/notifications_paused:")


def _top(called: dict[str, str], note: Callable[[], None]) -> None:
    """The menu and who writes, below them the four filters; on a phone these stand behind one button that says them."""
    if narrow():
        _menu()
        with st.popover(_filter_words(called), icon=":material/tune:", width="stretch"):
            _filters(called)
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        _menu()
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
            note()
            identity.show()
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"):
        _filters(called)


def _menu() -> None:
    """The pages. Streamlit's own menu would not keep the filters in a new tab, nor while a page is still drawn."""
    with st.container(horizontal=True, vertical_alignment="center", width="content", gap="xsmall", key="menu"):
        for page, name, short in MENU:
            to(page, short if narrow() else name)


def _filters(called: dict[str, str]) -> None:
    filters.show_day()
    filters.show_rest(portfolio(), called)


def _filter_words(called: dict[str, str]) -> str:
    """What the filters are set to: "As of 20 Nov 2026 · Ana"."""
    return " · ".join((f"As of {day(filters.asked_day())}", *map(literal, filters.in_words(called))))
