"""A person's share in events: what to hand over, what to erase."""

from datetime import datetime

from bot.events.service import participants
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """`participants` and their `registrations`."""
    return await participants.export(tx, person_id)


async def forget_person(tx: Tx, person_id: int, *, now: datetime) -> None:
    """`participants` lose the person and the name; `series`, `events` know nobody."""
    await participants.forget(tx, person_id)
