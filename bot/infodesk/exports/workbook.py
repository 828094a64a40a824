"""Answers as a workbook (XLSX): a sheet per language to edit, and one to review beside the facts.

Imported only by the command that makes it, because the library behind it takes time to load.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.handover.domain.drafts import Proposal
from bot.infodesk.domain import Answer, Library
from bot.infodesk.wording import markup, sheet
from bot.infodesk.wording.sheet import Column

_HEADING = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="EEEEEE")
_TEXT = "@"  # the number format of a cell whose dates and numbers stay as they are typed
_TALLEST = 400.0  # points; a spreadsheet shows no row that is higher
_LINE = 15.0


def write(
    path: Path,
    library: Library,
    *,
    facts: Mapping[str, Sequence[str]],
    right_to_left: Collection[str] = (),
    languages: Collection[str] = (),
    proposed: Sequence[Proposal] = (),
) -> None:
    """Write the workbook; `facts` are the lines of each topic, with their sources; `proposed` is
    what colleagues made of good answers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for language in languages or library.languages:
        answers = _in_order(library, language)
        is_rtl = language in right_to_left
        _edited(book.create_sheet(language), answers, is_rtl=is_rtl)
        review = book.create_sheet(sheet.REVIEW + language)
        _reviewed(review, answers, facts, is_rtl=is_rtl)
    if proposed:
        _proposed(book.create_sheet(sheet.PROPOSED), proposed)
    book.save(path)


def _proposed(page: Worksheet, proposed: Sequence[Proposal]) -> None:
    _head(page, sheet.PROPOSED_COLUMNS, is_rtl=False)
    for row, one in enumerate(proposed, 2):
        values = (one.language, one.category, one.question, one.answer, one.checked_on, "")
        _row(page, row, values, sheet.PROPOSED_COLUMNS)


def _in_order(library: Library, language: str) -> list[Answer]:
    known = library.answers[language]
    return [known[slug] for slug in library.topics if slug in known]


def _edited(page: Worksheet, answers: list[Answer], *, is_rtl: bool) -> None:
    columns = [*sheet.COLUMNS, Column(sheet.EXPORTED, sheet.EXPORTED, 10)]
    _head(page, columns, is_rtl=is_rtl)
    for row, answer in enumerate(answers, 2):
        values = sheet.cells(answer)
        _row(page, row, [*values.values(), sheet.fingerprints(values)], columns)
    page.column_dimensions[get_column_letter(len(columns))].hidden = True


def _reviewed(
    page: Worksheet, answers: list[Answer], facts: Mapping[str, Sequence[str]], *, is_rtl: bool
) -> None:
    columns = [*sheet.REVIEW_COLUMNS, Column(sheet.EXPORTED, sheet.EXPORTED, 10)]
    _head(page, columns, is_rtl=is_rtl)
    for row, answer in enumerate(answers, 2):
        marks = {name: sheet.cells(answer)[name] for name in sheet.MARKS}
        known = (line for slug in (answer.slug, *answer.facts) for line in facts.get(slug, ()))
        text, beside = _whole(answer), "\n\n".join(known)
        hidden = sheet.fingerprints(marks)
        _row(page, row, [answer.slug, text, beside, *marks.values(), "", hidden], columns)
    page.column_dimensions[get_column_letter(len(columns))].hidden = True


def _whole(answer: Answer) -> str:
    """Everything people read, in the order in which they read it."""
    danger, desk = answer.danger, answer.desk
    parts = [
        answer.title,
        "\n".join((*danger.numbers, danger.say, danger.say_own)) if danger else "",
        markup.plain(markup.line_to_html(answer.short)),
        f"[{answer.hold}]" if answer.hold else markup.plain(markup.to_html(answer.body)),
        f"{desk.nl}\n{desk.own}" if desk else "",
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _head(page: Worksheet, columns: Sequence[Column], *, is_rtl: bool) -> None:
    page.sheet_view.rightToLeft = is_rtl
    page.freeze_panes = "C2"
    for number, column in enumerate(columns, 1):
        cell = _cell(page, 1, number, column.heading)
        cell.font, cell.fill = _HEADING, _SHADE
        page.column_dimensions[get_column_letter(number)].width = column.width


def _row(page: Worksheet, row: int, values: Sequence[str], columns: Sequence[Column]) -> None:
    tallest = 1
    for number, (value, column) in enumerate(zip(values, columns, strict=True), 1):
        _cell(page, row, number, value)
        if column.name != sheet.EXPORTED:
            needed = sum(1 + len(line) // column.width for line in value.split("\n"))
            tallest = max(tallest, needed)
    _cell(page, row, 1, values[0]).fill = _SHADE
    page.row_dimensions[row].height = min(_TALLEST, _LINE * tallest)


def _cell(page: Worksheet, row: int, number: int, value: str) -> Cell:
    cell = page.cell(row, number)
    assert isinstance(cell, Cell)
    cell.value = value or None
    if value:
        cell.data_type = "s"  # a text that begins with = is no formula
    cell.number_format = _TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
