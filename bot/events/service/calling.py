"""Somebody without Telegram was called: a coordinator taps what they said."""

from datetime import datetime

from bot.errors import Outdated
from bot.events.domain import ParticipantId
from bot.events.service import finding, listing, marking, participants, places
from bot.events.wording import calls as wording
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx


async def answered(
    tx: Tx, person: Person, event_id: int, participant: int, answer: str, *, now: datetime
) -> str:
    """Yes or no to an offer, or that they were there; the name for the card.

    Raises StaffOnly, Outdated, and whatever places raises: a card may be old.
    """
    require(person, Role.COORDINATOR)
    event, who = await listing.get(tx, event_id), ParticipantId(participant)
    if not finding.is_listed(event):
        raise Outdated
    if answer == wording.CAME:
        await marking.mark(tx, who, event_id, came=True, via="coordinator", now=now)
    elif answer == wording.YES:
        await places.accept_offer(tx, who, event_id, now=now)
    elif answer == wording.NO:
        await places.decline(tx, who, event_id, now=now)
    else:
        raise Outdated
    detail = {"participant": participant, "answer": answer}
    subject = f"event:{event_id}"
    await people.record(
        tx, at=now, actor=person.id, action="place.called", subject=subject, detail=detail
    )
    return await participants.name_of(tx, participant)
