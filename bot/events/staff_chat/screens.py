"""What coordinators' screens of events share."""

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.events.desk import EventsDesk
from bot.events.domain import Event
from bot.events.service import organising
from bot.events.wording import plans
from bot.events.wording.plans import House, Screen
from bot.people.domain import Person
from bot.storage.transaction import Tx


def posted(screen: Screen, incoming: Incoming) -> Message:
    """Into the message that was tapped, else a new one."""
    text, buttons = screen
    if isinstance(incoming, Tapped) and incoming.is_private:
        return Edit(text=text, buttons=buttons)
    return Outgoing(text=text, buttons=buttons)


async def one(desk: EventsDesk, tx: Tx, person: Person, event: Event, incoming: Incoming) -> Screen:
    """An event that they may see, and what can be done with it."""
    seen = await organising.look(tx, event)
    return plans.one(desk.words(person), seen, house(desk), now=incoming.at)


async def done(
    desk: EventsDesk, tx: Tx, person: Person, event_id: int, incoming: Incoming, *, said: str
) -> list[Message]:
    """What came of a dialog, and the event as it is now."""
    event = await organising.get(desk, tx, person, event_id)
    text, buttons = await one(desk, tx, person, event, incoming)
    return [Outgoing(text=said), Outgoing(text=text, buttons=buttons)]


def house(desk: EventsDesk) -> House:
    """What is called how."""
    return House(desk.catalogs, desk.offices)
