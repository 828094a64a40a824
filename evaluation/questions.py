"""The questions: one file per language, written apart from what the search is taught."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

FOLDER = Path(__file__).parent
KINDS = ("topic", "out_of_scope", "greeting", "emergency", "not_emergency")


class Question(NamedTuple):
    """What somebody types, and what should be made of it. `slug` is "" outside the topics."""

    language: str
    kind: str
    slug: str
    text: str


def questions(folder: Path = FOLDER) -> list[Question]:
    """All of them."""
    return [question for path in sorted(folder.glob("*.yaml")) for question in _of(path)]


def _of(path: Path) -> Iterator[Question]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for kind, key in (("topic", "topics"), ("emergency", "emergencies")):
        for slug, texts in content[key].items():
            for text in texts:
                yield Question(path.stem, kind, slug, text)
    for kind, key in (
        ("out_of_scope", "out_of_scope"),
        ("greeting", "greetings"),
        ("not_emergency", "not_emergencies"),
    ):
        for text in content[key]:
            yield Question(path.stem, kind, "", text)
