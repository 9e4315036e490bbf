"""What changed between two days, in sentences: one line an engagement, the weightiest first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from engagement.assessment.agenda import is_held
from engagement.assessment.results import Assessment, Change, ChangeKind, Review
from engagement.assessment.rules import CATALOGUE
from engagement.assessment.wording import day, in_words, share

MOST_PHRASES: Final = 4
"""A line says so many things; how many more there are, it counts."""
_NUDGE: Final = 20
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
CHANGED: Final[Mapping[str, tuple[str, str, str]]] = {
    "silent": ("became silent", "is silent for long", "talking again"),
    "not-kicked-off": ("was not kicked off in time", "is still not kicked off", "was kicked off"),
    "no-next-meeting": (
        "has no next conversation agreed",
        "still no next conversation",
        "a next conversation is agreed",
    ),
    "vendor-silent": ("the vendor stopped reporting", "the vendor is silent for long", "the vendor reports again"),
    "unread-check-in": ("a check-in waits to be read", "check-ins still wait to be read", "every check-in was read"),
    "no-live-contact": ("messages only for long", "still messages only", "there was a conversation"),
    "hollow-check-ins": ("check-ins bring nothing new", "check-ins still bring nothing new", "there is news again"),
    "backfilled": ("check-ins are logged late", "check-ins are logged later still", "check-ins are logged in time"),
    "too-much-too-soon": ("much was given at once", "more was given at once", "the work is staggered"),
    "overdue": ("a milestone fell overdue", "a milestone is long overdue", "nothing is overdue any more"),
    "slipping": ("the finish began to slip", "the finish slips far", "the finish holds again"),
    "deadline-near": ("the deadline came near", "the deadline can hardly be met", "the deadline is no worry any more"),
    "behind-plan": ("fell behind plan", "fell far behind plan", "caught up with the plan"),
    "flatline": ("work stands still", "work stands still for long", "work moves again"),
    "awaiting-us": ("waits for us", "waits for us for long", "waits for us no more"),
    "watermelon": ("reported better than it is", "reported far better than it is", "report and figures agree again"),
    "quality-missed": ("quality misses what was agreed", "quality was missed again", "quality is as agreed again"),
    "over-claimed": ("much is claimed and not accepted", "more is claimed and not accepted", "claims are backed again"),
    "serial-slip": ("the same date keeps moving", "the same date moved again", "no date keeps moving"),
    "moved-baseline": ("dates of the plan were moved", "a date was moved without approval", "the plan stands"),
    "squeezed": ("too little time is left after a late result", "less time is left", "there is time for what follows"),
    "stale-forecast": ("a date passed without a new one", "still no new date", "there is a new date"),
    "no-feedback": ("feedback is missing", "feedback is missing for long", "there was feedback"),
    "actions-overdue": ("what was agreed is overdue", "what was agreed is long overdue", "what was agreed is done"),
    "budget": ("the money will not last", "the money is running out", "the money lasts again"),
    "spend-ahead": ("money ran ahead of work", "money ran far ahead of work", "money and work agree again"),
    "paid-unaccepted": (
        "was paid before it was accepted",
        "more was paid before it was accepted",
        "what was paid for is accepted",
    ),
    "rate-drift": (
        "an hour costs more than agreed",
        "an hour costs far more than agreed",
        "an hour costs what was agreed",
    ),
    "under-used": ("paid hours are not used", "hardly any paid hours are used", "paid hours are used again"),
    "no-return": (
        "costs more than doing it ourselves",
        "costs far more than doing it ourselves",
        "is worth its cost again",
    ),
    "benefit-unseen": ("the benefit is not shown", "the benefit is still not shown", "the benefit is shown"),
    "no-retrospective": ("was closed without a retrospective", "still no retrospective", "a retrospective was written"),
}
"""What is said when a warning opens, gets worse, and clears."""
_SENTENCES: Final = {rule.id: rule.sentence.rstrip(".") for rule in CATALOGUE}
_KINDS: Final = {rule.id: rule.kind for rule in CATALOGUE}


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
        if change.what != "status" and _KINDS.get(change.rule or "") != "set-up":
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
    return _WEIGHT[change.what] + (_NUDGE if _KINDS.get(change.rule or "") == "nudge" else 0)


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
    if change.what == "progress":
        return f"{_share(change.was)} → {_share(change.now)} done"
    opened, worse, cleared = _rule_words(change.rule or "")
    phrases: dict[ChangeKind, str] = {
        "warning_opened": opened,
        "warning_escalated": worse,
        "warning_eased": f"less grave: {opened}",
        "warning_cleared": cleared,
        "delivered": f"{what} delivered",
        "accepted": f"{what} delivered and accepted",
        "rejected": f"{what} delivered and rejected",
        "check_in_missed": "a check-in was missed",
    }
    return phrases[change.what]


def _rule_words(rule: str) -> tuple[str, str, str]:
    """How a warning is told when it opens, gets worse and clears; of an unlisted rule, by its sentence."""
    sentence = _SENTENCES.get(rule, rule)
    said = sentence[:1].lower() + sentence[1:]
    return CHANGED.get(rule, (said, f"critical now: {said}", f"no longer: {said}"))


def _by(by: str | None, called: Mapping[str, str]) -> str:
    who = {"us": "we", "vendor": "the vendor"}.get(by or "", called.get(by or "", by or ""))
    return f", {who} moved it" if who else ""


def _day(value: str | None, as_of: date) -> str:
    return day(date.fromisoformat(value), as_of) if value else "no date"


def _share(value: str | None) -> str:
    return share(float(value)) if value else "nobody had said"
