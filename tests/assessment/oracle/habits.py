"""How the two sides talk: who has stopped, who does not read, what is live, what is hollow, what is written late."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from tests.assessment.oracle.contact import cadence_of, days_without, grace_of
from tests.assessment.oracle.history import CheckIn, Milestone, Work
from tests.assessment.oracle.life import Days
from tests.assessment.oracle.likeness import alike
from tests.assessment.oracle.limits import limit
from tests.assessment.oracle.milestones import words
from tests.assessment.oracle.verdict import CRITICAL, NEVER, UNKNOWN, WARNING, Verdict
from tests.assessment.oracle.workdays import working_days_since

LIVE_CHANNELS = {"in_person", "video", "call"}
LAST = 10
"""How many notes are asked whether they were written on the day."""


def vendor_silent(days: Days, as_of: date) -> Verdict:
    """Over max(C + G, 14) days since the vendor's last update, report or delivery W, twice that K, if it ever spoke."""
    work = days.work(as_of)
    spoken = [one.held_on for one in work.check_ins if one.side == "vendor" or one.channel == "report"]
    spoken += [row.reported_on for one in work.milestones for row in one.reports if row.side == "vendor"]
    if not spoken:
        return NEVER
    delivered = [row.delivered_on for one in work.milestones for row in one.deliveries]
    quiet = days_without(work, spoken + delivered, as_of)
    long = max(Fraction(cadence_of(work) + grace_of(work)), limit(work, "vendor-silent days"))
    if quiet > 2 * long:
        return CRITICAL
    return WARNING if quiet > long else NEVER


def unread_check_in(days: Days, as_of: date) -> Verdict:
    """Notes not acknowledged for over three working days; off alone, where owner is lead, and for imported ones."""
    work = days.work(as_of)
    owner = work.columns.get("owner")
    if work.alone:
        return NEVER
    if not owner:
        return UNKNOWN
    if owner == work.columns.get("lead"):
        return NEVER
    unread = [one.held_on for one in work.check_ins if not one.imported and one.acknowledged_on is None]
    waited = [working_days_since(on, work.country, as_of) for on in unread]
    return WARNING if max(waited, default=0) > limit(work, "unread-check-in") else NEVER


def no_live_contact(days: Days, as_of: date) -> Verdict:
    """No live contact for max(30, 3C) days."""
    if days.contact(as_of).state == "unknown":
        return UNKNOWN
    work = days.work(as_of)
    live = [one.held_on for one in work.check_ins if one.side == "us" and one.channel in LIVE_CHANNELS]
    long = max(limit(work, "no-live-contact days"), limit(work, "no-live-contact cadences") * cadence_of(work))
    return WARNING if days_without(work, live, as_of) >= long else NEVER


def hollow_check_ins(days: Days, as_of: date) -> Verdict:
    """The last three check-ins brought nothing new, or say the same, with a milestone open; not retainers."""
    work = days.work(as_of)
    count = int(limit(work, "hollow check-ins"))
    if work.retainer or len(work.check_ins) < count or not any(one.open for one in days.plan(as_of).every):
        return NEVER
    earlier, last = work.check_ins[:-count], work.check_ins[-count:]
    after = earlier[-1].held_on if earlier else min(work.starts_on, last[0].held_on - timedelta(days=1))
    feedback = any(one.feedback_given or one.feedback_taken for one in last)
    if not feedback and not brought_something(work, after):
        return WARNING
    return WARNING if repeat(last, limit(work, "hollow similarity")) else NEVER


def brought_something(work: Work, after: date) -> bool:
    """Whether a share, a date, a delivery or an action changed after a day."""
    acted = [row.raised_on for row in work.actions] + [row.closed_on for row in work.actions if row.closed_on]
    return any(on > after for on in acted) or any(moved(one, after) for one in work.milestones)


def moved(one: Milestone, after: date) -> bool:
    """Whether a milestone was delivered, re-baselined, or said to be further or later, or less so, after a day."""
    dated = [row.set_on for row in one.rebaselines] + [row.delivered_on for row in one.deliveries]
    if any(on > after for on in dated):
        return True
    known: Fraction | None = None
    for row in one.reports:
        if row.share is not None:
            if row.reported_on > after and row.share != known:
                return True
            known = row.share
    promised = one.due_on or (one.rebaselines[0].due_on if one.rebaselines else None)
    for said_on, word in words(one):
        if said_on > after and word != promised:
            return True
        promised = word
    return False


def repeat(check_ins: tuple[CheckIn, ...], similarity: Fraction) -> bool:
    """Whether all have notes, and each says what the one before it said."""
    notes = [one.notes for one in check_ins]
    return all(notes) and all(alike(before, after) >= similarity for before, after in pairwise(notes))


def backfilled(days: Days, as_of: date) -> Verdict:
    """Of the last ten notes, at least four, 30 % or more written down over seven days late; where it is switched on."""
    work = days.work(as_of)
    if limit(work, "backfilled on") != 1:
        return NEVER
    late = [
        (one.recorded_on - one.held_on).days > limit(work, "backfilled days")
        for one in work.check_ins
        if one.recorded_on is not None and not one.imported
    ][-LAST:]
    if len(late) < limit(work, "backfilled least"):
        return NEVER
    return WARNING if Fraction(sum(late), len(late)) >= limit(work, "backfilled share") else NEVER
