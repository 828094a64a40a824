"""Five hundred volunteers on their phones, and one shift for all of them."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import func, insert, select, update

from bot.delivery import depths
from bot.events.domain import EventId, Place
from bot.events.service import places
from bot.events.tables import participants
from bot.people.tables import people
from bot.simulator.phones import Phone
from bot.simulator.scripting import Simulation
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering.domain.enrolling import VERSIONS
from bot.volunteering.tables import consents, volunteers
from tests.support.event_makers import DAY, taken
from tests.support.shift_makers import a_shift

PEOPLE, PLACES = 500, 50
SPEED = 1000.0  # Telegram's limits are somebody else's test
_PATIENCE = 120.0
_POSITION = re.compile(r"You are on the waitlist, number (\d+)")


@dataclass
class Race:
    """Everybody, on one database, whichever bots work on it."""

    simulation: Simulation
    database: Database
    group: int
    phones: list[Phone] = field(default_factory=list)

    async def arrives(self) -> EventId:
        """Everybody opens the bot and becomes a volunteer; the shift for which they will tap."""
        await self.simulation.limits(speed=SPEED)
        for number in range(PEOPLE):
            phone = await self.simulation.person(f"Person {number}", language_code="en")
            self.phones.append(phone)
        await asyncio.gather(*(phone.starts() for phone in self.phones))
        await self.is_quiet()
        async with self.database.writing() as tx:
            return await _they_are_volunteers(tx)

    async def taps_at_once(self, event: EventId) -> None:
        """The button of the shift, below the last message that each has of the bot."""
        await asyncio.gather(
            *(phone.forges_tap(phone.messages()[-1], f"vtake:{event}") for phone in self.phones)
        )
        await self.is_quiet()

    async def is_quiet(self) -> None:
        """Until every tap has reached a bot and everything that was heard is answered."""
        await self.simulation.is_quiet(self._is_drained, patience=_PATIENCE)

    async def _is_drained(self) -> None:
        async with asyncio.timeout(_PATIENCE):
            while not await self._is_empty():
                await asyncio.sleep(0.1)  # other processes work: there is nothing to wait on

    async def _is_empty(self) -> bool:
        async with self.database.reading() as tx:
            return (await depths.read(tx)).are_empty

    async def was_fair(self, event: EventId) -> None:
        """As many places as there are, all others wait in order, and each phone says so."""
        async with self.database.reading() as tx:
            listed = await places.on_the_list(tx, event)
            assert await taken(tx, event) == (PLACES, PLACES), "places counted, and places had"
        placed = [one.name for one in listed if one.state is Place.PLACED]
        waiting = [one.name for one in listed if one.state is Place.WAITING]
        assert (len(placed), len(waiting)) == (PLACES, PEOPLE - PLACES)
        told = {
            phone.name: "\n".join(one.text for one in phone.messages()) for phone in self.phones
        }
        assert all("The place is yours." in told[name] for name in placed)
        numbers = [_POSITION.search(told[name]) for name in waiting]
        positions = [0 if found is None else int(found[1]) for found in numbers]
        assert positions == list(range(1, PEOPLE - PLACES + 1))


@asynccontextmanager
async def a_race(telegram: str, address: str) -> AsyncIterator[Race]:
    """People who have not come yet; bots are the journey's."""
    async with Simulation(telegram) as simulation:
        database = Database(address)
        try:
            group = simulation.known_group("Wegwijzer — team").chat
            yield Race(simulation, database, group)
        finally:
            await database.close()


async def _they_are_volunteers(tx: Tx) -> EventId:
    """All have chosen a language, were approved and have agreed; and there is a shift."""
    now = await tx.scalar(select(func.max(people.c.created_at)))
    await tx.execute(update(people).values(language="en"))
    who = select(people.c.id, people.c.created_at).where(people.c.first_name.like("Person %"))
    await tx.execute(insert(participants).from_select(["person_id", "created_at"], who))
    ids = [row["id"] for row in await tx.all(select(participants.c.id))]
    file = {"office": "gent", "state": "active", "source": "telegram", "enrolled_at": now}
    await tx.execute(insert(volunteers), [file | {"id": n, "age_group": "adult"} for n in ids])
    agreed = [
        {"volunteer_id": n, "document": document, "version": version, "at": now, "via": "self"}
        for n in ids
        for document, version in VERSIONS.items()
    ]
    await tx.execute(insert(consents), agreed)
    return await a_shift(tx, capacity=PLACES, starts_at=now + 10 * DAY, now=now)
