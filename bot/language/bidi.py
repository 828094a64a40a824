"""Direction of writing: isolates around values, marks in front of paragraphs, names made safe.

Telegram decides the direction of each paragraph by its first strong letter. A Latin name or a
telephone number inside Dari or Pashto would drag its neighbours along, so values are isolated.
"""

import re
import unicodedata

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
RLM = "\u200f"
NAME_LIMIT = 64

_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_EMBEDDINGS = re.compile("[\u202a-\u202e]")
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RTL_LETTER = re.compile("[\u05d0-\u05f2\u0620-\u064a\u066e-\u06d5\u06ee-\u06ff\u0750-\u077f]")
_TAG = re.compile(r"</?[a-z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-z]+);")
_ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_LINE_BREAK = re.compile(r"(\r\n|\r|\n|\u2029)")


def isolate(text: str) -> str:
    """Wrap text so that it keeps its own direction and leaves its neighbours alone."""
    return f"{FSI}{text}{PDI}"


def isolate_ltr(text: str) -> str:
    """Wrap what is always read from left to right: numbers, telephone numbers, Latin names."""
    return f"{LRI}{text}{PDI}"


def strip_marks(text: str) -> str:
    """Take out everything invisible that steers direction (for search, data, file names)."""
    return text if text.isascii() else _MARKS.sub("", text)


def has_marks(text: str) -> bool:
    """Does the text hold anything invisible that steers direction?"""
    return not text.isascii() and _MARKS.search(text) is not None


def has_rtl(text: str) -> bool:
    """Does the text hold a letter that is written from right to left?"""
    return not text.isascii() and _RTL_LETTER.search(text) is not None


def contained(text: str) -> str:
    """Keep a value from turning the text around it: no overrides, every isolate closed."""
    if text.isascii() or not _CONTROLS.search(text):
        return text
    without_overrides = _EMBEDDINGS.sub("", text)
    return without_overrides if is_balanced(without_overrides) else _CONTROLS.sub("", text)


def safe_name(name: str | None) -> str:
    """Make a name that a stranger gave fit to stand in a text: one line, no tricks, 64 long."""
    letters = (
        " " if char.isspace() else char
        for char in strip_marks(name or "")
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Co"}
    )
    tidy = " ".join("".join(letters).split())[:NAME_LIMIT].rstrip()
    return tidy if any(_is_visible(char) for char in tidy) else "—"


def line_starts_right(text: str, is_rtl: bool) -> str:
    """Put U+200F before each right-to-left paragraph that would begin with a Latin letter."""
    if not is_rtl or text.isascii():
        return text
    parts = _LINE_BREAK.split(text)
    return "".join(RLM + part if _starts_wrong(part) else part for part in parts)


def first_strong(text: str) -> str | None:
    """Return 'L' or 'R' for the first letter that decides direction, outside tags and isolates."""
    for char in _ENTITY.sub("", _ISOLATED.sub("", _TAG.sub("", text))):
        direction = unicodedata.bidirectional(char)
        if direction == "L":
            return "L"
        if direction in {"R", "AL"}:
            return "R"
    return None


def is_balanced(text: str) -> bool:
    """Is every isolate closed in the paragraph in which it was opened?"""
    return all(_closes_all(line) for line in _LINE_BREAK.split(text))


def _starts_wrong(paragraph: str) -> bool:
    return has_rtl(paragraph) and first_strong(paragraph) != "R"


def _closes_all(line: str) -> bool:
    depth = 0
    for char in line:
        if char in {LRI, RLI, FSI}:
            depth += 1
        elif char == PDI:
            depth -= 1
        if depth < 0:
            return False
    return depth == 0


def _is_visible(char: str) -> bool:
    return unicodedata.category(char)[0] not in {"Z", "C", "M"}
