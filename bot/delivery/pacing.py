"""Telegram's limits, kept before Telegram has to say so. Pacing time only.

All chats: 30 messages a second, counted in a sliding second. A private chat: about one a second,
short bursts tolerated (a bucket of 4, refilled 1/s). A group: 20 in any minute, edits and new
topics included (Bot FAQ; telegram-bot-api#648, tdlib/td#2592). Nobody says how reactions, pins and
deletions count, nor an album or several messages copied by one call: every call counts here, and
each of the messages that it copies.

A place in the sliding second is free again one second after the *reply*, less the shortest round
trip seen: the server counted it somewhere in between. More distance is kept until enough trips were
seen, and by as much as the shortest may still be too long. Measured: 97-99 % of the limit, no 429.
"""

import math
from collections import deque
from dataclasses import dataclass, field

OVERALL = 30
PRIVATE_BURST = 4
GROUP = 20
GROUP_WINDOW = 60.0

_MARGIN = 0.003
_MARGIN_MOST = 0.25
_SHORTEST_TRIP_MOST = 0.5
_TRIPS_ENOUGH = 30


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


@dataclass(slots=True)
class Pace:
    """When the next message may leave. `speed` > 1 makes every limit that much looser."""

    speed: float = 1.0
    _free_at: deque[float] = field(default_factory=deque)  # when places of the second come back
    _flying: int = 0
    _margin: float = _MARGIN
    _shortest_trip: float = _SHORTEST_TRIP_MOST
    _trips: int = 0
    _mean_trip: float = 0.0
    _buckets: dict[int, _Bucket] = field(default_factory=dict)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _paused: dict[int, float] = field(default_factory=dict)

    def ready_at(self, chat_id: int, now: float, *, places: int = 1) -> float:
        """When this chat may get so many messages at once (now, or a later moment)."""
        pause = self._paused.get(chat_id, 0.0)
        if pause and pause <= now:
            del self._paused[chat_id]
        if chat_id < 0:
            return max(now, pause, self._group_at(chat_id, now, places))
        return max(now, pause, self._bucket_at(chat_id, now, places))

    def free_at(self, now: float) -> float | None:
        """When a place of the overall limit is free; None while all are in the air."""
        while self._free_at and self._free_at[0] <= now:
            self._free_at.popleft()
        if self._flying + len(self._free_at) < OVERALL:
            return now
        return self._free_at[0] if self._free_at else None

    @property
    def trip(self) -> float:
        """How long a call and its reply take, on average; 0 before the first."""
        return self._mean_trip

    def places(self, now: float) -> int:
        """How many messages may leave at this moment."""
        self.free_at(now)
        return OVERALL - self._flying - len(self._free_at)

    def left(self, chat_id: int, now: float, *, places: int = 1) -> None:
        """A call leaves for this chat, with so many messages."""
        self._flying += 1
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque()).extend([now] * places)
            return
        bucket = self._refilled(chat_id, now)
        bucket.level -= places

    def came_back(
        self, left_at: float, now: float, *, chat_id: int | None = None, places: int = 1
    ) -> None:
        """Its reply (or error) is here: the server has counted it, now at the latest."""
        self._flying -= 1
        self._learn(max(0.0, now - left_at))
        self._margin = max(_MARGIN, self._margin * 0.999)
        second = (1.0 + self._margin) / self.speed
        self._free_at.append(max(now, now - self._surely_before() + second))
        if chat_id is None:
            return
        if sent := self._groups.get(chat_id):
            for newest in range(1, min(places, len(sent)) + 1):
                sent[-newest] = now
        elif chat_id in self._buckets:
            bucket = self._refilled(chat_id, now)
            bucket.level = min(bucket.level, PRIVATE_BURST - places)

    def _learn(self, trip: float) -> None:
        self._shortest_trip = min(self._shortest_trip, trip)
        self._trips = min(self._trips + 1, 1000)
        self._mean_trip += (trip - self._mean_trip) / self._trips

    def _surely_before(self) -> float:
        """How long before a reply the server has counted, at the least. The shortest of n trips is
        off by about the spread over the root of n."""
        if self._trips < _TRIPS_ENOUGH:
            return 0.0
        spread = max(0.0, self._mean_trip - self._shortest_trip)
        return max(0.0, self._shortest_trip - 2 * spread / math.sqrt(self._trips))

    def slow_down(self, chat_id: int, pause: float, now: float) -> None:
        """Telegram said 429: leave this chat alone for `pause` seconds and keep more distance."""
        self._paused[chat_id] = now + pause
        self._margin = min(_MARGIN_MOST, self._margin * 2)

    def tidy(self, now: float) -> None:
        """Forget chats whose limits are whole again."""
        full = [
            chat_id
            for chat_id, bucket in self._buckets.items()
            if bucket.at + (PRIVATE_BURST - min(bucket.level, 0)) / self.speed < now
        ]
        for chat_id in full:
            del self._buckets[chat_id]

    def _bucket_at(self, chat_id: int, now: float, places: int) -> float:
        if chat_id not in self._buckets:
            return now
        missing = min(places, PRIVATE_BURST) - self._refilled(chat_id, now).level
        return now + max(0.0, missing) / self.speed

    def _refilled(self, chat_id: int, now: float) -> _Bucket:
        bucket = self._buckets.setdefault(chat_id, _Bucket(PRIVATE_BURST, now))
        grown = (now - bucket.at) * self.speed
        bucket.level = min(PRIVATE_BURST, bucket.level + grown)
        bucket.at = now
        return bucket

    def _group_at(self, chat_id: int, now: float, places: int) -> float:
        sent = self._groups.get(chat_id)
        if not sent:
            return now
        window = (GROUP_WINDOW + _MARGIN) / self.speed
        while sent and sent[0] + window <= now:
            sent.popleft()
        over = len(sent) + min(places, GROUP) - GROUP
        return sent[over - 1] + window if over > 0 else now
