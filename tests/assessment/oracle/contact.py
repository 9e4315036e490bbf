"""When we last talked, against what was agreed."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.assessment.oracle.history import Work
from tests.assessment.oracle.limits import limit
from tests.assessment.oracle.workdays import roll

CONTACT_CHANNELS = {"in_person", "video", "call", "chat", "email"}


@dataclass(frozen=True)
class Contact:
    """The state of contact of an active engagement."""

    last_on: date | None
    state: str
    due_on: date | None
    silent_after: date | None
    forgotten_after: date | None
    cadence: int
    grace: int


def cadence_of(work: Work) -> int:
    """Days between conversations: the engagement's own, else its tier's."""
    tier = work.columns.get("tier") or "standard"
    return int(limit(work, f"cadence {tier}")) if work.own_cadence is None else work.own_cadence


def grace_of(work: Work) -> int:
    """Days of grace."""
    return int(limit(work, "grace")) if work.own_grace is None else work.own_grace


def last_contact_on(work: Work) -> date | None:
    """The last conversation on our side."""
    return max(
        (one.held_on for one in work.check_ins if one.side == "us" and one.channel in CONTACT_CHANNELS), default=None
    )


def resumed_on(work: Work, as_of: date) -> list[date]:
    """The ends of the pauses that are over."""
    return [until for _, until in work.pauses if until <= as_of]


def days_without(work: Work, days_of_it: list[date], as_of: date) -> int:
    """Days since the last of some things, since the start and since the end of a pause, whichever is latest."""
    return (as_of - max([*days_of_it, work.starts_on, *resumed_on(work, as_of)])).days


def contact(work: Work, as_of: date) -> Contact:
    """The state of contact as of a day."""
    country = work.country
    cadence, grace = cadence_of(work), grace_of(work)
    last_on = last_contact_on(work)
    anchor = max([*resumed_on(work, as_of), work.starts_on, *([last_on] if last_on else [])])

    def later(days: int, start: date = anchor) -> date:
        return roll(start + timedelta(days=days), country)

    if last_on is not None:
        due_on = later(cadence)
        silent_after = later(grace, due_on)
        forgotten_after = later(2 * cadence + grace)
        if as_of <= due_on:
            state = "on_time"
        elif as_of <= silent_after:
            state = "late"
        else:
            state = "silent" if as_of <= forgotten_after else "forgotten"
        return Contact(last_on, state, due_on, silent_after, forgotten_after, cadence, grace)
    if work.recorded_on is not None and work.recorded_on <= work.starts_on + timedelta(days=3):
        state = "on_time" if as_of <= later(3) else "not_kicked_off"
        return Contact(None, state, later(3), later(3), later(5), cadence, grace)
    return Contact(None, "unknown", None, None, None, cadence, grace)
