"""Documents have a new version: those who agreed to the older one are asked again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.people import service as people
from bot.people.domain import Person
from bot.schedule import due
from bot.schedule.due import Planned
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.guiding import Card
from bot.volunteering.service import enrolling, posting, volunteers, worklist
from bot.volunteering.wording import renewing as wording

KIND: Final = "volunteering.renew"


async def ask_again(tx: Tx, person: Person, *, now: datetime) -> tuple[int, Sequence[Card]]:
    """Have everybody of this coordinator's offices asked, each on their own. How many that are,
    and who has no Telegram. Raises StaffOnly."""
    found, by_hand = await worklist.agreed_to_older(tx, person)
    wanted = [Planned(f"renew:{one}", KIND, str(one), now) for one in found]
    await due.plan_all(tx, wanted)
    detail = {"asked": len(found), "by_hand": len(by_hand)}
    action, subject = "volunteers.asked_again", "volunteers"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject, detail=detail)
    return len(found), by_hand


async def ask(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """One of them; who has agreed meanwhile is not asked, and nobody twice for one version."""
    one = await volunteers.get(tx, int(ref))
    if one is None or not await enrolling.missing(tx, one):
        return
    versions = await enrolling.versions(tx)
    version = ".".join(versions[name] for name in sorted(versions))
    key = f"renew:{one.id}:{version}"
    await posting.to_participant(desk, tx, one.id, wording.question, key=key, now=now)
