"""Coordinators read what many said."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import evaluations as service
from bot.volunteering.wording import evaluations as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """One screen."""
    return Routes(actions=bound(desk, {"vcresults": show}))


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """As far as enough people answered."""
    found = await service.results(desk, tx, person, now=tap.at)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.results(_, found, desk.offices, desk.catalogs)
    return [Edit(text=text, buttons=buttons)]
