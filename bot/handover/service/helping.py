"""Language help: who could speak with the person, where the claimant cannot."""

from datetime import datetime

from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.people.domain import Person
from bot.people.service import recognition
from bot.storage.transaction import Tx

NAMED = 3


async def speakers(
    desk: HandoverDesk, tx: Tx, case: Case, claimant: Person | None, *, now: datetime | None
) -> tuple[str, ...] | None:
    """First names of colleagues who speak the person's language: on duty now, else of the team.

    None where no help is needed: the claimant speaks it, or nobody has told what they speak.
    """
    if claimant is None or not claimant.speaks or case.language in claimant.speaks:
        return None
    if case.kind == domain.OTHER_LANGUAGE:
        return None
    on_duty = [] if now is None else desk.timetable.on_duty(case.desk, case.language, now)
    ids = [id_ for id_ in on_duty if id_ != claimant.id]
    if ids:
        names = await recognition.staff_names(tx, ids)
        return tuple(names.values())[:NAMED]
    team = await recognition.staff_members(tx)
    found = [one.person for one in team if case.language in one.languages]
    return tuple(one.first_name for one in found if one.id != claimant.id)[:NAMED]
