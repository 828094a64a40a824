"""Roles by acting in the group, by news of memberships, by the nightly check; the log of it."""

from datetime import timedelta

import msgspec
import pytest

from bot.delivery import messages
from bot.delivery.incoming import MembershipChanged
from bot.language.catalog import Catalogs
from bot.people import privacy, service, staff_chat
from bot.people.domain import NOBODY, RIGHTS, Person, Role, nobody
from bot.storage.transaction import Tx
from tests.conftest import LOCALES
from tests.support.people_makers import (
    AMINA,
    GROUP,
    NOW,
    a_colleague,
    a_desk,
    a_person,
    a_sender,
    bot_membership,
    membership,
    said,
    tapped,
)

LATER = NOW + timedelta(hours=1)


async def _hears(tx: Tx, news: MembershipChanged) -> None:
    desk = a_desk(Catalogs.load(LOCALES), staff_language="en")
    assert await staff_chat.follow_group(desk, tx, nobody(), news) is None


async def _said(tx: Tx) -> list[str]:
    """What waits to be said in the group."""
    rows = await tx.raw("SELECT body FROM outbox WHERE chat_id = ? ORDER BY id", GROUP)
    posts = [messages.decode(body) for (body,) in rows]
    return [one.text for one in posts if isinstance(one, messages.Outgoing)]


def _me(status: str, *rights: str) -> MembershipChanged:
    return msgspec.structs.replace(bot_membership(status, chat_id=GROUP), rights=rights)


async def _role(tx: Tx, person: Person) -> Role | None:
    found = await service.find_person(tx, person.id)
    assert found is not None
    return found.role


async def test_acting_in_the_group_makes_a_colleague(tx: Tx) -> None:
    person = await a_colleague(tx)

    assert person.role is Role.STAFF
    assert await _role(tx, person) is Role.STAFF


async def test_tapping_in_the_group_makes_a_colleague(tx: Tx) -> None:
    tap = tapped("claim:1", group=GROUP)

    person = await service.recognise(tx, tap, staff_groups=(GROUP,))

    assert person is not None
    assert person.role is Role.STAFF


async def test_known_colleague_costs_one_statement_a_turn(tx: Tx) -> None:
    await a_colleague(tx)

    before = tx.statements
    await a_colleague(tx)

    assert tx.statements - before == 1


@pytest.mark.parametrize("status", ["left", "kicked", "restricted"])
async def test_who_leaves_the_group_loses_the_role(tx: Tx, status: str) -> None:
    person = await a_colleague(tx)

    await _hears(tx, membership(AMINA, status))

    assert await _role(tx, person) is None


async def test_late_message_gives_no_role_back(tx: Tx) -> None:
    await a_colleague(tx)
    await _hears(tx, membership(AMINA, "kicked"))

    person = await a_colleague(tx, at=LATER)

    assert person.role is None


async def test_coming_back_to_the_group_gives_the_role_back(tx: Tx) -> None:
    await a_colleague(tx)
    await _hears(tx, membership(AMINA, "left"))

    await _hears(tx, membership(AMINA, "member", at=LATER))

    assert (await a_colleague(tx, at=LATER)).role is Role.STAFF


async def test_invited_colleague_loses_role_after_leaving_the_group(tx: Tx) -> None:
    person = await a_person(tx)
    await service.join(tx, person, await service.invite(tx, Role.ADMIN, now=NOW), now=NOW)
    await a_colleague(tx)

    await _hears(tx, membership(AMINA, "left"))

    assert await _role(tx, person) is None


async def test_invited_colleague_outside_the_group_keeps_the_role(tx: Tx) -> None:
    person = await a_person(tx)
    await service.join(tx, person, await service.invite(tx, Role.STAFF, now=NOW), now=NOW)

    await service.keep_roles_true(tx, GROUP, {AMINA: "left"}, now=LATER)

    assert await _role(tx, person) is Role.STAFF


async def test_administrator_of_the_group_becomes_coordinator(tx: Tx) -> None:
    person = await a_colleague(tx)

    await _hears(tx, membership(AMINA, "administrator"))

    assert await _role(tx, person) is Role.COORDINATOR


async def test_stranger_joining_the_group_is_not_written_down(tx: Tx) -> None:
    await _hears(tx, membership(AMINA, "member"))

    assert await service.staff_members(tx) == []


async def test_nightly_check_follows_what_telegram_says(tx: Tx) -> None:
    owner, leaver, unasked = [await a_colleague(tx, number) for number in (1, 2, 3)]
    assert sorted(await service.to_check(tx)) == [1, 2, 3]

    await service.keep_roles_true(tx, GROUP, {1: "creator", 2: "left", 77: "member"}, now=LATER)

    assert await _role(tx, owner) is Role.COORDINATOR
    assert await _role(tx, leaver) is None
    assert await _role(tx, unasked) is Role.STAFF


