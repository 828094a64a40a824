"""The list of a shift for its organiser, as a workbook (XLSX): who comes, and room to tick."""

import io

from bot.volunteering.wording.inviting import Sheet

_WIDTHS = (28, 22, 44, 12, 12)


def file(sheet: Sheet) -> bytes:
    """The same as a file. A name that begins with "=" stays a name."""
    from openpyxl import Workbook  # noqa: PLC0415  # half a second, for who never asks for a list
    from openpyxl.styles import Font  # noqa: PLC0415  # the same

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
    for width, letter in zip(_WIDTHS, "ABCDE", strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = f"A{head + 1}"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
