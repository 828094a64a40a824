"""🤝 in the main menu: for whoever is new, for volunteers, and the way to the coordinators."""

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Buttons, Edit, Message, Outgoing
from bot.dialog.routes import Routes, bound
from bot.events.service import participants
from bot.people.domain import Person, Role, is_at_least
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.service import enrolling, placements, volunteers
from bot.volunteering.wording import home as wording

_GONE = (State.REFUSED, State.LEFT)  # may sign up again


def routes(desk: VolunteeringDesk) -> Routes:
    """The key of the menu, the command and the way back."""
    return Routes(
        menu=bound(desk, {"🤝 Volunteer": show}),
        commands=bound(desk, {"volunteer": show}),
        starts=bound(desk, {"volunteer": show}),
        actions=bound(desk, {"vhome": show}),
    )


async def show(desk: VolunteeringDesk, tx: Tx, person: Person, incoming: Incoming) -> list[Message]:
    """Where somebody stands, and what they can do."""
    _ = desk.catalogs.words(person.language)
    one = await volunteers.of_person(tx, person.id)
    known = await participants.known(tx, person.id)
    has_places = known is not None and await placements.has_any(tx, known)
    if one is None or one.state in _GONE:
        text, buttons = wording.stranger(_, has_places=has_places)
    else:
        office = desk.offices.get(one.office)
        text, buttons = wording.volunteer(
            _,
            one.state,
            name=await volunteers.called(tx, one),
            office=office.name if office else desk.organisation,
            must_agree=bool(await enrolling.missing(tx, one)),
            has_places=has_places,
        )
    if is_at_least(person.role, Role.COORDINATOR):
        buttons = (wording.desk_button(_), *buttons)
    return [screen(incoming, text, buttons)]


async def is_signed_up(tx: Tx, person: Person) -> bool:
    """Do they have a file that counts?"""
    one = await volunteers.of_person(tx, person.id)
    return one is not None and one.state not in _GONE


def screen(incoming: Incoming, text: str, buttons: Buttons) -> Message:
    """Into the message that was tapped, else a new one."""
    if isinstance(incoming, Tapped):
        return Edit(text=text, buttons=buttons)
    return Outgoing(text=text, buttons=buttons)
