"""Complaints on their way to the contact persons, each in the contact person's own chat."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.complaints import wording
from bot.complaints.desk import ComplaintsDesk
from bot.complaints.domain import Complaint
from bot.complaints.service import contacts, rows
from bot.delivery import outbox
from bot.delivery.messages import Buttons, Edit, Message, Outgoing
from bot.language.catalog import Words
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx

KIND = "complaints.bring"
Says = Callable[[Words], tuple[str, Buttons]]


async def bring(desk: ComplaintsDesk, tx: Tx, complaint_id: int, *, now: datetime) -> None:
    """To everybody who is a contact person now; without one it waits for the next who joins."""
    complaint = await rows.by_id(tx, complaint_id)
    if complaint is None or complaint.is_brought or complaint.is_reduced:
        return
    await rows.change(tx, complaint, is_brought=True)
    await _post(desk, tx, complaint, await contacts.all_of(tx))
    if complaint.is_anonymous:  # not when it was written: that would tell by whom
        subject = f"complaint:{complaint.id}"
        await people.record(tx, at=now, actor=None, action="complaint.brought", subject=subject)


async def bring_open(desk: ComplaintsDesk, tx: Tx, contact: Person) -> int:
    """Everything that waits for a reply, to somebody who has just become a contact person."""
    found = await rows.unanswered(tx)
    for complaint in found:
        await _post(desk, tx, complaint, [contact])
    return len(found)


async def _post(
    desk: ComplaintsDesk, tx: Tx, complaint: Complaint, readers: Sequence[Person]
) -> None:
    name = await _name_of(tx, complaint)
    await outbox.put(tx, *(_to(desk, complaint, one, name) for one in readers))


def _to(desk: ComplaintsDesk, complaint: Complaint, contact: Person, name: str) -> Message:
    text, buttons = _text(desk, desk.catalogs.words(contact.language), complaint, name)
    return Outgoing(
        to=contact.telegram_id,
        slot=complaint.slot(contact.id),
        key=f"{complaint.slot(contact.id)}:text",
        text=text,
        buttons=buttons,
        person_id=complaint.person_id,
    )


def _text(desk: ComplaintsDesk, _: Words, complaint: Complaint, name: str) -> tuple[str, Buttons]:
    return wording.brought(_, complaint, desk.catalogs.words(complaint.language), name)


async def _name_of(tx: Tx, complaint: Complaint) -> str:
    """The first name of who complains by name; nothing for the others."""
    if complaint.person_id is None:
        return ""
    person = await people.find_person(tx, complaint.person_id)
    return "" if person is None else person.first_name


async def mark_answered(desk: ComplaintsDesk, tx: Tx, complaint: Complaint, *, by: Person) -> None:
    """The other contact persons see on their copy that somebody has replied."""
    name = await _name_of(tx, complaint)

    def said(_: Words) -> tuple[str, Buttons]:
        text, buttons = _text(desk, _, complaint, name)
        return wording.answered_by_another(_, text), buttons

    await say_on_copies(desk, tx, complaint, said, but=by.id)


async def say_on_copies(
    desk: ComplaintsDesk, tx: Tx, complaint: Complaint, says: Says, *, but: int | None = None
) -> None:
    """Another text on the message of each contact person who has it."""
    places = {one.name: one for one in await outbox.slots_of(tx, complaint.slots)}
    for contact in await contacts.all_of(tx):
        place = places.get(complaint.slot(contact.id))
        if place is None or contact.id == but:
            continue
        text, buttons = says(desk.catalogs.words(contact.language))
        await outbox.put(
            tx,
            Edit(
                to=place.chat_id,
                lane="notice",
                message_id=place.id,
                text=text,
                buttons=buttons,
                or_send=False,
                person_id=complaint.person_id,
            ),
        )
