"""A person's share in events: what to hand over, what to erase."""

from datetime import datetime

from bot.events.service import filing, leaving, participants
from bot.storage.transaction import Tx


async def export_person(tx: Tx, person_id: int) -> dict[str, object]:
    """`participants` and their `registrations`; `event_files` that wait."""
    found = await participants.export(tx, person_id)
    sent = await filing.export(tx, person_id)
    return {**found, **({"event_files": sent} if sent else {})}


async def forget_person(tx: Tx, person_id: int, *, now: datetime) -> None:
    """Their places ahead are free; `participants` lose the person and the name; `series`, `events`
    know nobody. `event_files` of theirs are not brought in any more."""
    await filing.forget_person(tx, person_id)
    known = await participants.known(tx, person_id)
    if known is not None:
        await leaving.everything(tx, known, now=now)
    await participants.forget(tx, person_id)
