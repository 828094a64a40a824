"""Messages to many as rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from bot.broadcast import tables
from bot.broadcast.domain import (
    Audience,
    Broadcast,
    BroadcastId,
    Draft,
    Fate,
    Kind,
    Stage,
    Topic,
)
from bot.errors import Outdated
from bot.storage.transaction import Row, Tx

_table, _people = tables.broadcasts, tables.broadcast_people


async def create(tx: Tx, draft: Draft, author: int | None, *, now: datetime) -> Broadcast:
    """A new draft; author None: the bot's own."""
    values = {**stored(draft), "author_id": author, "created_at": now, "changed_at": now}
    made = tx.insert(_table).values(values).returning(_table.c.id)
    return await get(tx, int(await tx.scalar(made)))


async def get(tx: Tx, id_: int) -> Broadcast:
    """Raises Outdated when there is none (any more)."""
    found = await find(tx, id_)
    if found is None:
        raise Outdated
    return found


async def locked(tx: Tx, id_: int) -> Broadcast:
    """The same, and nobody else changes it until this transaction ends. Raises Outdated."""
    found = await find_locked(tx, id_)
    if found is None:
        raise Outdated
    return found


async def find(tx: Tx, id_: int) -> Broadcast | None:
    """None when there is none (any more)."""
    row = await tx.one(select(_table).where(_table.c.id == id_))
    return None if row is None else _broadcast(row)


async def find_locked(tx: Tx, id_: int) -> Broadcast | None:
    """The same, and nobody else changes it until this transaction ends."""
    row = await tx.one(select(_table).where(_table.c.id == id_).with_for_update())
    return None if row is None else _broadcast(row)


async def write(tx: Tx, id_: int, values: Mapping[str, Any]) -> Broadcast:
    """Change columns of it."""
    await tx.execute(update(_table).where(_table.c.id == id_).values(dict(values)))
    return await get(tx, id_)


async def latest(tx: Tx, limit: int) -> list[Broadcast]:
    """What is on its way or being written first, then what is over."""
    is_over = _table.c.ended_at.is_not(None)
    found = select(_table).order_by(is_over, _table.c.changed_at.desc(), _table.c.id.desc())
    return [_broadcast(row) for row in await tx.all(found.limit(limit))]


async def latest_of(tx: Tx, kind: Kind, *, since: datetime) -> Broadcast | None:
    """The last one of a kind that was written or begun since then."""
    touched = or_(_table.c.created_at >= since, _table.c.started_at >= since)
    found = select(_table).where(_table.c.kind == kind, touched).order_by(_table.c.id.desc())
    row = await tx.one(found.limit(1))
    return None if row is None else _broadcast(row)


async def waiting(tx: Tx) -> list[Broadcast]:
    """What waits for a second colleague's yes."""
    found = select(_table).where(_table.c.stage == Stage.ASKED).order_by(_table.c.id)
    return [_broadcast(row) for row in await tx.all(found)]


async def fates(tx: Tx, id_: int) -> dict[Fate, int]:
    """How many people it has reached, how many still wait …"""
    rows = await tx.all(
        select(_people.c.fate, func.count().label("n"))
        .where(_people.c.broadcast_id == id_)
        .group_by(_people.c.fate)
    )
    return {Fate(row["fate"]): row["n"] for row in rows}


def stored(draft: Draft) -> dict[str, Any]:
    """The columns of a draft."""
    return {
        "kind": draft.kind,
        "topic": draft.topic,
        "audience": draft.audience.as_json(),
        "texts": dict(draft.texts),
        "expires_at": draft.expires_at,
        "picture": draft.picture,
    }


def _broadcast(row: Row) -> Broadcast:
    draft = Draft(
        kind=Kind(row["kind"]),
        topic=Topic(row["topic"]),
        audience=Audience.of(row["audience"]),
        texts=row["texts"],
        expires_at=row["expires_at"],
        picture=row["picture"],
    )
    names = ("created_at", "approved_by", "approved_sign", "started_at", "ended_at", "total")
    return Broadcast(
        id=BroadcastId(row["id"]),
        draft=draft,
        stage=Stage(row["stage"]),
        author=row["author_id"],
        counts=row["counts"],
        **{name: row[name] for name in names},
    )
