"""Contact persons of organisations: by name, and in Telegram when they opened a one-time link."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from bot.errors import Outdated
from bot.events.service import planning
from bot.people import service as people
from bot.people.domain import Person, Role, code_hash, is_at_least
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain.assignments import fitted
from bot.volunteering.domain.organisations import (
    CONTACT_LINK_LASTS,
    Contact,
    ContactId,
    ContactLinkSpent,
    NotAContact,
    OrganisationId,
)
from bot.volunteering.service import organisations
from bot.volunteering.service.offices import require_office

NAME_LENGTH = 80
_table = tables.organisation_contacts


async def add(
    tx: Tx,
    person: Person,
    organisation_id: int,
    *,
    name: str,
    phone: str = "",
    mail: str = "",
    now: datetime,
) -> Contact:
    """Somebody to call at an organisation. Raises StaffOnly, NotYourOffice, EmptyText, TooLong."""
    await organisations.seen(tx, person, organisation_id)
    values = {
        "organisation_id": organisation_id,
        "name": fitted(name, NAME_LENGTH),
        "phone": phone.strip()[:32] or None,
        "mail": mail.strip()[:120] or None,
        "created_at": now,
    }
    new = await tx.scalar(tx.insert(_table).values(values).returning(_table.c.id))
    await organisations.note(
        tx, "organisation.contact_added", organisation_id, actor=person, now=now
    )
    return await get(tx, new)


async def change(
    tx: Tx,
    person: Person,
    contact_id: int,
    *,
    name: str,
    phone: str = "",
    mail: str = "",
    now: datetime,
) -> Contact:
    """Another name, number or mail. Raises StaffOnly, NotYourOffice, Outdated, EmptyText,
    TooLong."""
    before = await seen(tx, person, contact_id)
    values = {
        "name": fitted(name, NAME_LENGTH),
        "phone": phone.strip()[:32] or None,
        "mail": mail.strip()[:120] or None,
    }
    await tx.execute(update(_table).where(_table.c.id == contact_id).values(values))
    await organisations.note(
        tx, "organisation.contact_changed", before.organisation_id, actor=person, now=now
    )
    return await get(tx, contact_id)


async def assignments_of(tx: Tx, contact_id: int) -> Sequence[int]:
    """For which assignments somebody is called, also for a single shift of one."""
    shifts, offers = tables.shifts.c, tables.assignments.c
    usual = select(offers.id).where(offers.contact_id == contact_id)
    once = select(shifts.assignment_id.label("id")).where(shifts.contact_id == contact_id)
    return [row["id"] for row in await tx.all(usual.union(once))]


async def get(tx: Tx, contact_id: int) -> Contact:
    """One of them. Raises Outdated when they are gone."""
    row = await tx.one(select(_table).where(_is(contact_id)))
    if row is None:
        raise Outdated
    return contact(row)


async def seen(tx: Tx, person: Person, contact_id: int) -> Contact:
    """The same, for a coordinator of the organisation's office. Raises StaffOnly, NotYourOffice."""
    found = await get(tx, contact_id)
    await organisations.seen(tx, person, found.organisation_id)
    return found


async def find(tx: Tx, contact_id: int) -> Contact | None:
    """The same; None when they are gone."""
    row = await tx.one(select(_table).where(_is(contact_id)))
    return None if row is None else contact(row)


async def of_organisation(tx: Tx, organisation_id: int) -> Sequence[Contact]:
    """Its contact persons, the oldest first."""
    own = and_(_table.c.organisation_id == organisation_id, _table.c.is_active)
    return [contact(row) for row in await tx.all(select(_table).where(own).order_by(_table.c.id))]


async def remove(tx: Tx, person: Person, contact_id: int, *, now: datetime) -> OrganisationId:
    """They see nothing any more; name, telephone and mail are erased at once."""
    found = await _theirs(tx, person, contact_id)
    await leave_shifts(tx, contact_id)
    gone = {"is_active": False, "person_id": None, "phone": None, "mail": None, "name": "—"}
    await tx.execute(
        update(_table)
        .where(_table.c.id == contact_id)
        .values(**gone, link_hash=None, link_expires_at=None)
    )
    organisation_id = found.organisation_id
    await organisations.note(
        tx, "organisation.contact_removed", organisation_id, actor=person, now=now
    )
    return organisation_id


async def leave_shifts(tx: Tx, contact_id: int) -> None:
    """Their name and number no longer stand in any shift, also not in those of the past."""
    shifts, assignments = tables.shifts.c, tables.assignments.c
    rows = await tx.all(
        select(shifts.event_id)
        .join(tables.assignments, assignments.id == shifts.assignment_id)
        .where(or_(shifts.contact_id == contact_id, assignments.contact_id == contact_id))
    )
    await planning.erase_contact(tx, [row["event_id"] for row in rows])


