"""How a message will look: to oneself, and as a test to a colleague."""

from datetime import datetime

import msgspec

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import Broadcast
from bot.broadcast.service import drafting, rows
from bot.broadcast.service.composing import Press
from bot.broadcast.wording import drafts as wording
from bot.broadcast.wording.frames import Reader
from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.errors import Outdated
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx
from bot.volunteering.service import many
from bot.volunteering.service.many import Given

# For who gave no hours: so that everybody sees what a volunteer reads.
EXAMPLE = Given(12 * 60, 4)


async def preview(
    desk: BroadcastDesk, tx: Tx, person: Person, id_: int, language: str, *, now: datetime
) -> Outgoing:
    """As a reader of that language gets it, with the own name and figures. Raises StaffOnly,
    Outdated."""
    require(person, Role.COORDINATOR)
    if language not in desk.catalogs.codes:
        raise Outdated
    one = await rows.get(tx, id_)
    return await _copy(desk, tx, one, person, language, now=now)


async def colleagues(tx: Tx, person: Person) -> list[tuple[int, str]]:
    """Who can be sent a test: id and first name."""
    require(person, Role.COORDINATOR)
    found = await people.staff_members(tx)
    others = [one.person for one in found if one.has_own_chat and one.person.id != person.id]
    return [(int(one.id), one.first_name) for one in others]


async def test(
    desk: BroadcastDesk, tx: Tx, person: Person, id_: int, to: int, *, now: datetime
) -> str:
    """To one colleague, marked as a test; returns their name. Raises StaffOnly, Outdated."""
    one = await drafting.look(tx, person, id_)
    known = {int(found.person.id): found for found in await people.staff_members(tx)}
    if to not in known or not known[to].has_own_chat:
        raise Outdated
    colleague = known[to].person
    _ = desk.words(colleague)
    copy = await _copy(desk, tx, one, colleague, _.code, now=now)
    text = f"{wording.test(_, person.first_name)}\n\n{copy.text}"
    whose = {"to": colleague.telegram_id, "person_id": colleague.id}
    await outbox.put(tx, msgspec.structs.replace(copy, lane="notice", text=text, **whose))
    return colleague.first_name


async def _copy(
    desk: BroadcastDesk, tx: Tx, one: Broadcast, person: Person, language: str, *, now: datetime
) -> Outgoing:
    given = (await many.given(tx, [person.id], now=now)).get(person.id, EXAMPLE)
    reader = Reader(person.first_name, given.minutes, given.shifts)
    return Press(desk, one.draft).copy(language, reader)
