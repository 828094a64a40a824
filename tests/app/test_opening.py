"""A database that cannot be opened is one sentence of the program, never a traceback."""

import asyncio
import sqlite3
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.app import cli, migrating, opening
from bot.app.opening import Unreachable
from bot.app.settings import PREFIX, Settings
from bot.errors import Misconfigured
from bot.storage import engine
from tests.support.processes import free_port

TOKEN = "123456:ABCdefGHIjklMNOpqr"


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The settings of a live bot whose Telegram is not there; its database file."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_API", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("WEGWIJZER_LISTEN", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("WEGWIJZER_TRIAL", "1")
    return tmp_path / "data" / "wegwijzer.sqlite"


def _said(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert said.err.count("\n") == 1, said.err
    return said.err


def test_file_that_is_no_database_is_said(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live.parent.mkdir()
    live.write_bytes(b"this is a letter, no database" * 100)

    assert cli.main(["run"]) == 2
    assert "it is not a SQLite database" in _said(capsys)
    assert live.read_bytes().startswith(b"this is a letter")


def test_damaged_database_is_said(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(migrating.upgrade(f"sqlite:///{live}"))
    whole = live.read_bytes()
    live.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))

    assert cli.main(["run"]) == 2
    assert "it is damaged: restore a backup" in _said(capsys)


def test_folder_in_the_place_of_the_database_is_said(
    live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live.mkdir(parents=True)

    assert cli.main(["run"]) == 2
    assert "may not read and write it" in _said(capsys)


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_file_in_the_place_of_the_folder_is_said(
    live: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    live.parent.write_text("a file")

    assert cli.main([command]) == 2
    assert "cannot be used" in _said(capsys)


def test_full_disk_is_said_when_the_database_is_written(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    opened = sqlite3.connect(file, isolation_level=None)
    opened.execute("CREATE TABLE large (text)")
    opened.execute("PRAGMA max_page_count = 2")  # SQLite's own words for a full disk
    # The kind that whoever restarts us tries again: there may be room by then.
    full = pytest.raises(Unreachable, match="the disk is full: make room")

    with full, opening.told(f"sqlite:///{file}"):
        opened.execute("INSERT INTO large VALUES (zeroblob(100000))")

    opened.close()


@pytest.mark.parametrize("fault", [ValueError("fault"), KeyError("fault"), Misconfigured("said")])
def test_faults_of_ours_stay_as_they_are(fault: Exception) -> None:
    for url in ("sqlite:///bot.sqlite", "postgresql://host/bot"):
        with pytest.raises(type(fault), match=str(fault)), opening.told(url):
            raise fault


def test_folder_without_permission_is_said() -> None:
    with pytest.raises(Misconfigured, match="Permission denied"), opening.told("sqlite:///b.db"):
        raise PermissionError(13, "Permission denied", "data/wegwijzer.sqlite.lock")
    unwritable = sqlite3.OperationalError("attempt to write a readonly database")
    with pytest.raises(Misconfigured, match="may not write it"), opening.told("sqlite:///b.db"):
        raise OperationalError("BEGIN", None, unwritable)


def test_unreachable_postgres_is_said_and_tried_again(
    live: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(
        "WEGWIJZER_DATABASE_URL", f"postgresql://me:secret@127.0.0.1:{free_port()}/bot"
    )

    assert cli.main(["run"]) == 1  # whoever restarts the bot tries again
    said = _said(capsys)
    assert "PostgreSQL at 127.0.0.1:" in said
    assert "secret" not in said
    assert not live.exists()


def test_parameter_that_postgres_does_not_know_is_said() -> None:
    address = "postgresql://me:secret@127.0.0.1/bot?ssslmode=require"

    with pytest.raises(Misconfigured, match="a parameter nobody knows: 'ssslmode'"):
        asyncio.run(migrating.versions(address))


def test_folder_of_the_socket_of_postgres_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=f"PostgreSQL at {tmp_path} cannot be used"):
        asyncio.run(migrating.versions(f"postgresql://me@/bot?host={tmp_path}"))


def test_address_of_postgres_may_say_sslmode() -> None:
    found = engine.address("postgresql://me@host/bot?sslmode=require")

    assert dict(found.query) == {"ssl": "require"}


class _Refusing(BaseHTTPRequestHandler):
    """A Telegram that knows no token."""

    def do_POST(self) -> None:
        body = b'{"ok": false, "error_code": 401, "description": "Unauthorized"}'
        self.send_response(401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def test_token_that_telegram_refuses_owns_no_database(
    live: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A digit mistyped at the first start must not shut the right bot out of its database."""
    telegram = HTTPServer(("127.0.0.1", 0), _Refusing)
    Thread(target=telegram.serve_forever, daemon=True).start()
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_API", f"http://127.0.0.1:{telegram.server_port}")

    assert cli.main(["run"]) == 2
    telegram.shutdown()
    telegram.server_close()

    assert "Telegram does not know this bot token" in _said(capsys)
    opened = sqlite3.connect(live)
    assert opened.execute("SELECT * FROM identity").fetchall() == []
    opened.close()


def test_nobody_is_invited_into_the_database_of_the_live_bot(
    live: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{live}"
    asyncio.run(migrating.upgrade(url))
    opened = sqlite3.connect(live)
    opened.execute("INSERT INTO identity (id, bot_id, is_demo) VALUES (1, 42, 0)")
    opened.commit()
    opened.close()
    monkeypatch.setenv("WEGWIJZER_DATABASE_URL", url)
    monkeypatch.setenv("WEGWIJZER_TELEGRAM_TOKEN", "")

    assert cli.main(["staff", "invite"]) == 2

    assert "does not run on a live database" in _said(capsys)


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_database_of_a_newer_program_is_said(
    live: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    asyncio.run(migrating.upgrade(f"sqlite:///{live}"))
    opened = sqlite3.connect(live)
    opened.execute("UPDATE alembic_version SET version_num = '9999'")
    opened.commit()
    opened.close()

    assert cli.main([command]) in (1, 2)

    said = capsys.readouterr()
    assert "it was upgraded by a newer one" in said.out + said.err


def test_missing_database_on_postgres_is_said(postgres: Any) -> None:
    url = str(postgres.get_uri(database="nobody_made_this"))

    with pytest.raises(Unreachable, match="nobody_made_this"):
        asyncio.run(migrating.versions(url))


def test_what_nobody_expected_is_logged_with_places(
    live: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the words of somebody")

    monkeypatch.setattr(migrating, "upgrade", fail)

    assert cli.main(["migrate"]) == 1
    said = capsys.readouterr().err
    assert "program.failed" in said
    assert "bot/app/cli.py:" in said
    assert "Traceback" not in said
    assert "the words of somebody" not in said
    assert not live.exists()
