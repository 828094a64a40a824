"""Which language is a text in? A guess from script, telling letters and telling words.

It only steers search: which language a person reads is asked, never guessed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from bot.language.profile import Profile

_WORD = re.compile(r"[^\W\d_]+")
_KEYBOARD = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_LETTER_WEIGHT = 3


def guess(text: str, profiles: Iterable[Profile]) -> str | None:
    """Return the code of the likeliest language, or None when nothing tells."""
    script = _script_of(text)
    candidates = [profile for profile in profiles if _script_of(profile.name) == script]
    if script is None or not candidates:
        return None
    if len(candidates) == 1:
        return candidates[0].code
    scores = _scores(text, candidates)
    best = [profile for profile in candidates if scores[profile.code] == max(scores.values())]
    if len(best) > 1:
        best = _without_own_letters(best)
    return best[0].code if len(best) == 1 else None


def _scores(text: str, candidates: list[Profile]) -> dict[str, int]:
    letters = Counter(text.casefold())
    words = Counter(_WORD.findall(text.casefold().translate(_KEYBOARD)))
    return {profile.code: _score(letters, words, profile) for profile in candidates}


def _score(letters: Counter[str], words: Counter[str], profile: Profile) -> int:
    by_letters = sum(letters[letter] for letter in profile.telling_letters)
    by_words = sum(words[word] for word in profile.telling_words)
    return _LETTER_WEIGHT * by_letters + by_words


def _without_own_letters(equals: list[Profile]) -> list[Profile]:
    """A language with letters of its own would have shown one: Dari rather than Pashto."""
    return [profile for profile in equals if not profile.telling_letters] or equals


def _script_of(text: str) -> str | None:
    scripts = Counter(_script(char) for char in text if char.isalpha())
    return scripts.most_common(1)[0][0] if scripts else None


@lru_cache(maxsize=2048)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]
