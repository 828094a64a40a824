"""An empty file to fill in: three sheets, with an example line each."""

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot.volunteering.domain.files import ASSIGNMENTS, COLUMNS, NEEDED, ORGANISATIONS, SHIFTS

_EXAMPLES: Final = {
    ORGANISATIONS: {
        "name": "De Centrale",
        "sector": "culture",
        "town": "Gent",
        "criteria": "briefing, guidance, contact, evaluation, growth, mixed",
        "contact": "Els Peeters",
        "phone": "09 123 45 67",
        "mail": "els@example.org",
    },
    ASSIGNMENTS: {
        "organisation": "De Centrale",
        "title": "Helpen aan de bar",
        "description": "Je helpt met drank schenken en afwassen. We leggen alles uit.",
        "kind": "occasional",
        "written_in": "nl",
        "languages": "nl 1",
        "talents": "cooking",
        "dutch": "yes",
        "social": "yes",
        "contact": "Els Peeters",
        "open": "yes",
    },
    SHIFTS: {
        "organisation": "De Centrale",
        "assignment": "Helpen aan de bar",
        "date": "2030-06-15",
        "start": "18:00",
        "end": "22:00",
        "places": "4",
        "minimum": "2",
        "waitlist": "yes",
    },
}


def workbook() -> bytes:
    """The file, as a spreadsheet opens it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind, columns in COLUMNS.items():
        sheet = book.create_sheet(kind)
        sheet.append(list(columns))
        sheet.append([_EXAMPLES[kind].get(one, "") for one in columns])
        for number, column in enumerate(columns, 1):
            sheet.cell(1, number).font = Font(bold=column in NEEDED[kind])
            sheet.column_dimensions[get_column_letter(number)].width = 18
        sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
