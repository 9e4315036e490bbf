"""Reads an interchange folder."""

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from tests.assessment.oracle.history import (
    Access,
    Action,
    Change,
    CheckIn,
    Confirmation,
    Delivery,
    LimitChange,
    Metric,
    Milestone,
    Rebaseline,
    Report,
    Response,
    Row,
    Series,
    Spend,
    Vendor,
    Work,
    columns_by,
    day,
    number,
    sure_day,
    whole,
)


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
        "spend", "metrics", "readings", "plan_changes", "confirmations", "accesses", "retrospectives",
        "responses", "changes",
    ]  # fmt: skip
    files = {name: by_engagement(folder, name) for name in names}
    limits = read_limits(folder)
    works = [
        work(row, {name: files[name].get(row["engagement"], []) for name in names}, limits)
        for row in rows(folder, "engagements")
    ]
    known = vendors(folder, works)
    return sorted((replace(one, vendors=known) for one in works), key=lambda one: one.key)


def read_limits(folder: Path) -> list[LimitChange]:
    """The changed thresholds by day; of the same day in file order."""
    found = [
        LimitChange(row["engagement"], row["limit"], Fraction(row["value"]), sure_day(row["set_on"]))
        for row in rows(folder, "limits")
    ]
    return sorted(found, key=lambda change: change.set_on)


def vendors(folder: Path, works: list[Work]) -> dict[str, Vendor]:
    """What is known of each vendor: its row, and when milestones it worked on that day were first accepted."""
    accepted: dict[str, list[date]] = defaultdict(list)
    for one in works:
        for row in one.milestones:
            on = first_accepted_on(row)
            if on is not None:
                accepted[columns_by(one, on)["vendor"]].append(on)
    known = {row["vendor"]: vendor(row) for row in rows(folder, "vendors")}
    return {
        name: replace(known.get(name, Vendor()), accepted=tuple(accepted.get(name, ())))
        for name in known.keys() | accepted.keys()
    }


def vendor(row: Row) -> Vendor:
    """What a row says of a vendor."""
    return Vendor(
        day(row.get("interviewed_on")),
        whole(row.get("references_checked")),
        day(row.get("contract_signed_on")),
        row.get("chosen_because", ""),
    )


def first_accepted_on(one: Milestone) -> date | None:
    """The day of the first decision to accept a milestone."""
    return min(
        (
            max(row.delivered_on, row.decided_on)
            for row in one.deliveries
            if row.decided_on is not None and row.outcome == "accepted"
        ),
        default=None,
    )


def work(row: Row, parts: dict[str, list[Row]], limits: list[LimitChange]) -> Work:
    """One engagement from its row and the rows of the other files that name it."""
    key = row["engagement"]
    pauses = [(sure_day(part["paused_from"]), sure_day(part["paused_until"])) for part in parts["pauses"]]
    if row.get("paused_from"):
        pauses.append((sure_day(row["paused_from"]), sure_day(row["paused_until"])))
    return Work(
        key=key,
        columns=row,
        closed_on=day(row.get("closed_on")),
        pauses=tuple(sorted(pauses)),
        series=tuple(series(part) for part in parts["series"]),
        milestones=tuple(milestone(part, parts) for part in parts["milestones"]),
        check_ins=check_ins(parts["check_ins"]),
        actions=tuple(action(part) for part in parts["actions"]),
        spend=tuple(spend(part) for part in parts["spend"]),
        metrics=tuple(metric(part, parts["readings"]) for part in parts["metrics"]),
        plan_changed_on=tuple(sure_day(part["changed_on"]) for part in parts["plan_changes"]),
        confirmations=tuple(
            Confirmation(int(part["plan_version"]), sure_day(part["confirmed_on"])) for part in parts["confirmations"]
        ),
        accesses=tuple(Access(sure_day(part["given_on"]), day(part.get("revoked_on"))) for part in parts["accesses"]),
        retrospectives=tuple(sure_day(part["written_on"]) for part in parts["retrospectives"]),
        responses=tuple(
            Response(part["rule"], sure_day(part["said_on"]), sure_day(part["until_on"])) for part in parts["responses"]
        ),
        limits=tuple(change for change in limits if change.engagement in {"", key}),
        changes=tuple(Change(part["column"], day(part.get("set_on")), part["value"]) for part in parts["changes"]),
    )


def spend(row: Row) -> Spend:
    """One payment."""
    return Spend(
        sure_day(row["spent_on"]),
        Fraction(row["amount"]),
        row.get("deposit") == "yes",
        number(row.get("hours")),
        row.get("milestone", ""),
    )


def metric(row: Row, readings: list[Row]) -> Metric:
    """One metric; its readings by day, of the same day in file order."""
    taken = [
        (sure_day(part["read_on"]), Fraction(part["value"])) for part in readings if part["metric"] == row["metric"]
    ]
    return Metric(
        row["kind"],
        row.get("direction", ""),
        number(row.get("baseline")),
        number(row.get("target")),
        whole(row.get("interval_days")),
        tuple(sorted(taken, key=lambda pair: pair[0])),
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
        Report(
            sure_day(part["reported_on"]),
            percent(part.get("percent_complete")),
            day(part.get("forecast_on")),
            part.get("side", ""),
        )
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
            part.get("notes", ""),
            bool(part.get("feedback_given")),
            bool(part.get("feedback_received")),
            day(part.get("recorded_on")),
            day(part.get("acknowledged_on")),
            part.get("imported") != "no",
        )
        for part in parts
    ]
    return tuple(sorted(found, key=lambda one: one.held_on))


def action(row: Row) -> Action:
    """An action, issue or question."""
    due_on = day(row.get("due_on"))
    return Action(
        row.get("kind") or "action",
        row.get("side", ""),
        row.get("assignee", ""),
        sure_day(row["raised_on"]),
        due_on,
        day(row.get("closed_on")),
        day(row.get("promised_on")) or due_on,
    )
