"""A place is free and nobody waits: suitable people are asked, some at a time, until it is taken.

Who says no is not asked again for that shift; who was asked for others today is left in peace. One
due row for each shift says when the next ones are asked.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.events import tables as events_tables
from bot.events.domain import Event, ParticipantId, Place
from bot.events.service import listing, participants, places
from bot.people.domain import Person
from bot.schedule import due, timing
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import covering
from bot.volunteering.domain.matching import Why
from bot.volunteering.service import evening, fitting
from bot.volunteering.wording import covering as wording

KIND = "volunteering.cover"

_LOOKED_AT = 100
_SPEAKS_AGAINST = frozenset({Why.FAR, Why.NOT_FREE})
_registrations = events_tables.registrations


async def begin(desk: VolunteeringDesk, tx: Tx, event: Event, *, now: datetime) -> None:
    """Nobody waits for a free place: the first are asked, in the morning where it is night."""
    if covering.missing(event):
        at = timing.considerate(now, happens_at=event.starts_at)
        await _plan(tx, event, at)


async def look(desk: VolunteeringDesk, tx: Tx, event_id: int, *, now: datetime) -> None:
    """Ask the next ones, if the place is still free and nobody waits."""
    event = await listing.find(tx, event_id)
    if event is None or event.cancelled_at is not None or event.has_begun(now):
        return
    if not covering.missing(event) or not event.has_room() or not event.is_open:
        return
    at = timing.considerate(now, happens_at=event.starts_at)
    if at > now:
        await _plan(tx, event, at)
        return
    found = await _suitable(desk, tx, event, now=now)
    asked = await places.ask(tx, found[: covering.asked_at_once(event, now)], event.id, now=now)
    await _tell(desk, tx, event, asked, now=now)
    if not asked:
        await _nobody_left(desk, tx, event)
        return
    await _plan(tx, event, timing.after_waking(now, covering.pause(event, now)))


async def _plan(tx: Tx, event: Event, at: datetime) -> None:
    """At that moment, however often it is wished."""
    if at < event.starts_at:
        ref = str(event.id)
        await due.plan(tx, key=f"event:{ref}:cover", kind=KIND, ref=ref, at=at)


async def _tell(
    desk: VolunteeringDesk,
    tx: Tx,
    event: Event,
    asked: Sequence[ParticipantId],
    *,
    now: datetime,
) -> None:
    known = await participants.people_of(tx, asked)
    for one in asked:
        person = known[one]
        _ = desk.catalogs.words(person.language)
        text, buttons = wording.can_you_come(_, event)
        post = Outgoing(
            to=person.telegram_id,
            lane="notice",
            key=f"cover:{event.id}:{one}",
            text=text,
            buttons=buttons,
            expires_at=event.starts_at,
            person_id=person.id,
        )
        await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def _nobody_left(desk: VolunteeringDesk, tx: Tx, event: Event) -> None:
    """Everybody who fits was asked: the team hears of it, once."""
    _ = desk.catalogs.words(desk.staff_language)
    text = wording.nobody_left(_, event, covering.missing(event))
    key = f"uncovered:{event.id}:{int(event.starts_at.timestamp())}"
    await evening.tell_team(desk, tx, event, text, key=key)


async def _suitable(
    desk: VolunteeringDesk, tx: Tx, event: Event, *, now: datetime
) -> list[ParticipantId]:
    """Who fits the shift, best first, was never asked for it, and can be asked now; nobody for whom
    it is far or who is never free then."""
    found = await fitting.candidates(desk, tx, event.id, now=now, limit=_LOOKED_AT)
    ids = [
        ParticipantId(one.id)
        for one in found
        if not _SPEAKS_AGAINST & {reason.why for reason in one.match.reasons}
    ]
    return await askable(tx, event, ids, now=now)


async def askable(
    tx: Tx, event: Event, found: Sequence[ParticipantId], *, now: datetime
) -> list[ParticipantId]:
    """Those of them who can be written to, have time, and were not asked enough today."""
    known: dict[ParticipantId, Person] = await participants.people_of(tx, found)
    busy = await places.busy(tx, event, found)
    tired = await _asked_enough(tx, found, now=now)
    return [one for one in found if one in known and one not in busy and one not in tired]


async def _asked_enough(
    tx: Tx, found: Sequence[ParticipantId], *, now: datetime
) -> frozenset[ParticipantId]:
    table = _registrations
    asked = (
        select(table.c.participant_id)
        .where(table.c.participant_id.in_(found), table.c.state == Place.ASKED)
        .where(table.c.changed_at > now - timedelta(days=1))
        .group_by(table.c.participant_id)
        .having(func.count() >= covering.AT_MOST_A_DAY)
    )
    return frozenset(ParticipantId(row["participant_id"]) for row in await tx.all(asked))
