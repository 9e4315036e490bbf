"""What the logs of a history say by the end of a day, and where a short log cannot say it.

A portfolio is assessed from short logs (see `History`). Whatever they hold is true; before the day they were read from
there may be more. Where that could change an answer, the answer given is the one nearest to health that is possible (no
forecast is an early one, an unread report is a full one), and the log is put down in `doubts`. So a rule that fires on
such an answer fires whatever the log holds, and one that does not has to ask for the log.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from engagement.assessment.contact import is_contact, is_live
from engagement.assessment.slippage import last_forecast
from engagement.assessment.values import (
    Action,
    CheckIn,
    DeclaredStatus,
    History,
    Log,
    Milestone,
    ProgressReport,
    Spend,
)

LEAST_CHECK_INS: Final = 3
"""As many of the last check-ins are in every short log."""
ONE_DAY: Final = timedelta(days=1)


class Latest(NamedTuple):
    """Check-ins of either side up to a day, back to where a short log may have left some out."""

    check_ins: Sequence[CheckIn]
    """Oldest first."""
    left_out_until: date | None
    """The last day on which there may be one before them; None where these are all."""


class Logs:
    """The logs of one history by the end of a day. `doubts` names those that were too short for what was asked."""

    def __init__(self, history: History, day: date) -> None:
        self.history = history
        self.day = day
        self.doubts: set[Log] = set()
        self._before = history.read_from is not None and day < history.read_from

    def is_short(self, log: Log) -> bool:
        """Whether rows of this log by the day may have been left out."""
        return self._before and log in self.history.partial

    def ask(self, *logs: Log) -> None:
        """Asks for all logs that a rule reads: should it fire after all, the day it began hangs on each of them."""
        self.doubts.update(log for log in logs if log in self.history.partial)

    # --- progress reports

    def last_share(self, milestone: Milestone) -> float | None:
        """The last reported share of a milestone; None where there is none."""
        for report in reversed(milestone.reports):
            if report.share is not None and report.reported_on <= self.day:
                return report.share
        return None

    def shares_in_doubt(self, milestone: Milestone) -> bool:
        """Whether a share may have been reported that the log leaves out."""
        days = [report.reported_on for report in milestone.reports if report.share is not None]
        return self.is_short("reports") and _is_later(self._last_read(days), self.day)

    def last_forecast(self, milestone: Milestone) -> ProgressReport | None:
        """The last report of a milestone that names a date; None where there is none."""
        return last_forecast(milestone, self.day)

    def forecasts_in_doubt(self, milestone: Milestone) -> bool:
        """Whether a date may have been named that the log leaves out."""
        return self.is_short("reports") and _is_later(self.forecasts_known_from(milestone), self.day)

    def forecasts_known_from(self, milestone: Milestone) -> date | None:
        """The day after whose end every forecast is known; None where all are."""
        if "reports" not in self.history.partial:
            return None
        days = [report.reported_on for report in milestone.reports if report.forecast_on is not None]
        return self._last_read(days)

    # --- check-ins

    def last_contact_on(self) -> date | None:
        """The day of the last contact; None where there is none. Asks `contact_in_doubt` first."""
        for check_in in reversed(self.history.check_ins):
            if check_in.held_on <= self.day and is_contact(check_in):
                return check_in.held_on
        return None

    def contact_in_doubt(self) -> bool:
        """Whether we may have talked later than the log says."""
        if not self.is_short("check_ins"):
            return False
        read = [one.held_on for one in self._read_before() if is_contact(one)]
        return _is_later(read[-1] if read else None, self.day)

    def last_check_in(self) -> CheckIn | None:
        """The last check-in of either side. None where there is none, or where it may have been left out."""
        if self.is_short("check_ins"):
            read = self._read_before()
            if len(read) >= LEAST_CHECK_INS and self.day < read[-LEAST_CHECK_INS].held_on:
                self.doubts.add("check_ins")
                return None
        for check_in in reversed(self.history.check_ins):
            if check_in.held_on <= self.day:
                return check_in
        return None

    def declared_status(self) -> DeclaredStatus | None:
        """The status our side declared last. None where it never did, or where it may have been left out."""
        if self.is_short("check_ins"):
            read = [one.held_on for one in self._read_before() if one.side == "us" and one.declared_status]
            if read and self.day < read[-1]:
                self.doubts.add("check_ins")
                return None
        for check_in in reversed(self.history.check_ins):
            if check_in.declared_status and check_in.side == "us" and check_in.held_on <= self.day:
                return check_in.declared_status
        return None

    def has_held(self, number: int, after: date) -> bool:
        """Whether at least so many check-ins of either side were held after a day."""
        check_ins = self.history.check_ins
        held = bisect_right(check_ins, self.day, key=_held_on) - bisect_right(check_ins, after, key=_held_on)
        if held < number and "check_ins" in self.history.partial:
            read = self._read_before()
            if len(read) >= LEAST_CHECK_INS and after < read[-LEAST_CHECK_INS].held_on:
                self.doubts.add("check_ins")
        return held >= number

    def last_feedback_on(self, *, given: bool) -> date | None:
        """The day of the last check-in in which feedback was given, or taken. None where there is none.

        The day itself where it may have been left out.
        """
        if self.is_short("check_ins"):
            read = [one.held_on for one in self._read_before() if _bears_feedback(one, given=given)]
            if _is_later(read[-1] if read else None, self.day):
                self.doubts.add("check_ins")
                return self.day
        for check_in in reversed(self.history.check_ins):
            if check_in.held_on <= self.day and _bears_feedback(check_in, given=given):
                return check_in.held_on
        return None

    def last_live_on(self) -> date | None:
        """The day of the last live contact; None where there is none. The day itself where one may be left out."""
        if self.is_short("check_ins"):
            read = [one.held_on for one in self._read_before() if is_live(one)]
            if _is_later(read[-1] if read else None, self.day):
                self.doubts.add("check_ins")
                return self.day
        return next((one.held_on for one in reversed(self._held()) if is_live(one)), None)

    def latest_check_ins(self) -> Latest:
        """Every check-in by the day, as far back as the log is sure to hold them all."""
        held, first = self._held(), self._gapless_from()
        if first is None:
            return Latest(held, None)
        return Latest(held[first:], min(self.day, self.history.check_ins[first].held_on))

    def last_notes(self, number: int) -> list[str | None] | None:
        """Notes of the last check-ins, oldest first. None where the log leaves some of them out."""
        held = self._held()
        begin = max(0, len(held) - number)
        is_short = "check_ins" in self.history.partial
        if is_short and begin < min(len(held), len(self.history.check_ins) - LEAST_CHECK_INS):
            return None
        return [check_in.notes for check_in in held[begin:]]

    def unread(self, held_by: date, read_for: date) -> list[CheckIn]:
        """Check-ins held by an earlier day that the owner has not read, oldest first; imported ones nobody has to read.

        A log that was read for a day holds the first of those that were unread on that day, and not all the others.
        """
        place, unread = self._gapless_from(), list[CheckIn]()
        is_doubtful = place is not None and self.day < read_for
        for index, check_in in enumerate(self.history.check_ins):
            if check_in.held_on > held_by:
                break
            read_on = check_in.acknowledged_on
            if not check_in.imported and (read_on is None or read_on > self.day):
                if not unread:
                    is_doubtful = place is not None and self.day == read_for and index < place
                unread.append(check_in)
        if is_doubtful:
            self.doubts.add("check_ins")
        return unread

    def _held(self) -> Sequence[CheckIn]:
        return self.history.check_ins[: bisect_right(self.history.check_ins, self.day, key=_held_on)]

    def _gapless_from(self) -> int | None:
        """The place from which on no check-in is left out; None where none is left out at all."""
        if "check_ins" not in self.history.partial:
            return None
        before = len(self._read_before())
        return before - LEAST_CHECK_INS if before >= LEAST_CHECK_INS else None

    def _read_before(self) -> list[CheckIn]:
        """What a short log holds of the days up to the one it was read from."""
        read_from = self.history.read_from
        return [] if read_from is None else [one for one in self.history.check_ins if one.held_on <= read_from]

    # --- actions

    def open_actions(self) -> list[Action]:
        """Actions, issues and questions that were raised and not closed."""
        if self.is_short("actions"):
            self.doubts.add("actions")
        return [
            action
            for action in self.history.actions
            if action.raised_on <= self.day and (action.closed_on is None or action.closed_on > self.day)
        ]

    def settled_promises(self, read_for: date) -> tuple[int, int]:
        """Kept and due among the vendor's actions and issues that the log leaves out, which was read for a day."""
        if self.history.settled_promises[1] and self.day != read_for:
            self.doubts.add("actions")
        return self.history.settled_promises

    # --- spend

    def has_spend(self) -> bool:
        """Whether any spend was ever recorded."""
        self._doubt_sums(self.day)
        return any(spend.spent_on <= self.day for spend in self.history.spend)

    def spent(self, *, deposits: bool = True) -> Decimal:
        """All that was spent, with or without deposits."""
        self._doubt_sums(self.day)
        amounts = [
            one.amount for one in self.history.spend if one.spent_on <= self.day and (deposits or not one.deposit)
        ]
        return sum(amounts, Decimal(0))

    def spent_since(self, start: date) -> Decimal:
        """What was spent from a day on; the sums that open a short log count for no day."""
        opening = self.history.read_from if "spend" in self.history.partial else None
        self._doubt_sums(start - ONE_DAY)
        amounts = [
            one.amount
            for one in self.history.spend
            if start <= one.spent_on <= self.day and (opening is None or one.spent_on > opening)
        ]
        return sum(amounts, Decimal(0))

    def hours_after(self, day: date) -> list[Spend] | None:
        """Payments of after a day that hours are booked with; None where some of them may be in a sum."""
        spend = self.history.spend
        if any(day < one.spent_on for one in self._sums()):
            self.doubts.add("spend")
            return None
        return [one for one in spend if day < one.spent_on <= self.day and one.hours]

    def has_hours(self) -> bool:
        """Whether hours were ever booked. Not where they are in a sum that may hold only later ones."""
        booked = [one.spent_on for one in self.history.spend if one.hours]
        if any(spent_on <= self.day for spent_on in booked):
            return True
        if any(one.hours for one in self._sums()):
            self.doubts.add("spend")
        return False

    def _sums(self) -> list[Spend]:
        """The sums that open a short log: each of payments up to its day, which it does not tell apart."""
        opening = self.history.read_from
        if opening is None or "spend" not in self.history.partial:
            return []
        return [one for one in self.history.spend if one.spent_on <= opening]

    def _last_read(self, days: Sequence[date]) -> date | None:
        """The last of some rows' days by the one the logs were read from: what a short log keeps of the time before."""
        read_from = self.history.read_from
        return max((day for day in days if read_from is not None and day <= read_from), default=None)

    def _doubt_sums(self, day: date) -> None:
        """Notes a doubt where a sum that opens a short log may hold amounts of before and of after a day."""
        opening = self.history.read_from
        if opening is not None and "spend" in self.history.partial:
            spend = self.history.spend
            if any(day < one.spent_on <= opening for one in spend):
                self.doubts.add("spend")


def _is_later(read: date | None, day: date) -> bool:
    return read is not None and read > day


def _bears_feedback(check_in: CheckIn, *, given: bool) -> bool:
    return check_in.feedback_given if given else check_in.feedback_received


def _held_on(check_in: CheckIn) -> date:
    return check_in.held_on
