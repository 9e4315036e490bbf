"""With whom somebody talked: chosen from all vendors, or in one tap from the talks that are due."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import streamlit as st

from engagement.assessment.results import Assessment
from engagement.assessment.wording import count, day, span
from engagement.pages import _log_state as state
from engagement.pages import filters, shell
from engagement.pages.text import literal
from engagement.records.check_ins import agreed_talks

MOST_DUE: Final = 6
_VENDOR: Final = "log_vendor"
_TAPPED: Final = "log_tapped"


class TalkDue(NamedTuple):
    """A talk that should have been held by the day."""

    engagement: str
    name: str
    vendor: str
    on: date
    agreed: bool
    """Whether that day was agreed in the last talk; else it follows from how often we are to talk."""
    last_on: date | None


def talks_due(assessments: Iterable[Assessment], agreed: Mapping[str, date], as_of: date) -> list[TalkDue]:
    """The talks that are due on a day or were before, the last that fell due first: what has gone quiet for years is
    not what one has just come from. ``agreed``: days that were agreed, by key.

    Of paused, closed and abandoned work none is.
    """
    found = []
    for one in assessments:
        days = [(on, is_agreed) for on, is_agreed in ((one.contact.due_on, False), (agreed.get(one.engagement), True))]
        come = [(on, is_agreed) for on, is_agreed in days if on is not None and on <= as_of]
        if one.life == "active" and come and not one.attention.abandoned:
            found.append(TalkDue(one.engagement, one.name, one.vendor, *min(come), one.contact.last_on))
    return sorted(found, key=lambda one: (-one.on.toordinal(), one.vendor.casefold(), one.name.casefold()))


def due_words(talk: TalkDue, as_of: date) -> str:
    """ "due 4 Nov, 16 days ago"; "agreed for today"; "first talk due 9 Nov, yesterday"."""
    days = (as_of - talk.on).days
    first = "" if talk.last_on else "first talk "
    verb = "agreed for" if talk.agreed else "due"
    ago = {1: "yesterday"}.get(days, f"{span(days)} ago")
    return f"{first}{verb} {day(talk.on, as_of)}, {ago}" if days else f"{first}{verb} today"


def by_vendor(talks: Iterable[TalkDue]) -> dict[str, list[TalkDue]]:
    """The talks of each vendor, in their order; the vendor of the first of them first."""
    found: dict[str, list[TalkDue]] = {}
    for one in talks:
        found.setdefault(one.vendor, []).append(one)
    return found


def ask(vendors: Sequence[str], everything: Iterable[Assessment]) -> str | None:
    """With whom somebody talked: asked, unless the address says it or there is only one to talk with.

    The answer goes into the address, so that a page that is loaded again asks about the same vendor.
    """
    wish = None if st.session_state.pop(_TAPPED, False) else _from_address(vendors, everything)
    answer = st.selectbox(
        "With",
        vendors,
        index=None if wish is None else vendors.index(wish),
        key=_VENDOR,
        placeholder="Choose a vendor",
        on_change=_chosen_by_hand,
    )
    if answer:
        st.query_params["with"] = answer
    return answer


def offer() -> None:
    """The talks that are due, each a tap away from its form; as far as the filters let them through."""
    talks = _due()
    if not talks:
        st.caption("No talk is due. Choose with whom you talked.")
        return
    _heading(talks)
    for vendor, theirs in by_vendor(talks[:MOST_DUE]).items():
        with st.container(gap="xxsmall"):
            st.caption(literal(vendor))
            for talk in theirs:
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.button(literal(talk.name), key=f"log_due_{talk.engagement}", on_click=_tapped, args=(talk,))
                    st.caption(literal(due_words(talk, shell.as_of())), width="content")
    _rest(talks)


def look_back() -> None:
    """On an earlier day: what was due then, and the way to today. Nothing is logged on a day that is over."""
    talks = _due()
    if not talks:
        st.write("No talk was due.")
    else:
        _heading(talks)
    for talk in talks[:MOST_DUE]:
        words = due_words(talk, shell.as_of())
        st.markdown(f"**{literal(talk.name)}** · {literal(talk.vendor)} :gray[{literal(words)}]")
    _rest(talks)
    st.caption("A check-in is recorded as of today, whatever day you talked.")
    address = {name: said for name, said in filters.address().items() if name != "as_of"}
    address |= {"engagement": chosen} if (chosen := shell.chosen()) else {}
    page = f"{shell.FOLDER}/log_check_in.py"
    st.page_link(page, label="Log one as of today", query_params=address, icon=":material/today:")


def arrives() -> bool:
    """Whether the page was just come to, from another one or for the first time."""
    return _VENDOR not in st.session_state


def _heading(talks: Sequence[TalkDue]) -> None:
    st.markdown(f"**{'Talk' if len(talks) == 1 else 'Talks'} due**")


def _rest(talks: Sequence[TalkDue]) -> None:
    if len(talks) > MOST_DUE:
        st.caption(f"and {count(len(talks) - MOST_DUE, 'more', 'more')}: choose the vendor above.")


def _due() -> list[TalkDue]:
    with shell.database().reading() as connection:
        agreed = agreed_talks(connection, shell.as_of())
    return talks_due(shell.asked(), agreed, shell.as_of())


def _tapped(talk: TalkDue) -> None:
    """Opens the form for a talk. For a callback."""
    st.session_state[_VENDOR] = talk.vendor
    st.session_state[_TAPPED] = True
    st.query_params["engagement"], st.query_params["with"] = talk.engagement, talk.vendor
    state.forget_done()


def _from_address(vendors: Sequence[str], everything: Iterable[Assessment]) -> str | None:
    of_engagement = next((one.vendor for one in everything if one.engagement == shell.chosen()), None)
    asked = filters.filters().vendor
    wishes = (st.query_params.get("with"), of_engagement, asked, vendors[0] if len(vendors) == 1 else None)
    return next((wish for wish in wishes if wish in vendors), None)


def _chosen_by_hand() -> None:
    """What the address asked for holds no longer."""
    st.query_params.pop("engagement", None)
    st.query_params.pop("with", None)
    state.forget_done()
