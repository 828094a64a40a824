"""✓ and ✗ under a trainee's message."""

from bot.delivery.incoming import Tapped
from bot.delivery.messages import Delete, Edit, Message
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import number_in
from bot.handover.desk import HandoverDesk
from bot.handover.service import checking
from bot.handover.wording import checking as wording
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: HandoverDesk) -> Routes:
    """The two buttons."""
    actions: dict[str, Shows[HandoverDesk]] = {"check_ok": approve, "check_no": refuse}
    return Routes(staff_actions=bound(desk, actions))


async def approve(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✓ Send"""
    piece_id, seen = checking.parts(tap)
    await checking.approve(desk, tx, person, piece_id, seen, now=tap.at)
    return [Edit(text=wording.checked(desk.staff_words, person.first_name))]


async def refuse(desk: HandoverDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
    """✗ Not like this"""
    await checking.refuse(desk, tx, person, number_in(tap.argument), now=tap.at)
    return [Delete(message_ids=(tap.message_id or 0,))]
