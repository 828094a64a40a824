"""The inbox: every update is stored before Telegram hears that it arrived, once per update id.

`Inbox.put` gathers what comes in while the previous commit runs and stores it in one transaction.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from bot import clock
from bot.delivery import incoming as vocabulary
from bot.delivery.incoming import Album, Incoming, SentMedia
from bot.storage.engine import Database
from bot.storage.transaction import Tx

ALBUM_PATIENCE = 1.5  # seconds after the last part; Telegram marks no end (telegram-bot-api#643)

_INSERT = (
    "INSERT INTO inbox (bot_id, update_id, chat_id, group_id, payload, state, ready_at,"
    " received_at, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (bot_id, update_id) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update as the transport read it; `message` is None when it could not be read."""

    update_id: int
    message: Incoming | None
    raw: str = ""  # the update as it came, kept only when it could not be read
    error: str = ""
    chat_id: int = 0  # whose it is, as far as can be seen, when it could not be read


@dataclass(slots=True)
class Inbox:
    """Where updates of one bot come in. `bell` wakes the worker after each commit."""

    database: Database
    bot_id: int
    bell: Callable[[], None] = lambda: None
    _gathered: list[tuple[Sequence[Arrival], asyncio.Future[None]]] = field(default_factory=list)
    _writing: asyncio.Task[None] | None = None

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Store updates. When this returns they are safe; an error means that they are not."""
        if not arrivals:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gathered.append((arrivals, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await done

    async def _write_all(self) -> None:
        while self._gathered:
            batch, self._gathered = self._gathered, []
            error = await self._write([one for arrivals, _ in batch for one in arrivals])
            for _, done in batch:
                if done.done():
                    continue
                done.set_exception(error) if error else done.set_result(None)

    async def _write(self, arrivals: list[Arrival]) -> Exception | None:
        try:
            async with self.database.writing() as tx:
                await store(tx, self.bot_id, arrivals)
        except Exception as error:  # whoever waits for this batch hears of it
            return error
        with contextlib.suppress(RuntimeError):  # the loop may be closing
            self.bell()
        return None


async def store(tx: Tx, bot_id: int, arrivals: Sequence[Arrival]) -> None:
    """Insert rows; a known update id is left as it is."""
    now = clock.now().timestamp()
    ready_at = clock.wall() + ALBUM_PATIENCE
    rows = [_row(bot_id, arrival, now, ready_at) for arrival in arrivals]
    await tx.raw_soon(_INSERT, rows)
    for chat_id, group_id in {(row[2], row[3]) for row in rows if row[3] is not None}:
        await tx.raw(
            "UPDATE inbox SET ready_at = ? WHERE chat_id = ? AND group_id = ?"
            " AND state = 'waiting'",
            ready_at,
            chat_id,
            group_id,
        )


def _row(bot_id: int, arrival: Arrival, now: float, album_at: float) -> tuple[object, ...]:
    message = arrival.message
    if message is None:
        kept = (arrival.chat_id, None, arrival.raw, "unread", 0.0, now, arrival.error)
        return (bot_id, arrival.update_id, *kept)
    group = message.group_id if isinstance(message, SentMedia) else None
    ready_at = album_at if group else 0.0
    payload = vocabulary.encode(message).decode()
    chat = message.chat_id
    return (bot_id, arrival.update_id, chat, group, payload, "waiting", ready_at, now, None)


async def whole_album(tx: Tx, first: SentMedia) -> tuple[list[int], Album | SentMedia]:
    """The waiting parts of an album as one message, with the ids of their rows."""
    rows = await tx.raw(
        "SELECT id, payload FROM inbox WHERE chat_id = ? AND group_id = ? AND state = 'waiting'"
        " ORDER BY id",
        first.chat_id,
        first.group_id,
    )
    read = [(id_, readable(payload)) for id_, payload in rows]
    parts = [(id_, part) for id_, part in read if isinstance(part, SentMedia)]
    media = tuple(sorted((part for _, part in parts), key=lambda part: part.message_id or 0))
    ids = [id_ for id_, _ in parts]  # a part that cannot be read is left for a turn of its own
    return ids, media[0] if len(media) == 1 else _album(media)


def _album(parts: tuple[SentMedia, ...]) -> Album:
    shared = {
        name: getattr(parts[0], name)
        for name in ("chat_id", "is_private", "at", "sender", "thread_id", "message_id", "reply_to")
    }
    return Album(parts=parts, **shared)


async def forget_chat(tx: Tx, chat_id: int) -> None:
    """Erase what a chat said, done or not."""
    await tx.raw("DELETE FROM inbox WHERE chat_id = ? AND state <> 'waiting'", chat_id)


def readable(payload: str) -> Incoming | None:
    """The message of a row, or None when this version cannot read it."""
    try:
        return vocabulary.decode(payload)
    except msgspec.DecodeError:
        return None
