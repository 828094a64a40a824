"""Whose database this is: ids of messages and files belong to one bot, live or demonstration."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, insert, select, update

from bot.errors import Misconfigured
from bot.storage.columns import metadata
from bot.storage.transaction import Tx

identity = Table(
    "identity",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("is_demo", Boolean, nullable=False),
)


async def claim(tx: Tx, bot_id: int, *, is_demo: bool, adopts: bool) -> None:
    """Make this database the bot's own at first start; refuse the database of another.

    Raises Misconfigured, unless `adopts` says that this bot takes the database over. A
    demonstration never takes a live database, nor the other way round.
    """
    row = await tx.one(select(identity))
    if row is None:
        await tx.execute(insert(identity).values(id=1, bot_id=bot_id, is_demo=is_demo))
        return
    if row["is_demo"] != is_demo:
        raise Misconfigured(_mixed(is_demo))
    if row["bot_id"] == bot_id:
        return
    if not adopts and not is_demo:
        raise Misconfigured(
            f"This database belongs to another bot (id {row['bot_id']}, this one is {bot_id})."
            " Use its own database, or set WEGWIJZER_ADOPT_DATABASE=1 once to take it over."
        )
    await tx.execute(update(identity).values(bot_id=bot_id))


def _mixed(is_demo: bool) -> str:
    if is_demo:
        return (
            "The demonstration does not run on a live database:"
            " unset WEGWIJZER_DATABASE_URL or name another one."
        )
    return (
        "This is a database of the demonstration: name another one in WEGWIJZER_DATABASE_URL"
        " for the live bot."
    )
