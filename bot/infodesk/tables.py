"""Rows of the info desk: what somebody is asking just now, and counts without persons."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from bot.infodesk.domain import UNANSWERED_LIMIT
from bot.storage.columns import BigId, Json, Moment, metadata

# One row a person, for a day at most: what the bot showed, and the own words that were not
# answered yet, so that "Ask a colleague" carries them along.
asking = Table(
    "asking",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("shown", Json, nullable=False),  # slugs, the newest last
    Column("messages", Json, nullable=False),  # [{id, text, media}], as the person sent them
    Column("is_urgent", Boolean, nullable=False, server_default=false()),
    Column("at", Moment, nullable=False, index=True),
    Column("no_help", Json),  # those of `shown` that got a 👎
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("day", Date, nullable=False),
    Column("language", String(16), nullable=False),
    Column("text", String(UNANSWERED_LIMIT), nullable=False),  # normalised; figures masked
    Column("count", Integer, nullable=False),
    UniqueConstraint("day", "language", "text"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("language", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("ups", Integer, nullable=False),
    Column("downs", Integer, nullable=False),
)

# Texts that staff published instead of a file's; the file stays the baseline.
answer_overrides = Table(
    "answer_overrides",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("language", String(16), primary_key=True),
    Column("title", Text, nullable=False),
    Column("short", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("baseline", String(32), nullable=False),  # the sign of the file's text it replaced
    Column("published_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
)

# Texts shown to their author and not published yet; for a day at most.
answer_previews = Table(
    "answer_previews",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("slug", String(64), nullable=False),
    Column("language", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("short", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("instead_of", String(32), nullable=False),  # the sign of what was read at that moment
    Column("author_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
)

# One row, counted on with every publication: replicas compare it with what they have read.
content_version = Table(
    "content_version",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
