"""The claimant asks for a telephone number, and looks at it."""

from functools import partial

from bot.delivery.incoming import Said, Tapped
from bot.delivery.messages import Message, Outgoing, Toast
from bot.dialog.routes import Routes
from bot.errors import number_in
from bot.handover.desk import HandoverDesk
from bot.handover.service import answering
from bot.handover.service import calling as service
from bot.handover.wording import calling as wording
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


def routes(desk: HandoverDesk) -> Routes:
    """The command in a topic, the button under its header, and the one under the news."""
    return Routes(
        staff_commands={"call": partial(ask_here, desk)},
        staff_actions={"call": partial(ask, desk), "phone": partial(show, desk)},
    )


async def ask(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The button."""
    await service.ask(desk, tx, person, number_in(tap.argument), now=tap.at)
    return [Toast(text=wording.asked(desk.staff_words))]


async def ask_here(desk: HandoverDesk, tx: Tx, person: Person, said: Said) -> list[Message]:
    """/call in the topic."""
    require(person)
    case = await answering.located(tx, said)
    await service.ask(desk, tx, person, case.id, now=said.at)
    return [Outgoing(text=wording.asked(desk.staff_words))]


async def show(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """The number, in an alert: it stands nowhere in the group."""
    number = await service.show(tx, person, number_in(tap.argument), now=tap.at)
    return [Toast(text=wording.shown(desk.staff_words, number), is_alert=True)]
