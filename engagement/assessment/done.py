"""What was handed over and claimed, as it stands between two days on which any of it can change."""

from collections.abc import Collection

from engagement.assessment import progress
from engagement.assessment.delivery import OPEN, Handover, handover
from engagement.assessment.lazy import lazy
from engagement.assessment.logs import Logs
from engagement.assessment.plan import Plan


class Done:
    """How far the milestones of a plan have come; lists run in parallel with them.

    The same from one of a case's `share_days` to the next, so that it is worked out once for all days in between. Any
    of these days will do for the ``logs``. Where it is known for another day of the same plan, ``other``, only the
    milestones at the places ``changed`` are looked at: those of which something is dated between the two days.
    """

    def __init__(self, plan: Plan, logs: Logs, other: "Done | None" = None, changed: Collection[int] = ()) -> None:
        self._plan = plan
        self._logs = logs
        milestones = plan.milestones
        if other is None:
            changed = range(len(milestones))
        self.handovers: list[Handover] = list(other.handovers) if other else [OPEN] * len(milestones)
        """What was delivered and decided, by milestone."""
        self.claims: list[float | None] = list(other.claims) if other else [None] * len(milestones)
        """The last reported share, by milestone."""
        for place in changed:
            milestone = milestones[place]
            if milestone.deliveries:
                self.handovers[place] = handover(milestone.deliveries, logs.day)
            if milestone.reports:
                self.claims[place] = logs.last_share(milestone)

    @lazy
    def unread(self) -> Collection[int]:
        """Places of dated milestones whose last reported share a short log may leave out."""
        if not self._logs.is_short("reports"):
            return ()
        return [place for place in self._plan.dated if self._logs.shares_in_doubt(self._plan.milestones[place])]

    @lazy
    def unread_open(self) -> Collection[int]:
        """Those of them that are open: what is delivered is claimed in full, whatever was reported."""
        return [place for place in self.unread if self.handovers[place].delivered_on is None]

    @lazy
    def shares(self) -> progress.Shares | None:
        """Claimed, earned and accepted; None where there are no shares. They lean to health where logs are short."""
        return progress.shares(self._plan, self.handovers, self.claims, self.unread_open)

    @property
    def in_doubt(self) -> bool:
        """Whether a short log leaves it open how much is earned."""
        return bool(self.unread_open)
