"""A person's share in the info desk's rows: what to hand over, what to erase."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.infodesk import tables
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """What is remembered for a day, and what a colleague published; counts know no person."""
    row = await tx.one(select(tables.asking).where(tables.asking.c.person_id == person_id))
    found: dict[str, object] = {"asking": dict(row)} if row else {}
    previews, overrides = tables.answer_previews, tables.answer_overrides
    for name, own in (
        ("previews", select(previews).where(previews.c.author_id == person_id)),
        ("published answers", select(overrides).where(overrides.c.published_by == person_id)),
    ):
        if rows := await tx.all(own):
            found[name] = [dict(one) for one in rows]
    return found


async def forget_person(tx: Tx, person_id: int, *, now: datetime) -> None:
    """Erase it. A published answer stays, and is nobody's."""
    previews, overrides = tables.answer_previews, tables.answer_overrides
    await tx.execute(delete(previews).where(previews.c.author_id == person_id))
    mine = overrides.c.published_by == person_id
    await tx.execute(update(overrides).where(mine).values(published_by=None))
    await tx.execute(delete(tables.asking).where(tables.asking.c.person_id == person_id))
