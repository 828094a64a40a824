"""Rows of the staff queue, and how a row becomes a value."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from bot.handover.domain import Case, CaseId, Inbox, Piece, PieceId, State
from bot.handover.domain.contacts import Channel, Contact, ForWhom
from bot.storage.columns import BigId, Json, Moment, metadata
from bot.storage.transaction import Row

_STATES = ", ".join(f"'{state}'" for state in State)

cases = Table(
    "cases",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("number", Integer, unique=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("language", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("category", String),
    Column("is_urgent", Boolean, nullable=False, server_default=false()),
    Column("state", String, nullable=False),
    Column("claimed_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("shown", Json, nullable=False),
    Column("told_inside", Json, nullable=False),
    Column("topic_round", SmallInteger, nullable=False, server_default="0"),
    Column("has_topic", Boolean, nullable=False, server_default=true()),
    Column("cards_made", SmallInteger, nullable=False, server_default="0"),
    Column("is_rated", Boolean, nullable=False, server_default=false()),
    Column("is_reminded", Boolean, nullable=False, server_default=false()),
    Column("is_reduced", Boolean, nullable=False, server_default=false()),
    Column("opened_at", Moment),
    Column("claimed_at", Moment),
    Column("answered_at", Moment),
    Column("closed_at", Moment),
    Column("touched_at", Moment, nullable=False),
    Column("live_until", Moment),
    Column("desk", String, nullable=False, server_default="infodesk"),
    Column("needs", String),  # the skill without which nobody may claim it
    Column("handed_to", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("note", Text, nullable=False, server_default=""),
    Column("deadline", Date),
    Column("phone", String),  # for one call; erased at closing
    Column("source", String, nullable=False, server_default="chat"),
    Column("told_later_at", Moment),  # when the person heard that it takes longer
    Column("warned_at", Moment),  # when the silent claimant was asked
    Column("pinged", SmallInteger, nullable=False, server_default="0"),
    Column("turn_at", Moment),  # since when it waits, or is its colleague's turn
    Column("alarm_at", Moment),  # urgent: when somebody is alarmed (again)
    Column("alarms", SmallInteger, nullable=False, server_default="0"),
    Column("rating_words", Text, nullable=False, server_default=""),  # why the smiley
    Column("rounds_before", SmallInteger, nullable=False, server_default="0"),
    Column("referred_at", Moment),  # when the person agreed to the legal helpdesk
    Column("visit_at", Moment),
    Column("chosen_until", Moment),  # until then what the person writes belongs to this one
    Column("no_help", Json),  # titles of `shown` that got a 👎
    Column("office", String(32)),  # a volunteer asks the coordinators of this office
    Column("about", String(200)),  # and what it is about, as the team reads it
    CheckConstraint(f"state IN ({_STATES})", name="state"),
    sqlite_autoincrement=True,
)
Index(
    "uq_cases_draft_of_person",
    cases.c.person_id,
    unique=True,
    sqlite_where=text("state = 'draft'"),
    postgresql_where=text("state = 'draft'"),
)
Index("ix_cases_person_id_state", cases.c.person_id, cases.c.state)
Index("ix_cases_state_language", cases.c.state, cases.c.language)
Index("ix_cases_claimed_by", cases.c.claimed_by)

case_messages = Table(
    "case_messages",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "case_id", BigId, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("direction", String, nullable=False),
    Column("author_id", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("message_ids", Json, nullable=False),  # all parts of an album
    Column("media", String),
    Column("text", Text, nullable=False, server_default=""),
    Column("original_text", Text),  # before the first edit
    Column("state", String, nullable=False),
    Column("is_relayed", Boolean, nullable=False, server_default=false()),
    Column("at", Moment, nullable=False),
    UniqueConstraint("chat_id", "message_id", "case_id"),
    CheckConstraint("direction IN ('in', 'out')", name="direction"),
    Column("checked_by", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("moves", String, nullable=False, server_default="answer"),  # a transition, or nothing
    Column("showed", Text),  # the topic of the info desk that a colleague sent
    # The person has not said yet which question it is about; until then no colleague sees it.
    Column("is_unsorted", Boolean, nullable=False, server_default=false()),
    CheckConstraint(
        "state IN ('received', 'checking', 'held', 'sent', 'stopped', 'undone', 'failed')",
        name="state",
    ),
    Column("edited_at", Moment),  # by the person; NULL once a colleague was told
    sqlite_autoincrement=True,
)

# Where the other side sees a message; answers "which message is this a reply to?"
case_copies = Table(
    "case_copies",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column(
        "piece_id",
        BigId,
        ForeignKey("case_messages.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
)

inboxes = Table(
    "inboxes",
    metadata,
    Column("name", String, primary_key=True),
    Column("generation", Integer, nullable=False, server_default="0"),
    Column("has_topics", Boolean, nullable=False, server_default=true()),
    Column("made_at", Moment),
    Column("listed_at", Moment),
)

# Canned answers that coordinators made or changed; those of the bot stand in the catalogues.
canned_answers = Table(
    "canned_answers",
    metadata,
    Column("name", String(24), primary_key=True),
    Column("is_removed", Boolean, nullable=False, server_default=false()),  # one of the bot's
    Column("changed_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("changed_at", Moment, nullable=False),
)

canned_texts = Table(
    "canned_texts",
    metadata,
    Column(
        "name",
        String(24),
        ForeignKey("canned_answers.name", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("language", String(16), primary_key=True),
    Column("text", Text, nullable=False),
    Column("changed_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("changed_at", Moment, nullable=False),
)

# Where and when the legal helpdesk is; nothing of persons.
legal_sites = Table(
    "legal_sites",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("address", String, nullable=False),
    Column("latitude", Double, nullable=False),
    Column("longitude", Double, nullable=False),
)

legal_sessions = Table(
    "legal_sessions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("site_id", BigId, ForeignKey("legal_sites.id", ondelete="CASCADE"), nullable=False),
    Column("starts_at", Moment, nullable=False, index=True),
    Column("ends_at", Moment, nullable=False),
    Column("languages", Json, nullable=False),
    Column("bring", Json, nullable=False),
    Column("places", Integer),  # NULL: whoever comes
    Column("minutes", SmallInteger),  # of one slot
    Column("is_off", Boolean, nullable=False, server_default=false()),
    Column("came", Integer),  # how many, counted afterwards
    UniqueConstraint("site_id", "starts_at"),
)

# A question's place at a session. The pair (session, place) is what two people cannot both have.
legal_visits = Table(
    "legal_visits",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "session_id",
        BigId,
        ForeignKey("legal_sessions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column(
        "case_id", BigId, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("place", Integer),  # NULL where nobody counts
    Column("has_come", Boolean),
    UniqueConstraint("session_id", "place"),
)

# One row. Its lock gives the numbers without gaps, whoever sends at the same moment.
case_numbers = Table(
    "case_numbers",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

# Until when what somebody writes does not reach the team.
mutes = Table(
    "mutes",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("case_id", BigId, ForeignKey("cases.id", ondelete="SET NULL"), index=True),
    Column("reason", Text, nullable=False),
    Column("by", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("made_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("lifted_at", Moment),
    sqlite_autoincrement=True,
)
Index("ix_mutes_person_id_until", mutes.c.person_id, mutes.c.until)

# Counts only: no person, no case.
ratings = Table(
    "ratings",
    metadata,
    Column("on", Date, primary_key=True),
    Column("language", String, primary_key=True),
    Column("category", String, primary_key=True),
    Column("score", SmallInteger, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    CheckConstraint("score BETWEEN 1 AND 3", name="score"),
)

# Contacts outside the chat. At night who counted it is forgotten; then only a count remains.
contacts = Table(
    "contacts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("by", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("begun_at", Moment),
    Column("counted_at", Moment),
    Column("day", Date, index=True),  # None: not counted yet
    Column("channel", String),
    Column("language", String),
    Column("category", String),
    Column("for_whom", String, nullable=False),
    Column("people", Integer, nullable=False),
    sqlite_autoincrement=True,
)

# Answers that may become topics. The question they came from is forgotten with a coordinator's ✓.
topic_drafts = Table(
    "topic_drafts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("case_id", BigId, ForeignKey("cases.id", ondelete="CASCADE"), unique=True),
    Column("language", String, nullable=False),
    Column("category", String),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("state", String, nullable=False),  # draft, checked
    Column("checked_by", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("checked_on", Date),
)

# Themes for policy work: counts by month. The case only as long as it has words.
signals = Table(
    "signals",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("case_id", BigId, ForeignKey("cases.id", ondelete="SET NULL")),
    Column("theme", String, nullable=False),
    Column("language", String, nullable=False),
    Column("month", Date, nullable=False, index=True),  # its first day
    UniqueConstraint("case_id", "theme"),
)


def a_case(row: Row) -> Case:
    """The value of a row of `cases`."""
    names = Case.__slots__
    values: dict[str, Any] = {name: row[name] for name in names if name in row}
    return Case(
        **values
        | {
            "id": CaseId(row["id"]),
            "state": State(row["state"]),
            "shown": tuple(row["shown"] or ()),
            "no_help": tuple(row["no_help"] or ()),
            "told_inside": tuple(row["told_inside"] or ()),
        }
    )


def a_piece(row: Row) -> Piece:
    """The value of a row of `case_messages`."""
    return Piece(
        id=PieceId(row["id"]),
        case_id=CaseId(row["case_id"]),
        direction=row["direction"],
        author_id=row["author_id"],
        chat_id=row["chat_id"],
        message_ids=tuple(row["message_ids"]),
        media=row["media"],
        text=row["text"],
        state=row["state"],
        at=row["at"],
        is_relayed=row["is_relayed"],
        moves=row["moves"],
        showed=row["showed"],
        checked_by=row["checked_by"],
        is_unsorted=row["is_unsorted"],
    )


def an_inbox(row: Row) -> Inbox:
    """The value of a row of `inboxes`."""
    return Inbox(**{name: row[name] for name in Inbox.__slots__})


def a_contact(row: Row) -> Contact:
    """The value of a row of `contacts`."""
    return Contact(
        id=row["id"],
        by=row["by"],
        channel=Channel(row["channel"]) if row["channel"] else None,
        language=row["language"],
        category=row["category"],
        for_whom=ForWhom(row["for_whom"]),
        people=row["people"],
        counted_at=row["counted_at"],
    )
