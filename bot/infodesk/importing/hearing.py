"""What the search is taught by: `locales/<language>/search/`.

`concepts.yaml` lists words that mean the same; every other file there holds sentences.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from bot.infodesk.domain import Heard, Library
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.importing.yaml_files import listed, mapping

FOLDER, CONCEPTS = "search", "concepts.yaml"

_COMMA = re.compile("[,،]")


def heard(folder: Path, library: Library, faults: list[Fault]) -> list[Heard]:
    """How people say it, in all languages; only read when the search is trained."""
    found = []
    for path in (file for code in library.languages for file in _lessons(folder / code)):
        one = _heard(path, faults)
        faults += (
            Fault(
                path, _line(path, slug), f"{slug!r} is not in topics.yaml: add it, or rename this"
            )
            for slug in (*one.topics, *one.dangers)
            if slug not in library.topics
        )
        found.append(one)
    return found


def concepts(
    folder: Path, languages: Iterable[str], faults: list[Fault]
) -> dict[str, tuple[str, ...]]:
    """Concept -> its words in all languages."""
    said: dict[str, list[str]] = {}
    for path in (folder / code / FOLDER / CONCEPTS for code in languages):
        if path.exists():
            for concept, words in mapping(path, faults).items():
                said.setdefault(concept, []).extend(_words(words))
    return {concept: tuple(words) for concept, words in said.items()}


def _lessons(home: Path) -> list[Path]:
    """Every file of a language that teaches, by whomever it was written."""
    return [path for path in sorted((home / FOLDER).glob("*.yaml")) if path.name != CONCEPTS]


def _heard(path: Path, faults: list[Fault]) -> Heard:
    said = mapping(path, faults)
    return Heard(
        topics={slug: listed(texts) for slug, texts in (said.get("topics") or {}).items()},
        elsewhere=listed(said.get("elsewhere")),
        greetings=listed(said.get("greetings")),
        dangers={slug: listed(texts) for slug, texts in (said.get("dangers") or {}).items()},
        calm=listed(said.get("calm")),
    )


def _line(path: Path, slug: str) -> int:
    """Where a topic stands in the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((at for at, line in enumerate(lines, 1) if line.strip() == f"{slug}:"), 1)


def _words(value: object) -> list[str]:
    return [word for part in _COMMA.split(str(value)) if (word := part.strip())]
