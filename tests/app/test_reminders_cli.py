"""`wegwijzer reminders` as whoever runs the bot types it."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.app import cli, settings, using
from bot.schedule import reminders
from bot.schedule.reminders import Fate
from bot.storage.transaction import Tx


async def _remembered(tx: Tx) -> None:
    now = clock.now()
    for number, fate in enumerate((Fate.SENT, Fate.SENT, Fate.OVER)):
        await reminders.note(tx, f"remind:{number}", "walk", fate, due_at=now, now=now)
    old = now - timedelta(days=3)
    await reminders.note(tx, "remind:9", "shift", Fate.NIGHT, due_at=old, now=old)


def test_fates_are_counted_by_kind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(using.writing(settings.read(), _remembered))
    capsys.readouterr()

    assert cli.main(["reminders", "--days", "2"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "walk",
        "       2 sent in time",
        "       1 dropped: the bot was down until it had begun",
    ]
    assert cli.main(["reminders"]) == 0
    assert "shift\n       1 dropped: late, at night" in capsys.readouterr().out
