"""Who came to a shift, and for how long: said by the organisation or by a coordinator."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from bot.events.domain import HAS_A_PLACE, ParticipantId, Place, Taken
from bot.events.service import marking, places
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain.readiness import ExtractNotSeen
from bot.volunteering.domain.shifts import (
    Attendance,
    Attendant,
    NotBegun,
    SavedMeanwhile,
    Shift,
)
from bot.volunteering.service import feedback, hours, planning, preparing, readiness

_table = tables.shifts
_SAID = {Place.ATTENDED: True, Place.ABSENT: False}

# How an organisation said it.
BY_LINK, BY_CONTACT, BY_COORDINATOR = "link", "contact", "coordinator"


async def look(tx: Tx, event_id: int) -> Attendance:
    """The list as it is now. Raises Outdated when the shift is gone."""
    return await _of(tx, await planning.get(tx, event_id))


async def tick(
    tx: Tx, event_id: int, participant: int, *, came: bool, via: str, now: datetime
) -> Attendance:
    """One line of the list; it can be corrected until the page closes. Raises ExtractNotSeen."""
    shift = await _held(tx, event_id, now)
    if came and participant in await _without_extract(tx, shift):
        raise ExtractNotSeen
    said = {ParticipantId(participant): came}
    await marking.mark_all(tx, shift.event, said, via=via, now=now)
    if came:
        await hours.put_in(tx, _worked(shift), now=now)
    else:
        await hours.take_out(tx, shift.id)
    return await _of(tx, shift)


async def set_minutes(
    tx: Tx, event_id: int, participant: int, minutes: int, *, via: str, now: datetime
) -> Attendance:
    """How long one of those who came was there. Raises SavedMeanwhile when they did not."""
    shift = await _held(tx, event_id, now)
    who = ParticipantId(participant)
    await hours.approve(tx, shift.id, {who: minutes}, via=via, now=now)
    found = await _of(tx, shift)
    if not any(one.id == who and one.came for one in found.people):
        raise SavedMeanwhile
    return found


async def confirm_ticked(
    tx: Tx, event_id: int, *, edition: int, via: str, now: datetime
) -> Attendance:
    """The list is right as it stands: who is not ticked did not come. Raises as `confirm`."""
    shift = await _held(tx, event_id, now)
    before = await _of(tx, shift)
    minutes = {int(one.id): one.minutes for one in before.people if one.came}
    return await _confirm(tx, before, minutes, edition=edition, via=via, now=now)


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
    not. One screen saves once, and then the organisation is asked how the cooperation was.

    Of who came among minors it counts once a coordinator has seen the extract: until then nothing
    is said of them, and the coordinators hear it. Raises NotBegun, SavedMeanwhile, Outdated.
    """
    before = await _of(tx, await _held(tx, event_id, now))
    waits = [one for one in before.people if one.waits_for_extract and one.id in minutes]
    if waits:
        await preparing.tell_soon(tx, event_id, now=now)
    told = [one for one in before.people if one not in waits]
    done = await _confirm(
        tx, replace(before, people=told), minutes, edition=edition, via=via, now=now
    )
    after = {one.id: one for one in (*done.people, *waits)}
    return replace(done, people=[after[one.id] for one in before.people])


async def _confirm(
    tx: Tx,
    before: Attendance,
    minutes: Mapping[int, int],
    *,
    edition: int,
    via: str,
    now: datetime,
) -> Attendance:
    shift = before.shift
    await _save_once(tx, shift.id, edition, now=now)
    came = {
        one.id: one.id in minutes for one in before.people if one.came is not (one.id in minutes)
    }
    await marking.mark_all(tx, shift.event, came, via=via, now=now)
    await hours.take_out(tx, shift.id)
    await hours.put_in(tx, _worked(shift), now=now)
    said = {one.id: minutes[one.id] for one in before.people if one.id in minutes}
    await hours.approve(tx, shift.id, said, via=via, now=now)
    if said and via != BY_COORDINATOR:
        await feedback.offer(tx, shift.assignment.id, shift.id, now=now)
    return replace(
        before,
        shift=replace(shift, edition=edition + 1, confirmed_at=now),
        people=[
            replace(one, came=one.id in minutes, minutes=minutes.get(one.id, one.minutes))
            for one in before.people
        ],
    )


async def _of(tx: Tx, shift: Shift) -> Attendance:
    listed = await places.on_the_list(tx, shift.id)
    known, waits = await hours.of_event(tx, shift.id), await _without_extract(tx, shift)
    there = [_attendant(one, known, shift, waits) for one in listed if one.state in HAS_A_PLACE]
    waiting = sum(one.state is Place.WAITING for one in listed)
    return Attendance(shift=shift, people=there, waiting=waiting)


async def _held(tx: Tx, event_id: int, now: datetime) -> Shift:
    """The shift, of which nobody else changes the list meanwhile. Raises NotBegun, Outdated."""
    shift = await planning.hold(tx, event_id)
    if not shift.takes_attendance(now):
        raise NotBegun
    return shift


def _worked(shift: Shift) -> hours.Worked:
    event = shift.event
    return hours.Worked(shift.id, shift.assignment.id, event.starts_at, event.ends_at)


async def _save_once(tx: Tx, event_id: int, edition: int, *, now: datetime) -> None:
    """Of two that save what they saw at once, exactly one does. Raises SavedMeanwhile."""
    own = _table.c.event_id == event_id, _table.c.edition == edition
    saved = {"edition": edition + 1, "confirmed_at": now}
    if (await tx.execute(update(_table).where(*own).values(saved))).rowcount != 1:
        raise SavedMeanwhile


async def _without_extract(tx: Tx, shift: Shift) -> frozenset[int]:
    """Whose extract nobody has seen, where the shift is among minors."""
    if not shift.assignment.needs_record_extract:
        return frozenset()
    return await readiness.lacking_extract(tx, shift.id, now=shift.event.starts_at)


def _attendant(
    one: Taken, known: Mapping[ParticipantId, int], shift: Shift, waits: frozenset[int]
) -> Attendant:
    return Attendant(
        id=one.participant,
        name=one.name,
        companions=one.registration.companions,
        came=_SAID.get(one.state),
        minutes=known.get(one.participant, shift.minutes),
        is_confirmed=one.is_confirmed,
        waits_for_extract=one.participant in waits,
    )
