"""Who may have a place: people with Telegram, and those whom a colleague enrolled by name."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from bot.events import tables
from bot.events.domain import ParticipantId
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx

_table = tables.participants


async def of_person(tx: Tx, person_id: int, *, now: datetime) -> ParticipantId:
    """The participant that this person is; made when there is none yet."""
    if (mine := await known(tx, person_id)) is not None:
        return mine
    return await newly(tx, person_id, now=now)


async def newly(tx: Tx, person_id: int, *, now: datetime) -> ParticipantId:
    """The same for somebody who was none a moment ago: a second tap may have been faster."""
    values = {"person_id": person_id, "created_at": now}
    made = tx.insert(_table).values(values).on_conflict_do_nothing(index_elements=["person_id"])
    found = await tx.scalar(made.returning(_table.c.id))
    if found is None:
        found = await known(tx, person_id)
    assert found is not None, "made, or somebody else made it meanwhile"
    return ParticipantId(found)


async def known(tx: Tx, person_id: int) -> ParticipantId | None:
    """The participant that this person is, if they ever took part."""
    found = await tx.scalar(select(_table.c.id).where(_table.c.person_id == person_id))
    return None if found is None else ParticipantId(found)


async def by_name(tx: Tx, name: str, *, now: datetime) -> ParticipantId:
    """Somebody without Telegram."""
    made = tx.insert(_table).values(name=name, created_at=now).returning(_table.c.id)
    return ParticipantId(await tx.scalar(made))


async def rename(tx: Tx, participant: ParticipantId, name: str) -> None:
    """What they want to be called."""
    await tx.execute(update(_table).where(_table.c.id == participant).values(name=name))


async def export(tx: Tx, person_id: int) -> dict[str, object]:
    """Where a person took part or wants to."""
    table = tables.registrations
    teams = tables.teams
    rows = await tx.all(
        select(
            table,
            teams.c.name.label("team"),
            (teams.c.captain_id == table.c.participant_id).label("leads_team"),
        )
        .join(_table, _table.c.id == table.c.participant_id)
        .outerjoin(teams, teams.c.id == table.c.team_id)
        .where(_table.c.person_id == person_id)
        .order_by(table.c.id)
    )
    return {"registrations": [dict(row) for row in rows]} if rows else {}


async def forget(tx: Tx, person_id: int) -> None:
    """Nothing leads to the person any more; what they took part in stays as a number."""
    await tx.execute(
        update(_table).where(_table.c.person_id == person_id).values(person_id=None, name=None)
    )


async def people_of(tx: Tx, participants: Iterable[ParticipantId]) -> dict[ParticipantId, Person]:
    """Who can be written to; who has no Telegram (any more), or blocked the bot, is left out."""
    wanted = select(_table.c.id, _table.c.person_id).where(
        _table.c.id.in_(set(participants)), _table.c.person_id.is_not(None)
    )
    ids = {row["id"]: row["person_id"] for row in await tx.all(wanted)}
    known = await people.reachable(tx, ids.values()) if ids else {}
    return {ParticipantId(one): known[ids[one]] for one in ids if ids[one] in known}


async def person_of(tx: Tx, participant: ParticipantId) -> Person | None:
    """The same for one."""
    return (await people_of(tx, [participant])).get(participant)


async def name_of(tx: Tx, participant: int) -> str:
    """What somebody is called on a list."""
    row = await tx.one(select(_table).where(_table.c.id == participant))
    if row is None:
        return "—"
    if row["name"] or row["person_id"] is None:
        return row["name"] or "—"
    person = await people.find_person(tx, row["person_id"])
    return "—" if person is None else person.first_name


async def names_of(tx: Tx, ids: Iterable[ParticipantId]) -> dict[ParticipantId, str]:
    """What several are called on a list; whose name is not known is left out."""
    found = await tx.all(select(_table).where(_table.c.id.in_(set(ids))))
    of_people = [row["person_id"] for row in found if row["person_id"] is not None]
    first_names = await people.staff_names(tx, of_people) if of_people else {}
    named = {row["id"]: row["name"] or first_names.get(row["person_id"]) for row in found}
    return {ParticipantId(one): name for one, name in named.items() if name}


async def unlink(tx: Tx, participant: ParticipantId) -> None:
    """The same for one of them, with or without Telegram."""
    values = {"person_id": None, "name": None}
    await tx.execute(update(_table).where(_table.c.id == participant).values(values))
