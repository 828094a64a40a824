"""Other facts of an assignment: only what was changed is written, so that two who change different
things at the same time both keep theirs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain.assignments import Assignment, KindStays
from bot.volunteering.domain.placing import LIVE
from bot.volunteering.service import assignments, planning

# What shifts to come take over from their assignment.
_OF_SHIFTS = {"contact_id"}


async def change(
    tx: Tx,
    person: Person,
    assignment: int,
    values: Mapping[str, Any],
    *,
    words: tuple[str, str] | None = None,
    now: datetime,
) -> Assignment:
    """`values`: columns that are others now; `words`: title and description in the language in
    which it was written. Shifts that exist keep their time and place, and take over the words and
    the contact person.

    Raises StaffOnly, NotYourOffice, Outdated, KindStays, EmptyText, TooLong.
    """
    found = await assignments.seen(tx, person, assignment)
    if values.get("kind", found.kind) != found.kind:
        await _require_unused(tx, assignment)
    if words is not None:
        title, text = words
        found = await assignments.translate(
            tx, person, assignment, found.written_in, title=title, text=text, now=now
        )
    if values:
        found = await assignments.change(tx, person, assignment, values, now=now)
    if words is not None or _OF_SHIFTS & set(values):
        await planning.plan_retitle(tx, assignment, now=now)
    return found


async def _require_unused(tx: Tx, assignment: int) -> None:
    """What was done is reported by its kind: that does not become another afterwards. Raises
    KindStays."""
    hours, placed = tables.hours.c, tables.placements.c
    worked = select(hours.id).where(hours.assignment_id == assignment).limit(1)
    live = placed.assignment_id == assignment, placed.state.in_(LIVE)
    there = select(placed.id).where(*live).limit(1)
    if await tx.scalar(select(or_(worked.exists(), there.exists()))):
        raise KindStays
