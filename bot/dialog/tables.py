"""What the next message of a person answers."""

from sqlalchemy import BigInteger, Column, String, Table

from bot.storage.columns import Moment, metadata

prompts = Table(
    "prompts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(64), nullable=False),
    Column("ref", String(64), nullable=False, server_default=""),
    Column("until", Moment, nullable=False),
)
