"""The words of a synthetic portfolio: names of people and vendors, tasks, results, notes. See `synthetic`."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

KEPT: Final = 256
"""Names that are remembered: the same few come again and again within an engagement."""
FIRST_NAMES: Final = (
    "Anna", "Bo", "Carla", "David", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katrin", "Lars", "Mira",
    "Nils", "Olga", "Paul", "Rosa", "Samir", "Tilda", "Umar", "Vera", "Walter", "Xenia", "Yusuf", "Zoe", "Aldo",
    "Bente", "Cem", "Dana", "Emil", "Freya",
)  # fmt: skip
LAST_NAMES: Final = (
    "Keller", "Moreau", "Lindqvist", "Okafor", "Brandt", "Solheim", "Raman", "Mercier", "Vogel", "Castro", "Nowak",
    "Haas", "Bianchi", "Peeters", "Duarte", "Farkas", "Holm", "Ivers", "Jansen", "Kaya", "Larsen", "Meyer", "Novak",
    "Olsen", "Petit", "Quist", "Rossi", "Santos", "Toth", "Urban", "Varga", "Weber", "Young", "Zeman", "Albers",
    "Berger", "Costa",
)  # fmt: skip
HOUSES: Final = (
    "Northgate", "Alder", "Bluefin", "Copper", "Delta", "Ember", "Fjord", "Granite", "Harbour", "Iris", "Juniper",
    "Kestrel", "Lantern", "Meridian", "Nimbus", "Orchard", "Pine", "Quarry", "River", "Sable", "Tern", "Umber",
    "Vantage", "Willow", "Yarrow", "Zephyr", "Anchor", "Beacon", "Cedar", "Drift", "Elm", "Falcon", "Grove",
    "Hollow", "Inlet", "Jetty", "Kiln",
)  # fmt: skip
AREAS: Final = (
    "Iberia", "Nordics", "Benelux", "France", "Alpine region", "Poland", "Lyon site", "Hamburg warehouse", "web shop",
    "dealers", "field crews", "head office", "spare parts", "service", "wholesale", "Cork plant", "Turin plant",
    "export", "small business", "apprentices", "Baltics", "returns desk", "Porto office", "key accounts",
)  # fmt: skip
SUBJECTS: Final = (
    "order entry", "returns", "dealer prices", "stock levels", "pallet labels", "audit trail", "sign-in", "dunning",
    "tax codes", "travel claims", "sick leave", "shift plans", "fleet cards", "customs papers", "goods receipt",
    "delivery notes", "quotes", "discounts", "loyalty points", "product photos", "size tables", "newsletter",
    "press kit", "job adverts", "onboarding", "exit talks", "time sheets", "visitor badges", "key cupboard",
    "fire drills", "window cleaning", "recycling", "canteen menu", "warranty", "claims", "call scripts",
    "help pages", "chat replies", "escalations", "voice menu", "status mails", "backups", "log files", "test data",
    "interfaces", "user roles", "old archive", "mail folders", "contact cleaning", "duplicates", "bank matching",
    "petty cash", "fixed assets", "accruals", "year-end list", "budget sheets", "margin report", "sales funnel",
    "forecast sheet", "map view", "barcode scans", "photo upload", "offline mode", "push messages", "dark mode",
    "screen readers", "cookie banner", "site search", "wish list", "gift cards", "invoice run", "credit notes",
    "supplier ratings", "framework terms", "data protection", "licence list", "trademark file", "board minutes",
    "glossary", "style guide", "subtitles", "packaging texts", "safety sheets", "user manuals", "training videos",
    "quiz questions", "route planning", "dock slots", "cold chain", "parcel tracking", "pick lists", "cycle counts",
    "tool hire", "spare tyres", "meter readings", "heating plan", "lift checks", "roof repairs", "parking places",
    "bike shed", "print jobs", "phone plans", "laptop swaps", "password vault", "wifi coverage", "meeting rooms",
)  # fmt: skip
"""What a task can be about. Of so many, those of two tasks are seldom alike."""


class Trade(NamedTuple):
    """What a kind of vendor does: the category of its work, and what it calls itself, its tasks and its results."""

    category: str
    called: tuple[str, ...]
    projects: tuple[str, ...]
    retainer: str
    """Its work without an end, and what that brings every month."""
    monthly: str
    stages: tuple[str, ...]


BUILD: Final = (
    "Kick-off and plan", "Interviews", "Concept", "Data model", "Clickable draft", "Test system", "Sign-in and roles",
    "First screens", "Import of old data", "Interfaces", "Search", "Reports", "Mail templates", "Rights check",
    "Load test", "Pilot group", "Fixes from the pilot", "Training", "Go-live", "Hand-over",
)  # fmt: skip
WRITE: Final = (
    "Briefing", "Stock-taking", "Outline", "Tone and terms", "First sample", "Second sample", "Chapter one",
    "Chapter two", "Pictures", "Chapter three", "Review by service", "Chapter four", "Legal check", "Layout",
    "Chapter five", "Read-through", "Print file", "Web version", "Last corrections", "Hand-over of sources",
)  # fmt: skip
PLACE: Final = (
    "Walk-through", "Measurements", "Offer for parts", "Safety plan", "Permit papers", "Delivery of parts", "Zone A",
    "Zone B", "Wiring", "Inspection one", "Zone C", "Zone D", "Signs and labels", "Inspection two", "Staff briefing",
    "Trial week", "Repairs after the trial", "Documents", "Final inspection", "Keys and hand-over",
)  # fmt: skip
TRADES: Final = (
    Trade("software", ("Software", "Digital"), ("Customer portal", "Mobile app", "Web shop relaunch"),
          "Application care", "Month of application care", BUILD),
    Trade("finance", ("Accounting", "Ledger"), ("Chart of accounts", "Invoice workflow", "Audit preparation"),
          "Bookkeeping", "Month-end close", BUILD),
    Trade("support", ("Care", "Service Desk"), ("Help desk set-up", "Knowledge base", "Chat assistant"),
          "Evening support", "Support month", WRITE),
    Trade("data", ("Data", "Analytics"), ("Data warehouse", "Sales dashboards", "Master data clean-up"),
          "Report service", "Report month", BUILD),
    Trade("marketing", ("Media", "Communications"), ("Spring campaign", "Trade fair", "Brand refresh"),
          "Social media", "Month of posts", WRITE),
    Trade("facilities", ("Facilities", "Building Services"), ("Office refit", "Lighting renewal", "Access control"),
          "Cleaning", "Cleaning month", PLACE),
    Trade("people", ("People", "Training"), ("Leadership course", "Hiring drive", "Skills catalogue"),
          "Payroll", "Payroll run", WRITE),
    Trade("logistics", ("Logistics", "Freight"), ("Warehouse layout", "Returns centre", "Carrier change"),
          "Customs handling", "Customs month", PLACE),
    Trade("translation", ("Lingua", "Texts"), ("Manuals", "Help centre", "Catalogue texts"),
          "Translation pool", "Translation month", WRITE),
    Trade("infrastructure", ("Systems", "Networks"), ("Cloud move", "Network renewal", "Laptop roll-out"),
          "Server care", "Month of server care", PLACE),
)  # fmt: skip
GOALS: Final = (
    "Two people less are needed for it every month.", "Customers get an answer on the same day.",
    "Nobody copies figures by hand any more.", "It passes the audit in spring without findings.",
    "The old contract can be ended by the end of next year.", "Complaints about it are halved.",
    "New colleagues can use it without a course.", "It costs a tenth less than today.",
)  # fmt: skip
CRITERIA: Final = (
    "Shown on our test system and agreed in writing.", "Two of our people have used it for a week without a fault.",
    "Checked against the list of the kick-off, nothing open.", "Signed by the owner after a walk through all points.",
    "Ten cases out of daily work come out right.",
)  # fmt: skip
QUALITY: Final = (("defects", "a week", 5), ("complaints", "a month", 6), ("returned-work", "a month", 4))
"""Metrics of quality: name, unit, and how many of them there may be."""
BENEFIT: Final = (("hours-saved", "hours a week", 20), ("orders-without-call", "a week", 60), ("saved", "EUR k", 40))
CHOSEN: Final = (
    "References and the trial task.", "Knew our systems already.", "Best answers in the interview.",
    "Close to the site, and free in time.", "Recommended by two other plants.",
)  # fmt: skip

WENT_WELL: Final = (
    "{} is on its way, no questions open.", "Walked through {}; two small wishes from us.",
    "They showed a first state of {}. Looks right.", "{}: the numbers agree with ours now.",
    "Tried {} together for half an hour, one typo found.", "{} is waiting for our test people, booked for Thursday.",
    "Most of the call was about {}. Dates stand.", "{} needed one decision, taken in the call.",
    "Two new people on their side, both know {} already.", "Quick one. {} moves as planned.",
    "They asked who signs {}; the owner does.", "Compared {} with the list of the kick-off, nothing missing.",
    "{} looks better than we had asked for.", "Sample of {} sent round, three replies so far.",
)  # fmt: skip
ENDINGS: Final = (
    "", "", "Next time with the people from the warehouse.", "Minutes are in the folder.",
    "They send the list on Monday.",
    "We owe them the test data.", "Invoice came, agrees with the order.", "Holiday dates exchanged.",
    "Access for the new colleague is ordered.", "No change to the money.", "They will bring figures next time.",
    "Short demo planned for the owner.",
)  # fmt: skip
TROUBLE: Final[Mapping[str, tuple[str, ...]]] = {
    "late": (
        "{} will not make its date. They name the reason openly: one person ill.",
        "{} is late and nobody could say by how much.", "Still waiting for {}. They promise a plan by Friday.",
        "Two weeks behind on {}, and the next result waits for it.", "{} half done; the hard part is left.",
    ),
    "slip": (
        "They say the end moves: {} was bigger than thought.", "Finish is in doubt since {}. Asked for a new plan.",
        "New end date named, not agreed. {} is one reason of three.", "Talked about scope, so that {} stays in.",
    ),
    "quality": (
        "Too many faults in {}; service sends pictures every day.", "{} came back from test with a long list.",
        "Figures are worse again. {} was never really finished, they admit.", "Agreed to look at {} line by line.",
    ),
    "silence": (
        "First talk for a while. {} stood still meanwhile.", "Nobody was reachable for {}; their office moved.",
        "Rang three times before somebody picked up. {} goes on.",
    ),
    "ours": (
        "They wait for us on {}. The owner is away.", "Our decision on {} is open, they remind us politely.",
        "We have to look at {} at last; promised for this week.",
    ),
    "money": (
        "Extra cost for {}, in nobody's offer. Owner has to decide.", "Asked why {} came to more than the offer.",
        "Change request for {} on the table, with a price.",
    ),
}  # fmt: skip
"""Notes of talks by what is going wrong."""
UPDATES: Final = (
    "{}: done what was planned for the week.", "Worked on {}. Nothing needed from you.",
    "{} tested internally, one fault.",
    "Sent the new state of {}.", "Team meeting about {}; plan unchanged.", "{} goes on tomorrow with two people.",
    "Answered all remarks on {}.", "List of open points for {} is up to date.", "Prepared {} for your review.",
)  # fmt: skip
GIVEN: Final = ("Quick and honest answers, thank you.", "Good work on the last result.",
                "Please warn us earlier next time.",
                "The samples help a lot.", "Fewer mails, one list please.")  # fmt: skip
TAKEN: Final = ("Decide a little sooner.", "Pleasant to work with.", "One contact for questions would help.",
                "The test data came late.", "All clear on our side.")  # fmt: skip
TO_DO: Final = (
    "Send the test data", "Decide on the wording", "Review the draft", "Renew the access", "Check the invoice",
    "Name a contact in service", "Book the meeting room", "List the open faults", "Update the plan", "Ask legal",
    "Order the licences", "Send the price list", "Answer the remarks", "Invite the pilot group", "Clean the old list",
    "Sign the change note", "Collect the photos", "Compare both offers", "Write the summary", "Test the login",
    "Explain the export", "Fix the totals", "Send the holiday plan", "Check the labels", "Prepare the demo",
    "Measure the hall", "Update the glossary", "Name the approver", "Send last month's figures", "Close old tickets",
    "Confirm the date",
)  # fmt: skip
QUESTIONS: Final = (
    "Which version of the logo?", "Who approves the texts?", "May we use the test system on Sunday?",
    "Which currency in the report?", "Are old customers in scope?", "Who gets the alarm mails?",
    "Is the list of sites complete?",
)  # fmt: skip
REASONS: Final = ("The test system came late.", "One of their people was ill for weeks.", "We added to the scope.",
                  "Parts were not delivered in time.")  # fmt: skip
REFUSED: Final = ("Tests failed.", "Half of the list is missing.", "Not what was agreed at the kick-off.",
                  "Figures do not agree with ours.")  # fmt: skip
PLANS: Final = ("We meet them on site.", "Owner rings their director.", "New plan by the end of the week.",
                "Weekly list of faults until it is better.", "Money talk with purchasing.")  # fmt: skip
LEARNED_GOOD: Final = ("Dates held.", "Short ways, good answers.", "The trial task showed what we got.")
LEARNED_BAD: Final = ("We answered late.", "Scope grew without a price.", "Too few talks in the middle.")
ACCESSES: Final = ("Shared folder", "Test system", "Ticket system", "Building pass", "Price database")


@lru_cache(maxsize=KEPT)
def person(number: int) -> str:
    """The name of a person: no two the same."""
    first, last = FIRST_NAMES[number % len(FIRST_NAMES)], LAST_NAMES[number % len(LAST_NAMES)]
    again = number // (len(FIRST_NAMES) * len(LAST_NAMES))
    return f"{first} {last}{f' {again + 1}' if again else ''}"


@lru_cache(maxsize=KEPT)
def address(name: str) -> str:
    """The address of one of our people."""
    return f"{name.lower().replace(' ', '.')}@example.org"


def vendor(number: int, trade: Trade) -> str:
    """The name of a vendor: no two the same."""
    round_, place = divmod(number, len(HOUSES))
    partner, kind = divmod(round_, len(trade.called))
    again, partner = divmod(partner, len(HOUSES))
    house = HOUSES[place] if not partner else f"{HOUSES[place]} & {HOUSES[(place + partner) % len(HOUSES)]}"
    return f"{house} {trade.called[kind]}{f' {again + 1}' if again else ''}"
