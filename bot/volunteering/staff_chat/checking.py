"""Coordinators look at hours that are open or disputed, and decide."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.hours import Line
from bot.volunteering.service import correcting
from bot.volunteering.wording import hours as wording

_MOST_PAGES = 999


def routes(desk: VolunteeringDesk) -> Routes:
    """The list, one line, and the decisions; in the coordinator's own chat."""
    screens = {
        "vchours": show_all,
        "vchour": show_one,
        "vchyes": approve,
        "vchall": approve_all,
        "vchno": refuse,
    }
    return Routes(actions=bound(desk, screens))


async def show_all(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A page of what is open."""
    return await _list(desk, tx, person, tap, page=min(number_in(tap.argument), _MOST_PAGES))


async def show_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One line."""
    line, name = await correcting.look(tx, person, number_in(tap.argument))
    return [_one(desk, person, line, name)]


async def approve(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """These hours count."""
    number, _, minutes = tap.argument.partition(":")
    id_ = number_in(number)
    await correcting.approve(desk, tx, person, id_, number_in(minutes), now=tap.at)
    return await _list(desk, tx, person, tap, page=0)


async def approve_all(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Everything that nobody disputes, as it was shown."""
    minutes, _, ids = tap.argument.partition(":")
    numbers = [number_in(one) for one in ids.split(",")]
    await correcting.approve_all(tx, person, numbers, number_in(minutes), now=tap.at)
    return await _list(desk, tx, person, tap, page=0)


async def refuse(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """These do not."""
    await correcting.refuse(desk, tx, person, number_in(tap.argument), now=tap.at)
    return await _list(desk, tx, person, tap, page=0)


async def _list(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, *, page: int
) -> list[Message]:
    lines, names, more = await correcting.to_check(tx, person, page=page, now=tap.at)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.to_check(_, lines, names, page=page, has_more=more)
    return [Edit(text=text, buttons=buttons)]


def _one(desk: VolunteeringDesk, person: Person, line: Line, name: str) -> Edit:
    text, buttons = wording.check(desk.catalogs.words(person.language), line, name)
    return Edit(text=text, buttons=buttons)
