"""A volunteer was asked for a shift: yes or no."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.chat.fitting import number_in
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import inviting
from bot.volunteering.wording import inviting as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The two buttons below an invitation."""
    return Routes(actions=bound(desk, {"vfyes": say_yes, "vfno": say_no}))


async def say_yes(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A place, or one on the waitlist."""
    return await _answer(desk, tx, person, tap, is_yes=True)


async def say_no(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Not this time; remembered for this shift."""
    return await _answer(desk, tx, person, tap, is_yes=False)


async def _answer(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, *, is_yes: bool
) -> list[Message]:
    event, state, position = await inviting.answer(
        desk, tx, person, number_in(tap.argument), is_yes=is_yes, now=tap.at
    )
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.answered(_, event, state, position)
    return [Edit(text=text, buttons=buttons)]
