"""The catalogue, rule by rule, in its own words: which fire on a day, how badly, and which cannot be judged."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from tests.assessment.oracle import habits, money, partner, quality, setup, value
from tests.assessment.oracle.contact import resumed_on
from tests.assessment.oracle.history import Action
from tests.assessment.oracle.life import Days, judged
from tests.assessment.oracle.limits import limit
from tests.assessment.oracle.milestones import moves_later
from tests.assessment.oracle.shares import earned_schedule, sure
from tests.assessment.oracle.verdict import CRITICAL, NEVER, UNKNOWN, WARNING, Verdict, worse
from tests.assessment.oracle.workdays import roll, working_days_since

ONE_DAY = timedelta(days=1)
Rule = Callable[[Days, date], Verdict]


def silent(days: Days, as_of: date) -> Verdict:
    """Contact state `silent` W, `forgotten` K."""
    state = days.contact(as_of).state
    return {"silent": WARNING, "forgotten": CRITICAL, "unknown": UNKNOWN}.get(state, NEVER)


def not_kicked_off(days: Days, as_of: date) -> Verdict:
    """`not_kicked_off` W, past `forgotten_after` K."""
    now = days.contact(as_of)
    if now.state == "unknown":
        return UNKNOWN
    if now.state != "not_kicked_off" or now.forgotten_after is None:
        return NEVER
    return CRITICAL if as_of > now.forgotten_after else WARNING


def no_next_meeting(days: Days, as_of: date) -> Verdict:
    """The last check-in names no next day, or it has passed without one; off while contact is on time."""
    state = days.contact(as_of).state
    if state == "unknown":
        return UNKNOWN
    check_ins = days.work(as_of).check_ins
    if state == "on_time" or not check_ins:
        return NEVER
    next_on = check_ins[-1].next_on
    return WARNING if next_on is None or next_on < as_of else NEVER


def overdue(days: Days, as_of: date) -> Verdict:
    """Open and past its current due date: 1 to 7 days W, more K; while learning at most W."""
    now = days.plan(as_of)
    if not now.dated:
        return UNKNOWN
    late = [(as_of - sure(one.due_on)).days for one in now.dated if one.open]
    worst = max(late, default=0)
    if worst <= 0:
        return NEVER
    return learning(days, as_of, CRITICAL if worst > limit(days.work(as_of), "overdue critical days") else WARNING)


def learning(days: Days, as_of: date, verdict: Verdict) -> Verdict:
    """In the first thirty days nothing is critical."""
    work = days.work(as_of)
    new = (as_of - work.starts_on).days < limit(work, "learning days")
    return WARNING if new and verdict == CRITICAL else verdict


def slipping(days: Days, as_of: date) -> Verdict:
    """Latest forecast minus latest approved baseline against the time from the start to that baseline."""
    now = days.plan(as_of)
    if not now.dated:
        return UNKNOWN if not days.work(as_of).retainer else NEVER
    if days.work(as_of).retainer:
        return NEVER
    approved = max(sure(one.approved_on) for one in now.dated)
    slip = (max(sure(one.forecast_on) for one in now.dated) - approved).days
    work = days.work(as_of)
    duration = (approved - work.starts_on).days
    for word, verdict in (("critical", CRITICAL), ("warning", WARNING)):
        share, least = limit(work, f"slipping {word} share"), limit(work, f"slipping {word} days")
        if slip >= least and slip >= share * duration:
            return learning(days, as_of, verdict)
    return NEVER


def deadline_near(days: Days, as_of: date) -> Verdict:
    """At most 20 % of the time left and under 70 % earned W; needing over 1.5 times the rate of the last 28 days K."""
    known = judged(days, as_of)
    if isinstance(known, Verdict):
        return known
    _, earned, finish_on = known
    work = days.work(as_of)
    left = (finish_on - as_of).days
    duration = (finish_on - work.starts_on).days
    if left > limit(work, "deadline-near time left") * duration or earned >= limit(work, "deadline-near earned"):
        return NEVER
    before = days.earned(as_of - timedelta(days=28))
    if before is None:
        return WARNING
    rate = (earned - before) / 28
    needed_more = left <= 0 or (1 - earned) / left > limit(work, "deadline-near rate") * rate
    return CRITICAL if needed_more else WARNING


def behind_plan(days: Days, as_of: date) -> Verdict:
    """After 15 % of the time: SPI(t) under 0.9 W, under 0.8 K."""
    known = judged(days, as_of)
    if isinstance(known, Verdict):
        return known
    now, _, finish_on = known
    work = days.work(as_of)
    if (as_of - work.starts_on).days <= limit(work, "behind-plan after") * (finish_on - work.starts_on).days:
        return NEVER
    found = earned_schedule(work, now, as_of)
    if found is None or found.spi is None or found.spi >= limit(work, "behind-plan warning"):
        return NEVER
    return learning(days, as_of, CRITICAL if found.spi < limit(work, "behind-plan critical") else WARNING)


def flatline(days: Days, as_of: date) -> Verdict:
    """Earned unchanged for max(2C, 14) days with a started milestone open W, twice that K."""
    known = judged(days, as_of)
    if isinstance(known, Verdict):
        return known
    now = known[0]
    if not any(one.open and now.starts[one.key] <= as_of for one in now.dated):
        return NEVER
    work = days.work(as_of)
    anchor = max([work.starts_on, *resumed_on(work, as_of)])
    changed_on = as_of
    while changed_on > anchor and days.earned(changed_on) == days.earned(changed_on - ONE_DAY):
        changed_on -= ONE_DAY
    unchanged = (as_of - changed_on).days
    long = max(Fraction(2 * days.contact(as_of).cadence), limit(work, "flatline days"))
    if unchanged < long:
        return NEVER
    return learning(days, as_of, CRITICAL if unchanged >= 2 * long else WARNING)


def awaiting_us(days: Days, as_of: date) -> Verdict:
    """A delivery undecided over 5 working days W, over 10 K; a vendor's question unanswered over 3 W."""
    work = days.work(as_of)
    country = work.country
    found = NEVER
    for one in days.plan(as_of).every:
        if one.undecided_on is not None:
            waited = working_days_since(one.undecided_on, country, as_of)
            found = worse(found, WARNING if waited > limit(work, "awaiting-us delivery warning") else NEVER)
            found = worse(found, CRITICAL if waited > limit(work, "awaiting-us delivery critical") else NEVER)
    for row in work.actions:
        if row.kind == "question" and row.side == "vendor" and row.closed_on is None:
            waited = working_days_since(row.raised_on, country, as_of)
            found = worse(found, WARNING if waited > limit(work, "awaiting-us question") else NEVER)
    return found


