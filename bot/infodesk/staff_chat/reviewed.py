"""A reviewed answer goes to somebody who asked a colleague: searched, looked at, sent."""

from dataclasses import dataclass
from functools import partial

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Piece, Ready
from bot.handover.service import answering, checking, pieces, speaking
from bot.handover.wording import newcomer, ready
from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Answer
from bot.infodesk.service import suggesting
from bot.infodesk.service.showing import screen_of
from bot.infodesk.wording import reviewed as wording
from bot.infodesk.wording.answers import View
from bot.infodesk.wording.screens import Screen, Voice
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx


@dataclass(frozen=True, slots=True)
class Desks:
    """Whose answers they are, and whose questions."""

    info: InfoDesk
    queue: HandoverDesk

    def own(self, person: Person) -> Words:
        """The language the colleague chose with the bot, else the group's."""
        return self.info.catalogs.words(person.language or self.info.staff_language)

    def voice(self, person: Person, answer: Answer) -> Voice:
        """The same, for an answer that may be in another language."""
        written = self.info.catalogs.words(answer.language)
        return Voice(self.own(person), written.is_rtl, self.info.facts(answer.language))


def routes(desk: InfoDesk, queue: HandoverDesk) -> Routes:
    """📚 under a question, /answer in its topic, and the buttons of the menu."""
    desks = Desks(desk, queue)
    taps = {
        "reviewed": open_by_button,
        "reviewed_list": show_list,
        "reviewed_see": show_one,
        "reviewed_send": send,
    }
    return Routes(
        staff_commands={"answer": partial(open_by_words, desks)},
        staff_actions=bound(desks, taps),
    )


async def open_by_button(desks: Desks, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """📚: what the question itself seems to be about."""
    case, asked = await speaking.talk(tx, person, number_in(tap.argument))
    return [await _opened(desks, tx, person, (case, asked), tap, words="")]


async def open_by_words(desks: Desks, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/answer words: the same, and what these words are about."""
    found = await answering.located(tx, said)
    talk = await speaking.talk(tx, person, found.id)
    return [await _opened(desks, tx, person, talk, said, words=said.argument)]


async def _opened(
    desks: Desks,
    tx: Tx,
    person: Person,
    talk: tuple[Case, Person],
    incoming: Said | Tapped,
    *,
    words: str,
) -> Message:
    case, asked = talk
    said = "\n".join(piece.text for piece in await pieces.of(tx, case.id) if piece.text)
    own = desks.own(person)
    slugs = suggesting.suggested(
        desks.info, (said, asked.language), (words, own.code) if words else None
    )
    shown = _list(desks, person, asked, case, slugs)
    return Outgoing(
        slot=case.slot("menu"),
        text=shown.text,
        buttons=shown.buttons,
        reply_to=None if case.has_topic else incoming.message_id,
    )


def _list(desks: Desks, person: Person, asked: Person, case: Case, slugs: list[str]) -> Screen:
    info, own = desks.info, desks.own(person)
    found = [
        wording.Line(own_answer, desks.voice(person, own_answer), in_theirs)
        for slug in slugs
        if (own_answer := info.library.answer(slug, own.code)) is not None
        and (in_theirs := info.library.answer(slug, asked.language)) is not None
    ]
    return wording.titles(own, case, found, theirs=info.words(asked), index=_index(info, slugs))


def _index(info: InfoDesk, slugs: list[str]) -> list[int]:
    """Topics by their place in the list: five of them fit in a button."""
    places = {slug: place for place, slug in enumerate(info.library.topics)}
    return [places[slug] for slug in slugs]


def _slugs(info: InfoDesk, listed: str) -> list[str]:
    known = list(info.library.topics)
    numbers = [number_in(one) for one in listed.split(".") if one]
    if any(number >= len(known) for number in numbers):
        raise Outdated
    return [known[number] for number in numbers]


async def show_list(desks: Desks, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Back to the titles."""
    number, _, listed = tap.argument.partition(":")
    case, asked = await speaking.talk(tx, person, number_in(number))
    shown = _list(desks, person, asked, case, _slugs(desks.info, listed))
    return [Edit(text=shown.text, buttons=shown.buttons, or_send=False)]


async def show_one(desks: Desks, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One topic: what it says in the colleague's language, and what the person will get."""
    number, place, listed = (*tap.argument.split(":"), "", "")[:3]
    case, asked = await speaking.talk(tx, person, number_in(number))
    slug = next(iter(_slugs(desks.info, place)), "")
    own, theirs = _both(desks, person, asked, slug)
    shown = wording.previewed(
        desks.own(person),
        (desks.voice(person, own), own),
        theirs=theirs,
        will_get=_for(desks, asked, theirs, case).text,
        named=wording.Named(case, slug, listed),
        read_in=desks.info.catalogs.words(theirs.language),
    )
    return [Edit(text=shown.text, buttons=shown.buttons, or_send=False)]


async def send(desks: Desks, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """It goes out, in the person's language, as the info desk shows it."""
    number, _, slug = tap.argument.partition(":")
    talk = await speaking.talk(tx, person, number_in(number), is_held=True)
    case, asked = talk
    _own, theirs = _both(desks, person, asked, slug)
    screen = _for(desks, asked, theirs, case)
    said = Ready(
        text=wording.kept(desks.info.voice(asked, theirs), theirs),
        showed=desks.info.title(slug, desks.info.staff_language),
    )
    shown = (screen.text, screen.buttons, screen.is_quiet)
    piece = await speaking.speak_for(desks.queue, tx, person, talk, said, tap=tap, screen=shown)
    return _recorded(desks, person, piece, theirs, screen)


def _recorded(
    desks: Desks, person: Person, piece: Piece, theirs: Answer, screen: Screen
) -> list[Message]:
    """The menu becomes the record, in the group's language; a trainee's shows the mentor all that
    would go out."""
    info, queue = desks.info, desks.queue
    own = info.library.answer(theirs.slug, queue.staff_language) or theirs
    written = info.catalogs.words(own.language)
    is_checked = piece.state == "checking"
    record = wording.sent(
        Voice(queue.staff_words, written.is_rtl, info.facts(own.language)),
        own,
        read_in=info.catalogs.words(theirs.language),
        seconds=None if is_checked else round(queue.hold.total_seconds()),
        will_get=screen.text if is_checked else None,
    )
    asked = [checking.prompt(queue, piece, person)] if is_checked else []
    toast = Toast(text=ready.toast(desks.own(person), is_checked=is_checked))
    return [Edit(text=record, or_send=False), *asked, toast]


def _both(desks: Desks, person: Person, asked: Person, slug: str) -> tuple[Answer, Answer]:
    """The topic as the colleague reads it, and as the person will. Raises Outdated."""
    library = desks.info.library
    own = library.answer(slug, desks.own(person).code)
    theirs = library.answer(slug, asked.language)
    if own is None or theirs is None:
        raise Outdated
    return own, theirs


def _for(desks: Desks, asked: Person, answer: Answer, case: Case) -> Screen:
    """What the person gets: whole, from a colleague, with the ways on from here."""
    first = newcomer.answer_buttons(desks.info.words(asked), case)
    view = View(is_open=True, sent_by=desks.queue.organisation)
    screen = screen_of(desks.info, asked, answer, view, first=first)
    # Topics open once a language is chosen.
    return screen if asked.language else screen._replace(buttons=first)
