"""What Alembic does to a database. Loaded by `bot.app.migrating`, and only when it is needed:

Alembic costs a tenth of the start, and a database is almost always of the newest version.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from bot.app import schema


def upgrade(connection: Connection, scripts: Path, revision: str = "head") -> None:
    """To a newer version, else to the newest."""
    _run(connection, scripts, command.upgrade, revision)


def downgrade(connection: Connection, scripts: Path, revision: str) -> None:
    """Back to an older version."""
    _run(connection, scripts, command.downgrade, revision)


def differences(connection: Connection) -> list[Any]:
    """What the tables lack or have too much, compared with the code."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, schema.everything()))


def write(connection: Connection, scripts: Path, message: str, *, number: str) -> None:
    """Write the next migration down."""
    config = _config(connection, scripts)
    command.revision(config, message=message, autogenerate=True, rev_id=number)


def _run(
    connection: Connection, scripts: Path, direction: Callable[[Config, str], None], target: str
) -> None:
    direction(_config(connection, scripts), target)


def _config(connection: Connection, scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    return config
