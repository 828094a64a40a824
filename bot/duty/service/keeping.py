"""Every change is counted on, so that all replicas read it; what nobody needs is thrown away."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.duty import tables
from bot.duty.desk import Timetable
from bot.language import formats
from bot.people import service as people
from bot.storage.transaction import Tx

CLOSURES_KEPT = timedelta(days=60)


async def changed(timetable: Timetable, tx: Tx) -> None:
    """Count on; this process reads it when it is committed, others within half a minute."""
    table = tables.duty_version
    counted = tx.insert(table).values(id=1, last=1)
    await tx.execute(
        counted.on_conflict_do_update(index_elements=["id"], set_={"last": table.c.last + 1})
    )
    tx.after_commit(timetable.news.set)


async def export(tx: Tx, person_id: int) -> dict[str, object]:
    """A colleague's own blocks."""
    table = tables.duty_blocks
    rows = await tx.all(select(table).where(table.c.person_id == person_id).order_by(table.c.id))
    return {"blocks": [dict(row) for row in rows]} if rows else {}


async def forget(timetable: Timetable, tx: Tx, person_id: int) -> None:
    """Take somebody's blocks out of the roster."""
    table = tables.duty_blocks
    gone = await tx.execute(delete(table).where(table.c.person_id == person_id))
    if gone.rowcount:
        await changed(timetable, tx)


async def reduce(timetable: Timetable, tx: Tx, *, now: datetime) -> None:
    """Blocks of who left the team, and closures long over."""
    team = [one.person.id for one in await people.staff_members(tx)]
    blocks, closures = tables.duty_blocks, tables.duty_closures
    gone = await tx.execute(delete(blocks).where(blocks.c.person_id.not_in(team)))
    over = formats.day_of(now - CLOSURES_KEPT)
    past = await tx.execute(delete(closures).where(closures.c.day < over))
    if gone.rowcount or past.rowcount:
        await changed(timetable, tx)
