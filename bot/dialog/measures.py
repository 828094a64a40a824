"""Steps that are answered with a number, or with parts of the days of a week."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.delivery.incoming import Incoming
from bot.dialog.form import Asking, Choice, Shown, Step, Taken, Wrong
from bot.dialog.steps import Makes, _made, written
from bot.errors import N_
from bot.language import bidi, formats
from bot.language.catalog import Words

_WHOLE = re.compile(r"[+]?(\d{1,9})")
DAYS, PARTS = 7, 3
PART_SIGNS = ("🌅", "☀️", "🌙")


class NoNumber(Wrong):
    """Not a whole number."""

    sentence = N_("Please write a number, such as {example}.")


class OutOfRange(Wrong):
    """Too few or too many."""

    sentence = N_("The number must be from {least} to {most}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Step):
    """A whole number; `quick` ones stand on buttons."""

    least: int = 0
    most: int = 10_000
    quick: tuple[int, ...] = ()

    async def show(self, asking: Asking, value: Any, sought: str = "") -> Shown:
        return Shown(flow=tuple(Choice(str(one), str(one)) for one in self.quick))

    async def hear(self, asking: Asking, incoming: Incoming) -> int:
        return self._read(written(incoming))

    async def tap(self, asking: Asking, chosen: str, value: Any) -> Taken:
        return Taken(self._read(chosen))

    async def fits(self, asking: Asking, value: Any) -> bool:
        return type(value) is int and self.least <= value <= self.most

    def _read(self, said: str) -> int:
        found = _WHOLE.fullmatch(formats.read_digits(bidi.strip_marks(said)).replace(" ", ""))
        if found is None:
            raise NoNumber(example=self.quick[0] if self.quick else max(self.least, 1))
        if not self.least <= (number := int(found[1])) <= self.most:
            raise OutOfRange(least=self.least, most=self.most)
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Step):
    """Days of the week by parts of the day: a number whose bit `weekday * 3 + part` is set."""

    async def show(self, asking: Asking, value: Any, sought: str = "") -> Shown:
        ticked, _ = int(value or 0), asking.words
        head = (Choice("all", "📅"), *(Choice(f"p{i}", PART_SIGNS[i]) for i in range(PARTS)))
        days = tuple(
            (
                Choice(f"d{day}", weekday(_, day)),
                *(
                    Choice(str(bit), "✅" if ticked >> bit & 1 else "▫️")
                    for bit in range(day * PARTS, day * PARTS + PARTS)
                ),
            )
            for day in range(DAYS)
        )
        more = _("🌅 morning · ☀️ afternoon · 🌙 evening")
        return Shown(more=more, rows=(head, *days), has_done=True)

    async def tap(self, asking: Asking, chosen: str, value: Any) -> Taken:
        bits, ticked = _bits(chosen), int(value or 0)
        is_full = ticked & bits == bits
        return Taken(ticked & ~bits if is_full else ticked | bits, is_answer=False)

    async def close(self, asking: Asking, value: Any) -> int:
        return int(value or 0)

    async def fits(self, asking: Asking, value: Any) -> bool:
        return type(value) is int and 0 <= value < 1 << DAYS * PARTS

    async def tell(self, asking: Asking, value: Any) -> str:
        return grid_words(asking.words, value)


number: Makes[Number] = partial(_made, Number)
grid: Makes[Grid] = partial(_made, Grid)


def grid_words(_: Words, value: int) -> str:
    """What is ticked, in words: "Mo 🌅🌙, Sa ☀️"; "–" for nothing."""
    days = []
    for one in range(DAYS):
        signs = [sign for part, sign in enumerate(PART_SIGNS) if value >> one * PARTS + part & 1]
        if signs:
            days.append(f"{formats.weekday_name(_, one)} {''.join(signs)}")
    return "; ".join(days) or "–"


def weekday(_: Words, one: int) -> str:
    """A day on a narrow button; its first letter would not do where two days begin alike."""
    return formats.weekday_name(_, one) if _.is_rtl else formats.weekday_short(_, one)


def _bits(chosen: str) -> int:
    """What a button of the grid covers: one field, a day, a part of every day, everything."""
    kind, rest = chosen[:1], chosen[1:]
    if chosen == "all":
        return (1 << DAYS * PARTS) - 1
    if kind == "d" and rest.isdecimal() and int(rest) < DAYS:
        return 0b111 << int(rest) * PARTS
    if kind == "p" and rest.isdecimal() and int(rest) < PARTS:
        return sum(1 << one * PARTS + int(rest) for one in range(DAYS))
    if chosen.isdecimal() and int(chosen) < DAYS * PARTS:
        return 1 << int(chosen)
    raise Wrong
