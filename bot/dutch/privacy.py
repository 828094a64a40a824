"""A person's share in the phrase of the day: what to hand over, what to erase."""

from datetime import datetime

from bot.dutch.service import keeping
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """Their row in `learners`."""
    return await keeping.export(tx, person_id)


async def forget_person(tx: Tx, person_id: int, *, now: datetime) -> None:
    """`learners`: their row goes."""
    await keeping.forget(tx, person_id)
