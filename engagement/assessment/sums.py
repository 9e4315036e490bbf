"""Money of active engagements by currency: what was agreed, spent and saved, and how many engagements each sum covers.

Amounts of different currencies are never added, and a retainer's monthly allowance is never added to whole sums.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engagement.assessment.counts import is_silent, is_slipping
from engagement.assessment.results import Assessment
from engagement.assessment.wording import count, money, share


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
    """With an allowance."""
    allowance: Decimal
    """Of theirs, a month."""
    used: Decimal
    """Of that, this month."""

    @property
    def paid_share(self) -> float | None:
        """What was spent of the budgets of all with recorded spend; None where there is none."""
        return float(self.spent / self.paid_budget) if self.paid_budget else None


def is_adrift(assessment: Assessment) -> bool:
    """Whether an engagement is silent or slipping, in the one sense that every page uses."""
    return is_silent(assessment) or is_slipping(assessment)


def sums(active: Sequence[Assessment]) -> tuple[Sums, ...]:
    """Sums by currency, the one of most engagements first, then by code."""
    currencies = sorted({assessment.currency for assessment in active})
    by_currency = [_sums(currency, [one for one in active if one.currency == currency]) for currency in currencies]
    return tuple(sorted(by_currency, key=lambda one: (-one.engagements, one.currency)))


def _sums(currency: str, active: Sequence[Assessment]) -> Sums:
    whole = [one for one in active if one.contract != "retainer"]
    retainers = [one for one in active if one.contract == "retainer" and one.cost.budget is not None]
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


def money_cells(one: Sums) -> dict[str, str]:
    """One currency as a row of a table: each figure with how many engagements it covers, or what is missing for it."""
    code = one.currency
    return {
        "Currency": f"{code}, {count(one.engagements, 'engagement')}",
        "Spent of the budget": _spent_words(one),
        "For the work": _work_words(one),
        "Against doing it ourselves": _saving_words(one),
        "Retainers, this month": (
            f"{money(one.used, code)} of {money(one.allowance, code)}, on {one.retainers:,}"
            if one.retainers
            else "no retainer with an allowance"
        ),
    }


def footnote(rows: Iterable[Sums]) -> str | None:
    """What "on 7" means, with a number that stands in the rows; None where none does."""
    covers = (number for one in rows for number in (one.paid, one.measured, one.compared, one.retainers) if number)
    number = next(covers, None)
    if number is None:
        return None
    what = "1 engagement is" if number == 1 else f"{number:,} engagements are"
    return f'"on {number:,}": {what} known well enough for the figure.'


def _spent_words(one: Sums) -> str:
    if one.paid:
        return f"{money(one.spent, one.currency)} of {money(one.paid_budget, one.currency)}, on {one.paid:,}"
    return "no spend recorded" if one.budgeted else "no budget for the whole recorded"


def _work_words(one: Sums) -> str:
    if one.spent_share is None or one.earned_share is None:
        return "no progress reported" if one.paid else "not known without spend"
    return f"{share(one.spent_share)} spent for {share(one.earned_share)} done, on {one.measured:,}"


def _saving_words(one: Sums) -> str:
    if one.saving is None:
        return "no in-house cost with a known cost to finish"
    outcome = "saves" if one.saving >= 0 else "costs"
    more = "" if one.saving >= 0 else " more"
    return f"{outcome} {money(abs(one.saving), one.currency)}{more}, on {one.compared:,}"
