"""One-time invitations: made on the command line, opened as a link, used once."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, insert, select, update

from bot.people import domain, tables
from bot.people.domain import InvitationSpent, Person, PersonId, Role, Via
from bot.people.service import audit, roles, rows
from bot.storage.transaction import Tx


async def invite(
    tx: Tx,
    role: Role,
    languages: Sequence[str] = (),
    *,
    skills: Sequence[str] = (),
    now: datetime,
    lasts: timedelta = domain.INVITATION_LASTS,
    by: PersonId | None = None,
) -> str:
    """The code for a link `?start=join_<code>`. Only its hash is kept: it cannot be shown again."""
    code = secrets.token_urlsafe(24)
    hashed = domain.code_hash(code)
    await tx.execute(
        insert(tables.invitations).values(
            code_hash=hashed,
            role=role,
            languages=list(languages),
            skills=list(skills),
            made_at=now,
            expires_at=now + lasts,
        )
    )
    await _note(tx, "invitation.made", hashed, role, actor=by, now=now)
    return code


async def join(tx: Tx, person: Person, code: str, *, now: datetime) -> Role:
    """Use an invitation. Raises InvitationSpent; the same person may open the link again."""
    hashed = domain.code_hash(code)
    if not await _take(tx, hashed, person.id, now=now):
        return await _role_from(tx, hashed, person)
    offer = await tx.one(select(tables.invitations).where(_is(hashed)))
    row = await tx.one(tables.BY_ID, {"id": person.id})
    if offer is None or row is None:
        raise InvitationSpent
    standing = rows.standing(row)
    role = domain.invited_role(standing, Role(offer["role"]))
    languages = tuple(offer["languages"]) or tuple(row["languages"] or ())
    await roles.grant(tx, standing, role, languages=languages, via=Via.INVITATION, now=now)
    if offer["skills"]:
        await roles.train(tx, person.id, {*offer["skills"], *(row["skills"] or ())}, now=now)
    await _note(tx, "invitation.used", hashed, role, actor=person.id, now=now)
    return role


async def _take(tx: Tx, hashed: str, person_id: PersonId, *, now: datetime) -> bool:
    """One statement, so that of two who open the link at once exactly one is let in."""
    offers = tables.invitations.c
    taken = await tx.execute(
        update(tables.invitations)
        .where(_is(hashed), offers.used_at.is_(None), offers.expires_at > now)
        .values(used_at=now, used_by=person_id)
    )
    return taken.rowcount == 1


async def _role_from(tx: Tx, hashed: str, person: Person) -> Role:
    """A second tap on the own link is no mistake; anything else is."""
    used_by = await tx.scalar(select(tables.invitations.c.used_by).where(_is(hashed)))
    if used_by != person.id or person.role is None:
        raise InvitationSpent
    return person.role


def _is(hashed: str) -> ColumnElement[bool]:
    return tables.invitations.c.code_hash == hashed


async def _note(
    tx: Tx, action: str, hashed: str, role: Role, *, actor: PersonId | None, now: datetime
) -> None:
    subject = f"invitation:{hashed[:12]}"
    await audit.record(
        tx, at=now, actor=actor, action=action, subject=subject, detail={"role": str(role)}
    )
