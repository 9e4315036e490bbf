"""The finish of every engagement: promised, by the vendor's word, and as our forecast has it where that is later."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from engagement.assessment import wording
from engagement.assessment.agenda import finish_is_held
from engagement.assessment.finish import all_delivered_on, expected
from engagement.assessment.results import Assessment
from engagement.charts import axes
from engagement.charts.chart import Chart, nothing
from engagement.charts.plan import WORST, Row, chart_of, number, unit_of

A_WEEK: Final = timedelta(weeks=1)
"""From which on a finish that our forecast has after the promise is called later: less says nothing."""
LEAST: Final = WORST // 3
"""Rows at least for what only our forecast has later, as long as there is that much of it."""
LATE: Final = "Late by the vendor's word"
LATER: Final = "In time by that word, later by our forecast"
IN_TIME: Final = "In time"
LATER_IS: Final = "Later by our forecast: a week or more after the promise, counted to our finish"


def portfolio_plan(assessments: Sequence[Assessment], as_of: date, *, dark: bool, narrow: bool = False) -> Chart:
    """The finish of every engagement that is under way: promised, forecast, likely. At most 15, those that slip most.

    First what is late by the vendor's word, then what is in time by it and a week or more later by our forecast, then
    the rest; of more than 15 the rest is left out. What looks abandoned is left out, too: it has no finish.
    """
    known = [a for a in assessments if a.life in {"active", "paused"} and a.schedule.forecast_finish_on]
    dated = [a for a in known if not a.attention.abandoned]
    if not dated:
        return nothing("No engagement has a finish.", "Add milestones with due dates.")
    dated.sort(key=lambda a: (-(a.schedule.slip_days or 0), a.engagement))
    rows = [_finish(a, as_of) for a in dated]
    late = [row for row in rows if (row.slip_days or 0) > 0]
    later = [row for row in rows if row not in late and _is_later(row)]
    later = sorted((_by_forecast(row) for row in later), key=lambda row: (-(row.slip_days or 0), row.engagement))
    counted = {row.engagement for row in (*late, *later)}
    in_time = [row for row in rows if row.engagement not in counted]
    parts = _shown(late, later, in_time)
    left_out = [
        number(len(late) - len(parts[0]), "with less slip"),
        number(len(later) - len(parts[1]), "later by our forecast alone"),
        number(len(in_time) - len(parts[2]), "in time"),
        number(len(known) - len(dated), "abandoned by the look of it"),
    ]
    measure = unit_of("First promised finish to the vendor's day", wording.listed([*filter(None, left_out)], 4))
    return chart_of(
        _with_heads(parts),
        as_of,
        finding=_finding(late, later, len(dated)),
        shows="Where every engagement will end",
        unit=f"{measure}. {LATER_IS}" if later else measure,
        dark=dark,
        width=axes.PHONE if narrow else axes.COLUMN,
    )


def _finish(assessment: Assessment, as_of: date) -> Row:
    """The finish of an engagement as a promise like the others."""
    schedule, likely = assessment.schedule, expected(assessment, as_of)
    done_on = all_delivered_on(assessment)
    return Row(
        name=assessment.name,
        engagement=assessment.engagement,
        promised_on=schedule.baseline_finish_on,
        due_on=schedule.due_finish_on if schedule.due_finish_on != schedule.baseline_finish_on else None,
        forecast_on=None if done_on else schedule.forecast_finish_on,
        delivered_on=done_on,
        waits=False,
        slip_days=schedule.slip_days,
        likely_from_on=likely.middle_on if likely else None,
        likely_until_on=likely.likely_on if likely else None,
        is_held=finish_is_held(assessment, as_of),
    )


def _is_later(row: Row) -> bool:
    """Whether our forecast has it a week or more after the promise."""
    if row.promised_on is None or row.likely_from_on is None:
        return False
    return row.likely_from_on - row.promised_on >= A_WEEK


def _by_forecast(row: Row) -> Row:
    """The row with its change counted to the finish that our forecast expects."""
    if row.promised_on is None or row.likely_from_on is None:
        return row
    return row._replace(slip_days=(row.likely_from_on - row.promised_on).days, is_ours=True)


def _shown(late: list[Row], later: list[Row], in_time: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """The parts as far as there is room: all, else the worst of the first two, else what is in time."""
    if len(late) + len(later) + len(in_time) <= WORST:
        return late, later, in_time
    if not late and not later:
        return [], [], in_time[:WORST]
    room = min(len(later), max(LEAST, WORST - len(late)), WORST)
    return late[: WORST - room], later[:room], []


def _with_heads(parts: Sequence[list[Row]]) -> list[Row]:
    """The rows of all parts, each part under its heading where there are several."""
    there = [(head, rows) for head, rows in zip((LATE, LATER, IN_TIME), parts, strict=True) if rows]
    if len(there) == 1 and not parts[1]:
        return there[0][1]
    return [row for head, rows in there for row in (Row.heading(head), *rows)]


def _finding(late: Sequence[Row], later: Sequence[Row], of: int) -> str | None:
    """Who ends late by the vendor's word, and how many more by our forecast; None where nobody does."""
    more = _worst(later)
    if late:
        by_word = f"{_who(len(late), of)} late by the vendor's word, {_worst(late)}"
        return f"{by_word}; {wording.in_words(len(later))} more by our forecast, {more}" if later else by_word
    if later:
        they = f"{wording.in_words(len(later))} {'does' if len(later) == 1 else 'do'}"
        return f"No engagement ends late by the vendor's word; {they} by our forecast, {more}"
    return None


def _worst(rows: Sequence[Row]) -> str:
    return f"{rows[0].name} by {wording.span(rows[0].slip_days or 0)}" if rows else ""


def _who(number_late: int, of: int) -> str:
    if number_late == of:
        return {1: "The one engagement ends", 2: "Both engagements end"}.get(
            of, f"All {wording.in_words(of)} engagements end"
        )
    end = "ends" if number_late == 1 else "end"
    return f"{wording.in_words(number_late).capitalize()} of {wording.in_words(of)} engagements {end}"
