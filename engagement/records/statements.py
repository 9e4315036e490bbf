"""The statements that histories are read with: a fixed number of them, whatever the number of engagements.

They are written out because they have to be driven from the engagement or milestone, one seek of an index each, so that
their cost does not grow with the length of the logs (`_sought`). Conditions of partial indexes are repeated word for
word. Each comes twice: for the whole portfolio, and for the
engagements ``:ids``. ``:as_of`` is the day; ``:edge`` the day from whose end on a log is complete: ``:read_from``, or
as long before the day an engagement was closed, because its figures are of that day.
"""

# ruff: noqa: S608 - every part of a statement is written in this module

import re
from functools import cache
from typing import Final, Literal

from sqlalchemy import Date, TextClause, bindparam, text

from engagement.records.schema import CONTACT, CURRENT, DECLARED, GIVEN, LIVE, LOGGED, TAKEN

READ_DAYS: Final = 63
"""How far back short logs are complete: nine weeks."""
_EDGE: Final = {
    "sqlite": f"min(:read_from, coalesce(date(e.closed_on, '-{READ_DAYS} days'), :read_from))",
    "postgresql": f"least(:read_from, e.closed_on - {READ_DAYS})",
}
"""The earlier of the two, by dialect. An engagement that will be closed later has no earlier one than the others."""

PROMISED_DAYS: Final = 91
"""How far back the vendor's promises are read one by one, also those that short logs only count."""
_BEFORE: Final = {
    "sqlite": f"date(:as_of, '-{PROMISED_DAYS} days')",
    "postgresql": f"(CAST(:as_of AS date) - {PROMISED_DAYS})",
}

_SOUGHT: Final = re.compile(r"\[(\w+) (\w): (.+?)\]")
_SEEK: Final = {
    "sqlite": r"CROSS JOIN \1 \2 ON \3",
    "postgresql": r"CROSS JOIN LATERAL (SELECT * FROM \1 \2 WHERE \3 OFFSET 0) \2",
}
"""Rows of a log for each row of what stands before. SQLite keeps the order of a ``CROSS JOIN``; PostgreSQL would read
the whole log and hash it, but looks up each time what has an ``OFFSET``."""

Name = Literal[
    "engagements", "terms", "pauses", "series", "milestones", "baselines", "last_reports", "reports", "deliveries",
    "last_check_ins", "check_ins", "all_check_ins", "notes", "all_actions", "actions", "settled", "lately", "spent",
    "spend", "metrics", "readings", "responses", "limits", "plan_changes", "confirmations", "accesses",
    "retrospectives", "vendors", "accepted",
]  # fmt: skip


def _sought(table: str, alias: str, condition: str) -> str:
    """The rows of a log to which a condition applies, sought through its index for each engagement or milestone."""
    return f"[{table} {alias}: {condition}]"


def _last_check_in(condition: str, offset: int = 0, by: str = ":edge") -> str:
    return (
        f"(SELECT x.id FROM check_in x WHERE x.engagement_id = e.id AND x.held_on <= {by} AND "
        f"{_of('x', condition)} ORDER BY x.held_on DESC, x.place DESC LIMIT 1 OFFSET {offset})"
    )


def _first_unread(condition: str, held_on: str) -> str:
    """Of check-ins that were logged here, the first of those whose reading meets a condition."""
    return (
        "SELECT * FROM (SELECT x.id, x.held_on, x.place FROM check_in x WHERE x.engagement_id = e.id AND "
        f"{_of('x', LOGGED)} AND x.acknowledged_on {condition} AND {held_on} <= :edge "
        f"ORDER BY {held_on}, x.place LIMIT 1) AS one"
    )


def _last_report(column: str) -> str:
    return (
        "(SELECT x.id FROM progress_report x WHERE x.milestone_id = m.id AND x.reported_on <= :edge AND "
        f"x.{column} IS NOT NULL ORDER BY x.reported_on DESC, x.place DESC LIMIT 1)"
    )


def _last_payment(deposit: str) -> str:
    return (
        f"(SELECT x.id FROM spend x WHERE x.engagement_id = e.id AND x.deposit = {deposit} AND x.spent_on <= :edge "
        "ORDER BY x.spent_on DESC, x.id DESC LIMIT 1)"
    )


