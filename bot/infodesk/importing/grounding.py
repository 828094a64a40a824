"""Places and leaflets say what a checked fact says, and the same in every language.

Each is held against the facts as an answer is (`facts`, `comparing`): it is made one for the check.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.infodesk.directory.leaflets import Guide, Sheet, Text
from bot.infodesk.directory.places import OWN_DESK, Directory, Place, Week
from bot.infodesk.domain import Answer, Danger, Library
from bot.infodesk.importing import comparing, facts, figures
from bot.infodesk.importing.facts import Knowledge
from bot.infodesk.wording import markup

TEXT_LIMIT: Final = 500  # visible characters of a leaflet
NOTE_LIMIT: Final = 160

_PLACEHOLDER: Final = re.compile(r"\{\w+\}")


def place_faults(place: Place, known: Knowledge | None) -> Iterator[str]:
    """Telephone numbers, addresses, hours and sources that no fact of its topics carries."""
    if not place.topics:
        yield "topics are missing: which answers lead here?"
    said = ". ".join((place.address, _written(place.hours), _written(place.calls)))
    links = "\n".join(f"[-]({link})" for link in _links(place))
    shown = Answer(
        slug=place.id,
        language=comparing.YARDSTICK,
        title="",
        short=said,
        body=links,
        danger=Danger(place.phones),
        sources=tuple(source for source in place.sources if source.url),
        as_of=_as_of(place.as_of),
        volatile=place.volatile,
        facts=place.topics,
    )
    yield from _beyond(shown, known)


def note_faults(directory: Directory, language: str, known: Knowledge | None) -> Iterator[str]:
    """Every kind and place has its words in this language, with the numbers of English."""
    titles, notes = directory.titles.get(language, {}), directory.notes.get(language, {})
    english = directory.notes.get(comparing.YARDSTICK, {})
    for kind in directory.kinds:
        if kind.id not in titles:
            yield f"{kind.id}: is missing under kinds"
    topics: dict[str, tuple[str, ...]] = {OWN_DESK: ()}
    again: dict[str, str | None] = {}
    for place in directory.places:
        topics[place.note] = (*topics.get(place.note, ()), *place.topics)
        again[place.note] = place.volatile
    for name, slugs in topics.items():
        note = notes.get(name, "")
        shown = Answer(name, language, "", note, facts=slugs, volatile=again.get(name))
        yield from (f"{name}: {said}" for said in _note_faults(shown, english.get(name), known))


def _note_faults(note: Answer, english: str | None, known: Knowledge | None) -> Iterator[str]:
    if not note.short:
        yield "is missing under places: one sentence of what it does"
    if len(note.short) > NOTE_LIMIT:
        yield f"has {len(note.short)} characters: at most {NOTE_LIMIT}"
    if english and figures.of(note.short) != figures.of(english):
        yield f"not the numbers of {comparing.YARDSTICK}"
    if note.language == comparing.YARDSTICK:
        yield from _beyond(note, known)


def leaflet_faults(
    guide: Guide, language: str, known: Knowledge | None, months: comparing.Months
) -> Iterator[str]:
    """Lengths, the same facts as in English, and English held against the facts."""
    library = _as_library(guide)
    answers = library.answers.get(language, {})
    for slug in library.answers.get(comparing.YARDSTICK, {}):
        if slug not in answers:
            yield f"{slug}: is missing"
    for slug, answer in answers.items():
        length = len(" ".join(markup.visible(markup.to_html(answer.body)).split()))
        if length > TEXT_LIMIT:
            yield f"{slug}: has {length} characters: at most {TEXT_LIMIT}"
        if not answer.sources:
            yield f"{slug}: has a text but no sources in knowledge/"
        found = [message for _, message in comparing.differences(answer, library, months)]
        found += _notice_faults(guide, slug, language)
        if language == comparing.YARDSTICK:
            found += _beyond(_unnamed(answer, guide), known)
        yield from (f"{slug}: {message}" for message in found)


def _notice_faults(guide: Guide, id_: str, language: str) -> Iterator[str]:
    """A notice is filled in alike in every language, and tells the same numbers."""
    own, english = (guide.text(id_, code) for code in (language, comparing.YARDSTICK))
    if own is None or english is None:
        return
    if sorted(_PLACEHOLDER.findall(own.notice)) != sorted(_PLACEHOLDER.findall(english.notice)):
        yield f"notice: not the placeholders of {comparing.YARDSTICK}"
    if figures.of(own.notice) != figures.of(english.notice):
        yield f"notice: not the numbers of {comparing.YARDSTICK}"


def _beyond(said: Answer, known: Knowledge | None) -> Iterator[str]:
    """What no fact of high confidence says."""
    if known is not None:
        yield from (message for _, message in facts.claims_faults(said, known))


def _as_library(guide: Guide) -> Library:
    answers = {
        code: {
            sheet.id: _as_answer(sheet, texts[sheet.id])
            for sheet in guide.sheets
            if sheet.id in texts
        }
        for code, texts in guide.texts.items()
    }
    return Library((), {}, answers, {})


def _as_answer(sheet: Sheet, text: Text) -> Answer:
    return Answer(
        slug=sheet.id,
        language=text.language,
        title=text.title,
        short="",
        body=f"{text.text}\n\n{text.steps}",
        sources=sheet.sources,
        as_of=_as_of(sheet.as_of),
        volatile=sheet.volatile,
        facts=sheet.topics,
    )


def _unnamed(answer: Answer, guide: Guide) -> Answer:
    """Without the numbers that are names of the paper itself."""
    sheet = guide.sheet(answer.slug)
    notice = guide.texts.get(answer.language, {})[answer.slug].notice
    text = f"{answer.title}\n\n{answer.body}\n\n{notice}"
    for name in sorted(sheet.names if sheet else (), key=len, reverse=True):
        text = text.replace(name, "").replace(name.capitalize(), "")
    return replace(answer, title="", body=text)


def _as_of(day: str) -> str | None:
    return None if day in ("", "undated") else day


def _written(week: Week) -> str:
    return " ".join(" ".join(block) for blocks in week.values() for block in blocks)


def _links(place: Place) -> Iterator[str]:
    if place.url:
        yield place.url
    if place.mail:
        yield f"mailto:{place.mail}"
