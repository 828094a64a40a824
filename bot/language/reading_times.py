"""A time as people say it: "18:30", "14u", "at 2 pm", «ساعت ۱۴».

A bare hour of the morning ("at 2") may be one of the afternoon: both are meant then.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from bot.language import reading_dates, spoken
from bot.language.catalog import Catalogs
from bot.language.spoken import Heard

_HOUR: Final = r"(?<![\d:./-])([01]?\d|2[0-3])"
_TIME: Final = re.compile(_HOUR + r"(?:\s?[:hu]([0-5]\d)|\s?[hu])(?![\w./-])")
_DOTTED: Final = re.compile(_HOUR + r"\.([0-5]\d)(?![\w./-])")  # "18.30"; "12.03" may be a date
_NOON: Final = 12
_LAST_HOUR: Final = 23
_OF_CLOCK: Final = ("clock", "early", "late")


@dataclass(frozen=True, slots=True)
class Said:
    """The times that a text may mean, and the text without them; none where it names two."""

    times: tuple[time, ...]
    rest: str


def read(catalogs: Catalogs, text: str) -> Said:
    """The time in the text."""
    plain = spoken.folded(text)
    heard = spoken.hear(catalogs, plain)
    kinds = {one.kind for one in heard}
    written = list(_TIME.finditer(plain)) or list(_DOTTED.finditer(plain))
    if written:
        rest = _cut(plain, [one.span() for one in written])
        hour, minute = int(written[0][1]), int(written[0][2] or 0)
        found = _told(hour, minute, kinds) or (time(hour, minute),)
        return Said(found if len(written) == 1 else (), rest)
    beside = list(_beside_clock(heard, plain, frozenset(reading_dates.months(catalogs))))
    if len(beside) != 1:
        return Said((), plain)
    hours, minutes = beside[0]
    hour, minute = int(hours.word), int(minutes.word) if minutes is not None else 0
    either = [hour, hour + _NOON] if 0 < hour < _NOON else [hour]
    found = _told(hour, minute, kinds) or tuple(time(one, minute) for one in either)
    return Said(found, _cut(plain, [(one.start, one.end) for one in beside[0] if one is not None]))


def _told(hour: int, minute: int, kinds: set[str]) -> tuple[time, ...]:
    """With "in the morning" or "pm" there is one meaning; "12 am" nobody understands alike."""
    if ("early" in kinds) == ("late" in kinds) or hour == 0:
        return ()
    if "late" in kinds:
        return (time(hour if hour >= _NOON else hour + _NOON, minute),)
    return () if hour == _NOON else (time(hour, minute),)


def _beside_clock(
    heard: Sequence[Heard], plain: str, months: frozenset[str]
) -> Iterator[tuple[Heard, Heard | None]]:
    """Figures that are hours, with their minutes: "at 14", "14 uur", "14 uur 30"."""
    dates = [one.span() for pattern in reading_dates.FIGURES for one in pattern.finditer(plain)]
    hours = {
        at
        for at, one in enumerate(heard)
        if one.is_figure
        and int(one.word) <= _LAST_HOUR
        and not _is_day(heard, at, months)
        and not any(start <= one.start < end for start, end in dates)
    }
    for at in sorted(hours):
        before, after = _near(heard, at - 1), _near(heard, at + 1)
        if after is not None and after.kind in _OF_CLOCK:
            further = _near(heard, at + 2)
            has_minutes = further is not None and re.fullmatch(r"[0-5]\d", further.word)
            yield heard[at], further if has_minutes else None
        elif before is not None and before.kind == "clock" and at - 2 not in hours:
            yield heard[at], None


def _is_day(heard: Sequence[Heard], at: int, months: frozenset[str]) -> bool:
    """The 12 of "12 march", and of "march 12" where nothing stands before the month."""
    after, before, first = (_near(heard, at + step) for step in (1, -1, -2))
    if after is not None and after.word in months:
        return True
    return before is not None and before.word in months and (first is None or not first.is_figure)


def _near(heard: Sequence[Heard], at: int) -> Heard | None:
    return heard[at] if 0 <= at < len(heard) else None


def _cut(plain: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        plain = plain[:start] + " " + plain[end:]
    return plain.strip()
