"""A colleague says that a question stays with them."""

from datetime import datetime

from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import cases, planning
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


async def keep(desk: HandoverDesk, tx: Tx, person: Person, case_id: int, *, now: datetime) -> Case:
    """ "I am on it": from now on silence is counted anew.

    Raises NotClaimed, QuestionIsOver, NotTheClaimant.
    """
    require(person)
    case = await cases.hold(tx, case_id)
    if not case.is_with_a_colleague:
        raise domain.NotClaimed if case.is_queued else domain.QuestionIsOver
    if domain.Party.CLAIMANT not in domain.parties(case, person):
        raise domain.NotTheClaimant
    kept = await cases.note(tx, case.id, turn_at=now, warned_at=None, alarm_at=None) or case
    await planning.plan(desk, tx, kept, now=now)
    await cases.record(tx, "keep", case.id, actor=person, now=now)
    return kept
