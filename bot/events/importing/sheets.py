"""The cells of a file: of a workbook by sheet, or of one CSV; and which column is which."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

from openpyxl import load_workbook

from bot.errors import Refused
from bot.events.domain.files import (
    MOST_LINES,
    At,
    ColumnTwice,
    Locked,
    NoColumn,
    NoFile,
    TooManyLines,
    UnknownColumn,
)
from bot.language import csv_files
from bot.people.domain.team import folded

Cells = list[str]
Pages = Iterator[tuple[str, list[tuple[int, Cells]]]]
_MOST_BYTES = 20_000_000  # of a workbook unpacked: a small file can hold an endless one
_MOST_ROWS = 20_000  # that are looked at: a workbook may have a million empty ones
_MOST_COLUMNS = 100
_OLD_OFFICE = bytes.fromhex("d0cf11e0")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the sheets of a file may be.

    columns  kind of sheet -> column -> other headings that mean it, folded
    needed   kind of sheet -> columns without which it is none
    none     what is wrong where the headings fit no kind
    ignored  folded names of sheets that hold no lines
    most     lines of a file
    is_lenient  columns that nobody knows are not read, rather than refused
    """

    columns: Mapping[str, Mapping[str, tuple[str, ...]]]
    needed: Mapping[str, Sequence[str]]
    none: Refused
    ignored: frozenset[str] = field(default_factory=frozenset)
    most: int = MOST_LINES
    is_lenient: bool = False


class Sheet(NamedTuple):
    """What one sheet holds: its kind, its columns, and its lines by column; `unread`: headings
    of columns that are not read."""

    kind: str
    columns: Sequence[str]
    lines: Sequence[tuple[At, Mapping[str, str]]]
    unread: tuple[str, ...] = ()


class Misfit(Exception):
    """Headings that cannot be used, or more than can be read."""

    def __init__(self, at: At, why: Refused) -> None:
        super().__init__(str(why))
        self.at = at
        self.why = why


def sheets(content: bytes, layout: Layout) -> Iterator[Sheet]:
    """Every sheet that holds something. Raises Misfit, NoFile, Locked."""
    if content.startswith(_OLD_OFFICE):
        raise Locked
    found = _workbook(content, layout) if content.startswith(b"PK") else _csv(content, layout)
    for name, lines in found:
        if lines and folded(name) not in layout.ignored:
            yield _sheet(name, lines, layout)


def _sheet(name: str, lines: Sequence[tuple[int, Cells]], layout: Layout) -> Sheet:
    head, *rest = lines
    names = [folded(one).replace(" ", "_") for one in head[1]]
    while names and not names[-1]:
        names.pop()
    at = At(name, head[0])
    kind = _kind(names, at, layout)
    known = layout.columns[kind]
    columns = [_column(known, one, at, is_lenient=layout.is_lenient) for one in names]
    unread = [cell for cell, one in zip(head[1], columns, strict=False) if cell and not one]
    for needed in layout.needed[kind]:
        if needed not in columns:
            raise Misfit(at, NoColumn(column=needed))
    for number, column in enumerate(columns):
        if column and column in columns[:number]:
            raise Misfit(at, ColumnTwice(column=column))
    below = [(At(name, number), _by_name(columns, cells)) for number, cells in rest]
    return Sheet(kind, columns, below, tuple(unread))


def _kind(names: Sequence[str], at: At, layout: Layout) -> str:
    """The kind most of whose headings are here."""

    def fit(kind: str) -> tuple[int, int]:
        found = {_known(layout.columns[kind], one) for one in names} - {None}
        return sum(one in found for one in layout.needed[kind]), len(found)

    best = max(layout.columns, key=fit)
    if not fit(best)[1]:
        raise Misfit(at, layout.none)
    return best


def _column(known: Mapping[str, tuple[str, ...]], heading: str, at: At, *, is_lenient: bool) -> str:
    found = _known(known, heading)
    if found is None and is_lenient:
        return ""
    if found is None:
        raise Misfit(at, UnknownColumn(column=heading, columns=", ".join(known)))
    return found


def _known(known: Mapping[str, tuple[str, ...]], heading: str) -> str | None:
    for column, others in known.items():
        if heading == column or heading in others:
            return column
    return None


def _by_name(columns: Sequence[str], cells: Cells) -> Mapping[str, str]:
    filled = [*cells, *[""] * len(columns)]
    return dict(zip(columns, filled, strict=False))


def _csv(content: bytes, layout: Layout) -> Pages:
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NoFile
    rows = (
        (number, [csv_files.unguarded(one) for one in cells])
        for number, cells in csv_files.rows(content)
    )
    yield "", _filled(rows, "", layout)


def _workbook(content: bytes, layout: Layout) -> Pages:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _MOST_BYTES:
                raise NoFile
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        pages = [(one.title, _filled(_rows(one), one.title, layout)) for one in book.worksheets]
    except (Misfit, NoFile):
        raise
    except Exception:  # a broken workbook fails in as many ways as it has parts
        raise NoFile from None
    yield from pages


def _rows(page: Any) -> Iterator[tuple[int, Cells]]:
    found = page.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=_MOST_COLUMNS)
    for number, row in enumerate(found, 1):
        yield number, [_text(one) for one in row]


def _filled(
    rows: Iterator[tuple[int, Cells]], name: str, layout: Layout
) -> list[tuple[int, Cells]]:
    """The lines that hold something. Raises Misfit where there are too many."""
    found: list[tuple[int, Cells]] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if len(found) > layout.most:
            raise Misfit(At(name, number), TooManyLines(layout.most))
        found.append((number, cells))
    return found


def _text(value: Any) -> str:
    """A cell as text, as people would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case float() if value.is_integer():
            return str(int(value))
    return str(value).strip()
