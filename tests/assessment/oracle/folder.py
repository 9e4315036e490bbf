"""Reads an interchange folder into plain values, and takes out of them what was not known by a day."""

import csv
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True)
class Rebaseline:
    """A new agreed date."""

    set_on: date
    due_on: date
    reason: str
    approved_by: str


@dataclass(frozen=True)
class Report:
    """What was said of a milestone on a day: a share done, a date, or both."""

    reported_on: date
    share: Fraction | None
    forecast_on: date | None


@dataclass(frozen=True)
class Delivery:
    """A milestone handed over; the decision is empty until it is taken."""

    delivered_on: date
    decided_on: date | None
    outcome: str


@dataclass(frozen=True)
class Milestone:
    """One promised result, with everything that happened to it."""

    key: str
    criteria: str = ""
    weight: Fraction | None = None
    value: Fraction | None = None
    starts_on: date | None = None
    due_on: date | None = None
    cancelled_on: date | None = None
    rebaselines: tuple[Rebaseline, ...] = ()
    reports: tuple[Report, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True)
class Series:
    """A deliverable that comes again and again."""

    key: str
    every: str
    due_day: int
    value: Fraction | None
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class CheckIn:
    """One exchange with the vendor."""

    held_on: date
    channel: str
    side: str
    declared_status: str
    next_on: date | None


@dataclass(frozen=True)
class Action:
    """An action, an issue or a question."""

    kind: str
    side: str
    assignee: str
    raised_on: date
    due_on: date | None
    closed_on: date | None
    promised_on: date | None


@dataclass(frozen=True)
class Spend:
    """Money paid."""

    spent_on: date
    amount: Fraction
    deposit: bool


@dataclass(frozen=True)
class Response:
    """A warning taken in hand."""

    rule: str
    said_on: date
    until_on: date


@dataclass(frozen=True)
class LimitChange:
    """A threshold that was changed; the engagement is empty where it holds for all."""

    engagement: str
    limit: str
    value: Fraction
    set_on: date


@dataclass(frozen=True)
class Work:
    """One engagement with all its rows."""

    key: str
    columns: Row
    """The row of the engagement as it stands in the file."""
    starts_on: date
    ends_on: date | None
    recorded_on: date | None
    closed_on: date | None
    budget: Fraction | None
    own_cadence: int | None
    own_grace: int | None
    pauses: tuple[tuple[date, date], ...]
    series: tuple[Series, ...]
    milestones: tuple[Milestone, ...]
    check_ins: tuple[CheckIn, ...]
    actions: tuple[Action, ...]
    spend: tuple[Spend, ...]
    quality_targets: int
    """How many quality metrics with a target are recorded."""
    responses: tuple[Response, ...]
    limits: tuple[LimitChange, ...]
    alone: bool = True
    """At most one person is recorded."""

    @property
    def retainer(self) -> bool:
        """Work that does not end."""
        return self.columns.get("contract") == "retainer"


def day(text: str | None) -> date | None:
    """A date, or None where nothing is written."""
    return date.fromisoformat(text) if text else None


def sure_day(text: str | None) -> date:
    """A date that must be there."""
    return date.fromisoformat(text or "")


def number(text: str | None) -> Fraction | None:
    """An exact number, or None where nothing is written."""
    return Fraction(text) if text else None


def whole(text: str | None) -> int | None:
    """A whole number, or None where nothing is written."""
    return int(Fraction(text)) if text else None


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of one file as text, stripped; none where there is no such file."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{column: (value or "").strip() for column, value in row.items()} for row in csv.DictReader(file)]


