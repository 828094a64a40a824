"""Before the first shift: the volunteer's list. Whom somebody has to tell first is asked here and
stands in the buttons only, so that no row ever says which benefit they get."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.events.domain import Event
from bot.events.service import participants
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import readiness as domain
from bot.volunteering.domain.readiness import Readiness
from bot.volunteering.service import assignments, preparing
from bot.volunteering.service import readiness as service
from bot.volunteering.wording import readiness as wording

_DUTCH = "nl"


def routes(desk: VolunteeringDesk) -> Routes:
    """The list and what stands behind each line."""
    screens = {
        "vready": show,
        "vrdone": tick,
        "vrmore": explain,
        "vrget": choose,
        "vrnote": give_notices,
    }
    return Routes(actions=bound(desk, screens))


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The list as it stands."""
    number = number_in(tap.argument)
    return await _list(desk, tx, person, tap, await service.own(tx, person.id, number, now=tap.at))


async def tick(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A line is done, or not after all; the button says which, so that two taps are one."""
    number, item, is_done = _parts(tap, 3)
    one = await service.tick(
        tx, person.id, number_in(number), item, is_done=is_done == "1", now=tap.at
    )
    return await _list(desk, tx, person, tap, one)


async def explain(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Why, how, and where it is written."""
    one = await service.own(tx, person.id, number_in(tap.argument), now=tap.at)
    text, buttons = wording.more(desk.catalogs.words(person.language), desk.checklist, one)
    return [Edit(text=text, buttons=buttons)]


async def choose(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Which benefit, or the reception centre: with ticks, until the notice is asked for."""
    one, mask = await _asked(tx, person, tap)
    text, buttons = wording.whom(desk.catalogs.words(person.language), desk.checklist, one, mask)
    return [Edit(text=text, buttons=buttons)]


async def give_notices(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Whom to tell, and the words for it, ready to be sent."""
    one, mask = await _asked(tx, person, tap)
    if not domain.chosen(mask):
        raise Outdated
    what, event = await assignments.get(tx, one.assignment), await _next(tx, one, tap)
    _, dutch = desk.catalogs.words(person.language), desk.catalogs.words(_DUTCH)
    name = await participants.name_of(tx, one.volunteer)
    text, buttons = wording.told(_, desk.checklist, one, mask)
    notices = wording.notices(
        _,
        desk.checklist,
        domain.chosen(mask),
        official=wording.facts(dutch, what, event, name),
        own=wording.facts(_, what, event, name),
    )
    return [Edit(text=text, buttons=buttons), *notices]


async def _asked(tx: Tx, person: Person, tap: Tapped) -> tuple[Readiness, int]:
    number, mask = _parts(tap, 2)
    found = number_in(mask)
    if found >> len(domain.PAYERS):
        raise Outdated
    return await service.own(tx, person.id, number_in(number), now=tap.at), found


async def _list(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, one: Readiness
) -> list[Message]:
    what, event = await assignments.get(tx, one.assignment), await _next(tx, one, tap)
    words = desk.catalogs.words(person.language)
    text, buttons = wording.checklist(words, desk.checklist, one, what, event)
    return [Edit(text=text, buttons=buttons)]


async def _next(tx: Tx, one: Readiness, tap: Tapped) -> Event | None:
    return await preparing.next_shift(tx, one.volunteer, one.assignment, now=tap.at)


def _parts(tap: Tapped, count: int) -> list[str]:
    """What a button carries may be forged. Raises Outdated."""
    found = tap.argument.split(":")
    if len(found) != count:
        raise Outdated
    return found
