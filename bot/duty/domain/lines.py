"""One-line commands, as people type them: a name, a language, days, hours, a desk.

After the name the order is free, and lists are fine: "Karen ps,fa mon,wed 9-12,13:30-16:00 legal".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import NamedTuple

from bot.duty.domain.hours import DAYS, Block
from bot.duty.domain.refusals import (
    ClosesFirst,
    DayOver,
    Incomplete,
    NoDay,
    NoTime,
    NotUnderstood,
    TooMany,
)
from bot.duty.domain.roster import DESKS, INFODESK, Duty
from bot.people.domain.team import NoSuchColleague, Team, folded

EXAMPLE = "/duty add Karen ps mon 09:00-12:00"
MOST_AT_ONCE = 60
_FURTHEST = timedelta(days=731)
_LONGEST = 62  # days of one closure

_CLOCK = r"(\d{1,2})(?:[:.uh](\d{2})?)?(?::\d{2})?"
_TIME = re.compile(_CLOCK)
_HOURS = re.compile(rf"{_CLOCK}\s*[-–—]\s*{_CLOCK}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_EUROPEAN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words mean, folded: names of languages, of days, of desks."""

    languages: Mapping[str, str] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    desks: Mapping[str, str] = field(default_factory=lambda: {name: name for name in DESKS})

    @property
    def codes(self) -> str:
        """The languages, as a line of them."""
        return ", ".join(dict.fromkeys(self.languages.values()))

    def not_understood(self, word: str) -> NotUnderstood:
        """A refusal that says what could stand there."""
        days, desks = " ".join(DAYS), ", ".join(DESKS)
        return NotUnderstood(word=word, languages=self.codes, days=days, desks=desks)


class Meant(NamedTuple):
    """What a line names; an empty part was not named."""

    person_id: int
    languages: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    desks: tuple[str, ...] = ()

    def fits(self, duty: Duty) -> bool:
        """Is this block meant? What was not named fits all."""
        return (
            duty.person_id == self.person_id
            and duty.language in (self.languages or (duty.language,))
            and duty.weekday in (self.weekdays or (duty.weekday,))
            and duty.block in (self.blocks or (duty.block,))
            and duty.desk in (self.desks or (duty.desk,))
        )

    def duties(self) -> list[Duty]:
        """Every block of it. Raises Incomplete or TooMany."""
        if not (self.languages and self.weekdays and self.blocks):
            raise Incomplete(example=EXAMPLE)
        found = [
            Duty(desk, language, weekday, block, self.person_id)
            for desk in self.desks or (INFODESK,)
            for language in self.languages
            for weekday in self.weekdays
            for block in self.blocks
        ]
        if len(found) > MOST_AT_ONCE:
            raise TooMany(n=len(found))
        return found


def read(text: str, words: Vocabulary, team: Team) -> Meant:
    """A line that begins with a colleague's name. Raises a Refused that names what is wrong."""
    tokens = text.split()
    if not tokens:
        raise Incomplete(example=EXAMPLE)
    size = next((n for n in range(len(tokens), 0, -1) if team.is_name(" ".join(tokens[:n]))), None)
    if size is None:
        raise _unknown(tokens, words, team)
    person_id = team.find(" ".join(tokens[:size]))
    return _rest(person_id, tokens[size:], words)


def closed(text: str, words: Vocabulary, *, today: date) -> tuple[list[date], "Scope"]:
    """ "2026-12-24 ps legal Team day": the days, and what else was said."""
    first, *others = text.split() or [""]
    days = _days(first, today)
    desk: str | None = None
    language: str | None = None
    while others:
        word = folded(others[0])
        if language is None and word in words.languages:
            language = words.languages[word]
        elif desk is None and word in words.desks:
            desk = words.desks[word]
        else:
            break
        others = others[1:]
    return days, Scope(desk, language, " ".join(others))


class Scope(NamedTuple):
    """Which desk and language are closed (None: all), and why."""

    desk: str | None = None
    language: str | None = None
    reason: str = ""


def read_time(text: str) -> time:
    """9, 09:00, 9u30. Raises NoTime."""
    found = _TIME.fullmatch(folded(text))
    if found is None:
        raise NoTime(word=text)
    return _time(found[1], found[2], text)


def read_block(opens: str, closes: str) -> Block:
    """Raises NoTime or ClosesFirst."""
    block = Block(read_time(opens), read_time(closes))
    if block.opens >= block.closes:
        raise ClosesFirst(word=f"{opens}-{closes}")
    return block


def _time(hour: str, minute: str | None, text: str) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise NoTime(word=text) from None


def _hours(word: str) -> Block | None:
    found = _HOURS.fullmatch(word)
    if found is None:
        return None
    opens, closes = _time(found[1], found[2], word), _time(found[3], found[4], word)
    if opens >= closes:
        raise ClosesFirst(word=word)
    return Block(opens, closes)


def _rest(person_id: int, tokens: Sequence[str], words: Vocabulary) -> Meant:
    languages: dict[str, None] = {}
    weekdays: dict[int, None] = {}
    blocks: dict[Block, None] = {}
    desks: dict[str, None] = {}
    for word in " ".join(tokens).replace(",", " ").split():
        said = folded(word)
        if said in words.languages:
            languages[words.languages[said]] = None
        elif said in words.desks:
            desks[words.desks[said]] = None
        elif days := _weekdays(said, words):
            weekdays.update(dict.fromkeys(days))
        elif block := _hours(said):
            blocks[block] = None
        else:
            raise words.not_understood(word)
    return Meant(person_id, tuple(languages), tuple(weekdays), tuple(blocks), tuple(desks))


def _weekdays(said: str, words: Vocabulary) -> list[int]:
    """mon, or mon-fri."""
    first, _, last = said.partition("-")
    if first not in words.weekdays or (last and last not in words.weekdays):
        return []
    begins = words.weekdays[first]
    ends = words.weekdays[last] if last else begins
    return list(range(begins, ends + 1)) if begins <= ends else []


def _unknown(tokens: Sequence[str], words: Vocabulary, team: Team) -> NoSuchColleague:
    """Nobody is called so: the words up to the first that means something else."""
    known = {**words.languages, **words.desks}
    ends = (n for n, one in enumerate(tokens) if n and folded(one.split(",")[0]) in known)
    name = " ".join(tokens[: next(ends, 1)])
    names = ", ".join(team.labels(sorted(team.names)))
    return NoSuchColleague(name=name, names=names or "–")


def _days(text: str, today: date) -> list[date]:
    first, _, last = text.partition("..")
    begins = _day(first)
    ends = _day(last) if last else begins
    count = (ends - begins).days + 1
    if not 1 <= count <= _LONGEST:
        raise NoDay(word=text)
    if begins < today or ends > today + _FURTHEST:
        raise DayOver(day=text)
    return [begins + timedelta(days=n) for n in range(count)]


def _day(text: str) -> date:
    said = folded(text)
    found = _ISO.fullmatch(said)
    parts = found.groups() if found else ()
    if european := _EUROPEAN.fullmatch(said):
        parts = european.groups()[::-1]
    try:
        return date(*map(int, parts))
    except (TypeError, ValueError):
        raise NoDay(word=text or "–") from None
