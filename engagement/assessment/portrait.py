"""One engagement in words: the sentence its page opens with, and its line of figures."""

from datetime import date
from typing import Literal, NamedTuple

from engagement.assessment.agenda import finish_is_held
from engagement.assessment.counts import SILENT, is_first_due
from engagement.assessment.finish import all_delivered_on, expected, named_last_on, open_since, result_expected, told
from engagement.assessment.headline import work_warnings
from engagement.assessment.results import Assessment
from engagement.assessment.wording import ago, day, in_words, money, sentence, share, signed_days, span


class Fact(NamedTuple):
    """One figure of an engagement, with what it is set against."""

    label: str
    value: str
    beside: str | None = None
    good: Literal["up", "down"] | None = None
    """Which way ``beside``, a signed change, points to the good."""


def header(assessment: Assessment, as_of: date) -> str:
    """Who does it, for how much, from when to when: "Northwind, EUR 46,200, 1 Jun → 15 Feb, likely by 18 Mar"."""
    parts = [assessment.vendor]
    if assessment.cost.budget is not None:
        monthly = " a month" if assessment.contract == "retainer" else ""
        parts.append(money(assessment.cost.budget, assessment.currency) + monthly)
    parts.append(day(assessment.schedule.starts_on, as_of) + _until(assessment, as_of))
    return " · ".join(parts)


def _until(assessment: Assessment, as_of: date) -> str:
    """Until when it goes on, as expected; where nothing is, as said or agreed."""
    likely = expected(assessment, as_of)
    if likely is not None:
        return f" → {likely.words(as_of)}"
    if assessment.outlook is not None:
        return f", {told(assessment, as_of)}"
    ends = assessment.schedule.forecast_finish_on or assessment.ends_on
    return f" → {day(ends, as_of)}" if ends else ", without an end date"


def opening(assessment: Assessment, since: date, as_of: date, *, is_compared: bool = True) -> str:
    """Where it stands, in a sentence or two. ``is_compared``: whether it was on record by ``since``; else no warning is
    news, it is the first word on all of it.
    """
    if assessment.life != "active":
        return _at_rest(assessment, as_of)
    wrong = work_warnings(assessment)
    if assessment.status == "unknown":
        return (
            "Too little is recorded to say where it stands: no milestone has a date, and it is not known when you "
            "last talked."
        )
    clauses = _in_a_row(_clauses(assessment, as_of))
    if not wrong:
        return sentence(f"Nothing is wrong with the work: {clauses}" if clauses else "Nothing is wrong")
    new = sum(warning.since > since for warning in wrong) if is_compared else 0
    newly = f" {sentence(_new(new, since, as_of))}" if new else ""
    return sentence(clauses or wrong[0].evidence) + newly


def facts(assessment: Assessment, as_of: date) -> tuple[Fact, ...]:
    """The line of figures; what is not known says so and how to mend it."""
    if assessment.contract == "retainer":
        return (_talk(assessment, as_of), *_next(assessment, as_of), *_retainer(assessment))
    return (_talk(assessment, as_of), *_finish(assessment, as_of), _done(assessment), _spent(assessment))


def _at_rest(assessment: Assessment, as_of: date) -> str:
    """The sentence for an engagement that is not under way."""
    until = f" until {day(assessment.paused_until, as_of)}" if assessment.paused_until else ""
    closed = f" on {day(assessment.closed_on, as_of)}" if assessment.closed_on else ""
    words = {
        "paused": f"Paused{until}; nothing is asked of anybody meanwhile",
        "closed": f"Closed{closed}; the figures are of that day",
        "not_started": f"Starts on {day(assessment.schedule.starts_on, as_of)}",
        "draft": "A draft: nothing was agreed yet",
    }
    return sentence(words[assessment.life])


def _clauses(assessment: Assessment, as_of: date) -> list[str]:
    """Contact, slip and lateness, each as a clause."""
    contact, schedule = assessment.contact, assessment.schedule
    clauses = []
    if contact.state in SILENT:
        days = contact.days_since
        clauses.append("no conversation on record" + (f" for {span(days)}" if days is not None else " yet"))
    elif contact.days_since is not None:
        clauses.append(f"you talked {ago(contact.days_since)}")
    if schedule.slip_days:
        clauses.append(_slipped(assessment, schedule.slip_days, as_of))
    elif schedule.slip_days == 0 and not schedule.overdue_milestones:
        done = all_delivered_on(assessment)
        clauses.append("all was delivered as promised" if done else "the vendor's finish stands as promised")
    if schedule.overdue_milestones:
        late = schedule.overdue_milestones
        clauses.append(f"{in_words(late)} {'milestone is' if late == 1 else 'milestones are'} late")
    return clauses


def _slipped(assessment: Assessment, slip_days: int, as_of: date) -> str:
    """How far the finish is from the promise: as it was delivered, as the days passed, or as the vendor says."""
    if all_delivered_on(assessment):
        how = f"{span(slip_days)} {'after' if slip_days > 0 else 'before'}"
        return f"all was delivered {how} the promised finish"
    if finish_is_held(assessment, as_of):
        return f"the finish is at least {span(slip_days)} behind the promise"
    return f"the vendor's finish is {span(slip_days)} {'behind' if slip_days > 0 else 'ahead of'} the promise"


def _in_a_row(clauses: list[str]) -> str:
    """Clauses as a sentence: the first, about talking, then where the dates stand."""
    return "; ".join(filter(None, [*clauses[:1], " and ".join(clauses[1:])]))


