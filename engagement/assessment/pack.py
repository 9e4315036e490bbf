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

from engagement.assessment.agenda import work_warnings
from engagement.assessment.values import Assessment, Portfolio
from engagement.assessment.wording import count, day, in_words, listed, money, sentence, share, signed, span

WEEKS_BACK: Final = 4
ADRIFT: Final = frozenset({"silent", "not-kicked-off", "slipping"})
"""Rules of an engagement that is silent or slipping."""

Better = Literal["more", "less", "neither"]


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


class OffTrack(NamedTuple):
    """One engagement that is off track: why, what is being done, by whom, until when."""

    engagement: str
    name: str
    vendor: str
    why: str
    more: int
    """Further warnings about the work."""
    plan: str | None
    assignee: str | None
    until_on: date | None
    abandoned: bool


class Figure(NamedTuple):
    """A figure of the line under the sentence, with its change over four weeks where both days are known."""

    label: str
    value: str
    change: str | None
    better: Better
    """Which way is good."""
    note: str | None = None
    """What it covers."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Money of the active engagements in one currency. Every sum stands beside how many engagements it covers."""

    currency: str
    engagements: int
    budgeted: int
    """With a budget for the whole: retainers have an allowance a month instead."""
    budget: Decimal
    adrift: Decimal
    """Budget of those that are silent or slipping."""
    adrift_uncounted: int
    """Silent or slipping, and not in that sum: a retainer, or without a budget."""
    paid: int
    """With a budget and recorded spend."""
    paid_budget: Decimal
    spent: Decimal
    """Of those."""
    measured: int
    """With a budget, spend and known progress: `spent_share` and `earned_share` are of these."""
    spent_share: float | None
    earned_share: float | None
    compared: int
    """With an in-house cost and a known cost to finish: `saving` is of these."""
    saving: Decimal | None
    """In-house cost less what was spent and what it still costs to finish."""
    retainers: int
    allowance: Decimal
    """A month, of the retainers with a budget."""
    used: Decimal
    """Of that, this month."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The Status page in values."""

    as_of: date
    compared_with: date
    sentence: str
    wanted: tuple[Wanted, ...]
    """Decisions first, the one that waits longest first; then critical warnings, by attention."""
    figures: tuple[Figure, ...]
    off_track: tuple[OffTrack, ...]
    """By attention."""
    sums: tuple[Sums, ...]
    """A currency each, the one of most engagements first."""


def pack(now: Portfolio, before: Portfolio, questions: Iterable[Question] = ()) -> Pack:
    """The status as of a day, compared with an earlier one.

    ``questions`` are the open ones of vendors; those of engagements that are not active are left out.
    """
    active = [assessment for assessment in now.engagements if assessment.life == "active"]
    earlier = [assessment for assessment in before.engagements if assessment.life == "active"]
    by_currency = sums(active)
    return Pack(
        as_of=now.as_of,
        compared_with=before.as_of,
        sentence=opening(now, active, by_currency),
        wanted=wanted(active, questions, now.as_of),
        figures=figures(active, earlier, by_currency, sums(earlier)),
        off_track=tuple(_off_track(each) for each in ranked(active) if each.status == "off_track"),
        sums=by_currency,
    )


def four_weeks_before(as_of: date) -> date:
    """The day a status is compared with until there are issued packs."""
    return as_of - timedelta(weeks=WEEKS_BACK)


def ranked(assessments: Iterable[Assessment]) -> list[Assessment]:
    """By attention, those without a rank last, by key."""
    return sorted(assessments, key=lambda one: (one.attention.rank is None, one.attention.rank or 0, one.engagement))


# --- The sentence ---------------------------------------------------------------------------------------------------


def opening(now: Portfolio, active: Sequence[Assessment], by_currency: Sequence[Sums]) -> str:
    """How many are on track, and what stands in those that are silent or slipping."""
    if not now.engagements:
        return "Nothing is recorded yet."
    if not active:
        return f"None of {count(len(now.engagements), 'recorded engagement')} is active on {day(now.as_of)}."
    green = sum(assessment.status == "on_track" for assessment in active)
    first = _of_all(green, len(active))
    adrift = [assessment for assessment in active if is_adrift(assessment)]
    if not adrift:
        return f"{first} No engagement is silent or slipping."
    return f"{first} {_at_stake(adrift, by_currency)}"


def is_adrift(assessment: Assessment) -> bool:
    """Whether an engagement is silent or slipping, also where the warning is folded into another."""
    return any(warning.rule in ADRIFT for warning in (*assessment.warnings, *assessment.folded))


def _of_all(green: int, total: int) -> str:
    if total == 1:
        return f"The one active engagement is {'on track' if green else 'not on track'}."
    if green == total:
        return f"All {in_words(total)} active engagements are on track."
    return sentence(f"{in_words(green) if green else 'none'} of {total:,} {'is' if green <= 1 else 'are'} on track")


