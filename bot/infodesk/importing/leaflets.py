"""Leaflets: what is the same in every language under `knowledge/`, the texts per language."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from bot.infodesk.directory.leaflets import Guide, Sheet, Text, joined
from bot.infodesk.importing import records
from bot.infodesk.importing.front_matter import Broken, Fault
from bot.infodesk.importing.records import Record

FIRST_DAYS = "first_days.yaml"
PAPERS = "papers.yaml"
CHECKLIST = "checklist.yaml"

_ID = re.compile(r"[a-z0-9-]{1,40}")
_KEYS = (
    *("id", "topics", "sources", "as_of", "volatile", "facts_checked"),
    *("annex", "names", "alone"),
)
_TEXT_KEYS = ("title", "text", "steps", "notice", "language_checked")

Fold = Callable[[str], str]


def read(
    path: Path,
    homes: Mapping[str, Path],
    topics: Collection[str],
    fold: Fold,
    faults: list[Fault],
) -> Guide:
    """As far as it can be read."""
    try:
        file = records.read(path)
        file.only("sheets", "words_for_annex")
    except Broken as broken:
        faults.append(records.fault(path, broken))
        return Guide()
    sheets = tuple(_sheets(file, topics, fold, path, faults))
    ids = [sheet.id for sheet in sheets]
    texts = {code: _texts(home / path.name, code, ids, faults) for code, home in homes.items()}
    return Guide(sheets, {code: told for code, told in texts.items() if told})


def _sheets(
    file: Record, topics: Collection[str], fold: Fold, path: Path, faults: list[Fault]
) -> Iterator[Sheet]:
    words = tuple(map(fold, file.texts("words_for_annex")))
    seen: set[str] = set()
    for one in file.records("sheets"):
        try:
            sheet = _sheet(one, words, fold)
            if sheet.id in seen:
                raise one.wrong(f"{sheet.id!r} stands here twice")
            if unknown := [slug for slug in sheet.topics if slug not in topics]:
                raise one.wrong(f"topics: there is no topic {unknown[0]!r}")
        except Broken as broken:
            faults.append(records.fault(path, broken))
        else:
            seen.add(sheet.id)
            yield sheet


def _sheet(one: Record, words: tuple[str, ...], fold: Fold) -> Sheet:
    one.only(*_KEYS)
    id_ = one.needed("id")
    if not _ID.fullmatch(id_):
        raise one.wrong(f"id {id_!r}: at most 40 of a-z, 0-9 and -")
    numbers = one.texts("annex")
    names = [f"{word} {number}" for number in numbers for word in words]
    names += [number for number in numbers if not number.isdigit()]  # "26quater" is no amount
    is_told = bool(one.records("sources") or one.texts("topics"))
    return Sheet(
        id=id_,
        topics=one.texts("topics"),
        sources=one.sources() if is_told else (),
        as_of=one.date("as_of") if is_told else "",
        volatile=(one.text("volatile") and one.date("volatile")) or None,
        facts_checked=one.text("facts_checked") or None,
        names=(*names, *(joined(fold(name)) for name in one.texts("names"))),
        alone=tuple(joined(fold(name)) for name in one.texts("alone")),
    )


def _texts(path: Path, language: str, ids: Collection[str], faults: list[Fault]) -> dict[str, Text]:
    if not path.exists():
        return {}
    try:
        file = records.read(path)
        file.only(*ids)
        return {id_: _text(file, id_, language) for id_ in file.keys}
    except Broken as broken:
        faults.append(records.fault(path, broken))
        return {}


def _text(file: Record, id_: str, language: str) -> Text:
    if (found := file.record(id_)) is None:
        raise file.wrong(f"{id_} needs {', '.join(_TEXT_KEYS)} below it")
    found.only(*_TEXT_KEYS)
    return Text(
        language,
        found.needed("title"),
        found.needed("text"),
        found.text("steps"),
        found.text("notice").strip(),
        found.text("language_checked") or None,
    )
