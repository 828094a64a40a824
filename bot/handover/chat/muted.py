"""Who is muted reads until when, and how to complain, at every way that leads to a colleague."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.delivery.incoming import Incoming, Said
from bot.delivery.messages import Message, Outgoing
from bot.handover.desk import HandoverDesk
from bot.handover.service import muting
from bot.handover.wording import limits
from bot.people.domain import Person
from bot.storage.transaction import Tx

Screen = Callable[[HandoverDesk, Tx, Person, Any], Awaitable[list[Message]]]
Hears = Callable[[HandoverDesk, Tx, Person, Incoming, str], Awaitable[list[Message] | None]]
Fits = Callable[[Incoming], bool]


def unless_muted(screen: Screen) -> Screen:
    """A command or a button that leads there."""

    async def shown(desk: HandoverDesk, tx: Tx, person: Person, incoming: Any) -> list[Message]:
        if (told := await _told(desk, tx, person, incoming)) is not None:
            return [told]
        return await screen(desk, tx, person, incoming)

    return shown


def unless_muted_says(hears: Hears, fits: Fits) -> Hears:
    """The answer to a prompt. What is none (`fits`) goes its usual way; numbers to call in danger
    come first."""

    async def heard(
        desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
    ) -> list[Message] | None:
        if fits(incoming) and (told := await _told(desk, tx, person, incoming)) is not None:
            words = incoming.text if isinstance(incoming, Said) else ""
            return [*desk.alarm(person, words, incoming.at), told]
        return await hears(desk, tx, person, incoming, ref)

    return heard


async def _told(desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming) -> Message | None:
    mute = await muting.current(tx, person.id, now=incoming.at)
    if mute is None:
        return None
    return Outgoing(text=limits.muted(desk.catalogs.words(person.language), mute))
