"""Counting who came outside the chat: one row from the first tap on, counted with the last."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from bot.errors import Outdated
from bot.handover.desk import HandoverDesk
from bot.handover.domain.contacts import (
    AT_MOST,
    BEGUN_KEPT,
    OTHER_LANGUAGE,
    UNDONE_WITHIN,
    Channel,
    Contact,
    ForWhom,
    NoSuchContact,
    NotYourContact,
    TooLateToChange,
)
from bot.handover.tables import a_contact, contacts
from bot.language import formats
from bot.people.domain import Person, require
from bot.storage.transaction import Tx


async def begin(
    tx: Tx,
    person: Person,
    *,
    channel: Channel | None = None,
    language: str | None = None,
    people: int = 1,
    now: datetime,
) -> Contact:
    """Begin to count a contact; nothing is in the figures yet."""
    require(person)
    row = await tx.one(
        insert(contacts)
        .values(
            by=person.id,
            begun_at=now,
            channel=channel,
            language=language,
            for_whom=ForWhom.SELF,
            people=people,
        )
        .returning(contacts)
    )
    assert row is not None, "just written"
    return a_contact(row)


async def choose(
    desk: HandoverDesk,
    tx: Tx,
    person: Person,
    contact_id: int,
    *,
    what: str,
    value: str,
    now: datetime,
) -> Contact:
    """One tap: a fact of the contact. With the last of the three it is counted, once.

    Raises NoSuchContact, NotYourContact, TooLateToChange, and Outdated for what no button offers.
    """
    contact = await _own(tx, person, contact_id, now=now)
    facts: dict[str, Any] = {what: _checked(desk, what, value)}
    changed = await _note(tx, contact.id, **facts)
    if changed.counted_at is None and changed.is_whole:
        return await _note(tx, contact.id, counted_at=now, day=formats.day_of(now))
    return changed


async def undo(tx: Tx, person: Person, contact_id: int, *, now: datetime) -> None:
    """It was a mistake: nothing of it remains."""
    contact = await _own(tx, person, contact_id, now=now)
    await tx.execute(delete(contacts).where(contacts.c.id == contact.id))


async def forget_who(tx: Tx, *, now: datetime) -> None:
    """A day later a contact is a count and nothing else; what was never finished goes."""
    old = contacts.c.begun_at < now - BEGUN_KEPT
    await tx.execute(delete(contacts).where(old, contacts.c.day.is_(None)))
    await tx.execute(update(contacts).where(old).values(by=None, begun_at=None, counted_at=None))


async def of_person(tx: Tx, person_id: int) -> list[dict[str, Any]]:
    """What a colleague counted and is still known to have counted, for /mydata."""
    rows = await tx.all(select(contacts).where(contacts.c.by == person_id).order_by(contacts.c.id))
    names = ("day", "channel", "language", "category", "for_whom", "people")
    return [{name: row[name] and str(row[name]) for name in names} for row in rows]


async def forget_person(tx: Tx, person_id: int) -> None:
    """The counts stay, without who counted them; what was not finished goes."""
    mine = contacts.c.by == person_id
    await tx.execute(delete(contacts).where(mine, contacts.c.day.is_(None)))
    await tx.execute(update(contacts).where(mine).values(by=None, begun_at=None, counted_at=None))


async def _own(tx: Tx, person: Person, contact_id: int, *, now: datetime) -> Contact:
    require(person)
    row = await tx.one(select(contacts).where(contacts.c.id == contact_id).with_for_update())
    if row is None:
        raise NoSuchContact
    if row["by"] is None:
        raise TooLateToChange
    contact = a_contact(row)
    if contact.by != person.id:
        raise NotYourContact
    if contact.counted_at is not None and now - contact.counted_at > UNDONE_WITHIN:
        raise TooLateToChange
    return contact


async def _note(tx: Tx, contact_id: int, **values: Any) -> Contact:
    mine: ColumnElement[bool] = contacts.c.id == contact_id
    row = await tx.one(update(contacts).where(mine).values(**values).returning(contacts))
    assert row is not None, "held"
    return a_contact(row)


def _checked(desk: HandoverDesk, what: str, value: str) -> str | int:
    """What a button offers, and nothing else."""
    offered: dict[str, tuple[str, ...]] = {
        "channel": tuple(Channel),
        "language": (*desk.catalogs.codes, OTHER_LANGUAGE),
        "category": desk.categories,
        "for_whom": tuple(ForWhom),
    }
    if what == "people" and value.isascii() and value.isdigit() and 0 < int(value) <= AT_MOST:
        return int(value)
    if value not in offered.get(what, ()):
        raise Outdated
    return value
