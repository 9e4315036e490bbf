"""What changed between two days, in sentences: one line an engagement, the weightiest first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from engagement.assessment.agenda import is_held
from engagement.assessment.results import Assessment, Change, ChangeKind, Review
from engagement.assessment.rules import CATALOGUE
from engagement.assessment.values import Kind
from engagement.assessment.wording import day, in_words, share

MOST_PHRASES: Final = 4
"""A line says so many things; how many more there are, it counts."""
_NUDGE: Final = 20
_WEIGHT: Final[Mapping[ChangeKind, int]] = {
    "warning_escalated": 0,
    "warning_opened": 1,
    "forecast": 2,
    "baseline": 3,
    "finish": 4,
    "rejected": 5,
    "delivered": 6,
    "accepted": 7,
    "warning_cleared": 8,
    "warning_eased": 9,
    "progress": 10,
    "check_in_missed": 11,
    "check_in_held": 12,
    "status": 13,
}
_RULES: Final = {rule.id: rule for rule in CATALOGUE}


class News(NamedTuple):
    """What changed about one engagement."""

    engagement: str
    name: str
    text: str
    """Names and titles in it are as people typed them."""


def told(review: Review, assessments: Iterable[Assessment], called: Mapping[str, str], as_of: date) -> tuple[News, ...]:
    """The changes of some engagements, those with the weightiest change first. ``called``: names of people by email.

    A status says nothing that its warnings do not, gaps in the plan are told elsewhere, and a new date of something
    that was delivered since is no news.
    """
    changes: dict[str, list[Change]] = {}
    for change in review.changes:
        if change.what != "status" and _kind(change) != "set-up":
            changes.setdefault(change.engagement, []).append(change)
    lines = []
    for assessment in assessments:
        held = {each.milestone for each in assessment.milestones if is_held(each, as_of)}
        heard = [c for c in changes.get(assessment.engagement, []) if not _says_nothing(c, held, as_of)]
        mine = sorted(_without_overtaken(heard), key=_weight)
        if mine:
            titles = {milestone.milestone: milestone.name for milestone in assessment.milestones}
            text = _text(mine, titles, called, as_of)
            lines.append((_weight(mine[0]), News(assessment.engagement, assessment.name, text)))
    return tuple(news for _, news in sorted(lines, key=lambda line: (line[0], line[1].name)))


def _weight(change: Change) -> int:
    return _WEIGHT[change.what] + (_NUDGE if _kind(change) == "nudge" else 0)


def _says_nothing(change: Change, held: Collection[str], as_of: date) -> bool:
    """Whether the line would read the same before and after, or tell of a date nobody gave."""
    if change.what == "progress":
        return _share(change.was) == _share(change.now)
    return change.what == "forecast" and change.milestone in held and change.now == as_of.isoformat()


def _without_overtaken(changes: Sequence[Change]) -> list[Change]:
    """Without new dates of what was delivered since, and without a delivery that was decided on since."""
    delivered = {c.milestone for c in changes if c.what == "delivered"}
    decided = {c.milestone for c in changes if c.what in ("accepted", "rejected")}
    return [
        c
        for c in changes
        if not (c.what == "forecast" and c.milestone in delivered | decided)
        and not (c.what == "delivered" and c.milestone in decided)
    ]


def _text(changes: Sequence[Change], titles: Mapping[str, str], called: Mapping[str, str], as_of: date) -> str:
    said = [_phrase(change, titles, called, as_of) for change in changes if change.what != "check_in_held"]
    heard = [change.now for change in changes if change.what == "check_in_held"]
    if "report" in heard:
        said.append("the vendor reported")
    held = len(heard) - heard.count("report")
    if held:
        said.append({1: "talked", 2: "talked twice"}.get(held, f"talked {held} times"))
    said = list(dict.fromkeys(said))
    more = len(said) - MOST_PHRASES
    return "; ".join([*said[:MOST_PHRASES], *([f"and {in_words(more)} more"] if more > 0 else [])])


def _phrase(change: Change, titles: Mapping[str, str], called: Mapping[str, str], as_of: date) -> str:
    what = f'"{titles.get(change.milestone or "", change.milestone)}"'
    if change.what in ("forecast", "baseline"):
        anew = ", agreed anew" if change.what == "baseline" else ""
        return f"{what} {_day(change.was, as_of)} → {_day(change.now, as_of)}{_by(change.by, called)}{anew}"
    if change.what == "finish":
        return f"finish {_day(change.was, as_of)} → {_day(change.now, as_of)}"
    if change.what == "progress":
        return f"{_share(change.was)} → {_share(change.now)} done"
    opened, worse, cleared = _rule_words(change.rule or "")
    limit = f", because {_called(change.by, called)} changed a limit" if change.by else ""
    phrases: dict[ChangeKind, str] = {
        "warning_opened": f"{opened}{limit}",
        "warning_escalated": f"{worse}{limit}",
        "warning_eased": f"less grave: {opened}{limit}",
        "warning_cleared": f"no warning any more: {opened}{limit}" if limit else cleared,
        "delivered": f"{what} delivered",
        "accepted": f"{what} delivered and accepted",
        "rejected": f"{what} delivered and rejected",
        "check_in_missed": "a check-in was missed",
    }
    return phrases[change.what]


def _kind(change: Change) -> Kind | None:
    """The kind of the rule that a change is about; None where it is about none of the catalogue."""
    rule = _RULES.get(change.rule or "")
    return rule.kind if rule else None


def _rule_words(name: str) -> tuple[str, str, str]:
    """How a warning is told when it opens, gets worse and clears; without words for that, by its rule's sentence."""
    rule = _RULES.get(name)
    if rule and rule.news:
        return rule.news
    sentence = rule.sentence.rstrip(".") if rule else name
    said = sentence[:1].lower() + sentence[1:]
    return said, f"critical now: {said}", f"no longer: {said}"


def _by(by: str | None, called: Mapping[str, str]) -> str:
    return f", {_called(by, called)} moved it" if by else ""


def _called(by: str, called: Mapping[str, str]) -> str:
    return {"us": "we", "vendor": "the vendor"}.get(by, called.get(by, by))


def _day(value: str | None, as_of: date) -> str:
    return day(date.fromisoformat(value), as_of) if value else "no date"


def _share(value: str | None) -> str:
    return share(float(value)) if value else "nobody had said"
