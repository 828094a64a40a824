"""Backups of a SQLite database: whole, while the bot runs."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot import clock
from bot.errors import Misconfigured
from bot.storage.sqlite import begin_private

KEPT = 10  # automatic ones, made before a migration

# stem-day-time-revision, and a number when that name was taken: nobody else's copies look so.
_AUTOMATIC = r"-(\d{8}-\d{6})-\d{4}(?:-(\d{1,3}))?\.sqlite"


def copy(database: Path, *, label: str = "", folder: Path | None = None) -> Path:
    """Copy the database into `folder` (default: backups/ beside it); returns the new file.

    `label` is the revision before a migration: of these copies only the newest KEPT stay. Raises
    Misconfigured when there is nothing to copy or no room for it.
    """
    if not database.exists():
        raise Misconfigured(f"There is no database {database} to back up.")
    folder = folder or database.parent / "backups"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = _free(folder, f"{database.stem}-{clock.now():%Y%m%d-%H%M%S}-{label}".rstrip("-"))
        _copy(database, target)
    except (OSError, sqlite3.Error) as error:
        raise Misconfigured(
            f"The backup to {folder} failed ({error}): `wegwijzer doctor` looks at the disk and"
            " the database."
        ) from None
    if label:
        _remove_oldest(folder, database.stem)
    return target


def put_back(kept: Path, target: Path) -> None:
    """Copy a backup to a file of that name. Raises Misconfigured when it is not whole."""
    if not kept.is_file():
        raise Misconfigured(f"There is no backup {kept}.")
    # Nobody writes where no log lies beside it; only `immutable` works in a read-only folder.
    is_still = not kept.with_name(f"{kept.name}-wal").exists()
    try:
        _copy(kept, target, how="immutable=1" if is_still else "mode=ro")
    except (OSError, sqlite3.Error) as error:
        raise Misconfigured(f"The backup {kept} cannot be put back ({error}).") from None


def _copy(database: Path, target: Path, *, how: str = "mode=ro") -> None:
    try:
        _copy_whole(database, target, how)
    except BaseException:
        target.unlink(missing_ok=True)  # half a copy would pass for one
        raise


def _copy_whole(database: Path, target: Path, how: str) -> None:
    source = sqlite3.connect(f"{database.absolute().as_uri()}?{how}", uri=True)
    begin_private(target)
    into = sqlite3.connect(target)
    try:
        source.backup(into)
        intact = into.execute("PRAGMA integrity_check").fetchone()[0]
        if intact != "ok":
            raise sqlite3.DatabaseError(intact)
    finally:
        into.close()
        source.close()


def _free(folder: Path, name: str) -> Path:
    tries = (folder / f"{name}{'' if n == 0 else f'-{n}'}.sqlite" for n in range(1000))
    return next(file for file in tries if not file.exists())


def _remove_oldest(folder: Path, stem: str) -> None:
    for old in sorted(_automatic(folder, stem))[:-KEPT]:
        old[-1].unlink()


def _automatic(folder: Path, stem: str) -> Iterator[tuple[str, int, Path]]:
    """Moment, number and file of each automatic copy."""
    for file in folder.iterdir():
        if found := re.fullmatch(re.escape(stem) + _AUTOMATIC, file.name):
            yield found[1], int(found[2] or 0), file
