"""A coordinator mutes somebody for a time: told to the person, lifted by itself, never for ever."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, exists, insert, select, update

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.handover import domain
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Case, CoordinatorOnly, Mute, MuteOrder
from bot.handover.service import cases
from bot.handover.tables import cases as case_rows
from bot.handover.tables import mutes
from bot.handover.wording import limits as wording
from bot.people.domain import Person, Role, is_at_least, require
from bot.people.service import audit, recognition
from bot.storage.prepared import Prepared
from bot.storage.transaction import Row, Tx

_WITH_NUMBER = select(mutes, case_rows.c.number).select_from(
    mutes.outerjoin(case_rows, case_rows.c.id == mutes.c.case_id)
)
# Each message of a person that would reach the team asks it.
_NOW = Prepared(
    _WITH_NUMBER.where(
        mutes.c.person_id == bindparam("person_id"),
        mutes.c.until > bindparam("now"),
        mutes.c.lifted_at.is_(None),
    )
    .order_by(mutes.c.until.desc())
    .limit(1)
)


def runs_for(person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Is this person muted at `:now`? Part of a statement that runs for every message."""
    return exists().where(
        mutes.c.person_id == person_id,
        mutes.c.until > bindparam("now"),
        mutes.c.lifted_at.is_(None),
    )


async def current(tx: Tx, person_id: int, *, now: datetime) -> Mute | None:
    """Is this person muted now?"""
    row = await tx.one(_NOW, {"person_id": person_id, "now": now})
    return None if row is None else _a_mute(row)


def _a_mute(row: Row) -> Mute:
    return Mute(**{name: row[name] for name in Mute.__slots__})


async def mute(
    desk: HandoverDesk, tx: Tx, actor: Person, case: Case, order: MuteOrder, *, now: datetime
) -> Mute:
    """Until then, what the person writes reaches nobody in the team; they are told so at once.

    A mute that runs already is replaced. Raises CoordinatorOnly, NoSuchQuestion, NotOfTheTeam.
    """
    _require_coordinator(actor)
    person = await cases.person_of(tx, case)
    if person is None:
        raise domain.NoSuchQuestion
    if person.role is not None:
        raise domain.NotOfTheTeam
    await _lift(tx, person.id, now=now)
    made = await tx.one(
        insert(mutes)
        .values(
            person_id=person.id,
            case_id=case.id,
            reason=order.reason,
            by=actor.id,
            made_at=now,
            until=now + order.length,
        )
        .returning(mutes)
    )
    assert made is not None, "just written"
    await _note(tx, "person.muted", person, actor, now=now, mute=made["id"], case=case.id)
    done = _a_mute({**made, "number": case.number})
    await outbox.put(tx, _told(desk, person, done))
    return done


def _told(desk: HandoverDesk, person: Person, mute: Mute, *, key: str | None = None) -> Outgoing:
    text = wording.muted(desk.catalogs.words(person.language), mute)
    return Outgoing(to=person.telegram_id, text=text, key=key, person_id=person.id)


async def answer(desk: HandoverDesk, tx: Tx, person: Person, mute: Mute, *, now: datetime) -> None:
    """Who is muted and writes all the same hears until when, once a minute at most."""
    every = domain.MUTE_TOLD_EVERY.total_seconds()
    key = f"muted:{mute.id}:{now.timestamp() // every:.0f}"
    await outbox.put(tx, _told(desk, person, mute, key=key))


async def unmute(desk: HandoverDesk, tx: Tx, actor: Person, case: Case, *, now: datetime) -> Person:
    """From now on the team reads this person again, who is told. Raises CoordinatorOnly,
    NobodyMuted."""
    _require_coordinator(actor)
    person = await cases.person_of(tx, case)
    if person is None or not await _lift(tx, person.id, now=now):
        raise domain.NobodyMuted
    await _note(tx, "person.unmuted", person, actor, now=now, case=case.id)
    text = wording.heard_again(desk.catalogs.words(person.language))
    await outbox.put(tx, Outgoing(to=person.telegram_id, text=text, person_id=person.id))
    return person


async def _lift(tx: Tx, person_id: int, *, now: datetime) -> bool:
    runs = (mutes.c.person_id == person_id) & mutes.c.lifted_at.is_(None) & (mutes.c.until > now)
    lifted = await tx.execute(update(mutes).where(runs).values(lifted_at=now))
    return lifted.rowcount > 0


async def listed(tx: Tx, actor: Person, *, now: datetime) -> tuple[list[Mute], dict[int, str]]:
    """Who is muted now, the next to end first, and the names of the coordinators who did it.

    Raises CoordinatorOnly.
    """
    _require_coordinator(actor)
    runs = mutes.c.lifted_at.is_(None) & (mutes.c.until > now)
    found = await _found(tx, runs)
    names = await recognition.staff_names(tx, {one.by for one in found if one.by is not None})
    return found, {int(id_): name for id_, name in names.items()}


async def _found(tx: Tx, condition: ColumnElement[bool]) -> list[Mute]:
    rows: Sequence[Row] = await tx.all(_WITH_NUMBER.where(condition).order_by(mutes.c.until))
    return [_a_mute(row) for row in rows]


async def by_number(tx: Tx, number: int) -> Case:
    """The question with that number. Raises NoSuchQuestion."""
    found = await cases.find_all(tx, case_rows.c.number == number)
    if not found:
        raise domain.NoSuchQuestion
    return found[0]


def _require_coordinator(actor: Person) -> None:
    require(actor)
    if not is_at_least(actor.role, Role.COORDINATOR):
        raise CoordinatorOnly


async def _note(
    tx: Tx, action: str, person: Person, actor: Person, *, now: datetime, **detail: object
) -> None:
    """Ids only: the reason stands in the row of the mute, which goes sooner than the log."""
    subject = f"person:{person.id}"
    await audit.record(tx, at=now, actor=actor.id, action=action, subject=subject, detail=detail)


async def clean(tx: Tx, *, now: datetime) -> None:
    """Mutes that ended long ago, with their reasons."""
    await tx.execute(delete(mutes).where(mutes.c.until < now - domain.MUTE_KEPT))


async def export(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    """A person's own mutes, for /mydata: they may know why."""
    return [
        {
            "from": one.made_at.isoformat(),
            "until": (one.lifted_at or one.until).isoformat(),
            "reason": one.reason,
        }
        for one in await _found(tx, mutes.c.person_id == person_id)
    ]


async def forget(tx: Tx, person_id: int) -> None:
    """Who erases their data is not muted any more: nothing may be kept to know them by."""
    await tx.execute(delete(mutes).where(mutes.c.person_id == person_id))
