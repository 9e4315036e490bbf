"""The interchange format, described once: every file, column, type, required value, word and sentence of help.

A folder, a zip or a workbook holds one table for each `File`. Reading (`reading.py`), writing (`writing.py`), the
template with its drop-downs (`workbook.py`) and the messages about what is wrong all follow this description; a new
column is one line here.
"""

from typing import Final, get_args

from engagement.assessment import values
from engagement.exchange.layout import Column, File


def _dated(name: str, help_text: str) -> Column:
    return Column(name, "date", help_text, required=True)


ENGAGEMENT: Final = Column("engagement", "text", "Key of the engagement, as in the sheet engagements.", required=True)
MILESTONE: Final = Column("milestone", "text", "Key of the milestone, as in the sheet milestones.", required=True)
SIDE: Final = Column("side", "word", "us or vendor.", words=get_args(values.Side))

PEOPLE: Final = File(
    "people",
    "Who works on our side.",
    (
        Column("email", "email", "Address by which the person is known here.", required=True),
        Column("name", "text", "Name as it is shown."),
        Column("role", "word", "What the person does here.", words=("owner", "lead", "executive", "admin")),
    ),
    ("email",),
    everyday=True,
)

VENDORS: Final = File(
    "vendors",
    "Who does the work, and how to reach them.",
    (
        Column("vendor", "text", "Name of the vendor, as engagements name it.", required=True),
        Column("contact_name", "text", "Whom to ask."),
        Column("contact_email", "text", "Address for questions."),
        Column("contact_phone", "text", "Number to call."),
        Column("interviewed_on", "date", "Day on which we interviewed them."),
        Column("references_checked", "whole", "How many references we checked.", minimum=0),
        Column("contract_signed_on", "date", "Day on which the contract was signed."),
        Column("chosen_because", "text", "Why this vendor."),
        Column("notes", "text", "Anything else."),
    ),
    ("vendor",),
    everyday=True,
)

ENGAGEMENTS: Final = File(
    "engagements",
    "What we handed out: one row each.",
    (
        Column("engagement", "text", "A short key of your own, for example crm-migration.", required=True),
        Column("name", "text", "Name as it is shown.", required=True),
        Column("vendor", "text", "Who does the work, as in the sheet vendors.", required=True),
        Column("category", "text", "Kind of work, for example software or bookkeeping."),
        Column("goal", "text", "What it is for: one sentence."),
        Column("scope", "text", "What belongs to it, and what does not."),
        Column("owner", "text", "Who answers for it: an email of the sheet people."),
        Column("lead", "text", "Who talks with the vendor: an email of the sheet people."),
        Column("deputy", "text", "Who stands in: an email of the sheet people."),
        Column("tier", "word", "How much depends on it. Empty is standard.", words=get_args(values.Tier)),
        Column(
            "contract",
            "word",
            "fixed: one price. hourly: by the hour. retainer: work without an end. Empty is fixed.",
            words=get_args(values.Contract),
            default="fixed",
        ),
        Column("currency", "currency", "Code of 3 to 5 letters, for example EUR.", required=True),
        Column("budget", "amount", "The whole sum; of a retainer the sum a month.", minimum=0),
        Column("rate", "amount", "Agreed price of an hour.", minimum=0),
        Column("in_house_cost", "amount", "What it would cost to do it ourselves.", minimum=0),
        Column("committed_hours_per_week", "amount", "Hours a week that we pay for.", minimum=0),
        Column("country", "country", "Country whose public holidays count, for example DE."),
        Column("recorded_on", "date", "Day on which it was first written down here."),
        Column("starts_on", "date", "First day of the work.", required=True),
        Column("ends_on", "date", "Last day of the work. A retainer needs none."),
        Column("cadence_days", "whole", "We talk every so many days. Empty: 3, 7 or 14 by tier.", minimum=0),
        Column("grace_days", "whole", "Days a talk may be late. Empty is 2.", minimum=0),
        Column("status", "word", "Empty is active.", words=get_args(values.RecordedStatus), default="active"),
        Column("paused_from", "date", "First day of the pause. A paused engagement needs both days."),
        Column("paused_until", "date", "Day on which the work goes on."),
        Column("closed_on", "date", "Day on which it was closed. A closed engagement needs it."),
    ),
    ("engagement",),
    everyday=True,
)

PAUSES: Final = File(
    "pauses",
    "Earlier pauses, beside the one in engagements.",
    (
        ENGAGEMENT,
        _dated("paused_from", "First day of the pause."),
        _dated("paused_until", "Day on which the work went on."),
    ),
)

SERIES: Final = File(
    "series",
    "What a retainer delivers again and again.",
    (
        ENGAGEMENT,
        Column("series", "text", "A short key of your own, for example close.", required=True),
        Column("name", "text", "Name as it is shown.", required=True),
        Column("every", "word", "How often.", required=True, words=get_args(values.Every)),
        Column("due_day", "whole", "Day of the week (Monday 1), month, quarter.", required=True, minimum=1, maximum=92),
        Column("value", "amount", "What one of them is worth.", minimum=0),
        Column("from_on", "date", "First day on which one may be due."),
        Column("until_on", "date", "First day on which none is due any more."),
    ),
    ("engagement", "series"),
)

