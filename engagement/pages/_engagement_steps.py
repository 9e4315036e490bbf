"""Which form records the next step of a rule, so that a warning leads to where it is mended."""

from collections.abc import Iterable, Mapping
from typing import Final

from engagement.assessment.results import Assessment
from engagement.assessment.rules import Missing, contact, money, quality, value
from engagement.assessment.rules.plan import CLEAR_PLAN, SOMEBODY
from engagement.pages._engagement_actions import CHANGE
from engagement.pages._engagement_agreed import BRIEF, CONSENT, MONEY, TERMS, VETTING
from engagement.pages._engagement_decide import DECIDE
from engagement.pages._engagement_form import Form, button
from engagement.pages._engagement_log import ANSWER, LAST_TALK, UNREAD
from engagement.pages._engagement_measured import METRIC, READING
from engagement.pages._engagement_milestones import ADD, CRITERIA, DATE, SERIES
from engagement.pages._engagement_over import RETROSPECTIVE, REVOKE

FORMS: Final[Mapping[str, tuple[Form, ...]]] = {
    "expectations-not-agreed": (CONSENT,),
    "unvetted-vendor": (VETTING,),
    "access-not-revoked": (REVOKE,),
    "no-retrospective": (RETROSPECTIVE,),
    "no-budget": (MONEY,),
    "budget": (MONEY,),
    "under-used": (MONEY,),
    "unread-check-in": (UNREAD,),
    "awaiting-us": (DECIDE, ANSWER),
    "actions-overdue": (CHANGE,),
    "quality-missed": (READING,),
    "benefit-unseen": (READING,),
    "overdue": (DATE,),
    "deadline-near": (DATE,),
    "slipping": (DATE,),
    "squeezed": (DATE,),
    "moved-baseline": (DATE,),
    "no-timetable": (ADD,),
    f"{CLEAR_PLAN}: goal": (BRIEF,),
    f"{CLEAR_PLAN}: scope": (BRIEF,),
    f"{CLEAR_PLAN}: owner and lead": (BRIEF,),
    f"{CLEAR_PLAN}: {SOMEBODY}": (BRIEF,),
    f"{CLEAR_PLAN}: end date": (TERMS,),
    f"{CLEAR_PLAN}: series": (SERIES,),
    f"{CLEAR_PLAN}: acceptance criteria": (CRITERIA,),
    f"{CLEAR_PLAN}: quality metric": (METRIC,),
}
"""By rule, or by item of the set-up."""
LACKING: Final[Mapping[Missing, tuple[Form, str]]] = {
    contact.NEVER_SAID: (LAST_TALK, ""),
    money.NO_BUDGET: (MONEY, ""),
    money.EMPTY_BUDGET: (MONEY, ""),
    money.NO_RATE: (MONEY, ""),
    value.NO_IN_HOUSE_COST: (MONEY, ""),
    quality.NO_METRIC: (METRIC, "quality"),
    value.NO_METRIC: (METRIC, "benefit"),
}
"""By what is missing for a rule: the form that records it, and what it is opened about."""


def lacks(assessment: Assessment, missing: str, place: str) -> None:
    """The button that records what a rule lacks, where a form of this page does."""
    form, about = LACKING.get(Missing(missing), (None, ""))
    if form is not None:
        button(form, assessment, place, about)


def step(assessment: Assessment, rule: str, place: str | None = None) -> None:
    """The button of a rule that fires, or of an item of the set-up, where a form of this page records what it asks.

    ``place`` tells it apart where a page shows the rule more than once.
    """
    for form in FORMS.get(rule, ()):
        if _fits(form, assessment):
            button(form, assessment, place or f"step_{rule}")


def _fits(form: Form, assessment: Assessment) -> bool:
    """Whether a form is for this kind of contract: what comes again has a series, everything else an end."""
    wanted = {SERIES: True, ADD: False, TERMS: False}.get(form)
    return wanted is None or wanted == (assessment.contract == "retainer")


def first(missing: Iterable[str]) -> str | None:
    """The first item of the set-up that a form of this page records."""
    return next((item for item in missing if item in FORMS), None)
