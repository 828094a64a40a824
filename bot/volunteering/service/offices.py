"""Which coordinators look after which office: those set for it, or all where none is."""

from collections.abc import Sequence

from sqlalchemy import select

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


async def coordinators(tx: Tx, office: str) -> Sequence[Person]:
    """The same, as far as they can be written to; else all who can, so that somebody hears it."""
    theirs = [one.person for one in await responsible(tx, office) if one.has_own_chat]
    if theirs:
        return theirs
    everybody = await people.staff_members(tx, needed=Role.COORDINATOR)
    return [one.person for one in everybody if one.has_own_chat]


async def _set_for(tx: Tx, office: str) -> set[int]:
    table = tables.office_coordinators
    rows = await tx.all(select(table.c.person_id).where(table.c.office == office))
    return {row["person_id"] for row in rows}
