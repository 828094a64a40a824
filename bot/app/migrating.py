"""Upgrades of the database: after a backup, by themselves, one process at a time.

SQLite: on a connection of its own with foreign keys *off* (on, the rebuild of a table empties its
children), checked before the commit. PostgreSQL: behind an advisory lock.
"""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import structlog
from sqlalchemy import URL, Connection, event, inspect
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.app import backup, opening
from bot.app.settings import ROOT
from bot.errors import Misconfigured
from bot.storage import engine
from bot.storage.sqlite import begin_private

_LOCK = 0x57_45_47_58
_REVISION = re.compile(r"""^(down_)?revision\b[^=\n]*= *["']([^"'\n]+)["']""", re.MULTILINE)

log = structlog.get_logger()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Versions:
    """The database's version and the newest one; `has` is None for an empty database."""

    has: str | None
    newest: str

    @property
    def is_newest(self) -> bool:
        """Is there nothing to do?"""
        return self.has == self.newest


async def versions(url: str) -> Versions:
    """Where the database stands. Raises Misconfigured for a database of a newer program."""
    found = await _on(url, _versions)
    if found.has is not None and found.has not in _known():
        raise Misconfigured(
            f"The database has version {found.has}, which this program does not know:"
            " it was upgraded by a newer one. Start that one, or restore a backup."
        )
    return found


async def upgrade(url: str) -> Versions:
    """Bring the database to the newest version; returns where it stood.

    Raises Misconfigured for a database of a newer program. A file is backed up first.
    """
    address = engine.address(url)
    before = await versions(url)
    if before.is_newest:
        return before
    if before.has is not None and address.get_backend_name() == "sqlite":
        kept = backup.copy(Path(address.database or ""), label=before.has)
        log.info("migration.backed_up", file=str(kept))
    await _on(url, lambda connection: _alembic().upgrade(connection, _scripts()))
    log.info("migration.done", before=before.has, now=before.newest)
    return before


async def upgrade_to(url: str, revision: str) -> None:
    """On to a version that is not the newest (for tests)."""
    await _on(url, lambda connection: _alembic().upgrade(connection, _scripts(), revision))


async def downgrade(url: str, revision: str) -> None:
    """Back to an older version (for tests and for operators who must)."""
    await _on(url, lambda connection: _alembic().downgrade(connection, _scripts(), revision))


async def differences(url: str) -> list[Any]:
    """What the tables of a database lack or have too much, compared with the code."""
    found: list[Any] = await _on(url, lambda connection: _alembic().differences(connection))
    return found


async def write(url: str, message: str) -> str:
    """Write the next migration: what the code's tables have and `url`'s lack; returns its name."""
    number = f"{len(_known()) + 1:04}"
    await _on(
        url,
        lambda connection: _alembic().write(connection, _scripts(), message, number=number),
    )
    return number


async def _on(url: str, work: Callable[[Connection], T]) -> T:
    with opening.told(url):
        return await _opened(engine.address(url), work)


async def _opened(address: URL, work: Callable[[Connection], T]) -> T:
    if address.get_backend_name() == "sqlite":
        Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)
    database = _engine(address)
    try:
        async with database.connect() as connection:
            return await _in_transaction(connection, work)
    finally:
        await database.dispose()


async def _in_transaction(connection: AsyncConnection, work: Callable[[Connection], T]) -> T:
    is_sqlite = connection.dialect.name == "sqlite"
    async with connection.begin():
        if not is_sqlite:
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        done = await connection.run_sync(work)
        if is_sqlite:
            broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
            if broken:
                raise Misconfigured(f"The upgrade would leave {len(broken)} rows without parent.")
        return done


def _engine(address: URL) -> AsyncEngine:
    made = create_async_engine(address)
    if address.get_backend_name() == "sqlite":

        @event.listens_for(made.sync_engine, "do_connect")
        def _begin_private(*_: object) -> None:
            begin_private(address.database or "")

        @event.listens_for(made.sync_engine, "connect")
        def _prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.close()

        @event.listens_for(made.sync_engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def _alembic() -> Any:
    """The module that imports Alembic: imported now, not at every start."""
    return importlib.import_module("bot.app.revising")


def _scripts() -> Path:
    return ROOT / "migrations"


def _known() -> dict[str, str | None]:
    """Every version this program knows, and the one before it: read from the files themselves."""
    known: dict[str, str | None] = {}
    for file in (_scripts() / "versions").glob("*.py"):
        names: dict[str, str] = dict(_REVISION.findall(file.read_text("utf-8")))
        known[names[""]] = names.get("down_")
    return known


def _versions(connection: Connection) -> Versions:
    has = None
    if inspect(connection).has_table("alembic_version"):
        has = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    known = _known()
    newest = known.keys() - {before for before in known.values() if before is not None}
    return Versions(has, min(newest, default=""))
