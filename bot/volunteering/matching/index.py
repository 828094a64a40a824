"""Volunteers, assignments and shifts in memory, put in as they are read from their rows."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.volunteering.domain.matching import Need, Opening, Seeker, Span, Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A shift as the rows say it; `has_room` is looked at again before anybody sees it."""

    event: int
    assignment: int
    span: Span
    parts: int
    spot: Spot | None = None
    has_room: bool = True
    has_waitlist: bool = True


class Index:
    """Whoever may be matched, and what is open; kept in step with the rows by `refresh`.

    known_at  until when the rows were read, by the clock of the database; None: not yet
    whole_at  when everything was read last
    news      set when this process changed something, to have it read at once
    turn      held by who reads the rows
    """

    def __init__(self) -> None:
        self.known_at: datetime | None = None
        self.whole_at: datetime | None = None
        self.news: Final = asyncio.Event()
        self.turn: Final = asyncio.Lock()
        self.seekers: dict[int, Seeker] = {}
        self.needs: dict[int, tuple[Need, date | None]] = {}
        self._shifts: dict[int, Shift] = {}
        self._by_assignment: dict[int, dict[int, Shift]] = {}

    def put_shift(self, shift: Shift) -> None:
        """A shift that is ahead."""
        self.take_out_shift(shift.event)
        self._shifts[shift.event] = shift
        self._by_assignment.setdefault(shift.assignment, {})[shift.event] = shift

    def take_out_shift(self, event: int) -> None:
        """A shift that is cancelled, closed or over."""
        gone = self._shifts.pop(event, None)
        if gone is not None:
            del self._by_assignment[gone.assignment][event]

    def shifts_of(self, assignment: int) -> Iterator[tuple[Opening, Shift]]:
        """The shifts of an assignment, as openings, in order of their numbers."""
        need, _ends_on = self.needs[assignment]
        shifts = self._by_assignment.get(assignment, {})
        for event in sorted(shifts):
            shift = shifts[event]
            yield opening(need, shift), shift

    def become(self, other: "Index") -> None:
        """Everything was read anew: from now on this counts."""
        self.seekers, self.needs = other.seekers, other.needs
        self._shifts, self._by_assignment = other._shifts, other._by_assignment

    def __len__(self) -> int:
        return len(self.seekers) + len(self.needs) + len(self._shifts)


def opening(need: Need, shift: Shift) -> Opening:
    """An assignment at the time of one of its shifts."""
    return Opening(
        need=need,
        event=shift.event,
        spot=shift.spot or need.spot,
        parts=shift.parts,
        span=shift.span,
    )
