"""What the person changed in messages that a colleague has: said at once, or joined when there is
more of it in a moment. A hundred edits are a few calls of the group's twenty, and all are told."""

from datetime import datetime

from sqlalchemy import select, update

from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Piece, State
from bot.handover.service import cases, pieces, topics
from bot.handover.tables import a_piece, case_messages
from bot.handover.tables import cases as rows
from bot.handover.wording import topic
from bot.schedule import due
from bot.storage.transaction import Tx

EDITS_KIND = "handover.edits"


async def tell(
    desk: HandoverDesk, tx: Tx, case: Case, piece: Piece, *, now: datetime, is_danger: bool
) -> None:
    """The new text of `piece`, below its copy; later and joined when one was told of just before.
    Danger never waits. `case` is held."""
    if await _plan(tx, case.id, now=now) or is_danger:
        await _say(desk, tx, case, [piece])
        return
    await pieces.change(tx, piece.id, edited_at=now)


async def _plan(tx: Tx, case_id: int, *, now: datetime) -> bool:
    """False when a moment is planned already: colleagues heard of an edit just before."""
    return await due.plan_unless_planned(
        tx,
        key=f"edits:{case_id}",
        kind=EDITS_KIND,
        ref=str(case_id),
        at=now + domain.EDITS_PAUSE,
    )


async def tell_joined(desk: HandoverDesk, tx: Tx, case_id: int, *, now: datetime) -> None:
    """The pause is over: what was changed meanwhile, in one message. Of an erased one, nothing."""
    case = next(iter(await cases.found(tx, cases.holding(rows.c.id == case_id))), None)
    if case is None or case.state is State.DELETED:
        return
    mine = case_messages.c
    untold = (mine.case_id == case.id, mine.edited_at.is_not(None), mine.is_unsorted.is_(False))
    wanted = select(case_messages).where(*untold).order_by(mine.id)
    found = [a_piece(row) for row in await tx.all(wanted)]
    if not found:
        return
    await tx.execute(update(case_messages).where(*untold).values(edited_at=None))
    await _say(desk, tx, case, found)
    await _plan(tx, case.id, now=now)


async def _say(desk: HandoverDesk, tx: Tx, case: Case, found: list[Piece]) -> None:
    copies = await pieces.copies_of(tx, found[0].id) if len(found) == 1 else []
    text = topic.edited(desk.staff_words, [piece.text for piece in found])
    await topics.say(desk, tx, case, text, reply_to=copies[0][1] if copies else None)
