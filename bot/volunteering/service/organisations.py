"""Organisations: who they are, which criteria they meet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, update

from bot.errors import Outdated
from bot.infodesk.directory.towns import Town
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.people.domain.team import folded
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import SECTORS
from bot.volunteering.domain.assignments import Stage, fitted
from bot.volunteering.domain.organisations import (
    CRITERIA,
    NameTaken,
    Organisation,
    OrganisationId,
)
from bot.volunteering.service.offices import others, require_office

NAME_LENGTH = 120
PAGE = 8

_table = tables.organisations


class Listed(NamedTuple):
    """A page of organisations, and whether another follows."""

    organisations: Sequence[Organisation]
    has_more: bool


async def add(
    tx: Tx, person: Person, *, name: str, sector: str, office: str, town: Town, now: datetime
) -> Organisation:
    """A new organisation; its criteria are checked afterwards.

    Raises StaffOnly, NotYourOffice, NameTaken, EmptyText, TooLong, Outdated for a sector that does
    not exist.
    """
    await require_office(tx, person, office)
    if sector not in SECTORS:
        raise Outdated
    name = fitted(name, NAME_LENGTH)
    if await named(tx, name) is not None:
        raise NameTaken(name=name)
    values = {"name": name, "sector": sector, "office": office, **placed(town), "created_at": now}
    made = tx.insert(_table).values(values).on_conflict_do_nothing(index_elements=["name"])
    new = await tx.scalar(made.returning(_table.c.id))
    if new is None:
        raise NameTaken(name=name)
    await note(tx, "organisation.added", new, actor=person, now=now)
    return await get(tx, new)


async def change(
    tx: Tx,
    person: Person,
    organisation_id: int,
    *,
    name: str,
    sector: str,
    town: Town | None,
    now: datetime,
) -> Organisation:
    """Another name, sector or town (None: the same). Its office, and where its assignments are,
    stay. Raises StaffOnly, NotYourOffice, NameTaken, EmptyText, TooLong, Outdated."""
    before = await seen(tx, person, organisation_id)
    name = fitted(name, NAME_LENGTH)
    if sector not in SECTORS:
        raise Outdated
    same = await named(tx, name)
    if same is not None and same.id != before.id:
        raise NameTaken(name=name)
    where = {} if town is None else placed(town)
    own = update(_table).where(_table.c.id == organisation_id)
    await tx.execute(own.values(name=name, sector=sector, **where))
    await note(tx, "organisation.changed", organisation_id, actor=person, now=now)
    return await get(tx, organisation_id)


async def get(tx: Tx, organisation_id: int) -> Organisation:
    """One of them. Raises Outdated when it is gone."""
    row = await tx.one(select(_table).where(_table.c.id == organisation_id))
    if row is None:
        raise Outdated
    return organisation(row)


async def named(tx: Tx, name: str) -> Organisation | None:
    """The organisation of that name, however it is written."""
    row = await tx.one(select(_table).where(func.lower(_table.c.name) == name.lower()))
    if row is not None:
        return organisation(row)
    return (await by_folded_name(tx)).get(folded(name))  # SQLite lowers ASCII only


async def by_folded_name(tx: Tx) -> dict[str, Organisation]:
    """Every organisation by its name as fingers mean it."""
    rows = await tx.all(select(_table))
    return {folded(row["name"]): organisation(row) for row in rows}


async def listed(tx: Tx, person: Person, *, page: int = 0) -> Listed:
    """Those of the coordinator's offices by name, active ones first. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    found = select(_table).where(_table.c.office.not_in(await others(tx, person)))
    found = found.order_by(_table.c.is_active.desc(), func.lower(_table.c.name), _table.c.id)
    rows = await tx.all(found.offset(page * PAGE).limit(PAGE + 1))
    return Listed([organisation(row) for row in rows[:PAGE]], len(rows) > PAGE)


async def seen(tx: Tx, person: Person, organisation_id: int) -> Organisation:
    """One of them, for a coordinator of its office. Raises StaffOnly, NotYourOffice, Outdated."""
    found = await get(tx, organisation_id)
    await require_office(tx, person, found.office)
    return found


async def set_criterion(
    tx: Tx, person: Person, organisation_id: int, criterion: str, *, is_met: bool, now: datetime
) -> tuple[Organisation, int]:
    """Tick a criterion or take the tick away; then its open assignments wait again.

    Returns the organisation and how many assignments were taken from the list.
    """
    before = await seen(tx, person, organisation_id)
    if criterion not in CRITERIA:
        raise Outdated
    after = before.criteria | {criterion} if is_met else before.criteria - {criterion}
    met = [one for one in CRITERIA if one in after]
    await tx.execute(
        update(_table)
        .where(_table.c.id == organisation_id)
        .values(criteria=met, criteria_at=now if len(met) == len(CRITERIA) else None)
    )
    detail = {"criterion": criterion, "met": is_met}
    await note(tx, "organisation.criterion", organisation_id, actor=person, now=now, detail=detail)
    waiting = 0 if is_met else await withdraw(tx, organisation_id, now=now)
    return await get(tx, organisation_id), waiting


async def set_active(
    tx: Tx, person: Person, organisation_id: int, *, is_active: bool, now: datetime
) -> Organisation:
    """An organisation that stops: nothing of it is offered any more; it can come back."""
    await seen(tx, person, organisation_id)
    own = _table.c.id == organisation_id
    await tx.execute(update(_table).where(own).values(is_active=is_active))
    if not is_active:
        await withdraw(tx, organisation_id, now=now)
    action = "organisation.resumed" if is_active else "organisation.stopped"
    await note(tx, action, organisation_id, actor=person, now=now)
    return await get(tx, organisation_id)


async def withdraw(tx: Tx, organisation_id: int, *, now: datetime) -> int:
    """Open assignments become drafts; shifts that people have a place in stay."""
    table = tables.assignments
    done = await tx.execute(
        update(table)
        .where(table.c.organisation_id == organisation_id, table.c.state == Stage.OPEN)
        .values(state=Stage.DRAFT, changed_at=now)
    )
    return int(done.rowcount)


async def note(
    tx: Tx,
    action: str,
    organisation_id: int,
    *,
    actor: Person | None,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """A line in the audit log."""
    who = None if actor is None else actor.id
    subject = f"organisation:{organisation_id}"
    await people.record(tx, at=now, actor=who, action=action, subject=subject, detail=detail)


def placed(town: Town) -> dict[str, Any]:
    """The columns that say where."""
    return {
        "town": town.name,
        "postcode": town.postcode,
        "latitude": town.latitude,
        "longitude": town.longitude,
    }


def organisation(row: Row) -> Organisation:
    """A row as a value."""
    return Organisation(
        id=OrganisationId(row["id"]),
        name=row["name"],
        sector=row["sector"],
        office=row["office"],
        town=row["town"],
        postcode=row["postcode"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        criteria=frozenset(row["criteria"]),
        is_active=row["is_active"],
    )
