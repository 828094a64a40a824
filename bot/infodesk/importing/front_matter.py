"""One answer file: YAML front matter between two lines of ---, then Markdown.

Everything is read as text (no YAML guesses about dates or yes and no); this also is the quickest.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.infodesk.domain import Answer, Danger, DeskCard, Source

_FENCE = "---\n"
_EMPTY = frozenset({"", "null", "~", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "yes"})
_DATED = re.compile(r"\d{4}(-\d{2}){0,2}")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
KEYS = frozenset(
    {
        *("title", "short", "danger", "desk", "hold", "sensitive", "sources", "as_of", "volatile"),
        *("facts_checked", "language_checked", "related", "phrasings", "allow", "facts"),
    }
)


class Fault(NamedTuple):
    """Something wrong in a file, and how to mend it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Broken(Exception):
    """A front matter that cannot be read: the key it is about, and what to do."""

    def __init__(self, key: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.key, self.message, self.line = key, message, line


def parsed_yaml(text: str) -> Any:
    """YAML with every value as text. Raises Broken with the line."""
    try:
        return yaml.load(text, _LOADER)  # noqa: S506 - the base loader builds plain texts only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Broken("", f"YAML: {error.problem}; check quotes and indents", line) from error


def answer(path: Path, language: str, slug: str) -> Answer | Fault:
    """Read one file; a mistake names its line."""
    return parsed(path.read_text(encoding="utf-8"), path, language, slug)


def parsed(source: str, path: Path, language: str, slug: str) -> Answer | Fault:
    """The same for a text that is not in its file yet."""
    front, _, body = source.removeprefix(_FENCE).partition(f"\n{_FENCE}")
    try:
        if not source.startswith(_FENCE) or not _:
            raise Broken("", "begins with --- and ends its front matter with ---", 1)
        return _answer(_mapping(parsed_yaml(f"\n{front}")), body.strip(), path, (language, slug))
    except Broken as broken:
        return Fault(path, broken.line or line_of(source, broken.key), broken.message)


def line_of(source: str, key: str) -> int:
    """The line of a key in the front matter."""
    found = re.search(rf"^{re.escape(key)}:", source, re.MULTILINE) if key else None
    return source.count("\n", 0, found.start()) + 1 if found else 1


def _answer(front: Mapping[str, Any], body: str, path: Path, key: tuple[str, str]) -> Answer:
    if unknown := front.keys() - KEYS:
        name = min(unknown)
        raise Broken(name, f"{name!r} is not known here; known are {', '.join(sorted(KEYS))}")
    recording = path.with_suffix(".ogg")
    return Answer(
        slug=key[1],
        language=key[0],
        title=_needed(front, "title"),
        short=_needed(front, "short"),
        body=body,
        danger=_danger(front),
        desk=_desk(front),
        hold=_text(front, "hold"),
        is_sensitive=_text(front, "sensitive") in _TRUE,
        sources=tuple(_source(one) for one in _list(front, "sources")),
        as_of=_date(front, "as_of"),
        volatile=_date(front, "volatile") if _text(front, "volatile") not in _TRUE else None,
        facts_checked=_text(front, "facts_checked"),
        language_checked=_text(front, "language_checked"),
        related=_texts(front, "related"),
        phrasings=_texts(front, "phrasings"),
        facts=_texts(front, "facts"),
        recording=str(recording) if recording.exists() else None,
    )


def _danger(front: Mapping[str, Any]) -> Danger | None:
    block = _block(front, "danger")
    if not block:
        return None
    return Danger(
        _texts(block, "numbers"), _text(block, "say") or "", _text(block, "say_own") or ""
    )


def _desk(front: Mapping[str, Any]) -> DeskCard | None:
    block = _block(front, "desk")
    return DeskCard(_needed(block, "nl", "desk"), _needed(block, "own", "desk")) if block else None


def _source(one: Any) -> Source:
    if not isinstance(one, dict):
        raise Broken("sources", "each source is {name: …, url: …, as_of: …}")
    url = _needed(one, "url", "sources")
    if not url.startswith(("https://", "http://")):
        raise Broken("sources", f"{url!r} is no web address: it begins with https://")
    return Source(_needed(one, "name", "sources"), url, _date(one, "as_of", "sources"))


def _mapping(node: Any) -> Mapping[str, Any]:
    if not isinstance(node, dict):
        raise Broken("", "the front matter is a list of `key: value`", 1)
    return node


def _block(front: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return _checked(front, key, dict, "needs keys below it, set in by two spaces") or {}


def _list(front: Mapping[str, Any], key: str) -> list[Any]:
    return _checked(front, key, list, "is a list: [a, b], or one `- item` a line") or []


def _checked(front: Mapping[str, Any], key: str, kind: type, message: str) -> Any:
    node = front.get(key)
    if node is None or (isinstance(node, str) and node in _EMPTY):
        return None
    if not isinstance(node, kind):
        raise Broken(key, f"{key} {message}")
    return node


def _texts(front: Mapping[str, Any], key: str) -> tuple[str, ...]:
    items = _list(front, key)
    if not all(isinstance(item, str) for item in items):
        raise Broken(key, f"{key} holds plain texts; put an item with a colon in quotes")
    return tuple(items)


def _text(front: Mapping[str, Any], key: str) -> str | None:
    node = _checked(front, key, str, "is one text")
    return node.strip() if isinstance(node, str) else None


def _needed(front: Mapping[str, Any], key: str, inside: str = "") -> str:
    text = _text(front, key)
    if not text:
        raise Broken(inside or key, f"{f'{inside}: ' if inside else ''}{key} is missing")
    return text


def _date(front: Mapping[str, Any], key: str, inside: str = "") -> str | None:
    text = _text(front, key)
    if text is not None and not _DATED.fullmatch(text):
        raise Broken(inside or key, f"{key} {text!r} is no date: write 2024, 2024-06 or 2024-06-30")
    return text
