"""Hold whoever takes a place and the event, and read what counts then.

Who takes a place is held before the event, so that nobody has two places at the same time.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, and_, func, select

from bot.events import tables
from bot.events.domain import Event, EventId, ParticipantId, Place, Registration
from bot.events.service import rows
from bot.storage.transaction import Tx

events, registrations = tables.events, tables.registrations

_A_MOMENT = timedelta(microseconds=1)


class Known(NamedTuple):
    """What counts when a place is taken, read while the event is held."""

    mine: Registration | None
    elsewhere: EventId | None  # where they have a place at that time
    last: datetime | None  # since when the last one waits

    def stands_since(self, now: datetime) -> datetime:
        """Where somebody new stands on the waitlist: last, also when they tapped before others
        whose turn was taken sooner. Who was told a number does not slip back."""
        if self.last is None or self.last < now:
            return now
        return self.last + _A_MOMENT


async def hold(
    tx: Tx, participant: ParticipantId, event_id: int | ScalarSelect[int]
) -> tuple[Event, Known]:
    """The participant, then the event: nobody else takes a place for them, or here, meanwhile."""
    if not tx.is_sqlite:  # there one writer is the rule anyway
        table = tables.participants
        await tx.execute(select(table.c.id).where(table.c.id == participant).with_for_update())
    event = await rows.hold(tx, event_id)
    return event, await _known(tx, participant, event)


async def _known(tx: Tx, participant: ParticipantId, event: Event) -> Known:
    """What the participant has here, where they have a place at that time, and who waits last:
    one statement, in which the event itself is always a row."""
    table, own = registrations, registrations.alias("own")
    waits = and_(table.c.event_id == event.id, table.c.state == Place.WAITING)
    here = and_(own.c.event_id == event.id, own.c.participant_id == participant)
    found = await tx.all(
        select(
            own,
            select(func.max(table.c.queued_at)).where(waits).scalar_subquery().label("last"),
            _other(event, participant).label("elsewhere"),
        )
        .select_from(events.outerjoin(own, here))
        .where(events.c.id == event.id)
    )
    [row] = found
    return Known(
        mine=None if row["id"] is None else rows.registration(row),
        elsewhere=row["elsewhere"],
        last=row["last"],
    )


def _other(event: Event, participant: ParticipantId) -> ScalarSelect[Any]:
    other = events.alias("other")
    table = registrations
    return (
        select(other.c.id)
        .join(table, table.c.event_id == other.c.id)
        .where(table.c.participant_id == participant, at_that_time(event, other))
        .order_by(other.c.starts_at, other.c.id)
        .limit(1)
        .scalar_subquery()
    )


def at_that_time(event: Event, other: FromClause) -> ColumnElement[bool]:
    """A registration is one for a place at the time of this event, at another one."""
    return and_(
        other.c.id != event.id,
        other.c.cancelled_at.is_(None),
        other.c.starts_at < event.ends_at,
        other.c.ends_at > event.starts_at,
        registrations.c.state.in_((Place.OFFERED, Place.PLACED)),
    )
