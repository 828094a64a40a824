"""Free text to topics: one small interface, `Search(library).find(text, language)`.

Words and their character 3- to 5-grams are weighed by how few topics know them; a topic's score is
the share of the question's weight that it covers. All installed languages are searched at once, so
a question in another language than the person's own is understood.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import log
from typing import Final

from bot.infodesk.domain import (
    Decision,
    Found,
    Hit,
    Library,
    Signals,
    Thresholds,
    decided,
)
from bot.language import bidi, formats

_WORD = re.compile(r"[^\W_]+")
_DROPPED = re.compile("[\u200c\u200d\u0640'’ʼ`´]")  # joiners, the stretched line, apostrophes
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("يىېۍئێ", "ی"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("ګ", "گ"),
        **dict.fromkeys("ةۀہھ", "ه"),
        **dict.fromkeys("أإآٱ", "ا"),
        **{"ؤ": "و", "ټ": "ت", "ډ": "د", "ړ": "ر", "ڼ": "ن", "ښ": "ش"},
        **{"ґ": "г", "ё": "е", "є": "е", "э": "е", "ы": "и", "ї": "і", "й": "и", "ъ": None},
        **{"ı": "i", "ß": "ss", "ø": "o", "æ": "ae"},
    }
)
_LOOKALIKES = str.maketrans("abceikmhoptxy", "авсеікмнортху")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_GRAMS = (3, 4, 5)
_WORD_SHARE = 0.6  # of a word's weight for the whole word, the rest for its n-grams
_TITLE_TIMES = 3  # a title says more of its topic than one phrasing
_UNKNOWN_SHARE = 0.7  # of a rare word's weight, for one that no topic knows
_HITS = 10
_HALF = 1.0  # so often must a word occur in a topic to count half
_GAP, _WIDE_GAP = r"(?: \w+)?", r"(?: \w+){0,4}"  # between the words of a phrase; for ".."


def normalised(text: str) -> str:
    """Words with spaces between, without what eye, keyboard and hurry do not tell apart."""
    text = formats.read_digits(unicodedata.normalize("NFKC", bidi.strip_marks(text)).casefold())
    text = _DROPPED.sub("", text).translate(_FOLDED)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    words = _WORD.findall(unicodedata.normalize("NFC", text).translate(_FOLDED))
    return " ".join(w.translate(_LOOKALIKES) if _CYRILLIC.search(w) else w for w in words)


@lru_cache(maxsize=65536)
def grams(word: str) -> tuple[str, ...]:
    """The stretches of 3 to 5 letters of a word, its edges marked."""
    edged = f"<{word}>"
    return tuple(edged[i : i + n] for n in _GRAMS for i in range(len(edged) - n + 1))


class Phrases:
    """Phrases of the signal lists, found in normalised text.

    One other word may stand between two words; `..` allows up to four; `word*` any ending.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        patterns = sorted({_pattern(phrase) for phrase in phrases} - {""}, key=len, reverse=True)
        whole = "|".join(patterns)
        self._found: Final = re.compile(rf"(?<!\S)(?:{whole})(?!\S)") if patterns else None

    def are_in(self, text: str) -> bool:
        return self._found is not None and self._found.search(text) is not None

    def without(self, text: str) -> str:
        """The text without them."""
        return " ".join((self._found.sub(" ", text) if self._found else text).split())


class _Ears:
    """What one language's signals sound like."""

    def __init__(self, signals: Signals) -> None:
        self.greetings: Final = Phrases((*signals.greetings, *signals.thanks))
        self.thanks: Final = Phrases(signals.thanks)
        self.dangers: Final = {slug: Phrases(said) for slug, said in signals.dangers.items()}


