"""The check on phrasings: enough of them, none twice, none that would teach two topics at once."""

from collections.abc import Iterator
from pathlib import Path

from bot.infodesk.domain import Answer, Library
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.search import normalised

AT_LEAST = 25  # of a topic in a language, for search to know it


def faults(folder: Path, library: Library, at_least: int) -> Iterator[Fault]:
    """What is wrong with the phrasings of the answers under `locales/`."""
    for language, answers in library.answers.items():
        home = folder / language / "answers"
        said: dict[str, str] = {}  # what is said, to the first topic that says it
        for slug, answer in answers.items():
            yield from _faults(home / f"{slug}.md", answer, said, at_least)


def _faults(path: Path, answer: Answer, said: dict[str, str], at_least: int) -> Iterator[Fault]:
    source = path.read_text(encoding="utf-8")
    if (count := len(answer.phrasings)) < at_least:
        message = f"phrasings: there are {count}, and search needs {at_least}"
        yield Fault(path, _line_of(source, "phrasings:"), message)
    for phrase in answer.phrasings:
        first = said.setdefault(normalised(phrase), answer.slug)
        own = said.setdefault(f"{answer.slug}: {normalised(phrase)}", phrase)
        if first != answer.slug:
            yield Fault(path, _line_of(source, phrase), f"phrasings: {first} says {phrase!r} too")
        elif own is not phrase:
            yield Fault(path, _line_of(source, phrase), f"phrasings: {phrase!r} stands here twice")


def _line_of(source: str, text: str) -> int:
    at = source.rfind(text.splitlines()[0])
    return source.count("\n", 0, max(at, 0)) + 1
