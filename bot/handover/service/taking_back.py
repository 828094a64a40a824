"""What was said in a talk and did not belong there: nothing of it stays with the colleagues."""

from datetime import datetime

from bot.delivery import outbox
from bot.delivery.messages import Delete
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, Piece
from bot.handover.service import cases, leaving, pieces
from bot.storage.transaction import Tx


async def as_before(desk: HandoverDesk, tx: Tx, case: Case, *, now: datetime) -> None:
    """It is the person's turn again where nothing else that they said waits for an answer: the
    step that the last answer did when it arrived is done once more."""
    if case.state not in domain.OURS:
        return
    said = await pieces.of(tx, case.id, direction=None)
    answers = [one for one in said if one.direction == "out" and one.state == "sent" and one.moves]
    if not answers:
        return
    left_at = answers[-1].at + desk.hold
    if any(one.direction == "in" and one.at >= left_at for one in said):
        return
    detail = {"after": "take_out"}
    await cases.move(tx, answers[-1].moves, case.id, actor=None, now=now, detail=detail)


async def taken_back(tx: Tx, case: Case, found: list[Piece]) -> bool:
    """Cancel what waits and delete what stands in the topic. True when no colleague saw it."""
    is_unseen = True
    for piece in found:
        if await outbox.cancel(tx, leaving.relay_key(case, piece.id)):
            continue
        copies = await pieces.copies_of(tx, piece.id)
        is_unseen = is_unseen and not copies
        if copies:
            ids = tuple(id_ for _, id_ in copies)
            await outbox.put(tx, Delete(to=copies[0][0], message_ids=ids))
    return is_unseen
