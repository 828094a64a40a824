"""What a day is called in each language, for journeys that do not look into the bot."""

from datetime import date

from bot.language import formats
from tests.support.wegwijzer import catalogs


def in_words(language: str, day: date) -> str:
    """Weekday, day and month."""
    return formats.date_words(catalogs().words(language), day)


def week(language: str) -> list[str]:
    """The short names of the days, Monday first."""
    words = catalogs().words(language)
    return [formats.weekday_short(words, one) for one in range(7)]
