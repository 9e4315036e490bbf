"""The thresholds of the catalogue, and what they are on a day.

The catalogue gives them no names. These are the oracle's own; ``NAMES`` says what the interchange format calls them.
"""

from fractions import Fraction

from tests.assessment.oracle.history import Work

THRESHOLDS: dict[str, Fraction] = {
    "cadence high": Fraction(3),
    "cadence standard": Fraction(7),
    "cadence low": Fraction(14),
    "grace": Fraction(2),
    "learning days": Fraction(30),
    "overdue critical days": Fraction(7),
    "slipping warning share": Fraction(10, 100),
    "slipping warning days": Fraction(3),
    "slipping critical share": Fraction(25, 100),
    "slipping critical days": Fraction(7),
    "deadline-near time left": Fraction(20, 100),
    "deadline-near earned": Fraction(70, 100),
    "deadline-near rate": Fraction(3, 2),
    "behind-plan after": Fraction(15, 100),
    "behind-plan warning": Fraction(9, 10),
    "behind-plan critical": Fraction(8, 10),
    "flatline days": Fraction(14),
    "awaiting-us delivery warning": Fraction(5),
    "awaiting-us delivery critical": Fraction(10),
    "awaiting-us question": Fraction(3),
    "serial-slip days": Fraction(60),
    "serial-slip warning": Fraction(2),
    "serial-slip critical": Fraction(3),
    "actions-overdue critical days": Fraction(14),
    "actions-overdue check-ins": Fraction(3),
    "spend-ahead warning": Fraction(15, 100),
    "spend-ahead critical": Fraction(25, 100),
    "unclear-plan characters": Fraction(20),
    "no-timetable days": Fraction(45),
}
NAMES: dict[str, str] = {
    "cadence high": "cadence-high",
    "cadence standard": "cadence-standard",
    "cadence low": "cadence-low",
    "grace": "grace",
    "learning days": "learning",
    "overdue critical days": "overdue-critical",
    "slipping warning share": "slipping-share",
    "slipping warning days": "slipping-days",
    "slipping critical share": "slipping-critical-share",
    "slipping critical days": "slipping-critical-days",
    "deadline-near time left": "deadline-left",
    "deadline-near earned": "deadline-earned",
    "deadline-near rate": "deadline-rate",
    "behind-plan after": "behind-after",
    "behind-plan warning": "behind",
    "behind-plan critical": "behind-critical",
    "flatline days": "flatline-days",
    "awaiting-us delivery warning": "undecided",
    "awaiting-us delivery critical": "undecided-critical",
    "awaiting-us question": "unanswered",
    "serial-slip days": "serial-slip-window",
    "serial-slip warning": "serial-slip",
    "serial-slip critical": "serial-slip-critical",
    "actions-overdue critical days": "actions-critical",
    "actions-overdue check-ins": "actions-carried",
    "spend-ahead warning": "spend-ahead",
    "spend-ahead critical": "spend-ahead-critical",
    "unclear-plan characters": "plan-text",
    "no-timetable days": "timetable-gap",
}


def limit(work: Work, name: str) -> Fraction:
    """A threshold as changed by then: the engagement's own change, else one for all, else the catalogue's."""
    written = NAMES.get(name)
    own = [change.value for change in work.limits if change.limit == written and change.engagement == work.key]
    for_all = [change.value for change in work.limits if change.limit == written and not change.engagement]
    return (own or for_all or [THRESHOLDS[name]])[-1]
