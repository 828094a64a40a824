"""Rows of organisations, of what they offer, and of when."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    true,
)

from bot.storage.columns import BigId, Json, Moment, metadata, touched_at

organisations = Table(
    "organisations",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("sector", String(16), nullable=False),
    Column("office", String(32), nullable=False, index=True),
    Column("town", String(80), nullable=False),
    Column("postcode", String(8), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("criteria", Json, nullable=False, server_default="[]"),  # those that were checked
    Column("criteria_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("is_active", Boolean, nullable=False, server_default=true()),
)

organisation_contacts = Table(
    "organisation_contacts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "organisation_id",
        ForeignKey("organisations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("name", String(80), nullable=False),
    Column("phone", String(32)),
    Column("mail", String(120)),
    Column("created_at", Moment, nullable=False),
    Column("is_active", Boolean, nullable=False, server_default=true()),
    Column("link_hash", String(64)),  # of the one-time link to Telegram
    Column("link_expires_at", Moment),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "organisation_id",
        ForeignKey("organisations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("contact_id", ForeignKey("organisation_contacts.id", ondelete="SET NULL")),
    Column("office", String(32), nullable=False, index=True),
    Column("project", String(32)),
    Column("kind", String(16), nullable=False),
    Column("sector", String(16), nullable=False),
    Column("state", String(16), nullable=False),  # draft, open, closed
    Column("titles", Json, nullable=False, server_default="{}"),  # language -> title
    Column("texts", Json, nullable=False, server_default="{}"),  # language -> description
    Column("written_in", String(16), nullable=False),
    Column("place", String(200), nullable=False, server_default=""),
    Column("town", String(80), nullable=False),
    Column("postcode", String(8), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("languages", Json, nullable=False, server_default="{}"),  # code -> least level 1-3
    Column("talents", Json, nullable=False, server_default="[]"),
    Column("availability", Integer, nullable=False, server_default="0"),  # as a volunteer's
    Column("needs_licence", Boolean, nullable=False, server_default=false()),
    Column("needs_record_extract", Boolean, nullable=False, server_default=false()),  # minors
    Column("least_age", Integer, nullable=False, server_default="16"),
    Column("counts_as_dutch", Boolean, nullable=False, server_default=false()),
    Column("counts_as_social", Boolean, nullable=False, server_default=false()),
    Column("wanted", Integer, nullable=False, server_default="1"),  # of a structural one
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment),
    Column("created_by", ForeignKey("people.id", ondelete="SET NULL")),
    touched_at(),
)

# A shift is an event; this says of which assignment.
shifts = Table(
    "shifts",
    metadata,
    Column(
        "event_id",
        ForeignKey("events.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column(
        "assignment_id",
        ForeignKey("assignments.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("contact_id", ForeignKey("organisation_contacts.id", ondelete="SET NULL")),
    Column(
        "link_version", Integer, nullable=False, server_default="1"
    ),  # signed links before: dead
    Column("confirmed_at", Moment),  # the organisation confirmed attendance and hours
    Column("edition", Integer, nullable=False, server_default="0"),  # one more with each saving
)

# An intake or exit talk is an event with one place; this says with whom.
talks = Table(
    "talks",
    metadata,
    Column(
        "event_id",
        ForeignKey("events.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("coordinator_id", ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("about", String(16), nullable=False),  # intake, exit
)

# How was the cooperation? Asked of an organisation once for a shift, once at an assignment's end.
# The answer stands in `evaluations`.
organisation_requests = Table(
    "organisation_requests",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id", ondelete="CASCADE"), nullable=False),
    Column("about", String(16), nullable=False),  # shift, end
    Column("ref", String(32), nullable=False),  # id of the shift; "" at the end
    Column("asked_at", Moment, nullable=False, index=True),
    Column("answered_at", Moment),
    UniqueConstraint("assignment_id", "about", "ref"),
)
