"""What each slice has going on for a person."""

from bot.delivery.incoming import Incoming
from bot.people.desk import PeopleDesk
from bot.people.domain import Person
from bot.people.wording import Thing
from bot.storage.transaction import Tx


async def what_they_have(
    desk: PeopleDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Thing]:
    """The lines of "My things", in the order of the slices."""
    found: list[Thing] = []
    for things in desk.my_things:
        found += await things(tx, person, incoming.at)
    return found