class Search:
    """An index in memory over every answer of every language."""

    def __init__(self, library: Library, limits: Thresholds | None = None) -> None:
        self._limits: Final = limits or Thresholds()
        heard = list(library.signals.values())
        self._ears: Final = [_Ears(signals) for signals in heard]
        self._no_dangers: Final = Phrases(said for one in heard for said in one.no_dangers)
        self._slugs: Final = tuple(
            sorted({slug for known in library.answers.values() for slug in known})
        )
        self._words, self._grams = _indexed(library, self._slugs)

    def find(self, text: str, language: str | None = None, *, calmly: bool = False) -> Found:
        """What a text asks for; `language` is the reader's, every installed one is searched.

        `calmly`: the person said that it is not urgent.
        """
        said = normalised(text)
        if not calmly and (dangers := self._dangers(said)):
            return Found(Decision.EMERGENCY, tuple(Hit(slug, 1.0) for slug in dangers))
        if any(not ears.greetings.without(said) for ears in self._ears) or not said:
            is_thanks = any(ears.thanks.are_in(said) for ears in self._ears)
            return Found(Decision.GREETING, is_thanks=is_thanks)
        hits = self._hits(said)
        decision = decided(hits, self._limits)
        if decision is Decision.SURE and " " not in said:
            decision = Decision.UNSURE  # one word may mean many things: offer titles
        return Found(decision, hits)

    def _dangers(self, said: str) -> list[str]:
        found: dict[str, None] = {}
        rest = self._no_dangers.without(said)
        for ears in self._ears:
            found |= dict.fromkeys(slug for slug, at in ears.dangers.items() if at.are_in(rest))
        return list(found)

    def _hits(self, said: str) -> tuple[Hit, ...]:
        scores = [0.0] * len(self._slugs)
        whole = 0.0
        for word, times in Counter(said.split()).items():
            weight = times * self._weight(word)
            whole += weight
            self._add(scores, word, weight)
        if not whole:
            return ()
        hits = (Hit(slug, round(s / whole, 4)) for slug, s in zip(self._slugs, scores, strict=True))
        return tuple(sorted((h for h in hits if h.score), key=lambda h: -h.score)[:_HITS])

    def _weight(self, word: str) -> float:
        """How much a word tells: much when few topics know it, less when none does."""
        known_by = len(self._words.get(word, ()))
        rarity = _rarity(known_by, len(self._slugs))
        return rarity if known_by else rarity * _UNKNOWN_SHARE

    def _add(self, scores: list[float], word: str, weight: float) -> None:
        for doc, strength in self._words.get(word, ()):
            scores[doc] += weight * _WORD_SHARE * strength
        pieces = grams(word)
        rarities = [_rarity(len(self._grams.get(piece, ())), len(self._slugs)) for piece in pieces]
        whole = sum(rarities) or 1.0
        for piece, rarity in zip(pieces, rarities, strict=True):
            share = weight * (1 - _WORD_SHARE) * rarity / whole
            for doc, strength in self._grams.get(piece, ()):
                scores[doc] += share * strength


Postings = dict[str, list[tuple[int, float]]]


def _indexed(library: Library, slugs: tuple[str, ...]) -> tuple[Postings, Postings]:
    words: Postings = {}
    pieces: Postings = {}
    for doc, slug in enumerate(slugs):
        counted = Counter(_said_of(library, slug))
        _post(words, doc, counted)
        parts: Counter[str] = Counter()
        for word, times in counted.items():
            for piece in grams(word):
                parts[piece] += times
        _post(pieces, doc, parts)
    return words, pieces


def _said_of(library: Library, slug: str) -> Iterator[str]:
    """Every word of a topic's titles, phrasings and short texts, in all languages."""
    for known in library.answers.values():
        if (answer := known.get(slug)) is not None:
            yield from normalised(answer.title).split() * _TITLE_TIMES
            yield from normalised(" ".join((*answer.phrasings, answer.short))).split()


def _post(postings: Postings, doc: int, counted: Counter[str]) -> None:
    for name, times in counted.items():
        postings.setdefault(name, []).append((doc, times / (times + _HALF)))


def _rarity(known_by: int, topics: int) -> float:
    return log(1 + (topics - known_by + 0.5) / (known_by + 0.5))


def _pattern(phrase: str) -> str:
    """The regular expression of one phrase of the lists."""
    done = ""
    gap = ""
    for word in phrase.split():
        if word == "..":
            gap = _WIDE_GAP
            continue
        letters = re.escape(normalised(word.rstrip("*")))
        done += (gap + " " if done else "") + letters + (r"\w*" if word.endswith("*") else "")
        gap = _GAP
    return done
