"""Backups: whole while the bot writes, and never the operator's own ones removed."""

import asyncio
import contextlib
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.app import backup, migrating
from bot.errors import Misconfigured
from bot.storage.engine import Database
from tests.support.delivery_makers import on_sqlite


@on_sqlite
async def test_copy_is_whole_while_the_bot_writes(database: Database) -> None:
    file = Path(database.url.database or "")
    written = 0
    stop = False

    async def write() -> None:
        nonlocal written
        while not stop:
            async with database.writing() as tx:
                for one in (written, written + 1):  # two rows or none
                    await tx.raw("INSERT INTO moved_chats (old_id, new_id) VALUES (?, 0)", one)
            written += 2

    writing = asyncio.create_task(write())
    copies: dict[Path, int] = {}  # with what was safe before
    for _ in range(3):
        before = written
        copies[await asyncio.to_thread(backup.copy, file)] = before
    stop = True
    await writing

    assert len(copies) == 3
    for copy, before in copies.items():
        assert _intact(copy)
        assert before <= _rows_in(copy) <= written
        assert _rows_in(copy) % 2 == 0


@on_sqlite
async def test_copy_holds_what_was_written_last(database: Database) -> None:
    """It still lies in the log beside the file, until somebody folds that in."""
    async with database.writing() as tx:
        await tx.raw("INSERT INTO moved_chats (old_id, new_id) VALUES (1, 0)")

    copy = await asyncio.to_thread(backup.copy, Path(database.url.database or ""))

    assert _rows_in(copy) == 1


@on_sqlite
async def test_backup_is_readable_by_nobody_else(database: Database) -> None:
    async with database.writing() as tx:
        await tx.raw("INSERT INTO moved_chats (old_id, new_id) VALUES (1, 0)")

    copy = await asyncio.to_thread(backup.copy, Path(database.url.database or ""))

    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


async def test_new_database_is_readable_by_nobody_else(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    await migrating.upgrade(f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    async with database.writing() as tx:
        await tx.raw("INSERT INTO moved_chats (old_id, new_id) VALUES (1, 0)")
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.glob("new.sqlite*")}
    await database.close()

    assert "new.sqlite-wal" in modes
    assert set(modes.values()) == {0o600}


def test_nothing_to_copy_is_said(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="There is no database"):
        backup.copy(tmp_path / "none.sqlite")


def test_only_the_newest_automatic_copies_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    sqlite3.connect(file).close()

    for _ in range(backup.KEPT + 3):
        backup.copy(file, label="0001")

    assert len(list((tmp_path / "backups").iterdir())) == backup.KEPT


def test_copies_of_the_operator_are_never_removed(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    sqlite3.connect(file).close()
    own = {backup.copy(file) for _ in range(backup.KEPT + 3)}
    own |= {_put(tmp_path / "backups" / name) for name in ("bot-first.sqlite", "bot-old.sqlite")}

    days = [f"bot-202601{day:02}-040000-0001.sqlite" for day in range(1, backup.KEPT + 3)]
    automatic = [_put(tmp_path / "backups" / day) for day in days]

    backup.copy(file, label="0001")

    assert {one for one in own if not one.exists()} == set()
    assert [one for one in automatic if one.exists()] == automatic[3:]


def test_failed_copy_leaves_nothing_behind(tmp_path: Path) -> None:
    file = _put(tmp_path / "bot.sqlite")

    with pytest.raises(Misconfigured, match="file is not a database"):
        backup.copy(file)

    assert list((tmp_path / "backups").iterdir()) == []


def _put(file: Path) -> Path:
    file.write_bytes(b"not a database at all")
    return file


def _intact(copy: Path) -> bool:
    return str(_asked(copy, "PRAGMA integrity_check")) == "ok"


def _rows_in(copy: Path) -> int:
    return int(_asked(copy, "SELECT count(*) FROM moved_chats"))


def _asked(copy: Path, sql: str) -> Any:
    with contextlib.closing(sqlite3.connect(copy)) as opened:
        return opened.execute(sql).fetchone()[0]
