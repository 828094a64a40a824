"""Who is speaking: found in one statement, or written down at first contact."""

import dataclasses
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from sqlalchemy import select, update

from bot.delivery.incoming import (
    Incoming,
    MembershipChanged,
    Sender,
    TopicChanged,
)
from bot.language import bidi
from bot.people import domain, tables
from bot.people.domain import Colleague, Person, PersonId, Role, State
from bot.people.service import roles, rows
from bot.storage.transaction import Row, Tx


async def recognise(
    tx: Tx,
    incoming: Incoming,
    *,
    staff_groups: Collection[int],
    on_new: Callable[[], None] | None = None,
) -> Person | None:
    """The person who speaks; None when there is nobody to answer (another bot, a strange group).

    News about a group (a membership, a topic) is heard whoever caused it, because it
    must not be lost; it never makes anybody known or gives them a role. `on_new`: see
    `roles.act_in_group`.
    """
    if not incoming.is_private and incoming.chat_id not in staff_groups:
        return None
    sender = incoming.sender
    if isinstance(incoming, MembershipChanged | TopicChanged):
        return await _whoever(tx, sender, is_private=incoming.is_private)
    if sender is not None and sender.is_anonymous:
        return domain.nobody(sender.id)
    if sender is None or sender.is_bot:
        return None
    row = await _known(tx, sender.id) or await _welcomed(tx, sender, at=incoming.at)
    name = await _kept_current(tx, row, incoming, sender)
    person = dataclasses.replace(rows.person(row), first_name=name)
    if incoming.is_private:
        return person
    return await roles.act_in_group(
        tx, person, rows.standing(row), incoming.chat_id, at=incoming.at, on_new=on_new
    )


async def find_person(tx: Tx, person_id: int) -> Person | None:
    """The person with this id, or None when they were forgotten."""
    row = await tx.one(tables.BY_ID, {"id": person_id})
    return None if row is None else rows.person(row)


async def staff_names(tx: Tx, ids: Iterable[int]) -> dict[PersonId, str]:
    """First names by person id, for lists that colleagues read."""
    people = tables.people.c
    found = await tx.all(select(people.id, people.first_name).where(people.id.in_(set(ids))))
    return {PersonId(row["id"]): row["first_name"] for row in found}


async def reachable(tx: Tx, ids: Iterable[int]) -> dict[PersonId, Person]:
    """Those of these people who can be written to, by id."""
    wanted = tables.WITH_ROLE.where(
        tables.people.c.id.in_(set(ids)), tables.people.c.state == State.REACHABLE
    )
    return {PersonId(row["id"]): rows.person(row) for row in await tx.all(wanted)}


async def staff_members(tx: Tx, *, needed: Role = Role.TRAINEE) -> list[Colleague]:
    """All staff with at least this role, in the order in which they came."""
    wanted = tables.WITH_ROLE.where(tables.staff.c.role.is_not(None)).order_by(tables.people.c.id)
    colleagues = [rows.colleague(row) for row in await tx.all(wanted)]
    return [one for one in colleagues if domain.is_at_least(one.person.role, needed)]


async def mark_unreachable(tx: Tx, telegram_id: int, *, is_gone: bool = False) -> None:
    """The person blocked the bot, or (is_gone) the account does not exist any more."""
    await _mark(tx, telegram_id, State.GONE if is_gone else State.BLOCKED)


async def mark_reachable(tx: Tx, telegram_id: int) -> None:
    """The person can be written to again."""
    await _mark(tx, telegram_id, State.REACHABLE)


async def language_of(tx: Tx, telegram_id: int) -> str | None:
    """The language somebody chose, by the id of their chat."""
    wanted = select(tables.people.c.language).where(tables.people.c.telegram_id == telegram_id)
    found: str | None = await tx.scalar(wanted)
    return found


async def is_reachable(tx: Tx, person_id: int) -> bool:
    """May something be sent to this person, as far as is known?"""
    state = select(tables.people.c.state).where(tables.people.c.id == person_id)
    return bool(await tx.scalar(state) == State.REACHABLE)


async def _mark(tx: Tx, telegram_id: int, state: State) -> None:
    own = tables.people.c.telegram_id == telegram_id
    await tx.execute(update(tables.people).where(own).values(state=state))


async def _known(tx: Tx, telegram_id: int) -> Row | None:
    return await tx.one(tables.BY_TELEGRAM_ID, {"telegram_id": telegram_id})


async def _welcomed(tx: Tx, sender: Sender, *, at: datetime) -> Row:
    """First contact, perhaps in two chats at the same moment."""
    statement = tx.insert(tables.people).values(
        telegram_id=sender.id,
        first_name=bidi.safe_name(sender.first_name),
        state=State.REACHABLE,
        created_at=at,
        seen_at=at,
    )
    await tx.execute(statement.on_conflict_do_nothing(index_elements=["telegram_id"]))
    row = await _known(tx, sender.id)
    assert row is not None, "just written"
    return row


async def _whoever(tx: Tx, sender: Sender | None, *, is_private: bool) -> Person | None:
    row = None if sender is None else await _known(tx, sender.id)
    if row is not None:
        return rows.person(row)
    return None if is_private else domain.nobody(sender.id if sender else 0)


async def _kept_current(tx: Tx, row: Row, incoming: Incoming, sender: Sender) -> str:
    """Write what has changed, at most once a day when nothing but time has."""
    changes: dict[str, object] = {}
    name = bidi.safe_name(sender.first_name)
    if name != row["first_name"]:
        changes["first_name"] = name
    if incoming.is_private and row["state"] != State.REACHABLE:
        changes["state"] = State.REACHABLE
    if changes or incoming.at - row["seen_at"] >= domain.SEEN_EVERY:
        own = tables.people.c.id == row["id"]
        seen_at = max(incoming.at, row["seen_at"])
        await tx.execute(update(tables.people).where(own).values(seen_at=seen_at, **changes))
    return name
