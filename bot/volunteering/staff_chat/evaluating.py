"""Coordinators read what many said."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import evaluations as domain
from bot.volunteering.service import evaluations as service
from bot.volunteering.wording import evaluations as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """One screen, told apart as one likes."""
    return Routes(actions=bound(desk, {"vcresults": show}))


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """As far as enough answered: of volunteers ("v"), of organisations ("o:office")."""
    whose, _, side = (tap.argument or domain.VOLUNTEERS).partition(":")
    found = await service.results(tx, person, whose, side, now=tap.at)
    text, buttons = wording.results(
        desk.catalogs.words(person.language),
        found,
        offices=desk.offices,
        projects=desk.projects,
        catalogs=desk.catalogs,
    )
    return [Edit(text=text, buttons=buttons)]