async def test_nightly_check_changes_nothing_the_second_time(tx: Tx) -> None:
    person = await a_colleague(tx)
    await service.keep_roles_true(tx, GROUP, {AMINA: "creator"}, now=LATER)

    before = tx.statements
    await service.keep_roles_true(tx, GROUP, {AMINA: "creator"}, now=LATER)

    assert tx.statements - before == 1
    assert await _role(tx, person) is Role.COORDINATOR


async def test_role_survives_while_another_group_remains(tx: Tx) -> None:
    other = GROUP - 1
    person = await a_colleague(tx)
    await service.recognise(
        tx, said("hello", sender=a_sender(), group=other), staff_groups=(GROUP, other)
    )

    await _hears(tx, membership(AMINA, "left"))
    assert await _role(tx, person) is Role.STAFF
    await _hears(tx, membership(AMINA, "left", group=other))

    assert await _role(tx, person) is None


async def test_role_follows_the_group_to_its_new_id(tx: Tx) -> None:
    person = await a_colleague(tx)

    await service.move_group(tx, GROUP, -1009)
    await _hears(tx, membership(AMINA, "left", group=-1009))

    assert await _role(tx, person) is None


async def test_rights_of_the_bot_are_remembered(tx: Tx) -> None:
    await _hears(tx, bot_membership("member", chat_id=GROUP))
    assert await service.own_rights(tx, GROUP) == ("member", ())

    await _hears(tx, bot_membership("administrator", chat_id=GROUP))

    assert await service.own_rights(tx, GROUP) == ("administrator", ("can_manage_topics",))
    assert await service.own_rights(tx, -1) is None


async def test_team_hears_which_rights_the_bot_lacks_once_for_each_change(tx: Tx) -> None:
    await _hears(tx, _me("administrator", *RIGHTS, "can_invite_users"))
    assert await _said(tx) == []

    await _hears(tx, _me("administrator", "can_pin_messages"))
    (said,) = await _said(tx)
    assert said.startswith("⚠️ I lack rights in this group: Manage topics and Delete messages.")
    await _hears(tx, _me("administrator", "can_pin_messages", "can_invite_users"))
    assert len(await _said(tx)) == 1

    await _hears(tx, _me("member"))
    assert "Manage topics, Pin messages and Delete messages" in (await _said(tx))[1]
    await _hears(tx, _me("kicked"))
    assert len(await _said(tx)) == 2
    await _hears(tx, _me("member"))
    assert len(await _said(tx)) == 3
    await _hears(tx, _me("administrator", *RIGHTS))
    assert len(await _said(tx)) == 3


async def test_only_those_with_the_role_are_listed(tx: Tx) -> None:
    staff, coordinator = await a_colleague(tx, 1), await a_colleague(tx, 2)
    await a_person(tx, 3)
    await service.keep_roles_true(tx, GROUP, {2: "administrator"}, now=NOW)

    assert [one.person.id for one in await service.staff_members(tx)] == [
        staff.id,
        coordinator.id,
    ]
    leading = await service.staff_members(tx, needed=Role.COORDINATOR)
    assert [one.person.id for one in leading] == [coordinator.id]


async def test_audit_log_refuses_to_keep_a_text(tx: Tx) -> None:
    with pytest.raises(ValueError, match="ids only"):
        await service.record(
            tx,
            at=NOW,
            actor=NOBODY,
            action="case.noted",
            subject="case:1",
            detail={"note": "she lives with her brother"},
        )


async def test_audit_log_shows_a_person_their_actions(tx: Tx) -> None:
    person = await a_person(tx)

    await service.record(
        tx, at=NOW, actor=person.id, action="case.claimed", subject="case:1", detail={"topic": 7}
    )

    exported = await privacy.export_person(tx, person.id)
    actions = exported["actions"]
    assert isinstance(actions, list)
    assert [(one["action"], one["detail"]) for one in actions] == [("case.claimed", {"topic": 7})]


async def test_somebody_new_in_the_group_has_the_memberships_looked_at(tx: Tx) -> None:
    looks: list[str] = []

    for text in ("hello", "again"):
        await service.recognise(
            tx,
            said(text, sender=a_sender(AMINA), group=GROUP),
            staff_groups=(GROUP,),
            on_new=lambda: looks.append("looked"),
        )
    tx.committed()

    assert looks == ["looked"]
