"""Refer a question to the legal helpdesk; plan its sessions; count who came."""

from functools import partial

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.dialog.routes import Routes
from bot.errors import Outdated, number_in
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.service import answering, sessions
from bot.handover.service import referring as service
from bot.handover.wording import referring as wording
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

_SHOWN = 15


def routes(desk: HandoverDesk) -> Routes:
    """Commands, the button under a header, and those below the head count."""
    commands = {"refer": refer_here, "sessions": plan}
    actions = {"refer": refer, "came": count, "came_more": ask_more, "attended": attended}
    return Routes(
        staff_commands={name: partial(one, desk) for name, one in commands.items()},
        staff_actions={name: partial(one, desk) for name, one in actions.items()},
    )


async def refer(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The button."""
    await service.ask(desk, tx, person, number_in(tap.argument), now=tap.at)
    return [Toast(text=wording.asked(desk.staff_words))]


async def refer_here(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/refer in the topic."""
    require(person)
    case = await answering.located(tx, said)
    await service.ask(desk, tx, person, case.id, now=said.at)
    return [Outgoing(text=wording.asked(desk.staff_words))]


async def plan(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/sessions: the list; add, site and off are for coordinators."""
    require(person)
    verb, _space, rest = said.argument.partition(" ")
    _ = desk.staff_words
    match verb:
        case "add":
            planned = domain.planned_in(rest, desk.catalogs.codes)
            new = await sessions.add(tx, person, planned, now=said.at)
            return [Outgoing(text=wording.added(_, new))]
        case "site":
            name = await _add_site(tx, person, rest, said)
            return [Outgoing(text=wording.site_added(_, name))]
        case "off":
            id_ = number_in(rest.strip())
            told = await service.call_off(desk, tx, person, id_, now=said.at)
            return [Outgoing(text=wording.switched_off(_, told))]
    found = await sessions.upcoming(tx, now=said.at, limit=_SHOWN)
    return [Outgoing(text=wording.listing(_, found))]


async def _add_site(tx: Tx, person: Person, line: str, said: Said) -> str:
    parts = [part.strip() for part in line.split("|")]
    try:
        name, address, place = parts
        latitude, longitude = (float(one) for one in place.split(","))
        if not (name and address and abs(latitude) <= 90 and abs(longitude) <= 180):
            raise ValueError
    except ValueError:
        raise domain.NotUnderstoodLine(part=line or "-", example=wording.SITE_LINE) from None
    place_ = (latitude, longitude)
    await sessions.add_site(tx, person, name, address, place=place_, now=said.at)
    return name


async def count(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """So many came."""
    session_id, came = _two(tap.argument)
    session, referred = await sessions.count(tx, person, session_id, came, now=tap.at)
    text, buttons = wording.counted(desk.staff_words, session, referred)
    return [Edit(text=text, buttons=buttons)]


async def ask_more(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Larger numbers."""
    require(person)
    session_id, page = _two(tap.argument)
    session = await sessions.find(tx, session_id)
    text, buttons = wording.count(desk.staff_words, session, page % 10)
    return [Edit(text=text, buttons=buttons)]


async def attended(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One of those whom we referred came, or did not after all."""
    session, referred = await sessions.attended(tx, person, number_in(tap.argument))
    text, buttons = wording.counted(desk.staff_words, session, referred)
    return [Edit(text=text, buttons=buttons)]


def _two(argument: str) -> tuple[int, int]:
    first, _colon, second = argument.partition(":")
    if not second:
        raise Outdated
    return number_in(first), number_in(second)
