"""People who would like a buddy: the list on which they wait, and which volunteers fit them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, delete, exists, func, literal, select, update

from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import ParticipantId
from bot.events.service import participants
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.columns import Moment
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain.assignments import TWO_SIDED, Assignment, Stage
from bot.volunteering.domain.matching import Spot
from bot.volunteering.domain.partners import Partner, Wish
from bot.volunteering.domain.placing import ASKED, BEGUN, NotNow
from bot.volunteering.service import assignments, hour_rows
from bot.volunteering.service.offices import others, require_office

PAGE: Final = 8
_OFFERED: Final = 8  # assignments to choose from

_table, _placed, _who = tables.partners, tables.placements, events_tables.participants


async def wish(tx: Tx, person: Person, said: Wish, *, now: datetime) -> Partner:
    """Somebody would like a buddy; saying it again changes what they said. Raises NotNow for who
    has one, or is asked about one."""
    known = await participants.of_person(tx, person.id, now=now)
    if await _is_paired(tx, known):
        raise NotNow
    await _write(tx, known, said, now=now)
    found = await of_person(tx, person.id)
    assert found is not None, "just written"
    return found


async def add(tx: Tx, person: Person, name: str, said: Wish, *, now: datetime) -> Partner:
    """A coordinator writes down somebody without Telegram. Raises StaffOnly, NotYourOffice."""
    await require_office(tx, person, said.office)
    known = await participants.by_name(tx, name, now=now)
    await _write(tx, known, said, now=now)
    await _record(tx, person, known, "added", now=now)
    return await seen(tx, person, known)


async def of_person(tx: Tx, person_id: int) -> Partner | None:
    """What somebody said, while they wait."""
    mine = _who.c.person_id == person_id, _table.c.waits_since.is_not(None)
    return await _one(tx, _selected().where(*mine))


async def withdraw(tx: Tx, person: Person, *, now: datetime) -> None:
    """They do not look any more; nothing is kept. Raises Outdated, NotNow while a question about
    somebody is open."""
    found = await of_person(tx, person.id)
    if found is None:
        raise Outdated
    await _erase(tx, found.id)
    await _record(tx, person, found.id, "withdrawn", now=now)


async def remove(tx: Tx, person: Person, partner: int, *, now: datetime) -> None:
    """A coordinator takes somebody from the list. Raises as `seen`, NotNow."""
    found = await seen(tx, person, partner)
    await _erase(tx, found.id)
    await _record(tx, person, found.id, "removed", now=now)


async def seen(tx: Tx, person: Person, partner: int) -> Partner:
    """One who waits. Raises StaffOnly, NotYourOffice, Outdated."""
    require(person, Role.COORDINATOR)
    found = await _one(tx, _selected().where(_table.c.participant_id == partner))
    if found is None or found.waits_since is None:
        raise Outdated
    await require_office(tx, person, found.office)
    return found


async def waiting(tx: Tx, person: Person, *, page: int) -> tuple[list[Partner], bool]:
    """Who waits in this coordinator's offices and is not asked about anybody now, the longest
    first; and whether there are more. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    wanted = _selected().where(_table.c.waits_since.is_not(None), ~_taken())
    elsewhere = await others(tx, person)
    if elsewhere:
        wanted = wanted.where(_table.c.office.not_in(elsewhere))
    wanted = wanted.order_by(_table.c.waits_since, _table.c.participant_id)
    rows = await tx.all(wanted.offset(page * PAGE).limit(PAGE + 1))
    names = await hour_rows.names(tx, [row["participant_id"] for row in rows]) if rows else {}
    return [_partner(row, names) for row in rows[:PAGE]], len(rows) > PAGE


