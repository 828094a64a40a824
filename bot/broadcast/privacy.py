"""A person's share in messages to many: what to hand over, what to erase."""

from datetime import datetime

from bot.broadcast.service import keeping
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """`subscriptions`, `broadcast_people`, and of `broadcasts` what they wrote themselves."""
    return await keeping.export(tx, person_id)


async def forget_person(tx: Tx, person_id: int, *, now: datetime) -> None:
    """`subscriptions` and `broadcast_people` go; `broadcasts` lose the link."""
    await keeping.forget(tx, person_id)
