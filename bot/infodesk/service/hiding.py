"""Taking the bot's messages out of a chat, as far as Telegram allows."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.delivery import outbox
from bot.delivery.messages import Delete
from bot.infodesk import tables
from bot.people import domain as people
from bot.people.domain import Person
from bot.storage.transaction import Tx


async def hide(tx: Tx, person: Person, *, now: datetime) -> list[Delete]:
    """Deletions for what the bot said lately and for the questions it still remembers."""
    ids = await outbox.sent_to(tx, person.telegram_id, now - people.TAKEN_BACK_WITHIN)
    ids += await _remembered(tx, person)
    await tx.execute(delete(tables.asking).where(tables.asking.c.person_id == person.id))
    return [Delete(to=person.telegram_id, message_ids=tuple(ids))] if ids else []


async def _remembered(tx: Tx, person: Person) -> list[int]:
    """The person's own last questions, which a bot may delete in a private chat."""
    messages = await tx.scalar(
        select(tables.asking.c.messages).where(tables.asking.c.person_id == person.id)
    )
    return [one["id"] for one in messages or ()]