async def leave_all(tx: Tx, person_id: int) -> None:
    """The same, for every organisation of somebody who is forgotten."""
    for one in await of_person(tx, person_id):
        await leave_shifts(tx, one.id)


async def invite(tx: Tx, person: Person, contact_id: int, *, now: datetime) -> str:
    """The code for a link `?start=vorg_<code>`; an earlier one no longer works. Only its hash is
    kept."""
    found = await _theirs(tx, person, contact_id)
    code = secrets.token_urlsafe(24)
    expires = now + CONTACT_LINK_LASTS
    await tx.execute(
        update(_table)
        .where(_table.c.id == contact_id)
        .values(link_hash=code_hash(code), link_expires_at=expires)
    )
    await organisations.note(
        tx, "organisation.contact_invited", found.organisation_id, actor=person, now=now
    )
    return code


async def join(tx: Tx, person: Person, code: str, *, now: datetime) -> Contact:
    """Become this contact person in Telegram. One statement, so that of two who open the link at
    once exactly one is let in. Raises ContactLinkSpent."""
    taken = await tx.execute(
        update(_table)
        .where(
            _table.c.link_hash == code_hash(code),
            _table.c.link_expires_at > now,
            _table.c.is_active,
        )
        .values(person_id=person.id, link_hash=None, link_expires_at=None)
        .returning(_table.c.id)
    )
    row = taken.first()
    if row is None:
        raise ContactLinkSpent
    found = await get(tx, row.id)
    await organisations.note(
        tx, "organisation.contact_joined", found.organisation_id, actor=person, now=now
    )
    return found


async def of_person(tx: Tx, person_id: int) -> Sequence[Contact]:
    """For which organisations somebody is a contact person."""
    own = and_(_table.c.person_id == person_id, _table.c.is_active)
    return [contact(row) for row in await tx.all(select(_table).where(own).order_by(_table.c.id))]


async def require_contact(tx: Tx, person: Person, event_id: int) -> None:
    """Raises NotAContact unless the person is one of the shift's organisation, by the rows of now.
    A coordinator of its office may too."""
    shifts, assignments = tables.shifts, tables.assignments
    own = and_(
        _table.c.organisation_id == assignments.c.organisation_id,
        _table.c.person_id == person.id,
        _table.c.is_active,
    )
    row = await tx.one(
        select(exists().where(own).label("is_contact"), assignments.c.office)
        .join(shifts, shifts.c.assignment_id == assignments.c.id)
        .where(shifts.c.event_id == event_id)
    )
    if row is None:
        raise Outdated
    if row["is_contact"]:
        return
    if not is_at_least(person.role, Role.COORDINATOR):
        raise NotAContact
    await require_office(tx, person, row["office"])


async def in_telegram(tx: Tx, event_id: int) -> Sequence[Person]:
    """Who is told of a shift: its own contact person, else that of its assignment, else all of the
    organisation that are in Telegram."""
    shifts, assignments = tables.shifts, tables.assignments
    row = await tx.one(
        select(shifts.c.contact_id, assignments.c.contact_id.label("usual"), assignments.c.id,
               assignments.c.organisation_id)
        .join(assignments, assignments.c.id == shifts.c.assignment_id)
        .where(shifts.c.event_id == event_id)
    )  # fmt: skip
    if row is None:
        return []
    known = [one for one in await of_organisation(tx, row["organisation_id"]) if one.person_id]
    named = [one for one in known if one.id in (row["contact_id"], row["usual"])]
    own = [one for one in named if one.id == row["contact_id"]]
    found = [
        await people.find_person(tx, one.person_id)
        for one in own or named or known
        if one.person_id is not None
    ]
    return [one for one in found if one is not None]


async def _theirs(tx: Tx, person: Person, contact_id: int) -> Contact:
    found = await get(tx, contact_id)
    where = await organisations.get(tx, found.organisation_id)
    await require_office(tx, person, where.office)
    return found


def _is(contact_id: int) -> ColumnElement[bool]:
    return and_(_table.c.id == contact_id, _table.c.is_active)


def contact(row: Row) -> Contact:
    """A row as a value."""
    return Contact(
        id=ContactId(row["id"]),
        organisation_id=OrganisationId(row["organisation_id"]),
        name=row["name"],
        phone=row["phone"] or "",
        mail=row["mail"] or "",
        person_id=row["person_id"],
    )
