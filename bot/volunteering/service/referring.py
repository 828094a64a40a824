"""Referral to work: proposed by a coordinator, passed on only after the volunteer's yes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing, in_reading_order
from bot.errors import Outdated
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.people import service as people
from bot.people.domain import Person
from bot.schedule import timing
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import State
from bot.volunteering.domain.guiding import RESULTS, NotActive, Referral
from bot.volunteering.service import guiding
from bot.volunteering.service.offices import require_office
from bot.volunteering.wording import referring as wording

_SHOWN = 4

_table = tables.referrals


async def propose(
    desk: VolunteeringDesk,
    tx: Tx,
    person: Person,
    volunteer_id: int,
    to_whom: str,
    *,
    said_yes: bool | None,
    now: datetime,
) -> None:
    """Ask the volunteer in their own chat; who has no Telegram was asked before (`said_yes`).

    Raises StaffOnly, NotYourOffice, NotActive, Outdated.
    """
    row = await guiding.theirs(tx, person, volunteer_id)
    if row["state"] not in (State.ACTIVE, State.PAUSED):
        raise NotActive
    asked = await participants.person_of(tx, ParticipantId(volunteer_id))
    if asked is None and said_yes is None:
        raise Outdated
    values: dict[str, Any] = {"volunteer_id": volunteer_id, "to_whom": to_whom, "asked_at": now}
    if asked is None:
        values["consent_at" if said_yes else "declined_at"] = now
    statement = tx.insert(_table).values(**values, by=person.id).returning(_table.c.id)
    new = int(await tx.scalar(statement))
    await guiding.record(tx, person, volunteer_id, "referral.proposed", now=now)
    if asked is not None:
        _ = desk.catalogs.words(asked.language)
        text, buttons = wording.asked(_, new, to_whom, person.first_name)
        await _post(desk, tx, asked, text, buttons, now=now)


async def answer(
    desk: VolunteeringDesk, tx: Tx, person: Person, referral_id: int, *, yes: bool, now: datetime
) -> str:
    """The volunteer's word; it can be changed until there is a result. Returns to whom.

    Raises Outdated for what is not theirs, or over.
    """
    mine = await participants.known(tx, person.id)
    row = await tx.one(select(_table).where(_table.c.id == referral_id))
    if row is None or mine is None or row["volunteer_id"] != mine:
        raise Outdated
    said = {"consent_at": now if yes else None, "declined_at": None if yes else now}
    open_one = _table.c.id == referral_id, _table.c.result.is_(None)
    if (await tx.execute(update(_table).where(*open_one).values(said))).rowcount != 1:
        raise Outdated
    if row["consent_at" if yes else "declined_at"] is None:  # new, or changed
        await guiding.record(tx, person, mine, "referral.answered", now=now)
        await _tell_coordinator(desk, tx, row, person, yes=yes, now=now)
    return str(row["to_whom"])


async def get(tx: Tx, person: Person, referral_id: int) -> Referral:
    """One of them, for a coordinator of the office. Raises StaffOnly, NotYourOffice, Outdated."""
    row = await tx.one(select(_table).where(_table.c.id == referral_id))
    if row is None:
        await require_office(tx, person, "")
        raise Outdated
    await guiding.theirs(tx, person, row["volunteer_id"])
    return _referral(row)


async def note_result(
    tx: Tx, person: Person, referral_id: int, result: str, *, now: datetime
) -> Referral:
    """What came of it; only where the volunteer said yes. Raises Outdated, and what `get` does."""
    one = await get(tx, person, referral_id)
    said_yes = _table.c.id == referral_id, _table.c.consent_at.is_not(None)
    values = {"result": result, "result_at": now}
    if result not in RESULTS:
        raise Outdated
    if (await tx.execute(update(_table).where(*said_yes).values(values))).rowcount != 1:
        raise Outdated
    await guiding.record(tx, person, one.volunteer_id, "referral.result", now=now)
    return one


async def of_volunteer(tx: Tx, person: Person, volunteer_id: int) -> Sequence[Referral]:
    """The newest ones of somebody. Raises what `guiding.theirs` does."""
    await guiding.theirs(tx, person, volunteer_id)
    own = select(_table).where(_table.c.volunteer_id == volunteer_id)
    rows = await tx.all(own.order_by(_table.c.id.desc()).limit(_SHOWN))
    return [_referral(row) for row in rows]


async def _tell_coordinator(
    desk: VolunteeringDesk, tx: Tx, row: Row, person: Person, *, yes: bool, now: datetime
) -> None:
    if row["by"] is None:
        return
    team = await people.staff_members(tx)
    mine = [one for one in team if one.person.id == row["by"] and one.has_own_chat]
    for one in mine:
        _ = desk.catalogs.words(one.person.language)
        name = await participants.name_of(tx, row["volunteer_id"])
        text, buttons = wording.answered(_, row["volunteer_id"], name, row["to_whom"], yes=yes)
        await _post(desk, tx, one.person, text, buttons, now=now)


async def _post(
    desk: VolunteeringDesk,
    tx: Tx,
    to: Person,
    text: str,
    buttons: Any,
    *,
    now: datetime,
) -> None:
    post = Outgoing(
        to=to.telegram_id,
        lane="notice",
        text=text,
        buttons=buttons,
        hold_until=timing.considerate(now),
        person_id=to.id,
    )
    is_rtl = desk.catalogs.words(to.language).is_rtl
    await outbox.put(tx, *in_reading_order([post], is_rtl=is_rtl))


def _referral(row: Row) -> Referral:
    same = ("id", "volunteer_id", "to_whom", "consent_at", "declined_at")
    return Referral(**{name: row[name] for name in same}, result=row["result"] or "")
