"""Somebody leaves altogether: their places are free; and what is kept of places, and how long."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.events import tables
from bot.events.domain import ParticipantId, Place
from bot.events.service import arriving, listing, places, rows, team_rows, walkers
from bot.storage.transaction import Tx

KEPT = timedelta(days=730)  # after the event


async def everything(tx: Tx, participant: ParticipantId, *, now: datetime) -> None:
    """Give back every place ahead, leave every waitlist, answer every invitation with no; codes for
    the door open nothing any more."""
    for event, place in await listing.ahead(tx, participant, now=now):
        held = await rows.hold(tx, event.id)
        has_begun = held.has_begun(now) and place.state is Place.PLACED
        if not has_begun:
            await places.leave(tx, held, place, Place.GIVEN_BACK, now=now)
        elif place.team is not None:
            await team_rows.pass_on(tx, place.team, participant, now=now)
    await arriving.forget_codes(tx, participant)


async def forget_old(tx: Tx, *, now: datetime) -> None:
    """Who was where two years ago is nobody's business any more; the frozen counts stay."""
    events, registrations = tables.events, tables.registrations
    old = select(events.c.id).where(events.c.ends_at < now - KEPT)
    await tx.execute(delete(registrations).where(registrations.c.event_id.in_(old)))
    await walkers.forget_names(tx, now=now)
