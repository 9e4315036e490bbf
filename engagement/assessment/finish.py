"""When work is likely to be done, as people read it; and where that cannot be told, why.

Three days are told apart by their names wherever they stand: what was *promised* first, what *the vendor says* now, and
the *finish* that the forecast expects, with the day by which it is *likely*: the middle, and four chances in five.

A forecast is for the case that a result comes at all. What is open for more than 60 days after its day was not learned
from, so that this condition is said with it, and with the finish of work of which any result is open for so long. What
is open for more than a year after its day, or looks abandoned, has no day here at all: hardly anything like it ever
came, and a day would read as a promise.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

from engagement.assessment.lifetable import GIVEN_UP
from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.wording import day, span

A_YEAR: Final = timedelta(days=365)
MEANT: Final = (
    "Finish: as likely before that day as after it; likely by: four chances in five, as results like it came here."
)
"""What the two days are, for whoever reads them first."""
LONG_OPEN: Final = "What is open for more than a year after its day, or looks abandoned, has no finish either."


class Expected(NamedTuple):
    """When something is expected."""

    middle_on: date
    likely_on: date
    in_doubt: bool
    """Whether it is open for so long that it may never come."""
    rests_on_late: bool = False
    """Whether it is the finish of work of which another result is open for so long."""

    @property
    def condition(self) -> str | None:
        """What has to happen first, as none has learned from what is so late; None where nothing is."""
        if self.in_doubt:
            return "if it comes"
        return "if what is late comes" if self.rests_on_late else None

    def words(self, as_of: date) -> str:
        """ "15 Feb, likely by 18 Mar", and its condition where it has one."""
        return f"{day(self.middle_on, as_of)}, {self.likely(as_of)}"

    def likely(self, as_of: date) -> str:
        """The later of the two days alone, after the first: "likely by 18 Mar, if it comes"."""
        return ", ".join(filter(None, [self.later(as_of), self.condition]))

    def later(self, as_of: date) -> str:
        """The later of the two days without its condition: "likely by 18 Mar", "likely by that day"."""
        return f"likely by {'that day' if self.likely_on == self.middle_on else day(self.likely_on, as_of)}"


def expected(assessment: Assessment, as_of: date) -> Expected | None:
    """When the work is expected to be done; None where nothing of it is open, and where that cannot be told."""
    outlook = assessment.outlook
    if outlook is None:
        return None
    found = _expected(outlook.likely.p50_on, outlook.likely.p80_on, outlook.named_on, assessment, as_of)
    late = any(as_of - on > GIVEN_UP for on, _ in _named(assessment))
    return found and found._replace(rests_on_late=late and not found.in_doubt)


def result_expected(milestone: MilestoneState, assessment: Assessment, as_of: date) -> Expected | None:
    """When a result is expected; None where it is there, where nobody has named a day, or where that cannot be told."""
    middle_on, likely_on, named_on = milestone.p50_on, milestone.p80_on, milestone.named_on
    if middle_on is None or likely_on is None or named_on is None:
        return None
    return _expected(middle_on, likely_on, named_on, assessment, as_of)


def results_expected(assessment: Assessment, as_of: date) -> dict[str, Expected]:
    """When each result is expected of which that can be told, by key."""
    found = ((one.milestone, result_expected(one, assessment, as_of)) for one in assessment.milestones)
    return {key: one for key, one in found if one is not None}


def told(assessment: Assessment, as_of: date) -> str | None:
    """When the work is expected to be done, or why that is not told; None where there is nothing to expect."""
    found = expected(assessment, as_of)
    if found is not None:
        return f"finish {found.words(as_of)}"
    if assessment.outlook is not None:
        name, days = open_since(assessment, as_of)
        which = f'"{name}" ' if name else ""
        return f"{which}open {span(days)} after its day"
    if assessment.contract == "retainer" or assessment.life in ("draft", "closed"):
        return None
    done_on = all_delivered_on(assessment)
    if done_on:
        return f"all delivered on {day(done_on, as_of)}"
    return None if assessment.schedule.forecast_finish_on else "no date named yet"


def open_since(assessment: Assessment, as_of: date) -> tuple[str | None, int]:
    """For how many days work is open after the last day that was named for it, where no finish is told. Where that day
    is to come, or is not why none is told, the name of the result that is open longest, and for how long that is.
    """
    if assessment.outlook is None:
        return None, 0
    dated = _named(assessment) or [(assessment.outlook.named_on, None)]
    (first_on, name), (last_on, _) = dated[0], dated[-1]
    if as_of - last_on > A_YEAR or (assessment.attention.abandoned and last_on < as_of):
        return None, (as_of - last_on).days
    return name, (as_of - first_on).days


def all_delivered_on(assessment: Assessment) -> date | None:
    """The day on which the last of what has a due date was delivered; None where something of it is open."""
    dated = [one.delivered_on for one in assessment.milestones if one.due_on is not None]
    done = [one for one in dated if one is not None]
    return max(done, default=None) if len(done) == len(dated) else None


def named_last_on(assessment: Assessment) -> date | None:
    """The latest day that is named for what is open and dated; None where nothing is."""
    return max((one.named_on for one in assessment.milestones if one.due_on and one.named_on), default=None)


def _named(assessment: Assessment) -> list[tuple[date, str | None]]:
    """The day named last for each result that is open, and its name; the earliest day first."""
    open_ones = (one for one in assessment.milestones if one.delivered_on is None)
    found: list[tuple[date, str | None]] = [(one.named_on, one.name) for one in open_ones if one.named_on is not None]
    return sorted(found, key=lambda each: each[0])


def _expected(middle_on: date, likely_on: date, named_on: date, assessment: Assessment, as_of: date) -> Expected | None:
    if assessment.attention.abandoned or as_of - named_on > A_YEAR:
        return None
    return Expected(middle_on, likely_on, as_of - named_on > GIVEN_UP)
