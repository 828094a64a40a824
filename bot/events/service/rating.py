"""How was it? Asked of who was there, once, after the event; kept without a name."""

from datetime import datetime

from sqlalchemy import and_, delete, select, update

from bot.errors import Outdated
from bot.events import tables
from bot.events.desk import EventsDesk
from bot.events.domain import Event, Place, Registration, rating
from bot.events.domain import refusals as refused
from bot.events.service import finding, listing, news, participants, planned, rows
from bot.events.wording import rating as wording
from bot.people.domain import Person
from bot.schedule import timing
from bot.storage.transaction import Tx

_MANY = 100  # asked at once
_ratings, _registrations = tables.event_ratings, tables.registrations


async def ask(desk: EventsDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """`ref`: the event, and after which place to go on. Where a list was kept only who was there
    is asked, else everybody who had a place."""
    number, _, after = ref.partition(":")
    event = await rows.find(tx, int(number))
    if event is None or event.cancelled_at is not None or not finding.is_listed(event):
        return
    if now < event.ends_at:  # it was moved to a later day
        await planned.rating(tx, event)
        return
    if now > event.ends_at + rating.ANSWERED_WITHIN:
        return
    was_there = await _guests(tx, event, int(after or 0))
    people = await participants.people_of(tx, [one.participant for one in was_there])
    for one in was_there:
        if (person := people.get(one.participant)) is not None:
            await _ask(desk, tx, event, one, person, now=now)
    if len(was_there) == _MANY:
        await planned.rating(tx, event, after=was_there[-1].id, at=now)


async def rate(tx: Tx, person: Person, event_id: int, smile: int, *, now: datetime) -> int:
    """Keep a smiley, once; the number of the answer, for the line that may follow.

    Raises NoPlace, Answered, TooLateToAnswer, TooEarly, Outdated.
    """
    if smile not in rating.SMILES:
        raise Outdated
    event, _mine, place = await listing.seen_by(tx, person.id, event_id)
    if place is None or place.state not in (Place.PLACED, Place.ATTENDED):
        raise refused.NoPlace
    if now < event.starts_at:
        raise refused.TooEarly
    if now > event.ends_at + rating.ANSWERED_WITHIN:
        raise rating.TooLateToAnswer
    table = _registrations
    own = and_(table.c.id == place.id, table.c.is_rated.is_(False))
    if (await tx.execute(update(table).where(own).values(is_rated=True))).rowcount != 1:
        raise rating.Answered
    made = tx.insert(_ratings).values(event_id=event_id, smile=smile).returning(_ratings.c.id)
    return int(await tx.scalar(made))


async def add_line(tx: Tx, number: int, line: str) -> bool:
    """What somebody adds, once. False: it is gone, or there is one already."""
    own = and_(_ratings.c.id == number, _ratings.c.line.is_(None))
    words = " ".join(line.split())[: rating.LINE]
    return (await tx.execute(update(_ratings).where(own).values(line=words))).rowcount == 1


async def results(
    desk: EventsDesk, tx: Tx, person: Person, event_id: int
) -> tuple[Event, rating.Result | None]:
    """What people said, for a coordinator of the office; None where too few did.

    Raises StaffOnly, NotYourOffice, Outdated.
    """
    event = await listing.get(tx, event_id)
    await desk.require_office(tx, person, event.draft.office or "")
    said = await tx.all(select(_ratings).where(_ratings.c.event_id == event_id))
    smiles = [row["smile"] for row in said]
    return event, rating.result(smiles, [row["line"] for row in said if row["line"]])


async def forget_old(tx: Tx, *, now: datetime) -> None:
    """What was said two years ago helps nobody any more."""
    old = select(tables.events.c.id).where(tables.events.c.ends_at < now - rating.KEPT)
    await tx.execute(delete(_ratings).where(_ratings.c.event_id.in_(old)))


async def _guests(tx: Tx, event: Event, after: int) -> list[Registration]:
    """The next ones to be asked, by number."""
    table = _registrations
    here = table.c.event_id == event.id
    was_kept = await tx.one(
        select(table.c.id).where(here, table.c.state == Place.ATTENDED).limit(1)
    )
    states = [Place.ATTENDED] if was_kept else [Place.PLACED]
    wanted = (
        select(table)
        .where(here, table.c.state.in_(states), table.c.id > after, table.c.is_rated.is_(False))
        .order_by(table.c.id)
        .limit(_MANY)
    )
    return [rows.registration(row) for row in await tx.all(wanted)]


async def _ask(
    desk: EventsDesk, tx: Tx, event: Event, place: Registration, person: Person, *, now: datetime
) -> None:
    await news.post(
        desk,
        tx,
        person,
        lambda _: wording.ask(_, event),
        at=timing.considerate(now),
        lane="reminder",
        key=f"rate:{place.id}",
    )
