"""What coordinators tap below a card of somebody who has no Telegram and was called."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Edit, Message
from bot.dialog.routes import Routes, bound
from bot.errors import Outdated
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import calling
from bot.volunteering.wording import shifts as wording


def routes(desk: VolunteeringDesk) -> Routes:
    """The answers of a call."""
    return Routes(staff_actions=bound(desk, {"vccall": called}))


async def called(desk: VolunteeringDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """What was said on the telephone."""
    event, _, rest = tap.argument.partition(":")
    participant, _, answer = rest.partition(":")
    numbers = (event, participant)
    if answer not in wording.CALL_ENDS or not all(one.isdecimal() for one in numbers):
        raise Outdated
    name = await calling.answered(tx, person, int(event), int(participant), answer, now=tap.at)
    words = desk.catalogs.words(desk.staff_language)
    text = wording.call_end(words, answer, name=name, by=person.first_name)
    return [Edit(text=text)]
