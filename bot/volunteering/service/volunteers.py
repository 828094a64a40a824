"""Volunteers' files: found, told to other features, and the words in which each is written to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select, update

from bot.events import tables as events_tables
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.language.catalog import Words
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain.enrolling import Volunteer, VolunteerId
from bot.volunteering.service import offices

_file, _who = tables.volunteers, events_tables.participants


def _files() -> Select[Any]:
    return select(_file, _who.c.person_id, _who.c.name).join(_who, _who.c.id == _file.c.id)


async def get(tx: Tx, volunteer_id: int) -> Volunteer | None:
    """The file, as far as it is not stripped."""
    return _volunteer(await tx.one(_files().where(_file.c.id == volunteer_id)))


async def of_person(tx: Tx, person_id: int, **further: ColumnElement[Any]) -> Volunteer | None:
    """The file of this person; None for who never signed up. `further`: what else stands in
    `file`, by its name, so that it is read in the same statement."""
    more = [column.label(name) for name, column in further.items()]
    wanted = _files().add_columns(*more).where(_who.c.person_id == person_id)
    return _volunteer(await tx.one(wanted))


async def words_for(desk: VolunteeringDesk, tx: Tx, volunteer_id: int) -> tuple[Words, int] | None:
    """Their language and the id of their chat; None for who has no Telegram or blocked the bot."""
    person = await participants.person_of(tx, ParticipantId(volunteer_id))
    return None if person is None else (desk.catalogs.words(person.language), person.telegram_id)


async def called(tx: Tx, one: Volunteer) -> str:
    """Their name: the one they gave, else that of Telegram."""
    return one.name or await participants.name_of(tx, one.id)


async def waiting(tx: Tx, person: Person) -> list[Volunteer]:
    """Sign-ups that nobody has decided on, of this coordinator's offices, the oldest first."""
    require(person, Role.COORDINATOR)
    others = await offices.others(tx, person)
    wanted = _files().where(_file.c.state == State.ENROLLED, _file.c.stripped_at.is_(None))
    rows = await tx.all(wanted.order_by(_file.c.enrolled_at, _file.c.id))
    found = [_volunteer(row) for row in rows if row["office"] not in others]
    return [one for one in found if one is not None]


async def without_telegram(tx: Tx, person: Person) -> list[Volunteer]:
    """Volunteers of this coordinator's offices who cannot be written to, the newest first."""
    require(person, Role.COORDINATOR)
    others = await offices.others(tx, person)
    wanted = _files().where(_who.c.person_id.is_(None), _file.c.stripped_at.is_(None))
    rows = await tx.all(wanted.order_by(_file.c.enrolled_at.desc(), _file.c.id.desc()).limit(200))
    found = [_volunteer(row) for row in rows if row["office"] not in others]
    return [one for one in found if one is not None]


async def change(tx: Tx, volunteer_id: int, *, now: datetime, **values: object) -> None:
    """Write into a file; it counts as activity."""
    statement = update(_file).where(_file.c.id == volunteer_id)
    await tx.execute(statement.values(seen_at=now, **values))


def _volunteer(row: Row | None) -> Volunteer | None:
    if row is None or row["stripped_at"] is not None:
        return None
    return Volunteer(
        id=VolunteerId(row["id"]),
        name=row["name"] or "",
        person_id=row["person_id"],
        state=State(row["state"]),
        office=row["office"],
        town=row["town"] or "",
        enrolled_at=row["enrolled_at"],
        age_group=row["age_group"],
        talk=row["talk"],
        phone=row["phone"],
        languages=row["languages"],
        file=row,
    )
