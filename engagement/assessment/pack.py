"""What an executive is told once a month: one sentence, what is wanted, the figures, what is off track, and the money.

All of it is read off a `Portfolio` as of a day, beside the one of four weeks earlier. Amounts of different currencies
are never added, a retainer's monthly allowance is never added to whole sums, and every sum says how many engagements
it covers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from engagement.assessment.finish_since import MovedFinish, Since, finish, moved_finishes
from engagement.assessment.headline import work_warnings
from engagement.assessment.results import Assessment, Portfolio
from engagement.assessment.sums import Sums, is_adrift, sums
from engagement.assessment.wording import MINUS, ago, day, in_words, listed, money, sentence, share, signed

WEEKS_BACK: Final = 4
UNCHANGED: Final = "unchanged"
BOTH: Final = 2
SIDE_BY_SIDE: Final = 2
"""Amounts of so many currencies still read well in one sentence."""
Better = Literal["more", "less", "neither"]


ADRIFT: Final = (
    "Silent: nobody has talked for longer than agreed and granted, or not at all since the work began. "
    "Slipping: the finish is forecast well after the last agreed date."
)
"""What the sentence means by silent or slipping."""


class Question(NamedTuple):
    """Something a vendor asked us and nobody has answered."""

    engagement: str
    title: str
    raised_on: date


class Wanted(NamedTuple):
    """One thing that waits for somebody on our side."""

    engagement: str
    text: str
    since: date
    milestone: str | None = None
    """The key of the one whose delivery waits to be accepted or rejected."""


class OffTrack(NamedTuple):
    """One engagement that is off track: why, what is being done, by whom, until when."""

    engagement: str
    name: str
    vendor: str
    why: str
    more: int
    """Further warnings about the work."""
    lead: str | None
    """As recorded; the owner where nobody leads it."""
    plan: str | None
    assignee: str | None
    until_on: date | None
    abandoned: bool
    finish: str | None = None
    """When it is expected, or why that is not told, and how far and by what it moved since last week, in sentences."""


class Figure(NamedTuple):
    """A figure of the line under the sentence, with its change where the day compared with is known too."""

    label: str
    value: str
    change: str | None
    better: Better
    """Which way is good."""
    note: str | None = None
    """What it covers."""
    number: int | float | Decimal | None = None
    """The value to reckon with: how many, a share of 1 as it is shown, or an amount of ``currency``."""
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """The Status page in values."""

    as_of: date
    compared_with: date
    is_issued: bool
    """Whether a status pack was issued on the day compared with."""
    standing: str
    """How many are on track, in a sentence."""
    at_stake: str
    """What stands in those that are silent or slipping, in a sentence; empty where nothing is active."""
    wanted: tuple[Wanted, ...]
    """Decisions first, the one that waits longest first; then critical warnings, by attention."""
    figures: tuple[Figure, ...]
    off_track: tuple[OffTrack, ...]
    """By attention."""
    week_on: date | None
    """The day since when moves of finishes are told; None where nothing was recorded by then."""
    moved: tuple[MovedFinish, ...]
    """What is not off track and whose finish moved since, the furthest later first."""
    sums: tuple[Sums, ...]
    """A currency each, the one of most engagements first."""

    @property
    def sentence(self) -> str:
        """How many are on track, and what stands in the others."""
        return " ".join(filter(None, (self.standing, self.at_stake)))

    @property
    def changes_since(self) -> str | None:
        """Which day the changes are counted from; None where there are none to tell."""
        if not any(one.change for one in self.figures):
            return None
        since = f"Changes are since {day(self.compared_with, self.as_of)}"
        if self.is_issued:
            return f"{since}, when the last status pack was issued."
        return f"{since}, four weeks ago: no status pack was issued before."


def pack(
    now: Portfolio,
    before: Portfolio,
    questions: Iterable[Question] = (),
    *,
    week: Portfolio | None = None,
    is_issued: bool = False,
) -> Pack:
    """The status as of a day, compared with an earlier one, on which ``is_issued`` says that a pack was issued.

    ``questions`` are the open ones of vendors; those of engagements that are not active are left out. ``week`` is what
    was known a week ago, for the moves of finishes; None where nothing was recorded by then.
    """
    active = [assessment for assessment in now.engagements if assessment.life == "active"]
    earlier = [assessment for assessment in before.engagements if assessment.life == "active"]
    lately, issued = Since.of(week) if week else None, Since.of(before) if is_issued else None
    off_track = [each for each in ranked(active) if each.status == "off_track"]
    by_currency = sums(active)
    return Pack(
        as_of=now.as_of,
        compared_with=before.as_of,
        is_issued=is_issued,
        standing=_standing(now, active),
        at_stake=_at_stake(active, by_currency) if active else "",
        wanted=wanted(active, questions, now.as_of),
        figures=figures(active, earlier, by_currency, sums(earlier)),
        off_track=tuple(_off_track(each, finish(each, lately, issued, now.as_of)) for each in off_track),
        week_on=week.as_of if week else None,
        moved=moved_finishes(active, {each.engagement for each in off_track}, lately, now.as_of),
        sums=by_currency,
    )


def four_weeks_before(as_of: date) -> date:
    """The day a status is compared with where no pack was issued before."""
    return as_of - timedelta(weeks=WEEKS_BACK)


def ranked(assessments: Iterable[Assessment]) -> list[Assessment]:
    """By attention, those without a rank last, by key."""
    return sorted(assessments, key=lambda one: (one.attention.rank is None, one.attention.rank or 0, one.engagement))


# --- The sentence ---------------------------------------------------------------------------------------------------


def _standing(now: Portfolio, active: Sequence[Assessment]) -> str:
    """How many are on track."""
    if not now.engagements:
        return "Nothing is recorded yet."
    if not active:
        number = len(now.engagements)
        who = "The one recorded engagement is not" if number == 1 else f"None of {_recorded(number)} is"
        return f"{who} active on {day(now.as_of)}."
    if len(active) == 1 and active[0].status == "unknown":
        return "Too little is recorded to say whether the one active engagement is on track."
    return _of_all(sum(assessment.status == "on_track" for assessment in active), len(active))


def _recorded(number: int) -> str:
    return f"{in_words(number)} recorded engagements"


def _of_all(green: int, total: int) -> str:
    if total == 1:
        return f"The one active engagement is {'on track' if green else 'not on track'}."
    if total == BOTH and green in (0, total):
        return f"{'Both' if green else 'Neither of the two'} active engagements {'are' if green else 'is'} on track."
    if green == total:
        return f"All {in_words(total)} active engagements are on track."
    return sentence(
        f"{in_words(green) if green else 'none'} of {in_words(total)} {'is' if green <= 1 else 'are'} on track"
    )


def _at_stake(active: Sequence[Assessment], by_currency: Sequence[Sums]) -> str:
    """ "EUR 412,000 of EUR 1.2 M stands in four engagements that are silent or slipping." """
    adrift = [assessment for assessment in active if is_adrift(assessment)]
    if not adrift:
        return "No engagement is silent or slipping."
    where = f"{in_words(len(adrift))} {'engagement that is' if len(adrift) == 1 else 'engagements that are'}"
    amounts = [
        f"{money(one.adrift, one.currency)} of {money(one.budget, one.currency)}" for one in by_currency if one.adrift
    ]
    if not amounts:
        are, them = ("engagement is", "it") if len(adrift) == 1 else ("engagements are", "any of them")
        return sentence(f"{in_words(len(adrift))} {are} silent or slipping; no budget is recorded for {them}")
    missing = sum(one.adrift_uncounted for one in by_currency)
    rest = f", {in_words(missing)} of them without a budget for the whole" if missing else ""
    if len(amounts) > SIDE_BY_SIDE:
        others = listed([one.currency for one in by_currency if one.adrift][1:], most=4)
        return f"{amounts[0]} stands in {where} silent or slipping, beside sums in {others}{rest}."
    stand = "stands" if len(amounts) == 1 else "stand"
    return f"{listed(amounts)} {stand} in {where} silent or slipping{rest}."


# --- What is wanted -------------------------------------------------------------------------------------------------


def wanted(active: Iterable[Assessment], questions: Iterable[Question], as_of: date) -> tuple[Wanted, ...]:
    """Deliveries and questions that wait for a decision, the longest first, then critical warnings nobody has in hand.

    An engagement that looks abandoned is left to its own line: nobody decides on ten of those.
    """
    known = {one.engagement: one for one in active if not one.attention.abandoned}
    decisions = [one for assessment in known.values() for one in _undecided(assessment, as_of)]
    decisions += [_unanswered(known[one.engagement], one, as_of) for one in questions if one.engagement in known]
    decisions.sort(key=lambda one: (one.since, one.engagement, one.text))
    alarms = map(_unattended, ranked(known.values()))
    return (*decisions, *(alarm for alarm in alarms if alarm is not None))


def _undecided(assessment: Assessment, as_of: date) -> Iterable[Wanted]:
    for milestone in assessment.milestones:
        since = milestone.decision_pending_since
        if since is not None:
            text = (
                f'Accept or reject "{milestone.name}" of {assessment.name}: '
                f"{assessment.vendor} delivered it {_ago(since, as_of)}."
            )
            yield Wanted(assessment.engagement, text, since, milestone.milestone)


def _unanswered(assessment: Assessment, question: Question, as_of: date) -> Wanted:
    text = (
        f'Answer {assessment.vendor} on {assessment.name}: "{question.title}", asked {_ago(question.raised_on, as_of)}.'
    )
    return Wanted(assessment.engagement, text, question.raised_on)


def _unattended(assessment: Assessment) -> Wanted | None:
    """The worst critical warning about the work that nobody has in hand. A wait for us stands under the decisions."""
    for warning in work_warnings(assessment):
        if warning.severity == "critical" and warning.in_hand_until is None and warning.rule != "awaiting-us":
            text = f"Say what is done about {assessment.name}: {_continued(warning.evidence)}"
            return Wanted(assessment.engagement, text, warning.since)
    return None


def _ago(on: date, as_of: date) -> str:
    return f"on {day(on, as_of)}, {ago((as_of - on).days)}"


def _continued(evidence: str) -> str:
    """A sentence as it stands after a colon: only a word that is not a name or a quotation loses its capital."""
    is_plain = evidence.startswith(("No ", "Nobody ", "Nothing ", "The "))
    return evidence[:1].lower() + evidence[1:] if is_plain else evidence


# --- Off track ------------------------------------------------------------------------------------------------------


def _off_track(assessment: Assessment, finish: str | None) -> OffTrack:
    work = work_warnings(assessment)
    held = next((warning for warning in work if warning.in_hand_until is not None), None)
    return OffTrack(
        engagement=assessment.engagement,
        name=assessment.name,
        vendor=assessment.vendor,
        why=work[0].evidence if work else "",
        more=max(len(work) - 1, 0),
        lead=assessment.lead or assessment.owner,
        plan=held.in_hand_plan if held else None,
        assignee=held.in_hand_by if held else None,
        until_on=held.in_hand_until if held else None,
        abandoned=assessment.attention.abandoned,
        finish=finish,
    )


# --- Figures --------------------------------------------------------------------------------------------------------


def figures(
    active: Sequence[Assessment], earlier: Sequence[Assessment], now: Sequence[Sums], before: Sequence[Sums]
) -> tuple[Figure, ...]:
    """Counts by status, then what was spent for how much work and what it saves, in the currency of most engagements.

    The other currencies stand under the money: amounts are never added across them.
    """
    if not active:
        return ()
    counted = [
        _counted("On track", "on_track", "more", active, earlier),
        _counted("At risk", "at_risk", "less", active, earlier),
        _counted("Off track", "off_track", "less", active, earlier),
    ]
    if any(assessment.status == "unknown" for assessment in active):
        counted.append(_counted("Unknown", "unknown", "less", active, earlier))
    if now:
        past = next((one for one in before if one.currency == now[0].currency), None)
        counted += filter(None, [_spent(now[0], past, len(now) > 1), _saved(now[0], past)])
    return tuple(counted)


def _counted(
    label: str, status: str, better: Better, active: Sequence[Assessment], earlier: Sequence[Assessment]
) -> Figure:
    now = sum(assessment.status == status for assessment in active)
    was = sum(assessment.status == status for assessment in earlier)
    change = _change(signed(now - was), now - was) if earlier else None
    return Figure(label, f"{now:,}", change, better, number=now)


def _spent(now: Sums, before: Sums | None, several: bool) -> Figure | None:
    """What was spent of the budgets of all with recorded spend, beside the work that it bought."""
    if now.paid_share is None:
        return None
    was = before.paid_share if before else None
    points = _points(now.paid_share) - _points(was or 0)
    change = None if was is None else _change(f"{signed(points)} {'point' if abs(points) == 1 else 'points'}", points)
    return Figure(
        label=f"Spent, {now.currency}" if several else "Spent",
        value=share(now.paid_share),
        change=change,
        better="neither",
        note=_bought(now),
        number=_points(now.paid_share) / 100,
    )


def _bought(now: Sums) -> str:
    """What the share of the spend covers, and the work that it bought, where that is known of all or of some of it."""
    covers = f"on {now.paid:,} of {now.engagements:,}"
    if now.spent_share is None or now.earned_share is None:
        return f"{covers}, nobody has reported progress"
    if now.measured == now.paid:
        return f"for {share(now.earned_share)} of the work, {covers}"
    known = f"{now.measured:,} of them with known progress"
    return f"{covers}; {share(now.spent_share)} for {share(now.earned_share)} of the work on {known}"


def _saved(now: Sums, before: Sums | None) -> Figure | None:
    if now.saving is None:
        return None
    was = before.saving if before else None
    loss = now.saving < 0
    better: Better = "less" if loss else "more"
    by = None if was is None else was - now.saving if loss else now.saving - was
    return Figure(
        label="Extra cost over in-house" if loss else "Saves against in-house",
        value=money(abs(now.saving), now.currency),
        change=None if by is None else _change(_signed_money(by, now.currency), by),
        better=better,
        note=f"on the {now.compared:,} of {now.engagements:,} with an in-house cost and a known cost to finish",
        number=abs(now.saving),
        currency=now.currency,
    )


def _change(words: str, by: int | Decimal) -> str:
    return words if by else UNCHANGED


def _signed_money(amount: Decimal, currency: str) -> str:
    return f"{'+' if amount > 0 else MINUS}{money(abs(amount), currency)}"


def _points(part: float) -> int:
    return round(part * 100)
