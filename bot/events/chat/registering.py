"""Sign up by one tap, alone or with others; and change with how many."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.events.desk import EventsDesk
from bot.events.domain import refusals as refused
from bot.events.service import finding, listing, registering
from bot.events.wording import registering as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: EventsDesk) -> Routes:
    """Two buttons below an event."""
    return Routes(actions=bound(desk, {"esign": sign_up, "ebring": ask_how_many}))


async def sign_up(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A place or one on the waitlist, and what follows from it."""
    number, _colon, count = tap.argument.partition(":")
    event_id, companions = number_in(number), number_in(count)
    _ = desk.catalogs.words(person.language)
    try:
        held = await registering.sign_up(desk, tx, person, event_id, companions, now=tap.at)
    except refused.Conflict as conflict:
        event = await listing.get(tx, event_id)
        text, buttons = wording.conflict(_, event, conflict.event)
        return [Edit(text=text, buttons=buttons)]
    position = await listing.position(tx, held.place)
    text, buttons = wording.done(_, held.event, held.place, position)
    return [Edit(text=text, buttons=buttons)]


async def ask_how_many(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """How many come along?"""
    seen = await finding.one(desk, tx, person, number_in(tap.argument))
    if seen.event.cancelled_at is not None:
        raise refused.Cancelled
    if seen.event.has_begun(tap.at):
        raise refused.Over
    most = registering.MOST_COMPANIONS
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.ask_how_many(_, seen.event, seen.mine, most)
    return [Edit(text=text, buttons=buttons)]
