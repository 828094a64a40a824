"""Hours that a volunteer says are others, and coordinators who decide."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.language import formats
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.schedule import timing
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import hours as domain
from bot.volunteering.domain.hours import Line
from bot.volunteering.domain.organisations import NotYourOffice
from bot.volunteering.domain.taking import NotAVolunteer
from bot.volunteering.service import hour_rows as rows
from bot.volunteering.service import hours, offices, volunteers
from bot.volunteering.wording import hours as wording

PAGE = 6


async def own(tx: Tx, person_id: int) -> tuple[ParticipantId, list[Line]]:
    """Somebody's hours, the newest first. Raises NotAVolunteer."""
    mine = await _volunteer(tx, person_id)
    return mine, await rows.of_volunteer(tx, mine)


async def own_line(tx: Tx, person_id: int, hours_id: int, *, holds: bool = False) -> Line:
    """One of one's own lines. Raises NotAVolunteer, Outdated."""
    mine = await _volunteer(tx, person_id)
    line = await rows.one(tx, hours_id, holds=holds)
    if line is None or line.volunteer != mine:
        raise Outdated
    return line


async def correct(
    tx: Tx, person_id: int, hours_id: int, minutes: int, reason: str, *, now: datetime
) -> Line:
    """The volunteer says that it was another length. What was approved stays until a coordinator
    decides. Raises NotAVolunteer, Outdated, TooLate, Decided, TooMany."""
    line = await own_line(tx, person_id, hours_id, holds=True)
    if line.is_final:
        raise domain.Decided
    if not line.may_correct(formats.day_of(now)):
        raise domain.TooLate
    most = domain.WEEK_MINUTES if line.is_week else domain.DAY_MINUTES
    if not 0 <= minutes <= most or reason not in domain.REASONS:
        raise domain.TooMany(most=most // 60)
    if line.is_week:
        await _write(tx, line, now=now, minutes=minutes, state=domain.CORRECTED)
    else:
        state = domain.CORRECTED if line.is_open else line.state
        is_same = minutes == line.minutes
        said = {"said_minutes": None if is_same else minutes, "reason": None if is_same else reason}
        await _write(tx, line, now=now, state=state, **said)
    return await own_line(tx, person_id, hours_id)


async def to_check(
    tx: Tx, person: Person, *, page: int, now: datetime
) -> tuple[list[Line], dict[int, str], bool]:
    """What this coordinator should look at, names of volunteers, and whether there is more."""
    require(person, Role.COORDINATOR)
    today, theirs = formats.day_of(now), await offices.others(tx, person)
    found, more = await rows.to_check(tx, not_of=theirs, today=today, page=page, size=PAGE)
    return found, await rows.names(tx, [one.volunteer for one in found]), more


async def look(tx: Tx, person: Person, hours_id: int) -> tuple[Line, str]:
    """One line, and whose. Raises StaffOnly, NotYourOffice, Outdated."""
    line = await _theirs(tx, person, hours_id, holds=False)
    return line, (await rows.names(tx, [line.volunteer]))[line.volunteer]


async def approve(
    desk: VolunteeringDesk, tx: Tx, person: Person, hours_id: int, minutes: int, *, now: datetime
) -> Line:
    """So long it was: one of the two lengths that stand there. Raises StaffOnly, NotYourOffice,
    Outdated (also when it was decided or said otherwise meanwhile)."""
    line = await _theirs(tx, person, hours_id)
    if not (line.is_open or line.differs) or minutes not in (line.minutes, line.wanted):
        raise Outdated
    await _decide(tx, person, line, domain.APPROVED, minutes, now=now)
    await hours.look_at_trajectories(tx, [line.volunteer], now=now)
    if line.differs:
        await _tell(desk, tx, line, minutes, now=now)
    return await _theirs(tx, person, hours_id)


async def approve_all(
    tx: Tx, person: Person, ids: Sequence[int], minutes: int, *, now: datetime
) -> int:
    """All of a list that nobody disputes; `minutes` is their sum as it was shown, so that nothing
    is approved that was not seen. Raises StaffOnly, NotYourOffice, Outdated."""
    require(person, Role.COORDINATOR)
    lines = await rows.several(tx, ids[:PAGE], holds=True)
    others = await offices.others(tx, person)
    if any(one.office in others for one in lines):
        raise NotYourOffice
    if not lines or any(not one.is_open or one.differs for one in lines):
        raise Outdated
    if len(lines) != len(set(ids)) or sum(one.minutes for one in lines) != minutes:
        raise Outdated
    found = [one.id for one in lines]
    values = {"state": domain.APPROVED, "approved_via": domain.BY_COORDINATOR}
    own_rows = rows.table.c.id.in_(found)
    agreed = {**values, "approved_at": now, "changed_at": now}
    await tx.execute(update(rows.table).where(own_rows).values(**agreed, said_minutes=None))
    for one in found:
        subject = f"hours:{one}"
        await people.record(tx, at=now, actor=person.id, action="hours.approved", subject=subject)
    await hours.look_at_trajectories(tx, [one.volunteer for one in lines], now=now)
    return len(lines)


async def refuse(
    desk: VolunteeringDesk, tx: Tx, person: Person, hours_id: int, *, now: datetime
) -> Line:
    """These hours do not count. Only what nobody approved can be refused."""
    line = await _theirs(tx, person, hours_id)
    if not line.is_open:
        raise Outdated
    await _decide(tx, person, line, domain.REFUSED, line.wanted, now=now)
    await _tell(desk, tx, line, None, now=now)
    return await _theirs(tx, person, hours_id)


async def _decide(
    tx: Tx, person: Person, line: Line, state: str, minutes: int, *, now: datetime
) -> None:
    values = {"minutes": minutes, "state": state, "approved_via": domain.BY_COORDINATOR}
    await _write(tx, line, now=now, approved_at=now, said_minutes=None, reason=None, **values)
    subject, action = f"hours:{line.id}", f"hours.{state}"
    await people.record(tx, at=now, actor=person.id, action=action, subject=subject)


async def _tell(
    desk: VolunteeringDesk, tx: Tx, line: Line, minutes: int | None, *, now: datetime
) -> None:
    """The volunteer hears what was decided, where it is not what they said."""
    person = await participants.person_of(tx, ParticipantId(line.volunteer))
    if person is None:
        return
    _ = desk.catalogs.words(person.language)
    text, buttons = wording.decided(_, line, minutes)
    post = Outgoing(
        text=text,
        buttons=buttons,
        to=person.telegram_id,
        lane="notice",
        hold_until=timing.considerate(now),
        person_id=person.id,
    )
    await outbox.put(tx, *in_reading_order([post], is_rtl=_.is_rtl))


async def _theirs(tx: Tx, person: Person, hours_id: int, *, holds: bool = True) -> Line:
    require(person, Role.COORDINATOR)
    line = await rows.one(tx, hours_id, holds=holds)
    if line is None:
        raise Outdated
    if line.office in await offices.others(tx, person):
        raise NotYourOffice
    return line


async def _write(tx: Tx, line: Line, *, now: datetime, **values: Any) -> None:
    own_row = rows.table.c.id == line.id
    await tx.execute(update(rows.table).where(own_row).values(changed_at=now, **values))


async def _volunteer(tx: Tx, person_id: int) -> ParticipantId:
    mine = await volunteers.of_person(tx, person_id)
    if mine is None:
        raise NotAVolunteer
    return ParticipantId(mine.id)
