"""The phrases of an hour, slice by slice.

Taking people and writing their phrases to the outbox is one transaction, so after any crash each
has had today's phrase or still waits for it. What was not sent within two hours waits for the next
day: nobody gets yesterday's phrase today.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.dutch import domain, wording
from bot.dutch.desk import DutchDesk
from bot.dutch.domain import Phrase
from bot.dutch.service import learning
from bot.language.formats import BRUSSELS
from bot.people import service as people
from bot.people.domain import State
from bot.schedule import due, timing
from bot.storage.transaction import Row, Tx

KIND: Final = "dutch.feed"


async def begin(desk: DutchDesk, tx: Tx, *, now: datetime) -> None:
    """Every hour: the first slice of those who chose it."""
    local = now.astimezone(BRUSSELS)
    hours = domain.hours_open(local)
    if not hours or not desk.course.phrases:
        return
    taken = await learning.take(tx, hours, local.date(), limit=domain.SLICE)
    await _post(desk, tx, taken, local.date(), now=now)
    if len(taken) == domain.SLICE:
        await due.plan(tx, key=KIND, kind=KIND, ref="", at=now + domain.PAUSE)


async def go_on(desk: DutchDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """When due: the next slice."""
    await begin(desk, tx, now=now)


async def _post(
    desk: DutchDesk, tx: Tx, taken: Sequence[Row], today: date, *, now: datetime
) -> None:
    """Whoever blocked the bot misses nothing: their next phrase stays the same."""
    sent = {row["person_id"]: row["sent"] for row in taken}
    them = people.everybody()
    reached = select(them).where(them.c.id.in_(sent), them.c.state == State.REACHABLE)
    rows = await tx.all(reached) if sent else []
    if not rows:
        return
    leaves_until = min(now + domain.LATE, timing.night_after(now))
    await outbox.put(
        tx,
        *(
            _addressed(desk, row, desk.course.after(sent[row["id"]]), today, leaves_until)
            for row in rows
        ),
    )
    await learning.count_on(tx, [row["id"] for row in rows])


def _addressed(
    desk: DutchDesk, row: Row, phrase: Phrase, today: date, expires_at: datetime
) -> Outgoing:
    _ = desk.catalogs.words(row["language"])
    text, buttons = wording.of_the_day(_, desk.course, phrase)
    return Outgoing(
        to=row["telegram_id"],
        lane="broadcast",
        key=f"dutch:{row['id']}:{today.isoformat()}",
        text=text,
        buttons=buttons,
        expires_at=expires_at,
        person_id=row["id"],
    )
