"""From folders to the library: `topics.yaml` and, per language, answers, titles and signals."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.errors import Misconfigured
from bot.infodesk.domain import Answer, Category, Library, Signals, Topic
from bot.infodesk.importing import front_matter
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.importing.yaml_files import listed, mapping

_ORDERED = "topics.yaml"
_AUDIENCES = ("newcomer", "volunteer", "both")


def read(folder: Path) -> Library:
    """The library under `locales/`. Raises Misconfigured that lists every file to mend."""
    library, faults = read_leniently(folder)
    if faults:
        listed = "\n".join(f"- {fault}" for fault in faults)
        raise Misconfigured(f"The answers cannot be read:\n{listed}")
    return library


def read_leniently(folder: Path) -> tuple[Library, list[Fault]]:
    """The library as far as it can be read, and what is wrong with the rest."""
    faults: list[Fault] = []
    front = mapping(folder / _ORDERED, faults)
    categories = tuple(_categories(front))
    topics = {topic.slug: topic for topic in _topics(front, folder / _ORDERED, faults)}
    languages = _languages(folder)
    library = Library(
        categories=categories,
        topics=topics,
        answers={code: _answers(folder, code, topics, faults) for code in languages},
        titles={code: _titles(_home(folder, code), faults) for code in languages},
        signals={code: _signals(_home(folder, code), faults) for code in languages},
    )
    return library, faults


def _languages(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("*/language.toml"))


def _home(folder: Path, code: str) -> Path:
    return folder / code / "answers"


def _answers(
    folder: Path, code: str, topics: Mapping[str, Topic], faults: list[Fault]
) -> dict[str, Answer]:
    home = _home(folder, code)
    known: dict[str, Answer] = {}
    for path in sorted(home.glob("*/*.md")):
        slug = path.relative_to(home).with_suffix("").as_posix()
        found = front_matter.answer(path, code, slug)
        if isinstance(found, Fault):
            faults.append(found)
        elif slug not in topics:
            faults.append(Fault(path, 1, f"{slug!r} is not in {_ORDERED}: add it, or rename this"))
        else:
            known[slug] = found
    return known


def _categories(front: Mapping[str, Any]) -> Iterator[Category]:
    for row in front.get("categories") or ():
        yield Category(row["id"], row.get("emoji", ""))


def _topics(front: Mapping[str, Any], path: Path, faults: list[Fault]) -> Iterator[Topic]:
    drawers = {row["id"] for row in front.get("categories") or ()}
    for row in front.get("topics") or ():
        slug, audience = row["slug"], row.get("audience", "both")
        if slug.partition("/")[0] not in drawers or audience not in _AUDIENCES:
            faults.append(Fault(path, 1, f"{slug!r} needs a known category and audience"))
            continue
        yield Topic(slug, audience, row.get("urgent") == "true", row.get("about", ""))


def _titles(home: Path, faults: list[Fault]) -> dict[str, str]:
    path = home / "categories.yaml"
    return dict(mapping(path, faults)) if path.exists() else {}


def _signals(home: Path, faults: list[Fault]) -> Signals:
    small, danger = home / "smalltalk.yaml", home / "emergency.yaml"
    talk = mapping(small, faults) if small.exists() else {}
    alarm = mapping(danger, faults) if danger.exists() else {}
    return Signals(
        greetings=listed(talk.get("greetings")),
        thanks=listed(talk.get("thanks")),
        dangers={slug: listed(said) for slug, said in (alarm.get("dangers") or {}).items()},
        no_dangers=listed(alarm.get("no_dangers")),
    )
