"""Invitations work once, for a while, and for one person."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.people import service, tables
from bot.people.domain import InvitationSpent, Person, Role
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.delivery_makers import on_postgres
from tests.support.people_makers import GROUP, NOW, a_person, membership


async def test_invited_person_gets_role_and_languages(tx: Tx) -> None:
    person = await a_person(tx)
    code = await service.invite(tx, Role.TRAINEE, ["fa_AF", "ps"], now=NOW)

    assert await service.join(tx, person, code, now=NOW) is Role.TRAINEE

    [colleague] = await service.staff_members(tx)
    assert (colleague.person.role, colleague.languages) == (Role.TRAINEE, ("fa_AF", "ps"))


async def test_invitation_adds_training(tx: Tx) -> None:
    person = await a_person(tx)
    for skill in ("violence", "legal"):
        code = await service.invite(tx, Role.STAFF, skills=[skill], now=NOW)
        await service.join(tx, person, code, now=NOW)
    plain = await service.invite(tx, Role.STAFF, now=NOW)
    await service.join(tx, person, plain, now=NOW)

    [colleague] = await service.staff_members(tx)
    assert colleague.person.skills == {"legal", "violence"}


async def test_code_itself_is_stored_nowhere(tx: Tx) -> None:
    code = await service.invite(tx, Role.STAFF, now=NOW)

    stored = [dict(row) for row in await tx.all(select(tables.invitations))]
    logged = [dict(row) for row in await tx.all(select(tables.audit))]

    assert len(code) >= 22  # 128 bits
    assert len(f"join_{code}") <= 64
    assert len(stored) == len(logged) == 1
    assert code not in f"{stored}{logged}"


async def test_expired_invitation_gives_no_role(tx: Tx) -> None:
    person = await a_person(tx)
    code = await service.invite(tx, Role.STAFF, now=NOW)

    with pytest.raises(InvitationSpent):
        await service.join(tx, person, code, now=NOW + timedelta(days=7))


async def test_invented_invitation_gives_no_role(tx: Tx) -> None:
    with pytest.raises(InvitationSpent):
        await service.join(tx, await a_person(tx), "invented", now=NOW)


async def test_used_invitation_gives_others_no_role(tx: Tx) -> None:
    amina, stranger = await a_person(tx), await a_person(tx, 8)
    code = await service.invite(tx, Role.STAFF, now=NOW)
    await service.join(tx, amina, code, now=NOW)

    with pytest.raises(InvitationSpent):
        await service.join(tx, stranger, code, now=NOW)


async def test_own_link_may_be_opened_twice(tx: Tx) -> None:
    person = await a_person(tx)
    code = await service.invite(tx, Role.STAFF, now=NOW)
    await service.join(tx, person, code, now=NOW)

    again = await service.find_person(tx, person.id)

    assert again is not None
    assert await service.join(tx, again, code, now=NOW) is Role.STAFF


async def test_own_old_link_gives_no_lost_role_back(tx: Tx) -> None:
    person = await a_person(tx)
    code = await service.invite(tx, Role.STAFF, now=NOW)
    await service.join(tx, person, code, now=NOW)
    await service.learn_membership(tx, membership(person.telegram_id, "member"))
    await service.learn_membership(tx, membership(person.telegram_id, "kicked"))

    removed = await service.find_person(tx, person.id)
    assert removed is not None
    with pytest.raises(InvitationSpent):
        await service.join(tx, removed, code, now=NOW)


async def test_invitation_after_acting_keeps_the_place_in_the_group(tx: Tx) -> None:
    person = await a_person(tx)
    await service.learn_membership(tx, membership(person.telegram_id, "member"))
    code = await service.invite(tx, Role.COORDINATOR, now=NOW)
    await service.join(tx, person, code, now=NOW)

    await service.keep_roles_true(tx, GROUP, {person.telegram_id: "left"}, now=NOW)

    assert await service.staff_members(tx) == []


async def test_of_two_at_once_exactly_one_joins(database: Database) -> None:
    async with database.writing() as tx:
        rivals = [await a_person(tx, number) for number in (1, 2, 3, 4)]
        code = await service.invite(tx, Role.STAFF, now=NOW)

    async def tries(person: Person) -> bool:
        try:
            async with database.writing() as tx:
                await service.join(tx, person, code, now=NOW)
        except InvitationSpent:
            return False
        return True

    came_in = await asyncio.gather(*(tries(person) for person in rivals))

    async with database.writing() as tx:
        assert sum(came_in) == len(await service.staff_members(tx)) == 1


@on_postgres  # SQLite has one writer, so this race cannot be made there
async def test_race_without_the_guard_would_let_two_in(database: Database) -> None:
    """The control run: reading first and writing afterwards lets both in on PostgreSQL."""
    async with database.writing() as tx:
        code_hash = "x" * 64
        await service.invite(tx, Role.STAFF, now=NOW)
        await tx.execute(tables.invitations.update().values(code_hash=code_hash))
    both_have_read = asyncio.Barrier(2)

    async def tries_unguarded() -> bool:
        async with database.writing() as tx:
            used_at = await tx.scalar(select(tables.invitations.c.used_at))
            await both_have_read.wait()
            await tx.execute(tables.invitations.update().values(used_at=NOW))
            return used_at is None

    came_in = await asyncio.gather(tries_unguarded(), tries_unguarded())

    assert list(came_in) == [True, True]
