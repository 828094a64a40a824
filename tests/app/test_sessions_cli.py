"""`wegwijzer sessions import` as an operator types it: all sessions of the file, or none."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import cli, settings, using
from bot.handover.service import sessions
from bot.handover.tables import legal_sessions
from bot.people import tables as people
from bot.people.domain import Role
from bot.schedule.tables import due
from bot.storage.transaction import Tx
from tests.support import people_makers as making

FILE = """site,when,languages,bring,places,minutes,until
Gent,2026-11-30 14:00-17:00,fa_AF ps,letters envelope,8,,2026-12-14
Gent,2026-12-02 09:00-10:00,,,,20,
"""
SARA = 6_000_000_001


@pytest.fixture
def home(folder: Path) -> Path:
    """One site is known."""
    asyncio.run(using.writing(settings.read(), _a_site))
    return folder


async def _a_site(tx: Tx) -> None:
    sara = replace(await making.a_colleague(tx, SARA), role=Role.COORDINATOR)
    await sessions.add_site(tx, sara, "Gent", "Street 1", place=(51.0, 3.7), now=making.NOW)


async def _sessions(tx: Tx) -> list[dict[str, Any]]:
    return [dict(row) for row in await tx.all(select(legal_sessions).order_by("starts_at"))]


async def _asked_later(tx: Tx) -> int:
    wanted = select(func.count()).select_from(due).where(due.c.kind == sessions.COUNT_KIND)
    return int(await tx.scalar(wanted))


async def _actors(tx: Tx) -> list[Any]:
    wanted = select(people.audit.c.actor).where(people.audit.c.action == "legal.sessions")
    return [row["actor"] for row in await tx.all(wanted)]


def _stored() -> list[dict[str, Any]]:
    return asyncio.run(using.reading(settings.read(), _sessions))


def _file(home: Path, content: str | bytes) -> str:
    file = home / "sessions.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


def test_sessions_of_a_file_stand_in_the_database(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sessions", "import", _file(home, FILE)]) == 0

    assert "4 new sessions." in capsys.readouterr().err
    first, second, *_rest = _stored()
    assert first["starts_at"] == datetime(2026, 11, 30, 13, tzinfo=UTC)
    assert first["ends_at"] == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert (first["languages"], first["bring"]) == (["fa_AF", "ps"], ["letters", "envelope"])
    assert (first["places"], first["minutes"]) == (8, None)
    assert (second["places"], second["minutes"]) == (None, 20)
    assert asyncio.run(using.reading(settings.read(), _asked_later)) == 4
    assert asyncio.run(using.reading(settings.read(), _actors)) == [None, None]


def test_same_file_once_more_adds_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["sessions", "import", _file(home, FILE)])
    capsys.readouterr()

    assert cli.main(["sessions", "import", _file(home, FILE)]) == 0

    assert "0 new sessions." in capsys.readouterr().err
    assert len(_stored()) == 4


@pytest.mark.parametrize(
    "content",
    [
        "sep=;\r\n" + FILE.replace(",", ";"),
        FILE.encode("utf-16"),
        FILE.replace("site,", "\N{ZERO WIDTH NO-BREAK SPACE}Site,", 1),
    ],
)
def test_file_may_come_from_excel_in_belgium(home: Path, content: str | bytes) -> None:
    assert cli.main(["sessions", "import", _file(home, content)]) == 0

    assert len(_stored()) == 4


def test_each_wrong_line_is_named_and_no_session_is_added(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = FILE + (
        "\n"  # an empty line counts as one too
        "Luik,2026-11-30 14:00-17:00,,,,,\n"
        "Gent,next week,,,,,\n"
        "Gent,2026-11-30 14:00-17:00,xx,,,,\n"
        "Gent,2026-11-30 14:00-17:00,,,,,2026-11-29\n"
    )

    assert cli.main(["sessions", "import", _file(home, wrong)]) == 1

    told = capsys.readouterr().err
    assert "line 5: There is no site “Luik”" in told
    assert "line 6: I cannot read “next week”" in told
    assert "line 7: I cannot read “xx”" in told
    assert "line 8: A series ends after its first session" in told
    assert "Nothing was changed" in told
    assert _stored() == []
    assert asyncio.run(using.reading(settings.read(), _asked_later)) == 0


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("place,when\n", "has no column site"),
        ("", "has no column site, when"),
        ("site,when,cake\n", "'cake' is no column"),
    ],
)
def test_columns_that_nobody_knows_are_named(
    home: Path, capsys: pytest.CaptureFixture[str], first: str, said: str
) -> None:
    row = "Gent,2026-11-30 14:00-17:00,letters\n"

    assert cli.main(["sessions", "import", _file(home, first and first + row)]) == 1

    assert said in capsys.readouterr().err
    assert _stored() == []
