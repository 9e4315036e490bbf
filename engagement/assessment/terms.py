"""What was agreed and whether the work was running, as of a day."""

from datetime import date, timedelta

from engagement.assessment.values import History, Life, Terms

ONE_DAY = timedelta(days=1)


def terms_on(history: History, day: date) -> Terms:
    """The terms that held on a day; the first ones where all are later."""
    held = history.terms[0]
    for terms in history.terms[1:]:
        if terms.from_on is not None and terms.from_on > day:
            break
        held = terms
    return held


def life_on(history: History, day: date) -> Life:
    """Where an engagement stood in its life on a day. Only an active one raises warnings."""
    terms = terms_on(history, day)
    if terms.status == "draft":
        return "draft"
    if day < terms.starts_on:
        return "not_started"
    if history.closed_on is not None and history.closed_on <= day:
        return "closed"
    return "paused" if paused_until(history, day) else "active"


def paused_until(history: History, day: date) -> date | None:
    """The day on which the work goes on, of the pause that a day lies in; None where it lies in none."""
    ends = [pause.until_on for pause in history.pauses if pause.from_on <= day < pause.until_on]
    return max(ends, default=None)


def resumed_on(history: History, day: date) -> date | None:
    """The day on which the work went on after its latest pause that is over; None where there was none."""
    ends = [pause.until_on for pause in history.pauses if pause.from_on <= day and pause.until_on <= day]
    return max(ends, default=None)


def life_since(history: History, day: date) -> date:
    """First day of the unbroken stretch of the same life that holds a day; the day has to lie on or after the start.

    So of an active day the day on which the work began, or went on after a pause.
    """
    life = life_on(history, day)
    turns = {terms.starts_on for terms in history.terms}
    turns.update(terms.from_on for terms in history.terms if terms.from_on is not None)
    turns.update(turn for pause in history.pauses for turn in pause)
    if history.closed_on:
        turns.add(history.closed_on)
    since = day
    for turn in sorted((turn for turn in turns if turn <= day), reverse=True):
        since = turn
        if life_on(history, turn - ONE_DAY) != life:
            break
    return since
