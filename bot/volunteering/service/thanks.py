"""A thank-you once a year, around the day of volunteers (5 December), with one's own hours."""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import func, or_, select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.events import tables as events_tables
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.language import formats
from bot.language.formats import BRUSSELS
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.wording import leaving as wording

_MONTH, _FIRST_DAY = 12, 5
_AT = time(10)
_YEAR = timedelta(days=365)
_AT_ONCE: Final = 300  # the rest the night after

_table = tables.volunteers


async def thank(desk: VolunteeringDesk, tx: Tx, *, now: datetime) -> None:
    """At night: have everybody who gave hours in the last year thanked in the morning, once. Who
    wants no such messages, or has stopped, is left alone."""
    day = formats.day_of(now)
    if day.month != _MONTH or day.day < _FIRST_DAY:
        return
    minutes = await _to_thank(tx, now=now)
    if not minutes:
        return
    own = _table.c.id.in_(minutes)
    await tx.execute(update(_table).where(own).values(thanked_year=day.year))
    known = await participants.people_of(tx, minutes)
    at = max(now, datetime.combine(day, _AT, BRUSSELS).astimezone(now.tzinfo))
    for volunteer, person in known.items():
        await _post(desk, tx, person, minutes[volunteer], at=at)


async def are_unwanted(tx: Tx, person_id: int) -> bool:
    """Did a volunteer say no to such messages?"""
    mine = await participants.known(tx, person_id)
    said = select(_table.c.no_thanks_at).where(_table.c.id == mine)
    return mine is not None and await tx.scalar(said) is not None


async def choose(tx: Tx, person: Person, *, is_on: bool, now: datetime) -> None:
    """A volunteer wants them, or does not."""
    mine = await participants.known(tx, person.id)
    at = None if is_on else now
    await tx.execute(update(_table).where(_table.c.id == mine).values(no_thanks_at=at))


async def _to_thank(tx: Tx, *, now: datetime) -> dict[ParticipantId, int]:
    hours, who = tables.hours.c, events_tables.participants.c
    day = formats.day_of(now)
    total = func.sum(hours.minutes)
    rows = await tx.all(
        select(_table.c.id, total.label("minutes"))
        .join(events_tables.participants, who.id == _table.c.id)
        .join(tables.hours, hours.volunteer_id == _table.c.id)
        .where(_table.c.state.in_((State.ACTIVE, State.PAUSED)), who.person_id.is_not(None))
        .where(_table.c.stripped_at.is_(None), _table.c.no_thanks_at.is_(None))
        .where(or_(_table.c.thanked_year.is_(None), _table.c.thanked_year < day.year))
        .where(hours.worked_on > day - _YEAR, hours.state != "refused")
        .group_by(_table.c.id)
        .having(total > 0)
        .order_by(_table.c.id)
        .limit(_AT_ONCE)
    )
    return {ParticipantId(row["id"]): row["minutes"] for row in rows}


async def _post(
    desk: VolunteeringDesk, tx: Tx, person: Person, minutes: int, *, at: datetime
) -> None:
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.thanks(_, person.first_name, minutes)
    post = Outgoing(
        to=person.telegram_id,
        lane="broadcast",
        key=f"volunteering.thanks:{person.id}:{at.year}",
        text=text,
        buttons=buttons,
        hold_until=at,
        expires_at=at + timedelta(hours=10),
        person_id=person.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
