"""Steps that are answered with a number, a day, a moment, or parts of the days of a week."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Literal

from bot.delivery.incoming import Incoming
from bot.dialog.form import Asking, Choice, Shown, Step, Taken, Wrong
from bot.dialog.steps import Makes, _made, written
from bot.errors import N_
from bot.language import bidi, formats, reading_dates
from bot.language.catalog import Words

Allows = Literal["any", "future", "past"]

_WHOLE = re.compile(r"[+]?(\d{1,9})")
_HOUR = r"(?<![\d:./-])([01]?\d|2[0-3])"
_TIME = re.compile(_HOUR + r"(?:\s?[:hu]([0-5]\d)|\s?[hu])(?![\w./-])")
_DOTTED = re.compile(_HOUR + r"\.([0-5]\d)(?![\w./-])")  # "18.30"; "12.03" may be a date
_OFFERED = 6  # days that stand on buttons
DAYS, PARTS = 7, 3
PART_SIGNS = ("🌅", "☀️", "🌙")


class NoNumber(Wrong):
    """Not a whole number."""

    sentence = N_("Please write a number, such as {example}.")


class OutOfRange(Wrong):
    """Too few or too many."""

    sentence = N_("The number must be from {least} to {most}.")


class NoDay(Wrong):
    """No date, two of them, or one that does not exist."""

    sentence = N_("I do not see one day in that. Please write it so: {example}")


class NoMoment(Wrong):
    """A day or a time is missing."""

    sentence = N_("Please write the day and the time, so: {example}")


class DayIsOver(Wrong):
    """It should lie ahead."""

    sentence = N_("That is in the past. Please choose a later day.")


class DayToCome(Wrong):
    """It should lie behind."""

    sentence = N_("That is still to come. Please choose an earlier day.")


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
class Day(Step):
    """A day, as ISO text ("2026-11-21"). The nearest ones that are allowed stand on buttons."""

    allows: Allows = "any"

    async def show(self, asking: Asking, value: Any, sought: str = "") -> Shown:
        if self.allows == "any":
            return Shown()
        way = 1 if self.allows == "future" else -1
        today = formats.day_of(asking.at)
        near = [today + timedelta(days=way * ahead) for ahead in range(_OFFERED)]
        words = asking.words
        rows = tuple((Choice(one.isoformat(), formats.day_words(words, one)),) for one in near)
        return Shown(rows=rows)

    async def hear(self, asking: Asking, incoming: Incoming) -> str:
        today = formats.day_of(asking.at)
        found = reading_dates.read(asking.catalogs, written(incoming), today=today)
        if found is None:
            raise NoDay(example=_example(today))
        return self._judged(found, today)

    async def tap(self, asking: Asking, chosen: str, value: Any) -> Taken:
        try:
            found = date.fromisoformat(chosen)
        except ValueError:
            raise Wrong from None
        return Taken(self._judged(found, formats.day_of(asking.at)))

    async def fits(self, asking: Asking, value: Any) -> bool:
        return _parses(date.fromisoformat, value)

    async def tell(self, asking: Asking, value: Any) -> str:
        return formats.date_words(asking.words, date.fromisoformat(value))

    def _judged(self, found: date, today: date) -> str:
        _in_time(found, today, self.allows)
        return found.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Step):
    """A day and a time on the wall clock, as ISO text ("2026-11-21T18:30")."""

    allows: Allows = "any"

    async def hear(self, asking: Asking, incoming: Incoming) -> str:
        now = asking.at.astimezone(formats.BRUSSELS).replace(tzinfo=None)
        found = read_moment(asking, written(incoming), now)
        _in_time(found, now, self.allows)
        return found.isoformat(timespec="minutes")

    async def fits(self, asking: Asking, value: Any) -> bool:
        return _parses(datetime.fromisoformat, value)

    async def tell(self, asking: Asking, value: Any) -> str:
        wall = datetime.fromisoformat(value).replace(tzinfo=formats.BRUSSELS)
        return formats.day_and_time(asking.words, wall)


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
day: Makes[Day] = partial(_made, Day)
moment: Makes[Moment] = partial(_made, Moment)
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


def read_moment(asking: Asking, said: str, now: datetime) -> datetime:
    """The wall clock's moment in "12/3 18:30", «۱۲ مارچ ۱۸:۳۰». Raises NoMoment."""
    plain = formats.read_digits(bidi.strip_marks(said))
    times = list(_TIME.finditer(plain)) or list(_DOTTED.finditer(plain))
    if len(times) == 1:
        at = time(int(times[0][1]), int(times[0][2] or 0))
        rest = plain[: times[0].start()] + " " + plain[times[0].end() :]
        found = reading_dates.read(asking.catalogs, rest.strip(), today=now.date())
        if found is not None:
            return datetime.combine(found, at)
    raise NoMoment(example=f"{_example(now.date())} 18:30")


def _example(today: date) -> str:
    return f"{today + timedelta(days=7):%d/%m/%Y}"


def _in_time(found: date, now: date, allows: Allows) -> None:
    if allows == "future" and found < now:
        raise DayIsOver
    if allows == "past" and found > now:
        raise DayToCome


def _parses(read: Any, value: Any) -> bool:
    try:
        read(value)
    except (TypeError, ValueError):
        return False
    return True


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
