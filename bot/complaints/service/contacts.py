"""The contact persons: somebody outside the team, by a one-time link of the operator."""

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from bot.complaints import domain
from bot.complaints.domain import Counts, LinkSpent, NotAContact, NotForTheTeam
from bot.complaints.tables import complaint_contacts, complaint_invitations, complaints
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx


async def invite(tx: Tx, *, now: datetime) -> str:
    """The code for a link `?start=contact_<code>`. Only its hash is kept."""
    code = secrets.token_urlsafe(24)
    mark = domain.hashed(code)
    expires = now + domain.INVITATION_LASTS
    row = {"code_hash": mark, "made_at": now, "expires_at": expires}
    await tx.execute(insert(complaint_invitations).values(row))
    await _note(tx, "complaints.invited", mark, actor=None, now=now)
    return code


async def join(tx: Tx, person: Person, code: str, *, now: datetime) -> bool:
    """Become a contact person; False when they are one already, by this link.

    Raises NotForTheTeam, LinkSpent.
    """
    if person.role is not None:
        raise NotForTheTeam
    mark = domain.hashed(code)
    if not await _take(tx, mark, person, now=now):
        await _require_own(tx, mark, person)
        return False
    statement = tx.insert(complaint_contacts).values(person_id=person.id, since=now)
    await tx.execute(statement.on_conflict_do_nothing(index_elements=["person_id"]))
    await _note(tx, "complaints.joined", mark, actor=person, now=now)
    return True


async def _take(tx: Tx, mark: str, person: Person, *, now: datetime) -> bool:
    """One statement, so that of two who open the link at once exactly one is let in."""
    links = complaint_invitations.c
    taken = await tx.execute(
        update(complaint_invitations)
        .where(_is(mark), links.used_at.is_(None), links.expires_at > now)
        .values(used_at=now, used_by=person.id)
    )
    return taken.rowcount == 1


async def _require_own(tx: Tx, mark: str, person: Person) -> None:
    used_by = await tx.scalar(select(complaint_invitations.c.used_by).where(_is(mark)))
    if used_by != person.id or not await _is_listed(tx, person):
        raise LinkSpent


def _is(mark: str) -> ColumnElement[bool]:
    return complaint_invitations.c.code_hash == mark


async def all_of(tx: Tx) -> list[Person]:
    """Who receives complaints now. Whoever has joined the team since does not."""
    rows = await tx.all(select(complaint_contacts).order_by(complaint_contacts.c.since))
    found = [await people.find_person(tx, row["person_id"]) for row in rows]
    return [one for one in found if one is not None and one.role is None]


async def require(tx: Tx, person: Person) -> None:
    """Raises NotAContact, NotForTheTeam."""
    if not await _is_listed(tx, person):
        raise NotAContact
    if person.role is not None:
        raise NotForTheTeam


async def _is_listed(tx: Tx, person: Person) -> bool:
    own = select(complaint_contacts).where(complaint_contacts.c.person_id == person.id)
    return await tx.one(own) is not None


async def remove(tx: Tx, person_id: int, *, now: datetime) -> bool:
    """No complaint reaches this person from now on. False when they were none."""
    gone = await tx.execute(
        delete(complaint_contacts).where(complaint_contacts.c.person_id == person_id)
    )
    if gone.rowcount:
        await people.record(
            tx, at=now, actor=None, action="complaints.removed", subject=f"person:{person_id}"
        )
    return bool(gone.rowcount)


async def counts(tx: Tx) -> Counts:
    """Who receives, and how many wait for a reply."""
    mine = complaints.c
    open_ = select(func.count()).where(mine.answered_on.is_(None), mine.is_reduced.is_(False))
    return Counts(len(await all_of(tx)), int(await tx.scalar(open_)))


async def _note(tx: Tx, action: str, mark: str, *, actor: Person | None, now: datetime) -> None:
    who = None if actor is None else actor.id
    await people.record(tx, at=now, actor=who, action=action, subject=f"invitation:{mark[:12]}")
