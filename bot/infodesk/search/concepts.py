"""Words of all languages that mean the same: "kid", "kind", "дитина" and "طفل" are one concept.

A concept is what a question and its topic may share when they share no word. The lists stand in
`locales/<language>/search/concepts.yaml`: an asterisk stands for any ending, several words are a
phrase.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from bot.infodesk.search.text import normalised

_KEPT = 8192  # words whose concepts are remembered
_BEGUN = 2  # letters by which a phrase is looked up whose first word may have any ending


class Part(NamedTuple):
    """One word of a phrase, and whether any ending may follow."""

    word: str
    is_open: bool


class Table(NamedTuple):
    """The lists, normalised: made when the search is taught, and kept with what it learnt.

    whole    word -> its concepts
    begun    beginning of a word -> its concepts
    phrases  first word, or its beginning with an asterisk -> phrases and their concept
    """

    whole: dict[str, list[str]]
    begun: dict[str, list[str]]
    phrases: dict[str, list[tuple[list[Part], str]]]


def table(said: Mapping[str, Iterable[str]]) -> Table:
    """The table of concept -> words and phrases, in any language."""
    made = Table({}, {}, {})
    for concept, entries in said.items():
        for entry in entries:
            parts = [Part(normalised(one.rstrip("*")), one.endswith("*")) for one in entry.split()]
            _add(made, concept, [part for part in parts if part.word])
    return made


class Concepts:
    """Looks concepts up."""

    def __init__(self, known: Table) -> None:
        self._known: Final = known
        self._longest: Final = max(map(len, known.begun), default=0)
        self._of_word: Final = lru_cache(maxsize=_KEPT)(self._looked_up)

    def of_word(self, word: str) -> tuple[str, ...]:
        """The concepts of one normalised word."""
        return self._of_word(word)

    def of_phrases(self, words: list[str]) -> Iterator[str]:
        """The concepts of phrases of several words in a normalised text."""
        for at, word in enumerate(words):
            for key in (word, f"{word[:_BEGUN]}*"):
                for parts, concept in self._known.phrases.get(key, ()):
                    if _is_said(parts, words, at):
                        yield concept

    def _looked_up(self, word: str) -> tuple[str, ...]:
        found = list(self._known.whole.get(word, ()))
        for end in range(_BEGUN, min(len(word), self._longest) + 1):
            found += self._known.begun.get(word[:end], ())
        return tuple(dict.fromkeys(found))


def _add(made: Table, concept: str, parts: list[Part]) -> None:
    if len(parts) > 1:
        first = parts[0]
        key = f"{first.word[:_BEGUN]}*" if first.is_open else first.word
        made.phrases.setdefault(key, []).append((parts, concept))
    elif parts:
        kind = made.begun if parts[0].is_open else made.whole
        kind.setdefault(parts[0].word, []).append(concept)


def _is_said(parts: list[Part], words: list[str], at: int) -> bool:
    """Does the phrase stand there, word for word?"""
    return len(words) - at >= len(parts) and all(
        word.startswith(part.word) if part.is_open else word == part.word
        for part, word in zip(parts, words[at:], strict=False)
    )
