"""Rows of the YAML files under `knowledge/`: each knows its line, so that a mistake names it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from bot.infodesk.domain import Source
from bot.infodesk.importing.front_matter import Broken, Fault

_LINE = "\u0000line"
_DATED = re.compile(r"\d{4}(-\d{2}){0,2}|undated")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Lined(_LOADER):  # type: ignore[misc]
    """Everything as text, and with every mapping the line on which it begins."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        mapping: dict[str, Any] = super().construct_mapping(node, deep=deep)
        mapping[_LINE] = node.start_mark.line + 1
        return mapping


class Record:
    """One mapping of a file. What is wrong with it is raised as `Broken`, with its line."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.line: Final = int(fields[_LINE])
        self._fields = {name: value for name, value in fields.items() if name != _LINE}

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._fields)

    def like(self, other: "Record") -> "Record":
        """With the other's fields where it has none of its own."""
        return Record({**other._fields, **self._fields, _LINE: self.line})

    def wrong(self, message: str) -> Broken:
        """To be raised: what is wrong here and how to mend it."""
        return Broken("", message, self.line)

    def only(self, *known: str) -> None:
        """A misspelt key would silently say nothing."""
        if unknown := [key for key in self._fields if key not in known]:
            raise self.wrong(f"{unknown[0]!r} is not known here; known are {', '.join(known)}")

    def text(self, key: str) -> str:
        value = self._fields.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(f"{key} is one text")
        return value.strip()

    def needed(self, key: str) -> str:
        if not (text := self.text(key)):
            raise self.wrong(f"{key} is missing")
        return text

    def flag(self, key: str) -> bool:
        if (value := self.text(key)) not in ("", "true", "false"):
            raise self.wrong(f"{key} is true or false, not {value!r}")
        return value == "true"

    def one_of(self, key: str, known: Mapping[str, Any]) -> str:
        if (value := self.needed(key)) not in known:
            raise self.wrong(f"{key} {value!r} is not known; known are {', '.join(known)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        items = self._fields.get(key) or ()
        if isinstance(items, str) or not all(isinstance(item, str) for item in items):
            raise self.wrong(f"{key} is a list of texts: [a, b]; put numbers and colons in quotes")
        return tuple(items)

    def record(self, key: str) -> "Record | None":
        value = self._fields.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.wrong(f"{key} needs keys below it, set in by two spaces")
        return Record(value) if value else None

    def records(self, key: str) -> "list[Record]":
        items = self._fields.get(key) or ()
        if isinstance(items, str) or not all(isinstance(item, dict) for item in items):
            raise self.wrong(f"{key} is a list, each item with keys: - {{id: …}}")
        return [Record(item) for item in items]

    def date(self, key: str) -> str:
        if not _DATED.fullmatch(text := self.needed(key)):
            raise self.wrong(f"{key} {text!r} is no date: write 2024, 2024-06 or 2024-06-30")
        return text

    def sources(self) -> tuple[Source, ...]:
        """At least one: nothing is shown without its source."""
        if not (found := self.records("sources")):
            raise self.wrong("sources are missing: name at least one {name: …, url: …, as_of: …}")
        return tuple(_source(one) for one in found)


def read(path: Path) -> Record:
    """The mapping that a file holds. Raises Broken with the line and how to mend it."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Lined)  # noqa: S506 - plain texts only
    except FileNotFoundError:
        raise Broken("", "the file is missing", 1) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Broken("", f"YAML: {error.problem}; check quotes and indents", line) from error
    if not isinstance(content, dict):
        raise Broken("", "is a list of `key: value`", 1)
    return Record(content)


def fault(path: Path, broken: Broken) -> Fault:
    """What went wrong, with file and line."""
    return Fault(path, broken.line or 1, broken.message)


def _source(one: Record) -> Source:
    one.only("name", "url", "as_of")
    url = one.text("url")
    if url and not url.startswith(("https://", "http://")):
        raise one.wrong(f"{url!r} is no web address: it begins with https://")
    as_of = one.text("as_of") and one.date("as_of")
    return Source(one.needed("name"), url, None if as_of in ("", "undated") else as_of)
