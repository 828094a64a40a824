"""The checks on answer files: what people read in them obeys the rules of its language.

Phrasings and the lists of greetings and of words of danger are exempt (people misspell, and search
must know how), and so are the sources.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.language import profile, spelling
from bot.language.checking import Problem

_READ = frozenset({"title", "short", "own", "core", "more", "body", "note"})
_TABLES = ("categories.yaml", "places.yaml", "papers.yaml", "first_days.yaml", "dutch.yaml")
_FENCE = "---\n"


def problems(folder: Path) -> list[Problem]:
    """Check every Markdown answer and every table of titles, places and leaflets."""
    found: list[Problem] = []
    for described in profile.read_all(folder):
        answers = folder / described.code / "answers"
        tables = [path for name in _TABLES if (path := answers / name).exists()]
        for path in sorted([*answers.rglob("*.md"), *tables]):
            found += _file_problems(path, spelling.rules(folder / described.code))
    return found


def _file_problems(path: Path, rules: spelling.Rules) -> Iterator[Problem]:
    source = path.read_text(encoding="utf-8")
    try:
        front, body, body_line = _parts(source, is_table=path.suffix == ".yaml")
    except yaml.YAMLError as error:
        yield Problem(path, 1, f"cannot be read: {' '.join(str(error).split())}")
        return
    allowed = front.get("allow", ()) if isinstance(front, dict) else ()
    for text in _texts(front, is_read=path.suffix == ".yaml"):
        for _line, fault in rules.faults(text, allowed=allowed):
            yield Problem(path, _line_of(text, source), fault)
    for line, fault in rules.faults(body, allowed=allowed):
        yield Problem(path, body_line + line - 1, fault)


def _parts(source: str, *, is_table: bool) -> tuple[object, str, int]:
    """Front matter, body, and the line on which the body begins."""
    if is_table:
        return yaml.safe_load(source), "", 1
    if not source.startswith(_FENCE):
        return {}, source, 1
    front, _, body = source.removeprefix(_FENCE).partition("\n" + _FENCE)
    return yaml.safe_load(front), body, front.count("\n") + 4


def _texts(node: object, *, is_read: bool) -> Iterator[str]:
    """The strings that people read, wherever they hang."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _texts(value, is_read=is_read or name in _READ)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value, is_read=is_read)
    elif isinstance(node, str) and is_read:
        yield node


def _line_of(text: str, source: str) -> int:
    start = source.find(text.split("\n")[0][:40])
    return source.count("\n", 0, max(start, 0)) + 1
