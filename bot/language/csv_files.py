"""Files of commas, as this bot, a person or Excel in Belgium writes them."""

import csv
import io
from collections.abc import Iterator

Row = tuple[int, list[str]]
_FORMULA = tuple("=+-@\t\r")


def rows(content: bytes, *, column: str = "") -> Iterator[Row]:
    """Every line that holds something, with its number; ; , and tabs divide alike.

    `column` is a name that stands in the first line: it tells which of the three divides. Without
    one it is the first line that holds something.
    """
    text = _text(content)
    begins = next((line for line in text.splitlines() if _is_head(line, column)), "")
    divider = max(";,\t", key=begins.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    for values in reader:
        values = [one.strip() for one in values]
        if any(values) and not values[0].casefold().startswith("sep="):
            yield reader.line_num, values


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (a name may begin with "="); also one that
    looks guarded already gets a guard, so that `unguarded` gives back every text."""
    return f"'{cell}" if cell[:1] in _FORMULA or _is_guarded(cell) else cell


def unguarded(cell: str) -> str:
    """The text before it was made harmless."""
    return cell[1:] if _is_guarded(cell) else cell


def _is_guarded(cell: str) -> bool:
    return cell.startswith("'") and (cell[1:2] in _FORMULA or _is_guarded(cell[1:]))


def _is_head(line: str, column: str) -> bool:
    said = line.strip().casefold()
    return bool(said) and not said.startswith("sep=") and column in said


def _text(content: bytes) -> str:
    """UTF-8 with or without a mark; else what older Excel writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
