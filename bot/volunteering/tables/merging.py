"""Rows of files that may be of one person."""

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint

from bot.storage.columns import BigId, Moment, metadata

# Two files that may be of one person; the row goes with either of them.
doubles = Table(
    "doubles",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("other_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reason", String(16), nullable=False),  # name, phone, link
    Column("found_at", Moment, nullable=False),
    Column("parted_at", Moment),  # a coordinator said: two different people
    UniqueConstraint("volunteer_id", "other_id"),
)
