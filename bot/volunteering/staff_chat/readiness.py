"""Before the first shift, for coordinators: what is open, and the extract that they have seen."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.events.service import participants
from bot.people import service as people
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.readiness import Item, Readiness, Via
from bot.volunteering.service import assignments
from bot.volunteering.service import readiness as service
from bot.volunteering.wording import readiness as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """One screen, and what can be said on it."""
    taps = {"vcready": show, "vcrdone": mark, "vcrfree": waive, "vcrnot": take_back}
    return Routes(actions=bound(desk, taps))


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One volunteer's list for one assignment."""
    volunteer, assignment = (number_in(one) for one in _parts(tap, 2))
    one = await service.seen(tx, person, volunteer, assignment, now=tap.at)
    return await _screen(desk, tx, person, one)


async def mark(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Seen, or gone through together."""
    return await _mark(desk, tx, person, tap, Via.COORDINATOR)


async def waive(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """This person needs no extract: the coordinator decides, and the log says who did."""
    if _parts(tap, 3)[2] != Item.EXTRACT:
        raise Outdated
    return await _mark(desk, tx, person, tap, Via.WAIVED)


async def take_back(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Not yet, after all."""
    volunteer, assignment, item = _parts(tap, 3)
    whose, what = number_in(volunteer), number_in(assignment)
    one = await service.take_back(tx, person, whose, what, item, now=tap.at)
    return await _screen(desk, tx, person, one)


async def _mark(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, via: Via
) -> list[Message]:
    volunteer, assignment, item = _parts(tap, 3)
    whose, what = number_in(volunteer), number_in(assignment)
    one = await service.mark(tx, person, whose, what, item, via=via, now=tap.at)
    return await _screen(desk, tx, person, one)


async def _screen(desk: VolunteeringDesk, tx: Tx, person: Person, one: Readiness) -> list[Message]:
    what = await assignments.get(tx, one.assignment)
    name = await participants.name_of(tx, one.volunteer)
    by = [tick.by for tick in one.ticks.values() if tick.by is not None]
    authors = {int(one): said for one, said in (await people.staff_names(tx, by)).items()}
    words = desk.catalogs.words(person.language)
    text, buttons = wording.coordinator(words, one, what, name, authors)
    return [Edit(text=text, buttons=buttons)]


def _parts(tap: Tapped, count: int) -> list[str]:
    """What a button carries may be forged. Raises Outdated."""
    found = tap.argument.split(":")
    if len(found) != count:
        raise Outdated
    return found
