"""The lower half of an engagement's page: its records by kind, each with its chart first.

It is a fragment: another tab, or a control in one, does not run the page again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.finish import results_expected
from engagement.assessment.in_hand import Held, held
from engagement.assessment.progress import pace as pace_of
from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.slippage import trend as trend_of
from engagement.assessment.terms import terms_on
from engagement.assessment.values import Action, History, Milestone, ProgressReport, Spend
from engagement.assessment.wording import count, day, measured, money, share, signed_days
from engagement.assessment.workdays import days_overdue
from engagement.charts.pace import pace
from engagement.charts.plan import plan
from engagement.charts.trend import trend
from engagement.pages import (
    _acts,
    _engagement_agreed,
    _engagement_form,
    _engagement_log,
    _engagement_measured,
    _engagement_over,
    _engagement_plan,
    _engagement_whatif,
    _report,
    chart,
    identity,
    shell,
)
from engagement.pages._engagement_actions import CHANGE
from engagement.pages._engagement_paid import PAYMENT
from engagement.pages.text import literal
from engagement.records import actions
from engagement.records.milestones import told_to

MOST_ON_A_PHONE: Final = 6
"""Delivered milestones that stand open on a phone; more are folded."""
TABS: Final = ("Plan", "Trend", "Pace", "Money", "Measures", "Log", "Actions", "Vendor")


def tabs(assessment: Assessment) -> None:
    """Everything that is recorded, by kind; only the tab that is open is read and drawn."""
    _engagement_form.seen()
    _tabs(assessment)


@st.fragment
def _tabs(assessment: Assessment) -> None:
    identity.catch_up()
    _engagement_form.catch_up()
    parts = (
        _plan,
        _trend,
        _pace,
        _money,
        _engagement_measured.tab,
        _engagement_log.tab,
        _actions,
        _engagement_over.tab,
    )
    for tab, part in zip(st.tabs(list(TABS), key="tab", on_change="rerun"), parts, strict=True):
        if tab.open:
            with tab:
                part(assessment)


def _plan(assessment: Assessment) -> None:
    known = _history(assessment)
    if not assessment.milestones:
        st.caption("No milestone is recorded. Add one with a due date, and the plan, the forecast and the pace follow.")
        _engagement_plan.lines(assessment, known, {})
        return
    _engagement_agreed.consent_line(assessment, known)
    chart.show(plan(assessment, shell.as_of(), dark=shell.dark(), narrow=shell.narrow()), "engagement_plan")
    _engagement_whatif.section(assessment, known)
    _report.decisions(assessment)
    refusals = {each.key: _rejected(each) for each in known.milestones}
    _engagement_plan.lines(assessment, known, refusals)
    delivered = [milestone for milestone in assessment.milestones if milestone.delivered_on is not None]
    if shell.narrow():
        _delivered_on_a_phone(delivered)
    else:
        if assessment.contract == "retainer":
            delivered.reverse()
        _table([_milestone_row(milestone) for milestone in delivered], "Delivered milestones with their dates")


def _trend(assessment: Assessment) -> None:
    trends = trend_of(_history(assessment), shell.as_of())
    chart.show(
        trend(
            trends,
            shell.as_of(),
            dark=shell.dark(),
            narrow=shell.narrow(),
            closed_on=assessment.closed_on,
            likely=results_expected(assessment, shell.as_of()),
        ),
        "engagement_trend",
    )
    rows = [
        {
            "Milestone": literal(each.name),
            "Said on": day(said_on, shell.as_of()),
            "Will be done by": day(forecast_on, shell.as_of()),
            "As": {"first": "first promise", "baseline": "agreed anew"}.get(kind, kind),
        }
        for each in trends
        for said_on, forecast_on, kind in each.words
    ]
    _table(rows, "Every date that was given, by milestone")


def _pace(assessment: Assessment) -> None:
    known = _history(assessment)
    shown = pace_of(known, shell.as_of())
    more = st.toggle("With what is claimed and what is accepted", key="pace_more") if shown.days else False
    chart.show(
        pace(shown, assessment, shell.as_of(), dark=shell.dark(), narrow=shell.narrow(), more=more),
        "engagement_pace",
    )
    reports = [(report, milestone) for milestone in known.milestones for report in milestone.reports]
    reports.sort(key=lambda each: each[0].reported_on, reverse=True)
    with shell.database().reading() as connection:
        told = told_to(connection, assessment.engagement)
    rows = [
        {
            "Reported on": day(report.reported_on, shell.as_of()),
            "Milestone": literal(milestone.name),
            "Done": "not said" if report.share is None else share(report.share),
            "By": "not said" if report.forecast_on is None else day(report.forecast_on, shell.as_of()),
            "Who": literal(_who_said(report, told.get((milestone.key, *report[:3])))),
        }
        for report, milestone in reports
    ]
    _table(rows, "Progress reports")


def _who_said(report: ProgressReport, told: str | None) -> str:
    """Whose word a report is: "Bo Lindqvist", "the vendor", "the vendor, told to Bo Lindqvist"."""
    if report.by is not None or report.side != "vendor":
        return shell.person(report.by) or {"us": "us"}.get(report.side or "", "")
    return "the vendor" + (f", told to {shell.person(told)}" if told else "")


def _money(assessment: Assessment) -> None:
    known, cost = _history(assessment), assessment.cost
    spend = known.spend
    _engagement_agreed.money_line(assessment, known)
    if cost.budget and cost.spent is not None and assessment.contract != "retainer":
        part = float(cost.spent / cost.budget)
        st.progress(min(part, 1.0), f"{share(part)} of {literal(money(cost.budget, assessment.currency))} spent")
        if assessment.progress.known and assessment.progress.earned is not None:
            st.progress(assessment.progress.earned, f"{share(assessment.progress.earned)} of the work done")
    elif cost.budget is None:
        st.caption("No budget recorded. Add one, and spend is set against it.")
    elif not cost.budget:
        st.caption("The budget is 0: nothing can be set against it.")
    if not spend:
        st.caption("No spend recorded.")
    _engagement_form.button(PAYMENT, assessment, "money")
    titles = {milestone.milestone: milestone.name for milestone in assessment.milestones}
    _table([_spend_row(each, assessment, titles) for each in reversed(spend)], "Spend")


def _spend_row(each: Spend, assessment: Assessment, titles: Mapping[str, str]) -> dict[str, str]:
    what = titles.get(each.milestone or "", each.milestone)
    return {
        "Spent on": day(each.spent_on, shell.as_of()),
        "Amount": literal(money(each.amount, assessment.currency, exact=True)),
        "Hours": "" if each.hours is None else measured(float(each.hours)),
        "For": " ".join(filter(None, (literal(what), "deposit" if each.deposit else ""))),
    }


def _actions(assessment: Assessment) -> None:
    with shell.database().reading() as connection:
        opened = actions.open_actions(connection, [assessment.engagement], shell.as_of())
    answers = held(assessment)
    for answer in answers:
        _in_hand(assessment, answer)
    if not opened and not answers:
        st.caption("Nothing is open: no action, no issue, no question.")
    known = _history(assessment)
    country = terms_on(known, shell.as_of()).country
    for action in opened:
        overdue = days_overdue(action.due_on, action.side, country, shell.as_of())
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(action.title)}** :gray[{literal(_action_line(action, overdue))}]")
            if shell.is_today():
                st.button(
                    "Answered" if action.kind == "question" else "Close",
                    key=f"close_{action.id}",
                    on_click=_close,
                    args=(action,),
                )
            _engagement_form.button(CHANGE, assessment, str(action.id), about=str(action.id), label="Change")
    closed = [action for action in known.actions if action.closed_on is not None]
    if closed:
        with st.expander(f"{count(len(closed), 'closed one')}"):
            for done in reversed(closed):
                st.markdown(f"{literal(done.title)} :gray[{literal(_action_line(done))}]")


def _in_hand(assessment: Assessment, answer: Held) -> None:
    """What somebody does about a warning, and the way to say that it is over."""
    until = f"in hand until {day(answer.until_on, shell.as_of())}"
    said = ", ".join(filter(None, (shell.person(answer.assignee), until)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        about = literal(f"{said}. About: {answer.evidence}")
        st.markdown(f":material/front_hand: **{literal(answer.plan.rstrip(' .'))}** :gray[{about}]")
        if shell.is_today() and assessment.life != "closed":
            _acts.end_button(assessment, answer)


def _history(assessment: Assessment) -> History:
    """All that is known of the engagement by the page's day."""
    return shell.overview().histories([assessment.engagement], shell.as_of())[assessment.engagement]


