"""The person agrees to the legal helpdesk, chooses a session, changes it, or gives it back."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated, number_in
from bot.handover.chat.muted import unless_muted
from bot.handover.desk import HandoverDesk
from bot.handover.service import cases, sessions
from bot.handover.service import referring as service
from bot.handover.wording import referring as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: HandoverDesk) -> Routes:
    """The buttons below each screen."""
    screens = {
        "refer_yes": unless_muted(agree),
        "refer_no": refuse,
        "visit": unless_muted(choose),
        "visit_at": unless_muted(choose_time),
        "visit_off": give_back,
    }
    return Routes(actions=bound(desk, screens))


async def agree(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Yes, and the next sessions; also to change."""
    id_ = number_in(tap.argument)
    case, found = await service.agree(desk, tx, person, id_, now=tap.at)
    text, buttons = wording.offers(desk.catalogs.words(person.language), case, found)
    return [Edit(text=text, buttons=buttons)]


async def refuse(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """No: nothing is passed on."""
    await service.refuse(desk, tx, person, number_in(tap.argument), now=tap.at)
    return [Edit(text=wording.declined(desk.catalogs.words(person.language)))]


async def choose(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A session; of one with times, the time is asked next."""
    case_id, session_id = _numbers(tap.argument, 2)
    session = await sessions.find(tx, session_id)
    if session.minutes is None:
        return await _book(desk, tx, person, tap, (case_id, session_id, None))
    case = await cases.own(tx, person.id, case_id)
    text, buttons = wording.times(desk.catalogs.words(person.language), case, session)
    return [Edit(text=text, buttons=buttons)]


async def choose_time(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """A place at a time."""
    case_id, session_id, place = _numbers(tap.argument, 3)
    return await _book(desk, tx, person, tap, (case_id, session_id, place))


async def _book(
    desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped, wanted: tuple[int, int, int | None]
) -> list[Message]:
    case_id, session_id, place = wanted
    case, session = await service.choose(
        desk, tx, person, case_id, session_id, place=place, now=tap.at
    )
    text, buttons = wording.booked(desk.catalogs.words(person.language), case, session)
    return [Edit(text=text, buttons=buttons), service.pin(session)]


async def give_back(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """I cannot come."""
    case = await service.give_back(desk, tx, person, number_in(tap.argument), now=tap.at)
    text, buttons = wording.off(desk.catalogs.words(person.language), case)
    return [Edit(text=text, buttons=buttons)]


def _numbers(argument: str, count: int) -> tuple[int, ...]:
    found = tuple(number_in(part) for part in argument.split(":"))
    if len(found) != count:
        raise Outdated
    return found
