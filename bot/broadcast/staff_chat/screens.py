"""The screen of one message to many, as it stands now."""

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import OVER, Broadcast, Stage
from bot.broadcast.service import audience, drafting, rows
from bot.broadcast.wording import drafts as wording
from bot.broadcast.wording import progress
from bot.broadcast.wording.drafts import Screen, Seen
from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.people.domain import Person
from bot.storage.transaction import Tx


async def one(
    desk: BroadcastDesk, tx: Tx, person: Person, found: Broadcast, incoming: Incoming
) -> Screen:
    """What it says, to whom, and what can be done with it now."""
    _, now = desk.words(person), incoming.at
    seen = await _seen(desk, tx, found)
    if found.stage in OVER:
        return wording.over(_, found, seen)
    if found.stage in (Stage.RUNNING, Stage.PAUSED):
        counts = await rows.fates(tx, found.id)
        return progress.going(_, found, counts, now=now, in_group=False)
    reach = await audience.count(tx, found.draft, now=now)
    if found.stage is Stage.DRAFT:
        return wording.draft(_, found, reach, seen)
    return wording.asked(_, found, reach, seen, is_author=found.author == person.id)


async def shown(
    desk: BroadcastDesk, tx: Tx, person: Person, found: Broadcast, incoming: Incoming
) -> Message:
    """The same, into the message that was tapped, else a new one."""
    return posted(await one(desk, tx, person, found, incoming), incoming)


def posted(screen: Screen, incoming: Incoming) -> Message:
    """Into the message that was tapped, else a new one."""
    text, buttons = screen
    if isinstance(incoming, Tapped) and incoming.is_private:
        return Edit(text=text, buttons=buttons)
    return Outgoing(text=text, buttons=buttons)


async def _seen(desk: BroadcastDesk, tx: Tx, found: Broadcast) -> Seen:
    names = await drafting.authors(tx, [found])
    return Seen(desk.catalogs, desk.offices, desk.staff_language, names)
