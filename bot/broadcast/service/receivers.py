"""Who gets a message to many, fixed as rows when it begins; and what became of each copy."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, func, insert, literal, or_, select, update

from bot.broadcast import tables
from bot.broadcast.domain import OPEN, Broadcast, Fate
from bot.broadcast.service import audience
from bot.people import service as people
from bot.storage.prepared import Prepared
from bot.storage.transaction import Row, Tx

_table = tables.broadcast_people
_AT_ONCE = 500  # ids in one statement

# Two statements for each copy that went out.
_HEAR = Prepared(
    update(_table)
    .where(
        _table.c.broadcast_id == bindparam("id"),
        _table.c.person_id == bindparam("person"),
        _table.c.fate == literal(Fate.POSTED.value),
    )
    .values(fate=bindparam("became"))
)
_STILL_OPEN = Prepared(
    select(_table.c.person_id)
    .where(
        _table.c.broadcast_id == bindparam("id"),
        or_(*(_table.c.fate == literal(fate.value) for fate in OPEN)),
    )
    .limit(1)
)


async def fix(tx: Tx, one: Broadcast, *, now: datetime) -> None:
    """Everybody who is meant at this moment."""
    them: Select[tuple[int]] = audience.chosen(one.draft, now=now)
    (person,) = them.selected_columns
    rows = them.with_only_columns(literal(one.id), person, literal(Fate.WAITING.value))
    names = ["broadcast_id", "person_id", "fate"]
    await tx.execute(insert(_table).from_select(names, rows))


async def next_ones(tx: Tx, one: Broadcast, limit: int) -> Sequence[Row]:
    """Whose turn it is, with how they are known now: id, telegram_id, first_name, language,
    state."""
    them = people.everybody()
    return await tx.all(
        select(them)
        .join(_table, _table.c.person_id == them.c.id)
        .where(_table.c.broadcast_id == one.id, _table.c.fate == Fate.WAITING)
        .order_by(_table.c.person_id)
        .limit(limit)
    )


async def posted(tx: Tx, one: Broadcast) -> list[int]:
    """Whose copy is in the outbox."""
    found = select(_table.c.person_id).where(
        _table.c.broadcast_id == one.id, _table.c.fate == Fate.POSTED
    )
    return [row["person_id"] for row in await tx.all(found)]


async def mark(tx: Tx, one: Broadcast, ids: Collection[int], fate: Fate) -> None:
    """These have this fate now."""
    ordered = sorted(ids)
    for first in range(0, len(ordered), _AT_ONCE):
        these = _table.c.person_id.in_(ordered[first : first + _AT_ONCE])
        own = _table.c.broadcast_id == one.id
        await tx.execute(update(_table).where(own, these).values(fate=fate))


async def mark_waiting(tx: Tx, one: Broadcast, fate: Fate) -> None:
    """All whose turn had not come have this fate now."""
    waits = _table.c.broadcast_id == one.id, _table.c.fate == Fate.WAITING
    await tx.execute(update(_table).where(*waits).values(fate=fate))


async def hear(tx: Tx, id_: int, person: int, fate: Fate) -> bool:
    """What became of a copy. True when it was the last one."""
    await tx.write(_HEAR, {"id": id_, "person": person, "became": fate.value})
    return not await is_any_open(tx, id_)


async def is_any_open(tx: Tx, id_: int) -> bool:
    """Does anybody still wait for a copy, or for what becomes of it?"""
    return await tx.one(_STILL_OPEN, {"id": id_}) is not None


async def count_posted(tx: Tx, one: Broadcast) -> int:
    """How many copies lie in the outbox."""
    lies_there = _table.c.broadcast_id == one.id, _table.c.fate == Fate.POSTED
    found = select(func.count()).select_from(_table).where(*lies_there)
    return int(await tx.scalar(found))


def ids_of(keys: Iterable[str]) -> list[int]:
    """The people whose copies have these names in the outbox."""
    return [int(key.rpartition(":")[2]) for key in keys]
