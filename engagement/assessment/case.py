"""One engagement's history, with what is the same on many days of it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from engagement.assessment.done import Done
from engagement.assessment.lazy import lazy
from engagement.assessment.limits import LIMITS, effective
from engagement.assessment.logs import Logs
from engagement.assessment.plan import Plan
from engagement.assessment.progress import change_days
from engagement.assessment.retainer import DAYS_AHEAD, visible_on, with_occurrences
from engagement.assessment.terms import terms_on
from engagement.assessment.values import History, Milestone, PortfolioTerms, Terms


class Case:
    """One engagement's history, with what is the same on many days: plans, and what was done of them."""

    def __init__(self, history: History, common: PortfolioTerms, as_of: date) -> None:
        self.history = history
        self.common = common
        self.as_of = as_of
        self.last_critical: str | None = None
        """The status rule that was found critical last: the likeliest on the day before, too."""
        self._limited = {change.limit for change in (*history.limits, *common.limits)}
        self._plans: dict[tuple[int, int], Plan] = {}
        self._occurrences: dict[int, tuple[Milestone, ...]] = {}
        self._changes: dict[str, frozenset[date]] = {}
        self._done: dict[int, dict[int, Done]] = {}

    def limit(self, name: str, day: date) -> float:
        """The value of a limit on a day."""
        if name not in self._limited:
            return LIMITS[name].default
        return effective(name, self.history.limits, self.common.limits, day)

    def plan(self, day: date) -> Plan:
        """The plan as of a day: the same object for as long as nothing of it changed."""
        terms = terms_on(self.history, day)
        retainer = terms.contract == "retainer"
        version = day.toordinal() if retainer else bisect_right(self._plan_days, day)
        plan = self._plans.get((id(terms), version))
        if plan is None:
            milestones: Sequence[Milestone] = self.history.milestones
            if retainer:
                milestones = visible_on(self._with_occurrences(terms), len(milestones), day)
            plan = self._plans[id(terms), version] = Plan(milestones, terms.starts_on, day, retainer=retainer)
        return plan

    def done(self, day: date) -> Done:
        """What was done of the plan by a day: the same object for as long as nothing of it changed."""
        plan = self.plan(day)
        known = self._done.setdefault(id(plan), {})
        version = bisect_right(self.share_days, day)
        done = known.get(version)
        if done is None:
            done = known[version] = self._done_near(plan, version, day, known)
        return done

    def _done_near(self, plan: Plan, version: int, day: date, known: dict[int, Done]) -> Done:
        """What was done by a day, from the stretch that was asked for last: most often they lie side by side."""
        logs = Logs(self.history, day)
        if not known:
            return Done(plan, logs)
        last = next(reversed(known))
        between = self.share_days[min(last, version) : max(last, version)]
        keys = {key for changed_on in between for key in self._share_changes.get(changed_on, ())}
        return Done(plan, logs, known[last], [plan.places[key] for key in keys if key in plan.places])

    def changes(self, stream: str, read: Callable[["Case"], Iterable[date]]) -> frozenset[date]:
        """Days of the rows of a stream, read once."""
        known = self._changes.get(stream)
        if known is None:
            known = self._changes[stream] = frozenset(read(self))
        return known

    @lazy
    def share_days(self) -> list[date]:
        """Days on which a share other than the planned one can change, or what was delivered and decided, in order."""
        days = change_days(self.history.milestones)
        days.update(terms.from_on for terms in self.history.terms if terms.from_on)
        return sorted(days)

    @lazy
    def _share_changes(self) -> dict[date, list[str]]:
        """Of which milestones a share was reported, or something delivered or decided, by day."""
        changes: dict[date, list[str]] = {}
        for milestone in self.history.milestones:
            for day in change_days([milestone]):
                changes.setdefault(day, []).append(milestone.key)
        return changes

    @lazy
    def _plan_days(self) -> list[date]:
        days = {one.set_on for milestone in self.history.milestones for one in milestone.baselines}
        days.update(one.cancelled_on for one in self.history.milestones if one.cancelled_on)
        return sorted(days)

    def _with_occurrences(self, terms: Terms) -> tuple[Milestone, ...]:
        known = self._occurrences.get(id(terms))
        if known is None:
            until = self.as_of + DAYS_AHEAD
            known = with_occurrences(self.history.milestones, self.history.series, terms, until)
            self._occurrences[id(terms)] = known
        return known
