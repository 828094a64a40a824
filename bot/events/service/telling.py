"""What has changed, or that it is off: to everybody who has a place, was offered one or waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import update

from bot.errors import Outdated
from bot.events import tables
from bot.events.desk import EventsDesk
from bot.events.domain import TOLD, Event, ParticipantId, Place, Registration
from bot.events.service import listing, news, participants, places, planned, planning, rows
from bot.events.wording import changes as wording
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.transaction import Tx

_CONCERNED = (Place.PLACED, Place.OFFERED, Place.WAITING)


async def tell(desk: EventsDesk, tx: Tx, event_id: int, *, now: datetime) -> None:
    """Tell of all changes since people were last told; of none where it is as it was."""
    try:
        event = await rows.hold(tx, event_id)
    except Outdated:
        return
    before = event.before or {}
    await tx.execute(
        update(tables.events).where(tables.events.c.id == event.id).values(before=None)
    )
    if event.cancelled_at is not None:
        await _cancelled(desk, tx, event, before, now=now)
    elif before and before != planning.told(event.draft) and event.ends_at > now:
        await _changed(desk, tx, event, before, now=now)


async def _cancelled(
    desk: EventsDesk, tx: Tx, event: Event, before: Mapping[str, str], *, now: datetime
) -> None:
    concerned = await rows.all_of(tx, event.id, *_CONCERNED, Place.ASKED)
    known = await participants.people_of(tx, [one.participant for one in concerned])
    at = news.rings_at(now, event.starts_at, _starts(event, before))
    await due.cancel(tx, f"event:{event.id}:evening")
    await places.look_elsewhere(tx, [one.participant for one in concerned], now=now)
    for one in concerned:
        await planned.nothing(tx, one)
        person = known.get(one.participant)
        if person is not None:
            has_place = one.state in (Place.PLACED, Place.OFFERED)
            await news.post(
                desk,
                tx,
                person,
                lambda _, had=has_place: wording.cancelled(_, event, had_place=had),  # type: ignore[misc]
                at=at,
            )
    await news.have_called(desk, tx, event, _unheard(concerned, known), "cancelled", at=at)


async def _changed(
    desk: EventsDesk, tx: Tx, event: Event, before: Mapping[str, str], *, now: datetime
) -> None:
    concerned = await rows.all_of(tx, event.id, *_CONCERNED)
    known = await participants.people_of(tx, [one.participant for one in concerned])
    is_about_the_link = _is_about_the_link(event, before)
    is_moved = before["starts_at"] != event.starts_at.isoformat()
    at = news.rings_at(now, event.starts_at, _starts(event, before))
    if is_moved:
        await places.look_elsewhere(tx, [one.participant for one in concerned], now=now)
    for one in concerned:
        if is_moved and one.state is Place.PLACED:
            await rows.change(tx, one.id, now=now, confirmed_at=None)
            await planned.reminder(tx, event, one, now=now)
        person = known.get(one.participant)
        if person is not None and (one.state is Place.PLACED or not is_about_the_link):
            await _say(desk, tx, event, one, before, person=person, at=at)
    await news.have_called(desk, tx, event, _unheard(concerned, known), "changed", at=at)


def _is_about_the_link(event: Event, before: Mapping[str, str]) -> bool:
    """Is the way in online all that changed? Who has no place does not see it."""
    now = planning.told(event.draft)
    return all(before.get(name, now[name]) == now[name] for name in TOLD if name != "online_link")


def _unheard(
    places: Sequence[Registration], known: Mapping[ParticipantId, Person]
) -> list[Registration]:
    """Who has a place and cannot be written to."""
    return [one for one in places if one.state is Place.PLACED and one.participant not in known]


async def _say(
    desk: EventsDesk,
    tx: Tx,
    event: Event,
    place: Registration,
    before: Mapping[str, str],
    *,
    person: Person,
    at: datetime,
) -> None:
    has_place = place.state is Place.PLACED
    others = await listing.at_that_time(tx, place.participant, event) if has_place else []
    await news.post(
        desk,
        tx,
        person,
        lambda _: wording.changed(_, event, before, place=place, others=others),
        at=at,
        expires_at=event.ends_at,
    )


def _starts(event: Event, before: Mapping[str, str]) -> datetime:
    """When people believe that it begins."""
    return datetime.fromisoformat(before["starts_at"]) if before else event.starts_at
