"""What every page stands in: the database, the filters, who is writing, and the notice of what others write.

A page asks `overview` for what it shows and `asked` for what the filters let through, shows it, and stops. Writes go
through ``identity.write``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from engagement.assessment.values import Assessment, Portfolio
from engagement.errors import DatabaseError, DatabaseMissing
from engagement.overview import Overview
from engagement.pages import _device, filters, identity, live
from engagement.pages.text import literal
from engagement.records.database import Database
from engagement.records.people import people
from engagement.settings import settings


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
    return overview().portfolio(filters.filters().as_of)


def asked() -> tuple[Assessment, ...]:
    """The engagements that the filters let through, as of the day asked for, in the order of their keys."""
    return filters.matching(portfolio().engagements, filters.filters())


def names() -> dict[str, str]:
    """What to call people, by their email."""
    with database().reading() as connection:
        return {person.email: person.name for person in people(connection)}


def person(recorded: str | None) -> str | None:
    """What to call somebody who is recorded by email or name: the name where it is known."""
    return names().get(recorded, recorded) if recorded else None


def is_empty() -> bool:
    """Whether nothing is recorded yet, on any day."""
    return not portfolio().engagements and not overview().database.revision()


def narrow() -> bool:
    """Whether the page is shown on something as narrow as a phone."""
    return _device.is_narrow()


def dark() -> bool:
    """Whether the page is shown light on dark. For charts; everything else follows the theme by itself."""
    return st.context.theme.type == "dark"


def to(page: str, label: str, *, engagement: str | None = None, **options: str) -> None:
    """A link to another page that keeps the filters. ``label`` is Markdown: escape names."""
    parameters = {"engagement": engagement} if engagement else {}
    st.page_link(f"engagement/pages/{page}.py", label=label, query_params={**parameters, **options}, icon="")


def chosen() -> str | None:
    """The key of the engagement named in the address bar, if any."""
    return st.query_params.get("engagement")


@contextmanager
def frame() -> Iterator[None]:
    """Filters above, what the page shows within, and below it who writes and the watch for what others write.

    The foot is set before the page runs: a page may stop early, and what others write is noticed all the same.
    """
    live.seen(database().revision())
    called = names()
    _filter_bar(called)
    body, foot = st.container(), st.container()
    with foot:
        with st.container(horizontal=True, horizontal_alignment="right"):
            identity.show()
        identity.ask_if_needed(sorted(called.values(), key=str.casefold))
        _device.keep(identity.who())
        live.watch(database())
    with body:
        identity.say()
        yield


def trouble(error: DatabaseError) -> None:
    """A calm page instead of the one asked for: what is the matter, what to do, and a way to try again."""
    st.title("The records cannot be read just now", anchor=False)
    st.write(literal(str(error)))
    st.caption("Nothing was lost. Once this is put right, the dashboard goes on where it was.")
    st.button("Try again", type="primary", icon=":material/refresh:")


def _filter_bar(called: dict[str, str]) -> None:
    """The four filters in one row; on a phone behind one button that says what they are set to."""
    asked_for = filters.filters()
    if narrow():
        words = [str(asked_for.as_of), called.get(asked_for.person or "", asked_for.person or ""), asked_for.vendor]
        label = " · ".join(literal(word) for word in words if word)
        with st.popover(label, icon=":material/tune:", width="stretch"):
            filters.show_day()
            filters.show_rest(portfolio(), called)
    else:
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"):
            filters.show_day()
            filters.show_rest(portfolio(), called)
