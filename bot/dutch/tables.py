"""Rows of the Dutch phrase of the day: who gets it, and how far they are."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table

from bot.storage.columns import Moment, metadata

learners = Table(
    "learners",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("hour", Integer, nullable=False),  # in Brussels
    Column("only_weekdays", Boolean, nullable=False),
    Column("sent", Integer, nullable=False, server_default="0"),
    Column("last_on", Date),
    Column("next_on", Date),  # nothing: stopped
    Column("changed_at", Moment, nullable=False),
)
Index("ix_learners_hour", learners.c.hour, learners.c.next_on)
