"""The calendar file of an event, made when it is sent: as the event is then."""

from bot.events import calendar_file
from bot.events.desk import EventsDesk
from bot.events.service import rows
from bot.storage.transaction import Tx

KIND = "event_ics"


async def made(desk: EventsDesk, tx: Tx, ref: str) -> bytes:
    """`ref`: the event's number and a language. Raises Outdated when the event is gone."""
    number, _, language = ref.partition(":")
    event = await rows.get(tx, int(number))
    return calendar_file.calendar(event, language or None, organisation=desk.organisation)
