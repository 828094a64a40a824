"""Free text to topics: one small interface, `Search(library).find(text, language)`.

Words and their character 3- to 5-grams are weighed by how few topics know them; a topic's score is
the share of the question's weight that it covers. All installed languages are searched at once, so
a question in another language than the person's own is understood.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from heapq import nlargest
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
_WORDS_KEPT = 4096  # about 3 MB
_LONGEST_KEPT = 40  # letters; nobody says a longer one twice, and thousands would fill the memory
_HALF = 1.0  # so often must a word occur in a topic to count half
_GAP, _WIDE_GAP = r"(?: \w+)?", r"(?: \w+){0,4}"  # between the words of a phrase; for ".."
_ENDING = r"\w*"
_TENSE = re.compile(r"^(ن?می)(?=\w)")  # of a Persian verb: people write it joined or apart
_APART = re.compile(r"^(ن?می) \?")


def normalised(text: str) -> str:
    """Words with spaces between, without what eye, keyboard and hurry do not tell apart."""
    text = formats.read_digits(unicodedata.normalize("NFKC", bidi.strip_marks(text)).casefold())
    text = _DROPPED.sub("", text).translate(_FOLDED)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    words = _WORD.findall(unicodedata.normalize("NFC", text).translate(_FOLDED))
    return " ".join(w.translate(_LOOKALIKES) if _CYRILLIC.search(w) else w for w in words)


def grams(word: str) -> tuple[str, ...]:
    """The stretches of 3 to 5 letters of a word, its edges marked."""
    edged = f"<{word}>"
    return tuple(edged[i : i + n] for n in _GRAMS for i in range(len(edged) - n + 1))


class Phrases:
    """Phrases of the signal lists, found in normalised text.

    One other word may stand between two words; `..` allows up to four; `word*` any ending. Phrases
    are looked up by their first word, and compiled when that word is said for the first time.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self.patterns: Final = frozenset(_pattern(phrase) for phrase in phrases) - {""}
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


class _Ears:
    """What the signals of all languages sound like."""

    def __init__(self, heard: Collection[Signals]) -> None:
        thanks = [said for one in heard for said in one.thanks]
        self.greetings: Final = Phrases(
            (*thanks, *(said for one in heard for said in one.greetings))
        )
        self.thanks: Final = Phrases(thanks)
        self._calm: Final = Phrases(said for one in heard for said in one.no_dangers)
        meant: dict[str, list[str]] = {}  # slug -> phrases
        for signals in heard:
            for slug, said in signals.dangers.items():
                meant.setdefault(slug, []).extend(said)
        self._meant: Final = {slug: Phrases(said).patterns for slug, said in meant.items()}
        self._dangers: Final = Phrases(phrase for said in meant.values() for phrase in said)

    def dangers_in(self, said: str) -> list[str]:
        """The topics of every danger that is named."""
        named = self._dangers.in_text(self._calm.without(said))
        return [slug for slug, patterns in self._meant.items() if named & patterns] if named else []


class Search:
    """An index in memory over every answer of every language."""

    def __init__(self, library: Library, limits: Thresholds | None = None) -> None:
        self._limits: Final = limits or Thresholds()
        self._ears: Final = _Ears(library.signals.values())
        self._slugs: Final = tuple(
            sorted({slug for known in library.answers.values() for slug in known})
        )
        self._words, self._grams = _indexed(library, self._slugs)
        # People use the same words: most of a question has been weighed for somebody before.
        self._heard: Final = lru_cache(maxsize=_WORDS_KEPT)(self._listened_to)

    def find(self, text: str, language: str | None = None, *, calmly: bool = False) -> Found:
        """What a text asks for; `language` is the reader's, every installed one is searched.

        `calmly`: the person said that it is not urgent.
        """
        said = normalised(text)
        if not calmly and (found := self._danger(said)):
            return found
        if not self._ears.greetings.without(said):
            return Found(Decision.GREETING, is_thanks=self._ears.thanks.are_in(said))
        hits = self._hits(said)
        decision = decided(hits, self._limits)
        if decision is Decision.SURE and " " not in said:
            decision = Decision.UNSURE  # one word may mean many things: offer titles
        return Found(decision, hits)

    def danger(self, text: str) -> Found | None:
        """The topics of danger that a text names; None: it names none."""
        return self._danger(normalised(text))

    def _danger(self, said: str) -> Found | None:
        hits = tuple(Hit(slug, 1.0) for slug in self._ears.dangers_in(said))
        return Found(Decision.EMERGENCY, hits) if hits else None

    def _hits(self, said: str) -> tuple[Hit, ...]:
        scores = [0.0] * len(self._slugs)
        whole = 0.0
        for word, times in Counter(said.split()).items():
            listen = self._heard if len(word) <= _LONGEST_KEPT else self._listened_to
            weight, topics = listen(word)
            whole += times * weight
            for doc, score in topics:
                scores[doc] += times * score
        if not whole:
            return ()
        best = nlargest(_HITS, range(len(scores)), key=scores.__getitem__)
        hits = (Hit(self._slugs[doc], round(scores[doc] / whole, 4)) for doc in best)
        return tuple(hit for hit in hits if hit.score)

    def _listened_to(self, word: str) -> tuple[float, list[tuple[int, float]]]:
        """How much a word tells (much when few topics know it, less when none does), and how much
        of that goes to which topic."""
        posted = self._words.get(word, ())
        rarity = _rarity(len(posted), len(self._slugs))
        weight = rarity if posted else rarity * _UNKNOWN_SHARE
        scores = {doc: weight * _WORD_SHARE * strength for doc, strength in posted}
        for doc, share in self._by_pieces(word):
            scores[doc] = scores.get(doc, 0.0) + weight * (1 - _WORD_SHARE) * share
        return weight, list(scores.items())

    def _by_pieces(self, word: str) -> Iterator[tuple[int, float]]:
        """Topic and strength for every piece of a word, weighed by its rarity."""
        pieces = grams(word)
        rarities = [_rarity(len(self._grams.get(piece, ())), len(self._slugs)) for piece in pieces]
        whole = sum(rarities) or 1.0
        for piece, rarity in zip(pieces, rarities, strict=True):
            for doc, strength in self._grams.get(piece, ()):
                yield doc, rarity / whole * strength


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
        postings.setdefault(name, []).append(_posting(doc, times))


@lru_cache(maxsize=4096)
def _posting(doc: int, times: int) -> tuple[int, float]:
    """A topic and how strongly; the same few pairs occur everywhere, so each is kept once."""
    return doc, times / (times + _HALF)


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
        letters = _TENSE.sub(r"\1 ?", re.escape(normalised(word.rstrip("*"))))
        done += (gap + " " if done else "") + letters + (_ENDING if word.endswith("*") else "")
        gap = _GAP
    return done
