"""Restoring a backup: whole, of today's version, and nobody who was erased comes back."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.app import backup, cli, live, migrating, restoring, settings
from bot.app.running import Plan
from bot.errors import Misconfigured
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.storage import identity, single
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.people_makers import AMINA, NOW, a_desk, a_person

TOKEN = "123456:ABCdefGHIjklMNOpqr"
OLENA = AMINA + 1
BOT = 123456


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Plan:
    """A live bot on a file, with two people who have written."""
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(settings.PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("WEGWIJZER_TRIAL", "1")
    made = live.plan(settings.read())
    asyncio.run(migrating.upgrade(made.database_url))
    _write(made, _two_people)
    return made


def _write(plan: Plan, work: Callable[[Tx], Awaitable[object]]) -> None:
    async def write() -> None:
        database = Database(plan.database_url)
        async with database.writing() as tx:
            await work(tx)
        await database.close()

    asyncio.run(write())


async def _two_people(tx: Tx) -> None:
    await identity.claim(tx, BOT, is_demo=False, adopts=True)
    await a_person(tx, AMINA, name="Amina")
    await a_person(tx, OLENA, name="Olena")


def _forget(plan: Plan, catalogs: Catalogs, telegram_id: int) -> None:
    """Erase somebody with the key of the running bot."""
    desk = a_desk(catalogs, erasure_key=plan.erasure_key)

    async def forget(tx: Tx) -> None:
        await people.forget(desk, tx, await a_person(tx, telegram_id), now=NOW)

    _write(plan, forget)


def _place() -> Path:
    return Path("data/wegwijzer.sqlite")


def _ids(file: Path) -> set[int]:
    opened = sqlite3.connect(file)
    try:
        return {row[0] for row in opened.execute("SELECT telegram_id FROM people")}
    finally:
        opened.close()


def test_person_erased_after_the_backup_stays_erased(
    plan: Plan, catalogs: Catalogs, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = backup.copy(_place())
    _forget(plan, catalogs, AMINA)
    _write(plan, lambda tx: a_person(tx, OLENA + 1))

    assert cli.main(["restore", str(kept)]) == 0

    assert _ids(kept) == {AMINA, OLENA}
    assert _ids(_place()) == {OLENA}
    said = capsys.readouterr().out
    assert "1 people were erased again" in said
    [before] = _place().parent.glob("backups/*-before-restore.sqlite")
    assert _ids(before) == {OLENA, OLENA + 1}
    assert str(before) in said
    assert not list(_place().parent.glob("restoring-*"))


def test_second_restore_still_knows_who_was_erased(plan: Plan, catalogs: Catalogs) -> None:
    kept = backup.copy(_place())
    _forget(plan, catalogs, AMINA)

    done = [asyncio.run(restoring.restore(plan, kept)) for _ in range(2)]

    assert [one.erased_again for one in done] == [1, 1]
    assert _ids(_place()) == {OLENA}


def test_restore_is_refused_while_a_bot_runs(
    plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = backup.copy(_place())
    _write(plan, lambda tx: a_person(tx, OLENA + 1))

    with single.only_one(_place().absolute()):
        assert cli.main(["restore", str(kept)]) == 2

    assert "Another bot is running" in capsys.readouterr().err
    assert _ids(_place()) == {AMINA, OLENA, OLENA + 1}


def test_without_a_database_before_it_is_said(
    plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = backup.copy(_place())
    _place().unlink()

    assert cli.main(["restore", str(kept)]) == 0

    assert _ids(_place()) == {AMINA, OLENA}
    assert "who was erased since is not known" in capsys.readouterr().err


def test_unreadable_database_is_not_replaced(plan: Plan) -> None:
    kept = backup.copy(_place())
    _place().write_bytes(b"no database" * 500)

    with pytest.raises(Misconfigured, match="nobody knows who has been erased"):
        asyncio.run(restoring.restore(plan, kept))

    assert _place().read_bytes().startswith(b"no database")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no backup"),
        (b"a letter" * 500, "cannot be put back"),
        (b"", "The backup is empty"),
    ],
)
def test_what_is_no_backup_is_refused(plan: Plan, content: bytes | None, sentence: str) -> None:
    file = Path("backup.sqlite")
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(Misconfigured, match=sentence):
        asyncio.run(restoring.restore(plan, file))

    assert _ids(_place()) == {AMINA, OLENA}


def test_backup_of_another_bot_is_refused(plan: Plan) -> None:
    _write(plan, lambda tx: identity.claim(tx, BOT + 1, is_demo=False, adopts=True))
    other = backup.copy(_place())
    _write(plan, lambda tx: identity.claim(tx, BOT, is_demo=False, adopts=True))

    with pytest.raises(Misconfigured, match="belongs to another bot"):
        asyncio.run(restoring.restore(plan, other))

    assert not list(_place().parent.glob("restoring-*"))


def test_postgres_is_not_restored_so(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_DATABASE_URL", "postgresql://localhost/bot")

    with pytest.raises(Misconfigured, match="pg_restore"):
        asyncio.run(restoring.restore(live.plan(settings.read()), Path("any")))
