"""What the bot asks colleagues by itself: are you on it, and what is still yours after a block."""

from functools import partial

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message, Toast
from bot.dialog.routes import Routes
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.service import staying
from bot.handover.wording import escalation
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


def routes(desk: HandoverDesk) -> Routes:
    """Buttons below such messages."""
    return Routes(staff_actions={"keep": partial(keep, desk)})


async def keep(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """I am on it."""
    require(person)
    case = await staying.keep(desk, tx, person, domain.number_in(tap.argument), now=tap.at)
    _ = desk.staff_words
    said = Edit(text=escalation.on_it(_, person.first_name))
    return [Toast(text=escalation.kept_toast(_, case)), said]
