"""Whom the warnings beyond one engagement concern, and in what order they are said."""

from datetime import date

from engagement.assessment import concerns
from engagement.assessment.results import PortfolioWarning
from engagement.assessment.values import Severity
from tests.builders import an_assessment


def a_warning(
    rule: str, subject: str, *engagements: str, severity: Severity = "warning", since: int = 1
) -> PortfolioWarning:
    return PortfolioWarning(rule, subject, severity, date(2026, 11, since), "", "", engagements)


NORTHWIND = a_warning(concerns.PROMISES, "Northwind", "crm", "dms")
CONTOSO = a_warning(concerns.PROMISES, "Contoso", "web", severity="critical", since=9)
FABRIKAM = a_warning(concerns.PROMISES, "Fabrikam", "web", severity="critical", since=2)
ANA = a_warning(concerns.OWNER, "ana@example.org", "crm", "web")
TWINS = a_warning(concerns.TWINS, "crm, web", "crm", "web")
PACK = a_warning(concerns.PACK, "portfolio")
ALL = (NORTHWIND, CONTOSO, FABRIKAM, ANA, TWINS, PACK)
CRM, WEB = an_assessment("crm"), an_assessment("web")


def test_the_critical_come_first_and_of_those_what_holds_longest() -> None:
    assert concerns.shown(ALL, [CRM, WEB]) == (FABRIKAM, CONTOSO, NORTHWIND, ANA, TWINS, PACK)


def test_of_a_part_of_the_engagements_only_what_is_about_them_is_said() -> None:
    assert concerns.shown(ALL, [CRM], is_part=True) == (NORTHWIND, ANA, TWINS)
    assert concerns.shown(ALL, [], is_part=True) == ()


def test_of_other_people_and_vendors_than_those_asked_for_nothing_is_said() -> None:
    assert concerns.shown(ALL, [CRM, WEB], person="bo@example.org", is_part=True) == (
        FABRIKAM,
        CONTOSO,
        NORTHWIND,
        TWINS,
    )
    assert concerns.shown(ALL, [CRM, WEB], vendor="Contoso", is_part=True) == (CONTOSO, ANA, TWINS)


def test_one_rule_does_not_hide_another() -> None:
    assert concerns.varied((FABRIKAM, CONTOSO, NORTHWIND, ANA, PACK)) == (FABRIKAM, ANA, PACK, CONTOSO, NORTHWIND)


def test_each_of_a_pair_finds_the_other() -> None:
    assert concerns.twins(ALL, "crm") == (("web", TWINS),)
    assert concerns.twins(ALL, "web") == (("crm", TWINS),)
    assert concerns.twins(ALL, "dms") == ()


def test_pairs_that_share_an_engagement_are_one_group() -> None:
    pairs = [
        a_warning(concerns.TWINS, "", *keys)
        for keys in (("a", "b"), ("x", "y"), ("c", "d"), ("b", "c"), ("a", "d"), ("y", "z"))
    ]
    one, other = concerns.groups(pairs)
    assert one == (pairs[0], pairs[2], pairs[3], pairs[4])
    assert other == (pairs[1], pairs[5])
    assert concerns.engagements_of(one) == ("a", "b", "c", "d")
    assert concerns.groups(()) == ()
    assert concerns.groups([TWINS, pairs[0]]) == ((TWINS,), (pairs[0],))
