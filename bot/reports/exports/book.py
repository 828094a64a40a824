"""The report as a workbook with charts. Imported only when one is made."""

import io
from collections.abc import Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.language import formats
from bot.language.catalog import Words
from bot.reports.domain import (
    BARRIERS,
    FIGURES,
    LENGTHS,
    SHARE,
    Cell,
    Report,
    Target,
    of_month,
)
from bot.reports.exports import tables
from bot.reports.exports.tables import Value
from bot.reports.wording import figures, sheets

_HEADING: Final = PatternFill("solid", fgColor="DCE6F1")
_BOLD: Final = Font(bold=True)
_TITLE: Final = Font(bold=True, size=14)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_FIRST_WIDTH, _WIDTH, _TEXT_WIDTH = 26, 15, 90
_PERCENT, _HOURS, _WHOLE = "0.0%", "#,##0.0", "#,##0"
_CHART_ROWS: Final = 18

# What is drawn for each office, and for each kind.
_OF_OFFICES: Final = (("enrolled", "enrolled_volunteered", "volunteered"), ("days",), ("minutes",))
_OF_KINDS: Final = (("volunteered",), ("days",))


def written(report: Report, _: Words, organisation: str) -> bytes:
    """The workbook, in one language."""
    return _Book(report, _, organisation).content()


