"""Rows of the durable post. Times here are seconds since 1970 (floats), because each statement on
these tables runs for each message and goes to the driver as plain SQL.

`ready_at` and `retry_at` are pauses, in true time; all others are calendar times.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.columns import BigId, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("group_id", String),  # album mark
    Column("payload", Text),  # wiped in the commit that marks it done
    Column("state", String, nullable=False, server_default="waiting"),
    Column("ready_at", Double, nullable=False, server_default="0"),
    Column("received_at", Double, nullable=False),
    Column("done_at", Double),
    Column("error", Text),
    UniqueConstraint("bot_id", "update_id"),
    CheckConstraint("state IN ('waiting', 'done', 'aside', 'unread')", name="state"),
    sqlite_autoincrement=True,
)
Index(
    "ix_inbox_heads",
    inbox.c.chat_id,
    inbox.c.id,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
Index("ix_inbox_done_at", inbox.c.done_at)

# Apart from `inbox`, so that a start can be counted while the turn's own transaction locks the row.
inbox_starts = Table(
    "inbox_starts",
    metadata,
    Column("inbox_id", BigInteger, ForeignKey("inbox.id", ondelete="CASCADE"), primary_key=True),
    Column("starts", Integer, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("lane", SmallInteger, nullable=False),
    Column("key", String, unique=True),
    Column("edit_of", String),  # what a waiting edit would change, so that a newer one replaces it
    Column("slot", String),
    Column("body", Text),  # wiped when it is over
    Column("state", String, nullable=False, server_default="waiting"),
    Column("due_at", Double, nullable=False),
    Column("retry_at", Double, nullable=False, server_default="0"),
    Column("expires_at", Double),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("repeats", Integer, nullable=False, server_default="0"),
    Column("receipt", String),
    Column("ref", String),
    Column("person_id", BigInteger),
    Column("created_at", Double, nullable=False),
    Column("over_at", Double),
    Column("sent_ids", String),
    Column("error", Text),
    CheckConstraint(
        "state IN ('waiting', 'sending', 'sent', 'uncertain', 'refused', 'unreachable',"
        " 'expired', 'cancelled')",
        name="state",
    ),
    sqlite_autoincrement=True,
)
_OPEN = "state IN ('waiting', 'sending')"
Index(
    "ix_outbox_open",
    outbox.c.chat_id,
    outbox.c.lane,
    outbox.c.due_at,
    outbox.c.id,
    sqlite_where=text(_OPEN),
    postgresql_where=text(_OPEN),
)
Index(
    "ix_outbox_open_slot",
    outbox.c.slot,
    sqlite_where=text(_OPEN),
    postgresql_where=text(_OPEN),
)
Index("ix_outbox_over_at", outbox.c.over_at)
Index("ix_outbox_chat_id_over_at", outbox.c.chat_id, outbox.c.over_at)

slots = Table(
    "slots",
    metadata,
    Column("name", String, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("id", BigInteger, nullable=False),  # message id, or thread id of a topic
    Column("filled_at", Double, nullable=False),
)
Index("ix_slots_chat_id_id", slots.c.chat_id, slots.c.id)

moved_chats = Table(
    "moved_chats",
    metadata,
    Column("old_id", BigInteger, primary_key=True, autoincrement=False),
    Column("new_id", BigInteger, nullable=False),
)
