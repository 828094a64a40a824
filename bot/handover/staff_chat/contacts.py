"""/log: count who phoned, wrote or came to the door. One message that edits itself."""

from functools import partial

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog.routes import Handler, Routes
from bot.errors import Outdated, number_in
from bot.handover.desk import HandoverDesk
from bot.handover.domain.contacts import AT_MOST, Channel, Contact, NotUnderstood
from bot.handover.service import contacts as service
from bot.handover.wording import contacts as wording
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


def routes(desk: HandoverDesk) -> Routes:
    """In the group, and in a colleague's own chat."""
    begins: Handler = partial(begin, desk)
    return Routes(
        commands={"log": begins},
        staff_commands={"log": begins},
        staff_actions={"log": partial(choose, desk), "log_undo": partial(undo, desk)},
    )


async def begin(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/log, perhaps with what is known already: "/log 40 door"."""
    require(person)
    _ = desk.words_for(person, said)
    channel, language, people = None, None, 1
    for word in formats.read_digits(said.argument).casefold().split():
        if word.isdecimal() and len(word) <= len(str(AT_MOST)) and 0 < int(word) <= AT_MOST:
            people = int(word)
        elif (found := _channel(_, word)) is not None:
            channel = found
        elif (code := _language(desk, _, word)) is not None:
            language = code
        else:
            raise NotUnderstood
    contact = await service.begin(
        tx, person, channel=channel, language=language, people=people, now=said.at
    )
    text, buttons = _screen(desk, person, said, contact)
    return [Outgoing(text=text, buttons=buttons)]


async def choose(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A fact of the contact."""
    id_, what, value = _parts(tap)
    contact = await service.choose(
        desk, tx, person, number_in(id_), what=what, value=value, now=tap.at
    )
    text, buttons = _screen(desk, person, tap, contact)
    return [Edit(text=text, buttons=buttons)]


async def undo(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """↩️ under what was counted."""
    await service.undo(tx, person, number_in(tap.argument), now=tap.at)
    return [Edit(text=wording.undone(desk.words_for(person, tap)))]


def _parts(tap: Tapped) -> tuple[str, str, str]:
    parts = tap.argument.split(":")
    if len(parts) != 3:
        raise Outdated
    return parts[0], parts[1], parts[2]


def _screen(
    desk: HandoverDesk, person: Person, incoming: Incoming, contact: Contact
) -> wording.Shown:
    _ = desk.words_for(person, incoming)
    categories = [(one, desk.category_title(_.code, one)) for one in desk.categories]
    return wording.screen(_, contact, desk.catalogs, categories)


def _channel(_: Words, word: str) -> Channel | None:
    """ "door", or what the reader's button calls it."""
    for channel, name in wording.channels(_):
        if word == channel or word in name.casefold().split()[1:]:
            return Channel(channel)
    return None


def _language(desk: HandoverDesk, _: Words, word: str) -> str | None:
    """A language by its code, or by any of its names."""
    for words in desk.catalogs:
        named = (words.code, words.name, words.english_name)
        if word in {name.casefold() for name in (*named, formats.language_name(_, words))}:
            return words.code
    return None
