"""Looking through the queue: which questions, in which order, who may see them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.handover.domain.cases import Case, Summary, oldest_first
from bot.handover.domain.states import OURS, QUEUED, THEIRS
from bot.people.domain import Person

PAGE: Final = 20
FOUND: Final = 8  # each with a button below
OLD: Final = timedelta(days=1)
READ_AT_MOST: Final = 20_000  # messages looked through for words
EVERY: Final = "-"


class View(StrEnum):
    """Which of the open questions."""

    ALL = "all"
    WAITING = "waiting"  # for a colleague
    OURS = "ours"  # it is a colleague's turn
    THEIRS = "theirs"  # it is the person's turn
    MINE = "mine"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see of the queue."""

    view: View = View.ALL
    language: str = EVERY
    page: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What they see: at most twenty, the number of all, and what else there is to choose."""

    wish: Wish
    cases: tuple[Case, ...]
    total: int
    counts: dict[View, int]
    languages: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Hit:
    """A question that was found, with a few of its words."""

    case: Case
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a question's story: which transition, when, by whom (None: the bot)."""

    action: str
    at: datetime
    name: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything about one question that a colleague may look up."""

    summary: Summary
    steps: tuple[Step, ...]


def page(cases: Iterable[Case], wish: Wish, person: Person, *, now: datetime) -> Page:
    """The page of the queue that was wished for; a page that is not there any more is the last."""
    every = oldest_first(cases)
    spoken = [one for one in every if wish.language in (EVERY, one.language)]
    by_view = {view: [one for one in spoken if _fits(one, view, person, now)] for view in View}
    found = by_view[wish.view]
    last = max(0, (len(found) - 1) // PAGE)
    at = min(max(wish.page, 0), last)
    return Page(
        Wish(wish.view, wish.language, at),
        tuple(found[at * PAGE : (at + 1) * PAGE]),
        len(found),
        {view: len(by_view[view]) for view in View},
        tuple(dict.fromkeys(one.language for one in every)),
    )


def _fits(case: Case, view: View, person: Person, now: datetime) -> bool:
    match view:
        case View.WAITING:
            return case.state in QUEUED
        case View.OURS:
            return case.state in OURS
        case View.THEIRS:
            return case.state in THEIRS
        case View.MINE:
            return person.id in (case.claimed_by, case.handed_to)
        case View.OLD:
            return now - (case.opened_at or now) >= OLD
        case _all:
            return True


_VARIANTS: Final = str.maketrans(
    {"ي": "ی", "ى": "ی", "ې": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ـ": ""}
)
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")


def folded(text: str) -> str:
    """Words as they are compared: without case, accents and vowel signs, digits as 0-9, letters
    that keyboards mix up as one."""
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    letters = (char for char in plain if not unicodedata.combining(char))
    digits = (str(int(char)) if char.isdecimal() else char for char in letters)
    return "".join(digits).translate(_VARIANTS)


def holds_all(text: str, words: Sequence[str]) -> bool:
    """Does it hold each of these folded words?"""
    said = folded(text)
    return all(word in said for word in words)


_AROUND: Final = 30


def around(text: str, words: Sequence[str]) -> str:
    """A few words of a text, near the first one that was looked for."""
    said = " ".join(text.split())
    place = folded(said).find(words[0]) if words else 0
    start = max(0, min(place, len(said)) - _AROUND)
    start = said.rfind(" ", 0, start) + 1 if start else 0
    cut = said[start : start + 2 * _AROUND + 10]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(said) else "")
