"""A. Contact, continued: how check-ins are held and written down."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from engagement.assessment.facts import Facts
from engagement.assessment.likeness import folded, likeness
from engagement.assessment.novelty import is_news
from engagement.assessment.rules.base import Finding, rule
from engagement.assessment.values import CheckIn
from engagement.assessment.wording import count, day, in_words, sentence, share

ONE_DAY = timedelta(days=1)


@rule(
    "hollow-check-ins",
    "nudge",
    "A",
    sentence="Check-ins bring nothing new although work is due.",
    condition="While a milestone is open, no progress, date, delivery, action or feedback is new in the last "
    "{hollow}, or the notes of each are {hollow-alike} like those of the one before. Not retainers.",
    next_step="Ask {vendor} to show the work.",
    news=("check-ins bring nothing new", "check-ins still bring nothing new", "there is news again"),
    source="House definition; likeness is the normalised Indel similarity.",
    limits=("hollow", "hollow-alike"),
    reads=("check_ins", "reports", "actions", "deliveries", "plan"),
)
def hollow_check_ins(facts: Facts) -> Finding | None:
    """First what changed, then what was written."""
    if facts.retainer:
        return None
    open_milestones = sum(handed.delivered_on is None for handed in facts.handovers)
    if not open_milestones:
        return None
    number = facts.days("hollow")
    latest, left_out_until = facts.logs.latest_check_ins()
    if len(latest) < number:
        if left_out_until is not None:
            facts.logs.ask("check_ins", "reports", "actions")
        return None
    last = latest[-number:]
    is_still, notes = _is_still(facts, last, latest[:-number][-1:], left_out_until), facts.logs.last_notes(number)
    if is_still is None or (notes is None and not is_still):
        facts.logs.ask("check_ins", "reports", "actions")
    if is_still:
        what = "brought no change of progress, dates, actions or feedback on record"
    elif alike := _alike(facts, notes or ()):
        what = "have the same notes" if alike == 1 else f"have notes that are {share(float(alike))} alike or more"
    else:
        return None
    begin, end = day(last[0].held_on, facts.day), day(last[-1].held_on, facts.day)
    evidence = (
        f"The last {in_words(number)} check-ins, {begin} to {end}, {what}; "
        f"{count(open_milestones, 'milestone')} {'is' if open_milestones == 1 else 'are'} open."
    )
    return Finding("warning", evidence)


def _is_looked_at(facts: Facts) -> bool:
    """Whether it is switched on, and there are notes that say when they were recorded."""
    return bool(facts.days("backfilled-on")) and any(one.recorded_on for one in facts.written_by_hand)


@rule(
    "backfilled",
    "nudge",
    "A",
    sentence="Notes are written long after.",
    condition="Of the last {backfilled-of} that were not imported, and of at least {backfilled-least#}, "
    "{backfilled-share} or more were recorded more than {backfilled-days} after they were held. Off until it is "
    "switched on.",
    next_step="Log a check-in on its day.",
    news=("check-ins are logged late", "check-ins are logged later still", "check-ins are logged in time"),
    source="House definition.",
    limits=("backfilled-on", "backfilled-of", "backfilled-least", "backfilled-share", "backfilled-days"),
    reads=("check_ins",),
    has_input=_is_looked_at,
)
def backfilled(facts: Facts) -> Finding | None:
    """Nobody knows when others were recorded: those that say when count."""
    if not facts.days("backfilled-on"):
        return None
    most = facts.days("backfilled-of")
    latest, left_out_until = facts.logs.latest_check_ins()
    days = [
        (check_in.recorded_on - check_in.held_on).days
        for check_in in latest
        if check_in.recorded_on is not None and not check_in.imported
    ][-most:]
    if len(days) < most and left_out_until is not None:
        facts.logs.ask("check_ins")
        return None
    allowed = facts.days("backfilled-days")
    late = sum(number > allowed for number in days)
    if len(days) < facts.days("backfilled-least") or late < Fraction(str(facts.limit("backfilled-share"))) * len(days):
        return None
    evidence = (
        f"{in_words(late)} of the last {in_words(len(days))} check-ins were recorded more than "
        f"{count(allowed, 'day')} after they were held."
    )
    return Finding("warning", sentence(evidence))


def _is_still(
    facts: Facts, last: Sequence[CheckIn], before: Sequence[CheckIn], left_out_until: date | None
) -> bool | None:
    """Whether nothing is new since the check-in before the last ones; None where short logs leave it open.

    Where there was none before: since the start, or since the day before the first of them where that is earlier.
    """
    if any(check_in.feedback_given or check_in.feedback_received for check_in in last):
        return False
    first_on = last[0].held_on
    if not before and left_out_until is not None:
        return False if is_news(facts.logs, first_on) else None
    after = before[0].held_on if before else min(facts.terms.starts_on, first_on - ONE_DAY)
    news = is_news(facts.logs, after)
    return None if news is None else not news


def _alike(facts: Facts, notes: Sequence[str | None]) -> Fraction | None:
    """How much alike notes are, each to the one before it, by the pair that is least so; None where not enough."""
    texts = [folded(one) for one in notes]
    if not all(texts):
        return None
    least = min((likeness(one, other) for one, other in pairwise(texts)), default=Fraction(0))
    return least if least >= Fraction(str(facts.limit("hollow-alike"))) else None
