"""The list, one of them, how a reader sees it, and tests to colleagues."""

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.service import drafting, previewing
from bot.broadcast.staff_chat import screens
from bot.broadcast.wording import drafts as wording
from bot.broadcast.wording.drafts import Seen
from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message, Toast
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import number_in
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: BroadcastDesk) -> Routes:
    """Buttons in a coordinator's own chat, and the command for who types."""
    actions: dict[str, Shows[BroadcastDesk]] = {
        "bclist": show_all,
        "bc": show_one,
        "bcsee": preview,
        "bctest": test,
    }
    commands: dict[str, Shows[BroadcastDesk]] = {"broadcast": show_all}
    return Routes(commands=bound(desk, commands), actions=bound(desk, actions))


async def show_all(
    desk: BroadcastDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """What is written, on its way or over."""
    found = await drafting.listed(tx, person)
    return [screens.posted(wording.listed(desk.words(person), found), incoming)]


async def show_one(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One of them as it stands now."""
    found = await drafting.look(tx, person, number_in(tap.argument))
    return [await screens.shown(desk, tx, person, found, tap)]


async def preview(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """As a reader gets it, in one language after the other."""
    id_, _colon, language = tap.argument.partition(":")
    found = await drafting.look(tx, person, number_in(id_))
    if not language:
        seen = Seen(desk.catalogs, desk.offices, desk.staff_language, {})
        return [screens.posted(wording.languages(desk.words(person), found, seen), tap)]
    return [await previewing.preview(desk, tx, person, found.id, language, now=tap.at)]


async def test(desk: BroadcastDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """To a colleague, who is named by a second tap."""
    id_, _colon, to = tap.argument.partition(":")
    found = await drafting.look(tx, person, number_in(id_))
    _ = desk.words(person)
    if to:
        name = await previewing.test(desk, tx, person, found.id, number_in(to), now=tap.at)
        return [Toast(text=wording.tested(_, name))]
    them = await previewing.colleagues(tx, person)
    return [screens.posted(wording.colleagues(_, found, them), tap)]
