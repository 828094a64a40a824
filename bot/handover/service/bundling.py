"""What a person writes in one go reaches the topic in one call: each costs one of the twenty.

The messages wait as rows, so a crash loses none; their order is that of their ids.
"""

from datetime import datetime

from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case
from bot.handover.service import cases, topics
from bot.schedule import due
from bot.storage.transaction import Tx

BUNDLE_KIND = "handover.bundle"


async def plan(tx: Tx, case: Case, *, at: datetime) -> None:
    """Have what waits of this case brought to its topic then, unless it is planned for sooner."""
    await due.plan_unless_planned(
        tx, key=case.slot("bundle"), kind=BUNDLE_KIND, ref=str(case.id), at=at
    )


async def bring_planned(desk: HandoverDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """The pause is over."""
    try:
        case = await cases.hold(tx, int(ref))
    except domain.NoSuchQuestion:
        return  # erased meanwhile
    await topics.bring_waiting(desk, tx, case, now=now)
