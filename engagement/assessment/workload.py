"""How many cards an owner had a week: whether what the rules raise is little enough to be read.

Counted from the same agenda that This week shows, one for each owner and Friday beside the Friday before it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final, NamedTuple

from engagement.assessment.agenda import Agenda, Card, agenda, compared_with
from engagement.assessment.cases import fridays
from engagement.assessment.headline import needs_somebody, work_warnings
from engagement.assessment.results import Assessment

A_YEAR: Final = 52
"""So many Fridays are counted."""
COUNTED: Final = ("needs", "new", "worse", "ongoing", "cleared", "put_away", "in_hand", "abandoned")
"""What is counted of a week, as fields of `CardWeek`."""

Owner = str | None
"""Who owns an engagement, as recorded; None where nobody is named."""


class CardWeek(NamedTuple):
    """What one owner saw on one Friday.

    Those that need somebody are new, worse or ongoing; of those of the Friday before, the rest was cleared or put away.
    """

    owner: Owner
    day: date
    active: int
    needs: int
    new: int
    """Needed nobody on the Friday before."""
    worse: int
    """Needed somebody then as well, and since then a warning about the work became critical."""
    ongoing: int
    cleared: int
    """Needed somebody then, and nothing is wrong any more, or it is no longer active."""
    put_away: int
    """Needed somebody then, and is now in hand or looks abandoned: one folded line."""
    in_hand: int
    abandoned: int


class Spread(NamedTuple):
    """How a count went over weeks."""

    median: float
    p90: int
    """No more than this in nine of ten weeks."""
    most: int
    none: float
    """The share of the weeks with none, 0 to 1."""
    total: int


class RuleCards(NamedTuple):
    """How many cards a rule made, one a week and engagement."""

    rule: str
    cards: int
    """On which it stood, as the headline or below it."""
    headline: int
    """Of which it was the headline."""
    new: int
    """Of those: cards that were new."""
    alone: int
    """On which nothing stood but this and what it covers."""


@dataclass(frozen=True, slots=True)
class OwnerCards:
    """The weeks of one owner, or of all together. A week without an active engagement is none."""

    owner: Owner
    weeks: int
    active: float
    """Median number of active engagements."""
    spreads: Mapping[str, Spread]
    """By the name of what was counted; see `COUNTED`."""


@dataclass(frozen=True, slots=True)
class Workload:
    """A year of This week, for every owner."""

    as_of: date
    fridays: int
    owners: tuple[OwnerCards, ...]
    """In the order of their names, nobody last."""
    together: OwnerCards | None
    """Every week of every owner alike; None where nothing was active."""
    rules: tuple[RuleCards, ...]
    """Those that stood on a card; the one that was the headline most often first."""
    weeks: tuple[CardWeek, ...]


def fridays_until(as_of: date, number: int = A_YEAR) -> Sequence[date]:
    """The last so many Fridays, up to the end of a day."""
    return fridays(as_of - timedelta(weeks=number - 1, days=6), as_of + timedelta(days=1))


def dealt(assessments: Iterable[Assessment], people: int) -> dict[str, str]:
    """Engagements that name no owner, dealt to so many people in turn, in the order in which they start; by key."""
    unowned = sorted((a.schedule.starts_on, a.engagement) for a in assessments if a.owner is None)
    return {key: f"person {place % people + 1} of {people}" for place, (_, key) in enumerate(unowned)}


def workload(
    days: Sequence[date], portfolio: Callable[[date], Sequence[Assessment]], stands_in: Mapping[str, str], as_of: date
) -> Workload:
    """The cards of each owner on some Fridays.

    ``portfolio`` gives every engagement as of a day, nothing of a day before anything was recorded. ``stands_in``: who
    counts as the owner of an engagement that names none, by key.
    """
    weeks, rules = list[CardWeek](), dict[str, Counter[str]]()
    for day in days:
        since = compared_with(day)
        now, before = (_by_owner(portfolio(one), stands_in) for one in (day, since))
        for owner, mine in now.items():
            week = agenda(mine, before.get(owner, ()), day, since)
            if week.active:
                earlier = {one.engagement: one for one in before.get(owner, ()) if needs_somebody(one)}
                weeks.append(_week(owner, week, earlier))
                _add_rules(rules, week, earlier)
    by_owner = defaultdict(list)
    for one in weeks:
        by_owner[one.owner].append(one)
    return Workload(
        as_of=as_of,
        fridays=len(days),
        owners=tuple(_summed(owner, by_owner[owner]) for owner in sorted(by_owner, key=_nobody_last)),
        together=_summed(None, weeks) if weeks else None,
        rules=tuple(sorted((_of_rule(rule, found) for rule, found in rules.items()), key=_most_first)),
        weeks=tuple(weeks),
    )


def _by_owner(assessments: Iterable[Assessment], stands_in: Mapping[str, str]) -> dict[Owner, list[Assessment]]:
    found: dict[Owner, list[Assessment]] = defaultdict(list)
    for one in assessments:
        found[one.owner or stands_in.get(one.engagement)].append(one)
    return found


def _week(owner: Owner, week: Agenda, earlier: Mapping[str, Assessment]) -> CardWeek:
    """``earlier``: what needed the owner on the Friday before, by key."""
    stayed = [card for card in week.needs if card.assessment.engagement in earlier]
    worse = sum(_is_worse(card, earlier[card.assessment.engagement]) for card in stayed)
    folded = {card.assessment.engagement for card in (*week.in_hand, *week.abandoned)}
    put_away = len(folded & earlier.keys())
    return CardWeek(
        owner=owner,
        day=week.as_of,
        active=week.active,
        needs=len(week.needs),
        new=len(week.needs) - len(stayed),
        worse=worse,
        ongoing=len(stayed) - worse,
        cleared=len(earlier) - len(stayed) - put_away,
        put_away=put_away,
        in_hand=len(week.in_hand),
        abandoned=len(week.abandoned),
    )


def _is_worse(card: Card, before: Assessment) -> bool:
    """Whether a warning about the work is critical that was not."""
    critical = {warning.rule for warning in work_warnings(before) if warning.severity == "critical"}
    return any(
        warning.severity == "critical" and warning.rule not in critical for warning in work_warnings(card.assessment)
    )


def _add_rules(rules: dict[str, Counter[str]], week: Agenda, earlier: Mapping[str, Assessment]) -> None:
    for card in week.needs:
        for warning in (card.headline, *card.others):
            rules.setdefault(warning.rule, Counter())["cards"] += 1
        found = rules[card.headline.rule]
        found["headline"] += 1
        found["new"] += card.assessment.engagement not in earlier
        found["alone"] += not card.others


def _of_rule(rule: str, found: Counter[str]) -> RuleCards:
    return RuleCards(rule, found["cards"], found["headline"], found["new"], found["alone"])


def _summed(owner: Owner, weeks: Sequence[CardWeek]) -> OwnerCards:
    spreads = {name: _spread([getattr(one, name) for one in weeks]) for name in COUNTED}
    return OwnerCards(owner, len(weeks), float(median(one.active for one in weeks)), spreads)


def _spread(counts: Sequence[int]) -> Spread:
    ordered = sorted(counts)
    at = (9 * len(ordered) + 9) // 10 - 1
    return Spread(float(median(ordered)), ordered[at], ordered[-1], ordered.count(0) / len(ordered), sum(ordered))


def _nobody_last(owner: Owner) -> tuple[bool, str]:
    return owner is None, owner or ""


def _most_first(found: RuleCards) -> tuple[int, int, str]:
    return -found.headline, -found.cards, found.rule
