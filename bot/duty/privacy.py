"""A person's share in the roster: what to hand over, what to erase."""

from datetime import datetime

from bot.duty.desk import Timetable
from bot.duty.service import keeping
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """A colleague's own blocks (`duty_blocks`)."""
    return await keeping.export(tx, person_id)


async def forget_person(timetable: Timetable, tx: Tx, person_id: int, *, now: datetime) -> None:
    """Take them out of the roster."""
    await keeping.forget(timetable, tx, person_id)
