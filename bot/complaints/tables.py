"""Rows of complaints. No row of an anonymous one knows a person, a chat or a moment."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    false,
)

from bot.complaints.domain import Complaint
from bot.storage.columns import BigId, Moment, metadata
from bot.storage.transaction import Row

complaints = Table(
    "complaints",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("is_anonymous", Boolean, nullable=False),
    Column("language", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("reply", Text),
    Column("code_hash", String(64), unique=True),
    Column("received_on", Date, nullable=False),
    Column("is_brought", Boolean, nullable=False, server_default=false()),
    Column("answered_on", Date),
    Column("read_on", Date),
    Column("is_reduced", Boolean, nullable=False, server_default=false()),
    sqlite_autoincrement=True,
)

# Without a person for an anonymous one: only the button below the preview knows which it is.
complaint_drafts = Table(
    "complaint_drafts",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("text", Text, nullable=False),
    Column("touched_at", Moment, nullable=False),
)

complaint_contacts = Table(
    "complaint_contacts",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Moment, nullable=False),
)

complaint_invitations = Table(
    "complaint_invitations",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
)

# Wrong codes of a person within the hour: how many, never which.
complaint_tries = Table(
    "complaint_tries",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", Moment, nullable=False),
)


def a_complaint(row: Row) -> Complaint:
    """The value of a row of `complaints`."""
    values: dict[str, Any] = {name: row[name] for name in Complaint.__slots__}
    return Complaint(**values)
