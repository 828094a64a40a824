"""What one replica publishes, another one reads; trouble leaves what was read before."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import shelves
from bot.infodesk import importing, service
from bot.infodesk.desk import InfoDesk, Shelf
from bot.infodesk.domain import Override
from bot.language.catalog import Catalogs
from bot.people.domain import Role
from bot.storage.engine import Database
from tests.support import infodesk_makers as making
from tests.support.people_makers import NOW, a_person

TEXT = Override("asylum/apply", "en", "Ours", "Go to the office in Brussels.", "Rest.", "")


@pytest.fixture
def desk(catalogs: Catalogs, tmp_path: Path) -> InfoDesk:
    making.write_language(tmp_path, "en", {"asylum/apply": making.ANSWER})
    return making.a_desk(catalogs, importing.read(tmp_path))


async def _publish(desk: InfoDesk, database: Database) -> None:
    async with database.writing() as tx:
        joris = replace(await a_person(tx), role=Role.COORDINATOR)
        id_, _ = await service.preview(desk, tx, joris, TEXT, now=NOW)
        await service.publish(desk, tx, joris, id_, now=NOW)


def _title(shelf: Shelf) -> str:
    return shelf.library.answers["en"]["asylum/apply"].title


async def _until(shelf: Shelf, title: str) -> None:
    while _title(shelf) != title:
        await asyncio.sleep(0.01)


async def test_who_published_reads_it_at_once(desk: InfoDesk, database: Database) -> None:
    stop = asyncio.Event()
    keeping = asyncio.create_task(shelves.keep_fresh(desk.shelf, database, stop))

    await _publish(desk, database)

    await asyncio.wait_for(_until(desk.shelf, "Ours"), 10)
    stop.set()
    await asyncio.wait_for(keeping, 10)


async def test_another_replica_reads_it_too(desk: InfoDesk, database: Database) -> None:
    other = Shelf(desk.shelf.baseline)
    await shelves.refresh(other, database)
    assert _title(other) == "Ask for asylum"

    await _publish(desk, database)
    await shelves.refresh(other, database)

    assert _title(other) == "Ours"
    assert _title(desk.shelf) == "Ask for asylum"  # its own loop has not looked yet


async def test_trouble_leaves_what_was_read(desk: InfoDesk, tmp_path: Path) -> None:
    nowhere = Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    stop = asyncio.Event()
    keeping = asyncio.create_task(shelves.keep_fresh(desk.shelf, nowhere, stop))

    desk.shelf.news.set()
    while desk.shelf.news.is_set():
        await asyncio.sleep(0.01)
    stop.set()
    await asyncio.wait_for(keeping, 10)
    await nowhere.close()

    assert _title(desk.shelf) == "Ask for asylum"
