"""Who somebody is and what a role may do. Pure."""

import hashlib
import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from bot.errors import N_, NotAllowed, Refused

PersonId = NewType("PersonId", int)

# Nobody's row has this id: it stands for somebody who cannot be told apart.
NOBODY = PersonId(0)

INVITATION_LASTS = timedelta(days=7)
SEEN_EVERY = timedelta(days=1)
CONFIRMATION_LASTS = timedelta(hours=1)
# Telegram lets a bot delete messages younger than 48 hours, and ours still have to get there.
TAKEN_BACK_WITHIN = timedelta(hours=47)

AUDIT_KEPT = timedelta(days=730)
FORGOTTEN_KEPT = timedelta(days=730)
INVITATION_KEPT = timedelta(days=90)  # after it ended, so that a leaked link can still be traced
PENDING_KEPT = timedelta(days=7)
SILENT_PERSON_KEPT = timedelta(days=730)


# What somebody may have been trained for; a question may need one of them.
LEGAL: Final = "legal"
VIOLENCE: Final = "violence"
MINORS: Final = "minors"
SKILLS: Final = (LEGAL, VIOLENCE, MINORS)


class Role(StrEnum):
    """What somebody is among the staff; each may do what those before may."""

    TRAINEE = "trainee"
    STAFF = "staff"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class Via(StrEnum):
    """Where a role comes from. What a person gave the group does not change: a link, or a
    coordinator with /team, which is stored as an invitation too (the table knows these two, and
    nothing depends on which of them it was; the audit log tells)."""

    INVITATION = "invitation"
    GROUP = "group"


class State(StrEnum):
    """Can the person be written to?"""

    REACHABLE = "reachable"
    BLOCKED = "blocked"
    GONE = "gone"


# Without these the bot cannot keep a topic for each question, the pinned list, and a tidy group.
RIGHTS: Final = ("can_manage_topics", "can_pin_messages", "can_delete_messages")

_RANK = {role: rank for rank, role in enumerate(Role)}
_INSIDE = {"creator", "administrator", "member"}
_LEADS = {"creator", "administrator"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks with the bot. `telegram_id` is also the id of their private chat."""

    id: PersonId
    telegram_id: int
    first_name: str
    language: str | None  # chosen by button; None: not chosen yet
    role: Role | None  # from the server's own rows, never from what a phone says
    is_anonymous: bool = False  # an anonymous admin of the group: cannot be attributed
    speaks: tuple[str, ...] = ()  # languages a colleague answers in; empty: not known
    skills: frozenset[str] = frozenset()  # what a colleague was trained for
    reminders: tuple[str, ...] | None = None  # which they want; None: the usual ones


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the staff: who, and the languages in which questions reach them."""

    person: Person
    languages: tuple[str, ...]
    via: Via
    is_on_call: bool = False  # has said yes to urgent questions at any hour
    has_own_chat: bool = False  # has spoken with the bot alone, and can be written to there


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person's role and of the staff groups they are in."""

    person_id: PersonId
    role: Role | None
    via: Via | None
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class Change:
    """What a membership does to a standing. role None: the role goes."""

    role: Role | None
    groups: frozenset[int]


class StaffOnly(NotAllowed):
    """Only staff may do this."""

    sentence = N_("Only colleagues of the team can do this.")


class InvitationSpent(Refused):
    """The invitation is unknown, used by somebody else, or too old."""

    sentence = N_("This invitation no longer works. Please ask your coordinator for a new one.")


def is_at_least(role: Role | None, needed: Role) -> bool:
    """Does `role` include what `needed` may?"""
    return role is not None and _RANK[role] >= _RANK[needed]


def require(person: Person, needed: Role = Role.TRAINEE) -> None:
    """Raises StaffOnly unless the person's own row gives at least this role."""
    if person.is_anonymous or not is_at_least(person.role, needed):
        raise StaffOnly


def nobody(telegram_id: int = 0) -> Person:
    """Somebody who cannot be attributed, and so has no rights."""
    return Person(NOBODY, telegram_id, "—", None, None, is_anonymous=True)


def is_inside(status: str, *, is_member: bool = False) -> bool:
    """Does Telegram's word for a membership mean: in the group now?"""
    return status in _INSIDE or (status == "restricted" and is_member)


def lacking(rights: Collection[str]) -> tuple[str, ...]:
    """Which of its rights the bot does not have in a staff group."""
    return tuple(right for right in RIGHTS if right not in rights)


def group_role(status: str) -> Role:
    """What a membership of the staff group makes of somebody."""
    return Role.COORDINATOR if status in _LEADS else Role.STAFF


def joins(standing: Standing, group_id: int, status: str) -> Change:
    """In the group now. What an invitation gave is not changed by the group."""
    role = standing.role
    if role is None or standing.via is Via.GROUP:
        role = group_role(status)
    return Change(role, standing.groups | {group_id})


def leaves(standing: Standing, group_id: int) -> Change:
    """Not in the group now. Whoever was in a staff group and is in none any more loses the role."""
    groups = standing.groups - {group_id}
    had_place = bool(standing.groups)
    return Change(None if had_place and not groups else standing.role, groups)


def invited_role(standing: Standing, offered: Role) -> Role:
    """An invitation replaces what the group gave, and never lowers an earlier invitation."""
    is_kept = standing.via is Via.INVITATION and is_at_least(standing.role, offered)
    return standing.role if is_kept and standing.role is not None else offered


def code_hash(code: str) -> str:
    """What is stored of an invitation; the code itself has 192 random bits."""
    return hashlib.sha256(code.encode()).hexdigest()


def telegram_hash(telegram_id: int, key: bytes) -> str:
    """A mark of an erased person. Ids are short numbers: without the key it could be guessed."""
    return hmac.new(key, str(telegram_id).encode(), hashlib.sha256).hexdigest()


_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_payload(text: str) -> bool:
    """May a link carry this ("q_asylum-apply")? Telegram allows no other form."""
    return _PAYLOAD.fullmatch(text) is not None


def stamp(now: datetime) -> str:
    """The moment of a confirmation, as it stands in its button."""
    return str(int(now.timestamp()))


def is_fresh(stamped: str, now: datetime) -> bool:
    """Was the confirmation shown a short while ago? An old screen must not erase anybody."""
    if not stamped.isascii() or not stamped.isdigit() or len(stamped) > 12:
        return False
    age = now - datetime.fromtimestamp(int(stamped), UTC)
    return -timedelta(minutes=5) <= age <= CONFIRMATION_LASTS


_MARK = re.compile(r"[\w:.\-]{0,64}", re.ASCII)


def holds_no_text(detail: object) -> bool:
    """Is this only ids, numbers and names of things, so that the audit log may keep it?"""
    if isinstance(detail, dict):
        return all(holds_no_text(item) for pair in detail.items() for item in pair)
    if isinstance(detail, list | tuple):
        return all(holds_no_text(item) for item in detail)
    if isinstance(detail, str):
        return _MARK.fullmatch(detail) is not None
    return detail is None or isinstance(detail, bool | int)


def language_order(codes: Collection[str], first: str | None) -> list[str]:
    """The languages as they are shown; Telegram's own setting only decides which comes first."""
    return sorted(codes, key=lambda code: code != first)
