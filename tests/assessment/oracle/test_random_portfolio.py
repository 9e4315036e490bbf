"""The random portfolios leave no corner out: every rule fires in them, at each severity it has, and is silent too."""

from collections import defaultdict
from pathlib import Path

from tests.assessment.oracle.answer import Oracle
from tests.assessment.oracle.folder import read_folder
from tests.assessment.oracle.oversight import OVERSIGHT, Oversight
from tests.assessment.oracle.random_portfolio import write_random_folder
from tests.assessment.oracle.random_together import write_random_together
from tests.assessment.oracle.rules import RULES
from tests.assessment.oracle.together import read_together

CAN_BE_CRITICAL = {
    "silent", "not-kicked-off", "vendor-silent", "overdue", "slipping", "deadline-near", "behind-plan", "flatline",
    "quality-missed", "awaiting-us", "serial-slip", "moved-baseline", "actions-overdue", "budget", "spend-ahead",
}  # fmt: skip
CAN_BE_UNKNOWN = {
    "silent", "not-kicked-off", "no-next-meeting", "unread-check-in", "no-live-contact", "too-much-too-soon",
    "overdue", "slipping", "deadline-near", "behind-plan", "flatline", "quality-missed", "over-claimed", "budget",
    "spend-ahead", "rate-drift", "no-return", "benefit-unseen",
}  # fmt: skip


def test_every_rule_says_in_them_all_it_can_say(tmp_path: Path) -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for seed in range(40):
        days = write_random_folder(tmp_path / str(seed), seed)
        for work in read_folder(tmp_path / str(seed)):
            oracle = Oracle(work, alone=seed % 2 == 0, rules=RULES.keys())
            for rule in RULES:
                said[rule] |= {oracle.verdict(rule, as_of).value for as_of in days}
    assert said == {
        rule: {"never", "warning"}
        | ({"critical"} if rule in CAN_BE_CRITICAL else set())
        | ({"unknown"} if rule in CAN_BE_UNKNOWN else set())
        for rule in RULES
    }


def test_every_rule_beyond_one_engagement_fires_in_some_of_them_and_not_in_others(tmp_path: Path) -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for seed in range(15):
        days = write_random_together(tmp_path / str(seed), seed)
        oversight = Oversight(read_together(tmp_path / str(seed)))
        for rule in OVERSIGHT:
            for as_of in days:
                found = {verdict.value for verdict in oversight.said(rule, as_of).values()}
                said[rule] |= found or {"never"}
    assert said.pop("promises-broken") == {"never", "warning", "critical"}
    assert said == {rule: {"never", "warning"} for rule in said}
