"""Rows of events, of who takes part, and of their places."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    true,
)

from bot.events.domain import Place
from bot.storage.columns import BigId, Json, Moment, metadata, touched_at

# Somebody who may have a place. Who has no Telegram (yet) is known by name only; the name goes when
# they are forgotten, the row stays until the year is closed, so that counts stay right.
participants = Table(
    "participants",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL"), unique=True),
    Column("name", String(64)),
    Column("created_at", Moment, nullable=False),
    Column("name_until", Moment, index=True),  # of a walker on a list: then the name goes by itself
)

series = Table(
    "series",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("rule", String(200), nullable=False),  # RFC 5545, such as FREQ=WEEKLY;BYDAY=TU
    Column("skips_holidays", Boolean, nullable=False, server_default=true()),
    Column("made_until", Moment),  # events exist up to here
)

# Moments are UTC; what people agreed on is the wall clock of `zone`, and that is what stays when
# rules about summer time change.
events = Table(
    "events",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("series_id", ForeignKey("series.id", ondelete="SET NULL"), index=True),
    Column("titles", Json, nullable=False, server_default="{}"),  # language -> title
    Column("texts", Json, nullable=False, server_default="{}"),  # language -> what it is
    Column("starts_at", Moment, nullable=False, index=True),
    Column("ends_at", Moment, nullable=False),
    Column("starts_wall", String(16), nullable=False),  # 2026-03-29T09:00
    Column("zone", String(40), nullable=False, server_default="Europe/Brussels"),
    Column("office", String(32)),
    Column("place", String(200), nullable=False, server_default=""),  # name and address
    Column("town", String(80), nullable=False, server_default=""),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("capacity", Integer),  # None: no limit
    Column("minimum", Integer, nullable=False, server_default="0"),
    Column("has_waitlist", Boolean, nullable=False, server_default=true()),
    Column("taken", Integer, nullable=False, server_default="0"),  # places and offers that count
    Column("contact", String(120), nullable=False, server_default=""),
    Column("sequence", Integer, nullable=False, server_default="0"),  # of the calendar file
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment),
    Column("cancelled_at", Moment),
    Column("is_open", Boolean, nullable=False, server_default=true()),
    Column("before", Json),  # what people were last told, where that is no longer true
    touched_at(),
    Column("online_link", String(300), nullable=False, server_default=""),
    Column("languages", Json, nullable=False, server_default="[]"),  # spoken there
    Column("has_interpreter", Boolean, nullable=False, server_default=false()),
    Column("for_children", Boolean, nullable=False, server_default=false()),
    Column("access", String(200), nullable=False, server_default=""),
    Column("audience", Json, nullable=False, server_default="{}"),  # roles, offices, languages
    Column("picture", String(200), nullable=False, server_default=""),
    Column("source", String(300)),  # by which a file knows it again; NULL: of no file
    Column("source_sequence", Integer, nullable=False, server_default="0"),
    Column("off_why", String(16), nullable=False, server_default=""),  # why it was called off
    Column("off_words", String(300), nullable=False, server_default=""),
    Index("ix_events_kind_starts_at", "kind", "starts_at"),
    Index("ix_events_source", "source", unique=True),  # of two who bring the same in, one does
)

# Files that coordinators sent to be brought in; the content is Telegram's and is not kept.
event_files = Table(
    "event_files",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("file_id", String(200), nullable=False),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE")),  # walkers of this walk
    Column("kind", String(16), nullable=False, server_default=""),  # where the file does not say
    Column("office", String(32), nullable=False, server_default=""),
    Column("state", String(16), nullable=False),
    Column("sign", String(64), nullable=False, server_default=""),  # of what was shown
    Column("created_at", Moment, nullable=False, index=True),
)

# When walkers set off. `walkers` and `most_teams` None: no limit.
start_slots = Table(
    "start_slots",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("walkers", Integer),
    Column("most_teams", Integer),
    UniqueConstraint("event_id", "starts_at"),
)

teams = Table(
    "teams",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(64), nullable=False),
    Column("size", Integer, nullable=False),  # for so many walkers; kept in the slot
    Column("captain_id", ForeignKey("participants.id", ondelete="SET NULL"), index=True),
    Column("slot_id", ForeignKey("start_slots.id", ondelete="SET NULL"), index=True),
    Column("token", String(32), unique=True),  # of the invitation; None: nobody is invited
    Column("created_at", Moment, nullable=False),
    Column("cancelled_at", Moment),
)

registrations = Table(
    "registrations",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Column(
        "participant_id",
        ForeignKey("participants.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("state", String(16), nullable=False, server_default=Place.PLACED),
    Column("companions", Integer, nullable=False, server_default="0"),
    Column("queued_at", Moment),  # since when on the waitlist; the order is this, then the id
    Column("offered_until", Moment),
    Column("confirmed_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("reason", String(32), nullable=False, server_default=""),  # why given back, or absent
    Column(
        "marked_by", String(16), nullable=False, server_default=""
    ),  # who said: attended, absent
    Column("is_excused", Boolean, nullable=False, server_default=false()),
    Column("team_id", ForeignKey("teams.id", ondelete="SET NULL"), index=True),
    Column("joined_at", Moment),  # the team
    Column("slot_id", ForeignKey("start_slots.id", ondelete="SET NULL"), index=True),  # walks alone
    Column("own_start", Moment),  # when they set off, where it is not when the event begins
    Column("told_start", Moment),  # what they last heard of that, where it is no longer true
    Column("wants_team", Boolean, nullable=False, server_default=false()),
    # Of the code that is shown at the door; only who asked for one has it.
    Column("code", String(16), unique=True, index=True),
    Column("is_rated", Boolean, nullable=False, server_default=false()),  # said how it was
    UniqueConstraint("event_id", "participant_id"),
    Index("ix_registrations_event_id_state", "event_id", "state"),
)

# How an event was, without a name: nothing leads from here to who said it.
event_ratings = Table(
    "event_ratings",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("smile", Integer, nullable=False),  # 1 (not good) to 3 (good)
    Column("line", String(300)),
)
