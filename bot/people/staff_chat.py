"""The staff group, as far as people go: who is in it, what the bot may do there."""

from bot.delivery.incoming import Incoming, MembershipChanged
from bot.delivery.messages import Message
from bot.dialog.routes import Routes
from bot.people import service
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes() -> Routes:
    """Listens only; other slices hear the same news afterwards."""
    return Routes(staff_hears=(follow_group,))


async def follow_group(tx: Tx, person: Person, incoming: Incoming) -> list[Message] | None:
    """Keep roles and the bot's own rights true. Never answers."""
    if isinstance(incoming, MembershipChanged):
        if incoming.is_me:
            await service.learn_own_rights(tx, incoming)
        else:
            await service.learn_membership(tx, incoming)
    return None
