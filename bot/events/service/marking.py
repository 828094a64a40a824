"""Who came to an event and who did not, and why; also why a place was given back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, update

from bot.events import domain, tables
from bot.events.domain import Event, ParticipantId, Place
from bot.events.domain import refusals as refused
from bot.events.service import planned, rows
from bot.storage.transaction import Tx

registrations = tables.registrations

# Who came may be said a little before it begins: people come early.
_EARLY = timedelta(hours=1)


async def mark(
    tx: Tx, participant: ParticipantId, event_id: int, *, came: bool, via: str, now: datetime
) -> None:
    """Somebody came, or did not; may be corrected. `via`: contact, link, coordinator, self.

    Who did not come is asked kindly a few hours later. Raises NoPlace, TooEarly, Cancelled.
    """
    event = await rows.hold(tx, event_id)
    await mark_all(tx, event, {participant: came}, via=via, now=now)


async def mark_all(
    tx: Tx, event: Event, came: Mapping[ParticipantId, bool], *, via: str, now: datetime
) -> None:
    """The same for many, at an event that is held. Raises NoPlace when one of them has no place.

    What is due for a place judges again when its time has come: nothing is cancelled here.
    """
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if now < event.starts_at - _EARLY:
        raise refused.TooEarly
    there = [one for one, is_so in came.items() if is_so]
    await _mark(tx, event, there, Place.ATTENDED, via=via, now=now)
    missed = [one for one, is_so in came.items() if not is_so]
    await planned.absences(
        tx, event, await _mark(tx, event, missed, Place.ABSENT, via=via, now=now), now=now
    )


async def _mark(
    tx: Tx,
    event: Event,
    who: Sequence[ParticipantId],
    state: Place,
    *,
    via: str,
    now: datetime,
) -> list[int]:
    """The numbers of their places."""
    if not who:
        return []
    table = registrations
    own = and_(table.c.event_id == event.id, table.c.participant_id.in_(who))
    marked = update(table).where(own, table.c.state.in_(domain.HAS_A_PLACE))
    values = {"state": state, "marked_by": via, "changed_at": now}
    found = await tx.all(marked.values(values).returning(table.c.id))
    if len(found) != len(who):
        raise refused.NoPlace
    return [row["id"] for row in found]


async def excuse(
    tx: Tx, participant: ParticipantId, event_id: int, reason: str, *, now: datetime
) -> None:
    """Why somebody did not come. Raises NoPlace when nobody missed them (any more)."""
    mine = await rows.of(tx, event_id, participant)
    if mine is None or mine.state is not Place.ABSENT:
        raise refused.NoPlace
    await rows.change(tx, mine.id, now=now, reason=reason, is_excused=True)


async def explain(
    tx: Tx, participant: ParticipantId, event_id: int, reason: str, *, now: datetime
) -> None:
    """Why a place was given back, where somebody likes to say it. Raises NoPlace."""
    mine = await rows.of(tx, event_id, participant)
    if mine is None or mine.state is not Place.GIVEN_BACK:
        raise refused.NoPlace
    await rows.change(tx, mine.id, now=now, reason=reason)
