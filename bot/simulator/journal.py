"""What happened, in order: the page and the scripts follow it as an event stream."""

from collections import deque
from typing import Any

from bot.simulator.bell import Bell

KEPT = 20_000

Event = dict[str, Any]


class Journal:
    """Every change gets the next number; the last ones are kept for those who join late."""

    def __init__(self) -> None:
        self.seq = 0
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._bell = Bell()
        self.is_closed = False

    def add(self, kind: str, **data: Any) -> int:
        self.seq += 1
        self._events.append({"seq": self.seq, "kind": kind, **data})
        self._bell.ring()
        return self.seq

    def after(self, seq: int) -> list[Event]:
        missing = self.seq - seq
        if missing <= 0:
            return []
        if missing > len(self._events):
            return list(self._events)
        return [self._events[index] for index in range(-missing, 0)]

    async def next(self, seq: int) -> list[Event]:
        """The events after a number, as soon as there are any; empty when closing."""
        while not (found := self.after(seq)) and not self.is_closed:
            await self._bell.wait()
        return found

    def close(self) -> None:
        self.is_closed = True
        self._bell.ring()