def _at_stake(adrift: Sequence[Assessment], by_currency: Sequence[Sums]) -> str:
    """ "EUR 412,000 of EUR 1.2 M stands in four engagements that are silent or slipping." """
    where = f"{in_words(len(adrift))} {'engagement that is' if len(adrift) == 1 else 'engagements that are'}"
    amounts = [
        f"{money(one.adrift, one.currency)} of {money(one.budget, one.currency)}" for one in by_currency if one.adrift
    ]
    if not amounts:
        are = "engagement is" if len(adrift) == 1 else "engagements are"
        return sentence(f"{in_words(len(adrift))} {are} silent or slipping; no budget is recorded for any of them")
    missing = sum(one.adrift_uncounted for one in by_currency)
    rest = f", {in_words(missing)} of them without a budget for the whole" if missing else ""
    stand = "stands" if len(amounts) == 1 else "stand"
    return f"{listed(amounts, most=4)} {stand} in {where} silent or slipping{rest}."


# --- What is wanted -------------------------------------------------------------------------------------------------


def wanted(active: Iterable[Assessment], questions: Iterable[Question], as_of: date) -> tuple[Wanted, ...]:
    """Deliveries and questions that wait for a decision, the longest first, then critical warnings nobody has in hand.

    An engagement that looks abandoned is left to its own line: nobody decides on ten of those.
    """
    known = {assessment.engagement: assessment for assessment in active}
    decisions = [one for assessment in known.values() for one in _undecided(assessment, as_of)]
    decisions += [_unanswered(known[one.engagement], one, as_of) for one in questions if one.engagement in known]
    decisions.sort(key=lambda one: (one.since, one.engagement, one.text))
    alarms = (_unattended(each) for each in ranked(known.values()) if not each.attention.abandoned)
    return (*decisions, *(alarm for alarm in alarms if alarm is not None))


def _undecided(assessment: Assessment, as_of: date) -> Iterable[Wanted]:
    for milestone in assessment.milestones:
        since = milestone.decision_pending_since
        if since is not None:
            text = (
                f"Accept or reject “{milestone.name}” of {assessment.name}: "
                f"{assessment.vendor} delivered it {_ago(since, as_of)}."
            )
            yield Wanted(assessment.engagement, text, since)


