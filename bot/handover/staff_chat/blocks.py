"""What the bot asks colleagues by itself: are you on it, and what is still yours after a block."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message, Toast
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import number_in
from bot.handover.desk import HandoverDesk
from bot.handover.service import claiming, staying
from bot.handover.wording import escalation, topic
from bot.language.catalog import Words
from bot.people.domain import Person, require
from bot.storage.transaction import Tx

_ONE_OF_MANY = "row"


def routes(desk: HandoverDesk) -> Routes:
    """Buttons below such messages."""
    screens: dict[str, Shows[HandoverDesk]] = {"keep": keep, "give_back": give_back}
    return Routes(staff_actions=bound(desk, screens))


async def keep(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """I am on it: it stays with me."""
    require(person)
    case_id, _, where = tap.argument.partition(":")
    case = await staying.keep(desk, tx, person, number_in(case_id), now=tap.at)
    _ = _words(desk, person, tap)
    toast = Toast(text=escalation.kept_toast(_, case))
    if where == _ONE_OF_MANY:
        return [toast]
    if tap.is_private:
        return [toast, Edit(text=escalation.kept(_, case))]
    return [toast, Edit(text=escalation.on_it(_, person.first_name))]


async def give_back(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """Release, in the own chat: the message says what became of the question."""
    require(person)
    case_id = number_in(tap.argument)
    case = await claiming.release(desk, tx, person, case_id, now=tap.at)
    _ = _words(desk, person, tap)
    return [Toast(text=topic.done_toast(_, case)), Edit(text=escalation.given_back(_, case))]


def _words(desk: HandoverDesk, person: Person, tap: Tapped) -> Words:
    return desk.catalogs.words(person.language) if tap.is_private else desk.staff_words
