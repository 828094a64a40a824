"""Replies: at once to who complains by name, or kept for the code."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, select, update

from bot.complaints import domain, wording
from bot.complaints.desk import ComplaintsDesk
from bot.complaints.domain import Complaint, ComplaintId, NoReplyPossible, Read
from bot.complaints.service import bringing, contacts, rows
from bot.complaints.tables import a_complaint, complaint_contacts, complaint_tries, complaints
from bot.delivery import outbox
from bot.delivery.incoming import Incoming
from bot.delivery.messages import Outgoing
from bot.delivery.outcomes import Receipt
from bot.language import formats
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.prepared import Prepared
from bot.storage.transaction import Tx

REPLY_RECEIPT = "complaints.replied"


async def answered(tx: Tx, incoming: Incoming) -> ComplaintId | None:
    """The complaint whose message this replies to, in the chat of a contact person."""
    if incoming.reply_to is None:
        return None
    slot = await outbox.slot_at(tx, incoming.chat_id, incoming.reply_to, "complaint:")
    return None if slot is None else domain.number_in(slot)


# Every free text of a person runs it.
_OPEN: Any = (
    select(complaints)
    .where(
        exists().where(complaint_contacts.c.person_id == bindparam("person_id")),
        complaints.c.is_brought.is_(True),
        complaints.c.answered_on.is_(None),
        complaints.c.is_reduced.is_(False),
    )
    .order_by(complaints.c.id)
)
_WAITING = Prepared(_OPEN)


async def waiting_for(tx: Tx, person: Person) -> list[Complaint]:
    """What this person, as a contact person, has still to answer, the oldest first."""
    if person.role is not None:
        return []
    return [a_complaint(row) for row in await tx.all(_WAITING, {"person_id": person.id})]


async def asked(tx: Tx, contact: Person, complaint_id: int) -> Complaint:
    """The complaint that a contact person wants to reply to. Raises as `reply` does."""
    await contacts.require(tx, contact)
    complaint = await rows.by_id(tx, complaint_id)
    if complaint is None or complaint.is_over:
        raise NoReplyPossible
    return complaint


async def reply(
    desk: ComplaintsDesk, tx: Tx, contact: Person, complaint_id: int, text: str, *, now: datetime
) -> Complaint:
    """A contact person's words. Raises NotAContact, NotForTheTeam, NoReplyPossible."""
    complaint = await asked(tx, contact, complaint_id)
    if not complaint.is_anonymous:
        await _pass_on(desk, tx, complaint, contact, text)
    whole = domain.joined(complaint.reply or "", text)
    is_first = complaint.answered_on is None
    changed = await rows.change(tx, complaint, reply=whole, answered_on=formats.day_of(now))
    subject = f"complaint:{complaint.id}"
    await people.record(tx, at=now, actor=contact.id, action="complaint.answered", subject=subject)
    if is_first:
        await bringing.mark_answered(desk, tx, complaint, by=contact)
    return changed


async def _pass_on(
    desk: ComplaintsDesk, tx: Tx, complaint: Complaint, contact: Person, text: str
) -> None:
    """Raises NoReplyPossible when the person is not there any more."""
    person = await people.find_person(tx, complaint.person_id or 0)
    if person is None:
        raise NoReplyPossible
    words, buttons = wording.reply(desk.catalogs.words(person.language), complaint, text)
    await outbox.put(
        tx,
        Outgoing(
            to=person.telegram_id,
            text=words,
            buttons=buttons,
            receipt=REPLY_RECEIPT,
            ref=f"{complaint.id}:{contact.id}",
            person_id=person.id,
        ),
    )


async def replied(desk: ComplaintsDesk, tx: Tx, receipt: Receipt, *, now: datetime) -> None:
    """A reply that did not arrive: the contact person hears it."""
    if receipt.state in ("sent", "uncertain"):
        return
    number, contact_id = (int(part) for part in receipt.ref.split(":"))
    contact = await people.find_person(tx, contact_id)
    if contact is None:
        return
    text = wording.not_delivered(desk.catalogs.words(contact.language), number)
    await outbox.put(tx, Outgoing(to=contact.telegram_id, text=text))


async def read(tx: Tx, person: Person, code: str, *, now: datetime) -> Read:
    """What the code brings. A reply is erased with being shown; wrong codes are slowed.

    Who asks is not written down, except how many wrong codes came from them within the hour.
    """
    if await _is_slowed(tx, person, now=now):
        return Read("slowed")
    complaint = await rows.hold(tx, complaints.c.code_hash == domain.hashed(code))
    if complaint is None:
        await _count_try(tx, person, now=now)
        return Read("unknown")
    if complaint.read_on is not None:
        return Read("spent")
    if complaint.reply is None:
        return Read("waiting")
    await rows.change(tx, complaint, reply=None, read_on=formats.day_of(now))
    return Read("reply", complaint.reply)


async def _is_slowed(tx: Tx, person: Person, *, now: datetime) -> bool:
    tries = complaint_tries.c
    wanted = select(tries.count).where(
        tries.person_id == person.id, tries.since > now - domain.TRIES_WITHIN
    )
    return int(await tx.scalar(wanted) or 0) >= domain.TRIES


async def _count_try(tx: Tx, person: Person, *, now: datetime) -> None:
    tries = complaint_tries.c
    is_old = (tries.person_id == person.id) & (tries.since <= now - domain.TRIES_WITHIN)
    await tx.execute(update(complaint_tries).where(is_old).values(count=0, since=now))
    statement = tx.insert(complaint_tries).values(person_id=person.id, count=1, since=now)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id"], set_={"count": tries.count + 1}
        )
    )
