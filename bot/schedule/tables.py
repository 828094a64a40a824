"""Rows of what is due, and of what became of reminders."""

from sqlalchemy import Column, Index, Integer, String, Table

from bot.storage.columns import BigId, Moment, metadata

due = Table(
    "due",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", String, nullable=False, unique=True),  # once, whatever crashes
    Column("kind", String, nullable=False),
    Column("ref", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", String),
)
Index("ix_due_due_at", due.c.due_at, due.c.id)

# What became of each reminder, once. The key names a place at an event and a moment, nobody.
reminders = Table(
    "reminders",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("fate", String(16), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
