"""Puts a backup of a SQLite database back, without bringing erased people back.

The backup is migrated and erased in a folder of its own, then takes the database's place in one
step: at no moment does a database stand there in which they are back.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.exc import DatabaseError, OperationalError

from bot import clock
from bot.app import backup, migrating, opening, wiring
from bot.app.groups import StaffGroups
from bot.app.running import Plan
from bot.errors import Misconfigured
from bot.people import service as people
from bot.people.service import Erasure
from bot.storage import engine, identity, single
from bot.storage.engine import Database

_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a file


@dataclass(frozen=True, slots=True)
class Restored:
    """How it went; `kept` is the copy of the database before, None when there was none."""

    kept: Path | None
    erased_again: int


async def restore(plan: Plan, file: Path) -> Restored:
    """Put `file` in the place of the database.

    Raises Misconfigured while a bot runs, and when either file cannot be read or is not ours; then
    nothing has changed.
    """
    place = _place(plan)
    with opening.told(plan.database_url), single.only_one(place, patience=0):
        marks = await _erasures(plan, place)
        with TemporaryDirectory(dir=place.parent, prefix="restoring-") as folder:
            staged = Path(folder) / place.name
            backup.put_back(file, staged)
            count = await _erased_again(plan, f"sqlite:///{staged}", marks)
            kept = backup.copy(place, label="before-restore") if place.exists() else None
            _take_place(staged, place)
    return Restored(kept, count)


def _place(plan: Plan) -> Path:
    address = engine.address(plan.database_url)
    if address.get_backend_name() != "sqlite":
        raise Misconfigured(
            "PostgreSQL is restored with pg_restore; see docs/running.md for erased people."
        )
    return Path(address.database or "").absolute()


async def _erasures(plan: Plan, place: Path) -> Sequence[Erasure]:
    """Who was erased, by the present database; its log is folded into the file."""
    if engine.is_missing(engine.address(plan.database_url)):
        return ()
    database = Database(plan.database_url)
    try:
        await _check(plan, database)
        async with database.reading() as tx:
            marks = await people.erasures(tx)
        await database.checkpoint()
    except OperationalError:  # of the machine, not of the file: `opening` tells
        raise
    except DatabaseError:
        raise Misconfigured(
            f"{place} cannot be read, so nobody knows who has been erased since the backup."
            " Move it away to restore all the same."
        ) from None
    else:
        return marks
    finally:
        await database.close()


async def _check(plan: Plan, database: Database) -> None:
    await identity.check(
        database,
        int(plan.token.partition(":")[0]),
        is_demo=plan.is_demo,
        adopts=plan.settings.adopt_database,
    )


async def _erased_again(plan: Plan, url: str, marks: Sequence[Erasure]) -> int:
    """Bring the backup to today's version, and erase in it. How many?"""
    database = Database(url)
    try:
        await _check(plan, database)
        if (await migrating.upgrade(url)).has is None:
            raise Misconfigured("The backup is empty: name a file that `wegwijzer backup` made.")
        groups = StaffGroups(plan.staff_groups, plan.own_groups)
        await groups.refresh(database)
        house = wiring.build(
            plan.organisation,
            groups,
            plan.files(),
            hold=plan.settings.hold,
            bundle=plan.settings.bundle,
            erasure_key=plan.erasure_key,
            check_roles=lambda: None,
        )
        async with database.writing() as tx:
            count = await house.repeat_erasures(tx, marks, now=clock.now())
        await database.checkpoint()
        return count
    finally:
        await database.close()


def _take_place(staged: Path, place: Path) -> None:
    for ending in _BESIDE:  # the log of another file would spoil this one
        place.with_name(place.name + ending).unlink(missing_ok=True)
    if place.exists():
        shutil.copymode(place, staged)
    os.replace(staged, place)
