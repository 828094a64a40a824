"""Roles, kept true: by acting in the staff group, by news of memberships, by the nightly check."""

import dataclasses
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.delivery.incoming import MembershipChanged
from bot.people import domain, tables
from bot.people.domain import Change, Person, PersonId, Role, Standing, Via
from bot.people.service import audit, rows
from bot.storage.transaction import Tx

GRANTED, CHANGED, REMOVED = "staff.granted", "staff.changed", "staff.removed"
TRAINED = "staff.skills"


async def act_in_group(
    tx: Tx,
    person: Person,
    standing: Standing,
    group_id: int,
    *,
    at: datetime,
    on_new: Callable[[], None] | None = None,
) -> Person:
    """Somebody wrote or tapped in a staff group: the role this gives, if any.

    Whoever was taken out gets nothing by a message that was still on its way; joining the group
    again, or an invitation, gives the role back. `on_new` is called after the commit for somebody
    who is new in the group: a message does not tell who is an administrator.
    """
    if group_id in standing.groups:
        return person
    if standing.role is None and await _was_removed(tx, standing.person_id):
        return person
    change = domain.joins(standing, group_id, "member")
    await _carry_out(tx, standing, change, group_id=group_id, now=at)
    if on_new is not None:
        tx.after_commit(on_new)
    return dataclasses.replace(person, role=change.role)


async def learn_membership(tx: Tx, changed: MembershipChanged) -> None:
    """Telegram says that somebody joined, left, or was given a place among the administrators."""
    row = await tx.one(tables.BY_TELEGRAM_ID, {"telegram_id": changed.who})
    if row is None:
        return  # nobody we know; they become known when they act
    is_inside = domain.is_inside(changed.status, is_member=changed.is_member)
    status = changed.status if is_inside else "left"
    await _follow(tx, rows.standing(row), changed.chat_id, status, now=changed.at)


async def keep_roles_true(
    tx: Tx, group_id: int, statuses: Mapping[int, str], *, now: datetime
) -> None:
    """The nightly check. `statuses`: telegram id -> Telegram's word for the membership.

    Whoever is not named is left alone: no answer is no news. Somebody "restricted" who is still a
    member is handed in as "member", and as "left" otherwise.
    """
    telegram_id = tables.people.c.telegram_id
    for row in await tx.all(tables.WITH_ROLE.where(telegram_id.in_(list(statuses)))):
        await _follow(tx, rows.standing(row), group_id, statuses[row["telegram_id"]], now=now)


async def to_check(tx: Tx) -> list[int]:
    """The telegram ids of all staff, for whom the nightly check asks Telegram."""
    people, staff = tables.people.c, tables.staff.c
    found = await tx.all(
        select(people.telegram_id).join(tables.staff, staff.person_id == people.id)
    )
    return [row["telegram_id"] for row in found]


async def move_group(tx: Tx, old_id: int, new_id: int) -> None:
    """The group became a supergroup: what was known of it goes by its new id."""
    staff = tables.staff
    for row in await tx.all(select(staff.c.person_id, staff.c.in_groups)):
        if old_id not in row["in_groups"]:
            continue
        groups = sorted({new_id, *row["in_groups"]} - {old_id})
        own = staff.c.person_id == row["person_id"]
        await tx.execute(update(staff).where(own).values(in_groups=groups))
    await tx.execute(delete(tables.bot_rights).where(tables.bot_rights.c.chat_id == old_id))


async def learn_own_rights(tx: Tx, changed: MembershipChanged) -> tuple[str, ...]:
    """What the bot itself may do in a group. Returns what it lacks, once for each change of that;
    nothing when it is not in the group, where it could not ask for anything."""
    before = await own_rights(tx, changed.chat_id)
    facts = {"status": changed.status, "rights": list(changed.rights), "at": changed.at}
    statement = tx.insert(tables.bot_rights).values(chat_id=changed.chat_id, **facts)
    await tx.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=facts))
    is_inside = domain.is_inside(changed.status, is_member=changed.is_member)
    was_inside = before is not None and domain.is_inside(before[0])
    lacks = domain.lacking(changed.rights)
    if not is_inside or (was_inside and before and lacks == domain.lacking(before[1])):
        return ()
    return lacks


async def own_rights(tx: Tx, group_id: int) -> tuple[str, tuple[str, ...]] | None:
    """The bot's status and rights in a group, as last heard."""
    wanted = select(tables.bot_rights).where(tables.bot_rights.c.chat_id == group_id)
    row = await tx.one(wanted)
    return None if row is None else (row["status"], tuple(row["rights"]))


async def grant(
    tx: Tx,
    standing: Standing,
    role: Role,
    *,
    languages: tuple[str, ...] = (),
    by: PersonId | None = None,
    via: Via,
    now: datetime,
) -> None:
    """Give a role, or another one, and note it."""
    facts = {
        "role": role,
        "languages": list(languages),
        "granted_by": by,
        "granted_at": now,
        "via": via,
    }
    statement = tx.insert(tables.staff).values(
        person_id=standing.person_id, in_groups=sorted(standing.groups), **facts
    )
    await tx.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=facts))
    await _note(tx, standing, GRANTED, role, by=by, now=now)


async def train(
    tx: Tx,
    person_id: PersonId,
    skills: Collection[str],
    *,
    by: PersonId | None = None,
    now: datetime,
) -> None:
    """What somebody was trained for, and a note of it."""
    known = [one for one in domain.SKILLS if one in skills]
    own = tables.staff.c.person_id == person_id
    await tx.execute(update(tables.staff).where(own).values(skills=known))
    await audit.record(
        tx,
        at=now,
        actor=by,
        action=TRAINED,
        subject=f"person:{person_id}",
        detail={"skills": known},
    )


async def _follow(tx: Tx, standing: Standing, group_id: int, status: str, *, now: datetime) -> None:
    if domain.is_inside(status):
        change = domain.joins(standing, group_id, status)
    else:
        change = domain.leaves(standing, group_id)
    await _carry_out(tx, standing, change, group_id=group_id, now=now)


async def _carry_out(
    tx: Tx, standing: Standing, change: Change, *, group_id: int, now: datetime
) -> None:
    if change == Change(standing.role, standing.groups):
        return
    own = tables.staff.c.person_id == standing.person_id
    if change.role is None:
        await tx.execute(delete(tables.staff).where(own))
        await _note(tx, standing, REMOVED, standing.role, group_id=group_id, now=now)
    elif standing.role is None:
        inside = dataclasses.replace(standing, groups=change.groups)
        await grant(tx, inside, change.role, via=Via.GROUP, now=now)
    else:
        facts = {"role": change.role, "in_groups": sorted(change.groups)}
        await tx.execute(update(tables.staff).where(own).values(facts))
        if change.role is not standing.role:
            await _note(tx, standing, CHANGED, change.role, group_id=group_id, now=now)


async def _was_removed(tx: Tx, person_id: PersonId) -> bool:
    subject = f"person:{person_id}"
    return await audit.last_action(tx, subject, (GRANTED, REMOVED)) == REMOVED


async def _note(
    tx: Tx,
    standing: Standing,
    action: str,
    role: Role | None,
    *,
    by: PersonId | None = None,
    group_id: int | None = None,
    now: datetime,
) -> None:
    await audit.record(
        tx,
        at=now,
        actor=by,
        action=action,
        subject=f"person:{standing.person_id}",
        detail={"role": role and str(role), "group": group_id},
    )
