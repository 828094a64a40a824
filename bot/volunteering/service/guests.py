"""For which audiences of events somebody counts."""

from bot.events.domain import Guest, Role
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.domain import State
from bot.volunteering.service import volunteers

_VOLUNTEERS = (State.ENROLLED, State.ACTIVE, State.PAUSED)


async def guest(tx: Tx, person: Person) -> Guest:
    """Colleagues, volunteers, and newcomers: everybody who is nothing else. A region is known of
    volunteers only."""
    file = await volunteers.of_person(tx, person.id)
    roles: list[Role] = []
    if person.role is not None:
        roles.append(Role.STAFF)
    if file is not None and file.state in _VOLUNTEERS:
        roles.append(Role.VOLUNTEER)
    return Guest(tuple(roles) or (Role.NEWCOMER,), office=None if file is None else file.office)