def declared(days: Days, as_of: date) -> str | None:
    """Our latest declared status that is not empty."""
    said = [one.declared_status for one in days.work(as_of).check_ins if one.side == "us" and one.declared_status]
    return said[-1] if said else None


def watermelon(days: Days, as_of: date) -> Verdict:
    """Declared on track while another status rule is critical."""
    if declared(days, as_of) != "on_track":
        return NEVER
    others = [RULES[name] for name in days.rules if KINDS[name] == "status" and name != "watermelon"]
    return WARNING if any(rule(days, as_of) == CRITICAL for rule in others) else NEVER


def serial_slip(days: Days, as_of: date) -> Verdict:
    """A date moved later than the word before it twice in 60 days W, three times K."""
    work = days.work(as_of)
    window = limit(work, "serial-slip days")
    most = max(
        (sum((as_of - moved_on).days < window for moved_on in moves_later(one)) for one in days.plan(as_of).dated),
        default=0,
    )
    if most >= limit(work, "serial-slip critical"):
        return CRITICAL
    return WARNING if most >= limit(work, "serial-slip warning") else NEVER


def squeezed(days: Days, as_of: date) -> Verdict:
    """What follows a late result keeps its old date: under half of the time planned between the two is left.

    A rule of the house that the design's catalogue does not have; it follows the words of its own condition.
    """
    work, now = days.work(as_of), days.plan(as_of)
    if work.retainer:
        return NEVER
    for one in now.dated:
        later = [other for other in now.dated if sure(other.due_on) > sure(one.due_on)]
        next_on = min((sure(other.due_on) for other in later), default=None)
        for other in later:
            if sure(one.forecast_on) > sure(one.due_on) and other.due_on == next_on and other.open:
                planned = (sure(other.due_on) - sure(one.due_on)).days
                if (sure(other.word_on) - sure(one.forecast_on)).days < limit(work, "squeezed") * planned:
                    return WARNING
    return NEVER


