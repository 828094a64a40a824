"""Lines as a workbook (XLSX) or as CSV. What begins like a formula stays a text."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot.language import csv_files

Rows = Sequence[Sequence[str]]
_BOM = "\ufeff"  # without it Excel does not see that this is UTF-8


def workbook(title: str, heads: Sequence[str], rows: Rows, *, is_rtl: bool) -> bytes:
    """One sheet, from right to left where the reader reads so."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = title[:31]
    for number, line in enumerate((heads, *rows), 1):
        for column, text in enumerate(line, 1):
            cell = page.cell(row=number, column=column)
            cell.value = text
            cell.data_type = "s"
    for column in range(1, len(heads) + 1):
        page.cell(row=1, column=column).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = 20
    page.freeze_panes = "A2"
    page.sheet_view.rightToLeft = is_rtl
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def commas(heads: Sequence[str], rows: Rows) -> bytes:
    """The same as CSV."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([csv_files.harmless(cell) for cell in row] for row in rows)
    return (_BOM + written.getvalue()).encode()
