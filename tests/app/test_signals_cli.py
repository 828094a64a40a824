"""`wegwijzer signals` as whoever works on policy types it."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.app import cli, settings, using
from bot.handover.tables import signals
from bot.storage.transaction import Tx


async def _tagged(tx: Tx) -> None:
    for theme, language, month, times in (
        ("diploma", "uk", 11, 4),
        ("bank_refused", "ps", 11, 1),
        ("school_refused", "ps", 11, 2),
        ("health_card", "nl", 10, 3),
    ):
        row = {"theme": theme, "language": language, "month": date(2026, month, 1)}
        await tx.execute(insert(signals), [row] * times)


def test_month_comes_out_as_csv_and_rare_themes_are_not_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(using.writing(settings.read(), _tagged))
    capsys.readouterr()

    assert cli.main(["signals", "2026-11"]) == 0

    assert capsys.readouterr().out == (
        "month,theme,language,count\n2026-11,diploma,uk,4\n2026-11,other,various,3\n"
    )
    assert cli.main(["signals", "2026-09"]) == 0
    assert capsys.readouterr().out == "month,theme,language,count\n"


@pytest.mark.parametrize("wrong", ["2026-13", "november", "2026"])
def test_what_is_no_month_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    asyncio.run(using.writing(settings.read(), _tagged))
    capsys.readouterr()

    assert cli.main(["signals", wrong]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert f"Name a month such as 2026-11, not '{wrong}'." in told.err
