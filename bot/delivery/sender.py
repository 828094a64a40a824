"""The one sender: all order, priority and pacing live here.

Each round is one commit: results of what came back, then the next messages marked `sending`. Only
after that commit do they leave. Rows found `sending` at the start belong to a process that died:
nobody knows whether they arrived, so they are sent once more, and only once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import structlog

from bot import clock
from bot.delivery import messages, queue, results, slots
from bot.delivery.measures import SEND_SECONDS, SENDS
from bot.delivery.messages import Message
from bot.delivery.outcomes import NotSent, Outcome, Uncertain, Waiting
from bot.delivery.pacing import Pace
from bot.delivery.queue import Row
from bot.delivery.results import Result
from bot.storage.transaction import Tx

_IDLE = 1.0
_AT_ONCE = 30  # in the air at the same time; the overall limit allows no more anyway

log = structlog.get_logger()

Send = Callable[[Message, Mapping[str, int]], Awaitable[Outcome]]
Writing = Callable[[], AbstractAsyncContextManager[Tx]]


@dataclass(slots=True)
class Sender:
    """Sends what is due.

    writing  a transaction on the connection that makes this process the leader
    send     the transport
    news     who hears how things went
    """

    writing: Writing
    send: Send
    news: results.News
    pace: Pace = field(default_factory=Pace)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _flying: dict[int, asyncio.Task[None]] = field(default_factory=dict)  # by chat
    _landed: list[Result] = field(default_factory=list)
    _look_at: float = 0.0

    def ring(self) -> None:
        """Something was written to the outbox, or came back."""
        self._bell.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then let what is in the air land and write down how it went."""
        async with self.writing() as tx:
            await queue.take_over(tx)
        while not stop.is_set():
            await self.round()
            await self._wait(stop)
        await self._land()

    async def round(self) -> None:
        """Write down what landed, choose what may leave now, and let it go."""
        landed, self._landed = self._landed, []
        try:
            async with self.writing() as tx:
                for result in landed:
                    await results.write(tx, result, self.news)
                chosen = await self._choose(tx)
                await queue.mark_sending(tx, [row.id for row, _, _ in chosen])
        except BaseException:
            self._landed = landed + self._landed  # nothing was written: try again next round
            raise
        for row, message, places in chosen:
            self._flying[row.chat_id] = asyncio.create_task(self._fly(row, message, places))

    async def _choose(self, tx: Tx) -> list[tuple[Row, Message, dict[str, int]]]:
        now = clock.pacing()
        self._look_at = now + _IDLE
        chosen: list[tuple[Row, Message, dict[str, int]]] = []
        for row in await queue.heads(tx, now=clock.now().timestamp()):
            if len(self._flying) + len(chosen) >= _AT_ONCE:
                break
            if row.chat_id in self._flying or not self._may_leave(row, len(chosen), now):
                continue
            if (ready := await self._ready(tx, row)) is not None:
                chosen.append((row, *ready))
        return chosen

    def _may_leave(self, row: Row, chosen: int, now: float) -> bool:
        """Is there a place for one more, in this chat and overall? Else note when to look again."""
        chat_at = self.pace.ready_at(row.chat_id, now)
        if chat_at > now:
            self._look_at = min(self._look_at, chat_at)
            return False
        if chosen >= self.pace.places(now):
            if (free_at := self.pace.free_at(now)) is not None:
                self._look_at = min(self._look_at, max(free_at, now + 0.001))
            return False
        return True

    async def _ready(self, tx: Tx, row: Row) -> tuple[Message, dict[str, int]] | None:
        """The message with the places of its slots; None when it cannot leave now, or ever."""
        if row.is_expired(clock.now().timestamp()):
            await results.expire(tx, row, self.news)
            return None
        message = messages.decode(row.body)
        places = await slots.find(tx, slots.mentioned(message))
        missing = [name for name in slots.needed(message) if name not in places]
        if not missing:
            return message, places
        if await queue.is_coming(tx, missing):
            await queue.postpone(tx, row.id, clock.wall() + 0.5)
        else:
            await results.refuse_dependant(tx, row, missing[0], self.news)
        return None

    async def _fly(self, row: Row, message: Message, places: dict[str, int]) -> None:
        left_at = clock.pacing()
        self.pace.left(row.chat_id, left_at)
        try:
            outcome = await self.send(message, places)
        except Exception as error:  # a fault of ours: keep the message, look again later
            log.exception("send.failed", outbox_id=row.id)
            outcome = NotSent(type(error).__name__)
        except asyncio.CancelledError:
            outcome = Uncertain("stopped")
        now = clock.pacing()
        self.pace.came_back(left_at, now)
        if isinstance(outcome, Waiting):
            self.pace.slow_down(row.chat_id, outcome.pause.total_seconds(), now)
        SENDS.labels(type(outcome).__name__.lower()).inc()
        SEND_SECONDS.observe(now - left_at)
        self._landed.append(Result(row, outcome, slots.topic_of(message), places))
        self._flying.pop(row.chat_id, None)
        self._bell.set()

    async def _wait(self, stop: asyncio.Event) -> None:
        pause = max(0.0, min(_IDLE, self._look_at - clock.pacing()))
        stopping = asyncio.create_task(stop.wait())
        ringing = asyncio.create_task(self._bell.wait())
        await asyncio.wait({ringing, stopping}, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        self._bell.clear()
        self.pace.tidy(clock.pacing())
        for task in (stopping, ringing):
            task.cancel()

    async def _land(self) -> None:
        if self._flying:
            await asyncio.wait(set(self._flying.values()), timeout=5)
        for task in self._flying.values():
            task.cancel()
        async with self.writing() as tx:
            for result in self._landed:
                await results.write(tx, result, self.news)
