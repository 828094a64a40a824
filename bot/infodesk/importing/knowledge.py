"""What lies beside the answers, under `knowledge/` and in each language: places and leaflets."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.errors import Misconfigured
from bot.infodesk.directory.leaflets import Guide
from bot.infodesk.directory.places import Directory
from bot.infodesk.directory.towns import Towns
from bot.infodesk.domain import Library
from bot.infodesk.importing import comparing, facts, grounding, leaflets, places, towns
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.search import normalised

# In the order of `Knowledge`.
_LEAFLETS = (leaflets.PAPERS, leaflets.FIRST_DAYS, leaflets.CHECKLIST)


class Knowledge(NamedTuple):
    """All of it, in memory."""

    directory: Directory
    towns: Towns
    papers: Guide
    first_days: Guide
    checklist: Guide


def read_knowledge(knowledge: Path, locales: Path, library: Library) -> Knowledge:
    """Raises Misconfigured that lists every file to mend."""
    faults: list[Fault] = []
    directory, guides = _read(knowledge, locales, library, faults)
    if faults:
        listed = "\n".join(f"- {fault}" for fault in faults)
        raise Misconfigured(f"The places and leaflets cannot be read:\n{listed}")
    words = places.villages_that_are_words(knowledge)
    found = Towns(partial(towns.read, knowledge, normalised), map(normalised, words))
    return Knowledge(directory, found, *guides)


def knowledge_problems(knowledge: Path, locales: Path, library: Library) -> list[str]:
    """What is wrong, one line each; `wegwijzer answers check` says it."""
    faults: list[Fault] = []
    directory, guides = _read(knowledge, locales, library, faults)
    known = _facts(knowledge / "facts", library)
    months = comparing.month_names(locales, library.languages)
    path = knowledge / places.FILE
    for place in directory.places:
        line = _line_of(path, f"id: {place.id}")
        faults += [Fault(path, line, said) for said in grounding.place_faults(place, known)]
    for code, home in _homes(locales, library).items():
        faults += _faults(home / places.FILE, grounding.note_faults(directory, code, known))
        for name, guide in zip(_LEAFLETS, guides, strict=True):
            found = grounding.leaflet_faults(guide, code, known, months)
            faults += _faults(home / name, found)
    return [str(fault) for fault in sorted(faults)]


def _read(
    knowledge: Path, locales: Path, library: Library, faults: list[Fault]
) -> tuple[Directory, list[Guide]]:
    homes, slugs = _homes(locales, library), library.topics.keys()
    guides = [
        leaflets.read(knowledge / name, homes, slugs, normalised, faults) for name in _LEAFLETS
    ]
    return places.read(knowledge, homes, slugs, faults), guides


def _facts(folder: Path, library: Library) -> facts.Knowledge | None:
    """None where there are none, as in the image; what is wrong in them is said elsewhere."""
    return facts.read(folder, library.topics)[0] if folder.is_dir() else None


def _homes(locales: Path, library: Library) -> dict[str, Path]:
    return {code: locales / code / "answers" for code in library.languages}


def _faults(path: Path, said: Iterator[str]) -> Iterator[Fault]:
    for message in said:
        yield Fault(path, _line_of(path, f"{message.partition(':')[0]}:"), message)


def _line_of(path: Path, beginning: str) -> int:
    """The first line that holds these words."""
    if not path.exists():
        return 1
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((at for at, line in enumerate(lines, start=1) if beginning in line), 1)
