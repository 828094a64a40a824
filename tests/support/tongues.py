"""Does everything on a phone speak its reader's language? Judged by script, and by what the other
catalogues say."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from bot.language import bidi
from bot.volunteering.domain.enrolling import LANGUAGES
from tests.support.phone import Phone, seen
from tests.support.wegwijzer import catalogs, facts

# What is written alike in every language.
EVERYWHERE: Final = ("Telegram", "PDF", "OCMW", "COC", "Brussels", "Gent", "Refu Interim")

_LATIN: Final = ("nl", "en")
_PLACE = re.compile(r"\{\w*\}|<[^<>]*>|\n")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_PROSE = re.compile(r"https?://\S+|/\w+|\w+\.(?:pdf|ics)\b")
_LONG_ENOUGH = 14  # letters of a piece that no other language says by chance


def foreign(phone: Phone, *, names: Iterable[str] = ()) -> list[str]:
    """Lines on this phone, also those that were edited since, that are in another language.

    names  what may stand there in any script: of people, organisations and towns
    """
    language = phone.language or "en"
    known = {
        facts().name,
        *EVERYWHERE,
        *names,
        *(name for _, name in LANGUAGES),
        *(w.name for w in catalogs()),
    }
    lines = {line for said in _everything(phone) for line in said.split("\n")}
    return sorted(
        line for line in lines if _strange(line, language, known) or _borrowed(line, language)
    )


def _everything(phone: Phone) -> Iterator[str]:
    for _, message in phone.view.events:
        said = bidi.strip_marks(phone.words_in(message))
        asks_for_language = all(words.name in said for words in catalogs())
        if message["from"]["id"] == phone.simulation.world.bot and not asks_for_language:
            yield said


def _strange(line: str, language: str, known: Iterable[str]) -> bool:
    """Is there a word in a script that its reader does not write in?"""
    for name in sorted(known, key=len, reverse=True):
        line = line.replace(name, " ")
    words = _WORD.findall(_NOT_PROSE.sub(" ", line))
    return any((language in _LATIN) != _is_latin(word) for word in words if len(word) > 1)


def _is_latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")


def _borrowed(line: str, language: str) -> bool:
    """Does it say what another catalogue says?"""
    return any(piece in line for piece in _others(language))


@cache
def _others(language: str) -> tuple[str, ...]:
    """Pieces of the other languages' texts in the same script that this one does not say."""
    mine = "\n".join(_texts(language))
    same = [one for one in catalogs().codes if (one in _LATIN) == (language in _LATIN)]
    pieces = {piece for other in same if other != language for piece in _pieces(other)}
    return tuple(piece for piece in pieces if piece not in mine)


def _texts(language: str) -> list[str]:
    words = catalogs().words(language)
    return [bidi.strip_marks(seen(text)) for forms in words._texts.values() for text in forms]


def _pieces(language: str) -> Iterator[str]:
    for text in _texts(language):
        for piece in map(str.strip, _PLACE.split(text)):
            if len(piece) >= _LONG_ENOUGH and " " in piece:
                yield piece
