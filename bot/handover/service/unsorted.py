"""What somebody with several talks wrote and has not given a place yet: kept, seen by nobody.

It stands as messages of one of their questions (the holder), so that it is exported, edited and
erased like any other. Whoever reads the messages of a question leaves these out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, delete, exists, func, select, update

from bot.delivery import outbox
from bot.delivery.messages import Delete
from bot.handover import domain
from bot.handover.domain import Case, Piece, Talk, Unsorted
from bot.handover.service import pieces
from bot.handover.tables import a_piece, case_copies, case_messages
from bot.handover.tables import cases as rows
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.prepared import Prepared
from bot.storage.transaction import Tx

KIND = "handover.which"
_SAID = case_messages.c
_WAITING: Any = (
    select(case_messages)
    .join(rows, rows.c.id == _SAID.case_id)
    .where(rows.c.person_id == bindparam("person_id"), _SAID.is_unsorted.is_(True))
    .order_by(_SAID.id)
)
_OF_PERSON = Prepared(_WAITING)


def waits_for(person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Has this person something without a place? Part of a statement that runs for every one."""
    return exists().where(_SAID.author_id == person_id, _SAID.is_unsorted.is_(True))


async def of_person(tx: Tx, person_id: int) -> list[Piece]:
    """Everything that waits for the person's choice, in order."""
    return [a_piece(row) for row in await tx.all(_OF_PERSON, {"person_id": person_id})]


async def keep(
    tx: Tx, person: Person, mine: Sequence[Case], live: Sequence[Case], message: pieces.Message
) -> Unsorted:
    """Write the message down where no colleague reads it, with what waits already."""
    earlier = await of_person(tx, person.id)
    found = (one for one in mine if earlier and one.id == earlier[0].case_id)
    holder = next(found, None) or newest(live)
    await pieces.write(
        tx,
        holder,
        message,
        direction="in",
        author_id=person.id,
        state="received",
        is_unsorted=True,
    )
    if earlier:
        return Unsorted(holder, is_first=False)
    await wait(tx, holder, now=message.at)
    return Unsorted(holder, is_first=True, among=await talks(tx, live))


async def wait(tx: Tx, holder: Case, *, now: datetime) -> None:
    """For the person's choice, but not for long."""
    await due.plan_unless_planned(
        tx,
        key=holder.slot("which"),
        kind=KIND,
        ref=str(holder.id),
        at=now + domain.CHOICE_WAITS,
    )


async def wait_anew(tx: Tx, holder: Case, *, now: datetime) -> None:
    """More waits with it, and the person is asked once more."""
    await due.cancel(tx, holder.slot("which"))
    await wait(tx, holder, now=now)


def newest(live: Sequence[Case]) -> Case:
    """The talk in which something was said last."""
    return max(live, key=lambda one: one.live_until or one.touched_at)


def chosen(live: Sequence[Case], now: datetime) -> Case | None:
    """The one that the person chose among these, while that counts."""
    found = [one for one in live if one.chosen_until is not None and now < one.chosen_until]
    return max(found, key=lambda one: one.chosen_until or now, default=None)


async def remember(tx: Tx, person_id: int | None, case_id: int, *, now: datetime) -> None:
    """What the person writes next is about this one, and about no other."""
    mine = (rows.c.id == case_id) | rows.c.chosen_until.is_not(None)
    until = case((rows.c.id == case_id, now + domain.CHOSEN_FOR), else_=None)
    await tx.execute(
        update(rows).where(rows.c.person_id == person_id, mine).values(chosen_until=until)
    )


async def talks(tx: Tx, live: Sequence[Case]) -> tuple[Talk, ...]:
    """How the buttons name them, the newest first: with the words that the person began with."""
    ids = [one.id for one in live]
    first = (
        select(func.min(_SAID.id))
        .where(
            _SAID.case_id.in_(ids),
            _SAID.direction == "in",
            _SAID.text != "",
            _SAID.is_unsorted.is_(False),
        )
        .group_by(_SAID.case_id)
    )
    found = await tx.all(select(_SAID.case_id, _SAID.text).where(_SAID.id.in_(first)))
    words = {row["case_id"]: row["text"] for row in found}
    latest = sorted(live, key=lambda one: one.live_until or one.touched_at, reverse=True)
    return tuple(Talk(one, words.get(one.id, "")) for one in latest)


async def move(tx: Tx, found: Sequence[Piece], to: Case) -> None:
    """They belong to this question now, and nobody asks any more."""
    ids = [piece.id for piece in found]
    await tx.execute(
        update(case_messages)
        .where(_SAID.id.in_(ids))
        .values(case_id=to.id, is_unsorted=False, is_relayed=False)
    )
    if found[0].is_unsorted:  # and not by "Another question", while others wait
        await due.cancel(tx, domain.slot(found[0].case_id, "which"))


async def join(tx: Tx, found: Sequence[Piece], holder: Case) -> None:
    """They wait with what waits already: one question to the person, one moment."""
    ids = [piece.id for piece in found]
    await tx.execute(update(case_messages).where(_SAID.id.in_(ids)).values(case_id=holder.id))


async def take_back(tx: Tx, found: Sequence[Piece]) -> None:
    """They had a place, and wait for another one."""
    ids = [piece.id for piece in found]
    await tx.execute(delete(case_copies).where(case_copies.c.piece_id.in_(ids)))
    await tx.execute(
        update(case_messages).where(_SAID.id.in_(ids)).values(is_unsorted=True, is_relayed=False)
    )


async def drop(tx: Tx, found: Sequence[Piece]) -> None:
    """They are about none of these questions."""
    await tx.execute(delete(case_messages).where(_SAID.id.in_([piece.id for piece in found])))
    await due.cancel(tx, domain.slot(found[0].case_id, "which"))


async def hide_screen(tx: Tx, person: Person, found: Sequence[Piece]) -> None:
    """Nobody needs to choose any more."""
    slot = domain.slot(found[0].case_id, "which")
    await outbox.put(tx, Delete(to=person.telegram_id, slot=slot))
