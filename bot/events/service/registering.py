"""Somebody signs up for an event by one tap, alone or with others, and changes with how many."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.errors import Outdated
from bot.events.desk import EventsDesk
from bot.events.domain import Event, ParticipantId, Place, Registration
from bot.events.domain import refusals as refused
from bot.events.service import finding, listing, participants, places, planned, rows, teams
from bot.events.service.places import Held
from bot.people.domain import Person
from bot.storage.transaction import Tx

MOST_COMPANIONS: Final = 5
_STANDS: Final = (Place.PLACED, Place.WAITING)


async def sign_up(
    desk: EventsDesk, tx: Tx, person: Person, event_id: int, companions: int, *, now: datetime
) -> Held:
    """A place for them and for who comes along, or one on the waitlist for all of them. Who is on
    the list already comes with so many from now on: a second tap changes nothing.

    Raises NotForYou, Outdated, and what `places.take` and `bring` raise.
    """
    event, mine, place = await listing.seen_by(tx, person.id, event_id)
    if not finding.is_listed(event):
        raise Outdated
    if mine is not None and place is not None and place.state in _STANDS:
        return await bring(tx, mine, event_id, companions, now=now)
    _require_few(companions)
    await finding.require_role(desk, tx, person, event)
    mine = mine or await participants.newly(tx, person.id, now=now)
    return await places.claim(tx, mine, event_id, now=now, companions=companions)


async def bring(
    tx: Tx, mine: ParticipantId, event_id: int, companions: int, *, now: datetime
) -> Held:
    """They come with so many others from now on; nobody has to give their own place back for it.

    Who waits keeps their position. Raises NoPlace, Over, Cancelled, NoRoomForMore, GroupTooLarge.
    """
    _require_few(companions)
    event = await rows.hold(tx, event_id)
    place = await rows.of(tx, event_id, mine)
    if place is None or place.state not in _STANDS:
        raise refused.NoPlace
    _require_ahead(event, now)
    refused.require_size(event, 1 + companions)
    more = companions - place.companions
    await teams.require_room(tx, place, more)
    if place.state is Place.PLACED and more:
        await _count(tx, event, place, more, now=now)
        event = replace(event, taken=event.taken + more)
    await rows.change(tx, place.id, now=now, companions=companions)
    return Held(event, replace(place, companions=companions))


async def _count(tx: Tx, event: Event, place: Registration, more: int, *, now: datetime) -> None:
    """Others who wait come before those who would come along."""
    if more < 0:
        await places.count(tx, event, more)
        await planned.look(tx, event.id, at=now)
        return
    waiting = await rows.all_of(tx, event.id, Place.WAITING)
    if not event.has_room(more) or waiting:
        raise refused.NoRoomForMore
    await places.count(tx, event, more)


def _require_ahead(event: Event, now: datetime) -> None:
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.has_begun(now):
        raise refused.Over


def _require_few(companions: int) -> None:
    if not 0 <= companions <= MOST_COMPANIONS:
        raise Outdated
