"""The catalogue of rules. Everything that shows, checks or documents a rule reads it from here."""

from typing import Final

from engagement.assessment.rules import (
    contact,
    delivery,
    habits,
    money,
    oversight,
    partner,
    plan,
    promises,
    quality,
    value,
)
from engagement.assessment.rules.base import REGISTERED, Finding, Missing, Rule

CATALOGUE: Final[tuple[Rule, ...]] = tuple(sorted(REGISTERED.values(), key=lambda rule: rule.group))
"""Every rule, by group: contact, the plan, delivery, money, oversight."""

__all__ = [
    "CATALOGUE",
    "Finding",
    "Missing",
    "Rule",
    "contact",
    "delivery",
    "habits",
    "money",
    "oversight",
    "partner",
    "plan",
    "promises",
    "quality",
    "value",
]
