"""🏷 Tag: a colleague puts right what a question is about."""

from bot.delivery import outbox
from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Buttons, Delete, Edit, Message, Outgoing, Toast
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import number_in
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import answering, protecting, tagging
from bot.handover.wording import minors
from bot.handover.wording import tagging as wording
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

_MENU = "tag"


def routes(desk: HandoverDesk) -> Routes:
    """The menu and its command."""
    actions: dict[str, Shows[HandoverDesk]] = {
        "tag": show_menu,
        "tag_category": categorise,
        "tag_urgent": set_urgency,
        "tag_needs": set_needs,
        "tag_done": close_menu,
    }
    commands: dict[str, Shows[HandoverDesk]] = {"tag": show_menu_for}
    return Routes(staff_actions=bound(desk, actions), staff_commands=bound(desk, commands))


async def show_menu(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """🏷 under a card or a header."""
    case = await tagging.look(tx, person, number_in(tap.argument))
    return await _menu(desk, tx, case)


async def show_menu_for(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/tag in the topic, or /tag 123 anywhere in the group."""
    require(person)
    case = await answering.named(tx, said)
    return await _menu(desk, tx, await tagging.look(tx, person, case.id))


async def _menu(desk: HandoverDesk, tx: Tx, case: Case) -> list[Message]:
    text, buttons = _screen(desk, case)
    before = await _menu_gone(tx, case.id)
    return [*before, Outgoing(slot=case.slot(_MENU), text=text, buttons=buttons)]


def _screen(desk: HandoverDesk, case: Case) -> tuple[str, Buttons]:
    _ = desk.staff_words
    titles = [(one, desk.category_title(desk.staff_language, one)) for one in desk.categories]
    return wording.menu(_, case, titles, desk.further_tags(_, case))


async def _menu_gone(tx: Tx, case_id: int) -> list[Message]:
    """One menu at a time."""
    place = await outbox.slot(tx, domain.slot(case_id, _MENU))
    if place is None:
        return []
    await outbox.forget_slots(tx, place.name)
    return [Delete(to=place.chat_id, lane="update", message_ids=(place.id,))]


async def categorise(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """One of the categories."""
    number, _, category = tap.argument.partition(":")
    case_id = number_in(number)
    case = await tagging.categorise(desk, tx, person, case_id, category, now=tap.at)
    return [_again(desk, case)]


async def set_urgency(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Urgent, or not."""
    number, _, wanted = tap.argument.partition(":")
    case_id = number_in(number)
    case = await tagging.set_urgency(desk, tx, person, case_id, is_urgent=wanted == "1", now=tap.at)
    return [_again(desk, case)]


async def set_needs(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Who may claim it."""
    number, _, skill = tap.argument.partition(":")
    case_id = number_in(number)
    if skill == domain.MINORS and (await tagging.look(tx, person, case_id)).needs != skill:
        case = await protecting.mark(desk, tx, person, case_id, now=tap.at)
        gone = await _menu_gone(tx, case_id)  # its topic may be gone with it
        return [*gone, Toast(text=minors.moved(desk.staff_words, case))]
    case = await tagging.set_needs(desk, tx, person, case_id, skill, now=tap.at)
    return [_again(desk, case), Toast(text=wording.needs_toast(desk.staff_words, case))]


def _again(desk: HandoverDesk, case: Case) -> Edit:
    text, buttons = _screen(desk, case)
    return Edit(text=text, buttons=buttons)


async def close_menu(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Done."""
    require(person)
    await outbox.forget_slots(tx, domain.slot(number_in(tap.argument), _MENU))
    return [Delete(message_ids=(tap.message_id or 0,))]
