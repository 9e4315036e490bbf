"""What was promised for a milestone, what was said since, and how far that has moved."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from engagement.assessment.delivery import handover
from engagement.assessment.plan import Plan, plan_on
from engagement.assessment.values import Baseline, History, Milestone, ProgressReport

WordKind = Literal["first", "forecast", "baseline"]


class Word(NamedTuple):
    """A date that somebody named for a milestone."""

    said_on: date
    forecast_on: date
    kind: WordKind


class Move(NamedTuple):
    """A date was moved later."""

    said_on: date
    was_on: date
    now_on: date


class MilestoneTrend(NamedTuple):
    """Every date a milestone was promised for, in the order in which they were said."""

    milestone: str
    name: str
    words: tuple[Word, ...]
    delivered_on: date | None


def words_on(milestone: Milestone, day: date) -> list[Word]:
    """Forecasts and re-baselines of a milestone by a day, oldest first; of the same day the forecasts last."""
    words = [Word(one.set_on, one.due_on, "baseline") for one in milestone.baselines if one.set_on <= day]
    words += [
        Word(report.reported_on, report.forecast_on, "forecast")
        for report in milestone.reports
        if report.forecast_on is not None and report.reported_on <= day
    ]
    words.sort(key=_by_day_and_kind)
    return words


def has_word_after(milestone: Milestone, since: date) -> bool:
    """Whether anybody named a date for a milestone after a day: quick to say no."""
    for report in reversed(milestone.reports):
        if report.reported_on <= since:
            break
        if report.forecast_on is not None:
            return True
    return bool(milestone.baselines) and milestone.baselines[-1].set_on > since


def last_forecast(milestone: Milestone, day: date) -> ProgressReport | None:
    """The last report by a day that names a date for a milestone; None where there is none."""
    for report in reversed(milestone.reports):
        if report.forecast_on is not None and report.reported_on <= day:
            return report
    return None


def last_word(
    first_on: date | None, baselines: Sequence[Baseline], forecast: ProgressReport | None, day: date
) -> date | None:
    """The date that was named last for a milestone, before it is held to the day: the forecast wins on the same day.

    None where it has no due date and nobody has named one.
    """
    for baseline in reversed(baselines):
        if baseline.set_on <= day:
            if forecast is None or baseline.set_on > forecast.reported_on:
                return baseline.due_on
            break
    return first_on if forecast is None or forecast.forecast_on is None else forecast.forecast_on


def approved_due_on(milestone: Milestone, first_on: date, day: date, *, alone: bool) -> date:
    """The date that was agreed to: of the latest re-baseline with a reason and (unless alone) an approver.

    The first promise where there is none.
    """
    for baseline in reversed(milestone.baselines):
        if baseline.set_on <= day and baseline.reason and (alone or baseline.approved_by):
            return baseline.due_on
    return first_on


def moves_later(milestone: Milestone, first_on: date, since: date, day: date) -> list[Move]:
    """Words said after ``since``, up to ``day``, that name a later date than the word before them, oldest first.

    The first word counts against the promise, ``first_on``.
    """
    before, moves = first_on, []
    for word in words_on(milestone, day):
        if word.forecast_on > before and word.said_on > since:
            moves.append(Move(word.said_on, before, word.forecast_on))
        before = word.forecast_on
    return moves


def trend(history: History, as_of: date) -> tuple[MilestoneTrend, ...]:
    """Every milestone that counts and has a date, with all words on it by the end of a day.

    The progress reports have to be complete.
    """
    plan = plan_on(history, as_of)
    return tuple(_trend(plan, place, as_of) for place in plan.dated)


def _trend(plan: Plan, place: int, as_of: date) -> MilestoneTrend:
    milestone = plan.milestones[place]
    words = words_on(milestone, as_of)
    if milestone.due_on is not None:
        promised_on = min([plan.starts_on, as_of, *(word.said_on for word in words)])
        words = [Word(promised_on, milestone.due_on, "first"), *words]
    else:
        first = next(index for index, word in enumerate(words) if word.kind == "baseline")
        words[first] = words[first]._replace(kind="first")
    delivered_on = handover(milestone.deliveries, as_of).delivered_on
    return MilestoneTrend(milestone.key, milestone.name, tuple(words), delivered_on)


def _by_day_and_kind(word: Word) -> tuple[date, str]:
    return word.said_on, word.kind
