"""Which coordinators look after which office: those set for it, or all where none is."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from bot.errors import Outdated
from bot.people import service as people
from bot.people.domain import Colleague, Person, Role, is_at_least, require
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain.organisations import NotYourOffice


async def require_office(tx: Tx, person: Person, office: str) -> None:
    """Raises StaffOnly, NotYourOffice: judged on the server's rows, at every action."""
    require(person, Role.COORDINATOR)
    theirs = await _set_for(tx, office)
    if theirs and person.id not in theirs and not is_at_least(person.role, Role.ADMIN):
        raise NotYourOffice


async def others(tx: Tx, person: Person) -> set[str]:
    """Offices that other coordinators look after, and this one does not."""
    if is_at_least(person.role, Role.ADMIN):
        return set()
    table = tables.office_coordinators
    rows = await tx.all(select(table.c.office, table.c.person_id))
    own = {row["office"] for row in rows if row["person_id"] == person.id}
    return {row["office"] for row in rows} - own


async def responsible(tx: Tx, office: str) -> Sequence[Colleague]:
    """Who looks after an office: those set for it, or all where none is."""
    everybody = await people.staff_members(tx, needed=Role.COORDINATOR)
    theirs = await _set_for(tx, office)
    return [one for one in everybody if one.person.id in theirs] or everybody


async def on_duty(tx: Tx, office: str, present: Sequence[int]) -> Sequence[int]:
    """Those who look after an office, of all who are on duty now, in the same order."""
    theirs = {int(one.person.id) for one in await responsible(tx, office)} if present else set()
    return [one for one in present if one in theirs]


async def coordinators(tx: Tx, office: str) -> Sequence[Person]:
    """The same, as far as they can be written to; else all who can, so that somebody hears it."""
    theirs = [one.person for one in await responsible(tx, office) if one.has_own_chat]
    if theirs:
        return theirs
    everybody = await people.staff_members(tx, needed=Role.COORDINATOR)
    return [one.person for one in everybody if one.has_own_chat]


async def held(tx: Tx, person: Person) -> dict[str, list[str]]:
    """The names of who looks after each office that has coordinators of its own, for colleagues.
    Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    table = tables.office_coordinators
    rows = await tx.all(select(table.c.office, table.c.person_id).order_by(table.c.person_id))
    team = await people.staff_members(tx, needed=Role.COORDINATOR)
    names = {one.person.id: one.person.first_name for one in team}
    found: dict[str, list[str]] = {}
    for row in rows:
        if row["person_id"] in names:
            found.setdefault(row["office"], []).append(names[row["person_id"]])
    return found


async def candidates(
    tx: Tx, person: Person, office: str
) -> tuple[Sequence[Colleague], Collection[int]]:
    """Every coordinator, and who of them looks after an office. Raises StaffOnly."""
    require(person, Role.ADMIN)
    team = await people.staff_members(tx, needed=Role.COORDINATOR)
    return team, await _set_for(tx, office)


async def give(
    tx: Tx, person: Person, office: str, colleague: int, *, is_on: bool, now: datetime
) -> None:
    """A coordinator looks after an office from now on, or no more. Raises StaffOnly, and Outdated
    for who is no coordinator any more."""
    require(person, Role.ADMIN)
    table = tables.office_coordinators
    if is_on:
        team = await people.staff_members(tx, needed=Role.COORDINATOR)
        if colleague not in {one.person.id for one in team}:
            raise Outdated
        made = tx.insert(table).values(office=office, person_id=colleague)
        await tx.execute(made.on_conflict_do_nothing())
    else:
        own = table.c.office == office, table.c.person_id == colleague
        await tx.execute(delete(table).where(*own))
    action = "office.given" if is_on else "office.taken"
    subject, detail = f"office:{office}", {"to": colleague}
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject, detail=detail)


async def _set_for(tx: Tx, office: str) -> set[int]:
    table = tables.office_coordinators
    rows = await tx.all(select(table.c.person_id).where(table.c.office == office))
    return {row["person_id"] for row in rows}
