"""The card about somebody without Telegram, in the team's group: what they said."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.events.desk import EventsDesk
from bot.events.service import calling
from bot.events.wording import calls as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: EventsDesk) -> Routes:
    """Its buttons, for coordinators."""
    return Routes(staff_actions=bound(desk, {"eccall": answer}))


async def answer(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """They come, they do not, or they were there."""
    parts = tap.argument.split(":")
    if len(parts) != 3:
        raise Outdated
    event_id, participant, said = number_in(parts[0]), number_in(parts[1]), parts[2]
    name = await calling.answered(tx, person, event_id, participant, said, now=tap.at)
    _ = desk.catalogs.words(desk.staff_language)
    return [Edit(text=wording.end(_, said, name=name, by=person.first_name))]
