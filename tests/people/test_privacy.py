"""Erasing leaves nothing behind, and no backup brings it back."""

import json
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.delivery import outbox
from bot.delivery.messages import Outgoing
from bot.language.catalog import Catalogs
from bot.people import jobs, privacy, service, tables
from bot.people.domain import Role
from bot.storage.columns import metadata
from bot.storage.transaction import Tx
from tests.support.people_makers import (
    AMINA,
    NOW,
    a_colleague,
    a_desk,
    a_person,
    a_sender,
    said,
)

NAME = "Zarghuna"


async def _everything(tx: Tx) -> str:
    """Every row of every table, as one text to search in."""
    stored = [[dict(row) for row in await tx.all(select(t))] for t in metadata.sorted_tables]
    return repr(stored)


async def test_nothing_of_an_erased_person_remains(tx: Tx, catalogs: Catalogs) -> None:
    desk = a_desk(catalogs, chat_forgetters=(outbox.forget_chat,))
    person = await a_person(tx, name=NAME, language=None)
    code = await service.invite(tx, Role.STAFF, now=NOW)
    await service.join(tx, person, code, now=NOW)
    await service.keep_for_later(tx, person, said("I sleep in the park", sender=a_sender()))
    await outbox.put(tx, Outgoing(to=AMINA, text=f"Hello {NAME}"))
    before = await _everything(tx)
    assert NAME in before
    assert "park" in before
    assert str(AMINA) in before

    await service.forget(desk, tx, person, now=NOW)

    after = await _everything(tx)
    assert [trace for trace in (NAME, "park", str(AMINA)) if trace in after] == []


async def test_every_slice_forgets_before_people_do(tx: Tx, catalogs: Catalogs) -> None:
    person = await a_person(tx)
    order: list[str] = []

    async def case_files(tx: Tx, person_id: int, /, *, now: datetime) -> None:
        assert await service.find_person(tx, person_id) == person
        order.append("cases")

    async def letters(tx: Tx, chat_id: int) -> None:
        assert chat_id == AMINA
        order.append("post")

    desk = a_desk(catalogs, forgetters=(case_files,), chat_forgetters=(letters,))
    await service.forget(desk, tx, person, now=NOW)

    assert order == ["cases", "post"]
    assert await service.find_person(tx, person.id) is None


async def test_log_of_an_erased_colleague_names_nobody(tx: Tx, catalogs: Catalogs) -> None:
    person = await a_colleague(tx)
    await service.record(tx, at=NOW, actor=person.id, action="case.claimed", subject="case:1")

    await privacy.forget_person(tx, person.id, now=NOW)

    actors = [row["actor"] for row in await tx.all(select(tables.audit.c.actor))]
    assert actors
    assert set(actors) == {None}
    assert await tx.all(select(tables.staff)) == []


async def test_copy_of_data_holds_each_slices_share(tx: Tx, catalogs: Catalogs) -> None:
    async def cases(tx: Tx, person_id: int) -> dict[str, object]:
        return {"cases": [{"text": "منزل", "at": NOW}]}

    person = await a_person(tx, language="fa_AF")
    desk = a_desk(catalogs, privacy={"people": privacy.export_person, "handover": cases})

    copied = await service.copy_of_data(desk, tx, str(person.id))

    data = json.loads(copied)
    assert data["people"]["person"]["telegram_id"] == AMINA
    assert data["people"]["person"]["language"] == "fa_AF"
    assert data["handover"] == {"cases": [{"text": "منزل", "at": NOW.isoformat()}]}
    assert "منزل" in copied.decode()


async def test_person_may_come_back_as_somebody_new(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx)
    await service.forget(desk, tx, person, now=NOW)

    returned = await a_person(tx, language=None)
    await service.forget(desk, tx, returned, now=NOW + timedelta(days=1))

    assert await service.find_person(tx, returned.id) is None
    assert len(await service.erasures(tx)) == 1


async def test_restored_backup_forgets_again(tx: Tx, catalogs: Catalogs) -> None:
    desk, person = a_desk(catalogs), await a_person(tx)
    await a_person(tx, 8)
    await service.forget(desk, tx, person, now=NOW)
    marks = await service.erasures(tx)
    restored = await a_person(tx)

    count = await service.repeat_erasures(desk, tx, marks, now=NOW)

    assert count == 1
    left = [row["telegram_id"] for row in await tx.all(select(tables.people))]
    assert left == [8]
    assert restored.telegram_id == AMINA


async def test_who_returned_after_an_erasure_is_kept(tx: Tx, catalogs: Catalogs) -> None:
    desk = a_desk(catalogs)
    await service.forget(desk, tx, await a_person(tx), now=NOW - timedelta(days=9))
    returned = await a_person(tx)

    await service.repeat_erasures(desk, tx, await service.erasures(tx), now=NOW)

    assert await service.find_person(tx, returned.id) == returned


async def test_nightly_clean_keeps_what_has_time_left(tx: Tx, catalogs: Catalogs) -> None:
    clean = jobs.jobs(a_desk(catalogs))["people.clean"]
    await service.invite(tx, Role.STAFF, now=NOW)
    person = await a_person(tx, language=None)
    await service.keep_for_later(tx, person, said("/start q_asylum"))
    before = await _everything(tx)

    await clean(tx, now=NOW + timedelta(days=6))

    assert await _everything(tx) == before


async def test_nightly_clean_drops_what_is_too_old(tx: Tx, catalogs: Catalogs) -> None:
    desk = a_desk(catalogs)
    await service.invite(tx, Role.STAFF, now=NOW)
    person = await a_person(tx, language=None)
    await service.keep_for_later(tx, person, said("I sleep in the park"))
    await service.forget(desk, tx, await a_person(tx, 8), now=NOW)

    await jobs.jobs(desk)["people.clean"](tx, now=NOW + timedelta(days=731))

    emptied = (tables.audit, tables.invitations, tables.forgotten)
    assert [await tx.all(select(table)) for table in emptied] == [[], [], []]
    assert "park" not in await _everything(tx)


async def test_silent_person_is_forgotten_but_no_colleague(tx: Tx, catalogs: Catalogs) -> None:
    await a_person(tx, 1)
    colleague = await a_colleague(tx, 2)
    forget_silent = jobs.jobs(a_desk(catalogs))["people.forget_silent"]

    await forget_silent(tx, now=NOW + timedelta(days=732))

    assert [row["id"] for row in await tx.all(select(tables.people))] == [colleague.id]
