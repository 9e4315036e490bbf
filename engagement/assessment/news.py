"""What changed between two days, in sentences: one line an engagement, the weightiest first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from engagement.assessment.values import Assessment, Change, ChangeKind, Review
from engagement.assessment.wording import count, day, share

_WEIGHT: Final[Mapping[ChangeKind, int]] = {
    "warning_escalated": 0,
    "warning_opened": 1,
    "forecast": 2,
    "baseline": 3,
    "rejected": 4,
    "delivered": 5,
    "accepted": 6,
    "warning_cleared": 7,
    "warning_eased": 8,
    "progress": 9,
    "check_in_missed": 10,
    "check_in_held": 11,
    "status": 12,
}


class News(NamedTuple):
    """What changed about one engagement."""

    engagement: str
    name: str
    text: str
    """Names and titles in it are as people typed them."""


def told(review: Review, assessments: Iterable[Assessment], as_of: date) -> tuple[News, ...]:
    """The changes of some engagements, those with the weightiest change first.

    A conversation that was held is no news beside anything else, and a status says nothing that its warnings do not.
    """
    lines = []
    changes: dict[str, list[Change]] = {}
    for change in review.changes:
        changes.setdefault(change.engagement, []).append(change)
    for assessment in assessments:
        mine = sorted(changes.get(assessment.engagement, ()), key=lambda change: _WEIGHT[change.what])
        text = _text(mine, {m.milestone: m.name for m in assessment.milestones}, as_of)
        if text:
            lines.append((_WEIGHT[mine[0].what], News(assessment.engagement, assessment.name, text)))
    return tuple(news for _, news in sorted(lines, key=lambda line: (line[0], line[1].name)))


def _text(changes: Sequence[Change], names: Mapping[str, str], as_of: date) -> str:
    said = [_phrase(change, names, as_of) for change in changes if change.what not in ("check_in_held", "status")]
    held = sum(change.what == "check_in_held" for change in changes)
    if held:
        said.append("talked" if held == 1 else f"talked {count(held, 'time')}")
    return "; ".join(filter(None, said))


def _phrase(change: Change, names: Mapping[str, str], as_of: date) -> str:
    what = f"“{names.get(change.milestone, change.milestone)}”" if change.milestone else "finish"
    rule = (change.rule or "").replace("-", " ")
    by = {"us": "we moved it", "vendor": "the vendor moved it", None: ""}.get(change.by, f"{change.by} moved it")
    moved = f"{_day(change.was, as_of)} → {_day(change.now, as_of)}" + (f", {by}" if by else "")
    phrases: dict[ChangeKind, str] = {
        "warning_opened": rule,
        "warning_escalated": f"{rule}, now critical",
        "warning_eased": f"{rule}, eased",
        "warning_cleared": f"{rule}, cleared",
        "forecast": f"{what} {moved}",
        "baseline": f"{what} agreed anew: {moved}",
        "delivered": f"{what} delivered",
        "accepted": f"{what} accepted",
        "rejected": f"{what} rejected",
        "progress": f"done {_share(change.was)} → {_share(change.now)}",
        "check_in_missed": "a check-in was missed",
    }
    return phrases.get(change.what, "")


def _day(value: str | None, as_of: date) -> str:
    return day(date.fromisoformat(value), as_of) if value else "no date"


def _share(value: str | None) -> str:
    return share(float(value)) if value else "not known"
