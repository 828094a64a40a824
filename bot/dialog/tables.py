"""What the next message of a person answers, and dialogs that are under way."""

from sqlalchemy import BigInteger, Column, Integer, String, Table

from bot.storage.columns import BigId, Json, Moment, metadata

prompts = Table(
    "prompts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(64), nullable=False),
    Column("ref", String(64), nullable=False, server_default=""),
    Column("until", Moment, nullable=False),
)

forms = Table(
    "forms",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("form", String(24), nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", String(16), nullable=False, server_default=""),  # "": the summary
    Column("answers", Json, nullable=False),  # name of a step -> answer
    Column("draft", Json),  # what is ticked in the current step
    Column("ref", String(64), nullable=False, server_default=""),
    Column("begun_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False, index=True),
)
