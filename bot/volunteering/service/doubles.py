"""Two files that may be of one person: found when a file is written, told apart by people."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, case, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.events import tables as events_tables
from bot.events.domain import SHIFT, ParticipantId, Place
from bot.events.service import participants
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.people.domain.team import folded
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import State, Status
from bot.volunteering.domain import merging as domain
from bot.volunteering.domain.merging import Double, NoDouble, Side
from bot.volunteering.service import offices

AT_ONCE: Final = 8  # pairs on a screen

_file, _who, _table = tables.volunteers, events_tables.participants, tables.doubles


async def look_for(tx: Tx, volunteer: int, *, now: datetime) -> None:
    """Is there a file of the same first name with the same number, or in the same town and with
    none or the same number? At least one of the two has no Telegram."""
    own = await tx.one(_files().where(_file.c.id == volunteer))
    if own is None:
        return
    near = or_(
        _file.c.postcode == own["postcode"],
        and_(_file.c.phone.is_not(None), _file.c.phone == own["phone"]),
    )
    others = _files().where(_file.c.id != volunteer, near)
    if own["person_id"] is not None:
        others = others.where(_who.c.person_id.is_(None))
    name = folded(await participants.name_of(tx, volunteer))
    for other in await tx.all(others.order_by(_file.c.id)):
        if not domain.is_same_name(name, folded(other["name"] or "")):
            continue
        if None in (own["phone"], other["phone"]):
            await note(tx, volunteer, other["id"], domain.NAME, now=now)
        elif own["phone"] == other["phone"]:
            await note(tx, volunteer, other["id"], domain.PHONE, now=now)


async def note(tx: Tx, one: int, other: int, reason: str, *, now: datetime) -> None:
    """A coordinator should look at these two; once, in whichever order they are found."""
    first, second = sorted((one, other))
    values = {"volunteer_id": first, "other_id": second, "reason": reason, "found_at": now}
    made = tx.insert(_table).values(values)
    if reason == domain.LINK:  # now it is certain, whatever was said before
        again = {"reason": reason, "parted_at": None}
        made = made.on_conflict_do_update(index_elements=["volunteer_id", "other_id"], set_=again)
    else:
        made = made.on_conflict_do_nothing(index_elements=["volunteer_id", "other_id"])
    await tx.execute(made)


async def count(tx: Tx, person: Person) -> int:
    """How many pairs wait for this coordinator. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    found = _open(await offices.others(tx, person)).with_only_columns(func.count())
    return int(await tx.scalar(found) or 0)


async def listed(tx: Tx, person: Person) -> list[tuple[int, str]]:
    """The oldest pairs: number, and what both are called. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    elsewhere = await offices.others(tx, person)
    rows = await tx.all(_open(elsewhere).order_by(_table.c.id).limit(AT_ONCE))
    return [(row["id"], await _names(tx, row)) for row in rows]


async def look(tx: Tx, person: Person, double_id: int) -> Double:
    """Both, side by side. Raises StaffOnly, NotYourOffice, NoDouble, BothHaveTelegram."""
    row = await tx.one(select(_table).where(_table.c.id == double_id))
    if row is None or row["parted_at"] is not None:
        require(person, Role.COORDINATOR)
        raise NoDouble
    sides = [await _side(tx, row[name]) for name in ("volunteer_id", "other_id")]
    for side in sides:
        await offices.require_office(tx, person, side.office)
    keep, gone = domain.keeps(*sides)
    return Double(id=double_id, reason=row["reason"], keep=keep, gone=gone)


async def part(tx: Tx, person: Person, double_id: int, *, now: datetime) -> None:
    """Two different people: never asked again, unless one of them opens the other's link."""
    found = await look(tx, person, double_id)
    own = _table.c.id == double_id, _table.c.parted_at.is_(None)
    if (await tx.execute(update(_table).where(*own).values(parted_at=now))).rowcount != 1:
        raise NoDouble
    subject = f"volunteer:{found.keep.id}"
    detail = {"other": found.gone.id}
    action = "volunteer.parted"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject, detail=detail)


async def _names(tx: Tx, row: Row) -> str:
    both = [await participants.name_of(tx, row[name]) for name in ("volunteer_id", "other_id")]
    return " · ".join(dict.fromkeys(both))


def _open(elsewhere: set[str]) -> Select[Any]:
    """Pairs of which both files are this coordinator's, and neither is gone."""
    one, other = aliased(_file), aliased(_file)
    return (
        select(_table)
        .join(one, one.c.id == _table.c.volunteer_id)
        .join(other, other.c.id == _table.c.other_id)
        .where(
            _table.c.parted_at.is_(None),
            *(side.c.stripped_at.is_(None) for side in (one, other)),
            *(side.c.office.not_in(elsewhere) for side in (one, other)),
        )
    )


def _files() -> Select[Any]:
    wanted = select(_file, _who.c.person_id, _who.c.name)
    return wanted.join(_who, _who.c.id == _file.c.id).where(_file.c.stripped_at.is_(None))


async def _side(tx: Tx, volunteer: int) -> Side:
    row = await tx.one(_files().where(_file.c.id == volunteer).add_columns(*_counted()))
    if row is None:
        raise NoDouble
    return Side(
        id=volunteer,
        name=await participants.name_of(tx, ParticipantId(volunteer)),
        town=row["town"] or "",
        office=row["office"],
        state=State(row["state"]),
        source=row["source"],
        enrolled_at=row["enrolled_at"],
        has_telegram=row["person_id"] is not None,
        phone=row["phone"] or "",
        age_group=row["age_group"],
        **_numbers(row),
    )


def _counted() -> list[Any]:
    hours, letters, notes = tables.hours.c, tables.letters.c, tables.notes.c
    event, place = events_tables.events.c, events_tables.registrations.c
    came = case((place.state == Place.ATTENDED, 1))
    shifts = (
        select(func.count(came))
        .join(events_tables.events, event.id == place.event_id)
        .where(place.participant_id == _file.c.id, event.kind == SHIFT)
    )
    minutes = select(func.sum(hours.minutes)).where(
        hours.volunteer_id == _file.c.id, hours.state != "refused"
    )
    status = select(tables.trajectories.c.status).where(
        tables.trajectories.c.volunteer_id == _file.c.id
    )
    kept = {
        "shifts": shifts,
        "minutes": minutes,
        "letters": select(func.count(letters.number)).where(letters.volunteer_id == _file.c.id),
        "notes": select(func.count(notes.id)).where(notes.volunteer_id == _file.c.id),
        "status": status,
    }
    return [
        one.correlate(_file).scalar_subquery().label(f"their_{name}") for name, one in kept.items()
    ]


def _numbers(row: Row) -> dict[str, Any]:
    counted = {
        name: row[f"their_{name}"] or 0 for name in ("shifts", "minutes", "letters", "notes")
    }
    status = row["their_status"]
    return {**counted, "status": None if status is None else Status(status)}
