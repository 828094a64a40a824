"""A volunteer was asked for a shift: yes or no."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.chat import shifts
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import inviting
from bot.volunteering.wording import inviting as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The two buttons below an invitation."""
    return Routes(actions=bound(desk, {"vfyes": say_yes, "vfno": say_no}))


async def say_yes(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The same as taking it from the list: agreement first, then a place or the waitlist."""
    event = number_in(tap.argument)
    await inviting.require_asked(tx, person, event)
    replies = await shifts.take(desk, tx, person, tap)
    await inviting.refresh_boards(desk, tx, event)
    return replies


async def say_no(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Not this time; remembered for this shift."""
    event = await inviting.decline(desk, tx, person, number_in(tap.argument), now=tap.at)
    text, buttons = wording.declined(desk.catalogs.words(person.language), event)
    return [Edit(text=text, buttons=buttons)]
