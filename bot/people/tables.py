"""Rows of people, staff, invitations, the audit log and erasures."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    bindparam,
    false,
    select,
)

from bot.people.domain import Role, State, Via
from bot.storage.columns import BigId, Json, Moment, metadata
from bot.storage.prepared import Prepared


def _one_of(column: str, values: type[Role] | type[State] | type[Via]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


people = Table(
    "people",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("first_name", String(64), nullable=False),
    Column("language", String(16)),
    Column("pending_start", String(64)),  # payload of a link, until a language is chosen
    Column("pending_message", Text),  # what was asked before that; an encoded Incoming
    Column("state", String(16), nullable=False, server_default=State.REACHABLE),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("reminders", String(32)),  # which they want, by name; "": none; None: the usual ones
    CheckConstraint(_one_of("state", State), name="state"),
)

staff = Table(
    "staff",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("languages", Json, nullable=False),
    Column("in_groups", Json, nullable=False),  # staff groups they were last known to be in
    Column("granted_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("granted_at", Moment, nullable=False),
    Column("via", String(16), nullable=False),
    Column("skills", Json, nullable=False, server_default="[]"),  # what they were trained for
    Column("is_on_call", Boolean, nullable=False, server_default=false()),  # urgent, at any hour
    CheckConstraint(_one_of("role", Role), name="role"),
    CheckConstraint(_one_of("via", Via), name="via"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("languages", Json, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("skills", Json, nullable=False, server_default="[]"),
    CheckConstraint(_one_of("role", Role), name="role"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("action", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("detail", Json, nullable=False),
    Index("ix_audit_subject_id", "subject", "id"),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("telegram_hash", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)

bot_rights = Table(
    "bot_rights",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("status", String(16), nullable=False),
    Column("rights", Json, nullable=False),
    Column("at", Moment, nullable=False),
)

WITH_ROLE = select(
    people.c.id,
    people.c.telegram_id,
    people.c.first_name,
    people.c.language,
    people.c.state,
    people.c.created_at,
    people.c.seen_at,
    people.c.reminders,
    staff.c.role,
    staff.c.via,
    staff.c.languages,
    staff.c.in_groups,
    staff.c.skills,
    staff.c.is_on_call,
).select_from(people.outerjoin(staff, staff.c.person_id == people.c.id))

# Every incoming message asks the first of them.
BY_TELEGRAM_ID = Prepared(WITH_ROLE.where(people.c.telegram_id == bindparam("telegram_id")))
BY_ID = Prepared(WITH_ROLE.where(people.c.id == bindparam("id")))
