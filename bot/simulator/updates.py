"""The queue of updates as Telegram keeps it: confirmed by offset, expiring, one poller only."""

import asyncio
import itertools
import random
import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from bot.simulator.bell import Bell
from bot.simulator.errors import ApiError, bad_request, conflict

MESSAGE_LIFE = 86_400
TAP_LIFE = 150
LONGEST_POLL = 50
MOST_UPDATES = 100
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post",
        "business_connection", "business_message", "edited_business_message",
        "deleted_business_messages", "message_reaction", "message_reaction_count",
        "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
        "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member",
        "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost",
        "guest_message", "managed_bot",
    }
)  # fmt: skip


@dataclass(slots=True)
class Update:
    id: int
    kind: str
    payload: dict[str, Any]
    key: Hashable
    expires_at: float
    is_repeat: bool = False
    was_polled: bool = False

    @property
    def as_api(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.payload}


class Updates:
    """Unconfirmed updates, and the last confirmed ones for redelivery."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.next_id = random.randrange(100_000_000, 900_000_000)  # noqa: S311 - not a secret
        self.waiting: deque[Update] = deque()
        self.past: deque[Update] = deque(maxlen=1000)
        self.allowed: frozenset[str] | None = None
        self.listeners: list[Callable[[Update], None]] = []
        self._poll: asyncio.Future[None] | None = None
        self._last_poll = (-1, 0.0)
        self._first_expiry = float("inf")
        self.is_closed = False
        self.settled = Bell()

    def add(self, kind: str, payload: dict[str, Any], *, key: Hashable, life: float) -> None:
        if self.accepts(kind):
            self.enqueue(Update(self.next_id, kind, payload, key, self._clock() + life))

    def accepts(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed is not None else kind not in NOT_BY_DEFAULT

    def enqueue(self, update: Update) -> None:
        """Puts an update at the end; a redelivered one keeps its number."""
        update.is_repeat = update.id < self.next_id
        self.next_id = max(self.next_id, update.id + 1)
        self.waiting.append(update)
        self._first_expiry = min(self._first_expiry, update.expires_at)
        for listener in self.listeners:
            listener(update)
        self._wake()

    def allow(self, kinds: list[str] | None) -> None:
        """An empty list means all but three kinds; unknown names are ignored (Client.cpp)."""
        if kinds is not None:
            known = frozenset(kind.lower() for kind in kinds) & KINDS
            self.allowed = known or None

    def pending(self) -> int:
        now = self._clock()
        if now >= self._first_expiry:
            self.waiting = deque(u for u in self.waiting if u.expires_at > now)
            self._first_expiry = min((u.expires_at for u in self.waiting), default=float("inf"))
        return len(self.waiting)

    def confirm(self, update: Update) -> None:
        """Delivered by webhook: it does not come back."""
        if update in self.waiting:
            self.waiting.remove(update)
        self.past.append(update)
        self.settled.ring()

    def drop_all(self) -> None:
        self.past.extend(self.waiting)
        self.waiting.clear()

    def again(self, *, update_id: int | None = None, last: int = 0) -> list[Update]:
        """The same updates a second time, with the same numbers."""
        known = sorted({u.id: u for u in (*self.past, *self.waiting)}.values(), key=_number)
        chosen = [u for u in known if u.id == update_id] if update_id else known[-last:]
        for update in chosen:
            self.enqueue(
                Update(
                    update.id, update.kind, update.payload, update.key, self._clock() + MESSAGE_LIFE
                )
            )
        return chosen

    @property
    def is_awaited(self) -> bool:
        """Whether a poll is waiting now."""
        return self._poll is not None

    def abort_poll(self, by: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(_terminated(by))

    def close(self) -> None:
        self.is_closed = True
        self._wake()

    async def poll(self, offset: int, limit: int, wait: float) -> list[Update]:
        """getUpdates: confirms what lies before the offset, then waits for something."""
        self.abort_poll("other getUpdates request")
        self._confirm_before(offset)
        self.settled.ring()
        limit = limit if 0 < limit <= MOST_UPDATES else MOST_UPDATES
        deadline = time.monotonic() + min(max(wait, 0), LONGEST_POLL)
        while not self.pending() and not self.is_closed:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            await self._news(left)
        batch = list(itertools.islice(self.waiting, limit))
        for update in batch:
            update.was_polled = True
        return batch

    def patience(self, offset: int, wait: float, limit: int, speed: float) -> tuple[float, int]:
        """A poller that repeats itself too fast is slowed down (Client.cpp, do_get_updates)."""
        last_offset, last_at = self._last_poll
        now = time.monotonic()
        self._last_poll = (offset, now)
        if offset == last_offset and now < last_at + 3 / speed:
            wait = max(wait, 3 / speed)
        if offset == last_offset and now < last_at + 0.5 / speed:
            limit = 1
        return wait, limit

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            while len(self.waiting) > -offset:
                self.past.append(self.waiting.popleft())
            return
        while self.waiting and _is_confirmed(self.waiting[0], offset):
            self.past.append(self.waiting.popleft())
        if any(update.is_repeat for update in self.waiting):
            self.waiting = deque(u for u in self.waiting if not _is_confirmed(u, offset))

    async def _news(self, seconds: float) -> None:
        poll = asyncio.get_running_loop().create_future()
        self._poll = poll
        timer = asyncio.get_running_loop().call_later(seconds, _done, poll)
        try:
            await poll
        finally:
            timer.cancel()
            if self._poll is poll:
                self._poll = None

    def _wake(self) -> None:
        if self._poll is not None:
            _done(self._poll)


def _is_confirmed(update: Update, offset: int) -> bool:
    """A repeated update lies before the offset already and must still be delivered once."""
    return update.id < offset and (update.was_polled or not update.is_repeat)


def _number(update: Update) -> int:
    return update.id


def _done(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _terminated(by: str) -> ApiError:
    hint = "; make sure that only one bot instance is running" if "getUpdates" in by else ""
    return conflict(f"terminated by {by}{hint}")


def parse_allowed(value: list[Any] | None) -> list[str] | None:
    if value is not None and not all(isinstance(kind, str) for kind in value):
        raise bad_request("can't parse allowed_updates: Field must be of type Array of String")
    return value