def _new(new: int, since: date, as_of: date) -> str:
    verb = "warning is" if new == 1 else "warnings are"
    return f"{in_words(new)} {verb} new since {day(since, as_of)}"


def _talk(assessment: Assessment, as_of: date) -> Fact:
    contact = assessment.contact
    if contact.days_since is None:
        return Fact("Last talked", "not yet" if is_first_due(assessment) else "not known")
    if assessment.life == "closed" and contact.last_on is not None:
        return Fact("Last talked", day(contact.last_on, as_of))
    agreed = None
    if contact.cadence_days is not None:
        every = "every day" if contact.cadence_days == 1 else f"every {contact.cadence_days} days"
        agreed = f"agreed {every}" if contact.is_agreed else f"nothing agreed; usual is {every}"
    return Fact("Last talked", ago(contact.days_since), agreed)


def _finish(assessment: Assessment, as_of: date) -> tuple[Fact, ...]:
    """What was promised, what the vendor says, and what is expected; or what was delivered."""
    schedule = assessment.schedule
    promised, slip = schedule.baseline_finish_on, schedule.slip_days
    if schedule.forecast_finish_on is None or promised is None or slip is None:
        return (Fact("Finish", "no date named yet", "Add a due date"),)
    first = Fact("Promised", day(promised, as_of))
    if all_delivered_on(assessment):
        return (first, _set_against("Delivered", schedule.forecast_finish_on, slip, as_of))
    says = _set_against("Vendor says", schedule.forecast_finish_on, slip, as_of)
    if finish_is_held(assessment, as_of):
        named = named_last_on(assessment)
        says = Fact("Vendor says", "no new date", f"last {day(named, as_of)}" if named else None)
    return (first, says, *_expected(assessment, as_of))


def _expected(assessment: Assessment, as_of: date) -> tuple[Fact, ...]:
    likely = expected(assessment, as_of)
    if likely is not None:
        if likely.in_doubt:
            return (Fact(f"Finish, {likely.condition}", day(likely.middle_on, as_of), likely.later(as_of)),)
        return (Fact("Finish", day(likely.middle_on, as_of), likely.likely(as_of)),)
    if assessment.outlook is None:
        return ()
    name, days = open_since(assessment, as_of)
    which = f'"{name}" ' if name else ""
    return (Fact("Finish", "open", f"{which}{span(days)} after its day"),)


def _set_against(label: str, on: date, slip_days: int, as_of: date) -> Fact:
    """A day beside the promise."""
    if slip_days == 0:
        return Fact(label, day(on, as_of), "as promised")
    return Fact(label, day(on, as_of), signed_days(slip_days) + _slower(slip_days), "down")


def _slower(days: int) -> str:
    return " slower" if days > 0 else " faster"


def _done(assessment: Assessment) -> Fact:
    progress = assessment.progress
    if progress.earned is None or progress.planned is None:
        return Fact("Done", "no dated milestone")
    planned = f"{share(progress.planned)} planned"
    if not progress.known and progress.earned:
        return Fact("Done", f"at least {share(progress.earned)}", f"{planned}; of what is open nobody has said")
    if not progress.known:
        return Fact("Done", "nobody has said", planned)
    return Fact("Done", share(progress.earned), f"{share(progress.planned)} planned")


def _spent(assessment: Assessment) -> Fact:
    cost = assessment.cost
    if not cost.budget:
        spent = "nothing recorded" if cost.spent is None else money(cost.spent, assessment.currency)
        of = "no budget recorded" if cost.budget is None else f"of {money(cost.budget, assessment.currency)}"
        return Fact("Spent", spent, of)
    if cost.spent is None:
        return Fact("Spent", "nothing recorded", f"of {money(cost.budget, assessment.currency)}")
    return Fact("Spent", share(float(cost.spent / cost.budget)), f"of {money(cost.budget, assessment.currency)}")


def _next(assessment: Assessment, as_of: date) -> tuple[Fact, ...]:
    """What a retainer owes next, and when that is expected; nothing where nothing is open or asked for."""
    waiting = [(one.due_on, one) for one in assessment.milestones if one.delivered_on is None and one.due_on]
    if assessment.life not in ("active", "not_started") or not waiting:
        return ()
    due_on, first = min(waiting, key=lambda each: each[0])
    due = f"{first.name}, due {day(due_on, as_of)}"
    likely = result_expected(first, assessment, as_of)
    if likely is None:
        return (Fact("Next", "open" if due_on < as_of else day(due_on, as_of), due),)
    return (Fact("Next", day(likely.middle_on, as_of), f"{likely.likely(as_of)}; {due}"),)


def _retainer(assessment: Assessment) -> tuple[Fact, ...]:
    """A retainer has no finish: promises, lateness, and this month's money."""
    schedule, cost = assessment.schedule, assessment.cost
    promises = f"{schedule.promises.kept} of {schedule.promises.due}" if schedule.promises.due else "none was due"
    late = "not known" if schedule.median_days_late is None else signed_days(round(schedule.median_days_late))
    month = "nothing recorded" if cost.spent_this_month is None else money(cost.spent_this_month, assessment.currency)
    allowed = f"of {money(cost.budget, assessment.currency)}" if cost.budget is not None else "no budget recorded"
    return (Fact("Promises kept", promises), Fact("Median lateness", late), Fact("Spent this month", month, allowed))
