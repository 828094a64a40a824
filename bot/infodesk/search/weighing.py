"""A question against the model: how well each class explains it."""

from array import array
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import sqrt
from typing import Final

from bot.infodesk.search.concepts import Concepts
from bot.infodesk.search.features import concept_keys, stretches, word_keys
from bot.infodesk.search.model import Model
from bot.infodesk.search.training import CONCEPTS, LETTERS, WORDS, weight

# People use the same words: most of a question has been weighed for somebody before.
_WORDS_KEPT = 8192  # about 5 MB
_LONGEST_KEPT = 40  # letters; nobody says a longer one twice, and thousands would fill the memory
_WORDS_AT_MOST = 300  # of one message; what it is about has been said by then


class Scales:
    """Weighs texts; remembers what single words weigh."""

    def __init__(self, model: Model) -> None:
        self.model: Final = model
        self._concepts: Final = Concepts(model.concepts)
        self._known: Final = lru_cache(maxsize=_WORDS_KEPT)(self._spelt)

    def weigh(self, said: str) -> list[float]:
        """A score per class of the model, in its order; the highest explains a normalised text
        best. Empty when nothing in it was ever taught."""
        words = said.split()[:_WORDS_AT_MOST]
        parts = [
            self._by_letters(words),
            self._by_keys(word_keys(words), WORDS),
            self._by_keys(concept_keys(words, self._concepts), CONCEPTS),
        ]
        known = [part for part in parts if part]
        return [sum(column) for column in zip(*known, strict=True)]

    def _by_letters(self, words: Iterable[str]) -> list[float]:
        rows, squares = [], 0.0
        for word in words:
            spelt = self._known if len(word) <= _LONGEST_KEPT else self._spelt
            square, row = spelt(word)
            if square:
                squares += square
                rows.append(row)
        share = LETTERS / sqrt(squares) if squares else 0.0
        return [share * sum(column) for column in zip(*rows, strict=True)]

    def _spelt(self, word: str) -> tuple[float, "array[float]"]:
        """The square of a word's length, and what its stretches of letters are worth per class."""
        squares, whole = 0.0, 0.0
        worth = [0.0] * len(self.model.classes)
        for stretch, times in Counter(stretches(word)).items():
            if (at := self.model.look_up(stretch)) < 0:
                continue
            one = times * self.model.rarities[at]
            squares += one * one
            whole += one
            for number, gain in self.model.postings(at):
                worth[number] += one * gain
        based = (so_far + whole * base for so_far, base in zip(worth, self.model.base, strict=True))
        return squares, array("f", based)

    def _by_keys(self, keys: list[str], kind: float) -> list[float]:
        worth = [0.0] * len(self.model.classes)
        squares, whole = 0.0, 0.0
        for key, times in Counter(keys).items():
            if (at := self.model.look_up(key)) < 0:
                continue
            one = weight(times, self.model.rarities[at])
            squares += one * one
            whole += one
            for number, gain in self.model.postings(at):
                worth[number] += one * gain
        if not squares:
            return []
        share = kind / sqrt(squares)
        return [
            share * (one + whole * base) for one, base in zip(worth, self.model.base, strict=True)
        ]
