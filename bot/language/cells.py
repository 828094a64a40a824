"""How much room a label takes on a telephone's screen."""

import unicodedata
from functools import lru_cache

from bot.language import bidi

HALF_ROW = 16  # what a button shows beside another one; Telegram cuts the rest off


@lru_cache(maxsize=1024)
def width(label: str) -> int:
    """The cells of a label: an emoji takes two, a mark none."""
    return sum(_cells(char) for char in unicodedata.normalize("NFC", bidi.strip_marks(label)))


def fits_half_a_row(label: str) -> bool:
    """May the button stand beside another one?"""
    return width(label) <= HALF_ROW


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
