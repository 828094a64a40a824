"""Who looks after which office: read by every coordinator, set by administrators."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.people.domain import Person, Role, is_at_least
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Office
from bot.volunteering.service import offices as service
from bot.volunteering.wording import offices as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The list, one office, and its ticks; in one's own chat."""
    screens = {"vcoffices": show_all, "vcoffice": show_one, "vcofficeset": tick}
    return Routes(actions=bound(desk, screens))


async def show_all(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Every office, and whose it is."""
    held = await service.held(tx, person)
    may_set = is_at_least(person.role, Role.ADMIN)
    words = desk.catalogs.words(person.language)
    text, buttons = wording.all_of_them(words, desk.offices, held, may_set=may_set)
    return [Edit(text=text, buttons=buttons)]


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One office: a tick for each coordinator."""
    return await _one(desk, tx, person, _office(desk, tap.argument))


async def tick(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A coordinator more or less."""
    key, _, rest = tap.argument.partition(":")
    number, _, wanted = rest.partition(":")
    office = _office(desk, key)
    if wanted not in ("0", "1"):
        raise Outdated
    is_on = wanted == "1"
    await service.give(tx, person, office.key, number_in(number), is_on=is_on, now=tap.at)
    return await _one(desk, tx, person, office)


def _office(desk: VolunteeringDesk, key: str) -> Office:
    found = desk.offices.get(key)
    if found is None:
        raise Outdated
    return found


async def _one(desk: VolunteeringDesk, tx: Tx, person: Person, office: Office) -> list[Message]:
    team, theirs = await service.candidates(tx, person, office.key)
    words = desk.catalogs.words(person.language)
    text, buttons = wording.one(words, office, team, theirs)
    return [Edit(text=text, buttons=buttons)]
