"""A colleague answers what the bot asked in a topic, by replying to it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.delivery.incoming import Incoming, Said
from bot.delivery.messages import Message, Outgoing
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import answering, pieces
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

Answered = Callable[[HandoverDesk, Tx, Person, Case, Said], Awaitable[list[Message]]]


def prompt(case: Case, what: str, text: str) -> Outgoing:
    """The question of the bot, to be posted in the topic; the reply to it is for `ASKED[what]`."""
    return Outgoing(slot=case.slot(f"ask:{what}"), text=text, wants_reply=True)


async def hear(
    desk: HandoverDesk,
    asked: Mapping[str, Answered],
    tx: Tx,
    person: Person,
    incoming: Incoming,
) -> list[Message] | None:
    """A reply to a prompt; whatever is in it stays inside. Raises TextOnly for a photo."""
    if not isinstance(incoming, pieces.Message) or incoming.reply_to is None:
        return None
    found = await answering.asked(tx, incoming)
    if found is None:
        return None
    require(person)
    case, what = found
    if not isinstance(incoming, Said):
        raise domain.TextOnly
    name = what.partition(":")[0]  # what follows is for whoever takes the answer
    if name not in asked:
        return []
    return await asked[name](desk, tx, person, case, incoming)
