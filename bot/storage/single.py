"""One bot per SQLite file: a lock file beside the database, released when the process dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import Misconfigured

PATIENCE = 15.0  # seconds: a restart may overlap with the end of the last process


@contextmanager
def only_one(database: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock. Raises Misconfigured when another bot still holds it after `patience`."""
    database.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{database}.lock")
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise Misconfigured(
            f"Another bot is running on {database}. Stop it first, or use PostgreSQL"
            " (WEGWIJZER_DATABASE_URL) to run several."
        ) from None
    try:
        yield
    finally:
        lock.release()
