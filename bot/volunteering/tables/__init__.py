"""Rows of volunteers: their file, what they agreed to, what they did."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from bot.storage.columns import BigId, Json, Moment, metadata, touched_at
from bot.volunteering.tables.merging import doubles
from bot.volunteering.tables.organisations import (
    assignments,
    organisation_contacts,
    organisation_requests,
    organisations,
    shifts,
    talks,
)

__all__ = [
    "assignments",
    "doubles",
    "organisation_contacts",
    "organisation_requests",
    "organisations",
    "shifts",
    "talks",
]

# A file is stripped, not deleted, when somebody is forgotten: office, project and dates stay until
# the year is closed, so that its figures stay right; nothing in it leads to the person any more.
volunteers = Table(
    "volunteers",
    metadata,
    Column(
        "id",
        ForeignKey("participants.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("office", String(32), nullable=False, index=True),
    Column("project", String(32)),
    Column("state", String(16), nullable=False),
    Column("source", String(16), nullable=False),  # telegram, coordinator, import
    Column("enrolled_at", Moment, nullable=False),
    Column("decided_at", Moment),  # approved or refused
    Column("decided_by", ForeignKey("people.id", ondelete="SET NULL")),
    # Of who has no Telegram; else only until the coordinator has called.
    Column("phone", String(32)),
    Column("mail", String(120)),
    Column("postcode", String(8)),
    Column("town", String(80)),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("languages", Json, nullable=False, server_default="{}"),  # code -> level 1, 2 or 3
    Column("sectors", Json, nullable=False, server_default="[]"),
    Column("talents", Json, nullable=False, server_default="[]"),
    Column("wishes", Json, nullable=False, server_default="[]"),  # kinds: occasional, structural …
    Column("availability", Integer, nullable=False, server_default="0"),  # bit = weekday * 3 + part
    Column("motivation", Text),
    Column("motivation_voice", BigInteger),  # message id in the person's own chat
    Column("mobility", String(16)),  # foot, bike, public, car
    Column("max_km", Integer),
    Column("has_licence", Boolean, nullable=False, server_default=false()),
    Column("brings_children", Boolean, nullable=False, server_default=false()),
    Column("age_group", String(8)),  # adult, 16_17 (guardian's consent), never a date of birth
    Column("guardian", String(80)),
    Column("referred_by", String(120)),
    Column("seen_at", Moment),  # last activity; the file is kept 730 days after it
    Column("first_shift_called_at", Moment),
    Column("left_at", Moment),
    Column("left_reason", String(32)),
    Column("surveyed_at", Moment),
    Column("stripped_at", Moment),
    touched_at(),
    Column("talk", String(16)),  # how they want to talk first: office, call, write
    # Set when the file is stripped: did its town have an office? Until then the postcode says it.
    Column("lives_outside", Boolean),
    Column("no_thanks_at", Moment),  # wants no thank-you of the year
)

office_coordinators = Table(
    "office_coordinators",
    metadata,
    Column("office", String(32), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
)

# Whom a coordinator ticks on the list of a shift, before they are all asked at once.
picks = Table(
    "picks",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "volunteer_id",
        ForeignKey("volunteers.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("at", Moment, nullable=False, index=True),
)

# What was accepted, in which version, when: code of conduct, agreement, privacy, guardian, report
# back, referral.
consents = Table(
    "consents",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("document", String(32), nullable=False),
    Column("version", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("via", String(16), nullable=False),  # self, coordinator
    Column("withdrawn_at", Moment),
)

# One-time codes by which a person without Telegram takes over their file with a QR code.
link_codes = Table(
    "link_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("kind", String(16), nullable=False, server_default="file"),  # file, guardian
)

# Structural volunteering, buddies and mentors: somebody has a place for a time.
placements = Table(
    "placements",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "assignment_id",
        ForeignKey("assignments.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column(
        "volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    # The other side of a pair.
    Column("partner_id", ForeignKey("participants.id", ondelete="SET NULL"), index=True),
    Column("state", String(16), nullable=False),  # of domain.placing
    Column("weekly_minutes", Integer, nullable=False, server_default="0"),
    Column("since", Date),
    Column("until", Date),
    Column("ended_reason", String(32)),
    Column("created_at", Moment, nullable=False),
    Column("days", Integer, nullable=False, server_default="0"),  # bit = weekday * 3 + part
    Column("volunteer_at", Moment),  # said yes when a coordinator asked
    Column("partner_at", Moment),
    Column("accepted_at", Moment),  # a coordinator approved their own wish
    Column("proposed_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("ended_by", String(16)),  # volunteer, partner, coordinator
    Column("told_at", Moment),  # the other side of a pair knows that it ended
    Column("meets_at", Moment),  # the first time that a pair meets
    # How they can be reached, until both have said it; then each gets the other's, and both go.
    Column("volunteer_contact", String(80)),
    Column("partner_contact", String(80)),
)

# Who would like a buddy or a mentor: volunteers too, and people without Telegram.
partners = Table(
    "partners",
    metadata,
    Column(
        "participant_id",
        ForeignKey("participants.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("office", String(32), nullable=False, index=True),
    Column("postcode", String(8), nullable=False),
    Column("town", String(80), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("languages", Json, nullable=False, server_default="[]"),  # codes
    Column("availability", Integer, nullable=False, server_default="0"),  # as a volunteer's
    Column("phone", String(32)),  # only of who has no Telegram
    Column("waits_since", Moment),  # None: has somebody, or does not look any more
    Column("changed_at", Moment, nullable=False, index=True),
)

# What is done of the list before the first shift. Never which benefit, never an extract itself.
checklist_items = Table(
    "checklist_items",
    metadata,
    Column("volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True),
    Column("item", String(32), primary_key=True),  # or "sent": the list went out
    Column("at", Moment, nullable=False),
    Column("via", String(16), nullable=False, server_default="self"),  # coordinator, waived
    Column("by", ForeignKey("people.id", ondelete="SET NULL")),  # the coordinator who said so
)

hours = Table(
    "hours",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column(
        "assignment_id",
        ForeignKey("assignments.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("event_id", ForeignKey("events.id", ondelete="SET NULL")),  # None: a week, structural
    Column("worked_on", Date, nullable=False, index=True),  # of a week: its Monday
    Column("minutes", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # derived, corrected, approved, refused
    Column("approved_via", String(16)),  # contact, link, coordinator
    Column("approved_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("said_minutes", Integer),  # what the volunteer says, where it differs
    Column("reason", String(16)),  # why; one of a few
    UniqueConstraint("volunteer_id", "assignment_id", "worked_on", "event_id"),
)

trajectories = Table(
    "trajectories",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("status", String(16), nullable=False),
    Column("referrer", String(120)),
    Column("report_back_at", Moment),  # consent to tell who referred
    Column("target_minutes", Integer, nullable=False, server_default="2400"),
    Column("started_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("completed_at", Moment),
    Column("reported_at", Moment),
    # the last milestone that the volunteer was shown
    Column("shown_minutes", Integer, nullable=False, server_default="0"),
)

# Counts of a month; never in a person's file.
barriers = Table(
    "barriers",
    metadata,
    Column("month", String(7), primary_key=True),  # 2026-11
    Column("office", String(32), primary_key=True),
    Column("barrier", String(16), primary_key=True),
    Column("count", Integer, nullable=False),
)

# Answers without a name; who was asked stands apart, without the answers.
evaluations = Table(
    "evaluations",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("about", String(16), nullable=False),  # first_shift, assignment, organisation, survey
    Column("office", String(32)),
    Column("project", String(32)),
    Column("assignment_id", ForeignKey("assignments.id", ondelete="SET NULL")),
    Column("language", String(16)),
    Column("answers", Json, nullable=False),  # question -> value
    Column("comment", Text),
    Column("answered_on", Date, nullable=False, index=True),
)

evaluation_requests = Table(
    "evaluation_requests",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("about", String(16), nullable=False),
    Column("ref", String(32), nullable=False),  # id of the shift, assignment or round
    Column("asked_at", Moment, nullable=False),
    Column("answered_at", Moment),
    UniqueConstraint("volunteer_id", "about", "ref"),
)

letters = Table(
    "letters",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),  # of the page that confirms it
    Column("volunteer_id", ForeignKey("volunteers.id", ondelete="SET NULL"), index=True),
    Column("kind", String(16), nullable=False),  # letter, certificate, proof
    Column("state", String(16), nullable=False),  # asked, approved, refused, withdrawn
    Column("office", String(32), nullable=False),
    Column("language", String(16), nullable=False),
    Column(
        "facts", Json, nullable=False
    ),  # what it says: name, hours, tasks; emptied with the file
    Column("asked_at", Moment, nullable=False),
    Column("approved_at", Moment),
    Column("approved_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("content", LargeBinary),  # as it was approved, so that it is re-sent as it was
    Column("project", String(32)),  # set when the file is stripped: where it is counted
    Column("edition", Integer, nullable=False, server_default="0"),  # previews that were shown
    Column("unasked", Boolean, nullable=False, server_default=false()),  # begun by a coordinator
    Column("replaces", String(20), index=True),  # number of the letter that it corrects
)

notes = Table(
    "notes",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("author_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("coordinator_id", ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("due_on", Date, nullable=False),
    Column("what", String(200), nullable=False),
    Column("done_at", Moment),
)

referrals = Table(
    "referrals",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "volunteer_id", ForeignKey("volunteers.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("to_whom", String(120), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("consent_at", Moment),
    Column("declined_at", Moment),
    Column("result", String(32)),
    Column("result_at", Moment),
    Column("by", ForeignKey("people.id", ondelete="SET NULL")),
)

# The starter kit, the agreement, the code of conduct: files by language.
documents = Table(
    "documents",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", String(32), nullable=False),
    Column("language", String(16), nullable=False),
    Column("title", String(120), nullable=False),
    Column("file_name", String(120), nullable=False),
    Column("version", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Moment, nullable=False),
    # Of a file that a coordinator sent in Telegram: it is sent again by this; content is empty.
    Column("file_id", String(200)),
    UniqueConstraint("key", "language"),
)

# A closed year, as counts: erasure and clean-up never change what was reported.
frozen_figures = Table(
    "frozen_figures",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("office", String(32), primary_key=True),  # "" in totals
    Column("project", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("figure", String(48), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("frozen_at", Moment, nullable=False),
    Index("ix_frozen_figures_year", "year"),
)
