"""A person's share in complaints: what to hand over, what to erase."""

from datetime import datetime

from bot.complaints.desk import ComplaintsDesk
from bot.complaints.service import keeping
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """The person's complaints by name."""
    return await keeping.export(tx, person_id)


async def forget_person(desk: ComplaintsDesk, tx: Tx, person_id: int, *, now: datetime) -> None:
    """Erase what is known to be theirs: nothing tells which anonymous complaint is."""
    await keeping.forget(desk, tx, person_id)
