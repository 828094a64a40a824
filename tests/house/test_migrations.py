"""Migrations make what the code expects, lose no row, and go back again. On both databases."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from bot.app import migrating, schema
from bot.app.settings import ROOT
from bot.errors import Misconfigured
from bot.storage import engine
from tests.support import databases, filling

T = TypeVar("T")

_REBUILDS = '''"""A table is rebuilt, as SQLite must for any change of a column"""

import sqlalchemy as sa
from alembic import op

revision = "rebuilt"
down_revision = "{newest}"


def upgrade() -> None:
    with op.batch_alter_table("people") as table:
        table.alter_column("first_name", type_=sa.String(length=80), existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("people") as table:
        table.alter_column("first_name", type_=sa.String(length=64), existing_nullable=False)
'''


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return ScriptDirectory.from_config(config)


REVISIONS = [script.revision for script in _scripts().walk_revisions()]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Makes the address of a database with nothing in it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")

    def make(name: str) -> str:
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path / name}.sqlite"
        server = request.getfixturevalue("postgres")
        return databases.fresh_postgres(server, f"{name}_{worker}")

    return make


async def _on(url: str, work: Callable[[Connection], T]) -> T:
    opened = create_async_engine(engine.address(url))
    try:
        async with opened.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await opened.dispose()


async def test_migrations_make_the_tables_of_the_code(fresh: Callable[[str], str]) -> None:
    migrated, made = fresh("migrated"), fresh("made")
    await migrating.upgrade(migrated)
    await _on(made, schema.everything().create_all)

    assert await migrating.differences(migrated) == []
    assert await _on(migrated, filling.described) == await _on(made, filling.described)


async def test_a_column_that_no_migration_knows_is_noticed(fresh: Callable[[str], str]) -> None:
    url = fresh("lacking")
    await migrating.upgrade(url)

    await _on(url, lambda one: one.exec_driver_sql("ALTER TABLE people DROP COLUMN first_name"))

    assert [one[0] for one in await migrating.differences(url)] == ["add_column"]


async def test_no_upgrade_of_a_filled_database_loses_a_row(fresh: Callable[[str], str]) -> None:
    url = fresh("filled")
    oldest, *newer = reversed(REVISIONS)
    await migrating.upgrade_to(url, oldest)

    for version, revision in enumerate(newer):
        # Old rows go on through all versions; each version adds rows with whatever it knows.
        before = await _on(url, partial(filling.fill, after=version * filling.ROWS))
        await migrating.upgrade_to(url, revision)
        _compare(before, await _on(url, filling.count), revision)


async def test_no_downgrade_of_a_filled_database_loses_a_row(fresh: Callable[[str], str]) -> None:
    url = fresh("filled")
    await migrating.upgrade(url)
    before = await _on(url, filling.fill)

    for revision in REVISIONS[1:]:
        await migrating.downgrade(url, revision)
        after = await _on(url, filling.count)
        _compare(before, after, revision)
        before = after


async def test_downgrade_to_nothing_and_up_again(fresh: Callable[[str], str]) -> None:
    url = fresh("bare")
    await migrating.upgrade(url)

    await migrating.downgrade(url, "base")

    assert (await migrating.versions(url)).has is None
    assert await _on(url, filling.described) == {}
    await migrating.upgrade(url)
    assert (await migrating.versions(url)).is_newest


async def test_rebuilding_a_table_keeps_the_rows_of_its_children(
    fresh: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh("rebuilt")
    await migrating.upgrade(url)
    before = await _on(url, filling.fill)
    _add_a_migration(tmp_path, monkeypatch)

    await migrating.upgrade(url)

    assert (await migrating.versions(url)).has == "rebuilt"
    assert await _on(url, filling.count) == before
    await migrating.downgrade(url, REVISIONS[0])
    assert await _on(url, filling.count) == before


async def test_a_file_is_backed_up_before_it_is_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/live.sqlite"
    await migrating.upgrade(url)
    before = await _on(url, filling.fill)
    _add_a_migration(tmp_path, monkeypatch)

    await migrating.upgrade(url)

    (kept,) = (tmp_path / "backups").iterdir()
    assert (await migrating.versions(f"sqlite:///{kept}")).has == REVISIONS[0]
    assert await _on(f"sqlite:///{kept}", filling.count) == before


async def test_database_of_a_newer_program_is_left_alone(fresh: Callable[[str], str]) -> None:
    url = fresh("newer")
    await migrating.upgrade(url)
    await _on(
        url, lambda one: one.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    )

    with pytest.raises(Misconfigured, match="version 9999, which this program does not know"):
        await migrating.upgrade(url)


def _compare(before: dict[str, int], after: dict[str, int], revision: str) -> None:
    """Tables may come and go; what is there before and after keeps its rows."""
    assert min(before.values()) >= filling.ROWS
    assert after == after | {name: rows for name, rows in before.items() if name in after}, revision


def _add_a_migration(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house of tomorrow: the same migrations and one more."""
    shutil.copytree(
        ROOT / "migrations", folder / "migrations", ignore=shutil.ignore_patterns("__pycache__")
    )
    text = _REBUILDS.format(newest=REVISIONS[0])
    (folder / "migrations" / "versions" / "tomorrow.py").write_text(text)
    monkeypatch.setattr(migrating, "ROOT", folder)


def test_migrations_form_one_line() -> None:
    heads: list[Any] = list(_scripts().get_heads())

    assert len(heads) == 1


async def test_the_newest_version_is_what_alembic_says(tmp_path: Path) -> None:
    stands = await migrating.versions(f"sqlite:///{tmp_path}/empty.sqlite")

    assert stands == migrating.Versions(None, str(_scripts().get_current_head()))
