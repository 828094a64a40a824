"""A message to many before it goes: written, changed, shown to a colleague, thrown away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from bot.broadcast import tables
from bot.broadcast.domain import (
    DRAFT_KEPT,
    SPEAKS_BY_ITSELF,
    Broadcast,
    Draft,
    NothingSaid,
    Stage,
    TooLate,
)
from bot.broadcast.service import rows
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx

_SHOWN = 20
_OPEN = (Stage.DRAFT, Stage.ASKED)


async def keep(
    tx: Tx, person: Person, draft: Draft, *, of: int | None = None, now: datetime
) -> Broadcast:
    """A new draft, or another text of one. Who changed it last is its author, and an earlier yes
    counts no more. Raises StaffOnly, NothingSaid, TooLate."""
    require(person, Role.COORDINATOR)
    if not any(draft.texts.values()) and draft.kind not in SPEAKS_BY_ITSELF:
        raise NothingSaid
    if of is None:
        made = await rows.create(tx, draft, person.id, now=now)
        await note(tx, person, "written", made.id, now=now)
        return made
    before = await rows.locked(tx, of)
    if before.stage not in _OPEN:
        raise TooLate
    anew = {"approved_by": None, "approved_sign": None, "stage": Stage.DRAFT}
    values = {**rows.stored(draft), **anew, "author_id": person.id, "changed_at": now}
    await note(tx, person, "changed", of, now=now)
    return await rows.write(tx, of, values)


async def look(tx: Tx, person: Person, id_: int) -> Broadcast:
    """One of them, for a coordinator. Raises StaffOnly, Outdated."""
    require(person, Role.COORDINATOR)
    return await rows.get(tx, id_)


async def listed(tx: Tx, person: Person) -> Sequence[Broadcast]:
    """All of them, what is not over first."""
    require(person, Role.COORDINATOR)
    return await rows.latest(tx, _SHOWN)


async def drop(tx: Tx, person: Person, id_: int, *, now: datetime) -> None:
    """It is not sent, and its texts are gone. Raises StaffOnly, TooLate."""
    require(person, Role.COORDINATOR)
    one = await rows.locked(tx, id_)
    if one.stage not in _OPEN:
        raise TooLate
    if one.author is None:  # the bot wrote it, and would write it again
        await rows.write(tx, id_, {"stage": Stage.CANCELLED, "changed_at": now, "ended_at": now})
    else:
        await tx.execute(delete(tables.broadcasts).where(tables.broadcasts.c.id == id_))
    await note(tx, person, "dropped", id_, now=now)


async def authors(tx: Tx, found: Sequence[Broadcast]) -> dict[int, str]:
    """First names of who wrote and approved them."""
    ids = {one.author for one in found} | {one.approved_by for one in found}
    names = await people.staff_names(tx, {id_ for id_ in ids if id_ is not None})
    return {int(id_): name for id_, name in names.items()}


async def forget_old(tx: Tx, *, now: datetime) -> None:
    """Drafts that nobody touched for a long time."""
    table = tables.broadcasts.c
    old = table.stage.in_(_OPEN), table.changed_at < now - DRAFT_KEPT
    await tx.execute(delete(tables.broadcasts).where(*old))


async def note(tx: Tx, person: Person | None, what: str, id_: int, *, now: datetime) -> None:
    """Into the audit log."""
    actor = None if person is None else person.id
    subject = f"broadcast:{id_}"
    await people.record(tx, at=now, actor=actor, action=f"broadcast.{what}", subject=subject)
