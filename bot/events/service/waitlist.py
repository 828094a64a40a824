"""Whose a free place is: the next in line's, for a time; in the last hours the first tap's; and
where nobody waits, the floor above is asked to look for somebody."""

from datetime import datetime, timedelta
from functools import partial

from bot.delivery.messages import Outgoing
from bot.errors import Outdated
from bot.events import domain
from bot.events.desk import EventsDesk
from bot.events.domain import Event, Place, Registration
from bot.events.service import news, participants, places, planned, rows
from bot.events.wording import offers as wording
from bot.language.catalog import Words
from bot.schedule import timing
from bot.storage.transaction import Tx

_LOOK_AGAIN = timedelta(hours=1)


async def fill(desk: EventsDesk, tx: Tx, event_id: int, *, now: datetime) -> None:
    """Give free places to who waits; called whenever one may be free."""
    try:
        event = await rows.hold(tx, event_id)
    except Outdated:
        return
    if event.cancelled_at is not None or event.has_begun(now) or not event.has_room():
        return
    waiting = await _may_have(tx, event)
    if event.first_tap_wins(now):
        told = await _call_all(desk, tx, event, waiting, now=now)
    else:
        told = await _offer(desk, tx, event, waiting, now=now)
    if not told and (hears := desk.nobody_waits.get(event.kind)) is not None:
        await hears(tx, event, now=now)


async def lapse(desk: EventsDesk, tx: Tx, registration_id: int, *, now: datetime) -> None:
    """An offer was not answered in time: the place goes to the next one."""
    offered = await rows.by_id(tx, registration_id)
    if offered is None or offered.state is not Place.OFFERED:
        return
    event = await rows.hold(tx, offered.event_id)
    offered = await rows.by_id(tx, registration_id)  # they may have answered meanwhile
    if offered is None or offered.state is not Place.OFFERED:
        return
    if offered.offered_until is not None and offered.offered_until > now:
        await planned.lapse(tx, offered, at=offered.offered_until)
        return
    await places.leave(tx, event, offered, Place.LAPSED, now=now)
    person = await participants.person_of(tx, offered.participant)
    if person is None or event.cancelled_at is not None or event.has_begun(now):
        return
    at = news.rings_at(now, event.starts_at)
    await news.post(
        desk, tx, person, lambda _: wording.lapsed(_, event), at=at, expires_at=event.starts_at
    )


async def _may_have(tx: Tx, event: Event) -> list[Registration]:
    """Who waits, in order, and has nothing else at that time."""
    waiting = await rows.all_of(tx, event.id, Place.WAITING)
    if not waiting:
        return []
    busy = await places.busy(tx, event, [one.participant for one in waiting])
    return [one for one in waiting if one.participant not in busy]


async def _offer(
    desk: EventsDesk, tx: Tx, event: Event, waiting: list[Registration], *, now: datetime
) -> int:
    """A place each, to as many as there are places; how many. A group that does not fit is passed
    by, and stays where it is."""
    opens = timing.considerate(now, happens_at=event.starts_at)
    wished = timing.after_waking(opens, domain.offer_lasts(event.starts_at - opens))
    until = domain.offer_ends(opens, wished, event.starts_at)
    known = await participants.people_of(tx, [one.participant for one in waiting])
    room, count = event.free, 0
    for one in waiting:
        if room is not None and one.size > room:
            continue
        await places.offer(tx, event, one, until=until, now=now)
        room = None if room is None else room - one.size
        count += 1
        if (person := known.get(one.participant)) is not None:
            await news.post(
                desk,
                tx,
                person,
                partial(_offered, event.for_place(one), until, opens),
                at=opens,
                expires_at=until,
            )
        else:
            name = await participants.name_of(tx, one.participant)
            await news.call(desk, tx, event, one, "offer", name=name)
    return count


def _offered(event: Event, until: datetime, opens: datetime, _: Words) -> Outgoing:
    return wording.offer(_, event, until, now=opens)


async def _call_all(
    desk: EventsDesk, tx: Tx, event: Event, waiting: list[Registration], *, now: datetime
) -> int:
    """Everybody at once, each once for a free place; how many were told now."""
    untold = [one for one in waiting if one.offered_until is None and event.has_room(one.size)]
    at = timing.considerate(now, happens_at=event.starts_at)
    known = await participants.people_of(tx, [one.participant for one in untold])
    for one in untold:
        await rows.change(tx, one.id, now=now, offered_until=event.starts_at)
        if (person := known.get(one.participant)) is not None:
            await news.post(
                desk,
                tx,
                person,
                lambda _: wording.first_tap(_, event, now=at),
                at=at,
                expires_at=event.starts_at,
            )
        else:
            name = await participants.name_of(tx, one.participant)
            await news.call(desk, tx, event, one, "first_tap", name=name)
    if untold:
        await planned.look(tx, event.id, at=timing.considerate(at + _LOOK_AGAIN))
    return len(untold)
