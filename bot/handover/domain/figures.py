"""How many questions came, and how long people waited: counted from rows, exactly."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from bot.handover.domain.contacts import Channel
from bot.handover.domain.states import State

_NO_QUESTIONS: Final = (State.DRAFT, State.DROPPED)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one person waited for the first answer."""

    language: str
    by_clock: timedelta
    in_hours: timedelta  # only while the desk was open for the language


@dataclass(frozen=True, slots=True)
class Life:
    """When what happened to one question. What never happened, or does not count, is None."""

    desk: str
    language: str
    state: State
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Met:
    """Contacts outside the chat of one day and channel, and how many people they were."""

    day: date
    channel: Channel
    language: str
    contacts: int
    people: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One period, by language where a mapping says so."""

    opened: Mapping[str, int] = field(default_factory=dict)
    answered: Mapping[str, int] = field(default_factory=dict)  # for the first time
    closed: Mapping[str, int] = field(default_factory=dict)
    waits: tuple[Wait, ...] = ()
    met: tuple[Met, ...] = ()
    ratings: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Did nothing happen?"""
        return not (self.opened or self.answered or self.closed or self.met or self.ratings)

    def waits_in(self, language: str) -> list[Wait]:
        """The waits of one language."""
        return [one for one in self.waits if one.language == language]


def counted(
    lives: Iterable[Life], waits: Iterable[tuple[Life, Wait]], start: datetime, end: datetime
) -> Figures:
    """What happened from `start` up to `end`. What was no question is not counted."""
    asked = [one for one in lives if one.state not in _NO_QUESTIONS]
    return Figures(
        opened=_by_language(one for one in asked if start <= one.opened_at < end),
        answered=_by_language(one for one in asked if _is_in(one.answered_at, start, end)),
        closed=_by_language(
            one for one in asked if one.state is State.CLOSED and _is_in(one.closed_at, start, end)
        ),
        waits=tuple(wait for one, wait in waits if _is_in(one.answered_at, start, end)),
    )


def median(lengths: Collection[timedelta]) -> timedelta:
    """Half of them are not longer; of an even number, the mean of the two in the middle."""
    ordered = sorted(lengths)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def ninetieth(lengths: Collection[timedelta]) -> timedelta:
    """The shortest one than which nine of ten are not longer."""
    return sorted(lengths)[math.ceil(len(lengths) * 0.9) - 1]


def _by_language(lives: Iterable[Life]) -> Mapping[str, int]:
    return Counter(one.language for one in lives)


def _is_in(moment: datetime | None, start: datetime, end: datetime) -> bool:
    return moment is not None and start <= moment < end
