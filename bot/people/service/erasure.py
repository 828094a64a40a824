"""A person's own data: a copy of it, its erasure, and that no backup brings it back."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from bot.delivery import outbox
from bot.people import domain, tables
from bot.people.desk import PeopleDesk
from bot.people.domain import Person
from bot.people.service import audit, rows
from bot.storage.transaction import Tx

_AT_ONCE = 50

# A mark of an erased person and the moment of the erasure.
Erasure = tuple[str, datetime]


async def copy_of_data(desk: PeopleDesk, tx: Tx, person_id: str) -> bytes:
    """Everything that is stored about somebody, as a JSON file."""
    sections = {name: await export(tx, int(person_id)) for name, export in desk.privacy.items()}
    return json.dumps(sections, ensure_ascii=False, indent=2, default=_plain).encode()


async def forget(desk: PeopleDesk, tx: Tx, person: Person, *, now: datetime) -> list[int]:
    """Erase somebody everywhere. Returns the bot's messages that Telegram still lets us delete."""
    sent = await outbox.sent_to(tx, person.telegram_id, now - domain.TAKEN_BACK_WITHIN)
    for forget_person in desk.forgetters:
        await forget_person(tx, person.id, now=now)
    for forget_chat in desk.chat_forgetters:
        await forget_chat(tx, person.telegram_id)
    await erase_row(tx, person.id)
    await _remember_erasure(tx, domain.telegram_hash(person.telegram_id, desk.erasure_key), now)
    await audit.record(
        tx, at=now, actor=None, action="person.forgotten", subject=f"person:{person.id}"
    )
    return sent


async def erase_row(tx: Tx, person_id: int) -> None:
    """The person's own row; role and everything that hangs on it go along."""
    await tx.execute(delete(tables.people).where(tables.people.c.id == person_id))


async def forget_silent_people(desk: PeopleDesk, tx: Tx, *, now: datetime) -> None:
    """Erase who has not written for two years and is no colleague; some each night."""
    people, staff = tables.people.c, tables.staff.c
    silent = tables.WITH_ROLE.where(
        people.seen_at < now - domain.SILENT_PERSON_KEPT, staff.role.is_(None)
    )
    for row in await tx.all(silent.order_by(people.seen_at).limit(_AT_ONCE)):
        await forget(desk, tx, rows.person(row), now=now)


async def erasures(tx: Tx) -> list[Erasure]:
    """The marks of everybody erased, to be saved before an older backup is put back."""
    found = await tx.all(select(tables.forgotten).order_by(tables.forgotten.c.at))
    return [(row["telegram_hash"], row["at"]) for row in found]


async def repeat_erasures(
    desk: PeopleDesk, tx: Tx, marks: Iterable[Erasure], *, now: datetime
) -> int:
    """After a restore: erase again whoever had been erased since that backup. How many?"""
    erased_at = dict(marks)
    count = 0
    for row in await tx.all(tables.WITH_ROLE):
        mark = domain.telegram_hash(row["telegram_id"], desk.erasure_key)
        if mark in erased_at and row["created_at"] <= erased_at[mark]:
            await forget(desk, tx, rows.person(row), now=now)
            count += 1
    for mark, at in erased_at.items():
        await _remember_erasure(tx, mark, at)
    return count


async def _remember_erasure(tx: Tx, mark: str, at: datetime) -> None:
    statement = tx.insert(tables.forgotten).values(telegram_hash=mark, at=at)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["telegram_hash"], set_={"at": at})
    )


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
