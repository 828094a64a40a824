"""What coordinators read in the morning, each in their own chat, when there is something to do."""

from datetime import date, datetime, timedelta
from typing import Final

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.language import formats
from bot.people import service as people
from bot.people.domain import Person, Role
from bot.schedule import due
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import guiding as domain
from bot.volunteering.service import worklist
from bot.volunteering.wording import guiding as wording

KIND: Final = "volunteering.morning"
_READ_BY = timedelta(hours=10)


async def plan(tx: Tx, *, now: datetime) -> None:
    """At night: have the coming morning told, unless nobody works that day."""
    at = domain.morning(now)
    if at is None or at <= now:
        return
    day = formats.day_of(now)
    await due.plan_unless_planned(tx, key=f"{KIND}:{day}", kind=KIND, ref=str(day), at=at)


async def tell(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """One message for each coordinator who has something to do; none when the day is over."""
    if formats.day_of(now) != date.fromisoformat(ref):
        return
    for colleague in await people.staff_members(tx, needed=Role.COORDINATOR):
        if colleague.has_own_chat:
            await _tell(desk, tx, colleague.person, now=now)


async def _tell(desk: VolunteeringDesk, tx: Tx, person: Person, *, now: datetime) -> None:
    counts = await worklist.counts(tx, person, now=now)
    if not any(counts.values()):
        return
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.morning(_, counts)
    post = Outgoing(
        to=person.telegram_id,
        lane="notice",
        key=f"{KIND}:{person.id}:{formats.day_of(now)}",
        text=text,
        buttons=buttons,
        expires_at=now + _READ_BY,
        person_id=person.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
