"""Coordinators decide who begins with an assignment that lasts: on a card, or in their own chat."""

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import placing
from bot.volunteering.wording import fitting as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The card's buttons, and the list of who waits."""
    return Routes(
        actions=bound(desk, {"vcplaces": show, "vcdecide": decide_alone}),
        staff_actions=bound(desk, {"vcplace": decide}),
    )


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """Who waits for a decision."""
    found = await placing.waiting(desk, tx, person)
    text, buttons = wording.to_decide(desk.catalogs.words(person.language), found)
    if isinstance(incoming, Tapped):
        return [Edit(text=text, buttons=buttons)]
    return [Outgoing(text=text, buttons=buttons)]


async def decide_alone(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """Yes or no in one's own chat: the next ones move up."""
    await _decide(desk, tx, person, tap)
    return await show(desk, tx, person, tap)


async def decide(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Yes or no on the card."""
    return [Edit(text=await _decide(desk, tx, person, tap))]


async def _decide(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> str:
    number, _, answer = tap.argument.partition(":")
    if answer not in ("yes", "no") or not number.isdecimal() or len(number) > 18:
        raise Outdated
    is_yes = answer == "yes"
    done = await placing.decide(desk, tx, person, int(number), is_yes=is_yes, now=tap.at)
    words = desk.catalogs.words(desk.staff_language)
    return wording.card_end(words, done, is_yes=is_yes, by=person.first_name)
