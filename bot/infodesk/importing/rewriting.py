"""Changed cells into an answer's file: only the keys that changed are written anew."""

import json
import re
from collections.abc import Callable, Mapping

from bot.infodesk.domain import Answer, Danger, DeskCard, Override, Source
from bot.infodesk.wording import sheet

# The order of keys in a file; a new key is put in at its place.
_ORDER = (
    *("title", "short", "danger", "desk", "sensitive", "hold", "sources", "as_of", "volatile"),
    *("facts_checked", "language_checked", "facts", "related", "phrasings", "allow"),
)
_BLOCKS = {
    **dict.fromkeys(("numbers", "say", "say_own"), "danger"),
    **dict.fromkeys(("desk_nl", "desk_own"), "desk"),
}
_KEPT_EMPTY = (*sheet.MARKS,)  # keys that stay when nothing is behind them


def rewritten(source: str, values: Mapping[str, str], changed: set[str]) -> str:
    """The file's text with these columns changed. Raises Unreadable for a cell it cannot take."""
    front, _, rest = source.partition("\n---\n")
    if "body" in changed:
        rest = values["body"].strip() + "\n"
    for key in sorted({_BLOCKS.get(name, name) for name in changed - {"body"}}, key=_ORDER.index):
        front = _with_key(front, key, _written(key, values))
    return f"{front}\n---\n{rest}"


def with_override(source: str, file: Answer, text: Override) -> str:
    """The file's text with what staff published in it; nobody has signed that."""
    before, after = sheet.cells(file), sheet.cells(text.over(file))
    return rewritten(source, after, {name for name in after if after[name] != before[name]})


def _written(key: str, values: Mapping[str, str]) -> str:
    """The lines of a key; empty when it is to go."""
    if key in _WRITERS:
        return _WRITERS[key](values)
    value = values[key]
    if not value:
        return f"{key}:" if key in _KEPT_EMPTY else ""
    return f"{key}: {_quoted(value)}"


def _with_key(front: str, key: str, written: str) -> str:
    block = re.compile(rf"^{key}:.*(?:\n(?![A-Za-z_]+:).*)*", re.MULTILINE)
    if found := block.search(front):
        before, after = front[: found.start()], front[found.end() :]
        return f"{before}{written}{after}" if written else f"{before}{after.removeprefix(chr(10))}"
    if not written:
        return front
    for later in _ORDER[_ORDER.index(key) + 1 :]:
        if place := re.search(rf"^{later}:", front, re.MULTILINE):
            return f"{front[: place.start()]}{written}\n{front[place.start() :]}"
    return f"{front}\n{written}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _danger(values: Mapping[str, str]) -> str:
    block: Danger | None = sheet.danger(values)
    if block is None:
        return ""
    numbers = ", ".join(map(_quoted, block.numbers))
    lines = ["danger:", f"  numbers: [{numbers}]", f"  say: {_quoted(block.say)}"]
    if block.say_own:
        lines.append(f"  say_own: {_quoted(block.say_own)}")
    return "\n".join(lines)


def _desk(values: Mapping[str, str]) -> str:
    card: DeskCard | None = sheet.desk(values)
    return f"desk:\n  nl: {_quoted(card.nl)}\n  own: {_quoted(card.own)}" if card else ""


def _sources(values: Mapping[str, str]) -> str:
    return "\n".join(["sources:", *map(_source, sheet.sources(values["sources"]))])


def _source(source: Source) -> str:
    as_of = _quoted(source.as_of) if source.as_of else "null"
    return f"  - {{name: {_quoted(source.name)}, url: {_quoted(source.url)}, as_of: {as_of}}}"


def _phrasings(values: Mapping[str, str]) -> str:
    lines = sheet.lines(values["phrasings"])
    return "\n".join(["phrasings:", *(f"  - {_quoted(line)}" for line in lines)])


_WRITERS: dict[str, Callable[[Mapping[str, str]], str]] = {
    "danger": _danger,
    "desk": _desk,
    "sources": _sources,
    "phrasings": _phrasings,
}
