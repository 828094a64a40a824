"""Who waits for what: the person's own questions."""

from datetime import datetime

from bot.handover.desk import HandoverDesk
from bot.handover.domain import Own
from bot.handover.service import cases
from bot.people.domain import Person
from bot.storage.transaction import Tx


async def mine(desk: HandoverDesk, tx: Tx, person: Person, *, now: datetime) -> list[Own]:
    """The person's open questions and those closed lately, newest first."""
    found = await cases.mine(tx, person.id, now=now)
    return [Own(case, desk.expected(case, now)) for case in found]
