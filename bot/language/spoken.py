"""Words of all languages that say when: "tomorrow", "наступного вівторка", «سه شنبه آینده».

Each language lists its own in `language.toml`, `[spoken]`; people write in whichever they like, so
all of them are known at once. What two languages mean differently is left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from bot.language import bidi, formats, profile
from bot.language.catalog import Catalogs, Words

_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+")
_LONGEST: Final = 4  # words of one phrase
_SHORT: Final = 3  # letters that are a word by chance as well


class Meaning(NamedTuple):
    """What a phrase says: its kind, and which day of the week, or how many days ahead."""

    kind: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """A figure, a phrase that is known, or (meaning None) any other word, and where it stands."""

    word: str
    start: int
    end: int
    meaning: Meaning | None = None

    @property
    def is_figure(self) -> bool:
        return self.word.isdecimal()

    @property
    def kind(self) -> str:
        return self.meaning.kind if self.meaning is not None else ""


def folded(text: str) -> str:
    """Plain figures, and one letter for those that hands do not tell apart."""
    kept = formats.read_digits(bidi.strip_marks(text)).casefold().replace("\u200c", "")
    for written, one in (("ي", "ی"), ("ى", "ی"), ("ۍ", "ی"), ("ې", "ی"), ("ك", "ک"), ("گ", "ګ")):
        kept = kept.replace(written, one)
    return kept


def hear(catalogs: Catalogs, plain: str) -> list[Heard]:
    """A folded text word by word; of phrases the longest counts."""
    tokens, known = list(_TOKEN.finditer(plain)), _phrases(catalogs)
    heard: list[Heard] = []
    while tokens:
        for length in range(min(_LONGEST, len(tokens)), 0, -1):
            phrase = tuple(one[0] for one in tokens[:length])
            if phrase in known or length == 1:
                break
        start, end = tokens[0].start(), tokens[length - 1].end()
        heard += _parts(known, Heard(" ".join(phrase), start, end, known.get(phrase)))
        tokens = tokens[length:]
    return _without_chances(heard)


def _parts(known: Mapping[tuple[str, ...], Meaning], one: Heard) -> list[Heard]:
    """ "dinsdagavond" is Tuesday and the evening."""
    for cut in range(len(one.word) - 1, 1, -1):
        day, part = (known.get((piece,)) for piece in (one.word[:cut], one.word[cut:]))
        if one.meaning or day is None or part is None:
            continue
        if day.kind in ("day", "near") and part.kind in ("early", "late") and cut > _SHORT:
            first = Heard(one.word[:cut], one.start, one.start + cut, day)
            return [first, Heard(one.word[cut:], one.start + cut, one.end, part)]
    return [one]


def _without_chances(heard: list[Heard]) -> list[Heard]:
    """A short form ("do", "sun") means its day only where every word is understood."""
    if all(one.meaning or one.is_figure for one in heard):
        return heard
    return [
        Heard(one.word, one.start, one.end)
        if one.kind == "day" and len(one.word) <= _SHORT
        else one
        for one in heard
    ]


@cache
def _phrases(catalogs: Catalogs) -> Mapping[tuple[str, ...], Meaning]:
    table: dict[tuple[str, ...], set[Meaning]] = {}
    for words in catalogs:
        for phrase, meaning in (*_days(words), *_others(words)):
            table.setdefault(tuple(_TOKEN.findall(folded(phrase))), set()).add(meaning)
    return {phrase: one for phrase, (one, *more) in table.items() if phrase and not more}


def _days(words: Words) -> Iterable[tuple[str, Meaning]]:
    """Where a language has names of its own, Babel's are not used."""
    for number, key in enumerate(profile.WEEKDAYS):
        names = {formats.weekday_name(words, number), *words.profile.spoken.weekdays.get(key, ())}
        if key not in words.profile.weekdays:
            by_babel = words.locale.days
            names |= {
                str(by_babel[form][width][number])
                for form in ("format", "stand-alone")
                for width in ("wide", "abbreviated", "short")
            }
        yield from ((name, Meaning("day", number)) for name in names if len(name) > 1)


def _others(words: Words) -> Iterable[tuple[str, Meaning]]:
    spoken = words.profile.spoken
    for ahead, phrases in spoken.near.items():
        yield from ((one, Meaning("near", int(ahead))) for one in phrases)
    for kind in ("next", "coming", "last", "next_week", "clock", "early", "late", "also"):
        yield from ((one, Meaning(kind)) for one in getattr(spoken, kind))
