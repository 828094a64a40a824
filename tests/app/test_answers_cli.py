"""`wegwijzer answers …` as an editor types it."""

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest

from bot.app import cli, settings, using
from bot.app.settings import PREFIX, Settings
from bot.infodesk import service
from bot.storage.transaction import Tx


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with the demonstration's settings."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def _missed(tx: Tx) -> None:
    for day, language in ((1, "uk"), (2, "uk"), (3, "nl")):
        await service.missed(tx, "zoo", language, on=date(2026, 11, day))


def test_status_is_a_table_or_json(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["answers", "status"]) == 0
    assert "! health/emergency" in capsys.readouterr().out

    assert cli.main(["answers", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["topics"]["health/emergency"]["is_urgent"]


def test_gaps_are_read_from_the_configured_database(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(using.writing(settings.read(), _missed))

    assert cli.main(["answers", "gaps"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split() == ["2", "2026-11-02", "uk", "zoo"]
    assert second.split() == ["1", "2026-11-03", "nl", "zoo"]

    assert cli.main(["answers", "gaps", "--language", "uk", "--since", "2026-11-02", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "language": "uk",
        "text": "zoo",
        "times": 1,
        "last": "2026-11-02",
    }


def test_gaps_make_no_database(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["answers", "gaps"]) == 2

    assert "There is no database" in capsys.readouterr().err
    assert not (desk / "data" / "demo.sqlite").exists()