def by_engagement(folder: Path, name: str) -> dict[str, list[Row]]:
    """The rows of one file by engagement, in file order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(folder, name):
        found[row["engagement"]].append(row)
    return found


def read_folder(folder: Path) -> list[Work]:
    """Every engagement of a folder, in the order of the keys."""
    names = [
        "pauses", "series", "milestones", "baselines", "progress_reports", "deliveries", "check_ins", "actions",
        "spend", "metrics", "responses",
    ]  # fmt: skip
    files = {name: by_engagement(folder, name) for name in names}
    limits = [
        LimitChange(row["engagement"], row["limit"], Fraction(row["value"]), sure_day(row["set_on"]))
        for row in rows(folder, "limits")
    ]
    limits.sort(key=lambda change: change.set_on)
    works = [
        work(row, {name: files[name].get(row["engagement"], []) for name in names}, limits)
        for row in rows(folder, "engagements")
    ]
    return sorted(works, key=lambda one: one.key)


def work(row: Row, parts: dict[str, list[Row]], limits: list[LimitChange]) -> Work:
    """One engagement from its row and the rows of the other files that name it."""
    key = row["engagement"]
    pauses = [(sure_day(part["paused_from"]), sure_day(part["paused_until"])) for part in parts["pauses"]]
    if row.get("paused_from"):
        pauses.append((sure_day(row["paused_from"]), sure_day(row["paused_until"])))
    return Work(
        key=key,
        columns=row,
        starts_on=sure_day(row["starts_on"]),
        ends_on=day(row.get("ends_on")),
        recorded_on=day(row.get("recorded_on")),
        closed_on=day(row.get("closed_on")),
        budget=number(row.get("budget")),
        own_cadence=whole(row.get("cadence_days")),
        own_grace=whole(row.get("grace_days")),
        pauses=tuple(sorted(pauses)),
        series=tuple(series(part) for part in parts["series"]),
        milestones=tuple(milestone(part, parts) for part in parts["milestones"]),
        check_ins=check_ins(parts["check_ins"]),
        actions=tuple(action(part) for part in parts["actions"]),
        spend=tuple(
            Spend(sure_day(part["spent_on"]), Fraction(part["amount"]), part.get("deposit") == "yes")
            for part in parts["spend"]
        ),
        quality_targets=sum(part.get("kind") == "quality" and bool(part.get("target")) for part in parts["metrics"]),
        responses=tuple(
            Response(part["rule"], sure_day(part["said_on"]), sure_day(part["until_on"])) for part in parts["responses"]
        ),
        limits=tuple(change for change in limits if change.engagement in {"", key}),
    )


def series(row: Row) -> Series:
    """One series of a retainer."""
    return Series(
        row["series"],
        row["every"],
        int(row["due_day"]),
        number(row.get("value")),
        day(row.get("from_on")),
        day(row.get("until_on")),
    )


def milestone(row: Row, parts: dict[str, list[Row]]) -> Milestone:
    """One milestone; rows of the same day stay in file order, because sorting keeps it."""
    key = row["milestone"]
    rebaselines = [
        Rebaseline(
            sure_day(part["set_on"]), sure_day(part["due_on"]), part.get("reason", ""), part.get("approved_by", "")
        )
        for part in parts["baselines"]
        if part["milestone"] == key
    ]
    reports = [
        Report(sure_day(part["reported_on"]), percent(part.get("percent_complete")), day(part.get("forecast_on")))
        for part in parts["progress_reports"]
        if part["milestone"] == key
    ]
    deliveries = [
        Delivery(sure_day(part["delivered_on"]), day(part.get("decided_on")), part.get("outcome", ""))
        for part in parts["deliveries"]
        if part["milestone"] == key
    ]
    return Milestone(
        key=key,
        criteria=row.get("acceptance_criteria", ""),
        weight=number(row.get("weight")),
        value=number(row.get("value")),
        starts_on=day(row.get("starts_on")),
        due_on=day(row.get("due_on")),
        cancelled_on=day(row.get("cancelled_on")),
        rebaselines=tuple(sorted(rebaselines, key=lambda one: one.set_on)),
        reports=tuple(sorted(reports, key=lambda one: one.reported_on)),
        deliveries=tuple(sorted(deliveries, key=lambda one: one.delivered_on)),
    )


def percent(text: str | None) -> Fraction | None:
    """0 to 100 as typed, as a share."""
    typed = number(text)
    return None if typed is None else typed / 100


def check_ins(parts: list[Row]) -> tuple[CheckIn, ...]:
    """By day; of the same day in file order."""
    found = [
        CheckIn(
            sure_day(part["held_on"]),
            part.get("channel", ""),
            part.get("side", ""),
            part.get("declared_status", ""),
            day(part.get("next_on")),
        )
        for part in parts
    ]
    return tuple(sorted(found, key=lambda one: one.held_on))


def action(row: Row) -> Action:
    """An action, issue or question."""
    due_on = day(row.get("due_on"))
    return Action(
        row.get("kind", ""),
        row.get("side", ""),
        row.get("assignee", ""),
        sure_day(row["raised_on"]),
        due_on,
        day(row.get("closed_on")),
        day(row.get("promised_on")) or due_on,
    )


def by_then(happened_on: date | None, as_of: date) -> date | None:
    """The day, unless it still lies ahead."""
    return happened_on if happened_on is not None and happened_on <= as_of else None


def known_by(everything: Work, as_of: date) -> Work:
    """The engagement as it was known by the end of a day: every row dated later is gone."""
    return replace(
        everything,
        closed_on=by_then(everything.closed_on, as_of),
        milestones=tuple(milestone_by(one, as_of) for one in everything.milestones),
        check_ins=tuple(one for one in everything.check_ins if one.held_on <= as_of),
        actions=tuple(
            replace(one, closed_on=by_then(one.closed_on, as_of))
            for one in everything.actions
            if one.raised_on <= as_of
        ),
        spend=tuple(one for one in everything.spend if one.spent_on <= as_of),
        responses=tuple(one for one in everything.responses if one.said_on <= as_of),
        limits=tuple(one for one in everything.limits if one.set_on <= as_of),
    )


def milestone_by(one: Milestone, as_of: date) -> Milestone:
    """A milestone as it was known by the end of a day."""
    deliveries = (
        delivery if by_then(delivery.decided_on, as_of) else replace(delivery, decided_on=None, outcome="")
        for delivery in one.deliveries
        if delivery.delivered_on <= as_of
    )
    return replace(
        one,
        cancelled_on=by_then(one.cancelled_on, as_of),
        rebaselines=tuple(row for row in one.rebaselines if row.set_on <= as_of),
        reports=tuple(row for row in one.reports if row.reported_on <= as_of),
        deliveries=tuple(deliveries),
    )
