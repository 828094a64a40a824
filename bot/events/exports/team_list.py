"""The list of a walk for its organisers: by start time and team, with room to tick; as a workbook
to print, or as CSV."""

import csv
import io

from bot.events.wording.team_lists import Sheet
from bot.language import csv_files

_WIDTHS = (12, 28, 24, 28, 9, 12, 8)


def workbook(sheet: Sheet) -> bytes:
    """XLSX; printed on A4 in landscape, the heads on every page. A name that begins with "=" stays
    a name."""
    from openpyxl import Workbook  # noqa: PLC0415  # half a second, for who never asks for a list
    from openpyxl.styles import Font  # noqa: PLC0415  # the same
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415  # the same

    book = Workbook()
    page = book.worksheets[0]
    page.title = "1"
    page.sheet_view.rightToLeft = sheet.is_rtl
    lines = [(sheet.title,), *((one,) for one in sheet.facts), (), sheet.heads, *sheet.rows]
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = page.cell(row=number, column=column)
            cell.value = text
            cell.data_type = "s"
    head = len(sheet.facts) + 3
    for cell in (page.cell(row=1, column=1), *page[head]):
        cell.font = Font(bold=True)
    for width, letter in zip(_WIDTHS, "ABCDEFG", strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = f"A{head + 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{head}:{head}"
    page.print_options.gridLines = True
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def table(sheet: Sheet) -> bytes:
    """CSV, as spreadsheets read it; what looks like a formula begins with an apostrophe."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(sheet.heads)
    lines.writerows([csv_files.harmless(one) for one in row] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig")
