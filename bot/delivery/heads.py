"""Heads: the oldest waiting message of each chat. Only a head may be taken."""

from collections.abc import Sequence
from typing import Any

import msgspec

from bot import clock
from bot.storage.transaction import Tx


class Head(msgspec.Struct, frozen=True):
    """A row of the inbox that is next in its chat. `starts` counts the turns begun."""

    id: int
    chat_id: int
    payload: str
    starts: int
    error: str | None = None


_COLUMNS = "i.id, i.chat_id, i.payload, COALESCE(s.starts, 0), i.error"

_WAITING = f"""
    SELECT {_COLUMNS} FROM inbox i LEFT JOIN inbox_starts s ON s.inbox_id = i.id
    WHERE i.state = 'waiting' AND i.ready_at <= ?
      AND i.id IN (SELECT min(id) FROM inbox WHERE state = 'waiting' GROUP BY chat_id)
    ORDER BY i.id LIMIT ?
"""  # noqa: S608

# SKIP LOCKED alone breaks the order of a chat; NOT EXISTS keeps everything behind its head.
# NO KEY UPDATE lets `inbox_starts` refer to the row while it is locked.
_CLAIM = """
    SELECT i.id, i.chat_id, i.payload, 0, i.error FROM inbox i
    WHERE i.state = 'waiting' AND i.ready_at <= ?
      AND NOT EXISTS (SELECT 1 FROM inbox e WHERE e.chat_id = i.chat_id
                      AND e.state = 'waiting' AND e.id < i.id)
    ORDER BY i.id LIMIT 1 FOR NO KEY UPDATE OF i SKIP LOCKED
"""

_COUNT = (
    "INSERT INTO inbox_starts (inbox_id, starts) VALUES (?, 1)"
    " ON CONFLICT (inbox_id) DO UPDATE SET starts = inbox_starts.starts + 1"
)


_DONE = "UPDATE inbox SET state = 'done', payload = NULL, done_at = ? WHERE id = ?"


async def waiting(tx: Tx, limit: int) -> list[Head]:
    """The heads that are ready, oldest first."""
    return [Head(*row) for row in await tx.raw(_WAITING, clock.wall(), limit)]


async def claim(tx: Tx) -> Head | None:
    """Lock the oldest head nobody else holds, until this transaction ends (PostgreSQL)."""
    rows: list[Any] = await tx.raw(_CLAIM, clock.wall())
    return Head(*rows[0]) if rows else None


async def count_starts(tx: Tx, ids: Sequence[int]) -> None:
    """A turn begins for each of these rows."""
    await tx.raw_soon(_COUNT, [(id_,) for id_ in ids])


async def count_start(tx: Tx, id_: int) -> int:
    """A turn begins; returns how many have begun."""
    rows = await tx.raw(_COUNT + " RETURNING starts", id_)
    return int(rows[0][0])


async def forgive_start(tx: Tx, id_: int) -> None:
    """A turn that only met another transaction does not count."""
    await tx.raw("UPDATE inbox_starts SET starts = starts - 1 WHERE inbox_id = ?", id_)


async def mark_done(tx: Tx, ids: Sequence[int], now: float) -> None:
    """These turns are over: keep the ids, wipe what was said."""
    await tx.raw_soon(_DONE, [(now, id_) for id_ in ids])


async def set_aside(tx: Tx, ids: Sequence[int], error: str) -> None:
    """Keep a message that cannot be answered, with its reason, and let the rest go on."""
    places = ", ".join("?" * len(ids))
    await tx.raw(
        f"UPDATE inbox SET state = 'aside', error = ?, done_at = ? WHERE id IN ({places})",  # noqa: S608
        error,
        clock.now().timestamp(),
        *ids,
    )


async def remember_error(tx: Tx, id_: int, error: str) -> None:
    """Why the last turn of this message failed."""
    await tx.raw("UPDATE inbox SET error = ? WHERE id = ?", error, id_)
