"""Who may close a year, and who is reminded of it: it counts for all offices, for good."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.language import formats
from bot.people import service as people
from bot.people.domain import Colleague, Person, Role, require
from bot.schedule import timing
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import hours as domain
from bot.volunteering.domain.closing import NotForAll, reminds_from
from bot.volunteering.service import offices
from bot.volunteering.wording import closing as wording

_DAY = timedelta(days=1)
_frozen, _hours, _files = tables.frozen_figures, tables.hours, tables.volunteers


async def closed_at(tx: Tx, year: int) -> datetime | None:
    """When a year was closed; None: it is open."""
    found: datetime | None = await tx.scalar(
        select(_frozen.c.frozen_at).where(_frozen.c.year == year).limit(1)
    )
    return found


async def open_hours(tx: Tx, year: int) -> int:
    """Lines of a year that were neither approved nor refused."""
    own = _hours.c.worked_on.between(date(year, 1, 1), date(year, 12, 31))
    is_open = _hours.c.state.in_((domain.DERIVED, domain.CORRECTED))
    return int(await tx.scalar(select(func.count()).select_from(_hours).where(own, is_open)))


async def require_for_all(tx: Tx, person: Person) -> None:
    """Admins, and coordinators where nobody else looks after an office alone. Raises StaffOnly,
    NotForAll."""
    require(person, Role.COORDINATOR)
    if await offices.others(tx, person):
        raise NotForAll


async def remind(desk: VolunteeringDesk, tx: Tx, *, now: datetime) -> None:
    """Every night: from the second week of January on, once a week, until last year is closed. A
    night that was missed is made up for in the same week."""
    today = formats.day_of(now)
    monday = today - today.weekday() * _DAY
    year = today.year - 1
    if monday < reminds_from(today.year):
        return
    if await closed_at(tx, year) is not None or not await has_figures(tx, year):
        return
    for colleague in await _readers(tx):
        await _post(desk, tx, colleague.person, year, monday, now=now)


async def _readers(tx: Tx) -> Sequence[Colleague]:
    """Who can close it and can be written to; where there is nobody, all coordinators."""
    everybody = [
        one for one in await people.staff_members(tx, needed=Role.COORDINATOR) if one.has_own_chat
    ]
    able = [one for one in everybody if not await offices.others(tx, one.person)]
    return able or everybody


async def has_figures(tx: Tx, year: int) -> bool:
    """Had anybody signed up? A bot that is new has nothing to close."""
    next_year = datetime(year + 1, 1, 1, tzinfo=formats.BRUSSELS)
    wanted = select(_files.c.id).where(_files.c.enrolled_at < next_year).limit(1)
    return await tx.one(wanted) is not None


async def _post(
    desk: VolunteeringDesk, tx: Tx, person: Person, year: int, monday: date, *, now: datetime
) -> None:
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.remind(_, year)
    post = Outgoing(
        to=person.telegram_id,
        lane="notice",
        key=f"close:{year}:{monday}:{person.id}",
        text=text,
        buttons=buttons,
        hold_until=timing.considerate(now),
        person_id=person.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))
