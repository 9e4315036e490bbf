"""What was in hand and is not any more, told where the warning stands again: why, what was planned, and by whom."""

from collections.abc import Iterable, Mapping

from engagement.assessment.in_hand import Held, came_back, until_words
from engagement.assessment.results import Assessment
from engagement.pages import _acts, shell
from engagement.pages.text import literal
from engagement.records.responses import responses


def of(assessments: Iterable[Assessment]) -> Mapping[str, tuple[Held, ...]]:
    """What came back, by engagement; those of which nothing did are left out."""
    known = {one.engagement: one for one in assessments}
    with shell.database().reading() as connection:
        said = responses(connection, known, shell.as_of())
    back = {key: came_back(known[key], those, _acts.in_hand_days(key), shell.as_of()) for key, those in said.items()}
    return {key: found for key, found in back.items() if found}


def words(one: Held) -> str:
    """Why it is back, what was planned and by whom, as a line of Markdown."""
    why = until_words(one.until_on, one.back, shell.as_of())
    who = f", {literal(shell.person(one.assignee))}" if one.assignee else ""
    return f":blue[{why[:1].upper()}{why[1:]}:] {literal(one.plan.rstrip(' .'))}{who}"
