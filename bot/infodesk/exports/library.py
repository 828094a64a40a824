"""The library for the command line: an answer as text, the search as data, a recording."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from bot.infodesk.domain import Answer, Library
from bot.infodesk.search import Search
from bot.infodesk.wording import markup
from bot.storage.transaction import Tx


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
