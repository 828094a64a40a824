"""Assignments that fit: the list with reasons, one that lasts, "I am interested"."""

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.events.service import participants
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.placing import NotApproved
from bot.volunteering.service import fitting, indexing, placing
from bot.volunteering.wording import fitting as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The screens and their buttons."""
    return Routes(actions=bound(desk, {"vfit": show, "vlast": show_lasting, "vlastask": ask}))


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """A page of what fits, best first. Raises NotApproved."""
    page = number_in(incoming.argument or "0") if isinstance(incoming, Tapped) else 0
    known = await participants.known(tx, person.id)
    if known is None or await indexing.seeker(tx, known) is None:
        raise NotApproved
    found = await fitting.openings(desk, tx, known, now=incoming.at)
    text, buttons = wording.overview(desk.catalogs.words(person.language), found, page=page)
    if isinstance(incoming, Tapped):
        return [Edit(text=text, buttons=buttons)]
    return [Outgoing(text=text, buttons=buttons)]


async def show_lasting(
    desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """One that is done for a longer time."""
    seen = await placing.look(tx, person.id, number_in(tap.argument))
    text, buttons = wording.lasting(desk.catalogs.words(person.language), seen)
    return [Edit(text=text, buttons=buttons)]


async def ask(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """They are interested."""
    fit = await placing.ask(desk, tx, person, number_in(tap.argument), now=tap.at)
    text, buttons = wording.asked(desk.catalogs.words(person.language), fit)
    return [Edit(text=text, buttons=buttons)]
