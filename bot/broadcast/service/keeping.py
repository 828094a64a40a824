"""Somebody's share in messages to many, and what goes when its time is over."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.broadcast import tables
from bot.broadcast.domain import RECEIVERS_KEPT, TEXTS_KEPT
from bot.broadcast.service import drafting
from bot.storage.transaction import Tx

_table = tables.broadcasts


async def export(tx: Tx, person_id: int) -> dict[str, object]:
    """What they chose to get, what was sent to them lately, what they wrote as a colleague."""
    chosen, got = tables.subscriptions, tables.broadcast_people
    wanted = await tx.all(select(chosen).where(chosen.c.person_id == person_id))
    sent = await tx.all(
        select(got.c.broadcast_id, got.c.fate, _table.c.topic, _table.c.started_at)
        .join(_table, _table.c.id == got.c.broadcast_id)
        .where(got.c.person_id == person_id)
        .order_by(got.c.broadcast_id)
    )
    names = (_table.c.id, _table.c.kind, _table.c.stage, _table.c.texts, _table.c.created_at)
    own = await tx.all(select(*names).where(_table.c.author_id == person_id).order_by(_table.c.id))
    found = {"chosen": wanted, "received": sent, "written": own}
    return {name: [dict(row) for row in rows] for name, rows in found.items() if rows}


async def forget(tx: Tx, person_id: int) -> None:
    """What they chose and received; what they wrote as a colleague keeps no link to them."""
    chosen, got = tables.subscriptions, tables.broadcast_people
    await tx.execute(delete(chosen).where(chosen.c.person_id == person_id))
    await tx.execute(delete(got).where(got.c.person_id == person_id))
    for link in (_table.c.author_id, _table.c.approved_by):
        await tx.execute(update(_table).where(link == person_id).values({link: None}))


async def clean(tx: Tx, *, now: datetime) -> None:
    """At night: drafts that nobody touched, who received what, old texts and pictures. Counts
    stay."""
    await drafting.forget_old(tx, now=now)
    over = select(_table.c.id).where(_table.c.ended_at < now - RECEIVERS_KEPT)
    got = tables.broadcast_people
    await tx.execute(delete(got).where(got.c.broadcast_id.in_(over)))
    await tx.execute(
        update(_table)
        .where(_table.c.ended_at < now - TEXTS_KEPT)
        .values(texts={}, audience={}, picture="")
    )
