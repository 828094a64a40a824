"""The file `.env`, looked at before it is used: a broken line would silently set nothing."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from bot.errors import Misconfigured


def names(file: Path) -> Iterator[tuple[str, int]]:
    """Each name it sets, and its line. Raises Misconfigured that names a line it cannot read."""
    if not file.is_file():
        return
    seen: dict[str, int] = {}
    for found in parse_stream(StringIO(_text(file))):
        line = found.original.line + _empty_lines(found.original.string)
        if found.error or (found.key is not None and found.value is None):
            raise Misconfigured(f"Line {line} of {file} is not NAME=value: mend it or remove it.")
        if found.key is not None:
            first = seen.setdefault(found.key.upper(), line)
            if first != line:  # the last would win, though the first may be what was meant
                raise Misconfigured(
                    f"Line {line} of {file} sets {found.key} again, after line {first}: keep one."
                )
            yield found.key, line


def _empty_lines(text: str) -> int:
    """How many come before what stands there; the parser counts from the first of them."""
    return text[: len(text) - len(text.lstrip())].count("\n")


def _text(file: Path) -> str:
    try:
        written = file.read_bytes()
    except OSError as error:
        raise Misconfigured(f"The file {file} cannot be read: {error.strerror}.") from None
    try:
        text = written.decode("utf-8-sig")
        broken = text.encode().find(b"\0")
    except UnicodeDecodeError as error:
        broken = error.start
    if broken >= 0:
        line = written[:broken].count(b"\n") + 1
        raise Misconfigured(f"Line {line} of {file} is not text: save the file as UTF-8 text.")
    return text