def _table(rows: list[dict[str, str]], alt: str) -> None:
    """A list as a table that a keyboard and a screen reader can walk through; a long one scrolls in itself.

    A column without any value is left out.
    """
    if rows:
        columns = {column: [row[column] for row in rows] for column in rows[0]}
        columns = {column: held for column, held in columns.items() if any(held)}
        st.table(columns, border="horizontal", hide_index=True, alt=alt, height=420 if len(rows) > 12 else "content")


def _rejected(milestone: Milestone) -> str | None:
    """When the last delivery was rejected and why: "rejected 20 Nov: two parts are missing"; None where it was not."""
    last = milestone.deliveries[-1] if milestone.deliveries else None
    if last is None or last.outcome != "rejected" or last.decided_on is None:
        return None
    return f"rejected {day(last.decided_on, shell.as_of())}" + (f": {last.reason}" if last.reason else "")


def _delivered_on_a_phone(delivered: Sequence[MilestoneState]) -> None:
    """What was delivered, a line each; of many the last ones, the rest folded."""
    lines = [f"{literal(milestone.name)} :gray[{literal(_milestone_line(milestone))}]" for milestone in delivered]
    lines.reverse()
    for line in lines[:MOST_ON_A_PHONE]:
        st.markdown(line)
    if len(lines) > MOST_ON_A_PHONE:
        with st.expander(f"{len(lines) - MOST_ON_A_PHONE} delivered before"):
            st.markdown("\\\n".join(lines[MOST_ON_A_PHONE:]))


