"""Somebody without Telegram was called: a coordinator enters what they said."""

from datetime import datetime

from bot.events.domain import EventId, ParticipantId
from bot.events.service import marking, participants, places
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering.service import enrolling, hours, readiness

YES, NO, CAME = "yes", "no", "came"


async def answered(
    tx: Tx, person: Person, event_id: int, participant: int, answer: str, *, now: datetime
) -> str:
    """Yes or no to an offer, or that they were there; the name for the card.

    Raises StaffOnly, NotAgreed, ExtractNotSeen, and whatever places raises: a card may be old.
    """
    require(person, Role.COORDINATOR)
    who = ParticipantId(participant)
    if answer == CAME:
        await readiness.require_extract(tx, event_id, participant, now=now)
        await marking.mark(tx, who, event_id, came=True, via="coordinator", now=now)
        await hours.derive(tx, EventId(event_id), now=now)
    elif answer == YES:
        await enrolling.require_agreed(tx, participant)
        await places.accept_offer(tx, who, event_id, now=now)
    else:
        await places.decline(tx, who, event_id, now=now)
    await people.record(
        tx,
        at=now,
        actor=person.id,
        action="place.called",
        subject=f"event:{event_id}",
        detail={"participant": participant, "answer": answer},
    )
    return await participants.name_of(tx, participant)
