"""Answers whose day is over: somebody must look whether they are still true. Coordinators, who can
change them, hear of each once, and again after two months."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.duty.domain import BRUSSELS, is_holiday
from bot.infodesk.desk import InfoDesk
from bot.infodesk.domain import Library, is_past
from bot.infodesk.wording import reviewing as wording
from bot.language import formats
from bot.people import service as people
from bot.people.domain import Role
from bot.schedule import reminders
from bot.schedule.reminders import Fate
from bot.storage.transaction import Tx

_HOURS = range(9, 18)
_SATURDAY = 5
_KIND = "answers"


async def remind(desk: InfoDesk, tx: Tx, *, now: datetime) -> None:
    """Every hour: on a working day, what they were not told of yet; one message for all of it."""
    today = formats.day_of(now)
    is_working_day = today.weekday() < _SATURDAY and not is_holiday(today)
    if not is_working_day or now.astimezone(BRUSSELS).hour not in _HOURS:
        return
    colleagues = await people.staff_members(tx, needed=Role.COORDINATOR)
    editors = [one.person for one in colleagues if one.has_own_chat]
    overdue = due(desk.library, today)
    if not editors or not overdue:
        return
    new = {slug: day for slug, day in overdue.items() if await _is_new(tx, slug, day, now=now)}
    for person in editors if new else ():
        _ = desk.catalogs.words(person.language)
        titles = {slug: desk.title(slug, person.language) for slug in new}
        text = wording.to_look_at(_, titles, new)
        post = Outgoing(to=person.telegram_id, lane="notice", text=text, person_id=person.id)
        await outbox.put(tx, post)


def due(library: Library, today: date) -> Mapping[str, str]:
    """Topics of which an answer must be looked at again, and since when, the oldest first."""
    days: dict[str, str] = {}
    for answers in library.answers.values():
        for slug, answer in answers.items():
            if answer.volatile and is_past(answer.volatile, today):
                days[slug] = min(answer.volatile, days.get(slug, answer.volatile))
    return dict(sorted(days.items(), key=lambda one: (one[1], one[0])))


async def _is_new(tx: Tx, slug: str, day: str, *, now: datetime) -> bool:
    key = f"answer:{slug}:{day}"
    return await reminders.note(tx, key, _KIND, Fate.SENT, due_at=now, now=now)
