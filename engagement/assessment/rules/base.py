"""What a rule is, and how one is put into the catalogue."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, NamedTuple

from engagement.assessment.facts import Facts
from engagement.assessment.limits import LIMITS, Limit, filled
from engagement.assessment.results import Assessment
from engagement.assessment.traces import Trace
from engagement.assessment.values import LOGS, Kind, Life, Log, PortfolioTerms, Severity

Group = Literal["A", "B", "C", "D", "E"]
Stream = Literal[
    "reports", "check_ins", "actions", "spend", "deliveries", "plan", "dues", "months", "readings", "confirmations",
    "accesses", "retrospectives", "vendor", "starts", "declared",
]  # fmt: skip
"""Rows of a history whose days can turn a rule on or off; "dues" are the days after first and re-baselined due dates,
"months" the first days of a retainer's months, "vendor" what the vendor was checked and accepted for, "starts" the days
the work was ever to begin on, "declared" those on which our side declared another status than before. Terms,
limits and pauses always can."""


NAME_PLACE: Final = re.compile(r"\{(?:vendor|subject)\}(?P<end>\.?)")


class Finding(NamedTuple):
    """A rule fires."""

    severity: Severity
    evidence: str
    """A sentence with the numbers in it, about the record and not about conduct."""
    next_step: str | None = None
    """Where it depends on what was found; else the rule's own."""
    echoes: str | None = None
    """The critical rule that it fires beside, where it takes one."""


class Missing(NamedTuple):
    """A rule cannot be judged: what is not recorded."""

    text: str


ACTIVE: Final[frozenset[Life]] = frozenset({"active"})


class Found(NamedTuple):
    """A rule about more than one engagement fires."""

    subject: str
    """Whom or what it is about: a vendor, a person, the portfolio, or the keys of engagements."""
    severity: Severity
    evidence: str
    engagements: tuple[str, ...] = ()
    """Keys of those whose traces tell since when."""
    since: date | None = None
    """The first day of the unbroken run, where no trace is needed to tell."""


Finder = Callable[[Sequence[Assessment], PortfolioTerms, date], Iterator[Found]]
"""Assessments of a day, in the order of their keys, what holds for all, and the day: everything that fires."""
Beginning = Callable[[Found, Sequence[Trace], PortfolioTerms, date], date]
"""The first day of the unbroken run of what was found, from the traces of the engagements it names."""
Check = Callable[[Facts], Finding | Missing | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the catalogue says of every rule, whatever it is about."""

    id: str
    kind: Kind
    group: Group
    sentence: str
    """What it means when it fires."""
    condition: str
    """When it fires, in words; ``{overdue-critical}`` stands for the value of a limit with its unit, and with a ``#``
    for the number alone. See `limits.filled`."""
    next_step: str
    """What to do about it; ``{vendor}`` or ``{subject}`` stands for the name of whom it is about."""
    source: str
    """Where the idea or the formula comes from."""
    limits: tuple[Limit, ...] = ()

    def fires(self, values: Mapping[str, float]) -> str:
        """When it fires, in words, with the values of its limits; without a value the default."""
        return filled(self.condition, values)

    def step(self, name: str) -> str:
        """The next step, with the name of whom it is about in it."""
        return NAME_PLACE.sub(lambda found: f"{name.rstrip('.')}." if found["end"] else name, self.next_step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Entry):
    """One way in which outsourced work is known to fail, and how the records of an engagement show it."""

    check: Check
    news: tuple[str, str, str] | None = None
    """What is said when its warning opens, gets worse, and clears. Its sentence has to do where there is none."""
    covered_by: tuple[str, ...] = ()
    """Rules that show the same cause: while one of them fires, this one is folded into it."""
    reads: frozenset[Stream] = frozenset()
    """Streams on whose days alone it can stop to hold; between them time can only begin it."""
    windows: Mapping[str, tuple[Stream, ...]] = field(default_factory=dict)
    """By the limit that is a window's length in days: streams whose rows matter again when they leave the window."""
    lives: frozenset[Life] = ACTIVE
    """Where in its life an engagement has to be for the rule to run."""
    beside_critical: Callable[[Facts], bool] | None = None
    """Of a rule that fires while another about the work is critical: its own half of the condition, which alone reads
    the streams above. Its findings name the other rule."""
    has_input: Callable[[Facts], bool] | None = None
    """Of a rule that is quiet also where nothing of what it reads was ever recorded, or where it is switched off:
    whether there was anything to judge. How well it did is told from such days alone."""

    @property
    def logs(self) -> frozenset[Log]:
        """The logs among what it reads: once they are read in full, it can be judged on any day."""
        if self.beside_critical:
            return frozenset(LOGS)
        return frozenset(log for log in LOGS if log in self.reads)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRule(Entry):
    """A rule about a vendor, a person or the portfolio: its warnings bear a subject, and hang on no one engagement."""

    find: Finder
    begun: Beginning | None = None
    """Tells since when, where what is found does not say."""


REGISTERED: Final[dict[str, Rule]] = {}
"""Every rule by its id, in the order in which the groups are read."""


def rule(
    id: str,  # noqa: A002 - the field's name
    kind: Kind,
    group: Group,
    *,
    sentence: str,
    condition: str,
    next_step: str,
    source: str,
    news: tuple[str, str, str] | None = None,
    limits: tuple[str, ...] = (),
    covered_by: tuple[str, ...] = (),
    reads: tuple[Stream, ...] = (),
    windows: Mapping[str, tuple[Stream, ...]] | None = None,
    lives: frozenset[Life] = ACTIVE,
    beside_critical: Callable[[Facts], bool] | None = None,
    has_input: Callable[[Facts], bool] | None = None,
) -> Callable[[Check], Check]:
    """Puts the function below it into the catalogue."""

    def register(check: Check) -> Check:
        REGISTERED[id] = Rule(
            id=id,
            kind=kind,
            group=group,
            sentence=sentence,
            condition=condition,
            next_step=next_step,
            source=source,
            limits=named(limits),
            check=check,
            news=news,
            covered_by=covered_by,
            reads=frozenset(reads),
            windows=windows or {},
            lives=lives,
            beside_critical=beside_critical,
            has_input=has_input,
        )
        return check

    return register


PORTFOLIO_REGISTERED: Final[dict[str, PortfolioRule]] = {}
"""Every rule about more than one engagement, by its id."""


def portfolio_rule(
    id: str,  # noqa: A002 - the field's name
    kind: Kind,
    group: Group,
    *,
    sentence: str,
    condition: str,
    next_step: str,
    source: str,
    limits: tuple[str, ...] = (),
    begun: Beginning | None = None,
) -> Callable[[Finder], Finder]:
    """Puts the function below it into the catalogue."""

    def register(find: Finder) -> Finder:
        PORTFOLIO_REGISTERED[id] = PortfolioRule(
            id=id,
            kind=kind,
            group=group,
            sentence=sentence,
            condition=condition,
            next_step=next_step,
            source=source,
            limits=named(limits),
            find=find,
            begun=begun,
        )
        return find

    return register


def named(limits: tuple[str, ...]) -> tuple[Limit, ...]:
    """The limits of some names."""
    return tuple(LIMITS[name] for name in limits)