def _of(alias: str, condition: str) -> str:
    """A condition of a partial index, on an alias."""
    return " AND ".join(f"{alias}.{part}" for part in condition.split(" AND "))


_UNREAD: Final = (
    f"{_first_unread('IS NULL', 'x.held_on')} UNION ALL {_first_unread('> :as_of', 'coalesce(x.held_on, x.held_on)')}"
)
"""Not yet read, or read after the day."""
_LAST_CHECK_INS: Final = ", ".join(
    [
        *(_last_check_in(CURRENT, offset) for offset in range(3)),
        *map(_last_check_in, (CONTACT, LIVE, DECLARED, GIVEN, TAKEN)),
        f"(SELECT u.id FROM ({_UNREAD}) AS u ORDER BY u.held_on, u.place LIMIT 1)",
    ]
)
_LATEST: Final = ", ".join(_last_check_in(CURRENT, offset, ":as_of") for offset in range(3))
_LAST_REPORTS: Final = ", ".join(map(_last_report, ("share", "forecast_on")))
_CHECK_INS: Final = (
    "SELECT c.engagement_id, c.held_on, c.place, c.channel, c.side, c.by, c.declared_status, "
    "c.feedback_given IS NOT NULL, c.feedback_received IS NOT NULL, c.next_on, c.recorded_on, c.acknowledged_on, "
    "c.imported, "
)
_RECENT: Final = _sought(
    "check_in", "c", f"c.engagement_id = e.id AND c.{CURRENT} AND c.held_on > :edge AND c.held_on <= :as_of"
)
_REPORTS: Final = (
    "SELECT p.milestone_id, p.reported_on, p.place, p.share, p.forecast_on, p.side, p.by "
    "FROM milestone m CROSS JOIN engagement e "
)
_ACTIONS: Final = (
    "SELECT a.engagement_id, a.id, a.kind, a.title, a.raised_on, a.side, a.assignee, a.due_on, a.closed_on, "
    "a.promised_on FROM engagement e "
)
_RAISED: Final = "a.engagement_id = e.id AND a.raised_on <= :as_of"
_EARLY: Final = (
    "(SELECT count(*) FROM action y WHERE y.engagement_id = e.id AND y.settled_on IS NOT NULL "
    "AND coalesce(y.settled_on, y.promised_on) <= :edge "
    "AND y.promised_on > CASE WHEN e.closed_on <= :as_of THEN e.closed_on ELSE :as_of END)"
)
"""Promises that were kept before they were due, which is still to come: they do not count yet.

Two days of a row bound it. The ``coalesce``, here and below, keeps a planner from seeking by the one that bounds least.
"""
_LAST_SETTLED: Final = (
    "(SELECT x.id FROM action x WHERE x.engagement_id = e.id AND x.settled_on IS NOT NULL AND x.settled_on <= :edge "
    "ORDER BY x.settled_on DESC, x.id DESC LIMIT 1)"
)
_LATELY: Final = (
    "a.engagement_id = e.id AND a.promised_on > :lately AND a.promised_on <= :as_of AND a.settled_on IS NOT NULL "
    "AND a.settled_on <= :edge"
)
_LAST_PAYMENTS: Final = ", ".join(map(_last_payment, ("false", "true")))