def stale_forecast(days: Days, as_of: date) -> Verdict:
    """Open, and the last word on it lies before the day."""
    return (
        WARNING
        if any(one.open and one.word_on is not None and one.word_on < as_of for one in days.plan(as_of).every)
        else NEVER
    )


def actions_overdue(days: Days, as_of: date) -> Verdict:
    """An open action or issue overdue, without assignee or date, or carried through three check-ins W; 14 days K."""
    work = days.work(as_of)
    found = NEVER
    for row in work.actions:
        if row.kind not in {"action", "issue"} or row.closed_on is not None:
            continue
        late = days_late(row, work.country, as_of)
        carried = sum(one.held_on > row.raised_on for one in work.check_ins)
        if late > limit(work, "actions-overdue critical days"):
            found = CRITICAL
        elif late > 0 or not row.assignee or row.due_on is None or carried >= limit(work, "actions-overdue check-ins"):
            found = worse(found, WARNING)
    return found


def days_late(row: Action, country: str, as_of: date) -> int:
    """Days past the deadline; ours rolls to the next working day."""
    if row.due_on is None:
        return 0
    deadline = roll(row.due_on, country) if row.side == "us" else row.due_on
    return (as_of - deadline).days


RULES: dict[str, Rule] = {
    "silent": silent,
    "not-kicked-off": not_kicked_off,
    "no-next-meeting": no_next_meeting,
    "vendor-silent": habits.vendor_silent,
    "unread-check-in": habits.unread_check_in,
    "no-live-contact": habits.no_live_contact,
    "hollow-check-ins": habits.hollow_check_ins,
    "backfilled": habits.backfilled,
    "unclear-plan": setup.unclear_plan,
    "no-timetable": setup.no_timetable,
    "no-budget": setup.no_budget,
    "expectations-not-agreed": partner.expectations_not_agreed,
    "unvetted-vendor": partner.unvetted_vendor,
    "access-not-revoked": partner.access_not_revoked,
    "too-much-too-soon": partner.too_much_too_soon,
    "overdue": overdue,
    "slipping": slipping,
    "deadline-near": deadline_near,
    "behind-plan": behind_plan,
    "flatline": flatline,
    "quality-missed": quality.quality_missed,
    "awaiting-us": awaiting_us,
    "watermelon": watermelon,
    "over-claimed": quality.over_claimed,
    "serial-slip": serial_slip,
    "moved-baseline": quality.moved_baseline,
    "squeezed": squeezed,
    "stale-forecast": stale_forecast,
    "no-feedback": quality.no_feedback,
    "actions-overdue": actions_overdue,
    "budget": money.budget,
    "spend-ahead": money.spend_ahead,
    "paid-unaccepted": value.paid_unaccepted,
    "rate-drift": value.rate_drift,
    "under-used": value.under_used,
    "no-return": value.no_return,
    "benefit-unseen": value.benefit_unseen,
    "no-retrospective": partner.no_retrospective,
}
STATUS = {
    "silent", "not-kicked-off", "too-much-too-soon", "overdue", "slipping", "deadline-near", "behind-plan", "flatline",
    "quality-missed", "awaiting-us", "watermelon", "budget", "spend-ahead",
}  # fmt: skip
SETUP = {
    "unclear-plan", "no-timetable", "no-budget", "expectations-not-agreed", "unvetted-vendor", "access-not-revoked",
}  # fmt: skip
KINDS: dict[str, str] = {rule: "status" if rule in STATUS else "set-up" if rule in SETUP else "nudge" for rule in RULES}
AFTER_CLOSING = {"access-not-revoked", "no-retrospective"}
"""Rules for closed engagements; all others are for active ones."""
COVERED_BY: dict[str, str] = {
    "no-next-meeting": "silent",
    "no-live-contact": "silent",
    "no-feedback": "silent",
    "deadline-near": "overdue",
    "stale-forecast": "overdue",
}