async def assignments_for(tx: Tx, person: Person) -> list[Assignment]:
    """Open assignments of pairs, of this coordinator's offices. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    table, elsewhere = tables.assignments, await others(tx, person)
    wanted = select(table.c.id).where(table.c.state == Stage.OPEN, table.c.kind.in_(TWO_SIDED))
    if elsewhere:
        wanted = wanted.where(table.c.office.not_in(elsewhere))
    rows = await tx.all(wanted.order_by(table.c.id.desc()).limit(_OFFERED))
    return [await assignments.get(tx, row["id"]) for row in rows]


async def found_somebody(tx: Tx, partner: int, *, now: datetime) -> None:
    """They wait no longer."""
    own = update(_table).where(_table.c.participant_id == partner)
    await tx.execute(own.values(waits_since=None, changed_at=now))


async def waits_again(tx: Tx, partner: int, *, now: datetime) -> None:
    """Their buddy stopped: they stand on the list again."""
    own = update(_table).where(_table.c.participant_id == partner)
    await tx.execute(own.values(waits_since=now, changed_at=now))


async def move(tx: Tx, person_id: int, participant: int) -> None:
    """They take over the file of another participant: the wish and their places go along."""
    before = await participants.known(tx, person_id)
    if before is None or before == participant:
        return
    own = update(_placed).where(_placed.c.partner_id == before)
    await tx.execute(own.values(partner_id=participant))
    has_one = select(_table.c.participant_id).where(_table.c.participant_id == participant)
    if await tx.scalar(has_one) is None:
        mine = update(_table).where(_table.c.participant_id == before)
        await tx.execute(mine.values(participant_id=participant, phone=None))
    else:
        await forget(tx, before)


async def forget(tx: Tx, participant: int) -> None:
    """Nothing of it is kept."""
    await tx.execute(delete(_table).where(_table.c.participant_id == participant))


async def forget_old(tx: Tx, *, before: datetime) -> None:
    """Who said it so long ago, and has nobody: names of those without Telegram go too."""
    old = _table.c.changed_at < before, ~_taken()
    rows = await tx.all(select(_table.c.participant_id).where(*old))
    for row in rows:
        await _erase(tx, row["participant_id"])


async def _erase(tx: Tx, participant: int) -> None:
    """Who stands nowhere else goes as a whole. Raises NotNow for who is asked about somebody."""
    if await _is_paired(tx, participant):
        raise NotNow
    await forget(tx, participant)
    file = select(tables.volunteers.c.id).where(tables.volunteers.c.id == participant)
    if await tx.scalar(file) is None:
        named = select(_who.c.id).where(_who.c.id == participant, _who.c.person_id.is_(None))
        if await tx.scalar(named) is not None:
            await participants.unlink(tx, ParticipantId(participant))


async def _write(tx: Tx, known: ParticipantId, said: Wish, *, now: datetime) -> None:
    values = {**said.columns(), "waits_since": now, "changed_at": now}
    made = tx.insert(_table).values(participant_id=known, **values)
    again = {name: value for name, value in values.items() if name != "waits_since"}
    again["waits_since"] = func.coalesce(_table.c.waits_since, literal(now, Moment))
    await tx.execute(made.on_conflict_do_update(index_elements=["participant_id"], set_=again))


async def _is_paired(tx: Tx, participant: int) -> bool:
    live = _placed.c.partner_id == participant, _placed.c.state.in_((ASKED, *BEGUN))
    return await tx.scalar(select(_placed.c.id).where(*live).limit(1)) is not None


def _taken() -> ColumnElement[bool]:
    live = _placed.c.state.in_((ASKED, *BEGUN))
    return exists().where(_placed.c.partner_id == _table.c.participant_id, live)


def _selected() -> Select[Any]:
    return select(_table, _who.c.person_id).join(_who, _who.c.id == _table.c.participant_id)


async def _one(tx: Tx, wanted: Select[Any]) -> Partner | None:
    row = await tx.one(wanted)
    if row is None:
        return None
    return _partner(row, await hour_rows.names(tx, [row["participant_id"]]))


def _partner(row: Row, names: Mapping[int, str]) -> Partner:
    has_spot = row["latitude"] is not None and row["longitude"] is not None
    return Partner(
        id=row["participant_id"],
        name=names.get(row["participant_id"], "—"),
        office=row["office"],
        town=row["town"],
        languages=tuple(row["languages"]),
        availability=row["availability"],
        spot=Spot(row["latitude"], row["longitude"]) if has_spot else None,
        phone=row["phone"] or "",
        waits_since=row["waits_since"],
        has_telegram=row["person_id"] is not None,
    )


async def _record(tx: Tx, person: Person, participant: int, action: str, *, now: datetime) -> None:
    subject = f"participant:{participant}"
    await people.record(tx, at=now, actor=person.id, action=f"buddy_wish.{action}", subject=subject)
