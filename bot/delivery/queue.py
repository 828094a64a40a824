"""What the sender reads and marks in the outbox."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from bot import clock
from bot.storage.transaction import Tx

_AT_MOST = 100
_AN_INSTANT = 0.000001  # seconds; the least that a float of today tells apart is a quarter of it


class Row(msgspec.Struct, frozen=True):
    """A message that is next in its chat."""

    id: int
    chat_id: int
    lane: int
    body: str
    slot: str | None
    expires_at: float | None
    tries: int
    repeats: int
    receipt: str | None
    ref: str | None
    created_at: float

    def is_expired(self, now: float) -> bool:
        """Would it come too late? (calendar time)"""
        return self.expires_at is not None and self.expires_at <= now


_COLUMNS = (
    "id, chat_id, lane, body, slot, expires_at, tries, repeats, receipt, ref, created_at, retry_at"
)

# The head of each chat: its most urgent lane first, first-in-first-out inside. A head that waits
# for its next try keeps the rest of its chat behind it. Of a chat in which everything is held, what
# is due first. Groups go before people: their own limit lets few of them through.
_HEADS = f"""
    SELECT {_COLUMNS}, due_at FROM (
        SELECT {_COLUMNS}, due_at, due_at > ? AS is_held, row_number() OVER (PARTITION BY chat_id
            ORDER BY due_at > ?, CASE WHEN due_at > ? THEN 0 ELSE lane END, due_at, id) AS place
        FROM outbox WHERE state IN ('waiting', 'sending') AND state = 'waiting'
    ) AS heads WHERE place = 1 AND retry_at <= ?
    ORDER BY is_held, chat_id > 0, lane, due_at, id LIMIT {_AT_MOST}
"""  # noqa: S608

_BEFORE = (
    "UPDATE outbox SET lane = ?, due_at ="  # noqa: S608
    f" (SELECT due_at FROM outbox WHERE id = ?) - {_AN_INSTANT} WHERE id = ?"
)
_SENT = (
    "UPDATE outbox SET state = 'sent', over_at = ?, sent_ids = ?, error = NULL, body = NULL"
    " WHERE id = ? AND state IN ('waiting', 'sending')"
)


async def heads(tx: Tx, *, now: float) -> list[Row]:
    """The next message of each chat that has one, most urgent first. `now`: calendar time.

    One that is `sending` does not hold its chat here: the sender knows what it has in the air.
    """
    return (await heads_and_next(tx, now=now))[0]


async def heads_and_next(tx: Tx, *, now: float) -> tuple[list[Row], float | None]:
    """The same, and when the first of those is due that are held in all other chats."""
    rows: list[Any] = await tx.raw(_HEADS, now, now, now, clock.wall())
    held = [row[-1] for row in rows if row[-1] > now]
    return [Row(*row[:-2]) for row in rows if row[-1] <= now], min(held, default=None)


async def mark_sending(tx: Tx, ids: Sequence[int]) -> dict[int, str]:
    """These leave as soon as this is committed; returns their bodies.

    What was cancelled since it was read is missing. What was replaced has another body.
    """
    if not ids:
        return {}
    places = ", ".join("?" * len(ids))
    marked = await tx.raw(
        f"UPDATE outbox SET state = 'sending', tries = tries + 1 WHERE id IN ({places})"  # noqa: S608
        " AND state = 'waiting' RETURNING id, body",
        *ids,
    )
    return dict(marked)


async def unmark(tx: Tx, id_: int) -> None:
    """It does not leave after all."""
    await tx.raw("UPDATE outbox SET state = 'waiting', tries = tries - 1 WHERE id = ?", id_)


async def take_over(tx: Tx) -> list[Row]:
    """Rows a dead process left `sending`: once more. Returns those repeated before: no third."""
    left = await tx.raw(
        f"SELECT {_COLUMNS} FROM outbox WHERE state = 'sending' AND repeats >= 1 ORDER BY id"  # noqa: S608
    )
    await tx.raw(
        "UPDATE outbox SET state = 'waiting', repeats = 1 WHERE state = 'sending' AND repeats = 0"
    )
    return [Row(*row[:-1]) for row in left]


async def is_coming(tx: Tx, names: Sequence[str]) -> bool:
    """Does a message that fills one of these slots still wait?"""
    return bool(await _filling(tx, names))


async def step_behind(tx: Tx, row: Row, names: Sequence[str], *, now: float) -> bool:
    """Order a head and the message of its own chat that fills its slot, which would else wait for
    ever behind the one that waits for it: one that is in a later lane is brought before the head,
    and behind one that is held the head has to wait."""
    fillers = [filler for filler in await _filling(tx, names) if filler[0] == row.chat_id]
    if not fillers:
        return False
    _, lane, due_at, id_ = max(fillers, key=lambda filler: filler[1:])
    if lane > row.lane and due_at <= now:
        await tx.raw(_BEFORE, row.lane, row.id, id_)
        return True
    behind = due_at if id_ < row.id else due_at + _AN_INSTANT
    await tx.raw("UPDATE outbox SET lane = ?, due_at = ? WHERE id = ?", lane, behind, row.id)
    return True


async def _filling(tx: Tx, names: Sequence[str]) -> list[tuple[int, int, float, int]]:
    places = ", ".join("?" * len(names))
    return await tx.raw(
        f"SELECT chat_id, lane, due_at, id FROM outbox WHERE slot IN ({places})"  # noqa: S608
        " AND state IN ('waiting', 'sending')",
        *names,
    )


async def postpone(tx: Tx, id_: int, retry_at: float, *, reason: str | None = None) -> None:
    """Back in the queue, not to be looked at before `retry_at` (true time)."""
    await tx.raw(
        "UPDATE outbox SET state = 'waiting', retry_at = ?, error = ? WHERE id = ?"
        " AND state IN ('waiting', 'sending')",
        retry_at,
        reason,
        id_,
    )


async def close_sent(tx: Tx, sent: Sequence[tuple[int, Sequence[int]]]) -> None:
    """These have arrived: (row, message ids) pairs. What was said is wiped."""
    now = clock.now().timestamp()
    rows = [(now, json.dumps(ids) if ids else None, id_) for id_, ids in sent]
    await tx.raw_many(_SENT, rows)


async def close(tx: Tx, id_: int, state: str, *, reason: str | None = None) -> None:
    """It is over without having arrived: keep how it ended, wipe what was said."""
    await tx.raw(
        "UPDATE outbox SET state = ?, over_at = ?, error = ?, body = NULL"
        " WHERE id = ? AND state IN ('waiting', 'sending')",
        state,
        clock.now().timestamp(),
        reason,
        id_,
    )