MILESTONES: Final = File(
    "milestones",
    "What was promised, by when.",
    (
        ENGAGEMENT,
        Column("milestone", "text", "A short key of your own, for example M1.", required=True),
        Column("name", "text", "Name as it is shown.", required=True),
        Column("series", "text", "Of a retainer: the series it is one of."),
        Column("priority", "text", "Your own word for how much it matters."),
        Column("acceptance_criteria", "text", "How we will tell that it is good."),
        Column("weight", "number", "Its part of the whole work.", minimum=0),
        Column("value", "amount", "What it is worth.", minimum=0),
        Column("starts_on", "date", "Day on which work on it begins."),
        Column("due_on", "date", "First promised day. It never changes; a later one goes into baselines."),
        Column("cancelled_on", "date", "Day on which it was given up."),
    ),
    ("engagement", "milestone"),
    everyday=True,
)

BASELINES: Final = File(
    "baselines",
    "New agreed dates of milestones, after the first.",
    (
        ENGAGEMENT,
        MILESTONE,
        _dated("set_on", "Day on which the new date was agreed."),
        _dated("due_on", "The new date."),
        Column("reason", "text", "Why it was moved."),
        Column("approved_by", "text", "Who agreed to it."),
    ),
)

PROGRESS_REPORTS: Final = File(
    "progress_reports",
    "What somebody said of a milestone: how far it is, when it will be done.",
    (
        ENGAGEMENT,
        MILESTONE,
        _dated("reported_on", "Day on which it was said."),
        Column("percent_complete", "percent", "How far it is, 0 to 100.", minimum=0, maximum=100),
        Column("forecast_on", "date", "When it will be done."),
        SIDE,
        Column("reported_by", "text", "Who said it."),
    ),
    everyday=True,
)

DELIVERIES: Final = File(
    "deliveries",
    "What was handed over, and what we decided.",
    (
        ENGAGEMENT,
        MILESTONE,
        _dated("delivered_on", "Day on which it was handed over."),
        Column("decided_on", "date", "Day on which we decided."),
        Column("outcome", "word", "What we decided.", words=get_args(values.Outcome)),
        Column("reason", "text", "Why, above all where it was rejected."),
    ),
    ("engagement", "milestone", "delivered_on"),
    everyday=True,
)

CHECK_INS: Final = File(
    "check_ins",
    "When we talked, and what was said.",
    (
        ENGAGEMENT,
        _dated("held_on", "Day of the talk."),
        Column("channel", "word", "report is the vendor's own update.", required=True, words=get_args(values.Channel)),
        SIDE._replace(help="us, or vendor for the vendor's own word.", required=True),
        Column("by", "text", "Who wrote it down."),
        Column("attendees", "text", "Who was there."),
        Column("notes", "text", "What was said."),
        Column("declared_status", "word", "Your judgement on that day.", words=get_args(values.DeclaredStatus)),
        Column("feedback_given", "text", "What we told the vendor about their work."),
        Column("feedback_received", "text", "What the vendor told us about ours."),
        Column("next_on", "date", "Day of the next talk."),
        Column("recorded_on", "date", "Day on which it was written down."),
        Column("acknowledged_by", "text", "Who has read it."),
        Column("acknowledged_on", "date", "Day on which it was read."),
        Column("imported", "yes_no", "no where it was logged here; empty is yes: nobody could have read it here."),
    ),
    ("engagement", "held_on", "channel", "side", "by"),
    everyday=True,
)

ACTIONS: Final = File(
    "actions",
    "What one side said it would do, issues and open questions.",
    (
        ENGAGEMENT,
        Column("kind", "word", "Empty is action.", words=get_args(values.ActionKind), default="action"),
        Column("title", "text", "What is to be done or answered.", required=True),
        SIDE._replace(help="Whose it is: us or vendor."),
        Column("assignee", "text", "Who does it."),
        _dated("raised_on", "Day on which it came up."),
        Column("due_on", "date", "Day by which it is to be done."),
        Column("closed_on", "date", "Day on which it was done."),
        Column("promised_on", "date", "First promised day. Empty: the same as due_on."),
    ),
    ("engagement", "title", "raised_on"),
    everyday=True,
)

SPEND: Final = File(
    "spend",
    "Money paid or owed, and hours.",
    (
        ENGAGEMENT,
        _dated("spent_on", "Day of the payment or invoice."),
        Column("amount", "amount", "In the engagement's currency.", required=True, minimum=0),
        Column("hours", "amount", "Hours it stands for.", minimum=0),
        Column("milestone", "text", "Milestone it was paid for."),
        Column("deposit", "yes_no", "yes where it was agreed to be paid ahead."),
        Column("reference", "text", "Number of the invoice."),
    ),
    everyday=True,
)

