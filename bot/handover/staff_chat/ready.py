"""Ready words in a question's topic: plain phrases and canned answers, chosen from a menu."""

from functools import partial

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Buttons, Delete, Edit, Message, Outgoing, Toast
from bot.dialog.routes import Routes
from bot.errors import Outdated, number_in
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Canned, Case, Piece, Ready
from bot.handover.service import answering, canned, checking, pieces, speaking
from bot.handover.wording import phrases
from bot.handover.wording import ready as wording
from bot.handover.wording.phrases import Phrase
from bot.language.catalog import Words
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

Shown = tuple[str, Buttons]


def routes(desk: HandoverDesk) -> Routes:
    """The buttons of the menus; `/canned` itself is in `canned`."""
    screens = {
        "phrases": open_phrases,
        "phrase_groups": show_drawers,
        "phrase_group": show_phrases,
        "phrase_see": show_phrase,
        "phrase_send": send_phrase,
        "canned_list": show_canned,
        "canned_see": show_one,
        "canned_send": send_canned,
        "menu_away": put_away,
    }
    return Routes(staff_actions={name: partial(screen, desk) for name, screen in screens.items()})


def own_words(desk: HandoverDesk, person: Person) -> Words:
    """The language the colleague chose with the bot, else the group's."""
    return desk.catalogs.words(person.language or desk.staff_language)


def menu(case: Case, shown: Shown, incoming: Said | Tapped) -> Message:
    """A menu of its own, at the bottom of the topic or below what was said."""
    text, buttons = shown
    reply_to = None if case.has_topic else incoming.message_id
    return Outgoing(slot=case.slot("menu"), text=text, buttons=buttons, reply_to=reply_to)


def again(shown: Shown) -> Message:
    """The same menu, one step further."""
    text, buttons = shown
    return Edit(text=text, buttons=buttons, or_send=False)


async def open_phrases(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """💬 in the header."""
    case, _asked = await speaking.talk(tx, person, number_in(tap.argument))
    return [menu(case, wording.drawers(own_words(desk, person), case), tap)]


async def show_drawers(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Back to the drawers."""
    case, _asked = await speaking.talk(tx, person, number_in(tap.argument))
    return [again(wording.drawers(own_words(desk, person), case))]


async def show_phrases(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One drawer."""
    number, name = _parts(tap, 2)
    case, _asked = await speaking.talk(tx, person, number_in(number))
    group = phrases.group(name)
    if group is None:
        raise Outdated
    return [again(wording.phrases(own_words(desk, person), case, group))]


async def show_phrase(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One sentence, as the colleague reads it and as the person will."""
    number, name = _parts(tap, 2)
    case, asked = await speaking.talk(tx, person, number_in(number))
    chosen, theirs, text = _phrase(desk, asked, name)
    return [again(wording.phrase(own_words(desk, person), case, chosen, theirs, text))]


async def send_phrase(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """It goes out in the person's language."""
    number, name = _parts(tap, 2)
    talk = await speaking.talk(tx, person, number_in(number), is_held=True)
    chosen, theirs, text = _phrase(desk, talk[1], name)
    ready = Ready(text=text, moves=chosen.moves)
    piece = await speaking.speak_for(desk, tx, person, talk, ready, tap=tap)
    texts = desk.staff_words.plain(chosen.text), text
    return sent(desk, person, piece, theirs, texts)


def _phrase(desk: HandoverDesk, asked: Person, name: str) -> tuple[Phrase, Words, str]:
    chosen = phrases.phrase(name)
    if chosen is None:
        raise Outdated
    theirs = desk.catalogs.words(asked.language)
    if theirs.written(chosen.text) is None:
        known = [one.name for one in desk.catalogs if one.written(chosen.text) is not None]
        raise domain.NotInTheirLanguage(
            name=chosen.name, language=theirs.name, languages=", ".join(known)
        )
    return chosen, theirs, theirs.plain(chosen.text)


async def open_canned(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/canned in the topic of a question."""
    found = await answering.located(tx, said)
    case, asked = await speaking.talk(tx, person, found.id)
    return [menu(case, await _canned_menu(desk, tx, person, case, asked), said)]


async def show_canned(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Back to the list."""
    case, asked = await speaking.talk(tx, person, number_in(tap.argument))
    return [again(await _canned_menu(desk, tx, person, case, asked))]


async def _canned_menu(
    desk: HandoverDesk, tx: Tx, person: Person, case: Case, asked: Person
) -> Shown:
    found = [one for one in await canned.every(desk.catalogs, tx) if one.texts]
    theirs = desk.catalogs.words(asked.language)
    return wording.canned(own_words(desk, person), case, found, theirs)


async def show_one(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One answer: as it will go out, or in which other languages it could."""
    number, name, code = _parts(tap, 3)
    case, asked = await speaking.talk(tx, person, number_in(number))
    chosen = await canned.find(desk.catalogs, tx, name)
    _ = own_words(desk, person)
    theirs = desk.catalogs.words(code or asked.language)
    if theirs.code not in chosen.texts:
        others = [one for one in desk.catalogs if one.code in chosen.texts]
        return [again(wording.canned_elsewhere(_, case, chosen, theirs, others))]
    texts = _both(desk, person, case, chosen, theirs, read_in=_.code)
    return [again(wording.canned_preview(_, case, chosen, theirs, texts))]


async def send_canned(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """It goes out, in the language that was shown."""
    number, name, code = _parts(tap, 3)
    talk = await speaking.talk(tx, person, number_in(number), is_held=True)
    chosen = await canned.find(desk.catalogs, tx, name)
    if code not in chosen.texts:
        raise Outdated
    theirs = desk.catalogs.words(code)
    texts = _both(desk, person, talk[0], chosen, theirs, read_in=desk.staff_language)
    piece = await speaking.speak_for(desk, tx, person, talk, Ready(text=texts[1]), tap=tap)
    return sent(desk, person, piece, theirs, texts)


def _both(
    desk: HandoverDesk, person: Person, case: Case, chosen: Canned, theirs: Words, *, read_in: str
) -> tuple[str, str]:
    """As colleagues read it (where it has their language), and as the person will."""
    read = read_in if read_in in chosen.texts else theirs.code
    return (
        canned.filled(desk, chosen.texts[read], read, person=person, case=case),
        canned.filled(desk, chosen.texts[theirs.code], theirs.code, person=person, case=case),
    )


def sent(
    desk: HandoverDesk, person: Person, piece: Piece, theirs: Words, texts: tuple[str, str]
) -> list[Message]:
    """The menu becomes the record of what goes out, for all of the team; under a trainee's a mentor
    is asked."""
    _ = desk.staff_words
    is_checked = piece.state == "checking"
    seconds = None if is_checked else round(desk.hold.total_seconds())
    record = wording.sent(_, theirs, texts, seconds=seconds)
    asked = [checking.prompt(desk, piece, person)] if is_checked else []
    toast = Toast(text=wording.toast(own_words(desk, person), is_checked=is_checked))
    return [Edit(text=record, or_send=False), *asked, toast]


async def put_away(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✖️ under a menu; what has become a message stays."""
    require(person)
    if await pieces.original(tx, tap.chat_id, tap.message_id) is not None:
        raise domain.SentAlready
    return [Delete(message_ids=(tap.message_id or 0,))]


def _parts(tap: Tapped, count: int) -> list[str]:
    """What a button names, filled up with nothing."""
    found = tap.argument.split(":")
    if len(found) > count:
        raise Outdated
    return found + [""] * (count - len(found))
