"""`wegwijzer staff invite` as an operator types it, and what stands in the database then."""

import asyncio
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import clock
from bot.app import cli, settings, using
from bot.errors import Misconfigured
from bot.people import service as people
from bot.people import tables
from bot.storage.transaction import Row, Tx
from tests.support import people_makers as making

SARA = 6_000_000_001
TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


async def _joined(tx: Tx, code: str) -> Row:
    sara = await making.a_person(tx, SARA)
    await people.join(tx, sara, code, now=clock.now())
    row = await tx.one(select(tables.staff).where(tables.staff.c.person_id == sara.id))
    assert row is not None
    return row


async def _invitations(tx: Tx) -> int:
    return int(await tx.scalar(select(func.count()).select_from(tables.invitations)))


def test_invited_colleague_has_role_languages_and_training(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["staff", "invite", "--role", "trainee", "--language", "uk", "--language", "nl"]
    assert cli.main([*command, "--skill", "legal", "--skill", "minors"]) == 0

    told = capsys.readouterr()
    found = re.fullmatch(r"https://t\.me/\w+\?start=join_([\w-]+)\n", told.out)
    assert found is not None
    assert "for the demonstration" in told.err
    row = asyncio.run(using.writing(settings.read(), lambda tx: _joined(tx, found[1])))
    assert (row["role"], row["via"]) == ("trainee", "invitation")
    assert set(row["languages"]) == {"uk", "nl"}
    assert set(row["skills"]) == {"legal", "minors"}


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--skill", "magic"], "'magic' is not one of 'legal', 'violence', 'minors'"),
        (["--role", "boss"], "'boss' is not one of"),
        (["--language", "xx"], "There is no language 'xx'; there are"),
    ],
)
def test_nobody_is_invited_with_what_does_not_exist(
    folder: Path, capsys: pytest.CaptureFixture[str], option: list[str], said: str
) -> None:
    cli.main(["staff", "invite"])  # makes the database, and one invitation
    capsys.readouterr()

    assert cli.main(["staff", "invite", *option]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert asyncio.run(using.reading(settings.read(), _invitations)) == 1


@dataclass
class Silent:
    """A port where nobody answers."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def nobody() -> Iterator[Silent]:
    """Bound and not listened on: every connection is refused, and nobody else takes it."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield Silent(int(held.getsockname()[1]))


@pytest.mark.parametrize("command", [["staff", "invite"], ["complaints", "invite"]])
def test_operator_hears_at_once_that_telegram_is_down(
    folder: Path,
    nobody: Silent,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_API", nobody.url)

    assert cli.main(command) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert "Telegram does not answer" in told.err
    assert TOKEN not in told.err
    with pytest.raises(Misconfigured, match="There is no database"):
        asyncio.run(using.reading(settings.read(), _invitations))
