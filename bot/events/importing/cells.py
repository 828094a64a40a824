"""One cell of a file: a word of a list, a number, a day, a time. Each says how it should be."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Final, TypeVar

from bot.events.domain.files import Empty, NotOneOf, NotRead
from bot.language import formats
from bot.people.domain.team import folded

Row = Mapping[str, str]
Said = TypeVar("Said", bound=str)
_YES: Final = frozenset({"yes", "ja", "x", "1", "true", "так", "بله", "بلی", "هو"})
_NO: Final = frozenset({"no", "nee", "0", "false", "-", "ні", "نه", "نخیر"})
_CLOCK = re.compile(r"(\d{1,2})\s*[:.hu]\s*(\d{2})?(?::00)?")
_DIVIDES = re.compile(r"[,;/\n،؛]")


def needed(row: Row, column: str) -> str:
    """A text that must be there. Raises Empty."""
    text = row.get(column, "").strip()
    if not text:
        raise Empty(column=column)
    return text


def one_of(row: Row, column: str, known: Mapping[str, Said]) -> Said:
    """What a word of a list stands for. Raises Empty, NotOneOf."""
    said = needed(row, column)
    found = known.get(folded(said))
    if found is None:
        raise _unknown(said, column, known)
    return found


def several(row: Row, column: str, known: Sequence[str]) -> tuple[str, ...]:
    """Words of a list, in its order. Raises NotOneOf."""
    said = [one.strip() for one in _DIVIDES.split(row.get(column, "")) if one.strip()]
    for one in said:
        if folded(one) not in known:
            raise _unknown(one, column, {word: word for word in known})
    ticked = {folded(one) for one in said}
    return tuple(one for one in known if one in ticked)


def several_of(row: Row, column: str, known: Mapping[str, Said]) -> tuple[Said, ...]:
    """What words of a list stand for, each once, in the order of the list. Raises NotOneOf."""
    said = [one.strip() for one in _DIVIDES.split(row.get(column, "")) if one.strip()]
    for one in said:
        if folded(one) not in known:
            raise _unknown(one, column, known)
    ticked = {known[folded(one)] for one in said}
    return tuple(one for one in dict.fromkeys(known.values()) if one in ticked)


def levels(
    row: Row, column: str, known: Mapping[str, str], allowed: Sequence[int]
) -> dict[str, int]:
    """Languages with the least level: "nl 2, en 1". Raises NotOneOf, NotRead."""
    found: dict[str, int] = {}
    for one in _DIVIDES.split(row.get(column, "")):
        name, _, level = one.strip().replace(":", " ").rpartition(" ")
        if not one.strip():
            continue
        if level not in map(str, allowed):
            raise NotRead(value=one.strip(), column=column, example="nl 2, en 1")
        code = known.get(folded(name))
        if code is None:
            raise _unknown(name, column, known)
        found[code] = int(level)
    return found


def yes_no(row: Row, column: str) -> bool:
    """A tick. Raises NotRead."""
    said = folded(row.get(column, ""))
    if said not in _YES | _NO:
        raise NotRead(value=row.get(column, ""), column=column, example="yes / no")
    return said in _YES


def is_yes(said: str) -> bool:
    """Is this word a tick?"""
    return folded(said) in _YES


def number(row: Row, column: str, *, least: int, most: int) -> int:
    """A whole number. Raises NotRead."""
    said = formats.read_digits(row.get(column, "").strip())
    if not said.isdigit() or len(said) > 6 or not least <= int(said) <= most:
        raise NotRead(value=said, column=column, example=f"{least}-{most}")
    return int(said)


def day(row: Row, column: str, read: Callable[[str], date | None]) -> date:
    """A date as people write it. Raises Empty, NotRead."""
    said = needed(row, column)
    found = read(said)
    if found is None:
        raise NotRead(value=said, column=column, example="2026-12-24")
    return found


def clock(row: Row, column: str) -> time:
    """An hour on the wall. Raises Empty, NotRead."""
    said = formats.read_digits(needed(row, column))
    read = _CLOCK.fullmatch(said)
    if read is None or int(read[1]) > 23 or int(read[2] or 0) > 59:
        raise NotRead(value=said, column=column, example="09:30")
    return time(int(read[1]), int(read[2] or 0))


def _unknown(said: str, column: str, known: Mapping[str, Said]) -> NotOneOf:
    return NotOneOf(value=said[:40], column=column, known=", ".join(dict.fromkeys(known.values())))
