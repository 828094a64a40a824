"""What people type, made comparable: one form for each letter, digit and keyboard."""

import re
import unicodedata

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


def normalised(text: str) -> str:
    """Words with spaces between, without what eye, keyboard and hurry do not tell apart."""
    text = formats.read_digits(unicodedata.normalize("NFKC", bidi.strip_marks(text)).casefold())
    text = _DROPPED.sub("", text).translate(_FOLDED)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    words = _WORD.findall(unicodedata.normalize("NFC", text).translate(_FOLDED))
    return " ".join(w.translate(_LOOKALIKES) if _CYRILLIC.search(w) else w for w in words)
