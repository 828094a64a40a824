"""A date as people write it, in any of the languages: "12/3", "12 maart 2027", "۱۲ مارچ".

Our own small table of months instead of a parser for all the world's dates: those guess the order
of day and month, fill in what is missing, and know Dari as Iranian Persian and Pashto not at all.
Here it is Belgian paper: day before month, the calendar of Belgium, and no guessing. Days in words
("next Tuesday") are for `reading_days`.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from bot.language import profile, spoken
from bot.language.catalog import Catalogs, Words

# Without a year: a day so short ago was meant as past, an earlier one as next year's.
_LATELY: Final = timedelta(days=90)

_SEPARATED: Final = re.compile(
    r"(?<!\d)(\d{1,4})\s*[./\-‐‑–٫،,]\s*(\d{1,2})(?:\s*[./\-‐‑–٫،,]\s*(\d{1,4}))?(?!\d)"
)
_SPACED: Final = re.compile(r"(?<!\d)(\d{1,2})\s+(\d{1,2})\s+(\d{4}|\d{2})(?!\d)")
FIGURES: Final = (_SEPARATED, _SPACED)
_WORDS: Final = re.compile(r"[^\W_]+", re.UNICODE)
_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|e|ste|de|го|ого|م|مه)?")


def read(catalogs: Catalogs, text: str, *, today: date) -> date | None:
    """The one date that a text names; None when it names none, two, or one that does not exist."""
    found = named(catalogs, text, today=today)
    return found.pop() if len(found) == 1 else None


def named(catalogs: Catalogs, text: str, *, today: date) -> set[date | None]:
    """Every date in a text; None for one that does not exist."""
    plain = spoken.folded(text)
    return {*_in_figures(plain, today), *_in_words(months(catalogs), plain, today)}


def _in_figures(plain: str, today: date) -> Iterable[date | None]:
    for pattern in FIGURES:
        for first, second, third in pattern.findall(plain):
            if len(first) == 4:
                yield _day(int(first), int(second), int(third)) if third else None
            elif len(first) < 3 and len(third) in (0, 2, 4):
                yield _dated(int(first), int(second), third, today)
            else:
                yield None


def _in_words(months: Mapping[str, int], plain: str, today: date) -> Iterable[date | None]:
    """ "12 march 2027", "march 12, 2027", "2027 march 12"."""
    words = _WORDS.findall(plain)
    for at, word in enumerate(words):
        if word not in months:
            continue
        near = [*reversed(words[max(0, at - 2) : at]), *words[at + 1 : at + 3]]
        day = next((int(one[1]) for near_by in near if (one := _DAY.fullmatch(near_by))), None)
        year = next((one for one in near if re.fullmatch(r"\d{4}", one)), "")
        if day is not None:
            yield _dated(day, months[word], year, today)


def _dated(day: int, month: int, year: str, today: date) -> date | None:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this, following = _day(today.year, month, day), _day(today.year + 1, month, day)
    if this is None or this < today - _LATELY:
        return following
    return this


def _day(year: int, month: int, day: int) -> date | None:
    """Letters here are of this century; another calendar's year is no date to us."""
    try:
        return date(year, month, day) if 2000 <= year < 2100 else None
    except ValueError:
        return None


@cache
def months(catalogs: Catalogs) -> Mapping[str, int]:
    """Every way of writing a month, folded; what two languages mean differently is left out."""
    table: dict[str, set[int]] = {}
    for words in catalogs:
        for number, names in enumerate(_names(words), 1):
            for name in names:
                table.setdefault(spoken.folded(name).rstrip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in table.items() if len(numbers) == 1}


def _names(words: Words) -> Iterable[set[str]]:
    """The names of the twelve months: Babel's, and the language's own."""
    by_babel = words.locale.months
    for number, key in enumerate(profile.MONTHS, 1):
        found = {
            str(by_babel[form][width][number])
            for form in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
        }
        own = words.profile.months.get(key)
        yield found | {*words.profile.month_forms.get(key, ()), *([own] if own else ())}
