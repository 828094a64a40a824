"""What somebody wants to get, and does not want any more."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select

from bot.broadcast import tables
from bot.broadcast.domain import OPT_IN, Topic
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.service import thanks

_table = tables.subscriptions


async def of_person(tx: Tx, person_id: int) -> dict[Topic, bool]:
    """Every topic, and whether they get it."""
    rows = await tx.all(select(_table).where(_table.c.person_id == person_id))
    chosen = {row["topic"]: bool(row["is_on"]) for row in rows}
    if await thanks.are_unwanted(tx, person_id):  # the thank-you of the year has its own button
        chosen[Topic.THANKS] = False
    return {topic: chosen.get(topic, topic not in OPT_IN) for topic in Topic}


async def choose(tx: Tx, person: Person, topic: Topic, *, is_on: bool, now: datetime) -> None:
    """From now on, or no more; a second tap changes nothing. It is one choice with that about the
    thank-you of the year."""
    if topic is Topic.THANKS:
        await thanks.choose(tx, person, is_on=is_on, now=now)
    values = {"person_id": person.id, "topic": topic, "is_on": is_on, "at": now}
    statement = tx.insert(_table).values(values)
    changed = {"is_on": is_on, "at": now}
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["person_id", "topic"], set_=changed)
    )


async def unwilling(tx: Tx, topic: Topic, people: Collection[int]) -> set[int]:
    """Which of these people do not get this topic (any more)."""
    wanted = select(_table.c.person_id, _table.c.is_on).where(
        _table.c.topic == topic, _table.c.person_id.in_(set(people))
    )
    chosen = {row["person_id"]: bool(row["is_on"]) for row in await tx.all(wanted)}
    return {one for one in people if not chosen.get(one, topic not in OPT_IN)}


def said(topic: Topic, *, is_on: bool) -> Select[tuple[int]]:
    """Ids of the people who said yes, or no, to a topic."""
    return select(_table.c.person_id).where(_table.c.topic == topic, _table.c.is_on.is_(is_on))
