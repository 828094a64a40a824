"""When a shift is over: who came? Asked of the organisation's contact persons in Telegram."""

from datetime import datetime

import msgspec

from bot.delivery import outbox
from bot.errors import Outdated
from bot.schedule import due, timing
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.service import attendance, contacts, planning
from bot.volunteering.wording import attendance as wording


async def ask_who_came(desk: VolunteeringDesk, tx: Tx, event_id: int, *, now: datetime) -> None:
    """Once, at a decent hour; not when it was called off, put off or confirmed already."""
    try:
        found = await attendance.look(tx, event_id)
    except Outdated:  # gone with its assignment
        return
    event = found.shift.event
    if event.ends_at > now or not found.shift.takes_attendance(now):
        return
    if found.shift.confirmed_at is not None or not found.people:
        return
    if (later := timing.considerate(now)) > now:
        key, ref = f"shift:{event_id}:attendance", str(event_id)
        await due.plan(tx, key=key, kind=planning.ATTENDANCE_KIND, ref=ref, at=later)
        return
    for person in await contacts.in_telegram(tx, event_id):
        post = wording.over(desk.catalogs.words(person.language), found)
        key = f"shift:{event_id}:who-came:{person.id}"
        await outbox.put(
            tx,
            msgspec.structs.replace(
                post, to=person.telegram_id, lane="notice", key=key, person_id=person.id
            ),
        )
