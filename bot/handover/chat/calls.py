"""The person is asked for a number: gives it, refuses, or takes it back."""

from functools import partial

from bot.delivery.incoming import Incoming, Said, Shared, Tapped
from bot.delivery.messages import Edit, Message, Outgoing
from bot.dialog import prompts
from bot.dialog.routes import Routes, bound
from bot.errors import number_in
from bot.handover import domain
from bot.handover.chat.muted import unless_muted, unless_muted_says
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import calling as service
from bot.handover.wording import calling as wording
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Tx

PROMPT = "call_number"


def routes(desk: HandoverDesk) -> Routes:
    """The buttons below the question, and the number that is written or shared."""
    screens = {
        "call_yes": unless_muted(ask_number),
        "call_keep": unless_muted(keep),
        "call_no": refuse,
    }
    hears = unless_muted_says(hear, lambda incoming: _written(incoming) is not None)
    return Routes(actions=bound(desk, screens), prompts={PROMPT: partial(hears, desk)})


async def ask_number(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Which number? The next message is for this alone; no colleague sees it."""
    case = await service.open_one(tx, person, number_in(tap.argument))
    await _listen(tx, case, tap)
    text, keyboard = wording.which(desk.catalogs.words(person.language))
    return [Outgoing(text=text, keyboard=keyboard)]


async def hear(
    desk: HandoverDesk, tx: Tx, person: Person, incoming: Incoming, ref: str
) -> list[Message] | None:
    """A number, or a contact card. Few figures are no answer, and go their usual way."""
    written = _written(incoming)
    if written is None:
        return None
    _ = desk.catalogs.words(person.language)
    case = await service.open_one(tx, person, number_in(ref))
    if isinstance(incoming, Shared) and not incoming.is_own:
        await _listen(tx, case, incoming)
        return [Outgoing(text=wording.not_own(_))]
    number = domain.phone_in(formats.read_digits(written))
    if number is None:
        await _listen(tx, case, incoming)
        return [Outgoing(text=wording.not_read(_))]
    text, buttons = wording.preview(_, case, number)
    # Two kinds of keys do not go on one message; with this one the menu comes back.
    menu = Outgoing(text=wording.read(_), keyboard=desk.keyboard(_), is_silent=True)
    return [menu, Outgoing(text=text, buttons=buttons, person_id=person.id)]


def _written(incoming: Incoming) -> str | None:
    match incoming:
        case Said(text=text) if sum(map(str.isdecimal, text)) >= domain.PHONE_FIGURES:
            return text
        case Shared(what="contact", phone=phone):
            return f"+{phone.lstrip('+')}"
        case _:
            return None


async def keep(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Yes, that is the number."""
    case_id, _colon, number = tap.argument.partition(":")
    case = await service.keep(desk, tx, person, number_in(case_id), number, now=tap.at)
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.kept(_, case, case.phone or "")
    return [Edit(text=text, buttons=buttons)]


async def refuse(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Rather not; or the number is taken back."""
    await service.refuse(desk, tx, person, number_in(tap.argument), now=tap.at)
    return [Edit(text=wording.gone(desk.catalogs.words(person.language)))]


async def _listen(tx: Tx, case: Case, incoming: Incoming) -> None:
    until = incoming.at + domain.CALL_ASKED_FOR
    await prompts.ask(tx, incoming.chat_id, PROMPT, str(case.id), until=until)
