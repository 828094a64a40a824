"""Coordinators change the weekly blocks; every change is in the audit log."""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete

from bot.duty import tables
from bot.duty.desk import DutyDesk
from bot.duty.domain import DAYS, Duty, lines
from bot.duty.domain.refusals import ForCoordinators, NoSuchBlock, Overlaps
from bot.duty.service import keeping, reading
from bot.duty.service.reading import Office
from bot.errors import Outdated
from bot.people import service as people
from bot.people.domain import Person, PersonId, Role, is_at_least
from bot.people.domain.team import Team
from bot.storage.transaction import Tx

ADDED, REMOVED = "duty.added", "duty.removed"


def require_coordinator(person: Person) -> None:
    """Raises ForCoordinators unless the person's own row says so."""
    if person.is_anonymous or not is_at_least(person.role, Role.COORDINATOR):
        raise ForCoordinators


async def add_line(
    desk: DutyDesk, tx: Tx, person: Person, text: str, *, now: datetime
) -> tuple[Office, list[Duty]]:
    """ "Karen ps mon 09:00-12:00 legal". Raises a Refused that names the wrong word."""
    office = await locked(desk, tx, person)
    wanted = lines.read(text, desk.vocabulary, office.team).duties()
    return await _added(tx, person, office, wanted, now=now)


async def add(
    desk: DutyDesk, tx: Tx, person: Person, wanted: Sequence[Duty], *, now: datetime
) -> tuple[Office, list[Duty]]:
    """The same by buttons. Raises Outdated when the colleague is of the team no longer."""
    office = await locked(desk, tx, person)
    if any(one.person_id not in office.team.names for one in wanted):
        raise Outdated
    return await _added(tx, person, office, wanted, now=now)


async def remove_line(
    desk: DutyDesk, tx: Tx, person: Person, text: str, *, now: datetime
) -> tuple[Office, list[Duty]]:
    """ "Karen mon": every block that fits these words. Raises NoSuchBlock when none does."""
    office = await locked(desk, tx, person)
    meant = lines.read(text, desk.vocabulary, office.team)
    gone = [one for one in office.roster.duties if meant.fits(one)]
    if not gone:
        raise NoSuchBlock
    return await _removed(tx, person, office, gone, now=now)


async def remove_one(
    desk: DutyDesk, tx: Tx, person: Person, block_id: int, *, now: datetime
) -> tuple[Office, list[Duty]]:
    """One block, by a button. Raises Outdated when it is gone."""
    office = await locked(desk, tx, person)
    gone = [one for one in office.roster.duties if one.id == block_id]
    if not gone:
        raise Outdated
    return await _removed(tx, person, office, gone, now=now)


async def replace_all(
    desk: DutyDesk, tx: Tx, wanted: Collection[Duty], *, now: datetime, unless_after: int
) -> bool:
    """The whole roster from a file, by the operator: False when it is at another version by now."""
    await keeping.changed(desk.timetable, tx)
    office = await reading.look(tx)
    if office.roster.version != unless_after + 1:
        return False
    added, gone = difference(office.roster.duties, wanted)
    await _delete(tx, gone)
    await _insert(tx, added)
    await _note(tx, None, REMOVED, gone, now=now)
    await _note(tx, None, ADDED, added, now=now)
    return True


def difference(now: Iterable[Duty], wanted: Iterable[Duty]) -> tuple[list[Duty], list[Duty]]:
    """What a file adds to the roster, and what it takes away."""
    standing = {_plain(one): one for one in now}
    asked = {_plain(one): one for one in wanted}
    added = sorted(asked[one] for one in asked.keys() - standing.keys())
    return added, sorted(standing[one] for one in standing.keys() - asked.keys())


async def locked(desk: DutyDesk, tx: Tx, person: Person) -> Office:
    """The office, for a coordinator; who changes it at the same moment waits for us."""
    require_coordinator(person)
    await keeping.changed(desk.timetable, tx)
    return await reading.look(tx)


async def _added(
    tx: Tx, person: Person, office: Office, wanted: Sequence[Duty], *, now: datetime
) -> tuple[Office, list[Duty]]:
    standing = list(office.roster.duties)
    for one in wanted:
        _no_overlap(one, standing, office.team)
        standing.append(one)
    added = await _insert(tx, wanted)
    await _note(tx, person.id, ADDED, added, now=now)
    return _with(office, (*office.roster.duties, *added)), added


async def _removed(
    tx: Tx, person: Person, office: Office, gone: Sequence[Duty], *, now: datetime
) -> tuple[Office, list[Duty]]:
    await _delete(tx, gone)
    await _note(tx, person.id, REMOVED, gone, now=now)
    left = tuple(one for one in office.roster.duties if one not in gone)
    return _with(office, left), list(gone)


async def _insert(tx: Tx, wanted: Sequence[Duty]) -> list[Duty]:
    if not wanted:
        return []
    table = tables.duty_blocks
    values = [
        {
            "desk": one.desk,
            "language": one.language,
            "person_id": one.person_id,
            "weekday": one.weekday,
            "opens": f"{one.block.opens:%H:%M}",
            "closes": f"{one.block.closes:%H:%M}",
        }
        for one in wanted
    ]
    written = await tx.all(tx.insert(table).values(values).returning(*table.c))
    return [reading.a_duty(row) for row in written]


async def _delete(tx: Tx, gone: Sequence[Duty]) -> None:
    if gone:
        table = tables.duty_blocks
        await tx.execute(delete(table).where(table.c.id.in_([one.id for one in gone])))


async def _note(
    tx: Tx, actor: PersonId | None, action: str, duties: Sequence[Duty], *, now: datetime
) -> None:
    """One line of the log for each colleague."""
    for person_id in dict.fromkeys(one.person_id for one in duties):
        blocks = [
            f"{one.desk}:{one.language}:{DAYS[one.weekday]}:{one.block}"
            for one in duties
            if one.person_id == person_id
        ]
        subject, detail = f"person:{person_id}", {"blocks": blocks}
        await people.record(tx, at=now, actor=actor, action=action, subject=subject, detail=detail)


def _no_overlap(duty: Duty, others: Iterable[Duty], team: Team) -> None:
    other = next((one for one in others if one.shares_time(duty)), None)
    if other is not None:
        block = f"{DAYS[other.weekday]} {other.block}"
        raise Overlaps(name=team.label(other.person_id), block=block)


def _with(office: Office, duties: tuple[Duty, ...]) -> Office:
    return office._replace(roster=dataclasses.replace(office.roster, duties=duties))


def _plain(duty: Duty) -> Duty:
    return dataclasses.replace(duty, id=0)
