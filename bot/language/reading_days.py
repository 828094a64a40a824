"""A day as people say it: "12/3", "tomorrow", "next Tuesday", «سه شنبه آینده».

"Next Tuesday", said on a Monday, is tomorrow to some and in eight days to others: both are meant
then, and who asked lets the person choose. Why no library reads it: docs/decisions/0021.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.language import reading_dates, spoken
from bot.language.catalog import Catalogs
from bot.language.spoken import Heard

_WEEK: Final = timedelta(days=7)
_NEAR: Final = timedelta(days=2)  # so near, hardly anybody says "next"


@dataclass(frozen=True, slots=True)
class Said:
    """The days that a text may mean, the likeliest ones first; none when it names no day, or one
    that does not exist. `is_sure`: everything in the text fits."""

    days: tuple[date, ...] = ()
    is_sure: bool = True


def read(catalogs: Catalogs, text: str, *, today: date) -> Said:
    """What the text means today."""
    heard = spoken.hear(catalogs, spoken.folded(text))
    by_words = _by_words(heard, today)
    named = reading_dates.named(catalogs, text, today=today)
    if named:
        (one, *more) = named
        if more or one is None:
            return Said()
        return Said((one,), is_sure=not by_words or one in by_words or _agrees(heard, one))
    if not by_words:
        return Said()
    figures = {int(one.word) for one in heard if one.is_figure}
    fitting = tuple(one for one in by_words if figures <= {one.day})
    is_understood = all(one.meaning or one.is_figure for one in heard)
    return Said(fitting or by_words, is_sure=bool(fitting) and is_understood)


def _agrees(heard: Sequence[Heard], day: date) -> bool:
    """Is it the day of the week that was said?"""
    said = {one.meaning.number for one in heard if one.meaning and one.kind == "day"}
    return said == {day.weekday()} and not any(one.kind == "near" for one in heard)


def _by_words(heard: Sequence[Heard], today: date) -> tuple[date, ...]:
    """In the order of time, without doubles."""
    kinds = {one.kind for one in heard}
    found = set[date]()
    for one in heard:
        if one.meaning is not None and one.kind == "near":
            found.add(today + timedelta(days=one.meaning.number))
        elif one.meaning is not None and one.kind == "day":
            found.update(_weekdays(one.meaning.number, kinds, today))
    return tuple(sorted(found))


def _weekdays(weekday: int, kinds: set[str], today: date) -> Iterable[date]:
    ahead = today + timedelta(days=(weekday - today.weekday()) % 7)
    first = ahead if ahead > today else ahead + _WEEK
    before = first - 2 * _WEEK if ahead == today else first - _WEEK
    if "next_week" in kinds:
        return [_monday(today) + _WEEK + timedelta(days=weekday)]
    if "next" in kinds:
        is_plain = _monday(first) > _monday(today) and first - today > _NEAR
        return [first] if is_plain else [first, first + _WEEK]
    if "last" in kinds:
        is_plain = _monday(before) < _monday(today) and today - before > _NEAR
        return [before] if is_plain else [before, before - _WEEK]
    if "coming" in kinds:
        return [ahead] if ahead > today else [today, first]
    return [before, first] if ahead > today else [before, today, first]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
