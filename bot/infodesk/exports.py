"""The library for the command line: its state, an answer as text, the search as data."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.infodesk.domain import Answer, Library
from bot.infodesk.search import Search
from bot.infodesk.wording import markup
from bot.storage.transaction import Tx


class State(NamedTuple):
    """One topic in one language, for `wegwijzer answers status`."""

    slug: str
    language: str
    is_urgent: bool
    is_there: bool
    as_of: str = ""
    volatile: str = ""
    facts_checked: str = ""
    language_checked: str = ""
    is_held: bool = False
    has_recording: bool = False


def status(library: Library) -> list[State]:
    """Every topic in every language, the urgent ones first."""
    topics = sorted(library.topics.values(), key=lambda topic: not topic.is_urgent)
    return [
        _state(topic.slug, language, topic.is_urgent, library.answers[language].get(topic.slug))
        for topic in topics
        for language in library.languages
    ]


def ask(search: Search, language: str, line: str) -> dict[str, object]:
    """What the bot would decide about a text, for `wegwijzer answers ask --json`."""
    found = search.find(line, language)
    return {
        "query": line,
        "language": language,
        "decision": str(found.decision),
        "topics": [{"slug": hit.slug, "score": hit.score} for hit in found.hits],
    }


def show(library: Library, slug: str, language: str) -> str | None:
    """An answer as plain text, for `wegwijzer answers show`; None when there is none."""
    answer = library.answer(slug, language)
    return "\n\n".join(_lines(answer)) if answer else None


async def recording(library: Library, tx: Tx, id_: str) -> bytes:
    """The voice recording `<language>/<category>/<name>`, made when it is sent."""
    language, _, slug = id_.partition("/")
    answer = library.answers[language][slug]
    assert answer.recording is not None, "the button is shown only where there is one"
    return await asyncio.to_thread(Path(answer.recording).read_bytes)


def _state(slug: str, language: str, is_urgent: bool, answer: Answer | None) -> State:
    if answer is None:
        return State(slug, language, is_urgent, is_there=False)
    return State(
        slug,
        language,
        is_urgent,
        is_there=True,
        as_of=answer.as_of or "",
        volatile=answer.volatile or "",
        facts_checked=answer.facts_checked or "",
        language_checked=answer.language_checked or "",
        is_held=answer.is_held,
        has_recording=answer.recording is not None,
    )


def _lines(answer: Answer) -> Iterator[str]:
    yield answer.title
    if answer.danger:
        yield "\n".join((*answer.danger.numbers, answer.danger.say))
    yield answer.short
    if answer.hold:
        yield f"hold: {answer.hold}"
    else:
        yield markup.plain(markup.to_html(answer.body))
    yield "\n".join(f"{source.name} ({source.as_of}) {source.url}" for source in answer.sources)
