"""Fixtures for every test: catalogues, and a database that is once SQLite and once PostgreSQL."""

import itertools
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import clock
from bot.app import schema
from bot.language.catalog import Catalogs
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support import databases, dialects

LOCALES = Path(__file__).parent.parent / "locales"

dialects.remember()

# What structlog does by itself draws every variable of every frame: half a second for each error
# that a test provokes, in which nothing else of that test can go on.
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)


@pytest.fixture(scope="session")
def catalogs() -> Catalogs:
    """The shipped languages."""
    return Catalogs.load(LOCALES)


@pytest.fixture(scope="session")
def run_name() -> str:
    """The same in every worker of one run."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"single-{os.getpid()}"


@pytest.fixture(scope="session")
def postgres(run_name: str) -> Iterator[Any]:
    """A real PostgreSQL, started for this run."""
    server = databases.start_postgres(run_name)
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with every table, to be copied."""
    file = tmp_path_factory.mktemp("template") / "template.sqlite"
    databases.create_tables(file, schema.everything())
    return file


@pytest.fixture(scope="session")
def postgres_address(postgres: Any) -> str:
    """One database for each worker."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return databases.fresh_postgres(postgres, f"tests_{worker}")


@pytest.fixture
def fresh_postgres_address(postgres: Any) -> str:
    """A PostgreSQL database without any table, for bots that run as processes of their own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return databases.fresh_postgres(postgres, f"empty_{worker}_{next(_numbers)}")


_numbers = itertools.count(1)
_ready: set[str] = set()
_lines: dict[str, AsyncEngine] = {}


async def _emptied(address: str) -> Database:
    """The worker's PostgreSQL database with every table, and nothing in them.

    Lines to it stay open from test to test: PostgreSQL learns its tables anew on each new line,
    which takes it longer than most tests.
    """
    database = Database(address)
    engine = _lines.setdefault(address, database.engine)
    database.engine = engine
    async with engine.begin() as connection:
        if address not in _ready:
            await connection.run_sync(schema.everything().create_all)
            _ready.add(address)
        for statement in databases.emptying(schema.everything()):
            await connection.exec_driver_sql(statement)
    return database


def _hurry(connection: Any, _record: object) -> None:
    """No test of one process pulls the plug; what waits for the disk waits for nothing."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with every table; each test runs on both kinds."""
    if request.param == "sqlite":
        file = tmp_path / "test.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        opened = Database(f"sqlite:///{file}")
        event.listen(opened.engine.sync_engine, "connect", _hurry)
    else:
        opened = await _emptied(request.getfixturevalue("postgres_address"))
    yield opened
    if opened.is_sqlite:
        await opened.close()


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Tx]:
    """An open transaction on an empty database."""
    async with database.writing() as transaction:
        yield transaction


@pytest.fixture(autouse=True)
def _true_time() -> Iterator[None]:
    yield
    clock.runs_true()
