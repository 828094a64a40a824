"""An empty file of events to fill in, with an example and a sheet that explains each column."""

import io
from collections.abc import Mapping
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.events.desk import EventsDesk
from bot.events.domain import Kind
from bot.events.wording import files as wording
from bot.events.wording import kinds
from bot.language.catalog import Words

_EXAMPLE: Final = {
    "title": "Rondleiding in de bibliotheek",
    "title_en": "A tour of the library",
    "description": "Je ziet hoe je boeken leent. Het is gratis.",
    "date": "2030-06-15",
    "start": "14:00",
    "end": "16:00",
    "place": "De Krook, Miriam Makebaplein 1",
    "town": "Gent",
    "places": "12",
    "access": "",
}


def workbook(desk: EventsDesk, language: str) -> bytes:
    """The file in a language, as a spreadsheet opens it; what must be filled in is bold."""
    _ = desk.catalogs.words(language)
    languages = [words.code for words in desk.catalogs]
    columns = wording.explained(_, known(desk, _), languages)
    book = Workbook()
    page = book.worksheets[0]
    page.title = _.plain(wording.EVENTS)[:31]
    page.append([one.heading for one in columns])
    example = {**_EXAMPLE, **_said(_, desk)}
    page.append([example.get(one.name, "") for one in columns])
    help_ = book.create_sheet(_.plain(wording.EXPLANATIONS)[:31])
    for one in columns:
        help_.append([one.heading, one.help])
    for number, one in enumerate(columns, 1):
        page.cell(1, number).font = Font(bold=one.is_needed)
        page.column_dimensions[get_column_letter(number)].width = 20
        help_.cell(number, 1).font = Font(bold=one.is_needed)
        help_.cell(number, 2).alignment = Alignment(wrap_text=True)
    help_.column_dimensions["A"].width, help_.column_dimensions["B"].width = 28, 90
    page.freeze_panes = "A2"
    for sheet in (page, help_):
        sheet.sheet_view.rightToLeft = _.is_rtl
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def known(desk: EventsDesk, _: Words) -> Mapping[str, str]:
    """The words that a column may hold, in a language."""
    languages = ", ".join(words.code for words in desk.catalogs)
    offices = ", ".join(desk.offices.values())
    return {
        "kind": ", ".join(kinds.kind_name(_, one) for one in Kind),
        "audience": ", ".join(kinds.role_name(_, one) for one in kinds.ROLES),
        "repeats": ", ".join(_.plain(one) for one in wording.RULES.values()),
        "state": _.plain(wording.CANCELLED),
        "written_in": languages,
        "languages": languages,
        "audience_languages": languages,
        "regions": offices,
        "office": offices,
    }


def _said(_: Words, desk: EventsDesk) -> dict[str, str]:
    yes, no = _.plain(wording.YES), _.plain(wording.NO)
    first = next(iter(desk.offices.values()), "")
    return {
        "kind": kinds.kind_name(_, Kind.TOUR),
        "written_in": "nl",
        "waitlist": yes,
        "interpreter": no,
        "children": yes,
        "languages": "nl, en",
        "audience": kinds.role_name(_, next(iter(kinds.ROLES))),
        "office": first,
    }
