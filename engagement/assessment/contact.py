"""When we last talked, when we should have, and what that makes of the contact."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from engagement.assessment.limits import effective
from engagement.assessment.terms import life_on, resumed_on, terms_on
from engagement.assessment.values import (
    CONTACT_CHANNELS,
    LIVE_CHANNELS,
    Channel,
    CheckIn,
    Contact,
    ContactState,
    History,
    PortfolioTerms,
    Side,
    Terms,
    Tier,
)
from engagement.assessment.workdays import roll

ONE_DAY: Final = timedelta(days=1)
DEFAULT_TIER: Final[Tier] = "standard"


class Rhythm(NamedTuple):
    """When one engagement was talked about, and when it should have been."""

    marks: tuple[tuple[date, Channel, Side], ...]
    """Every check-in, oldest first."""
    missed: tuple[tuple[date, date], ...]
    """Half-open stretches of active days on which the agreed contact was due and had not been held."""


def is_contact(check_in: CheckIn) -> bool:
    """Whether a check-in is contact: on our side, and by a channel on which people talk."""
    return check_in.side == "us" and check_in.channel in CONTACT_CHANNELS


def is_live(check_in: CheckIn) -> bool:
    """Whether a check-in is contact by voice, or face to face."""
    return check_in.side == "us" and check_in.channel in LIVE_CHANNELS


def last_contact_on(check_ins: Sequence[CheckIn], day: date) -> date | None:
    """Day of the last contact by the end of a day, also before the start. Check-ins are oldest first."""
    for check_in in reversed(check_ins):
        if check_in.held_on <= day and is_contact(check_in):
            return check_in.held_on
    return None


def contact_on(
    terms: Terms, last_on: date | None, resumed: date | None, limit: Callable[[str], float], day: date
) -> Contact:
    """The state of contact on an active day.

    ``last_on`` is the last contact, ``resumed`` the end of the latest pause that is over. Where we never talked and the
    engagement was recorded long after it began, the state is unknown and its days are None: nobody is accused of what
    nobody wrote down.
    """
    country = terms.country
    cadence, grace = agreed(terms, limit)
    if last_on is not None:
        anchor = max(last_on, terms.starts_on, resumed or last_on)
        due = roll(anchor + timedelta(days=cadence), country)
        silent_after = roll(due + timedelta(days=grace), country)
        twice = int(limit("forgotten-cadences") * cadence) + grace
        forgotten_after = roll(anchor + timedelta(days=twice), country)
        state = _state(day, due, silent_after, forgotten_after)
        return Contact(last_on, (day - last_on).days, state, due, silent_after, forgotten_after, cadence, grace)
    late = timedelta(days=int(limit("recorded-late")))
    if terms.recorded_on is None or terms.recorded_on > terms.starts_on + late:
        return Contact(None, None, "unknown", None, None, None, cadence, grace)
    anchor = max(terms.starts_on, resumed or terms.starts_on)
    due = roll(anchor + timedelta(days=int(limit("kick-off"))), country)
    forgotten_after = roll(anchor + timedelta(days=int(limit("kick-off-forgotten"))), country)
    return Contact(None, None, "on_time" if day <= due else "not_kicked_off", due, due, forgotten_after, cadence, grace)


def agreed(terms: Terms, limit: Callable[[str], float]) -> tuple[int, int]:
    """Cadence and grace in days: the engagement's own, else by its tier."""
    cadence = terms.cadence_days
    if cadence is None:
        cadence = int(limit(f"cadence-{terms.tier or DEFAULT_TIER}"))
    return cadence, int(limit("grace")) if terms.grace_days is None else terms.grace_days


def rhythm(history: History, portfolio_terms: PortfolioTerms, start: date, end: date) -> Rhythm:
    """Check-ins and missed stretches from ``start`` to the end of ``end``; the check-ins have to be complete."""
    marks = tuple(
        (check_in.held_on, check_in.channel, check_in.side)
        for check_in in history.check_ins
        if start <= check_in.held_on <= end
    )
    turns = [turn for turn in _turns(history, portfolio_terms) if start < turn <= end]
    missed: list[tuple[date, date]] = []
    for since, until in zip([start, *turns], [*turns, end + ONE_DAY], strict=True):
        stretch = _missed_within(history, portfolio_terms, since, until)
        if stretch and missed and missed[-1][1] == stretch[0]:
            missed[-1] = (missed[-1][0], stretch[1])
        elif stretch:
            missed.append(stretch)
    return Rhythm(marks, tuple(missed))


def _turns(history: History, portfolio_terms: PortfolioTerms) -> list[date]:
    """Days on which what contact depends on can change, in order: between two of them only time passes."""
    days = {check_in.held_on for check_in in history.check_ins if is_contact(check_in)}
    days.update(turn for pause in history.pauses for turn in pause)
    days.update(terms.starts_on for terms in history.terms)
    days.update(terms.from_on for terms in history.terms if terms.from_on)
    days.update(change.set_on for change in (*history.limits, *portfolio_terms.limits))
    if history.closed_on:
        days.add(history.closed_on)
    return sorted(days)


def _missed_within(history: History, common: PortfolioTerms, since: date, until: date) -> tuple[date, date] | None:
    """The part of a stretch without turns on which contact was past due; None where there is none."""
    last = until - ONE_DAY
    if life_on(history, last) != "active":
        return None

    def limit(name: str) -> float:
        return effective(name, history.limits, common.limits, last)

    contact = contact_on(
        terms_on(history, last), last_contact_on(history.check_ins, last), resumed_on(history, last), limit, last
    )
    if contact.due_on is None or contact.due_on >= last:
        return None
    return max(since, contact.due_on + ONE_DAY), until


def _state(day: date, due: date, silent_after: date, forgotten_after: date) -> ContactState:
    if day <= due:
        return "on_time"
    if day <= silent_after:
        return "late"
    return "silent" if day <= forgotten_after else "forgotten"
