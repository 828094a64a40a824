"""The own code for the door."""

from functools import partial

from bot.delivery.incoming import Tapped
from bot.delivery.making import Maker
from bot.delivery.messages import File, Made, Message
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.events.desk import EventsDesk
from bot.events.service import arriving
from bot.events.wording import arriving as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: EventsDesk) -> Routes:
    """One button, for who has a place."""
    return Routes(actions=bound(desk, {"epass": show_code}))


def makers(desk: EventsDesk) -> dict[str, Maker]:
    """The picture is made when it is sent."""
    return {arriving.KIND: partial(arriving.picture, desk)}


async def show_code(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """As a picture, and in letters for who has no camera."""
    event, code = await arriving.code_of(tx, person.id, number_in(tap.argument), now=tap.at)
    caption = wording.code(desk.catalogs.words(person.language), event, code)
    made = Made(arriving.KIND, code)
    return [File(made=made, name="code.png", caption=caption, as_photo=True)]