def _milestone_row(milestone: MilestoneState) -> dict[str, str]:
    as_of = shell.as_of()

    def said(on: date | None, otherwise: str = "") -> str:
        return otherwise if on is None else day(on, as_of)

    return {
        "Delivered": literal(milestone.name),
        "On": said(milestone.delivered_on),
        "Promised": said(milestone.baseline_on, "no date"),
        "Agreed last": said(milestone.due_on, "no date"),
        "Slip": ""
        if milestone.slip_days is None
        else signed_days(milestone.slip_days)
        if milestone.slip_days
        else "as promised",
        "Accepted": said(milestone.accepted_on, "not yet"),
    }


def _milestone_line(milestone: MilestoneState) -> str:
    """A delivered milestone in one line, for a phone."""
    as_of = shell.as_of()
    due = f", agreed {day(milestone.due_on, as_of)}" if milestone.due_on else ""
    accepted = f", accepted {day(milestone.accepted_on, as_of)}" if milestone.accepted_on else ""
    return f"delivered {day(milestone.delivered_on, as_of)}{accepted}{due}" if milestone.delivered_on else ""


def _action_line(action: actions.OpenAction | Action, overdue_days: int = 0) -> str:
    """Whose it is and until when: "action, theirs, Nora, due 6 Nov, 14 days overdue"."""
    as_of = shell.as_of()
    side = {"us": "ours", "vendor": "theirs"}.get(action.side or "", "")
    closed = getattr(action, "closed_on", None)
    due = "without a date" if action.due_on is None else f"due {day(action.due_on, as_of)}"
    if overdue_days:
        due += f", {count(overdue_days, 'day')} overdue"
    parts = (action.kind, side, shell.person(action.assignee), f"closed {day(closed, as_of)}" if closed else due)
    return ", ".join(part for part in parts if part)


def _close(action: actions.OpenAction) -> None:
    identity.write(
        lambda author: actions.close_action(shell.database(), author, action.id, closed_on=clock.today()),
        done=f"Closed: {literal(action.title)}",
    )
