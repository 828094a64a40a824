"""A workbook that came back from colleagues: what they changed, file by file; or what is wrong.

Nothing is half imported: with one bad cell, or one text that changed here meanwhile, no file is
written. Imported only by the command that reads it.
"""

import difflib
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import Misconfigured
from bot.infodesk.domain import Answer, Library
from bot.infodesk.importing import checking, front_matter, rewriting
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.wording import sheet
from bot.infodesk.wording.sheet import Column, Unreadable

_COMPUTED = re.compile(r"=|#[A-Z/0]+[!?]?$")


@dataclass
class Changes:
    """What a workbook brings.

    files    the new text of each file that changes
    faults   what must be mended in the workbook first
    remarks  what colleagues wrote beside a text
    """

    files: dict[Path, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def diff(self) -> str:
        """The changes, as git would show them."""
        shown = ""
        for path, text in sorted(self.files.items()):
            before = path.read_text(encoding="utf-8").splitlines(keepends=True)
            after = text.splitlines(keepends=True)
            shown += "".join(difflib.unified_diff(before, after, str(path), str(path)))
        return shown

    def apply(self) -> None:
        """Write the files, each one whole."""
        for path, text in self.files.items():
            aside = path.with_suffix(".md.new")
            aside.write_text(text, encoding="utf-8")
            os.replace(aside, path)


@dataclass
class _Row:
    """One line of a sheet."""

    place: str  # sheet and number, for whoever must mend it
    language: str
    values: dict[str, str]
    wrong: str = ""

    @property
    def slug(self) -> str:
        return self.values["slug"]


def read(path: Path, folder: Path, library: Library) -> Changes:
    """Compare a workbook with the files under `locales/`; they are left as they are."""
    changes = Changes()
    edits: dict[tuple[str, str], dict[str, str]] = {}
    seen: set[str] = set()
    for row in _rows(path, library, changes.faults):
        answer = library.answers[row.language].get(row.slug)
        if wrong := row.wrong or _misplaced(row, answer, seen):
            changes.faults.append(f"{row.place}: {wrong}")
            continue
        assert answer is not None
        _take(row, answer, edits.setdefault((row.language, row.slug), {}), changes)
    for (language, slug), edit in edits.items():
        if edit:
            _rewrite(library.answers[language][slug], edit, folder, library, changes)
    if changes.faults:
        changes.files.clear()
    return changes


def _take(row: _Row, answer: Answer, edit: dict[str, str], changes: Changes) -> None:
    """Add what a row changes to what is known of its answer."""
    if remark := row.values.get("remarks"):
        changes.remarks.append(f"{row.slug} ({row.language}): {remark}")
    changed, conflicts = _changed(row, answer)
    changes.faults += [f"{row.place}: {conflict}" for conflict in conflicts]
    for name, value in changed.items():
        if edit.setdefault(name, value) != value:
            changes.faults.append(f"{row.place}: {name} is {edit[name]!r} in the other sheet")


def _misplaced(row: _Row, answer: Answer | None, seen: set[str]) -> str:
    place = f"{row.place.rpartition(' row ')[0]}/{row.slug}"
    if answer is None:
        return f"there is no answer {row.slug!r} in {row.language}; see docs/howto/add-a-topic.md"
    if place in seen:
        return f"{row.slug} stands here twice: take one row away"
    seen.add(place)
    return ""


def _changed(row: _Row, answer: Answer) -> tuple[dict[str, str], list[str]]:
    """What colleagues changed; a cell that changed here too, and otherwise, is a conflict."""
    before = sheet.remembered(row.values[sheet.EXPORTED])
    changed: dict[str, str] = {}
    conflicts = []
    current = sheet.cells(answer)
    for name in current.keys() & row.values.keys() - {"slug"}:
        theirs, ours = row.values[name], current[name]
        if theirs == ours or sheet.fingerprint(theirs) == before.get(name):
            continue
        if sheet.fingerprint(ours) != before.get(name):
            conflicts.append(f"{name} of {row.slug} changed here too since: export anew")
        else:
            changed[name] = theirs
    return changed, conflicts


def _rewrite(
    answer: Answer, edit: Mapping[str, str], folder: Path, library: Library, changes: Changes
) -> None:
    """Put one answer's changes into its file's text, and check what comes out."""
    path = checking.path_of(folder, answer)
    place = f"{answer.language}, {answer.slug}"
    try:
        source = path.read_text(encoding="utf-8")
        text = rewriting.rewritten(source, {**sheet.cells(answer), **edit}, set(edit))
        found = front_matter.parsed(text, path, answer.language, answer.slug)
    except Unreadable as error:
        changes.faults.append(f"{place}: {error}")
        return
    if isinstance(found, Fault):
        changes.faults.append(f"{place}: {found.message}")
        return
    changes.faults += [f"{place}: {message}" for message in checking.own_faults(found, library)]
    changes.files[path] = text


def _rows(path: Path, library: Library, faults: list[str]) -> Iterator[_Row]:
    for page in _book(path).worksheets:
        if page.title == sheet.PROPOSED:
            continue
        is_review = page.title.startswith(sheet.REVIEW)
        language = page.title.removeprefix(sheet.REVIEW)
        if language not in library.languages:
            known = ", ".join(library.languages)
            faults.append(f"{page.title}: no sheet is called so; languages are {known}")
            continue
        rows = page.iter_rows(values_only=True)
        columns = [*(sheet.REVIEW_COLUMNS if is_review else sheet.COLUMNS)]
        columns.append(Column(sheet.EXPORTED, sheet.EXPORTED, 0))
        places, missing = _places(next(rows, ()), columns)
        if missing:
            faults.append(f"{page.title} row 1: the column {missing!r} is missing: export anew")
            continue
        for number, cells in enumerate(rows, 2):
            row = _row(f"{page.title} row {number}", language, cells, places)
            if any(row.values.values()):
                yield row


def _book(path: Path) -> Any:
    try:
        return load_workbook(path)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise Misconfigured(f"{path} is no workbook (.xlsx) that can be read: {error}") from None


def _places(heads: tuple[Any, ...], columns: list[Column]) -> tuple[dict[str, int], str]:
    """Where each column stands (colleagues may have moved it), and one that is gone."""
    said = [_text(head) for head in heads]
    missing = next((column.heading for column in columns if column.heading not in said), "")
    known = {column.name: said.index(column.heading) for column in columns if not missing}
    return known, missing


def _row(place: str, language: str, cells: tuple[Any, ...], places: Mapping[str, int]) -> _Row:
    values = {name: _text(cells[at]) for name, at in places.items()}
    computed = next((name for name, value in values.items() if _COMPUTED.match(value)), "")
    wrong = f"{computed} is a formula or an error: type the text" if computed else ""
    return _Row(place, language, values, wrong)


def _text(value: Any) -> str:
    """A cell as text, also when a spreadsheet made a date or a number of it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return sheet.tidy("" if value is None else str(value))
