"""A place at something tomorrow, taken behind the bot's back, for journeys about reminders."""

from datetime import datetime

from sqlalchemy import select

from bot.events.domain import Kind
from bot.events.service import participants, places
from bot.people.tables import people
from tests.support.event_makers import an_event
from tests.support.wegwijzer import Wegwijzer


async def has_a_place(wegwijzer: Wegwijzer, telegram_id: int, *, starts_at: datetime) -> None:
    """They come to a workshop that begins then."""
    now = wegwijzer.clock.now
    async with wegwijzer.bot.database.writing() as tx:
        event = await an_event(tx, now=now, kind=Kind.WORKSHOP, starts_at=starts_at)
        own = people.c.telegram_id == telegram_id
        person = await tx.scalar(select(people.c.id).where(own))
        mine = await participants.of_person(tx, person, now=now)
        await places.take(tx, mine, event, now=now)
