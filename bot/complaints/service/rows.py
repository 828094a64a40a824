"""Complaints as rows: finding and changing them."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select, update

from bot.complaints.domain import Complaint
from bot.complaints.tables import a_complaint, complaints
from bot.storage.transaction import Tx


async def hold(tx: Tx, *conditions: ColumnElement[bool]) -> Complaint | None:
    """One complaint, which nobody changes before we are through."""
    row = await tx.one(select(complaints).where(*conditions).with_for_update(key_share=True))
    return None if row is None else a_complaint(row)


async def by_id(tx: Tx, complaint_id: int) -> Complaint | None:
    """The same by its number."""
    return await hold(tx, complaints.c.id == complaint_id)


async def find_all(tx: Tx, *conditions: ColumnElement[bool]) -> list[Complaint]:
    """Every complaint that fits, the oldest first."""
    wanted = select(complaints).where(*conditions).order_by(complaints.c.id)
    return [a_complaint(row) for row in await tx.all(wanted)]


async def unanswered(tx: Tx, *, before: date | None = None) -> list[Complaint]:
    """What was brought and waits for a reply, perhaps only what came before that day."""
    mine = complaints.c
    found = [mine.is_brought.is_(True), mine.answered_on.is_(None), mine.is_reduced.is_(False)]
    return await find_all(tx, *found, *([] if before is None else [mine.received_on < before]))


async def change(tx: Tx, complaint: Complaint, **values: Any) -> Complaint:
    """Write facts of it down."""
    own = complaints.c.id == complaint.id
    row = await tx.one(update(complaints).where(own).values(**values).returning(complaints))
    return complaint if row is None else a_complaint(row)
