"""What the sender reads and marks in the outbox."""

from collections.abc import Sequence
from typing import Any

import msgspec

from bot import clock
from bot.storage.transaction import Tx

_AT_MOST = 100


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
# for its next try keeps the rest of its chat behind it.
_HEADS = f"""
    SELECT {_COLUMNS} FROM (
        SELECT {_COLUMNS}, due_at, row_number() OVER
            (PARTITION BY chat_id ORDER BY lane, due_at, id) AS place
        FROM outbox WHERE state IN ('waiting', 'sending') AND state = 'waiting' AND due_at <= ?
    ) AS heads WHERE place = 1 AND retry_at <= ? ORDER BY lane, due_at, id LIMIT {_AT_MOST}
"""  # noqa: S608


async def heads(tx: Tx, *, now: float) -> list[Row]:
    """The next message of each chat that has one, most urgent first. `now`: calendar time."""
    rows: list[Any] = await tx.raw(_HEADS, now, clock.wall())
    return [Row(*row[:-1]) for row in rows]


async def mark_sending(tx: Tx, ids: Sequence[int]) -> None:
    """These leave as soon as this is committed."""
    if ids:
        places = ", ".join("?" * len(ids))
        await tx.raw(
            f"UPDATE outbox SET state = 'sending', tries = tries + 1 WHERE id IN ({places})",  # noqa: S608
            *ids,
        )


async def take_over(tx: Tx) -> None:
    """Rows a dead process left `sending`: once more, unless they were repeated before."""
    await tx.raw(
        "UPDATE outbox SET state = 'uncertain', over_at = ?, body = NULL,"
        " error = 'the program stopped while sending'"
        " WHERE state = 'sending' AND repeats >= 1",
        clock.now().timestamp(),
    )
    await tx.raw(
        "UPDATE outbox SET state = 'waiting', repeats = repeats + 1 WHERE state = 'sending'"
    )


async def is_coming(tx: Tx, names: Sequence[str]) -> bool:
    """Does a message that fills one of these slots still wait?"""
    places = ", ".join("?" * len(names))
    return bool(
        await tx.raw(
            f"SELECT 1 FROM outbox WHERE slot IN ({places})"  # noqa: S608
            " AND state IN ('waiting', 'sending') LIMIT 1",
            *names,
        )
    )


async def postpone(tx: Tx, id_: int, retry_at: float, *, reason: str | None = None) -> None:
    """Back in the queue, not to be looked at before `retry_at` (pacing time)."""
    await tx.raw(
        "UPDATE outbox SET state = 'waiting', retry_at = ?, error = ? WHERE id = ?",
        retry_at,
        reason,
        id_,
    )


async def close(
    tx: Tx, id_: int, state: str, *, ids: str | None = None, reason: str | None = None
) -> None:
    """It is over: keep how it ended, wipe what was said."""
    await tx.raw(
        "UPDATE outbox SET state = ?, over_at = ?, sent_ids = ?, error = ?, body = NULL"
        " WHERE id = ?",
        state,
        clock.now().timestamp(),
        ids,
        reason,
        id_,
    )
