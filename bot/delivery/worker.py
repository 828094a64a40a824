"""Takes waiting messages to their turn: in order per chat, each chat on its own, nothing twice.

A turn, its rows, its replies and "done" are one commit. Starts are committed before the turn, so
that an update which kills the process is set aside after three starts.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import msgspec
import structlog

from bot import clock, errors
from bot.delivery import heads, inbox, outbox
from bot.delivery.heads import Head
from bot.delivery.incoming import Incoming, SentMedia, Tapped
from bot.delivery.measures import TURN_ERRORS, TURN_SECONDS, TURNS
from bot.delivery.messages import Message, Outgoing, Toast
from bot.delivery.outbox import Stamped
from bot.delivery.toasts import Toaster
from bot.storage.engine import Database, is_conflict
from bot.storage.transaction import Tx

STARTS = 3
BATCH = 50
_IDLE = 1.0  # seconds between looks when nobody rings
_CHECKPOINT_AFTER = 30.0  # idle seconds

log = structlog.get_logger()

TakeTurn = Callable[[Tx, Incoming], Awaitable[list[Message]]]
Apologise = Callable[[Tx, Incoming, int], Awaitable[list[Message]]]


@dataclass(frozen=True, slots=True)
class End:
    """How a turn ended: the rows that are done, what to post, what to answer taps with."""

    done: Sequence[int] = ()
    posts: Sequence[Stamped] = ()
    toasts: Sequence[Toast] = ()


@dataclass(slots=True)
class Worker:
    """Runs turns on one replica.

    take_turn  the conversation, handed in
    apologise  what to say, to the person and to staff, about a message set aside (its number)
    lanes      turns at the same time: one on SQLite (each in a savepoint, one commit for all),
               several on PostgreSQL (each its own transaction)
    """

    database: Database
    take_turn: TakeTurn
    apologise: Apologise
    toaster: Toaster
    lanes: int = 4
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _rings: int = 0
    _idle_since: float = 0.0
    _not_written: set[int] = field(default_factory=set)  # started, and the disk took no outcome

    def ring(self) -> None:
        """Something arrived."""
        self._rings += 1
        self._bell.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`, then finish what has begun."""
        lanes = 1 if self.database.is_sqlite else self.lanes
        await asyncio.gather(*(self._work(stop) for _ in range(lanes)))

    async def _work(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            heard = self._rings
            try:
                taken = await self.take_some()
            except Exception:
                log.exception("worker.failed")
                taken, heard = 0, self._rings
            # Who rang while we looked may have come too late to be seen: look again.
            if not taken and heard == self._rings:
                await self._wait(stop)

    async def _wait(self, stop: asyncio.Event) -> None:
        self._bell.clear()
        ringing = asyncio.create_task(self._bell.wait())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({ringing, stopping}, timeout=_IDLE, return_when=asyncio.FIRST_COMPLETED)
        if ringing.done():
            self._idle_since = clock.pacing()
        elif clock.pacing() - self._idle_since > _CHECKPOINT_AFTER and not stopping.done():
            self._idle_since = clock.pacing()
            await self._checkpoint()
        for task in (ringing, stopping):
            task.cancel()

    async def _checkpoint(self) -> None:
        """Only housekeeping: a full disk must not end the work, which goes on with new room."""
        try:
            await self.database.checkpoint()
        except Exception:
            log.exception("checkpoint.failed")

    async def take_some(self) -> int:
        """Take what is waiting now; returns how many messages were taken."""
        if self.database.is_sqlite:
            return await self._take_batch()
        return await self._take_one()

    # SQLite: one writer is the rule anyway, so many turns share one commit.

    async def _take_batch(self) -> int:
        async with self.database.writing() as tx:
            chosen = await self._begun(tx, await heads.waiting(tx, BATCH))
        if not chosen:
            return 0
        ids = {head.id for head in chosen}
        try:
            async with self.database.writing() as tx:
                ends = [await self._take(tx, head) for head in chosen]
                await _write_down(tx, ends)
        except sqlite3.OperationalError:  # a full disk, not these messages: this start stands
            self._not_written |= ids
            raise
        self._not_written -= ids
        await self._answer([toast for end in ends for toast in end.toasts])
        return len(chosen)

    async def _begun(self, tx: Tx, found: Sequence[Head]) -> list[Head]:
        """Who shares the next commit, with this start counted; not again where only the disk
        failed the last one."""
        chosen = _companions(found)
        new = {head.id for head in chosen} - self._not_written
        if new:
            await heads.count_starts(tx, sorted(new))
        return [_started(head, head.starts + 1) if head.id in new else head for head in chosen]

    # PostgreSQL: the row lock on a chat's head keeps other replicas off that chat.

    async def _take_one(self) -> int:
        head = None
        try:
            async with self.database.writing() as tx:
                head = await heads.claim(tx)
                if head is None:
                    return 0
                async with self.database.writing() as apart:
                    starts = await heads.count_start(apart, head.id)
                end = await self._take(tx, _started(head, starts))
                await _write_down(tx, [end])
        except Exception as error:
            if head is None or not is_conflict(error):
                raise
            async with self.database.writing() as apart:
                await heads.forgive_start(apart, head.id)
            return 1
        await self._answer(end.toasts)
        return 1

    async def _take(self, tx: Tx, head: Head) -> End:
        """One message: its turn, or the reason why it is set aside."""
        began = clock.pacing()
        ids, message = await _message(tx, head)
        if message is None:
            await heads.set_aside(tx, ids, "a payload that this version cannot read")
            return End()
        if head.starts > STARTS:
            return await self._set_aside(tx, ids, message, head.error or "it stopped the program")
        try:
            async with tx.savepoint():
                posts, toasts = await self._turn(tx, message, began)
        except Exception as error:
            if is_conflict(error):
                raise
            return await self._failed(tx, head, ids, message, error)
        TURNS.inc()
        TURN_SECONDS.observe(clock.pacing() - began)
        return End(done=ids, posts=posts, toasts=toasts)

    async def _turn(
        self, tx: Tx, message: Incoming, began: float
    ) -> tuple[list[Stamped], list[Toast]]:
        tap = message if isinstance(message, Tapped) else None
        if tap is not None:
            self.toaster.expect(tap)
        replies = await self.take_turn(tx, message)
        toasts = [reply for reply in replies if isinstance(reply, Toast)]
        posts: list[Message] = [reply for reply in replies if not isinstance(reply, Toast)]
        if tap is not None and self.toaster.is_late(tap, began):
            posts += _as_messages(toasts)
            toasts = []
        return outbox.stamped(posts), toasts

    async def _failed(
        self, tx: Tx, head: Head, ids: Sequence[int], message: Incoming, error: Exception
    ) -> End:
        TURN_ERRORS.inc()
        log.error("turn.failed", inbox_id=head.id, starts=head.starts, exc_info=error)
        if head.starts >= STARTS:
            return await self._set_aside(tx, ids, message, _trace(error))
        await heads.remember_error(tx, head.id, _trace(error))
        return End()

    async def _set_aside(self, tx: Tx, ids: Sequence[int], message: Incoming, error: str) -> End:
        await heads.set_aside(tx, ids, error)
        try:
            async with tx.savepoint():
                replies = await self.apologise(tx, message, ids[0])
                await outbox.put(tx, *(one for one in replies if not isinstance(one, Toast)))
        except Exception as error:
            if is_conflict(error):
                raise
            log.exception("apology.failed", inbox_id=ids[0])
            return End()
        return End(toasts=[reply for reply in replies if isinstance(reply, Toast)])

    async def _answer(self, toasts: Sequence[Toast]) -> None:
        late = [toast for toast in toasts if not self.toaster.answer(toast)]
        if posts := _as_messages(late):  # the commit of all turns took too long for this one
            async with self.database.writing() as tx:
                await outbox.put(tx, *posts)


def _started(head: Head, starts: int) -> Head:
    return msgspec.structs.replace(head, starts=starts)


async def _write_down(tx: Tx, ends: Sequence[End]) -> None:
    """What the turns of one commit said and which messages are done, at one go for all of them."""
    await outbox.put_stamped(tx, [post for end in ends for post in end.posts])
    if done := [id_ for end in ends for id_ in end.done]:
        await heads.mark_done(tx, done, clock.now().timestamp())


def _companions(found: Sequence[Head]) -> Sequence[Head]:
    """Messages that share one commit. One that failed or stopped us before goes alone, so that
    it takes nobody with it; as soon as it is the oldest, or newer ones would keep it waiting."""
    if found and found[0].starts:
        return found[:1]
    return [head for head in found if head.starts == 0]


async def _message(tx: Tx, head: Head) -> tuple[Sequence[int], Incoming | None]:
    message = inbox.readable(head.payload)
    if isinstance(message, SentMedia) and message.group_id:
        return await inbox.whole_album(tx, message)
    return [head.id], message


def _as_messages(toasts: list[Toast]) -> list[Message]:
    """A late toast would not be seen: its text becomes a message."""
    return [Outgoing(to=toast.to, text=_escaped(toast.text)) for toast in toasts if toast.text]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _trace(error: BaseException) -> str:
    """Where it broke and what kind of error it was, without any text."""
    return "\n".join([*errors.places(error), errors.kinds(error)])
