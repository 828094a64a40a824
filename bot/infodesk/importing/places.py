"""`knowledge/places.yaml`, and what kinds and places are called in each language."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from bot.infodesk.directory.places import OWN_DESK, Directory, Kind, Place, Week
from bot.infodesk.importing import records
from bot.infodesk.importing.front_matter import Broken, Fault
from bot.infodesk.importing.records import Record

FILE = "places.yaml"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_ID = re.compile(r"[a-z0-9-]{1,30}")  # it stands on buttons, of which Telegram takes 64 bytes
_CALLED = re.compile(r"\+\d{8,14}|0800\d{5}|0\d{8}|00800\d{8}|\d{3,4}")
_BLOCK = re.compile(r"([0-2]\d:[0-5]\d)-([0-2]\d:[0-5]\d)")
_POSTCODE = re.compile(r"[1-9]\d{3}")
_KEYS = (
    *(
        "id",
        "like",
        "kind",
        "name",
        "note",
        "town",
        "address",
        "postcode",
        "phones",
        "mail",
        "url",
        "hours",
    ),
    *("calls", "always", "moving", "sensitive", "languages", "topics", "sources", "as_of"),
    *("volatile", "facts_checked"),
)


def read(
    knowledge: Path, homes: Mapping[str, Path], topics: Collection[str], faults: list[Fault]
) -> Directory:
    """As far as it can be read; `homes` are the folders of answers by language."""
    path = knowledge / FILE
    try:
        file = records.read(path)
        file.only("kinds", "places", "villages_that_are_words")
        kinds = [Kind(one.needed("id"), one.text("emoji")) for one in file.records("kinds")]
    except Broken as broken:
        faults.append(records.fault(path, broken))
        return Directory()
    drawers = {kind.id: kind for kind in kinds}
    places = tuple(_places(file, drawers, topics, path, faults))
    ids = {OWN_DESK, *(place.note for place in places)}
    titles = _texts(homes, "kinds", drawers, faults)
    notes = _texts(homes, "places", ids, faults)
    return Directory(tuple(kinds), places, titles, notes)


def villages_that_are_words(knowledge: Path) -> tuple[str, ...]:
    """Names of villages that mean something else when somebody writes nothing more."""
    return records.read(knowledge / FILE).texts("villages_that_are_words")


def _places(
    file: Record,
    drawers: Mapping[str, Kind],
    topics: Collection[str],
    path: Path,
    faults: list[Fault],
) -> Iterator[Place]:
    seen: dict[str, Record] = {}
    for one in file.records("places"):
        try:
            whole = one.like(seen[one.one_of("like", seen)]) if one.text("like") else one
            place = _place(whole, drawers)
            if place.id in seen:
                raise one.wrong(f"{place.id!r} stands here twice")
            if unknown := [slug for slug in place.topics if slug not in topics]:
                raise one.wrong(f"topics: there is no topic {unknown[0]!r}")
        except Broken as broken:
            faults.append(records.fault(path, broken))
        else:
            seen[place.id] = whole
            yield place


def _place(one: Record, drawers: Mapping[str, Kind]) -> Place:
    one.only(*_KEYS)
    id_, postcode, phones = one.needed("id"), one.text("postcode"), one.texts("phones")
    if not _ID.fullmatch(id_):
        raise one.wrong(f"id {id_!r}: at most 30 of a-z, 0-9 and -")
    if postcode and not _POSTCODE.fullmatch(postcode):
        raise one.wrong(f"postcode {postcode!r} is four digits in quotes")
    if bad := [phone for phone in phones if not _CALLED.fullmatch(phone)]:
        raise one.wrong(f"phones: {bad[0]!r}: write +3225190000, 080012345 or 1712, no spaces")
    if not (phones or postcode or one.text("url") or one.text("mail")):
        raise one.wrong("needs a postcode, a phone, a mail or a url: how is it reached?")
    return Place(
        id=id_,
        kind=one.one_of("kind", drawers),
        name=one.needed("name"),
        note=one.text("note") or id_,
        town=one.text("town"),
        address=one.text("address"),
        postcode=postcode,
        phones=phones,
        mail=one.text("mail"),
        url=one.text("url"),
        hours=_week(one, "hours"),
        calls=_week(one, "calls"),
        is_always=one.flag("always"),
        is_moving=one.flag("moving"),
        is_sensitive=one.flag("sensitive"),
        languages=one.texts("languages"),
        topics=one.texts("topics"),
        sources=one.sources(),
        as_of=one.date("as_of"),
        volatile=(one.text("volatile") and one.date("volatile")) or None,
        facts_checked=one.text("facts_checked") or None,
    )


def _week(one: Record, key: str) -> Week:
    if (week := one.record(key)) is None:
        return {}
    week.only(*DAYS)
    return {DAYS.index(day): _blocks(week, day) for day in week.keys}


def _blocks(week: Record, day: str) -> tuple[tuple[str, str], ...]:
    blocks = [_BLOCK.fullmatch(text) for text in week.texts(day)]
    if not all(block and block[1] < block[2] for block in blocks):
        raise week.wrong(f'{day} is a list such as ["09:00-12:00", "13:00-16:00"]')
    return tuple((block[1], block[2]) for block in blocks if block)


def _texts(
    homes: Mapping[str, Path], part: str, known: Collection[str], faults: list[Fault]
) -> dict[str, dict[str, str]]:
    """`kinds` or `places` of every language that has the file."""
    found: dict[str, dict[str, str]] = {}
    for language, home in homes.items():
        path = home / FILE
        if not path.exists():
            continue
        try:
            table = records.read(path).record(part)
            if table is None:
                continue
            table.only(*sorted(known))
            found[language] = {key: table.needed(key) for key in table.keys}
        except Broken as broken:
            faults.append(records.fault(path, broken))
    return found
