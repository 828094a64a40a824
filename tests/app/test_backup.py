"""Backups: whole while the bot writes, and never the operator's own ones removed."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.app import backup
from bot.errors import Misconfigured
from bot.storage.engine import Database
from tests.support.delivery_makers import on_sqlite


@on_sqlite
async def test_copy_is_whole_while_the_bot_writes(database: Database) -> None:
    file = Path(database.url.database or "")
    stop = False

    async def write() -> int:
        number = 0
        while not stop:
            number += 2
            async with database.writing() as tx:
                for one in (number, number + 1):  # two rows or none
                    await tx.raw("INSERT INTO moved_chats (old_id, new_id) VALUES (?, 0)", one)
        return number

    writing = asyncio.create_task(write())
    copies = [await asyncio.to_thread(backup.copy, file) for _ in range(3)]
    stop = True
    await writing

    for copy in copies:
        opened = sqlite3.connect(copy)
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert opened.execute("SELECT count(*) FROM moved_chats").fetchone()[0] % 2 == 0
        opened.close()
    assert len(set(copies)) == 3


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