class _Book:
    def __init__(self, report: Report, _: Words, organisation: str) -> None:
        self.report, self.words, self.organisation = report, _, organisation
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])

    @property
    def _top(self) -> int:
        """The row of the headings: below the lines and an empty row."""
        return len(_lines(self.words, self.organisation, self.report)) + 2

    def content(self) -> bytes:
        """All sheets, in the order in which they are read."""
        report, _ = self.report, self.words
        of_office = self._table(sheets.KEY_FIGURES, sheets.OFFICE, tables.offices(report))
        self._table(sheets.PROJECTS, sheets.PROJECT, tables.projects(report))
        of_kind = self._table(sheets.KINDS, sheets.KIND, tables.kinds(report))
        if both := tables.both(report):
            self._table(sheets.BOTH, sheets.OFFICE, both)
        if tables.has_barriers(report):
            self._barriers()
        if report.targets:
            self._plan()
        self._everything()
        self._meanings()
        self._charts(of_office, of_kind)
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()

    def _sheet(self, name: str) -> Worksheet:
        sheet: Worksheet = self.book.create_sheet(self.words.plain(name)[:31])
        sheet.sheet_view.rightToLeft = self.words.is_rtl
        return sheet

    def _table(self, name: str, first: str, cells: Sequence[Cell]) -> Worksheet:
        """Rows of offices, projects or kinds; a column for each figure."""
        sheet, keys = self._sheet(name), tables.columns(cells)
        self._above(sheet)
        is_both = name == sheets.BOTH
        heads = [
            self.words.plain(one) for one in ((first, sheets.PROJECT) if is_both else (first,))
        ]
        self._headings(sheet, [*heads, *(figures.name(self.words, key) for key in keys)])
        for cell in cells:
            values = [tables.told(self.report, cell, key) for key in keys]
            sheet.append([*self._names(name, cell), *values])
            self._dress(sheet, keys, len(heads), is_total=cells[-1] == cell and len(cells) > 1)
        sheet.freeze_panes = f"{get_column_letter(len(heads) + 1)}{self._top + 1}"
        self._landscape(sheet)
        return sheet

    def _names(self, sheet: str, cell: Cell) -> list[str]:
        _, report = self.words, self.report
        if sheet == sheets.PROJECTS:
            return [figures.project(_, report, cell.project)]
        if sheet == sheets.KINDS:
            return [figures.kind(_, cell.kind)]
        office = figures.office(_, report, cell.office)
        return (
            [office, figures.project(_, report, cell.project)] if sheet == sheets.BOTH else [office]
        )

    def _above(self, sheet: Worksheet) -> None:
        """Whose figures, how final, and how to read them."""
        for line in _lines(self.words, self.organisation, self.report):
            sheet.append([line])
        sheet.cell(1, 1).font = _TITLE
        sheet.append([])

    def _headings(self, sheet: Worksheet, names: Sequence[str]) -> None:
        sheet.append(list(names))
        for number, __ in enumerate(names, 1):
            cell = sheet.cell(sheet.max_row, number)
            cell.font, cell.fill, cell.alignment = _BOLD, _HEADING, _WRAPPED
            width = _FIRST_WIDTH if number == 1 else _WIDTH
            sheet.column_dimensions[get_column_letter(number)].width = width

    def _dress(self, sheet: Worksheet, keys: Sequence[str], names: int, *, is_total: bool) -> None:
        """The last row: shares in percent, hours with a digit, totals bold."""
        row: int = sheet.max_row
        for number, key in enumerate(keys, names + 1):
            sheet.cell(row, number).number_format = _format(key)
            sheet.cell(row, number).alignment = Alignment(horizontal="right")
        if is_total:
            for number in range(1, names + len(keys) + 1):
                sheet.cell(row, number).font = _BOLD

    def _landscape(self, sheet: Worksheet) -> None:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def _barriers(self) -> None:
        """What keeps people away: a row for each month, the year last."""
        _, sheet, cell = self.words, self._sheet(sheets.BARRIERS), self.report.whole
        self._above(sheet)
        keys = (*BARRIERS, "barriers")
        names = [figures.name(_, key) for key in keys]
        self._headings(sheet, [_.plain(sheets.MONTH), *names])
        for month in range(1, 13):
            counts = [tables.told(self.report, cell, of_month(key, month)) for key in keys]
            sheet.append([formats.month_alone(_, month), *counts])
            self._dress(sheet, keys, 1, is_total=False)
        sheet.append(
            [str(self.report.year), *(tables.told(self.report, cell, key) for key in keys)]
        )
        self._dress(sheet, keys, 1, is_total=True)
        top = self._top
        chart = bars(sheet, range(2, 2 + len(BARRIERS)), top, top + 12)
        chart.title, chart.grouping, chart.overlap = names[-1], "stacked", 100
        sheet.add_chart(chart, f"A{sheet.max_row + 2}")

    def _plan(self) -> None:
        """The policy plan: wanted, reached, still to do."""
        _, sheet = self.words, self._sheet(sheets.PLAN)
        self._above(sheet)
        heads = (sheets.FIGURE, sheets.TARGET, sheets.REACHED, sheets.TO_DO)
        self._headings(sheet, [_.plain(one) for one in heads])
        for target in self.report.targets:
            name = target.name or figures.name(_, target.key)
            so_far = tables.reached(self.report, target)
            left = tables.still(target, so_far)
            said: Value = self._unreached(target) if so_far is None else so_far
            sheet.append([name, tables.wanted(target), said, left])
            if target.is_share:
                for number in (2, 3, 4):
                    sheet.cell(sheet.max_row, number).number_format = _PERCENT
        sheet.column_dimensions["A"].width = 2 * _FIRST_WIDTH

    def _unreached(self, target: Target) -> str:
        return sheets.too_few(self.words) if target.is_share else sheets.not_typed(self.words)

    def _everything(self) -> None:
        """Each count on a line of its own, to be filtered."""
        _, report, sheet = self.words, self.report, self._sheet(sheets.ALL)
        heads = (sheets.OFFICE, sheets.PROJECT, sheets.KIND, sheets.FIGURE, sheets.COUNT)
        self._headings(sheet, [_.plain(one) for one in heads])
        for cell, key, value in tables.everything(report):
            office, project = (
                figures.office(_, report, cell.office),
                figures.project(_, report, cell.project),
            )
            sheet.append([office, project, figures.kind(_, cell.kind), figures.name(_, key), value])
        sheet.column_dimensions["D"].width = 2 * _FIRST_WIDTH
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions

    def _meanings(self) -> None:
        """What exactly each figure counts."""
        _, sheet = self.words, self._sheet(sheets.MEANINGS)
        self._headings(sheet, [_.plain(sheets.FIGURE), _.plain(sheets.MEANING)])
        for key in (*(one.key for one in FIGURES), *SHARE):
            sheet.append([figures.name(_, key), figures.meaning(_, key)])
            for number in (1, 2):
                sheet.cell(sheet.max_row, number).alignment = _WRAPPED
        sheet.column_dimensions["A"].width = 2 * _FIRST_WIDTH
        sheet.column_dimensions["B"].width = _TEXT_WIDTH
        sheet.freeze_panes = "A2"

    def _charts(self, of_office: Worksheet, of_kind: Worksheet) -> None:
        """Bars of offices and of kinds, without the totals: those would dwarf them."""
        sheet, row = self._sheet(sheets.CHARTS), 1
        drawn = (
            (of_office, _OF_OFFICES, tables.offices(self.report)),
            (of_kind, _OF_KINDS, tables.kinds(self.report)),
        )
        for source, groups, cells in drawn:
            for keys in groups:
                chart = self._chart(source, keys, cells)
                sheet.add_chart(chart, f"A{row}")
                row += _CHART_ROWS
        self.book.move_sheet(sheet, offset=1 - self.book.index(sheet))

    def _chart(self, source: Worksheet, keys: Sequence[str], cells: Sequence[Cell]) -> Any:
        columns, top = tables.columns(cells), self._top
        last = top + len(cells) - (1 if len(cells) > 1 else 0)
        chart = bars(source, [columns.index(key) + 2 for key in keys], top, last)
        chart.title = " · ".join(figures.name(self.words, key) for key in keys[:1])
        return chart


def bars(sheet: Worksheet, columns: Sequence[int], top: int, last: int) -> Any:
    """A chart of some columns; the row `top` has their names, the first column those of rows."""
    chart: Any = BarChart()
    for at in columns:
        drawn = Reference(sheet, min_col=at, min_row=top, max_row=last)
        chart.add_data(drawn, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
    if len(columns) == 1:
        chart.legend = None
    else:
        chart.legend.position = "b"
    chart.height, chart.width = 8.5, 22
    chart.x_axis.delete = chart.y_axis.delete = False  # LibreOffice and Excel show them then
    return chart


def _lines(_: Words, organisation: str, report: Report) -> list[str]:
    lines = [sheets.title(_, organisation, report)]
    if about := figures.about(_, report):
        lines.append(about)
    lines += [sheets.state(_, report), sheets.about_totals(_)]
    return [*lines, sheets.about_hidden(_)] if report.is_hiding else lines


def _format(key: str) -> str:
    if key in SHARE:
        return _PERCENT
    return _HOURS if key in LENGTHS else _WHOLE
