"""Rows of the roster: weekly blocks, closed days, and one row that counts the changes."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from bot.storage.columns import BigId, metadata

REASON_LIMIT = 200

duty_blocks = Table(
    "duty_blocks",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("desk", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("weekday", SmallInteger, nullable=False),  # 0 = Monday
    Column("opens", String(5), nullable=False),  # 09:00, Brussels wall clock
    Column("closes", String(5), nullable=False),
    UniqueConstraint("desk", "language", "person_id", "weekday", "opens"),
)

# desk or language NULL: all of them.
duty_closures = Table(
    "duty_closures",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("day", Date, nullable=False, index=True),
    Column("desk", String(16)),
    Column("language", String(16)),
    Column("reason", String(REASON_LIMIT), nullable=False),
)

# One row, counted on with every change: replicas compare it with what they have read.
duty_version = Table(
    "duty_version",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
