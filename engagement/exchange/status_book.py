"""The status as a workbook that a person forwards: a page to print, the list in words, and the raw data.

Nothing in it is a formula: what people typed stays text, also where it begins like one. An empty cell is not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from engagement.assessment.agenda import finish_is_held
from engagement.assessment.counts import is_first_due
from engagement.assessment.finish import MEANT, all_delivered_on, expected, told
from engagement.assessment.headline import by_need, work_warnings
from engagement.assessment.pack import ADRIFT, Figure, OffTrack, Pack
from engagement.assessment.results import Assessment, Portfolio
from engagement.assessment.sums import Sums, footnote, money_cells
from engagement.assessment.wording import day, in_words, listed
from engagement.charts.theme import MARKS
from engagement.exchange.cells import tidy
from engagement.exchange.takeaway import plain_rows

STATUS, ENGAGEMENTS, DATA = "Status", "Engagements", "Data"
LONGEST_CELL: Final = 32_767
MOST_WANTED: Final = 5
MOST_OFF_TRACK: Final = 6
MOST_MOVED: Final = 5
"""More would not be one page that can be read; the second sheet has all of them."""
PAGE_WIDTHS: Final = (30, 24, 22, 52, 46, 30, 13)
"""Of the page's columns, in characters."""
LINE_POINTS: Final = 15
DATE, PERCENT, WHOLE, CHANGE = "d mmm yyyy", "0 %", "#,##0", "+0;-0;0"
CENTS: Final = "#,##0.00"
SMALL: Final = 100
"""Amounts below this are shown with their cents."""
A4: Final = 9
WHO: Final = ("Engagement", "Vendor", "Lead", "Why", "Being done", "Who", "Until")
_BOLD: Final = Font(bold=True)
_GREY: Final = Font(color="5B6270")
_LARGE: Final = Font(bold=True, size=14)
_LEFT: Final = Alignment(horizontal="left", vertical="top")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_HEADER: Final = PatternFill("solid", fgColor="EEF0F3")
_RULE: Final = Border(bottom=Side("thin", color="C9CDD4"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list in words."""

    name: str
    width: int
    form: str | None = None


LIST: Final = (
    Column("Status", 12),
    Column("Engagement", 32),
    Column("Vendor", 22),
    Column("Lead", 18),
    Column("Owner", 18),
    Column("Last talked", 13, DATE),
    Column("Promised finish", 13, DATE),
    Column("Vendor says", 13, DATE),
    Column("Finish", 13, DATE),
    Column("Likely by", 13, DATE),
    Column("Slip, days", 9, CHANGE),
    Column("Done", 8, PERCENT),
    Column("Planned", 9, PERCENT),
    Column("Spent", 8, PERCENT),
    Column("Currency", 9),
    Column("Budget (of a retainer: a month)", 14, WHOLE),
    Column("Spent so far", 12, WHOLE),
    Column("Warnings", 10, WHOLE),
    Column("What is most wrong", 52),
    Column("Being done", 34),
    Column("By", 18),
    Column("Until", 13, DATE),
)


def status_book(pack: Pack, shown: Portfolio, called: Mapping[str, str], only: Sequence[str] = ()) -> bytes:
    """The workbook of a status. ``called``: names of people by email. ``only``: the filters it is narrowed to."""
    book = Workbook()
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError("A new workbook begins with a sheet.")
    page.title = STATUS
    _Page(page, called).fill(pack, only)
    _listing(book.create_sheet(ENGAGEMENTS), shown, called)
    _data(book.create_sheet(DATA), shown)
    for sheet in book.worksheets:
        footer = HeaderFooterItem()
        footer.left.text, footer.right.text = f"Status as of {day(pack.as_of)}", "&P of &N"
        sheet.HeaderFooter.oddFooter = footer
    content = BytesIO()
    book.save(content)
    return content.getvalue()


class _Page:
    """The first sheet, filled from top to bottom: one page of a landscape sheet."""

    def __init__(self, sheet: Worksheet, called: Mapping[str, str]) -> None:
        self.sheet, self.called, self.row = sheet, called, 0
        for number, width in enumerate(PAGE_WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.sheet_view.showGridLines = False
        _printed(sheet, pages_high=1)

    def fill(self, pack: Pack, only: Sequence[str]) -> None:
        """The sentence, the figures, what is wanted, what is off track, and the money."""
        self._line(pack.standing, Font(bold=True, size=16))
        self._line(pack.at_stake, Font(size=12))
        narrowed = f"Only {listed(only)}." if only else ""
        self._line(" ".join(filter(None, (f"As of {day(pack.as_of)}.", narrowed, pack.changes_since))), _GREY)
        self._figures(pack)
        self._section("Wanted from you" if pack.wanted else "Wanted from you: nothing just now")
        for ask in pack.wanted[:MOST_WANTED]:
            self._line(ask.text)
        self._more(len(pack.wanted) - MOST_WANTED, "on the dashboard")
        self._off_track(pack.off_track)
        self._moved(pack)
        self._money(pack.sums)
        self._line(f"{ADRIFT} {MEANT} On the other sheets an empty cell is not known.", _GREY)
        self.sheet.print_area = f"A1:{get_column_letter(len(PAGE_WIDTHS))}{self.row}"

    def _figures(self, pack: Pack) -> None:
        """Label, value and change under each other, a figure a column."""
        self.row += 1
        self._cells([one.label for one in pack.figures], _GREY)
        values = self._cells([one.value if one.number is None else one.number for one in pack.figures], _LARGE)
        for cell, one in zip(values, pack.figures, strict=True):
            cell.number_format = _form(one)
            cell.alignment = _LEFT
        self._cells([one.change or "" for one in pack.figures], _GREY)
        for one in pack.figures:
            if one.note:
                self._line(f"{one.label}: {one.note}.", _GREY)

    def _off_track(self, rows: Sequence[OffTrack]) -> None:
        alive = [row for row in rows if not row.abandoned]
        left = [row.name for row in rows if row.abandoned]
        self._section("Off track" if rows else "Nothing is off track")
        if alive:
            self._header(WHO)
        for row in alive[:MOST_OFF_TRACK]:
            more = f" And {in_words(row.more)} more." if row.more else ""
            why = " ".join(filter(None, [row.why + more, row.finish]))
            who = (_name(row.lead, self.called), why, row.plan or "Nobody has said.")
            self._cells([row.name, row.vendor, *who, _name(row.assignee, self.called), row.until_on])
        self._more(len(alive) - MOST_OFF_TRACK, f'on the sheet "{ENGAGEMENTS}"')
        if left:
            look, them = ("looks", "it") if len(left) == 1 else ("look", "them")
            self._line(f"{listed(left, most=6)} {look} abandoned: close {them} or start {them} again.")

    def _moved(self, pack: Pack) -> None:
        """A line for each other finish that moved since last week."""
        if pack.week_on is None or not pack.moved:
            return
        others = "Other finishes" if pack.off_track else "Finishes"
        self._section(f"{others} that moved since {day(pack.week_on, pack.as_of)}")
        for one in pack.moved[:MOST_MOVED]:
            self._line(f"{one.name}: {one.text}")
        self._more(len(pack.moved) - MOST_MOVED, "on the dashboard")

    def _money(self, sums: Sequence[Sums]) -> None:
        """A row a currency: amounts as numbers, and in words what they cover."""
        if not sums:
            return
        self._section("Money and value")
        self._header(("Currency", "Spent", "Of the budget", "For the work", "Against doing it ourselves", "Retainers"))
        for one in sums:
            words = money_cells(one)
            currency, spent, *others = words.values()
            amounts: list[Any] = [one.spent, one.paid_budget] if one.paid else [spent, None]
            cells = self._cells([currency, *amounts, *others])
            for cell in cells[1:3]:
                if isinstance(cell.value, Decimal):
                    cell.number_format = f"[${one.currency}] {_amount(cell.value)}"
        self._line(footnote(sums) or "", _GREY)

    def _section(self, heading: str) -> None:
        self.row += 1
        self._line(heading, Font(bold=True, size=12))

    def _more(self, number: int, where: str) -> None:
        if number > 0:
            self._line(f"And {in_words(number)} more, {where}.", _GREY)

    def _header(self, names: Sequence[str]) -> None:
        for cell in self._cells(names, _BOLD):
            cell.fill, cell.border = _HEADER, _RULE

    def _line(self, text: str, font: Font | None = None) -> None:
        """A text over the whole width; none for an empty one."""
        if not text:
            return
        self.row += 1
        cell = _put(self.sheet.cell(self.row, 1), text)
        cell.alignment = _WRAPPED
        if font:
            cell.font = font
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=len(PAGE_WIDTHS))
        size = (font.size if font else None) or 11
        lines = ceil(len(text) * size / 11 / sum(PAGE_WIDTHS))
        self.sheet.row_dimensions[self.row].height = LINE_POINTS * lines * max(1.0, size / 11)

    def _cells(self, values: Sequence[Any], font: Font | None = None) -> list[Cell]:
        """A row of cells, as high as its longest text needs."""
        self.row += 1
        cells = [_put(self.sheet.cell(self.row, number), value) for number, value in enumerate(values, 1)]
        for cell in cells:
            cell.alignment = _WRAPPED
            if font:
                cell.font = font
        wide = zip(values, PAGE_WIDTHS, strict=False)
        lines = max((ceil(len(value) / width) for value, width in wide if isinstance(value, str)), default=1)
        size = (font.size if font else None) or 11
        self.sheet.row_dimensions[self.row].height = LINE_POINTS * max(lines, 1) * max(1.0, size / 11)
        return cells


def _form(figure: Figure) -> str:
    """How a spreadsheet shows the value of a figure."""
    if isinstance(figure.number, Decimal):
        return f"[${figure.currency}] {_amount(figure.number)}"
    return PERCENT if isinstance(figure.number, float) else WHOLE


def _listing(sheet: Worksheet, shown: Portfolio, called: Mapping[str, str]) -> None:
    """Every engagement in human words, those that need somebody first."""
    rows = [_row(one, called, shown.as_of) for one in by_need(shown.engagements)]
    _filled(sheet, [column.name for column in LIST], rows)
    for number, column in enumerate(LIST, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        for cell in sheet[letter][1:]:
            cell.alignment = _WRAPPED
            if column.form and not isinstance(cell.value, str):
                cell.number_format = _amount(cell.value) if isinstance(cell.value, Decimal) else column.form
    sheet.row_dimensions[1].height = 2 * LINE_POINTS
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    _printed(sheet)


def _row(assessment: Assessment, called: Mapping[str, str], as_of: date) -> list[Any]:
    schedule, cost, progress = assessment.schedule, assessment.cost, assessment.progress
    work = work_warnings(assessment)
    held = next((warning for warning in work if warning.in_hand_until is not None), None)
    whole, likely = assessment.contract != "retainer", expected(assessment, as_of)
    return [
        MARKS[assessment.status].word,
        assessment.name,
        assessment.vendor,
        _name(assessment.lead, called),
        _name(assessment.owner, called),
        "not yet" if is_first_due(assessment) else assessment.contact.last_on,
        schedule.baseline_finish_on,
        "no new date" if finish_is_held(assessment, as_of) else schedule.forecast_finish_on,
        likely.middle_on if likely else all_delivered_on(assessment) or told(assessment, as_of),
        likely.likely_on if likely else None,
        schedule.slip_days,
        progress.earned if progress.known else None,
        progress.planned,
        float(cost.spent / cost.budget) if whole and cost.spent is not None and cost.budget else None,
        assessment.currency,
        cost.budget,
        cost.spent,
        len(work),
        work[0].evidence if work else None,
        held.in_hand_plan if held else None,
        _name(held.in_hand_by, called) if held else None,
        held.in_hand_until if held else None,
    ]


def _data(sheet: Worksheet, shown: Portfolio) -> None:
    """The same rows and columns as the CSV file has."""
    header, *rows = plain_rows(shown)
    _filled(sheet, header, rows)
    for number, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, len(name) + 3)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    _printed(sheet)


def _filled(sheet: Worksheet, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    for number, name in enumerate(header, 1):
        cell = _put(sheet.cell(1, number), name)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEADER, _RULE, _WRAPPED
    for place, row in enumerate(rows, 2):
        for number, value in enumerate(row, 1):
            _put(sheet.cell(place, number), value)
    sheet.auto_filter.ref = sheet.dimensions


def _put(cell: Any, value: Any) -> Cell:
    """A value as it is; text as text whatever it begins with, yes and no in words."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, str):
        cell.value = tidy(value)[:LONGEST_CELL]
        cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DATE
    found: Cell = cell
    return found


def _amount(amount: Decimal) -> str:
    """How an amount is shown: in whole units, a small one with its cents where it has any."""
    return CENTS if abs(amount) < SMALL and amount % 1 else WHOLE


def _name(recorded: str | None, called: Mapping[str, str]) -> str | None:
    return called.get(recorded, recorded) if recorded else None


def _printed(sheet: Worksheet, pages_high: int = 0) -> None:
    """Landscape, as wide as one page; 0 pages high are as many as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, pages_high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
