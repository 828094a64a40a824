"""Words of all languages that mean the same: "kid", "kind", "дитина" and "طفل" are one concept.

A concept is what a question and its topic may share when they share no word. The lists stand in
`locales/<language>/search/concepts.yaml`: an asterisk stands for any ending, several words are a
phrase.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from bot.infodesk.search.text import normalised

_KEPT = 8192  # words whose concepts are remembered
_BEGUN = 2  # letters by which a phrase is looked up


class Concepts:
    """The concepts of words and phrases. `said`: concept -> its words, in any language."""

    def __init__(self, said: Mapping[str, Iterable[str]]) -> None:
        self._whole: Final[dict[str, list[str]]] = {}
        self._begun: Final[dict[str, list[str]]] = {}
        self._phrases: Final[dict[str, list[tuple[re.Pattern[str], str]]]] = {}
        for concept, words in said.items():
            for word in words:
                self._add(concept, [_part(one) for one in word.split()])
        self._longest: Final = max(map(len, self._begun), default=0)
        self._of_word: Final = lru_cache(maxsize=_KEPT)(self._looked_up)

    def of_word(self, word: str) -> tuple[str, ...]:
        """The concepts of one normalised word."""
        return self._of_word(word)

    def of_phrases(self, text: str) -> Iterator[str]:
        """The concepts of phrases of several words in a normalised text."""
        at = 0
        for word in text.split(" "):
            for pattern, concept in self._beginning_with(word):
                if pattern.match(text, at):
                    yield concept
            at += len(word) + 1

    def _add(self, concept: str, parts: list[tuple[str, bool]]) -> None:
        words = [(part, is_open) for part, is_open in parts if part]
        if len(words) > 1:
            pattern = r"\s".join(re.escape(w) + (r"\S*" if open_ else "") for w, open_ in words)
            row = (re.compile(rf"{pattern}(?!\S)"), concept)
            first, is_open = words[0]
            key = f"{first[:_BEGUN]}*" if is_open else first
            self._phrases.setdefault(key, []).append(row)
        elif words:
            word, is_open = words[0]
            (self._begun if is_open else self._whole).setdefault(word, []).append(concept)

    def _beginning_with(self, word: str) -> Iterator[tuple[re.Pattern[str], str]]:
        yield from self._phrases.get(word, ())
        yield from self._phrases.get(f"{word[:_BEGUN]}*", ())

    def _looked_up(self, word: str) -> tuple[str, ...]:
        found = list(self._whole.get(word, ()))
        for end in range(_BEGUN, min(len(word), self._longest) + 1):
            found += self._begun.get(word[:end], ())
        return tuple(dict.fromkeys(found))


def _part(word: str) -> tuple[str, bool]:
    """A word of the lists, normalised, and whether any ending may follow."""
    return normalised(word.rstrip("*")), word.endswith("*")
