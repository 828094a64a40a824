"""A person's share in the info desk's rows: what to hand over, what to erase."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.infodesk import tables
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """What is remembered for a day; counts of questions and thumbs know no person."""
    row = await tx.one(select(tables.asking).where(tables.asking.c.person_id == person_id))
    return {"asking": dict(row)} if row else {}


async def forget_person(tx: Tx, person_id: int, *, now: datetime) -> None:
    """Erase it."""
    await tx.execute(delete(tables.asking).where(tables.asking.c.person_id == person_id))
