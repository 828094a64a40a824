"""One bot per file, and a database that belongs to one bot."""

from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.storage import identity, single
from bot.storage.engine import Database

LIVE, OTHER = 111, 222


async def _owned_by(database: Database, bot_id: int, *, is_demo: bool = False) -> None:
    async with database.writing() as tx:
        await identity.claim(tx, bot_id, is_demo=is_demo, adopts=True)


async def test_own_database_is_accepted(database: Database) -> None:
    await _owned_by(database, LIVE)

    await identity.check(database, LIVE, is_demo=False, adopts=False)


async def test_database_of_another_bot_is_refused(database: Database) -> None:
    await _owned_by(database, OTHER)

    with pytest.raises(Misconfigured, match=r"belongs to another bot \(id 222, this one is 111\)"):
        await identity.check(database, LIVE, is_demo=False, adopts=False)


async def test_database_of_another_bot_may_be_adopted(database: Database) -> None:
    await _owned_by(database, OTHER)

    await identity.check(database, LIVE, is_demo=False, adopts=True)
    await _owned_by(database, LIVE)

    await identity.check(database, LIVE, is_demo=False, adopts=False)


@pytest.mark.parametrize("adopts", [False, True], ids=["plainly", "adopting"])
async def test_demonstration_never_runs_on_a_live_database(
    database: Database, adopts: bool
) -> None:
    await _owned_by(database, LIVE)

    with pytest.raises(Misconfigured, match="demonstration does not run on a live database"):
        await identity.check(database, LIVE, is_demo=True, adopts=adopts)


@pytest.mark.parametrize("adopts", [False, True], ids=["plainly", "adopting"])
async def test_live_bot_never_runs_on_the_demonstration(database: Database, adopts: bool) -> None:
    await _owned_by(database, LIVE, is_demo=True)

    with pytest.raises(Misconfigured, match="database of the demonstration"):
        await identity.check(database, LIVE, is_demo=False, adopts=adopts)


async def test_demonstration_may_have_a_new_bot(database: Database) -> None:
    await _owned_by(database, OTHER, is_demo=True)

    await identity.check(database, LIVE, is_demo=True, adopts=False)


async def test_database_of_another_program_is_refused(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    async with database.writing() as tx:
        await tx.raw("CREATE TABLE accounts (id INTEGER)")

    with pytest.raises(Misconfigured, match="tables of another program"):
        await identity.check(database, LIVE, is_demo=False, adopts=True)
    await database.close()


async def test_empty_database_is_accepted(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")

    await identity.check(database, LIVE, is_demo=False, adopts=False)
    await database.close()


def test_second_bot_on_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "data" / "bot.sqlite"

    with (
        single.only_one(file, patience=0),
        pytest.raises(Misconfigured, match=r"Another bot is running on .*bot\.sqlite"),
        single.only_one(file, patience=0.05),
    ):
        pass


def test_next_bot_may_start_when_the_last_has_ended(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    with single.only_one(file, patience=0):
        pass

    with single.only_one(file, patience=0):
        assert file.with_name("bot.sqlite.lock").exists()
