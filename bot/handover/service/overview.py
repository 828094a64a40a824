"""Who waits for what: the person's own questions, and the queue for colleagues."""

from collections.abc import Mapping
from datetime import datetime

from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Own
from bot.handover.service import cases
from bot.handover.tables import cases as rows
from bot.people.domain import Person, PersonId, require
from bot.storage.transaction import Tx


async def mine(desk: HandoverDesk, tx: Tx, person: Person, *, now: datetime) -> list[Own]:
    """The person's open questions and those closed lately, newest first."""
    found = await cases.mine(tx, person.id, now=now)
    return [Own(case, desk.expected(case, now)) for case in found]


async def queue(tx: Tx, person: Person) -> tuple[list[Case], Mapping[PersonId, str]]:
    """Everything open, urgent and oldest first, and the names of who has it."""
    require(person)
    found = domain.oldest_first(await cases.find_all(tx, rows.c.state.in_(domain.OPEN)))
    return found, await cases.names_of(tx, found)
