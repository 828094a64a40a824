"""Coordinators change answers from Telegram: in the staff group, or in their own chat."""

from functools import partial

from msgspec.structs import replace

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.dialog.routes import Handler, Routes, Shows, bound
from bot.errors import Outdated
from bot.infodesk import service
from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Answer
from bot.infodesk.service import publishing
from bot.infodesk.wording import answers, markup
from bot.infodesk.wording import publishing as wording
from bot.infodesk.wording.answers import View
from bot.infodesk.wording.screens import Screen, Voice
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: InfoDesk) -> Routes:
    """The same commands in both places; each checks the role itself."""
    screens: dict[str, Shows[InfoDesk]] = {
        "edit": edit,
        "publish": look,
        "overrides": show_overrides,
    }
    taps: dict[str, Handler] = {
        "publish_answer": partial(publish, desk),
        "cancel_answer": partial(cancel, desk),
        "take_back": partial(take_back, desk),
    }
    commands = bound(desk, screens)
    return Routes(commands=commands, staff_commands=dict(commands), staff_actions=taps)


async def edit(desk: InfoDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/edit housing/find nl: the text, to be copied."""
    publishing.require_coordinator(person)
    found = await service.edited(desk, tx, person, *wording.named(said.argument))
    _ = _words(desk, person, said)
    texts = [wording.to_change(_, found.answer)]
    if found.news_of_file:
        texts.append(wording.news_of_file(_, found.news_of_file))
    return [Outgoing(text=text) for text in texts]


async def look(desk: InfoDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/publish with the changed text: checked like a file, and shown as newcomers would see it."""
    publishing.require_coordinator(person)
    _ = _words(desk, person, said)
    proposed = wording.proposed(_argument(said))
    try:
        id_, answer = await service.preview(desk, tx, person, proposed, now=said.at)
    except publishing.Faulty as error:
        return [Outgoing(text=wording.refused(_, error.faults))]
    screen = wording.previewed(_, answer, _shown(desk, answer), id_)
    return [Outgoing(text=screen.text, buttons=screen.buttons)]


async def publish(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✅ under a preview."""
    publishing.require_coordinator(person)
    _ = _words(desk, person, tap)
    try:
        done = await service.publish(desk, tx, person, _number(tap), now=tap.at)
    except publishing.Faulty as error:
        return [Edit(text=wording.refused(_, error.faults))]
    return [Edit(text=wording.published(_, done))]


async def cancel(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Cancel under a preview."""
    await service.cancel(tx, person, _number(tap))
    return [Edit(text=wording.cancelled(_words(desk, person, tap)))]


async def show_overrides(
    desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming
) -> list[Message]:
    """/overrides"""
    publishing.require_coordinator(person)
    screen = await _listed(desk, tx, person, incoming)
    return [Outgoing(text=screen.text, buttons=screen.buttons)]


async def take_back(desk: InfoDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """↩️ in that list."""
    slug, _, language = tap.argument.partition(":")
    await service.take_back(desk, tx, person, slug, language, now=tap.at)
    screen = await _listed(desk, tx, person, tap)
    toast = Toast(text=wording.taken_back(_words(desk, person, tap)))
    return [Edit(text=screen.text, buttons=screen.buttons), toast]


async def _listed(desk: InfoDesk, tx: Tx, person: Person, incoming: Incoming) -> Screen:
    lines = [
        wording.Line(one.override, formats.day_of(one.at), one.has_file, one.file_changed)
        for one in await service.standing(desk.shelf.baseline, tx)
    ]
    return wording.listed(_words(desk, person, incoming), lines)


def _words(desk: InfoDesk, person: Person, incoming: Incoming) -> Words:
    if incoming.is_private:
        return desk.words(person)
    return desk.catalogs.words(desk.staff_language)


def _shown(desk: InfoDesk, answer: Answer) -> str:
    """The whole answer in the voice of its own readers."""
    _ = desk.catalogs.words(answer.language)
    voice = Voice(_, _.is_rtl, desk.facts(answer.language))
    return answers.answer(voice, desk.library, answer, View(is_open=True), []).text


def _argument(said: Said) -> str:
    """What follows the command; phones make a bold stretch of **this**, and back it goes."""
    return replace(said, text=markup.written(said.text, said.entities)).argument


def _number(tap: Tapped) -> int:
    if not tap.argument.isascii() or not tap.argument.isdigit() or len(tap.argument) > 15:
        raise Outdated
    return int(tap.argument)
