"""/queue, /find and /stats: what is open, what was asked before, and how it goes."""

from functools import partial

from bot.delivery.incoming import Incoming, Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog.routes import Handler, Routes, Shows, bound
from bot.errors import N_, Outdated, Refused, number_in
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain.queueing import EVERY, View, Wish
from bot.handover.service import figures, looking
from bot.handover.wording import figures as figure_words
from bot.handover.wording import queueing as wording
from bot.language import formats
from bot.language.catalog import Words
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


class NothingToFind(Refused):
    """/find alone."""

    sentence = N_("Write a number or words after it, for instance: /find 12 or /find landlord")


class NoSuchView(Refused):
    """A word after /queue that means nothing."""

    sentence = N_("Write /queue, /queue mine, /queue waiting, /queue old, or a language.")


def routes(desk: HandoverDesk) -> Routes:
    """In the group, and in a colleague's own chat."""
    screens: dict[str, Shows[HandoverDesk]] = {
        "queue": show_queue,
        "find": find,
        "stats": show_stats,
    }
    commands: dict[str, Handler] = bound(desk, screens)
    turns: Handler = partial(turn_queue, desk)
    return Routes(commands=commands, staff_commands=dict(commands), staff_actions={"queue": turns})


async def show_queue(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/queue, /queue mine, /queue uk waiting"""
    require(person)
    wish = _wish(desk, desk.words_for(person, said), said.argument)
    text, buttons = await _queue(desk, tx, person, said, wish)
    return [Outgoing(text=text, buttons=buttons)]


async def turn_queue(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A button below the queue: the same message shows something else."""
    parts = tap.argument.split(":")
    if len(parts) != 3 or parts[0] not in [*View]:
        raise Outdated
    wish = Wish(View(parts[0]), parts[1], number_in(parts[2]))
    text, buttons = await _queue(desk, tx, person, tap, wish)
    return [Edit(text=text, buttons=buttons)]


async def _queue(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming, wish: Wish
) -> wording.Shown:
    page, names, places = await looking.queue(
        desk, tx, person, wish, chat_id=incoming.chat_id, now=incoming.at
    )
    _ = desk.words_for(person, incoming)
    return wording.queue(wording.Scene(_, desk.catalogs, names, places, incoming.at), page)


def _wish(desk: HandoverDesk, _: Words, argument: str) -> Wish:
    """ "mine", "waiting uk": words of the buttons, or what stands in the handbook."""
    view, language = View.ALL, EVERY
    named = {
        name: one for one in View for name in (one.value, wording.view_name(_, one).casefold())
    }
    spoken = {
        name.casefold(): words.code
        for words in desk.catalogs
        for name in (
            words.code,
            words.name,
            words.english_name,
            formats.language_name(_, words),
        )
    }
    whole = argument.casefold().strip()
    for word in [whole] if whole in named else whole.split():
        if word in named:
            view = named[word]
        elif word in spoken:
            language = spoken[word]
        else:
            raise NoSuchView
    return Wish(view, language)


async def find(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/find 12, /find words"""
    require(person)
    wanted = said.argument.strip()
    number = formats.read_digits(wanted).removeprefix("#")
    if not wanted:
        raise NothingToFind
    if number.isascii() and number.isdigit() and len(number) < 10:
        return await _story(desk, tx, person, said, int(number))
    hits = await looking.find(desk, tx, person, wanted, chat_id=said.chat_id)
    found = [hit.case for hit in hits]
    text, buttons = wording.found(await _scene(desk, tx, person, said, found), hits, wanted)
    return [Outgoing(text=text, buttons=buttons)]


async def _story(
    desk: HandoverDesk, tx: Tx, person: Person, said: Said, number: int
) -> list[Message]:
    story = await looking.story(desk, tx, person, number, chat_id=said.chat_id)
    case = story.summary.case
    scene = await _scene(desk, tx, person, said, [case])
    category = desk.category_title(scene.words.code, case.category) if case.category else ""
    text, buttons = wording.story(scene, story, category)
    return [Outgoing(text=text, buttons=buttons)]


async def _scene(
    desk: HandoverDesk, tx: Tx, person: Person, said: Said, found: list[domain.Case]
) -> wording.Scene:
    names = await looking.names_of(tx, found)
    places = await looking.places_of(tx, found)
    return wording.Scene(desk.words_for(person, said), desk.catalogs, names, places, said.at)


async def show_stats(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/stats"""
    today, week, waiting = await figures.overview(desk, tx, person, now=said.at)
    _ = desk.words_for(person, said)
    return [Outgoing(text=figure_words.stats(_, desk.catalogs, today, week, waiting))]
