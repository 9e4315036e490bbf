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
    portfolio,
    promises,
    quality,
    value,
)
from engagement.assessment.rules.base import (
    PORTFOLIO_REGISTERED,
    REGISTERED,
    Finding,
    Found,
    Missing,
    PortfolioRule,
    Rule,
)

CATALOGUE: Final[tuple[Rule, ...]] = tuple(sorted(REGISTERED.values(), key=lambda rule: rule.group))
"""Every rule about one engagement, by group: contact, the plan, delivery, money, oversight."""
OVERSIGHT: Final[tuple[PortfolioRule, ...]] = tuple(PORTFOLIO_REGISTERED.values())
"""Every rule about a vendor, a person or the portfolio."""

__all__ = [
    "CATALOGUE",
    "OVERSIGHT",
    "Finding",
    "Found",
    "Missing",
    "PortfolioRule",
    "Rule",
    "contact",
    "delivery",
    "habits",
    "money",
    "oversight",
    "partner",
    "plan",
    "portfolio",
    "promises",
    "quality",
    "value",
]