_SQL: Final[dict[Name, str]] = {
    "engagements": "SELECT e.id, e.key, e.closed_on FROM engagement e WHERE 1 = 1{e.id}",
    "terms": (
        "SELECT t.engagement_id, t.from_on, t.name, v.name, t.starts_on, t.currency, t.category, t.goal, t.scope, "
        "t.owner, t.lead, t.deputy, t.tier, t.contract, t.budget, t.rate, t.in_house_cost, "
        "t.committed_hours_per_week, t.country, t.recorded_on, t.ends_on, t.cadence_days, t.grace_days, t.status "
        "FROM terms t JOIN vendor v ON v.id = t.vendor_id WHERE (t.from_on IS NULL OR t.from_on <= :as_of)"
        "{t.engagement_id} ORDER BY t.engagement_id, t.from_on NULLS FIRST"
    ),
    "pauses": (
        "SELECT p.engagement_id, p.from_on, p.until_on FROM pause p WHERE p.from_on <= :as_of{p.engagement_id} "
        "ORDER BY p.engagement_id, p.from_on, p.id"
    ),
    "series": (
        "SELECT s.engagement_id, s.key, s.name, s.every, s.due_day, s.value, s.from_on, s.until_on FROM series s "
        "WHERE 1 = 1{s.engagement_id} ORDER BY s.id"
    ),
    "milestones": (
        "SELECT m.engagement_id, m.id, m.key, m.name, m.series, m.priority, m.acceptance_criteria, m.weight, m.value, "
        "m.starts_on, m.due_on, m.cancelled_on, m.first_paid_on FROM milestone m WHERE 1 = 1{m.engagement_id} "
        "ORDER BY m.id"
    ),
    "baselines": (
        "SELECT b.milestone_id, b.set_on, b.due_on, b.reason, b.approved_by FROM milestone m CROSS JOIN baseline b "
        "WHERE b.milestone_id = m.id AND b.set_on <= :as_of{m.engagement_id} "
        "ORDER BY b.milestone_id, b.set_on, b.place"
    ),
    "last_reports": (
        f"{_REPORTS}{_sought('progress_report', 'p', f'p.id IN ({_LAST_REPORTS})')}"
        " WHERE e.id = m.engagement_id{m.engagement_id}"
    ),
    "reports": (
        _REPORTS
        + _sought("progress_report", "p", "p.milestone_id = m.id AND p.reported_on > :edge AND p.reported_on <= :as_of")
        + " WHERE e.id = m.engagement_id{m.engagement_id} ORDER BY m.id, p.reported_on, p.place"
    ),
    "deliveries": (
        "SELECT d.milestone_id, d.delivered_on, d.decided_on, d.outcome, d.reason "
        "FROM milestone m CROSS JOIN delivery d "
        f"WHERE d.milestone_id = m.id AND d.{CURRENT} AND d.delivered_on <= :as_of{{m.engagement_id}} "
        "ORDER BY m.id, d.delivered_on"
    ),
    "last_check_ins": (
        f"{_CHECK_INS}NULL FROM engagement e {_sought('check_in', 'c', f'c.id IN ({_LAST_CHECK_INS})')} "
        "WHERE 1 = 1{e.id}"
    ),
    "check_ins": (
        f"{_CHECK_INS}NULL FROM engagement e {_RECENT} WHERE 1 = 1{{e.id}} ORDER BY e.id, c.held_on, c.place"
    ),
    "all_check_ins": (
        f"{_CHECK_INS}c.notes FROM engagement e {_RECENT} WHERE 1 = 1{{e.id}} ORDER BY e.id, c.held_on, c.place"
    ),
    "notes": (
        f"SELECT c.engagement_id, c.held_on, c.place, c.notes FROM engagement e "
        f"{_sought('check_in', 'c', f'c.id IN ({_LATEST})')} WHERE 1 = 1{{e.id}}"
    ),
    "all_actions": f"{_ACTIONS}{_sought('action', 'a', _RAISED)} WHERE 1 = 1{{e.id}}",
    "actions": " UNION ALL ".join(
        f"{_ACTIONS}{_sought('action', 'a', f'{_RAISED} AND {condition}')} WHERE 1 = 1{{e.id}}"
        for condition in (
            "a.closed_on IS NULL",
            "a.closed_on > :edge",
            "a.settled_on IS NOT NULL AND a.settled_on > :edge AND coalesce(a.closed_on, a.settled_on) <= :edge",
        )
    ),
    "settled": (
        f"SELECT a.engagement_id, a.kept_so_far - {_EARLY}, a.due_so_far - {_EARLY} FROM engagement e "
        f"{_sought('action', 'a', f'a.id = {_LAST_SETTLED}')} WHERE 1 = 1{{e.id}}"
    ),
    "lately": (f"{_ACTIONS}{_sought('action', 'a', _LATELY)} WHERE 1 = 1{{e.id}}"),
    "spent": (
        "SELECT s.engagement_id, s.spent_on, s.deposit, s.total_so_far, s.hours_so_far FROM engagement e "
        f"{_sought('spend', 's', f's.id IN ({_LAST_PAYMENTS})')} WHERE 1 = 1{{e.id}}"
    ),
    "spend": (
        "SELECT s.engagement_id, s.spent_on, s.id, s.amount, s.hours, m.key, s.deposit FROM engagement e "
        + _sought("spend", "s", "s.engagement_id = e.id AND s.spent_on > :edge AND s.spent_on <= :as_of")
        + " LEFT JOIN milestone m ON m.id = s.milestone_id WHERE 1 = 1{e.id}"
    ),
    "metrics": (
        "SELECT m.engagement_id, m.id, m.key, m.kind, m.unit, m.direction, m.baseline, m.target, m.interval_days "
        "FROM metric m WHERE 1 = 1{m.engagement_id} ORDER BY m.id"
    ),
    "readings": (
        "SELECT r.metric_id, r.read_on, r.value FROM metric m CROSS JOIN reading r WHERE r.metric_id = m.id "
        "AND r.read_on <= :as_of{m.engagement_id} ORDER BY r.metric_id, r.read_on, r.place"
    ),
    "responses": (
        "SELECT r.engagement_id, r.rule, r.said_on, r.plan, r.assignee, r.until_on FROM response r "
        "WHERE r.said_on <= :as_of{r.engagement_id} ORDER BY r.engagement_id, r.said_on, r.place"
    ),
    "limits": (
        'SELECT l.engagement_id, l.name, l.value, l.set_on, l.by, l.reason FROM "limit" l '
        "WHERE l.engagement_id IS NOT NULL AND l.set_on <= :as_of{l.engagement_id} "
        "ORDER BY l.engagement_id, l.set_on, l.place"
    ),
    "plan_changes": (
        "SELECT p.engagement_id, p.changed_on, p.milestone, p.what FROM plan_change p "
        "WHERE p.changed_on <= :as_of{p.engagement_id} ORDER BY p.engagement_id, p.changed_on, p.id"
    ),
    "confirmations": (
        "SELECT c.engagement_id, c.confirmed_on, c.plan_version, c.confirmed_by FROM confirmation c "
        "WHERE c.confirmed_on <= :as_of{c.engagement_id} ORDER BY c.engagement_id, c.confirmed_on, c.id"
    ),
    "accesses": (
        "SELECT a.engagement_id, a.what, a.given_on, a.revoked_on FROM access a "
        "WHERE a.given_on <= :as_of{a.engagement_id} ORDER BY a.engagement_id, a.given_on, a.id"
    ),
    "retrospectives": (
        "SELECT r.engagement_id, r.written_on FROM retrospective r "
        "WHERE r.written_on <= :as_of{r.engagement_id} ORDER BY r.engagement_id, r.written_on, r.id"
    ),
    "vendors": (
        "SELECT v.name, v.interviewed_on, v.references_checked, v.contract_signed_on, v.chosen_because FROM vendor v "
        "WHERE v.id IN (SELECT t.vendor_id FROM terms t WHERE (t.from_on IS NULL OR t.from_on <= :as_of)"
        "{t.engagement_id})"
    ),
    "accepted": (
        f"SELECT m.engagement_id, m.id, d.delivered_on, d.decided_on FROM milestone m CROSS JOIN delivery d "
        f"WHERE d.milestone_id = m.id AND d.{CURRENT} AND d.outcome = 'accepted' AND d.delivered_on <= :as_of "
        "AND m.engagement_id IN (SELECT p.engagement_id FROM terms p WHERE p.vendor_id IN (SELECT t.vendor_id "
        "FROM terms t WHERE (t.from_on IS NULL OR t.from_on <= :as_of){t.engagement_id}))"
    ),
}

_NARROWED: Final = re.compile(r"\{([a-z.]+_?[a-z]+)\}")
"""Where the engagements that are named come in: ``{column of the engagement}``."""


@cache
def statement(name: Name, dialect: str, *, named: bool) -> TextClause:
    """A statement, for the whole portfolio or for the engagements that are named."""
    sql = _SOUGHT.sub(_SEEK[dialect], _SQL[name]).replace(":edge", _EDGE[dialect]).replace(":lately", _BEFORE[dialect])
    sql = _NARROWED.sub(r" AND \1 IN :ids" if named else "", sql)
    days = [bindparam(day, type_=Date()) for day in ("as_of", "read_from") if f":{day}" in sql]
    return text(sql).bindparams(*days, *([bindparam("ids", expanding=True)] if named else []))


def parameters(name: Name) -> frozenset[str]:
    """The days that a statement asks for."""
    sql = _SQL[name].replace(":edge", ":read_from").replace(":lately", ":as_of")
    return frozenset(day for day in ("as_of", "read_from") if f":{day}" in sql)
