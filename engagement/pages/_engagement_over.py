"""What the vendor was let into, and what was learned once the work is over."""

from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment
from engagement.assessment.wording import day
from engagement.pages import _engagement_agreed, identity, shell
from engagement.pages import _engagement_form as form
from engagement.pages._engagement_form import Form
from engagement.pages.text import literal, paragraphs
from engagement.records.accesses import RecordedAccess, accesses, give_access, revoke_access
from engagement.records.database import Author
from engagement.records.retrospectives import Retrospective, retrospectives, write_retrospective

YES, NO = "yes", "no"


def tab(assessment: Assessment) -> None:
    """How the vendor was looked at, what it may enter, and what was learned."""
    _engagement_agreed.vetting_line(assessment)
    with shell.database().reading() as connection:
        known = accesses(connection, assessment.engagement)
        learned = retrospectives(connection, assessment.engagement)
    given = [one for one in known if one.given_on <= shell.as_of()]
    if not given:
        st.caption("No access is on record: nothing that the vendor was let into.")
    for access in given:
        _access(assessment, access)
    form.button(GIVE, assessment, "vendor")
    for one in learned:
        if one.written_on <= shell.as_of():
            _learned(one)
    if assessment.life == "closed":
        form.button(RETROSPECTIVE, assessment, "vendor")


def _access(assessment: Assessment, access: RecordedAccess) -> None:
    as_of = shell.as_of()
    is_back = access.revoked_on is not None and access.revoked_on <= as_of
    until = f", taken back {day(access.revoked_on, as_of)}" if is_back and access.revoked_on else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        words = f":gray[access since {day(access.given_on, as_of)}{until}]"
        st.markdown(f"{literal(access.what)} {words}", width="content")
        if not is_back:
            form.button(REVOKE, assessment, f"access_{access.id}", about=str(access.id))


def _learned(one: Retrospective) -> None:
    again = {True: "would hire again", False: "would not hire again"}.get(one.would_hire_again)  # type: ignore[arg-type]
    st.markdown(f"**What was learned, {day(one.written_on, shell.as_of())}**{f' :gray[{again}]' if again else ''}")
    for label, said in (("Went well", one.went_well), ("Went badly", one.went_badly)):
        if said:
            st.markdown(f":gray[{label}:] {paragraphs(said)}")


# --- Access


def _show_give(_: Assessment, __: str) -> None:
    form.line("what", "What the vendor may enter", placeholder="code repository")
    form.past("given_on", "Since", clock.today())
    form.complain("given_on")


def _give(assessment: Assessment, _: str) -> identity.Record:
    form.needed(what="What it may enter is missing.", given_on="The day is missing.")
    what, on = form.said("what") or "", form.value("given_on")

    def record(author: Author) -> None:
        give_access(shell.database(), author, assessment.engagement, what, on)

    return record


def _show_revoke(assessment: Assessment, about: str) -> None:
    still = {str(one.id): one.what for one in _open_accesses(assessment)}
    form.pick("access", "What was taken back", still, about or next(iter(still), None))
    form.past("revoked_on", "On", clock.today())
    form.complain("revoked_on")


def _revoke(_: Assessment, __: str) -> identity.Record:
    form.needed(access="Nothing is chosen.", revoked_on="The day is missing.")
    number, on = int(form.value("access")), form.value("revoked_on")
    return lambda author: revoke_access(shell.database(), author, number, on)


def _open_accesses(assessment: Assessment) -> list[RecordedAccess]:
    with shell.database().reading() as connection:
        return [one for one in accesses(connection, assessment.engagement) if one.revoked_on is None]


def has_access(assessment: Assessment) -> bool:
    """Whether the vendor may still enter anything."""
    return bool(_open_accesses(assessment))


# --- What was learned


def _show_retrospective(_: Assessment, __: str) -> None:
    form.text("went_well", "What went well")
    form.text("went_badly", "What went badly")
    form.one_of("would_hire_again", "Would you hire them again?", {YES: "yes", NO: "no"})


def _retrospective(assessment: Assessment, _: str) -> identity.Record:
    well, badly = form.said("went_well"), form.said("went_badly")
    again = {YES: True, NO: False}.get(form.value("would_hire_again"))

    def record(author: Author) -> None:
        write_retrospective(
            shell.database(),
            author,
            assessment.engagement,
            clock.today(),
            went_well=well,
            went_badly=badly,
            would_hire_again=again,
        )

    return record


GIVE: Final = Form(
    "give",
    "What the vendor may enter",
    "Record an access",
    "Record the access",
    "Recorded: the access.",
    _show_give,
    _give,
)
REVOKE: Final = Form(
    "revoke",
    "Access taken back",
    "It was taken back …",
    "Record that it was taken back",
    "Recorded: the access was taken back.",
    _show_revoke,
    _revoke,
    has_access,
)
RETROSPECTIVE: Final = Form(
    "retrospective",
    "What was learned",
    "Write what was learned",
    "Record it",
    "Recorded: what was learned.",
    _show_retrospective,
    _retrospective,
)
