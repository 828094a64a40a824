"""Answers go out as a workbook and come back; nothing is half imported."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.errors import Misconfigured
from bot.handover.domain.drafts import Proposal
from bot.infodesk import importing
from bot.infodesk.domain import Library
from bot.infodesk.exports import paper
from bot.infodesk.exports import workbook as exporting
from bot.infodesk.importing import workbook
from bot.infodesk.importing.workbook import Changes
from bot.infodesk.wording import sheet
from tests.support import infodesk_makers as making

FACTS = {"asylum/apply": ["[high] Apply in Brussels. (2024; Fedasil)"]}
RICH = making.ANSWER.replace(
    "related: []",
    'danger:\n  numbers: ["112"]\n  say: "Help"\n  say_own: "Hulp"\ndesk: {nl: "Ik", own: "I"}\n'
    "# a note of an editor\nfacts_checked:\nlanguage_checked:\nrelated: []",
)

Cell = Callable[[str, str, str, object], None]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    making.write_language(tmp_path, "en", {"asylum/apply": RICH, "health/mental": making.ANSWER})
    making.write_language(tmp_path, "nl", {"asylum/apply": RICH})
    return importing.read(tmp_path)


@pytest.fixture
def book(tmp_path: Path, library: Library) -> Path:
    path = tmp_path / "answers.xlsx"
    exporting.write(path, library, facts=FACTS, right_to_left={"nl"})
    return path


@pytest.fixture
def types(book: Path) -> Cell:
    """A colleague types into a cell: sheet, topic, column, value."""

    def typed(page: str, slug: str, name: str, value: object) -> None:
        opened = load_workbook(book)
        columns = sheet.REVIEW_COLUMNS if page.startswith(sheet.REVIEW) else sheet.COLUMNS
        at = [column.name for column in columns].index(name)
        rows: Any = opened[page].iter_rows(min_row=2)
        row = next(row for row in rows if row[0].value == slug)
        row[at].value = value
        opened.save(book)

    return typed


def _read(book: Path) -> Changes:
    folder = book.parent
    return workbook.read(book, folder, importing.read(folder))


def test_a_workbook_that_nobody_changed_changes_nothing(book: Path) -> None:
    changes = _read(book)

    assert (changes.diff(), changes.faults, changes.remarks) == ("", [], [])


def test_shipped_answers_come_back_as_they_went(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    exporting.write(path, making.shipped(), facts={})

    changes = workbook.read(path, making.LOCALES, making.shipped())

    assert (changes.files, changes.faults) == ({}, [])


def test_sheets_are_wrapped_and_run_as_the_language_does(book: Path) -> None:
    opened = load_workbook(book)

    assert opened.sheetnames == ["en", "review en", "nl", "review nl"]
    assert opened["nl"].sheet_view.rightToLeft
    assert not opened["en"].sheet_view.rightToLeft
    assert opened["en"]["D2"].alignment.wrap_text
    assert opened["review en"]["C2"].value == FACTS["asylum/apply"][0]
    assert opened["en"].column_dimensions["Q"].hidden


def test_changed_cells_are_shown_as_a_diff_and_written_when_asked(book: Path, types: Cell) -> None:
    types("en", "asylum/apply", "title", 'Ask: "asylum"')
    types("en", "asylum/apply", "body", "Bring papers.\n\n1. All.")
    types("en", "asylum/apply", "numbers", "112\n101")
    types("en", "asylum/apply", "as_of", 2023)
    types("review en", "asylum/apply", "facts_checked", "JD 2026-11-20")
    types("review en", "asylum/apply", "remarks", "Check the address")

    changes = _read(book)

    assert changes.faults == []
    assert changes.remarks == ["asylum/apply (en): Check the address"]
    lines = changes.diff().splitlines()
    assert [line for line in lines if line.startswith("+")][1:] == [
        '+title: "Ask: \\"asylum\\""',
        '+  numbers: ["112", "101"]',
        '+as_of: "2023"',
        '+facts_checked: "JD 2026-11-20"',
        "+Bring papers.",
        "+",
        "+1. All.",
    ]
    changes.apply()
    found = importing.read(book.parent).answers["en"]["asylum/apply"]
    assert found.title == 'Ask: "asylum"'
    assert found.facts_checked == "JD 2026-11-20"
    assert "# a note of an editor" in (book.parent / "en/answers/asylum/apply.md").read_text()


def test_every_field_can_be_taken_away_and_come_back(book: Path, types: Cell) -> None:
    before = importing.read(book.parent).answers["en"]["asylum/apply"]
    for name in ("numbers", "say", "say_own", "desk_nl", "desk_own"):
        types("en", "asylum/apply", name, None)
    types("en", "asylum/apply", "hold", "rules changed")
    _read(book).apply()
    bare = importing.read(book.parent).answers["en"]["asylum/apply"]
    assert (bare.danger, bare.desk, bare.hold) == (None, None, "rules changed")

    exporting.write(book, importing.read(book.parent), facts={})
    for name, value in sheet.cells(before).items():
        types("en", "asylum/apply", name, value or None)
    _read(book).apply()

    assert importing.read(book.parent).answers["en"]["asylum/apply"] == before


def test_what_changed_here_meanwhile_is_a_conflict_and_not_overwritten(
    book: Path, types: Cell
) -> None:
    types("en", "asylum/apply", "title", "Theirs")
    types("en", "health/mental", "title", "Fine")
    file = book.parent / "en/answers/asylum/apply.md"
    file.write_text(file.read_text().replace("Ask for asylum", "Ours"), encoding="utf-8")

    changes = _read(book)

    assert changes.files == {}
    assert changes.faults == ["en row 2: title of asylum/apply changed here too since: export anew"]


def test_other_cells_of_a_file_that_changed_meanwhile_are_taken(book: Path, types: Cell) -> None:
    types("en", "asylum/apply", "short", "Theirs.")
    file = book.parent / "en/answers/asylum/apply.md"
    file.write_text(file.read_text().replace("Ask for asylum", "Ours"), encoding="utf-8")

    _read(book).apply()

    found = importing.read(book.parent).answers["en"]["asylum/apply"]
    assert (found.title, found.short) == ("Ours", "Theirs.")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("title", None, "en, asylum/apply: title is missing"),
        ("short", "x" * 201, "en, asylum/apply: short has 201 characters"),
        ("sources", "Fedasil, https://fedasil.be", "is no source: write name | https://"),
        ("sources", "Fedasil | fedasil.be", "is no web address"),
        ("sources", None, "sources are missing"),
        ("desk_own", None, "the line for the desk needs both"),
        ("as_of", "June 2024", "as_of 'June 2024' is no date"),
        ("short", "=A1", "en row 2: short is a formula or an error: type the text"),
        ("slug", "asylum/other", "en row 2: there is no answer 'asylum/other' in en"),
        ("slug", "health/mental", "health/mental stands here twice"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_imported(
    book: Path, types: Cell, name: str, value: object, expected: str
) -> None:
    types("nl", "asylum/apply", "title", "Goed")
    types("en", "asylum/apply", name, value)

    changes = _read(book)

    assert changes.files == {}
    assert expected in "\n".join(changes.faults)


def test_a_bad_sheet_is_named(book: Path) -> None:
    opened = load_workbook(book)
    opened["en"]["B1"] = "Titel"
    opened["nl"].title = "Dutch"
    opened.save(book)

    found = "\n".join(_read(book).faults)

    assert "en row 1: the column 'title' is missing" in found
    assert "Dutch: no sheet is called so; languages are en, nl" in found


def test_another_kind_of_file_is_said(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_text("no workbook", encoding="utf-8")

    with pytest.raises(Misconfigured, match="is no workbook"):
        workbook.read(path, tmp_path, library)


def test_answers_are_printed_beside_their_facts(library: Library) -> None:
    text = paper.document(library, "en", FACTS, is_rtl=True)

    assert 'dir="rtl"' in text
    assert "[high] Apply in Brussels." in text
    assert text.index("health/mental") < text.index("asylum/apply")  # urgent first


def test_proposed_topics_have_a_sheet_that_is_only_read(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "proposed.xlsx"
    proposal = Proposal("ps", "housing", "=How?", "Go to […].", "2026-11-20")
    exporting.write(path, library, facts=FACTS, proposed=[proposal])

    rows: Any = load_workbook(path)[sheet.PROPOSED].iter_rows(min_row=2, values_only=True)
    changes = _read(path)

    assert [row[:5] for row in rows] == [("ps", "housing", "=How?", "Go to […].", "2026-11-20")]
    assert (changes.faults, changes.files) == ([], {})
