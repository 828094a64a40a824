"""A colleague hands a question over: who, with or without a note, done."""

from bot.delivery import outbox
from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Delete, Edit, Message, Outgoing, Toast
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import Outdated, number_in
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, HandedOver, Receiver
from bot.handover.service import answering, cases, handing
from bot.handover.staff_chat.asking import Answered, prompt
from bot.handover.wording import handing as wording
from bot.handover.wording import topic
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

_MENU = "hand_over"
_NOTE = "hand"


def routes(desk: HandoverDesk) -> Routes:
    """The menu and its command."""
    actions: dict[str, Shows[HandoverDesk]] = {
        "hand_over": show_menu,
        "hand_list": show_again,
        "hand_languages": show_languages,
        "hand_pick": ask_for_note,
        "hand_note": wait_for_note,
        "hand_do": hand_over,
        "hand_cancel": cancel,
    }
    commands: dict[str, Shows[HandoverDesk]] = {"handover": show_menu_for}
    return Routes(staff_actions=bound(desk, actions), staff_commands=bound(desk, commands))


async def show_menu(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🤝 under the header."""
    return await _menu(desk, tx, person, tap, number_in(tap.argument))


async def show_menu_for(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/handover in the topic, or /handover 123 anywhere in the group."""
    require(person)
    case = await answering.named(tx, said)
    return await _menu(desk, tx, person, said, case.id)


async def _menu(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Said | Tapped, case_id: int
) -> list[Message]:
    found = await handing.choices(desk, tx, person, case_id, now=incoming.at)
    text, buttons = wording.menu(desk.staff_words, found, desk.catalogs)
    slot = found.case.slot(_MENU)
    return [*await _menu_gone(tx, found.case), Outgoing(slot=slot, text=text, buttons=buttons)]


async def _menu_gone(tx: Tx, case: Case) -> list[Message]:
    """One menu at a time."""
    place = await outbox.slot(tx, case.slot(_MENU))
    if place is None:
        return []
    await outbox.forget_slots(tx, place.name)
    return [Delete(to=place.chat_id, lane="update", message_ids=(place.id,))]


async def show_again(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Back."""
    case_id = number_in(tap.argument)
    found = await handing.choices(desk, tx, person, case_id, now=tap.at)
    text, buttons = wording.menu(desk.staff_words, found, desk.catalogs)
    return [Edit(text=text, buttons=buttons)]


async def show_languages(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Another language."""
    case_id = number_in(tap.argument)
    found = await handing.choices(desk, tx, person, case_id, now=tap.at)
    text, buttons = wording.languages(desk.staff_words, found, desk.catalogs)
    return [Edit(text=text, buttons=buttons)]


async def ask_for_note(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Somebody was chosen: with a note?"""
    case_id, to = _parts(tap)
    picked = await handing.meant(tx, person, case_id, to)
    text, buttons = wording.picked(desk.staff_words, picked, desk.catalogs)
    return [Edit(text=text, buttons=buttons)]


async def wait_for_note(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The next reply of the colleague is the note."""
    case_id, to = _parts(tap)
    picked = await handing.meant(tx, person, case_id, to)
    text = wording.note_wanted(desk.staff_words, picked.case.number)
    return [prompt(picked.case, f"{_NOTE}:{to.token}", text)]


async def take_note(
    desk: HandoverDesk, tx: Tx, person: Person, case: Case, said: Said
) -> list[Message]:
    """The note: hand over with it."""
    asked = await answering.asked(tx, said)
    if asked is None:
        raise Outdated
    to = domain.receiver_in(asked[1].partition(":")[2])
    done = await handing.hand_over(desk, tx, person, case.id, to, note=said.text, now=said.at)
    return [*await _menu_gone(tx, done.case), *_reported(desk, done)]


def _reported(desk: HandoverDesk, done: HandedOver) -> list[Message]:
    """Where no topic can say it."""
    if done.case.topic_round:
        return []
    return [Outgoing(text=topic.done_toast(desk.staff_words, done.case))]


async def hand_over(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Without a note; the menu becomes the line that says so."""
    case_id, to = _parts(tap)
    is_inside = await cases.is_in_topic(tx, case_id, tap)
    done = await handing.hand_over(desk, tx, person, case_id, to, now=tap.at, is_said=is_inside)
    await outbox.forget_slots(tx, done.case.slot(_MENU))
    _ = desk.staff_words
    text = wording.handed_over(_, person.first_name, done, desk.catalogs)
    return [Edit(text=text), Toast(text=topic.done_toast(_, done.case))]


async def cancel(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """It stays with whoever has it."""
    require(person)
    case_id = number_in(tap.argument)
    await outbox.forget_slots(tx, domain.slot(case_id, _MENU))
    return [Delete(message_ids=(tap.message_id or 0,))]


def _parts(tap: Tapped) -> tuple[int, Receiver]:
    case_id, _, token = tap.argument.partition(":")
    return number_in(case_id), domain.receiver_in(token)


ASKED: dict[str, Answered] = {_NOTE: take_note}
