"""When we last talked, when we should have, and what that makes of the contact."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from engagement.assessment.limits import effective
from engagement.assessment.results import Contact
from engagement.assessment.terms import life_on, resumed_on, terms_on
from engagement.assessment.values import (
    CONTACT_CHANNELS,
    LIVE_CHANNELS,
    Channel,
    CheckIn,
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


Span = tuple[date, date]
"""A half-open stretch of days: from the first until, and without, the last."""


class Rhythm(NamedTuple):
    """When one engagement was talked about, and when it should have been."""

    marks: tuple[tuple[date, Channel, Side], ...]
    """Every check-in, oldest first."""
    missed: tuple[Span, ...]
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
    own = terms.cadence_days is not None
    if last_on is not None:
        anchor = max(last_on, terms.starts_on, resumed or last_on)
        due = roll(anchor + timedelta(days=cadence), country)
        silent_after = roll(due + timedelta(days=grace), country)
        twice = int(limit("forgotten-cadences") * cadence) + grace
        forgotten_after = roll(anchor + timedelta(days=twice), country)
        state = _state(day, due, silent_after, forgotten_after)
        since = (day - last_on).days
        return Contact(last_on, since, state, due, silent_after, forgotten_after, cadence, grace, own)
    late = timedelta(days=int(limit("recorded-late")))
    if terms.recorded_on is None or terms.recorded_on > terms.starts_on + late:
        return Contact(None, None, "unknown", None, None, None, cadence, grace, own)
    anchor = max(terms.starts_on, resumed or terms.starts_on)
    due = roll(anchor + timedelta(days=int(limit("kick-off"))), country)
    forgotten_after = roll(anchor + timedelta(days=int(limit("kick-off-forgotten"))), country)
    begun: ContactState = "on_time" if day <= due else "not_kicked_off"
    return Contact(None, None, begun, due, due, forgotten_after, cadence, grace, own)


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
    return Rhythm(marks, stretches(history, portfolio_terms, start, end, "late"))


def stretches(
    history: History, portfolio_terms: PortfolioTerms, start: date, end: date, state: Literal["late", "silent"]
) -> tuple[Span, ...]:
    """Half-open stretches of active days, from ``start`` to the end of ``end``, on which contact was so or worse.

    Work that was never kicked off is late, and not silent. The check-ins have to be complete.
    """
    turns = [turn for turn in _turns(history, portfolio_terms) if start < turn <= end]
    found: list[Span] = []
    for since, until in zip([start, *turns], [*turns, end + ONE_DAY], strict=True):
        span = _within(history, portfolio_terms, since, until, state)
        if span and found and found[-1][1] == span[0]:
            found[-1] = (found[-1][0], span[1])
        elif span:
            found.append(span)
    return tuple(found)


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


def _within(
    history: History, common: PortfolioTerms, since: date, until: date, state: Literal["late", "silent"]
) -> Span | None:
    """The part of a stretch without turns on which contact was so; None where there is none."""
    last = until - ONE_DAY
    if life_on(history, last) != "active":
        return None

    def limit(name: str) -> float:
        return effective(name, history.limits, common.limits, last)

    contact = contact_on(
        terms_on(history, last), last_contact_on(history.check_ins, last), resumed_on(history, last), limit, last
    )
    if state == "silent" and contact.last_on is None:
        return None
    held_until = contact.due_on if state == "late" else contact.silent_after
    if held_until is None or held_until >= last:
        return None
    return max(since, held_until + ONE_DAY), until


def _state(day: date, due: date, silent_after: date, forgotten_after: date) -> ContactState:
    if day <= due:
        return "on_time"
    if day <= silent_after:
        return "late"
    return "silent" if day <= forgotten_after else "forgotten"
