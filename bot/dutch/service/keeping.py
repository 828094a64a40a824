"""Somebody's share in the phrase of the day, and what goes when its time is over."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.dutch import tables
from bot.dutch.domain import STOPPED_KEPT
from bot.storage.transaction import Tx

_table = tables.learners


async def export(tx: Tx, person_id: int) -> dict[str, object]:
    """The hour they chose and how far they are."""
    row = await tx.one(select(_table).where(_table.c.person_id == person_id))
    return {"phrase of the day": dict(row)} if row is not None else {}


async def forget(tx: Tx, person_id: int) -> None:
    """Nothing stays."""
    await tx.execute(delete(_table).where(_table.c.person_id == person_id))


async def clean(tx: Tx, *, now: datetime) -> None:
    """At night: who stopped long ago."""
    is_over = _table.c.next_on.is_(None), _table.c.changed_at < now - STOPPED_KEPT
    await tx.execute(delete(_table).where(*is_over))
