"""Two vendors with the same task: when work that reads alike is given twice, and when it is only handed over."""

from collections.abc import Collection, Mapping
from datetime import date

import pytest

from engagement.assessment.engagement import assess
from engagement.assessment.oversight import portfolio_warnings
from engagement.assessment.traces import Trace, trace
from engagement.assessment.values import Terms
from tests.assessment.made import TOGETHER, a_history, cut, on, some_terms

SHOP = some_terms(category="Shop")
AT_CONTOSO = some_terms(category="Shop", vendor="Contoso")


def same_since(one: Collection[Terms], other: Collection[Terms], as_of: date) -> date | None:
    """Since when two engagements are said to have the same task; None where they are not."""
    known = {
        key: cut(a_history(terms=None)._replace(key=key, terms=tuple(terms)), as_of)
        for key, terms in (("a", one), ("b", other))
    }

    def traces(keys: Collection[str]) -> Mapping[str, Trace]:
        return {key: trace(known[key], TOGETHER, as_of) for key in keys}

    assessments = [assess(history, TOGETHER, as_of).assessment for history in known.values()]
    found = portfolio_warnings(assessments, TOGETHER, traces, as_of)
    return next((warning.since for warning in found if warning.rule == "same-task-twice"), None)


@pytest.mark.parametrize(
    ("last_day", "first_day", "expected"),
    [(19, 20, None), (20, 20, 20), (None, 20, 20), (10, 0, 0)],
)
def test_work_that_was_to_end_before_the_other_begins_is_handed_over(
    last_day: int | None, first_day: int, expected: int | None
) -> None:
    # the first vendor is late and still at it on day 30; agreed was until a day and with it
    old = SHOP._replace(ends_on=None if last_day is None else on(last_day))
    new = AT_CONTOSO._replace(starts_on=on(first_day))
    since = None if expected is None else on(expected)
    assert same_since([old], [new], on(30)) == same_since([new], [old], on(30)) == since


def test_work_that_is_given_for_longer_meets_the_other_from_then_on() -> None:
    old = SHOP._replace(ends_on=on(19))
    longer = SHOP._replace(from_on=on(25), ends_on=on(60))
    new = AT_CONTOSO._replace(starts_on=on(20))
    assert same_since([old, longer], [new], on(24)) is None
    assert same_since([old, longer], [new], on(30)) == on(25)


def test_two_tasks_were_not_the_same_while_neither_had_a_category() -> None:
    one = [SHOP._replace(category=None), SHOP._replace(from_on=on(8))]
    other = [AT_CONTOSO._replace(category=None), AT_CONTOSO._replace(from_on=on(8))]
    assert same_since(one, other, on(7)) is None
    assert same_since(one, other, on(12)) == on(8)