METRICS: Final = File(
    "metrics",
    "What is measured, to know whether the work is good or worth it.",
    (
        ENGAGEMENT,
        Column("metric", "text", "A short key of your own, for example defects.", required=True),
        Column("kind", "word", "Is it good, or is it worth it.", required=True, words=get_args(values.MetricKind)),
        Column("unit", "text", "What is counted."),
        Column("direction", "word", "Which way is better.", words=get_args(values.Direction)),
        Column("baseline", "number", "Value at the start."),
        Column("target", "number", "Value to be reached."),
        Column("interval_days", "whole", "It is measured every so many days.", minimum=1),
    ),
    ("engagement", "metric"),
)

READINGS: Final = File(
    "readings",
    "Measured values.",
    (
        ENGAGEMENT,
        Column("metric", "text", "Key of the metric, as in the sheet metrics.", required=True),
        _dated("read_on", "Day of the measurement."),
        Column("value", "number", "What was measured.", required=True),
    ),
)

PLAN_CHANGES: Final = File(
    "plan_changes",
    "Days on which a plan was changed, where no other sheet says so. Each of them makes a new version of the plan.",
    (
        ENGAGEMENT,
        _dated("changed_on", "Day of the change."),
        Column("milestone", "text", "Key of the milestone, or of the series of a retainer.", required=True),
        Column(
            "what",
            "word",
            "What was changed: it was added, cancelled or taken up again, or its name, criteria, start or due date "
            "became another one.",
            required=True,
            words=get_args(values.PlanChangeKind),
        ),
    ),
)

CONFIRMATIONS: Final = File(
    "confirmations",
    "When the vendor agreed to the plan.",
    (
        ENGAGEMENT,
        Column("plan_version", "whole", "Version of the plan that was agreed to.", required=True, minimum=1),
        _dated("confirmed_on", "Day on which the vendor agreed."),
        Column("confirmed_by", "text", "Who agreed."),
    ),
)

RESPONSES: Final = File(
    "responses",
    "What was done about a warning.",
    (
        ENGAGEMENT,
        Column("rule", "text", "Rule of the warning, for example silent.", required=True),
        _dated("said_on", "Day on which it was taken in hand."),
        Column("plan", "text", "What is being done.", required=True),
        Column("assignee", "text", "Who does it."),
        _dated("until_on", "Until when, at most 30 days later."),
    ),
)

ACCESSES: Final = File(
    "accesses",
    "What the vendor was given access to.",
    (
        ENGAGEMENT,
        Column("what", "text", "What it opens.", required=True),
        _dated("given_on", "Day on which it was given."),
        Column("revoked_on", "date", "Day on which it was taken back."),
    ),
)

RETROSPECTIVES: Final = File(
    "retrospectives",
    "What was learned from a closed engagement.",
    (
        ENGAGEMENT,
        _dated("written_on", "Day on which it was written."),
        Column("went_well", "text", "What went well."),
        Column("went_badly", "text", "What did not."),
        Column("would_hire_again", "yes_no", "yes or no."),
    ),
)

LIMITS: Final = File(
    "limits",
    "Thresholds of rules that were changed.",
    (
        ENGAGEMENT._replace(help="Key of the engagement. Empty: all of them.", required=False),
        Column("limit", "text", "Name of the threshold, as on Methods.", required=True),
        Column("value", "number", "Its value from that day on.", required=True),
        _dated("set_on", "Day on which it was changed."),
        Column("by", "text", "Who changed it."),
        Column("reason", "text", "Why."),
    ),
)

DUPLICATES: Final = File(
    "duplicates",
    "Two engagements that do the same on purpose.",
    (
        ENGAGEMENT,
        Column("other", "text", "Key of the other engagement.", required=True),
        Column("reason", "text", "Why there are two."),
    ),
)

REPORTS: Final = File(
    "reports",
    "Status packs that were issued.",
    (
        _dated("issued_on", "Day on which it was issued."),
        Column("kind", "text", "What it was, for example status.", required=True),
        Column("by", "text", "Who issued it."),
    ),
)

CHANGES: Final = File(
    "changes",
    "Earlier terms of engagements, so that an export keeps how cadence, tier or budget changed.",
    (
        ENGAGEMENT,
        Column("column", "text", "Column of the sheet engagements.", required=True),
        Column("set_on", "date", "Day from which the value held. Empty: from the beginning."),
        Column("value", "text", "The value, as the sheet engagements would hold it."),
    ),
)

FILES: Final = (
    PEOPLE,
    VENDORS,
    ENGAGEMENTS,
    PAUSES,
    SERIES,
    MILESTONES,
    BASELINES,
    PROGRESS_REPORTS,
    DELIVERIES,
    CHECK_INS,
    ACTIONS,
    SPEND,
    METRICS,
    READINGS,
    PLAN_CHANGES,
    CONFIRMATIONS,
    RESPONSES,
    ACCESSES,
    RETROSPECTIVES,
    LIMITS,
    DUPLICATES,
    REPORTS,
    CHANGES,
)
"""Every file, in the order in which it is written."""

BY_NAME: Final[dict[str, File]] = {file.name: file for file in FILES}
NEEDED: Final = (ENGAGEMENTS.name, MILESTONES.name)
"""Files without which there is no portfolio."""
