"""Lengths of time in the language's own figures: "26,5" in Dutch, "26.5" in English."""

from bot.language import bidi, formats
from bot.language.catalog import Words


def figures(_: Words, minutes: int) -> str:
    """Minutes as hours: "3", "2,5", "2,25"."""
    return bidi.strip_marks(formats.number(_, round(minutes / 60, 2)))


def hours(_: Words, minutes: int) -> str:
    """Plain text: "1 hour", "2.5 hours"."""
    whole, rest = divmod(minutes, 60)
    said = figures(_, minutes)
    return _.plain_plural("{hours} hour", "{hours} hours", 2 if rest else whole, hours=said)
