"""Volunteers and shifts of a journey, written behind the bot's back: signing up and planning are
stories of their own."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.app import indexes
from bot.events.domain import ParticipantId, Place
from bot.events.service import listing, marking, participants, places
from bot.people import tables as people
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.service import documents
from tests.support import shift_makers
from tests.support.phone import Phone
from tests.support.wegwijzer import Wegwijzer


class Shifts:
    """What a coordinator would see to."""

    def __init__(self, wegwijzer: Wegwijzer) -> None:
        self.wegwijzer = wegwijzer

    async def approves(self, *phones: Phone) -> None:
        """These are volunteers from now on."""
        async with self.wegwijzer.bot.database.writing() as tx:
            for phone in phones:
                mine = await self._participant(tx, phone)
                await shift_makers.a_file(tx, mine, "active")
        await indexes.refresh(self.wegwijzer.bot.house.index, self.wegwijzer.bot.database)

    async def plans(self, starts_at: datetime, *, capacity: int = 1, **further: object) -> int:
        """A shift of four hours."""
        async with self.wegwijzer.bot.database.writing() as tx:
            return await shift_makers.a_shift(
                tx,
                starts_at=starts_at,
                capacity=capacity,
                now=self.wegwijzer.clock.now,
                **further,  # type: ignore[arg-type]
            )

    async def is_taken_by(self, event: int, *phones: Phone) -> None:
        """They have taken it, each in turn."""
        async with self.wegwijzer.bot.database.writing() as tx:
            for phone in phones:
                mine = await self._participant(tx, phone)
                await places.take(tx, mine, event, now=self.wegwijzer.clock.now)

    async def is_taken_by_somebody_without_telegram(self, event: int, name: str) -> int:
        """A coordinator placed them."""
        async with self.wegwijzer.bot.database.writing() as tx:
            mine = await shift_makers.without_telegram(tx, name)
            await places.take(tx, mine, event, now=self.wegwijzer.clock.now)
        return mine

    async def is_given_back_by(self, event: int, participant: int) -> None:
        """Somebody called: they cannot come."""
        async with self.wegwijzer.bot.database.writing() as tx:
            now = self.wegwijzer.clock.now
            await places.give_back(tx, participant, event, now=now)  # type: ignore[arg-type]
        self.wegwijzer.wakes()

    async def is_attended_by(self, event: int, phone: Phone, *, came: bool = True) -> None:
        """The organisation says who came."""
        async with self.wegwijzer.bot.database.writing() as tx:
            mine = await self._participant(tx, phone)
            now = self.wegwijzer.clock.now
            await marking.mark(tx, mine, event, came=came, via="link", now=now)

    async def brings_in(self, document: str, language: str) -> None:
        """Who runs the bot brings a file in."""
        async with self.wegwijzer.bot.database.writing() as tx:
            file, now = b"%PDF-1.7\n%%EOF\n", self.wegwijzer.clock.now
            await documents.add(tx, document, language, file, now=now)

    async def state_of(self, event: int, phone: Phone) -> Place | None:
        """What somebody has there."""
        async with self.wegwijzer.bot.database.writing() as tx:
            found = await listing.of(tx, event, await self._participant(tx, phone))
        return None if found is None else found.state

    async def _participant(self, tx: Tx, phone: Phone) -> ParticipantId:
        wanted = select(people.people.c.id).where(people.people.c.telegram_id == phone.person)
        person = await tx.scalar(wanted)
        return await participants.of_person(
            tx, person, now=self.wegwijzer.clock.now - timedelta(hours=1)
        )

    async def has_contact(self, event: int, phone: Phone) -> None:
        """This person speaks for the organisation of a shift."""
        async with self.wegwijzer.bot.database.writing() as tx:
            wanted = select(people.people).where(people.people.c.telegram_id == phone.person)
            [row] = await tx.all(wanted)
            owner = (
                select(tables.assignments.c.organisation_id)
                .join(tables.shifts, tables.shifts.c.assignment_id == tables.assignments.c.id)
                .where(tables.shifts.c.event_id == event)
            )
            values = {"person_id": row["id"], "name": "Els", "created_at": row["created_at"]}
            table = tables.organisation_contacts
            await tx.execute(
                table.insert().values(organisation_id=owner.scalar_subquery(), **values)
            )
