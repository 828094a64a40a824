"""What is due, when: rows with a unique key hold facts ("remind draft 42"), never texts.

A row is told to the function registered under its kind, which judges again whether it still makes
sense; row and consequences go in one commit. Only the leader looks.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

import structlog
from sqlalchemy import bindparam, case, delete, func, or_, select, update

from bot.errors import Error
from bot.schedule.tables import due
from bot.storage.engine import Database, is_conflict
from bot.storage.prepared import Prepared
from bot.storage.transaction import Row, Tx

_AT_MOST = 100
_TRIES = 5  # a minute apart
_PAUSE = timedelta(minutes=1)
_LONG_PAUSE = timedelta(hours=1)

log = structlog.get_logger()


class UnknownKindError(Error):
    """This version has no function for what is due."""


class Job(Protocol):
    """A slice's regular work, which needs no row of its own."""

    async def __call__(self, tx: Tx, *, now: datetime) -> None: ...


class DueHandler(Protocol):
    """A slice's function that is called when a row of its kind is due."""

    async def __call__(self, tx: Tx, ref: str, *, now: datetime) -> None: ...


async def plan(tx: Tx, *, key: str, kind: str, ref: str, at: datetime) -> None:
    """Have `kind` told of `ref` at that moment; the same key again moves the moment."""
    statement = tx.insert(due).values(key=key, kind=kind, ref=ref, due_at=at)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["key"],
            set_={"kind": kind, "ref": ref, "due_at": at, "tries": 0, "error": None},
        )
    )


class Planned(NamedTuple):
    """What `plan` takes, for many at once."""

    key: str
    kind: str
    ref: str
    at: datetime


async def plan_all(tx: Tx, found: Collection[Planned]) -> None:
    """As `plan`, for several in one statement."""
    if not found:
        return
    statement = tx.insert(due).values(_rows(found))
    again = {name: statement.excluded[name] for name in ("kind", "ref", "due_at")}
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["key"], set_={**again, "tries": 0, "error": None}
        )
    )


async def plan_unless_planned(tx: Tx, *, key: str, kind: str, ref: str, at: datetime) -> bool:
    """The same, but a moment already planned stays (to gather many wishes into one): then False."""
    statement = tx.insert(due).values(key=key, kind=kind, ref=ref, due_at=at)
    once = statement.on_conflict_do_nothing(index_elements=["key"]).returning(due.c.id)
    return await tx.one(once) is not None


async def plan_at_latest(tx: Tx, found: Collection[Planned]) -> None:
    """As `plan_all`, but the earlier of both moments counts (one look at many things)."""
    if not found:
        return
    statement = tx.insert(due).values(_rows(found))
    wished = statement.excluded.due_at
    earlier = case((wished < due.c.due_at, wished), else_=due.c.due_at)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"due_at": earlier})
    )


def _rows(found: Collection[Planned]) -> list[dict[str, object]]:
    """In order of their keys: of two that plan the same rows, neither waits for the other."""
    return [
        {"key": one.key, "kind": one.kind, "ref": one.ref, "due_at": one.at}
        for one in sorted(found)
    ]


async def is_planned(tx: Tx, key: str) -> bool:
    """Does it still have to happen?"""
    return await tx.one(select(due.c.id).where(due.c.key == key)) is not None


async def cancel(tx: Tx, key: str) -> None:
    """It need not happen any more."""
    await tx.execute(delete(due).where(due.c.key == key))


async def cancel_all(tx: Tx, keys: Collection[str]) -> None:
    """The same for several in one statement."""
    if keys:
        await tx.execute(delete(due).where(due.c.key.in_(keys)))


# Asked every second.
_NEXT = Prepared(
    select(due)
    .where(due.c.due_at <= bindparam("now"))
    .order_by(due.c.due_at, due.c.id)
    .limit(_AT_MOST)
)


async def what_is_due(tx: Tx, *, now: datetime) -> Sequence[Row]:
    """Rows whose moment has come, at most a hundred, the oldest first."""
    return await tx.all(_NEXT, {"now": now})


async def run(database: Database, kinds: Mapping[str, DueHandler], *, now: datetime) -> int:
    """Tell every due row to its kind, each in its own transaction; returns how many."""
    async with database.reading() as tx:
        rows = await what_is_due(tx, now=now)
    for row in rows:
        try:
            await _tell(database, kinds, row["id"], now=now)
        except Exception as error:
            if is_conflict(error):  # it met a turn: nothing was done, and the next look repeats it
                log.info("due.met", kind=row["kind"], ref=row["ref"])
                continue
            log.exception("due.failed", kind=row["kind"], ref=row["ref"])
            await _fail(database, row["id"], type(error).__name__, now=now)
    return len(rows)


async def late(tx: Tx, *, now: datetime) -> int:
    """Rows that nobody has taken for a minute, or that failed every time."""
    is_late = or_(due.c.due_at <= now - _PAUSE, due.c.tries >= _TRIES)
    soon = due.c.due_at <= now + _LONG_PAUSE  # a row that failed is tried again by then
    rows = select(func.count()).select_from(due).where(soon, is_late)
    return int(await tx.scalar(rows))


async def _tell(
    database: Database, kinds: Mapping[str, DueHandler], id_: int, *, now: datetime
) -> None:
    async with database.writing() as tx:
        # Deleting first takes the row: whoever deletes it acts on it, nobody else.
        taken = delete(due).where(due.c.id == id_, due.c.due_at <= now)
        row = (await tx.execute(taken.returning(due.c.kind, due.c.ref))).first()
        if row is None:
            return
        if row.kind not in kinds:  # perhaps a newer replica planned it: it must not be lost
            raise UnknownKindError(row.kind)
        await kinds[row.kind](tx, row.ref, now=now)


async def _fail(database: Database, id_: int, error: str, *, now: datetime) -> None:
    """Try again in a minute, a few times. Then it is visible to `doctor` and tried every hour: a
    nightly job must not end for ever because it failed one night."""
    async with database.writing() as tx:
        tries = await tx.scalar(select(due.c.tries).where(due.c.id == id_))
        if tries is None:
            return
        pause = _PAUSE if tries + 1 < _TRIES else _LONG_PAUSE
        await tx.execute(
            update(due)
            .where(due.c.id == id_)
            .values(tries=tries + 1, error=error, due_at=now + pause)
        )
