"""Messages to many: decisions and frozen values. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NewType

from bot.errors import N_, NotAllowed, Refused

BroadcastId = NewType("BroadcastId", int)

APPROVAL_ABOVE: Final = 100  # people; more than these need a second colleague's yes
SLICE: Final = 500  # messages written to the outbox at once
LOW: Final = 250  # fewer waiting there: the next slice is written
TEXT_LENGTH: Final = 2500  # of what staff write: with the frame around it, always one message
USEFUL: Final = timedelta(days=3)  # what nobody said otherwise: later it is not sent any more
TEXTS_KEPT: Final = timedelta(days=90)  # after it is over
RECEIVERS_KEPT: Final = timedelta(days=7)  # who got it; then only how many
DRAFT_KEPT: Final = timedelta(days=60)  # after its last change


class Topic(StrEnum):
    """What a message is about, as people choose it: each may be switched on or off."""

    NEWS = "news"  # what people who use the bot must know: closed days, a new address
    NEWSLETTER = "newsletter"
    ACTIVITIES = "activities"
    REFUGEE_DAY = "refugee_day"
    THANKS = "thanks"


# Only who said yes gets these; the others come until somebody says no.
OPT_IN: Final = frozenset({Topic.NEWSLETTER, Topic.ACTIVITIES, Topic.REFUGEE_DAY})


class Kind(StrEnum):
    """What stands around the text that staff write."""

    OWN = "own"
    NEWSLETTER = "newsletter"
    REFUGEE_DAY = "refugee_day"
    THANKS = "thanks"


TOPIC_OF: Final[Mapping[Kind, Topic]] = {
    Kind.NEWSLETTER: Topic.NEWSLETTER,
    Kind.REFUGEE_DAY: Topic.REFUGEE_DAY,
    Kind.THANKS: Topic.THANKS,
}
SPEAKS_BY_ITSELF: Final = frozenset({Kind.REFUGEE_DAY, Kind.THANKS})  # needs no own text


class Group(StrEnum):
    """Who somebody is; volunteers may be newcomers, and are counted once."""

    NEWCOMERS = "newcomers"  # neither volunteer nor colleague
    VOLUNTEERS = "volunteers"
    STAFF = "staff"


class Stage(StrEnum):
    """Where a message to many stands."""

    DRAFT = "draft"
    ASKED = "asked"  # waits for the yes of a second colleague
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


OVER: Final = (Stage.DONE, Stage.CANCELLED)


class Fate(StrEnum):
    """What became of one person's copy."""

    WAITING = "waiting"
    POSTED = "posted"  # in the outbox
    SENT = "sent"
    BLOCKED = "blocked"  # the person blocked the bot
    UNCERTAIN = "uncertain"  # Telegram did not answer; never sent twice
    REFUSED = "refused"  # Telegram would not take it
    STOPPED = "stopped"  # unsubscribed before it was their turn
    EXPIRED = "expired"  # its time was over
    CANCELLED = "cancelled"


OPEN: Final = (Fate.WAITING, Fate.POSTED)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant. What is empty does not narrow it.

    groups     at least one
    languages  that people chose in the bot
    offices    of volunteers, and of the coordinators who look after them
    postcodes  where volunteers live
    """

    groups: tuple[Group, ...]
    languages: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()

    @property
    def has_region(self) -> bool:
        """Is it about a region? Then only people whose region is known are meant."""
        return bool(self.offices or self.postcodes)

    def as_json(self) -> dict[str, list[str]]:
        """As it is stored."""
        return {
            "groups": [*self.groups],
            "languages": [*self.languages],
            "offices": [*self.offices],
            "postcodes": [*self.postcodes],
        }

    @classmethod
    def of(cls, stored: Mapping[str, Sequence[str]]) -> "Audience":
        """As it was stored."""
        return cls(
            tuple(Group(one) for one in stored.get("groups", ())),
            tuple(stored.get("languages", ())),
            tuple(stored.get("offices", ())),
            tuple(stored.get("postcodes", ())),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be said, and to whom.

    texts       language -> HTML; the first is as it was written
    expires_at  not sent any more after that; None: `USEFUL` after its start
    picture     Telegram's name for a photo that stands above the text
    """

    kind: Kind
    topic: Topic
    audience: Audience
    texts: Mapping[str, str]
    expires_at: datetime | None = None
    picture: str = ""

    @property
    def sign(self) -> str:
        """Changes with every letter of it: what was approved is what is sent."""
        whole: Any = [
            self.kind,
            self.topic,
            self.audience.as_json(),
            sorted(self.texts.items()),
            self.expires_at.isoformat() if self.expires_at else None,
            *([self.picture] if self.picture else []),
        ]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A message to many.

    author    who changed it last; None: erased since
    total     how many people it was begun for
    counts    fate -> how many, once it is over
    """

    id: BroadcastId
    draft: Draft
    stage: Stage
    author: int | None
    created_at: datetime
    approved_by: int | None = None
    approved_sign: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    total: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_approved(self) -> bool:
        """Did a second colleague say yes to exactly this?"""
        return self.approved_sign is not None and self.approved_sign == self.draft.sign


@dataclass(frozen=True, slots=True)
class Reach:
    """Distinct people who are meant now, by language; and how many of them blocked the bot."""

    by_language: Mapping[str, int]
    blocked: int

    @property
    def people(self) -> int:
        """Who can be reached now."""
        return sum(self.by_language.values())

    @property
    def needs_approval(self) -> bool:
        """Too many for one colleague to decide."""
        return self.people > APPROVAL_ABOVE


class NotByYourself(NotAllowed):
    """Who wrote it does not approve it."""

    sentence = N_("You wrote this yourself. Another coordinator has to say yes.")


class NeedsApproval(Refused):
    """More people than one colleague may write to alone."""

    sentence = N_(
        "More than {most} people would get this. Please ask a second coordinator to say yes first."
    )


class NobodyMeant(Refused):
    """An audience without anybody."""

    sentence = N_("Nobody would get this now. Choose more people, or try again later.")


class NothingSaid(Refused):
    """No text in any language."""

    sentence = N_("There is no text yet. Please write it in at least one language.")


class ChangedSince(Refused):
    """The text that was looked at is not the text any more."""

    sentence = N_("The message was changed after this was shown. Please look at it again.")


class TooLate(Refused):
    """It has gone out, or is over."""

    sentence = N_("This has begun already, or is over. It cannot be changed any more.")


def fallbacks(staff_language: str) -> tuple[str, ...]:
    """What somebody reads whose language has no text: English, else the team's language, else
    whatever was written."""
    return tuple(dict.fromkeys(("en", staff_language)))


def read_in(texts: Mapping[str, str], language: str, *, order: Sequence[str]) -> str | None:
    """The language in which a reader of `language` gets it; None: there is no text at all."""
    for code in (language, *order, *texts):
        if texts.get(code):
            return code
    return None


def until(draft: Draft, now: datetime) -> datetime:
    """When its time is over, if it begins now."""
    return draft.expires_at or now + USEFUL
