"""Phrases of the signal lists, found in what somebody says."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from bot.infodesk.search.text import normalised

_GAP, _WIDE_GAP = r"(?: \w+)?", r"(?: \w+){0,4}"  # between the words of a phrase; for ".."
_ENDING = r"\w*"
_TENSE = re.compile(r"^(ن?می)(?=\w)")  # of a Persian verb: people write it joined or apart
_APART = re.compile(r"^(ن?می) \?")


class Phrases:
    """Phrases of the signal lists, found in normalised text.

    One other word may stand between two words, unless the phrases are `exact`; `..` allows up to
    four; `word*` any ending. Phrases are looked up by their first word, and compiled when that word
    is said for the first time.
    """

    def __init__(self, phrases: Iterable[str], *, exact: bool = False) -> None:
        between = "" if exact else _GAP
        self.patterns: Final = frozenset(_pattern(phrase, between) for phrase in phrases) - {""}
        self._by_first: Final[dict[str, list[str]]] = {}
        for pattern in sorted(self.patterns, key=len, reverse=True):
            for first in _first_words(pattern):
                self._by_first.setdefault(first, []).append(pattern)
        begun = {len(first) - 1 for first in self._by_first if first.endswith("*")}
        self._begun: Final = tuple(sorted(begun))

    def are_in(self, text: str) -> bool:
        return next(self._found(text), None) is not None

    def in_text(self, text: str) -> set[str]:
        """The patterns that are in it."""
        return {pattern for _, _, pattern in self._found(text)}

    def without(self, text: str) -> str:
        """The text without them; of two that overlap the first counts, and the longer one."""
        kept, behind = [], 0
        for at, end, _ in self._found(text):
            if at >= behind:
                kept.append(text[behind:at])
                behind = end
        return " ".join("".join((*kept, text[behind:])).split())

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """From where to where a phrase stands, and which; at each word the longest first."""
        at = 0
        for word in text.split(" "):
            for pattern in self._beginning_with(word):
                if found := _compiled(pattern).match(text, at):
                    yield at, found.end(), pattern
            at += len(word) + 1

    def _beginning_with(self, word: str) -> list[str]:
        patterns = self._by_first.get(word, [])
        for length in self._begun:
            if more := self._by_first.get(f"{word[:length]}*"):
                patterns = sorted((*patterns, *more), key=len, reverse=True)
        return patterns


def _first_words(pattern: str) -> tuple[str, ...]:
    """What a phrase begins with; with an asterisk where only the beginning of the word counts."""
    if _APART.match(pattern):  # one word or two
        return (*_first_words(_APART.sub(r"\1", pattern)), pattern.partition(" ")[0])
    first = pattern.partition(" ")[0].partition("(")[0]
    return (f"{first.removesuffix(_ENDING)}*" if first.endswith(_ENDING) else first,)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{pattern}(?!\S)")


@lru_cache(maxsize=8192)
def _letters(word: str) -> str:
    """A word of the lists as a pattern; the same few words stand in most phrases."""
    return _TENSE.sub(r"\1 ?", re.escape(normalised(word)))


def _pattern(phrase: str, between: str) -> str:
    """The regular expression of one phrase of the lists, with what may stand between two words."""
    done = ""
    gap = ""
    for word in phrase.split():
        if word == "..":
            gap = _WIDE_GAP
            continue
        letters = _letters(word.rstrip("*"))
        done += (gap + " " if done else "") + letters + (_ENDING if word.endswith("*") else "")
        gap = between
    return done
