"""Warnings beyond one engagement: whom they concern.

They are about a vendor, a person, two engagements or the portfolio itself, and hang on no single engagement. So each
page shows those about what it shows.
"""

from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from typing import Final

from engagement.assessment.results import Assessment, PortfolioWarning

PROMISES: Final = "promises-broken"
OWNER: Final = "overloaded-owner"
TWINS: Final = "same-task-twice"
PACK: Final = "no-status-pack"


def shown(
    found: Iterable[PortfolioWarning],
    engagements: Iterable[Assessment],
    *,
    person: str | None = None,
    vendor: str | None = None,
    is_part: bool = False,
) -> tuple[PortfolioWarning, ...]:
    """The warnings that concern some engagements, of each rule the critical ones first, then those that hold longest.

    ``person`` and ``vendor`` are those asked for: of other people and vendors nothing is said then. Where the
    engagements are only a part of all, nothing is said of the portfolio itself.
    """
    keys = {one.engagement for one in engagements}
    chosen = [one for one in found if (keys.intersection(one.engagements) if one.engagements else not is_part)]
    asked = {OWNER: person, PROMISES: vendor}
    fitting = [one for one in chosen if asked.get(one.rule) in (None, one.subject)]
    return tuple(sorted(fitting, key=_ease))


def varied(found: Iterable[PortfolioWarning]) -> tuple[PortfolioWarning, ...]:
    """The first of each rule, then the second of each, and so on: five vendors do not hide the one person."""
    rows: dict[str, list[PortfolioWarning]] = {}
    for one in found:
        rows.setdefault(one.rule, []).append(one)
    return tuple(one for turn in zip_longest(*rows.values()) for one in turn if one is not None)


def of_rules(found: Iterable[PortfolioWarning], *rules: str) -> tuple[PortfolioWarning, ...]:
    """Those of some rules, in the order given."""
    return tuple(one for one in found if one.rule in rules)


def twins(found: Iterable[PortfolioWarning], engagement: str) -> tuple[tuple[str, PortfolioWarning], ...]:
    """The other engagement of each pair that reads alike, with the warning that says so."""
    return tuple(
        (other, one)
        for one in of_rules(found, TWINS)
        if engagement in one.engagements
        for other in one.engagements
        if other != engagement
    )


def groups(pairs: Iterable[PortfolioWarning]) -> tuple[tuple[PortfolioWarning, ...], ...]:
    """Pairs that share an engagement, together: of three that are alike there are three pairs. In the order given."""
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while (upper := above.setdefault(key, key)) != key:
            above[key] = key = above[upper]
        return key

    known = tuple(pairs)
    for one, *others in (pair.engagements for pair in known):
        for other in others:
            above[top(other)] = top(one)
    found: dict[str, list[PortfolioWarning]] = {}
    for pair in known:
        found.setdefault(top(pair.engagements[0]), []).append(pair)
    return tuple(map(tuple, found.values()))


def engagements_of(warnings: Iterable[PortfolioWarning]) -> tuple[str, ...]:
    """The engagements that some warnings are told from, each once."""
    return tuple(dict.fromkeys(key for one in warnings for key in one.engagements))


def _ease(warning: PortfolioWarning) -> tuple[bool, date]:
    return warning.severity != "critical", warning.since
