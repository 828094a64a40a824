"""A coordinator fills a shift, in their own chat: who fits best, ask many, see the answers."""

from functools import partial

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, File, Message, Outgoing
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated
from bot.people.desk import Maker
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.exports import shift_list
from bot.volunteering.service import inviting
from bot.volunteering.wording import inviting as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The screens and their buttons."""
    screens = {
        "vcfill": show_open,
        "vcboard": open_board,
        "vclook": look_again,
        "vcbest": show_best,
        "vcpick": pick_one,
        "vcall": pick_all,
        "vcask": ask,
        "vcsaid": note_call,
        "vcxlsx": send_list,
    }
    return Routes(actions=bound(desk, screens))


def makers(desk: VolunteeringDesk) -> dict[str, Maker]:
    """Files that are made when they are sent."""
    return {wording.LIST_KIND: partial(_list_made, desk)}


async def _list_made(desk: VolunteeringDesk, tx: Tx, what: str) -> bytes:
    event, _colon, code = what.partition(":")
    shown, spoken = await inviting.listed(tx, int(event))
    return shift_list.file(wording.sheet(desk.catalogs.words(code), shown, spoken))


async def show_open(
    desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """Shifts that still need people; from a board in a new message, for the board stays."""
    argument = incoming.argument if isinstance(incoming, Tapped) else ""
    (page,) = _numbers(argument or "0", 1)
    found, has_more = await inviting.open_ones(tx, person, page=min(page, 999), now=incoming.at)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.open_list(_, found, page=page, has_more=has_more)
    screen = Edit if argument else Outgoing
    return [screen(text=text, buttons=buttons)]


async def open_board(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """How a shift fills: a message of its own, which changes when somebody answers."""
    (event,) = _numbers(tap.argument, 1)
    shown = await inviting.board(tx, person, event)
    text, buttons = wording.board(desk.catalogs.words(person.language), shown)
    return [Outgoing(slot=wording.slot(event, person.id), text=text, buttons=buttons)]


async def look_again(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The same message, as it is now."""
    (event,) = _numbers(tap.argument, 1)
    shown = await inviting.board(tx, person, event)
    text, buttons = wording.board(desk.catalogs.words(person.language), shown)
    return [Edit(text=text, buttons=buttons)]


async def show_best(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Who fits: from the board in a new message, then page by page in that one."""
    if ":" in tap.argument:
        event, page = _numbers(tap.argument, 2)
        return [await _best(desk, tx, person, tap, (event, page))]
    (event,) = _numbers(tap.argument, 1)
    shown = await _best(desk, tx, person, tap, (event, 0))
    return [Outgoing(text=shown.text, buttons=shown.buttons)]


async def pick_one(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A tick more or less."""
    event, page, volunteer = _numbers(tap.argument, 3)
    await inviting.toggle(tx, person, event, volunteer, now=tap.at)
    return [await _best(desk, tx, person, tap, (event, page))]


async def pick_all(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Tick everybody on the page."""
    number, page = _numbers(tap.argument, 2)
    event, found, picked = await inviting.candidates(desk, tx, person, number, now=tap.at)
    begin = min(page, 999) * wording.PAGE
    here = [one.id for one in found[begin : begin + wording.PAGE]]
    await inviting.pick(tx, person, number, here, now=tap.at)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.best(_, event, found, picked=picked | set(here), page=page)
    return [Edit(text=text, buttons=buttons)]


async def ask(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Ask everybody who is ticked; the board shows what comes of it."""
    (event,) = _numbers(tap.argument, 1)
    done = await inviting.invite(desk, tx, person, event, now=tap.at)
    text = wording.sent(desk.catalogs.words(person.language), done)
    return [Edit(text=text), *await open_board(desk, tx, person, tap)]


async def note_call(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What somebody without Telegram said on the telephone."""
    numbers, _colon, answer = tap.argument.rpartition(":")
    event, volunteer = _numbers(numbers, 2)
    if answer not in ("yes", "no"):
        raise Outdated
    shown = await inviting.called(
        desk, tx, person, (event, volunteer), is_yes=answer == "yes", now=tap.at
    )
    text, buttons = wording.board(desk.catalogs.words(person.language), shown)
    return [Edit(text=text, buttons=buttons)]


async def send_list(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The list for the organiser as a workbook."""
    (event,) = _numbers(tap.argument, 1)
    shown = await inviting.board(tx, person, event)
    _ = desk.catalogs.words(person.language)
    made = wording.list_file(shown.event, desk.staff_language)
    caption = wording.list_caption(_, shown)
    return [File(made=made, name=wording.list_name(shown.event), caption=caption)]


async def _best(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped, where: tuple[int, int]
) -> Edit:
    number, page = where
    event, found, picked = await inviting.candidates(desk, tx, person, number, now=tap.at)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.best(_, event, found, picked=picked, page=page)
    return Edit(text=text, buttons=buttons)


def _numbers(argument: str, count: int) -> tuple[int, ...]:
    """What a button carries. Raises Outdated for anything else."""
    parts = argument.split(":")
    if len(parts) != count or not all(
        one.isascii() and one.isdigit() and len(one) <= 18 for one in parts
    ):
        raise Outdated
    return tuple(int(one) for one in parts)
