"""Whose database this is: ids of messages and files belong to one bot, live or demonstration."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    Table,
    insert,
    inspect,
    select,
    update,
)

from bot.errors import Misconfigured
from bot.storage.columns import metadata
from bot.storage.engine import Database
from bot.storage.transaction import Tx

identity = Table(
    "identity",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("is_demo", Boolean, nullable=False),
)


async def check(database: Database, bot_id: int, *, is_demo: bool, adopts: bool) -> None:
    """Look before anything is written: refuse the database of another bot or program.

    Raises Misconfigured, unless `adopts` says that this bot takes the database over. A
    demonstration never takes a live database, nor the other way round.
    """
    async with database.engine.connect() as connection:
        names = await connection.run_sync(_table_names)
        if names and identity.name not in names:
            raise Misconfigured(
                "This database holds the tables of another program: name a new one in"
                " WEGWIJZER_DATABASE_URL."
            )
        row = (await connection.execute(select(identity))).mappings().first() if names else None
    if row is not None:
        _judge(dict(row), bot_id, is_demo=is_demo, adopts=adopts)


async def claim(tx: Tx, bot_id: int, *, is_demo: bool, adopts: bool) -> None:
    """Make this database the bot's own, unless another one did so meanwhile (Misconfigured)."""
    row = await tx.one(select(identity))
    if row is None:
        await tx.execute(insert(identity).values(id=1, bot_id=bot_id, is_demo=is_demo))
        return
    _judge(row, bot_id, is_demo=is_demo, adopts=adopts)
    if row["bot_id"] != bot_id:
        await tx.execute(update(identity).values(bot_id=bot_id))


def _table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def _judge(row: Mapping[str, Any], bot_id: int, *, is_demo: bool, adopts: bool) -> None:
    if is_demo and not row["is_demo"]:
        raise Misconfigured(
            "The demonstration does not run on a live database:"
            " unset WEGWIJZER_DATABASE_URL or name another one."
        )
    if row["is_demo"] and not is_demo:
        raise Misconfigured(
            "This is a database of the demonstration: name another one in WEGWIJZER_DATABASE_URL"
            " for the live bot."
        )
    if row["bot_id"] != bot_id and not adopts and not is_demo:
        raise Misconfigured(
            f"This database belongs to another bot (id {row['bot_id']}, this one is {bot_id})."
            " Use its own database, or set WEGWIJZER_ADOPT_DATABASE=1 once to take it over."
        )