def _unanswered(assessment: Assessment, question: Question, as_of: date) -> Wanted:
    text = (
        f"Answer {assessment.vendor} on {assessment.name}: “{question.title}”, asked {_ago(question.raised_on, as_of)}."
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
    days = (as_of - on).days
    when = {0: "today", 1: "yesterday"}.get(days, f"{span(days)} ago")
    return f"on {day(on, as_of)}, {when}"


def _continued(evidence: str) -> str:
    """A sentence as it stands after a colon: only a word that is not a name or a quotation loses its capital."""
    return evidence[:1].lower() + evidence[1:] if evidence.startswith(("No ", "Nobody ", "Nothing ")) else evidence


# --- Off track ------------------------------------------------------------------------------------------------------


def _off_track(assessment: Assessment) -> OffTrack:
    work = work_warnings(assessment)
    held = next((warning for warning in work if warning.in_hand_until is not None), None)
    return OffTrack(
        engagement=assessment.engagement,
        name=assessment.name,
        vendor=assessment.vendor,
        why=work[0].evidence if work else "",
        more=max(len(work) - 1, 0),
        plan=held.in_hand_plan if held else None,
        assignee=held.in_hand_by if held else None,
        until_on=held.in_hand_until if held else None,
        abandoned=assessment.attention.abandoned,
    )


# --- Figures --------------------------------------------------------------------------------------------------------


def figures(
    active: Sequence[Assessment], earlier: Sequence[Assessment], now: Sequence[Sums], before: Sequence[Sums]
) -> tuple[Figure, ...]:
    """Counts by status, then for each currency what was spent for how much work, and what it saves."""
    if not active:
        return ()
    counted = [
        _counted("On track", "on_track", "more", active, earlier),
        _counted("At risk", "at_risk", "less", active, earlier),
        _counted("Off track", "off_track", "less", active, earlier),
    ]
    if any(assessment.status == "unknown" for assessment in active):
        counted.append(_counted("Not known", "unknown", "less", active, earlier))
    past = {one.currency: one for one in before}
    for one in now:
        counted += filter(
            None, [_spent(one, past.get(one.currency), len(now) > 1), _saved(one, past.get(one.currency))]
        )
    return tuple(counted)


def _counted(
    label: str, status: str, better: Better, active: Sequence[Assessment], earlier: Sequence[Assessment]
) -> Figure:
    now = sum(assessment.status == status for assessment in active)
    was = sum(assessment.status == status for assessment in earlier)
    return Figure(label, f"{now:,}", signed(now - was) if earlier else None, better)


def _spent(now: Sums, before: Sums | None, several: bool) -> Figure | None:
    """ "61 % for 54 % of the work": the share of the budgets that is spent, beside the share of that work earned."""
    if now.spent_share is None or now.earned_share is None:
        return None
    was = before.spent_share if before else None
    change = None if was is None else f"{signed(_points(now.spent_share) - _points(was))} points"
    return Figure(
        label=f"Spent, {now.currency}" if several else "Spent",
        value=share(now.spent_share),
        change=change,
        better="neither",
        note=f"for {share(now.earned_share)} of the work, on {now.measured:,} of {now.engagements:,}",
    )


def _saved(now: Sums, before: Sums | None) -> Figure | None:
    if now.saving is None:
        return None
    was = before.saving if before else None
    loss = now.saving < 0
    return Figure(
        label="Costs more than in-house" if loss else "Saves against in-house",
        value=money(abs(now.saving), now.currency),
        change=None if was is None else _signed_money(now.saving - was, now.currency),
        better="more",
        note=f"on the {now.compared:,} of {now.engagements:,} with an in-house cost and a known cost to finish",
    )


def _signed_money(amount: Decimal, currency: str) -> str:
    return f"{'+' if amount > 0 else ''}{money(amount, currency)}"


def _points(part: float) -> int:
    return round(part * 100)


# --- Money ----------------------------------------------------------------------------------------------------------


def sums(active: Sequence[Assessment]) -> tuple[Sums, ...]:
    """Sums by currency, the one of most engagements first, then by code."""
    currencies = sorted({assessment.currency for assessment in active})
    by_currency = [_sums(currency, [one for one in active if one.currency == currency]) for currency in currencies]
    return tuple(sorted(by_currency, key=lambda one: (-one.engagements, one.currency)))


def _sums(currency: str, active: Sequence[Assessment]) -> Sums:
    whole = [one for one in active if one.contract != "retainer"]
    retainers = [one for one in active if one.contract == "retainer"]
    budgeted = [(one, one.cost.budget) for one in whole if one.cost.budget is not None]
    paid = [(one, budget, one.cost.spent) for one, budget in budgeted if one.cost.spent is not None]
    spent_share, earned_share, measured = _shares(paid)
    savings = [saving for saving in map(_saving, whole) if saving is not None]
    return Sums(
        currency=currency,
        engagements=len(active),
        budgeted=len(budgeted),
        budget=_total(budget for _, budget in budgeted),
        adrift=_total(budget for one, budget in budgeted if is_adrift(one)),
        adrift_uncounted=sum(
            is_adrift(one) and (one.contract == "retainer" or one.cost.budget is None) for one in active
        ),
        paid=len(paid),
        paid_budget=_total(budget for _, budget, _ in paid),
        spent=_total(spent for _, _, spent in paid),
        measured=measured,
        spent_share=spent_share,
        earned_share=earned_share,
        compared=len(savings),
        saving=_total(savings) if savings else None,
        retainers=len(retainers),
        allowance=_total(one.cost.budget for one in retainers if one.cost.budget is not None),
        used=_total(one.cost.spent_this_month or Decimal(0) for one in retainers if one.cost.budget is not None),
    )


def _shares(paid: Sequence[tuple[Assessment, Decimal, Decimal]]) -> tuple[float | None, float | None, int]:
    """What was spent and earned, as shares of the budgets of those whose progress is known, and how many they are."""
    known = [
        (budget, spent, one.progress.earned)
        for one, budget, spent in paid
        if one.progress.known and one.progress.earned is not None
    ]
    total = _total(budget for budget, _, _ in known)
    if not total:
        return None, None, 0
    spent_share = float(_total(spent for _, spent, _ in known) / total)
    earned_share = sum(float(budget) * earned for budget, _, earned in known) / float(total)
    return spent_share, earned_share, len(known)


def _saving(assessment: Assessment) -> Decimal | None:
    cost = assessment.cost
    if cost.in_house_cost is None or cost.to_finish is None:
        return None
    return cost.in_house_cost - (cost.spent or Decimal(0)) - cost.to_finish


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def money_words(one: Sums) -> tuple[str, ...]:
    """What is known about the money of one currency, a sentence each, with how many engagements it covers."""
    code, all_of_them = one.currency, count(one.engagements, f"{one.currency} engagement")
    said = []
    if one.paid:
        sums_of = f"{money(one.spent, code)} of {money(one.paid_budget, code)} is spent"
        said.append(f"{sums_of}, on {one.paid:,} of {all_of_them} with a budget and recorded spend.")
    if one.spent_share is not None and one.earned_share is not None:
        for_work = f"{share(one.spent_share)} is spent for {share(one.earned_share)} of the work"
        said.append(f"{for_work}, on {one.measured:,} of {all_of_them} whose progress is known too.")
    if one.saving is not None:
        outcome = "It saves" if one.saving >= 0 else "It costs"
        against = "against doing it ourselves" if one.saving >= 0 else "more than doing it ourselves"
        covered = f"on {one.compared:,} of {all_of_them} with an in-house cost and a known cost to finish"
        said.append(f"{outcome} {money(abs(one.saving), code)} {against}, {covered}.")
    if one.allowance:
        noun = "retainer" if one.retainers == 1 else "retainers"
        used = f"{money(one.used, code)} of {money(one.allowance, code)} a month is used this month"
        said.append(f"{used}, on {one.retainers:,} {noun}.")
    return tuple(said) or (f"No budget and no spend is recorded for {all_of_them}.",)
