"""Rows of messages to many: what is said, who gets it, who wants what."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from bot.broadcast.domain import Stage
from bot.storage.columns import BigId, Json, Moment, metadata

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("topic", String(16), nullable=False),
    Column("audience", Json, nullable=False),
    Column("texts", Json, nullable=False),  # language -> HTML; emptied when its time is over
    Column("stage", String(16), nullable=False, server_default=Stage.DRAFT),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("approved_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("approved_sign", String(16)),  # of exactly what was approved
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Column("expires_at", Moment),  # not sent any more after that
    Column("total", Integer, nullable=False, server_default="0"),
    Column("counts", Json, nullable=False, server_default="{}"),  # fate -> how many, when over
    Column("picture", String(200), nullable=False, server_default=""),  # goes with the texts
)

# Who gets it, fixed when it begins. Goes a week after it is over; then only the counts are left.
broadcast_people = Table(
    "broadcast_people",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("fate", String(16), nullable=False),
)
Index(
    "ix_broadcast_people_fate",
    broadcast_people.c.broadcast_id,
    broadcast_people.c.fate,
    broadcast_people.c.person_id,
)

# Who wants what. Without a row the topic's own rule counts (`domain.OPT_IN`).
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("topic", String(16), primary_key=True),
    Column("is_on", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)
