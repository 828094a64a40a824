"""Who did not come is asked kindly, once, what happened."""

from datetime import datetime

from bot.events.desk import EventsDesk
from bot.events.domain import ParticipantId, Place
from bot.events.service import marking, news, participants, rows
from bot.events.wording import missing as wording
from bot.schedule import timing
from bot.storage.transaction import Tx

THERE = "there"  # "I was there": a colleague looks into it


async def ask(desk: EventsDesk, tx: Tx, registration_id: int, *, now: datetime) -> None:
    """Is everything all right? Unless it turned out that they came."""
    place = await rows.by_id(tx, registration_id)
    if place is None or place.state is not Place.ABSENT or place.is_excused:
        return
    event = await rows.find(tx, place.event_id)
    person = await participants.person_of(tx, place.participant)
    if event is None or person is None:
        return
    await news.post(
        desk,
        tx,
        person,
        lambda _: wording.missed(_, event),
        at=timing.considerate(now),
        key=f"missed:{place.id}",
    )


async def answer(
    desk: EventsDesk,
    tx: Tx,
    participant: ParticipantId,
    event_id: int,
    reason: str,
    *,
    now: datetime,
) -> None:
    """Why; who says that they were there is looked after by a colleague. Raises NoPlace."""
    await marking.excuse(tx, participant, event_id, reason, now=now)
    if reason == THERE:
        event = await rows.get(tx, event_id)
        place = await rows.of(tx, event_id, participant)
        assert place is not None, "just excused"
        name = await participants.name_of(tx, participant)
        await news.call(desk, tx, event, place, THERE, name=name)
