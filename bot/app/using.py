"""The configured database for a command that needs it for a moment, while the bot may run."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.app import live, migrating
from bot.app.settings import Settings
from bot.errors import Misconfigured
from bot.storage import engine
from bot.storage.engine import Database
from bot.storage.transaction import Tx

Value = TypeVar("Value")


def database_url(read: Settings) -> str:
    """Where the live database is, or the demonstration's when no token is set."""
    return read.database(is_demo=not read.is_live)


async def writing(read: Settings, work: Callable[[Tx], Awaitable[Value]]) -> Value:
    """Do it in one transaction; the database is made or upgraded first."""
    url = database_url(read)
    await migrating.versions(url)  # makes its folder, and tells when it cannot be opened
    database = Database(url)
    try:
        await live.check_owner(read, database)
        await migrating.upgrade(url)
        async with database.writing() as tx:
            return await work(tx)
    finally:
        await database.close()


async def reading(read: Settings, work: Callable[[Tx], Awaitable[Value]]) -> Value:
    """Look only; nothing is made or upgraded."""
    url = database_url(read)
    address = engine.address(url)
    if engine.is_missing(address):
        raise Misconfigured(f"There is no database {address.database} yet: start the bot once.")
    if not (await migrating.versions(url)).is_newest:
        raise Misconfigured("The database is of an older version: `wegwijzer migrate`.")
    database = Database(url)
    try:
        await live.check_owner(read, database)
        async with database.reading() as tx:
            return await work(tx)
    finally:
        await database.close()
