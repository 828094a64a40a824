"""Who came to a shift, and for how long: said by the organisation or by a coordinator."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update

from bot.events.domain import HAS_A_PLACE, ParticipantId, Place, Taken
from bot.events.service import places
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain.shifts import (
    Attendance,
    Attendant,
    NotBegun,
    SavedMeanwhile,
    Shift,
)
from bot.volunteering.service import feedback, hours, planning

_table = tables.shifts
_SAID = {Place.ATTENDED: True, Place.ABSENT: False}

# How an organisation said it.
BY_LINK, BY_CONTACT, BY_COORDINATOR = "link", "contact", "coordinator"


async def look(tx: Tx, event_id: int) -> Attendance:
    """The list as it is now. Raises Outdated when the shift is gone."""
    shift = await planning.get(tx, event_id)
    listed = await places.on_the_list(tx, event_id)
    known = await hours.of_event(tx, shift.id)
    there = [_attendant(one, known, shift) for one in listed if one.state in HAS_A_PLACE]
    waiting = sum(one.state is Place.WAITING for one in listed)
    return Attendance(shift=shift, people=there, waiting=waiting)


async def tick(
    tx: Tx, event_id: int, participant: int, *, came: bool, via: str, now: datetime
) -> Attendance:
    """One line of the list; it can be corrected until the page closes."""
    shift = await planning.get(tx, event_id)
    _require_begun(shift, now)
    volunteer = ParticipantId(participant)
    await places.mark(tx, volunteer, event_id, came=came, via=via, now=now)
    await hours.derive(tx, shift.id, now=now)
    return await look(tx, event_id)


async def set_minutes(
    tx: Tx, event_id: int, participant: int, minutes: int, *, via: str, now: datetime
) -> Attendance:
    """How long one of those who came was there."""
    found = await look(tx, event_id)
    _require_begun(found.shift, now)
    there = {one.id: one for one in found.people if one.came}
    if ParticipantId(participant) not in there:
        raise SavedMeanwhile
    said = {ParticipantId(participant): minutes}
    await hours.approve(tx, found.shift.id, said, via=via, now=now)
    return await look(tx, event_id)


async def confirm(
    tx: Tx,
    event_id: int,
    minutes: Mapping[int, int],
    *,
    edition: int,
    via: str,
    now: datetime,
) -> Attendance:
    """The whole list: who is in `minutes` came, for so long; everybody else who has a place did
    not. One screen saves once, and then the organisation is asked how the cooperation was. Raises
    NotBegun, SavedMeanwhile, Outdated."""
    found = await look(tx, event_id)
    _require_begun(found.shift, now)
    await _save_once(tx, event_id, edition, now=now)
    known = {one.id for one in found.people}
    for one in found.people:
        came = one.id in minutes
        if one.came is not came:
            await places.mark(tx, one.id, event_id, came=came, via=via, now=now)
    await hours.derive(tx, found.shift.id, now=now)
    said = {ParticipantId(one): length for one, length in minutes.items() if one in known}
    await hours.approve(tx, found.shift.id, said, via=via, now=now)
    if said and via != BY_COORDINATOR:
        await feedback.offer(tx, found.shift.assignment.id, event_id, now=now)
    return await look(tx, event_id)


async def _save_once(tx: Tx, event_id: int, edition: int, *, now: datetime) -> None:
    """Of two that save what they saw at once, exactly one does. Raises SavedMeanwhile."""
    own = _table.c.event_id == event_id, _table.c.edition == edition
    saved = {"edition": edition + 1, "confirmed_at": now}
    if (await tx.execute(update(_table).where(*own).values(saved))).rowcount != 1:
        raise SavedMeanwhile


def _require_begun(shift: Shift, now: datetime) -> None:
    if not shift.takes_attendance(now):
        raise NotBegun


def _attendant(one: Taken, known: Mapping[ParticipantId, int], shift: Shift) -> Attendant:
    return Attendant(
        id=one.participant,
        name=one.name,
        companions=one.registration.companions,
        came=_SAID.get(one.state),
        minutes=known.get(one.participant, shift.minutes),
        is_confirmed=one.is_confirmed,
    )
