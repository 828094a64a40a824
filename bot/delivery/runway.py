"""The runway: messages that are marked as leaving, and go one after the other, each at its moment.

Marking is a commit, and a place among Telegram's thirty a second is free at a millisecond: apart
from each other, no place has to wait for the database. What goes to many leaves at even distances,
so that a place is free again every thirtieth of a second, and a reply never waits for a whole one.
And only as many are in doubt (sent, and not yet written down) as the way to Telegram asks for:
after a crash each of those is sent once more.
"""

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot import clock
from bot.delivery.messages import LANES, Message
from bot.delivery.pacing import OVERALL, Pace
from bot.delivery.queue import Row

Departure = tuple[Row, Message, dict[str, int]]  # with the places of its slots

# What goes to many: evenly, and only so many ahead that none of them keeps a reply waiting.
TO_MANY = frozenset({LANES["reminder"], LANES["broadcast"]})
AHEAD = 4
_FASTER = 1.04  # than the limit alone: what is late is made up for, and a gap closes in seconds


@dataclass(slots=True)
class Runway:
    """What leaves next.

    fly       lets one go, at once
    in_doubt  how many that go to many have left, and nobody has written down how it went
    """

    pace: Pace
    fly: Callable[[Row, Message, Mapping[str, int]], None]
    in_doubt: Callable[[], int]
    _waiting: list[Departure] = field(default_factory=list)
    _timer: asyncio.TimerHandle | None = None
    _even_at: float = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def holds(self, chat_id: int) -> bool:
        """Does a message of this chat wait here?"""
        return any(row.chat_id == chat_id for row, _, _ in self._waiting)

    def room_for_many(self) -> int:
        """How many more of those that go to many may wait here."""
        return AHEAD - sum(row.lane in TO_MANY for row, _, _ in self._waiting)

    def board(self, departures: Sequence[Departure]) -> None:
        """These are marked: they leave as soon as there is a place, the most urgent first."""
        self._waiting += departures
        self._waiting.sort(key=lambda one: (one[0].chat_id > 0, one[0].lane))
        self.depart()

    def depart(self) -> None:
        """Let go what may leave now, and look again when the next one may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting:
            now = clock.pacing()
            at = self._leaves_at(self._waiting[0][0], now)
            if at is None:  # until the next landing, or until what landed is written down
                return
            if at > now:
                self._timer = asyncio.get_running_loop().call_later(at - now, self.depart)
                return
            self._left(self._waiting[0][0], now)
            self.fly(*self._waiting.pop(0))

    def clear(self) -> list[Departure]:
        """Nothing leaves any more; returns what has not left."""
        if self._timer is not None:
            self._timer.cancel()
        left, self._waiting = self._waiting, []
        return left

    def _leaves_at(self, row: Row, now: float) -> float | None:
        free_at = self.pace.free_at(now)
        if free_at is None or row.lane not in TO_MANY:
            return free_at
        if self.in_doubt() > math.ceil(self.pace.trip * OVERALL * self.pace.speed):
            return None
        return max(free_at, self._even_at)

    def _left(self, row: Row, now: float) -> None:
        if row.lane in TO_MANY:
            self._even_at = now + 1.0 / (OVERALL * _FASTER * self.pace.speed)
