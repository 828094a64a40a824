"""How was it? One smiley, and a line for who likes."""

from datetime import timedelta
from functools import partial
from typing import Final

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import prompts
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.events.desk import EventsDesk
from bot.events.service import rating as service
from bot.events.wording import rating as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx

PROMPT: Final = "events_line"
_WAITS: Final = timedelta(hours=1)


def routes(desk: EventsDesk) -> Routes:
    """Smileys, the line, and the way round it."""
    return Routes(
        actions=bound(desk, {"erate": rate, "erateno": skip}),
        prompts={PROMPT: partial(hear, desk)},
    )


async def rate(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The smiley counts at once; then the bot asks for a line, once."""
    number, _colon, smile = tap.argument.partition(":")
    event_id, said = number_in(number), number_in(smile)
    answer = await service.rate(tx, person, event_id, said, now=tap.at)
    await prompts.ask(tx, tap.chat_id, PROMPT, str(answer), until=tap.at + _WAITS)
    text, buttons = wording.ask_for_line(desk.catalogs.words(person.language))
    return [Edit(text=text, buttons=buttons)]


async def hear(
    desk: EventsDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """The line. A photo or a voice message is none, and goes its usual way."""
    if not isinstance(incoming, Said) or incoming.reply_to is not None:
        return None
    if not await service.add_line(tx, number_in(ref), incoming.text):
        return None
    alarm = desk.alarm(person, incoming.text, incoming.at)
    text = wording.thanks(desk.catalogs.words(person.language))
    return [*alarm, Outgoing(text=text)]


async def skip(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """No line; that nothing is asked any more, the tap itself has seen to."""
    return [Edit(text=wording.thanks(desk.catalogs.words(person.language)))]
