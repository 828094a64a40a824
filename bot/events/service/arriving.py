"""At the door: who has a place shows a code, a colleague scans it or ticks the list."""

import io
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

import segno
from sqlalchemy import and_, select, update

from bot.errors import Outdated
from bot.events import tables
from bot.events.desk import EventsDesk
from bot.events.domain import HAS_A_PLACE, Event, ParticipantId, Place, Registration, Taken
from bot.events.domain import refusals as refused
from bot.events.service import finding, listing, marking, participants, rows
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx

KIND: Final = "event_code"  # of the picture that is made when it is sent
START: Final = "checkin"  # prefix of what the code's link carries

# Letters and figures that nobody takes for another one.
_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH: Final = 8

registrations = tables.registrations


class Arrival(NamedTuple):
    """Somebody at the door. `is_new`: nobody had ticked them before."""

    event: Event
    place: Registration
    name: str
    is_new: bool = True


class Door(NamedTuple):
    """Everybody who is expected at an event, or came."""

    event: Event
    expected: Sequence[Taken]

    @property
    def came(self) -> int:
        """How many people are in, with those who came along."""
        return sum(one.registration.size for one in self.expected if one.state is Place.ATTENDED)

    @property
    def all(self) -> int:
        """How many people there are places for, taken by somebody."""
        return sum(one.registration.size for one in self.expected)


async def code_of(tx: Tx, person_id: int, event_id: int, *, now: datetime) -> tuple[Event, str]:
    """The code of somebody who has a place; made when it is asked for first.

    Raises NoPlace, Cancelled, Over.
    """
    event, _mine, place = await listing.seen_by(tx, person_id, event_id)
    if not finding.is_listed(event):
        raise Outdated
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.ends_at <= now:
        raise refused.Over
    if place is None or place.state not in HAS_A_PLACE:
        raise refused.NoPlace
    own, table = registrations.c.id == place.id, registrations
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    made = update(table).where(own, table.c.code.is_(None)).values(code=code)
    await tx.execute(made)
    return event, str(await tx.scalar(select(table.c.code).where(own)))


async def picture(desk: EventsDesk, tx: Tx, code: str) -> bytes:
    """The code as a QR code, PNG: a link that opens the bot on a colleague's phone."""
    made = io.BytesIO()
    link = desk.start_link(f"{START}_{code}")
    segno.make(link, error="m").save(made, kind="png", scale=8, border=4)
    return made.getvalue()


def code_in(text: str) -> str | None:
    """The code that somebody wrote, with spaces or without; None: this is none."""
    code = "".join(text.upper().split()).replace("-", "")
    return code if len(code) == _LENGTH and set(code) <= set(_LETTERS) else None


async def is_own(tx: Tx, person_id: int, code: str) -> int | None:
    """The event, where this is the person's own code: they scanned it themselves."""
    table, who = registrations, tables.participants
    wanted = (
        select(table.c.event_id)
        .join(who, who.c.id == table.c.participant_id)
        .where(table.c.code == code, who.c.person_id == person_id)
    )
    found = await tx.scalar(wanted)
    return None if found is None else int(found)


async def scan(tx: Tx, person: Person, code: str, *, now: datetime) -> Arrival:
    """A colleague scanned a code: they are in. Raises what `tick` raises."""
    require(person, Role.STAFF)
    table = registrations
    row = await tx.one(select(table).where(table.c.code == code)) if code else None
    if row is None:
        raise Outdated
    place = rows.registration(row)
    return await tick(tx, person, place.event_id, place.participant, via="scan", now=now)


async def tick(
    tx: Tx, person: Person, event_id: int, participant: int, *, via: str = "list", now: datetime
) -> Arrival:
    """Somebody is in. Raises StaffOnly, NoPlace, TooEarly, Cancelled, Outdated."""
    require(person, Role.STAFF)
    event, place = await _expected(tx, event_id, participant)
    name = await participants.name_of(tx, participant)
    if place.state is Place.ATTENDED:
        return Arrival(event, place, name, is_new=False)
    await marking.mark_all(tx, event, {place.participant: True}, via=via, now=now)
    await _note(tx, person, "event.checked_in", event_id, participant, now=now)
    return Arrival(event, place, name)


async def untick(
    tx: Tx, person: Person, event_id: int, participant: int, *, now: datetime
) -> Arrival:
    """A slip of the finger. Raises StaffOnly, NoPlace, Outdated."""
    require(person, Role.STAFF)
    event, place = await _expected(tx, event_id, participant)
    if place.state in (Place.ATTENDED, Place.ABSENT):
        await rows.change(tx, place.id, now=now, state=Place.PLACED, marked_by="")
        await _note(tx, person, "event.unchecked", event_id, participant, now=now)
    return Arrival(event, place, await participants.name_of(tx, participant))


async def door(tx: Tx, person: Person, event_id: int) -> Door:
    """Everybody who is expected or came, by name. Raises StaffOnly, Outdated."""
    require(person, Role.STAFF)
    event = await listing.get(tx, event_id)
    if not finding.is_listed(event):
        raise Outdated
    known = await listing.on_the_list(tx, event_id)
    expected = [one for one in known if one.state in HAS_A_PLACE]
    return Door(event, sorted(expected, key=lambda one: (one.name.casefold(), one.participant)))


async def close(tx: Tx, person: Person, event_id: int, *, now: datetime) -> int:
    """Everybody is in: who is not ticked did not come, and is asked kindly. How many.

    Raises StaffOnly, TooEarly (it has not begun), Cancelled, Outdated.
    """
    require(person, Role.STAFF)
    event = await rows.hold(tx, event_id)
    if not finding.is_listed(event):
        raise Outdated
    if not event.has_begun(now):
        raise refused.TooEarly
    missing = await rows.all_of(tx, event_id, Place.PLACED)
    came = dict.fromkeys((one.participant for one in missing), False)
    await marking.mark_all(tx, event, came, via="list", now=now)
    subject, detail = f"event:{event_id}", {"missing": len(missing)}
    await people.record(
        tx, at=now, actor=person.id, action="event.closed", subject=subject, detail=detail
    )
    return len(missing)


async def _expected(tx: Tx, event_id: int, participant: int) -> tuple[Event, Registration]:
    event = await rows.hold(tx, event_id)
    if not finding.is_listed(event):
        raise Outdated
    place = await rows.of(tx, event_id, participant)
    if place is None or place.state not in HAS_A_PLACE:
        raise refused.NotExpected
    return event, place


async def _note(
    tx: Tx, person: Person, action: str, event_id: int, participant: int, *, now: datetime
) -> None:
    await people.record(
        tx,
        at=now,
        actor=person.id,
        action=action,
        subject=f"event:{event_id}",
        detail={"participant": participant},
    )


async def forget_codes(tx: Tx, participant: ParticipantId) -> None:
    """Nothing leads to them any more."""
    own = and_(registrations.c.participant_id == participant, registrations.c.code.is_not(None))
    await tx.execute(update(registrations).where(own).values(code=None))
