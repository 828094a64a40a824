"""Messages to many, who gets them, and an outbox that is sent, for tests."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select, update

from bot import clock
from bot.broadcast import jobs, tables
from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import Audience, Broadcast, Draft, Fate, Group, Kind, Topic
from bot.broadcast.service import drafting, rows, sending
from bot.delivery.outcomes import Outcome
from bot.delivery.results import News
from bot.delivery.tables import outbox as posts
from bot.people import service as people
from bot.people import tables as people_tables
from bot.people.domain import Person, PersonId, Role, State
from bot.schedule import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering.service import whereabouts
from tests.support import delivery_makers, letter_makers, organisation_makers
from tests.support import volunteering_makers as making
from tests.support.delivery_makers import Line
from tests.support.volunteering_makers import NOW

GROUP = -1001000000042
EVERYBODY = Audience(tuple(Group))
FIRST = 7_000_000_000


def a_desk(*, group: int | None = GROUP) -> BroadcastDesk:
    """The offices of the example, the shipped towns and words."""
    volunteering = organisation_makers.a_desk()
    return BroadcastDesk(
        catalogs=volunteering.catalogs,
        organisation="Refu Interim",
        staff_language="nl",
        town_of=partial(whereabouts.town_of, volunteering),
        offices=volunteering.offices,
        staff_groups={} if group is None else {"infodesk": group},
    )


def a_draft(**changes: Any) -> Draft:
    """Practical news for everybody, in Dutch and English."""
    values: dict[str, Any] = {
        "kind": Kind.OWN,
        "topic": Topic.NEWS,
        "audience": EVERYBODY,
        "texts": {"nl": "Morgen zijn we dicht.", "en": "We are closed tomorrow."},
    }
    return Draft(**(values | changes))


async def a_newcomer(tx: Tx, number: int, language: str = "en", **changes: Any) -> Person:
    """Somebody who chose a language; `state="blocked"` …"""
    name = changes.pop("name", f"Person {number}")
    id_ = await making.a_person(tx, FIRST + number, name=name, language=language)
    if changes:
        table = people_tables.people
        await tx.execute(update(table).where(table.c.id == id_).values(changes))
    return Person(PersonId(id_), FIRST + number, name, language, None)


async def newcomers(tx: Tx, count: int, *, language: str = "en", first: int = 1) -> None:
    """Many at once."""
    values = [
        {
            "telegram_id": FIRST + number,
            "first_name": f"Person {number}",
            "language": language,
            "state": State.REACHABLE,
            "created_at": NOW,
            "seen_at": NOW,
        }
        for number in range(first, first + count)
    ]
    await tx.execute(people_tables.people.insert(), values)


async def a_worker(tx: Tx, number: int, minutes: int = 330, language: str = "en") -> Person:
    """A volunteer in Ghent who gave hours two weeks ago."""
    person = await a_newcomer(tx, number, language)
    mine = await making.a_volunteer(tx, person=person.id)
    await letter_makers.confirmed(tx, mine, minutes)
    return person


async def a_colleague(
    tx: Tx, number: int = 900, role: Role | None = Role.COORDINATOR, *, name: str = "Karen"
) -> Person:
    """A coordinator who reads Dutch."""
    person = await organisation_makers.a_colleague(tx, FIRST + number, role)
    table = people_tables.people
    await tx.execute(update(table).where(table.c.id == person.id).values(first_name=name))
    return Person(person.id, person.telegram_id, name, "nl", role)


async def begun(
    desk: BroadcastDesk, tx: Tx, person: Person, draft: Draft, *, now: datetime = NOW
) -> Broadcast:
    """A draft that is on its way, with a second yes if it needs one."""
    kept = await drafting.keep(tx, person, draft, now=now)
    yes = {"approved_by": person.id, "approved_sign": kept.draft.sign}
    return await sending.begin(desk, tx, await rows.write(tx, kept.id, yes), now=now)


async def fates(database: Database, id_: int) -> dict[Fate, int]:
    """What became of all copies."""
    async with database.reading() as tx:
        return await rows.fates(tx, id_)


async def bodies(tx: Tx, lane: int = 3) -> Sequence[Any]:
    """Copies in the outbox that were not sent."""
    wanted = select(posts).where(posts.c.lane == lane, posts.c.state == "waiting")
    return await tx.all(wanted.order_by(posts.c.id))


async def stage(database: Database, id_: int) -> str:
    """Where it stands."""
    async with database.reading() as tx:
        wanted = select(tables.broadcasts.c.stage).where(tables.broadcasts.c.id == id_)
        return str(await tx.scalar(wanted))


class Post:
    """The leader: feeds what is due and sends what waits, at a time of its own."""

    def __init__(self, desk: BroadcastDesk, database: Database, now: datetime = NOW) -> None:
        self.desk, self.database, self.now = desk, database, now
        clock.moves_to(now)
        self.line = Line()
        news = News(receipts=jobs.receipts(), unreachable=(people.mark_unreachable,))
        self.sender = delivery_makers.a_sender(database, self.line, news)

    def answers(self, answer: Callable[[int], Outcome | None]) -> None:
        """What Telegram says to a copy for this chat; None: that it was sent."""
        send = self.line.send

        async def sent(message: Any, places: Any) -> Outcome:
            return answer(message.to) or await send(message, places)

        self.sender.send = sent

    async def feeds(self, **later: float) -> None:
        """What is due by then is done."""
        self.now += timedelta(**later)
        clock.moves_to(self.now)
        while await due.run(self.database, jobs.due_kinds(self.desk), now=self.now):
            pass

    async def sends(self, rounds: int = 40) -> None:
        """What waits goes out, a few in a round."""
        await delivery_makers.rounds(self.sender, rounds)

    async def goes_on(self, turns: int = 4) -> None:
        """Feeding and sending in turn."""
        for _ in range(turns):
            await self.feeds(seconds=2)
            await self.sends()

    @property
    def reached(self) -> list[int]:
        """The chats that got a copy, in order; the group's own messages are none."""
        return [chat for chat, _ in self.line.heard if chat >= FIRST]
