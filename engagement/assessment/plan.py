"""The plan as of a day: which milestones count, from when to when each runs, and how much of the work each one is."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import gcd, lcm

from engagement.assessment.curve import Curve
from engagement.assessment.lazy import lazy
from engagement.assessment.retainer import DAYS_AHEAD, with_occurrences
from engagement.assessment.terms import terms_on
from engagement.assessment.values import History, Milestone


class Plan:
    """The milestones that count and their dates as of a day; the rest is derived when asked for.

    ``milestones``, ``firsts`` (first promised dates) and ``dues`` (current baselines) run in parallel, in recorded
    order; ``dated`` holds the places of those with a date. A retainer's occurrences have dates, and no shares.
    """

    def __init__(self, milestones: Sequence[Milestone], starts_on: date, day: date, *, retainer: bool) -> None:
        self.starts_on = starts_on
        self.retainer = retainer
        self.milestones: list[Milestone] = []
        self.firsts: list[date | None] = []
        self.dues: list[date | None] = []
        for milestone in milestones:
            cancelled_on, first = milestone.cancelled_on, milestone.due_on
            if cancelled_on is not None and cancelled_on <= day:
                continue
            due = first
            if milestone.baselines:
                for baseline in milestone.baselines:
                    if baseline.set_on > day:
                        break
                    due = baseline.due_on
                    first = first or due
            self.milestones.append(milestone)
            self.firsts.append(first)
            self.dues.append(due)

    @lazy
    def dated(self) -> list[int]:
        """Places of the milestones that have a date."""
        return [place for place, due in enumerate(self.dues) if due is not None]

    @lazy
    def places(self) -> dict[str, int]:
        """Place of each milestone, by its key."""
        return {milestone.key: place for place, milestone in enumerate(self.milestones)}

    @lazy
    def finish_on(self) -> date | None:
        """The latest current due date; None for retainers, whose work does not end, and where nothing is dated."""
        return None if self.retainer else max(filter(None, self.dues), default=None)

    @lazy
    def first_finish_on(self) -> date | None:
        """The latest first promised date; None as for `finish_on`."""
        return None if self.retainer else max(filter(None, self.firsts), default=None)

    @lazy
    def duration_days(self) -> int:
        """The planned duration: from the start to the latest current due date. 0 or less where that is no later."""
        return (self.finish_on - self.starts_on).days if self.finish_on else 0

    @lazy
    def weights(self) -> list[int]:
        """Weights of the dated milestones, as whole numbers in the same proportion. None for retainers."""
        dated = [self.milestones[place] for place in self.dated]
        if self.retainer:
            return [0] * len(dated)
        for given in ([milestone.weight for milestone in dated], [milestone.value for milestone in dated]):
            known = [weight for weight in given if weight is not None]
            if len(known) == len(dated):
                return _whole(known)
        return [1] * len(dated)

    @lazy
    def total(self) -> int:
        """Sum of the weights. Where it is 0 there are no shares."""
        return sum(self.weights)

    @lazy
    def starts(self) -> list[date]:
        """Where the weight of each dated milestone begins to accrue.

        Its own start, else the latest current due date that is earlier than its own, else the start of the engagement.
        """
        dues = sorted({due for due in self.dues if due is not None})
        before = dict(zip(dues[1:], dues, strict=False))
        starts = []
        for place in self.dated:
            own, due = self.milestones[place].starts_on, self.dues[place]
            starts.append(own or before.get(due or self.starts_on, self.starts_on))
        return starts

    @lazy
    def curve(self) -> Curve | None:
        """How the planned share grows; None where there are no shares."""
        if not self.total:
            return None
        dues = [due for due in self.dues if due is not None]
        return Curve(list(zip(self.starts, dues, self.weights, strict=True)), self.starts_on)


def plan_on(history: History, day: date) -> Plan:
    """The plan of an engagement as of a day; of a retainer with its occurrences up to 90 days ahead."""
    terms = terms_on(history, day)
    retainer = terms.contract == "retainer"
    milestones = history.milestones
    if retainer:
        milestones = with_occurrences(milestones, history.series, terms, day + DAYS_AHEAD)
    return Plan(milestones, terms.starts_on, day, retainer=retainer)


def _whole(weights: Sequence[float | Decimal]) -> list[int]:
    """Whole numbers in exactly the proportion in which the weights are written."""
    if len(set(weights)) == 1 and weights[0]:
        return [1] * len(weights)
    ratios = [_ratio(weight) for weight in weights]
    common = lcm(*(below for _, below in ratios))
    whole = [above * (common // below) for above, below in ratios]
    shared = gcd(*whole) or 1
    return [weight // shared for weight in whole]


def _ratio(weight: float | Decimal) -> tuple[int, int]:
    """The weight as it was written: 0.1 is a tenth, not the nearest binary fraction."""
    if isinstance(weight, float) and not weight.is_integer():
        return Decimal(repr(weight)).as_integer_ratio()
    return weight.as_integer_ratio()
