"""/canned: the list, a menu in a question's topic, and how coordinators change them."""

from functools import partial

from bot.delivery.incoming import Said
from bot.delivery.messages import Message, Outgoing
from bot.dialog.routes import Routes
from bot.errors import N_, Refused
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.service import answering, canned
from bot.handover.staff_chat import ready
from bot.handover.wording import canned as wording
from bot.language import bidi
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


class HowToChange(Refused):
    """Words behind /canned that say nothing we know."""

    sentence = N_(
        "Write for instance: /canned new bring-id, /canned edit bring-id nl, /canned remove"
        " bring-id"
    )


def routes(desk: HandoverDesk) -> Routes:
    """The one command."""
    return Routes(staff_commands={"canned": partial(show, desk)})


async def show(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/canned"""
    require(person)
    verb, _, rest = said.argument.partition(" ")
    match verb:
        case "":
            return await _list(desk, tx, person, said)
        case "new":
            return await _new(desk, tx, person, rest.strip(), said)
        case "edit":
            return await _edit(desk, tx, person, rest.strip(), said)
        case "remove":
            return await _remove(desk, tx, person, rest.strip(), said)
    raise HowToChange


async def _list(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """In a topic the menu to send one; elsewhere what there is."""
    if await answering.locate(tx, said) is not None:
        return await ready.open_canned(desk, tx, person, said)
    found = await canned.every(desk.catalogs, tx)
    may_change = domain.Party.COORDINATOR in domain.kinds(person)
    _ = ready.own_words(desk, person)
    total = len(desk.catalogs.codes)
    return [Outgoing(text=wording.overview(_, found, total=total, may_change=may_change))]


async def _new(desk: HandoverDesk, tx: Tx, person: Person, name: str, said: Said) -> list[Message]:
    made = await canned.make(desk.catalogs, tx, person, name, now=said.at)
    _ = ready.own_words(desk, person)
    return [Outgoing(text=wording.made(_, made, desk.catalogs.codes))]


async def _edit(desk: HandoverDesk, tx: Tx, person: Person, rest: str, said: Said) -> list[Message]:
    canned.require_coordinator(person)
    name, language, text = (*rest.split(maxsplit=2), "", "", "")[:3]
    _ = ready.own_words(desk, person)
    found = await canned.find(desk.catalogs, tx, name)
    if not language:
        return [Outgoing(text=wording.languages_of(_, found, desk.catalogs.codes))]
    canned.check_language(desk.catalogs, language)
    text = bidi.strip_marks(text).strip()
    if not text:
        return [Outgoing(text=wording.to_change(_, found, language))]
    done = await canned.change(desk.catalogs, tx, person, (name, language), text, now=said.at)
    missing = [one.name for one in desk.catalogs if one.code not in done.texts]
    shown = canned.sample(desk, done.texts[language], language, person)
    words = desk.catalogs.words(language)
    return [Outgoing(text=wording.changed(_, done, words, shown, missing))]


async def _remove(
    desk: HandoverDesk, tx: Tx, person: Person, name: str, said: Said
) -> list[Message]:
    await canned.remove(desk.catalogs, tx, person, name, now=said.at)
    return [Outgoing(text=wording.removed(ready.own_words(desk, person), name))]
