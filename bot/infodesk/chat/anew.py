"""Ways on from a topic that a colleague sent: each opens a message of its own."""

from collections.abc import Mapping
from functools import partial

import msgspec

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog.routes import Handler, Routes
from bot.errors import Outdated
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(actions: Mapping[str, Handler]) -> Routes:
    """`actions`: the info desk's own; what they would change on the screen is posted instead."""
    return Routes(actions={"open_anew": partial(_open, actions)})


async def _open(
    actions: Mapping[str, Handler], tx: Tx, person: Person, tap: Tapped
) -> list[Message]:
    """The colleague's words stay where they are. Raises Outdated for what no button holds."""
    meant = msgspec.structs.replace(tap, data=tap.argument)
    handler = actions.get(meant.action)
    if handler is None:
        raise Outdated
    return [_posted(one) for one in await handler(tx, person, meant)]


def _posted(reply: Message) -> Message:
    if not isinstance(reply, Edit):
        return reply
    return Outgoing(text=reply.text, buttons=reply.buttons, is_silent=True)
