"""Whether a volunteer wants to be thanked; the messages themselves are `broadcast`'s."""

from datetime import datetime

from sqlalchemy import select, update

from bot.events.service import participants
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import tables

_table = tables.volunteers


async def are_unwanted(tx: Tx, person_id: int) -> bool:
    """Did a volunteer say no to such messages?"""
    mine = await participants.known(tx, person_id)
    said = select(_table.c.no_thanks_at).where(_table.c.id == mine)
    return mine is not None and await tx.scalar(said) is not None


async def choose(tx: Tx, person: Person, *, is_on: bool, now: datetime) -> None:
    """A volunteer wants them, or does not."""
    mine = await participants.known(tx, person.id)
    at = None if is_on else now
    await tx.execute(update(_table).where(_table.c.id == mine).values(no_thanks_at=at))
