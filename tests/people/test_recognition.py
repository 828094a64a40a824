"""Who is speaking, and what is written down about them."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.incoming import Incoming, Said, Sender, TopicChanged
from bot.people import service
from bot.people.domain import NOBODY, Person, Role
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.databases import until_somebody_waits
from tests.support.people_makers import (
    AMINA,
    GROUP,
    NOW,
    a_person,
    a_sender,
    bot_membership,
    membership,
    said,
)


async def _recognised(tx: Tx, text: str = "hello", **changes: object) -> Person | None:
    return await service.recognise(tx, said(text, **changes), staff_groups=(GROUP,))  # type: ignore[arg-type]


async def test_first_contact_writes_the_person_down(tx: Tx) -> None:
    person = await _recognised(tx)

    assert person is not None
    assert person == await service.find_person(tx, person.id)
    assert (person.telegram_id, person.first_name) == (AMINA, "Amina")
    assert (person.language, person.role) == (None, None)


async def test_known_person_is_found_in_one_statement(tx: Tx) -> None:
    person = await a_person(tx)

    before = tx.statements
    again = await _recognised(tx)

    assert again == person
    assert tx.statements - before == 1


async def test_person_is_marked_as_seen_once_a_day(tx: Tx) -> None:
    await a_person(tx)
    tomorrow = NOW + timedelta(days=1)

    await _recognised(tx, at=tomorrow)
    before = tx.statements
    await _recognised(tx, at=tomorrow + timedelta(hours=1))

    assert tx.statements - before == 1


async def test_name_follows_a_change_and_loses_its_tricks(tx: Tx) -> None:
    person = await a_person(tx)

    renamed = await _recognised(tx, sender=a_sender(name="\u202eanimA\u2066"))

    assert renamed is not None
    assert renamed.first_name == "animA"
    assert await service.staff_names(tx, [person.id]) == {person.id: "animA"}


@pytest.mark.parametrize(
    "sender",
    [None, Sender(id=9, is_bot=True)],
    ids=["a channel post", "another bot"],
)
async def test_nobody_is_made_of_a_bot_or_channel(tx: Tx, sender: Sender | None) -> None:
    message = Said(chat_id=GROUP, is_private=False, at=NOW, sender=sender, text="hello")

    speaker = await service.recognise(tx, message, staff_groups=(GROUP,))

    assert speaker is None


async def test_anonymous_admin_has_neither_row_nor_rights(tx: Tx) -> None:
    hidden = Sender(id=1087968824, first_name="Group", is_anonymous=True, is_bot=True)

    speaker = await _recognised(tx, sender=hidden, group=GROUP)

    assert speaker is not None
    assert (speaker.id, speaker.is_anonymous, speaker.role) == (NOBODY, True, None)
    assert await service.find_person(tx, speaker.id) is None


async def test_strange_group_makes_nobody_known(tx: Tx) -> None:
    assert await _recognised(tx, group=-100999) is None
    assert tx.statements == 0


async def test_person_who_writes_again_can_be_reached(tx: Tx) -> None:
    person = await a_person(tx)
    await service.mark_unreachable(tx, AMINA)

    await _recognised(tx)

    assert await service.is_reachable(tx, person.id)


async def test_writing_in_the_group_does_not_lift_a_block(tx: Tx) -> None:
    person = await a_person(tx)
    await service.mark_unreachable(tx, AMINA)

    await _recognised(tx, group=GROUP)

    assert not await service.is_reachable(tx, person.id)


async def test_block_by_a_stranger_makes_nobody_known(tx: Tx) -> None:
    gone = bot_membership("kicked")

    assert await service.recognise(tx, gone, staff_groups=(GROUP,)) is None


async def test_group_news_is_heard_whoever_caused_it(tx: Tx) -> None:
    by_bot = Sender(id=9, is_bot=True)
    news: list[Incoming] = [
        membership(AMINA, "left", by=by_bot),
        TopicChanged(chat_id=GROUP, is_private=False, at=NOW, sender=by_bot, change="closed"),
    ]

    heard = [await service.recognise(tx, one, staff_groups=(GROUP,)) for one in news]

    assert [person is not None and person.role for person in heard] == [None, None]


async def test_two_first_messages_at_once_make_one_person(database: Database) -> None:
    async def first_contact(group: int | None) -> Person | None:
        async with database.writing() as tx:
            return await _recognised(tx, group=group)

    async with database.writing() as tx:
        private = await _recognised(tx)
        second = asyncio.create_task(first_contact(GROUP))
        await until_somebody_waits(database)  # who looked, saw nobody, and writes them down too
    in_group = await second

    assert private is not None
    assert in_group is not None
    assert private.id == in_group.id
    assert in_group.role is Role.STAFF
