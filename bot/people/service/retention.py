"""What is thrown away each night because its time is over."""

from datetime import datetime

from sqlalchemy import delete, or_, update

from bot.people import domain, tables
from bot.storage.transaction import Tx


async def clean(tx: Tx, *, now: datetime) -> None:
    """The audit log, marks of erasures, old invitations, words that were never picked up."""
    audit, forgotten = tables.audit, tables.forgotten
    invitations, people = tables.invitations, tables.people
    await tx.execute(delete(audit).where(audit.c.at < now - domain.AUDIT_KEPT))
    await tx.execute(delete(forgotten).where(forgotten.c.at < now - domain.FORGOTTEN_KEPT))
    await tx.execute(
        delete(invitations).where(invitations.c.expires_at < now - domain.INVITATION_KEPT)
    )
    await tx.execute(
        update(people)
        .where(people.c.seen_at < now - domain.PENDING_KEPT)
        .where(or_(people.c.pending_start.is_not(None), people.c.pending_message.is_not(None)))
        .values(pending_start=None, pending_message=None)
    )
