"""The cells of a file: of a workbook by sheet, or of one CSV; which of the three each sheet is."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import Refused
from bot.language import csv_files
from bot.people.domain.team import folded
from bot.volunteering.domain.files import (
    COLUMNS,
    NEEDED,
    At,
    NoColumn,
    NoFile,
    UnknownColumn,
    UnknownSheet,
)

Cells = list[str]
_MOST_BYTES = 20_000_000  # of a sheet unpacked: a small file can hold an endless one


class Sheet(NamedTuple):
    """What one sheet holds: which of the three it is, and its lines by column."""

    kind: str
    lines: Sequence[tuple[At, Mapping[str, str]]]


class Misfit(Exception):
    """Headings that cannot be used."""

    def __init__(self, at: At, why: Refused) -> None:
        super().__init__(str(why))
        self.at = at
        self.why = why


def sheets(content: bytes) -> Iterator[Sheet]:
    """Every sheet that holds something. Raises Misfit, NoFile."""
    found = _workbook(content) if content.startswith(b"PK") else _csv(content)
    for name, rows in found:
        lines = [(number, cells) for number, cells in rows if any(cells)]
        if lines:
            yield _sheet(name, lines)


def _sheet(name: str, lines: Sequence[tuple[int, Cells]]) -> Sheet:
    head, *rest = lines
    names = [folded(one).replace(" ", "_") for one in head[1]]
    while names and not names[-1]:
        names.pop()
    at = At(name, head[0])
    kind = _kind(names, at)
    columns = [_column(kind, one, at) for one in names]
    for needed in NEEDED[kind]:
        if needed not in columns:
            raise Misfit(at, NoColumn(column=needed))
    return Sheet(kind, [(At(name, number), _by_name(columns, cells)) for number, cells in rest])


def _kind(names: Sequence[str], at: At) -> str:
    """The kind most of whose headings are here."""
    fits = {kind: sum(_known(kind, one) is not None for one in names) for kind in COLUMNS}
    best = max(fits, key=lambda kind: (_has_needed(kind, names), fits[kind]))
    if not fits[best]:
        raise Misfit(at, UnknownSheet())
    return best


def _has_needed(kind: str, names: Sequence[str]) -> int:
    known = {_known(kind, one) for one in names}
    return sum(one in known for one in NEEDED[kind])


def _column(kind: str, heading: str, at: At) -> str:
    found = _known(kind, heading)
    if found is None:
        raise Misfit(at, UnknownColumn(column=heading, columns=", ".join(COLUMNS[kind])))
    return found


def _known(kind: str, heading: str) -> str | None:
    for column, others in COLUMNS[kind].items():
        if heading == column or heading in others:
            return column
    return None


def _by_name(columns: Sequence[str], cells: Cells) -> Mapping[str, str]:
    filled = [*cells, *[""] * len(columns)]
    return dict(zip(columns, filled, strict=False))


def _csv(content: bytes) -> Iterator[tuple[str, Iterator[tuple[int, Cells]]]]:
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NoFile
    head = csv_files.rows(content, column="organisa" if b"rganisa" in content[:400] else "sector")
    yield "", iter([(number, cells) for number, cells in head])


def _workbook(content: bytes) -> Iterator[tuple[str, Iterator[tuple[int, Cells]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _MOST_BYTES:
                raise NoFile
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError):
        raise NoFile from None
    for page in book.worksheets:
        rows = page.iter_rows(values_only=True)
        yield (
            page.title,
            ((number, [_text(one) for one in row]) for number, row in enumerate(rows, 1)),
        )


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
