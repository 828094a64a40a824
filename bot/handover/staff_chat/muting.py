"""Coordinators mute and unmute, and see who is."""

from functools import partial

from bot.delivery.incoming import Said
from bot.delivery.messages import Message, Outgoing
from bot.dialog.routes import Routes
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import answering, muting
from bot.handover.wording import limits
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


def routes(desk: HandoverDesk) -> Routes:
    """/mute, /unmute and /mutes in the staff group."""
    return Routes(
        staff_commands={
            "mute": partial(mute, desk),
            "unmute": partial(unmute, desk),
            "mutes": partial(show, desk),
        }
    )


async def mute(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/mute 123 3d reason, or in the topic /mute 3d reason"""
    require(person)
    order = domain.mute_order(said.argument)
    case = await _meant(tx, said, order.number)
    done = await muting.mute(desk, tx, person, case, order, now=said.at)
    return [Outgoing(text=limits.done(desk.staff_words, done))]


async def unmute(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/unmute 123, or in the topic /unmute"""
    require(person)
    case = await _meant(tx, said, domain.unmute_number(said.argument))
    await muting.unmute(desk, tx, person, case, now=said.at)
    return [Outgoing(text=limits.undone(desk.staff_words))]


async def show(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/mutes"""
    found, names = await muting.listed(tx, person, now=said.at)
    return [Outgoing(text=limits.listing(desk.staff_words, found, names, said.at))]


async def _meant(tx: Tx, said: Said, number: int | None) -> Case:
    """By its number, else the question of the topic. Raises NotInATopic, NoSuchQuestion."""
    if number is not None:
        return await muting.by_number(tx, number)
    case = await answering.located(tx, said)
    return case
