"""The calendar file of an event, made when it is sent: as the event is then."""

from bot.events import calendar_file
from bot.events.desk import EventsDesk
from bot.events.service import rows
from bot.storage.transaction import Tx

KIND = "event_ics"


async def made(desk: EventsDesk, tx: Tx, ref: str) -> bytes:
    """`ref`: the event's number, a language, and the place of who sets off at a time of their own.
    Raises Outdated when the event is gone."""
    number, language, place, *_ = [*ref.split(":"), ""]
    event = await rows.get(tx, int(number))
    mine = await rows.by_id(tx, int(place)) if place else None
    if mine is not None:
        event = event.for_place(mine)
    return calendar_file.calendar(event, language or None, organisation=desk.organisation)
