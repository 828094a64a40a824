"""Coordinators look at two files that may be of one person, and decide."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import doubles, merging
from bot.volunteering.wording import merging as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The list, the two side by side, and the two answers."""
    screens = {
        "vcdoubles": show_all,
        "vcdouble": show_one,
        "vcmerge": merge,
        "vcpart": part,
    }
    return Routes(actions=bound(desk, screens))


async def show_all(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The pairs that wait."""
    found = await doubles.listed(tx, person)
    text, buttons = wording.listed(desk.catalogs.words(person.language), found)
    return [Edit(text=text, buttons=buttons)]


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Both files."""
    found = await doubles.look(tx, person, number_in(tap.argument))
    names = {key: office.name for key, office in desk.offices.items()}
    text, buttons = wording.double(desk.catalogs.words(person.language), found, names)
    return [Edit(text=text, buttons=buttons)]


async def merge(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One person."""
    done = await merging.merge(desk, tx, person, number_in(tap.argument), now=tap.at)
    text, buttons = wording.done(desk.catalogs.words(person.language), done)
    return [Edit(text=text, buttons=buttons)]


async def part(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Two different people."""
    await doubles.part(tx, person, number_in(tap.argument), now=tap.at)
    return await show_all(desk, tx, person, tap)
