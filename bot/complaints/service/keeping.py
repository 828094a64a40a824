"""How long complaints are kept, what a person gets to see of them, and that they can be erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_

from bot.complaints import domain, wording
from bot.complaints.desk import ComplaintsDesk
from bot.complaints.domain import Complaint
from bot.complaints.service import bringing, contacts, rows
from bot.complaints.tables import (
    complaint_contacts,
    complaint_drafts,
    complaint_invitations,
    complaint_tries,
    complaints,
)
from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.language import formats
from bot.schedule import due
from bot.storage.transaction import Tx

_AT_ONCE = 100  # a night; the rest goes the next one


async def clean(tx: Tx, *, now: datetime) -> None:
    """Drafts nobody sent, counts of wrong codes, links that ended."""
    drafts, tries, links = complaint_drafts, complaint_tries, complaint_invitations
    await tx.execute(delete(drafts).where(drafts.c.touched_at < now - domain.DRAFT_KEPT))
    await tx.execute(delete(tries).where(tries.c.since <= now - domain.TRIES_WITHIN))
    await tx.execute(delete(links).where(links.c.expires_at < now - domain.INVITATION_KEPT))


async def reduce_old(desk: ComplaintsDesk, tx: Tx, *, now: datetime) -> int:
    """What ended 90 days ago: text and reply go, also in the contact person's chat; a row stays."""
    today = formats.day_of(now)
    mine, kept = complaints.c, domain.TEXT_KEPT
    is_named, is_anonymous = mine.is_anonymous.is_(False), mine.is_anonymous.is_(True)
    unread = mine.read_on.is_(None) & mine.answered_on.is_not(None)
    old = await rows.find_all(
        tx,
        mine.is_reduced.is_(False),
        or_(
            is_named & (mine.answered_on < today - kept),
            is_anonymous & (mine.read_on < today - kept),
            is_anonymous & unread & (mine.answered_on < today - domain.REPLY_KEPT),
            mine.answered_on.is_(None) & (mine.received_on < today - domain.UNANSWERED_KEPT),
        ),
    )
    for complaint in old[:_AT_ONCE]:
        await _reduce(desk, tx, complaint)
    return len(old[:_AT_ONCE])


async def _reduce(desk: ComplaintsDesk, tx: Tx, complaint: Complaint) -> None:
    """Its slots stay: a late reply must find a complaint that is closed, and not be taken for a
    question, which the team would read."""
    await bringing.say_on_copies(desk, tx, complaint, lambda _: (wording.erased(_, complaint), ()))
    await due.cancel(tx, f"complaint:{complaint.id}")
    await rows.change(
        tx, complaint, person_id=None, text="", reply=None, code_hash=None, is_reduced=True
    )


async def remind(desk: ComplaintsDesk, tx: Tx, *, now: datetime) -> None:
    """Each week that something waits: the contact persons hear which numbers."""
    today = formats.day_of(now)
    waiting = [
        one
        for one in await rows.unanswered(tx, before=today)
        if (today - one.received_on).days % domain.REMIND_EVERY == 0
    ]
    if not waiting:
        return
    for contact in await contacts.all_of(tx):
        text = wording.reminder(desk.catalogs.words(contact.language), waiting)
        post = Outgoing(to=contact.telegram_id, lane="reminder", text=text, is_silent=True)
        await outbox.put(tx, post)


async def mine(tx: Tx, person_id: int) -> list[Complaint]:
    """The person's complaints by name, until their time is over."""
    return await rows.find_all(tx, complaints.c.person_id == person_id)


async def export(tx: Tx, person_id: int) -> dict[str, Any]:
    """A person's complaints by name, for /mydata; of the others nobody knows whose they are."""
    is_contact = complaint_contacts.c.person_id == person_id
    row = await tx.one(complaint_contacts.select().where(is_contact))
    return {
        "contact_person_since": None if row is None else row["since"].isoformat(),
        "complaints": [
            {
                "number": one.id,
                "text": one.text,
                "sent_on": one.received_on.isoformat(),
                "reply": one.reply,
                "answered_on": one.answered_on and one.answered_on.isoformat(),
            }
            for one in await mine(tx, person_id)
        ],
    }


async def forget(desk: ComplaintsDesk, tx: Tx, person_id: int) -> None:
    """Complaints by name go, also in the contact person's chat. Drafts, counts and a contact
    person's own row go with the person's (ON DELETE CASCADE), but not later than this."""
    for complaint in await mine(tx, person_id):
        await _reduce(desk, tx, complaint)
    for table in (complaint_drafts, complaint_tries, complaint_contacts):
        await tx.execute(delete(table).where(table.c.person_id == person_id))
