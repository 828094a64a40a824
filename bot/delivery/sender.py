"""The one sender: all order, priority and pacing live here.

Each round is one commit: results of what came back, then the next messages marked `sending`. Only
after that commit do they leave, each at its moment (`runway`). Rows found `sending` at the start
belong to a process that died: nobody knows whether they arrived, so they are sent once more, and
only once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import msgspec
import structlog

from bot import clock
from bot.delivery import messages, queue, results, slots
from bot.delivery.measures import SEND_SECONDS, SENDS
from bot.delivery.messages import LANES, Message
from bot.delivery.outcomes import NotSent, Outcome, Uncertain, Waiting
from bot.delivery.pacing import Pace
from bot.delivery.queue import Row
from bot.delivery.results import Result
from bot.delivery.runway import TO_MANY, Departure, Runway
from bot.storage.engine import is_conflict
from bot.storage.transaction import Tx

_IDLE = 1.0
_LOOK_AGAIN = 0.5  # seconds, for what a message of another chat must come before
SPARED = 8  # places in a group's minute that are kept for words; marks do without
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
    _lanes: dict[int, int] = field(default_factory=dict)  # of those in the air, by chat
    _landed: list[Result] = field(default_factory=list)
    _writing: list[Result] = field(default_factory=list)
    _look_at: float = 0.0
    _runway: Runway = field(init=False)

    def __post_init__(self) -> None:
        self._runway = Runway(self.pace, self._launch, self._in_doubt)

    def ring(self) -> None:
        """Something was written to the outbox, or came back."""
        self._bell.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then let what is in the air land and write down how it went."""
        async with self.writing() as tx:
            for row in await queue.take_over(tx):
                stopped = Uncertain("the program stopped while sending")
                await results.write(tx, Result(row, stopped), self.news)
        try:
            while not stop.is_set():
                await self._round_or_again()
                await self._wait(stop)
        except Exception:
            await self._land()  # what is known must not be sent again by whoever leads next
            raise
        await self._land()

    async def _round_or_again(self) -> None:
        """Two transactions that got in each other's way are nothing: the next round is at once."""
        try:
            await self.round()
        except Exception as error:
            if not is_conflict(error):
                raise
            self._look_at = clock.pacing()

    async def round(self) -> None:
        """Write down what landed, choose what may leave now, and let it go."""
        landed, self._landed = self._landed, []
        self._writing = landed
        try:
            async with self.writing() as tx:
                await results.write_all(tx, landed, self.news)
                chosen = await self._marked(tx, await self._choose(tx))
        except BaseException:
            self._landed = landed + self._landed  # nothing was written: try again next round
            raise
        finally:
            self._writing = []
        self._runway.board(chosen)

    async def _choose(self, tx: Tx) -> list[Departure]:
        now = clock.pacing()
        self._look_at = now + _IDLE
        chosen: list[Departure] = []
        today = clock.now().timestamp()
        heads, next_due = await queue.heads_and_next(tx, now=today)
        if next_due is not None:  # what is held leaves when its hold is over, not a second later
            self._look_at = min(self._look_at, now + next_due - today)
        to_many = self._runway.room_for_many()
        for row in heads:
            if len(self._flying) + len(self._runway) + len(chosen) >= _AT_ONCE:
                break
            if self._is_under_way(row.chat_id) or not self._may_leave(row, to_many, now):
                continue
            ready = await self._ready(tx, row)
            if ready is not None and self._has_room(row, ready[0], now):
                chosen.append((row, *ready))
                to_many -= row.lane in TO_MANY
        return chosen

    def _is_under_way(self, chat_id: int) -> bool:
        """Is a message of this chat in the air, or landed but not yet written down? The next one
        must not overtake it: it may have to be sent again."""
        landed = any(result.row.chat_id == chat_id for result in self._landed)
        return landed or chat_id in self._flying or self._runway.holds(chat_id)

    async def _marked(self, tx: Tx, chosen: list[Departure]) -> list[Departure]:
        """Those that still are as they were read; cancelled or replaced ones stay here."""
        bodies = await queue.mark_sending(tx, [row.id for row, _, _ in chosen])
        for id_ in (row.id for row, _, _ in chosen if bodies.get(row.id, row.body) != row.body):
            await queue.unmark(tx, id_)
            self._look_at = clock.pacing()
        return [one for one in chosen if bodies.get(one[0].id) == one[0].body]

    def _may_leave(self, row: Row, to_many: int, now: float) -> bool:
        """Is there a place for one more in this chat (else note when to look again), and may one
        that goes to many wait for a place overall?"""
        chat_at = self.pace.ready_at(row.chat_id, now)
        if chat_at > now:
            self._look_at = min(self._look_at, chat_at)
            return False
        return row.lane not in TO_MANY or to_many > 0

    def _has_room(self, row: Row, message: Message, now: float) -> bool:
        """Are there places for all that it copies; and, for a mark in a group, places to spare?"""
        places = messages.places_of(message)
        if row.chat_id < 0 and row.lane == LANES["mark"]:
            places += SPARED
        if places == 1:
            return True
        room_at = self.pace.ready_at(row.chat_id, now, places=places)
        self._look_at = min(self._look_at, max(room_at, now + 0.001))
        return room_at <= now

    async def _ready(self, tx: Tx, row: Row) -> tuple[Message, dict[str, int]] | None:
        """The message with the places of its slots; None when it cannot leave now, or ever."""
        message = _read(row)
        if message is None or row.is_expired(clock.now().timestamp()):
            over = results.refuse_unreadable if message is None else results.expire
            await over(tx, row, self.news)
            self._look_at = clock.pacing()  # the next of this chat need not wait
            return None
        # The row follows a group that became a supergroup; what was written down does not.
        message = msgspec.structs.replace(message, to=row.chat_id)
        places = await slots.find(tx, slots.mentioned(message), chat_id=row.chat_id)
        missing = [name for name in slots.needed(message) if name not in places]
        if missing:
            await self._wait_for(tx, row, missing)
            return None
        return message, places

    async def _wait_for(self, tx: Tx, row: Row, missing: list[str]) -> None:
        """Something must be sent before this one, or never will be."""
        if await queue.step_behind(tx, row, missing, now=clock.now().timestamp()):
            self._look_at = clock.pacing()
        elif await queue.is_coming(tx, missing):
            await queue.postpone(tx, row.id, clock.wall() + _LOOK_AGAIN)
            self._look_at = min(self._look_at, clock.pacing() + _LOOK_AGAIN)
        else:
            await results.refuse_dependant(tx, row, missing[0], self.news)
            self._look_at = clock.pacing()

    def _in_doubt(self) -> int:
        back = (*self._landed, *self._writing)
        landed = sum(result.row.lane in TO_MANY for result in back)
        return landed + sum(lane in TO_MANY for lane in self._lanes.values())

    def _launch(self, row: Row, message: Message, places: Mapping[str, int]) -> None:
        left_at = clock.pacing()
        self.pace.left(row.chat_id, left_at, places=messages.places_of(message))
        flight = asyncio.create_task(self._fly(row, message, places, left_at))
        self._flying[row.chat_id], self._lanes[row.chat_id] = flight, row.lane

    async def _fly(
        self, row: Row, message: Message, places: Mapping[str, int], left_at: float
    ) -> None:
        places_taken = messages.places_of(message)
        try:
            outcome = await self.send(message, places)
        except Exception as error:  # a fault of ours: keep the message, look again later
            log.exception("send.failed", outbox_id=row.id)
            outcome = NotSent(type(error).__name__)
        except asyncio.CancelledError:
            outcome = Uncertain("stopped")
        now = clock.pacing()
        self.pace.came_back(left_at, now, chat_id=row.chat_id, places=places_taken)
        if isinstance(outcome, Waiting):
            self.pace.slow_down(row.chat_id, outcome.pause.total_seconds(), now)
        SENDS.labels(type(outcome).__name__.lower()).inc()
        SEND_SECONDS.observe(now - left_at)
        self._landed.append(Result(row, outcome, slots.topic_of(message), places))
        for known in (self._flying, self._lanes):
            known.pop(row.chat_id, None)
        self._runway.depart()
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
        stayed = self._runway.clear()
        if self._flying:
            _, late = await asyncio.wait(set(self._flying.values()), timeout=5)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        landed, self._landed = self._landed, []
        async with self.writing() as tx:
            await results.write_all(tx, landed, self.news)
            for row, _, _ in stayed:
                await queue.unmark(tx, row.id)


def _read(row: Row) -> Message | None:
    try:
        return messages.decode(row.body)
    except msgspec.DecodeError:
        return None
