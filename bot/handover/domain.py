"""What a case is, what may happen to it and who may do that. Pure."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from bot.errors import N_, NotAllowed, Outdated, Refused
from bot.people import domain as people

CaseId = NewType("CaseId", int)
PieceId = NewType("PieceId", int)

QUESTION: Final = "question"
OTHER_LANGUAGE: Final = "other_language"

TALK: Final = timedelta(hours=24)  # so long after the last message a talk is still live
REOPENED_WITHIN: Final = timedelta(days=14)
DRAFT_KEPT: Final = timedelta(days=1)
DRAFT_SILENCE: Final = timedelta(minutes=5)
BURST: Final = timedelta(minutes=2)  # messages this close together are confirmed once
LIST_PAUSE: Final = timedelta(seconds=15)
LISTED: Final = 20
CARD_TEXT: Final = 700
MARK_LASTS: Final = timedelta(minutes=2)  # marks are dropped first in a busy minute
TOPIC_ROUNDS: Final = 5  # a topic deleted by hand is made again, but not for ever
NOTE: Final = "//"
SCORES: Final = (3, 2, 1)


class State(StrEnum):
    """Where a case is. One at a time; the audit log tells how it came there."""

    DRAFT = "draft"  # being written, nobody else sees it
    NEW = "new"  # in the queue
    CLAIMED = "claimed"  # with a colleague, whose turn it is
    ANSWERED = "answered"  # the colleague spoke last
    CLOSED = "closed"
    DROPPED = "dropped"  # spam or a duplicate
    DELETED = "deleted"  # by the person; nothing of it remains


OPEN: Final = (State.NEW, State.CLAIMED, State.ANSWERED)
WITH_A_COLLEAGUE: Final = (State.CLAIMED, State.ANSWERED)


class Party(StrEnum):
    """In what quality somebody acts on a case."""

    PERSON = "person"  # who asked
    STAFF = "staff"  # any member of staff, trainees excepted
    CLAIMANT = "claimant"
    COORDINATOR = "coordinator"
    BOT = "bot"  # the bot itself, when a message has arrived or a term is over


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which, and who may."""

    sources: tuple[State, ...]
    target: State
    by: tuple[Party, ...]


TRANSITIONS: Final[dict[str, Transition]] = {
    "send": Transition((State.DRAFT,), State.NEW, (Party.PERSON,)),
    "claim": Transition((State.NEW,), State.CLAIMED, (Party.STAFF,)),
    "drop": Transition((State.NEW,), State.DROPPED, (Party.STAFF,)),
    "restore": Transition((State.DROPPED,), State.NEW, (Party.STAFF,)),
    "answer": Transition((State.CLAIMED,), State.ANSWERED, (Party.BOT,)),
    "write": Transition((State.ANSWERED,), State.CLAIMED, (Party.PERSON,)),
    "release": Transition(
        WITH_A_COLLEAGUE, State.NEW, (Party.CLAIMANT, Party.COORDINATOR, Party.BOT)
    ),
    "close": Transition(WITH_A_COLLEAGUE, State.CLOSED, (Party.CLAIMANT, Party.COORDINATOR)),
    "solve": Transition(OPEN, State.CLOSED, (Party.PERSON,)),
    "reopen": Transition((State.CLOSED,), State.CLAIMED, (Party.PERSON, Party.STAFF)),
    "requeue": Transition((State.CLOSED,), State.NEW, (Party.PERSON, Party.STAFF)),
    "forget": Transition(
        (*OPEN, State.CLOSED, State.DROPPED), State.DELETED, (Party.PERSON, Party.BOT)
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A message the person had already sent to the bot and that belongs to the question."""

    message_id: int
    text: str = ""
    media: str | None = None


@dataclass(frozen=True, slots=True)
class Already:
    """What had happened before the person wanted a colleague; handed in from above."""

    asked: tuple[Asked, ...] = ()
    shown: tuple[str, ...] = ()  # titles of the answers the bot gave
    category: str | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A question on its way to a person and back."""

    id: CaseId
    number: int | None
    person_id: people.PersonId | None
    language: str
    kind: str
    category: str | None
    is_urgent: bool
    state: State
    claimed_by: people.PersonId | None
    shown: tuple[str, ...]
    told_inside: tuple[int, ...]  # authors who know that their messages here stay inside
    topic_round: int  # grows with each claim and each time the topic is made again
    has_topic: bool  # False: works by replies to the card
    cards_made: int
    is_rated: bool
    is_reminded: bool
    opened_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    touched_at: datetime
    live_until: datetime | None  # until then the person's messages go to the colleague

    def slot(self, what: str) -> str:
        """The name under which delivery remembers something of this case."""
        return slot(self.id, what)

    def is_live(self, now: datetime) -> bool:
        """Does what the person writes now belong to this talk?"""
        return (
            self.state in WITH_A_COLLEAGUE and self.live_until is not None and now < self.live_until
        )

    def may_be_reopened(self, now: datetime) -> bool:
        """Is it closed, and not too long ago?"""
        return (
            self.state is State.CLOSED
            and self.closed_at is not None
            and now - self.closed_at <= REOPENED_WITHIN
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of a case: the person's ("in") or a colleague's ("out")."""

    id: PieceId
    case_id: CaseId
    direction: str
    author_id: int | None
    chat_id: int
    message_ids: tuple[int, ...]
    media: str | None
    text: str
    state: str
    at: datetime
    is_relayed: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What a card says of a case."""

    case: Case
    text: str
    media: tuple[str, ...] = ()
    earlier: int = 0
    claimant: str = ""


@dataclass(frozen=True, slots=True)
class Inbox:
    """The topic of one language in the staff group."""

    language: str
    generation: int = 0  # how often its topic was made; 0: never
    has_topics: bool = True  # False: the group is no forum, or the right is missing
    listed_at: datetime | None = None
    made_at: datetime | None = None

    def slot(self, what: str) -> str:
        """The name under which delivery remembers something of this inbox."""
        return f"inbox:{self.language}:{what}"


@dataclass(frozen=True, slots=True)
class Own:
    """What the person sees of an own case."""

    case: Case
    expected_at: datetime | None = None
    written: int = 0  # messages in it, of one that was just sent


def urgency(*, is_danger: bool) -> dict[str, bool]:
    """What words of danger change in a case; others change nothing: once urgent stays urgent."""
    return {"is_urgent": True} if is_danger else {}


def slot(case_id: int, what: str) -> str:
    """The name under which delivery remembers something of a case."""
    return f"case:{case_id}:{what}"


def case_of_slot(name: str) -> CaseId:
    """The case a slot belongs to."""
    return CaseId(int(name.split(":")[1]))


def number_in(argument: str) -> int:
    """An id from a button. Raises Outdated for anything that no button of ours holds."""
    if not argument.isascii() or not argument.isdigit() or len(argument) > 15:
        raise Outdated
    return int(argument)


def parties(case: Case, actor: people.Person) -> frozenset[Party]:
    """Every quality in which `actor` may act on `case`."""
    found = {Party.PERSON} if actor.id == case.person_id else set()
    if not actor.is_anonymous and people.is_at_least(actor.role, people.Role.STAFF):
        found.add(Party.STAFF)
        if actor.id == case.claimed_by:
            found.add(Party.CLAIMANT)
        if people.is_at_least(actor.role, people.Role.COORDINATOR):
            found.add(Party.COORDINATOR)
    return frozenset(found)


def shortened(text: str, limit: int = CARD_TEXT) -> str:
    """At most `limit` characters, cut between words, with an ellipsis."""
    if len(text) <= limit:
        return text
    head, space, _ = text[:limit].rpartition(" ")
    return (head if space and len(head) > limit // 2 else text[:limit]).rstrip() + "…"


def with_text(piece: Piece, text: str) -> Piece:
    """The same message after an edit."""
    return dataclasses.replace(piece, text=text)


def oldest_first(cases: Iterable[Case]) -> list[Case]:
    """Urgent ones, then who waits longest."""
    return sorted(cases, key=lambda case: (not case.is_urgent, case.opened_at or case.touched_at))


class NoSuchQuestion(Outdated):
    """It was never there, or it is gone."""

    sentence = N_("This question is not there any more.")


class AlreadyTaken(Outdated):
    """A colleague was first."""

    sentence = N_("{name} already has this question.")


class NotTheClaimant(NotAllowed):
    """Somebody else's question."""

    sentence = N_("Only the colleague who claimed this question can do this.")


class NotForTrainees(NotAllowed):
    """A trainee's answers need a mentor."""

    sentence = N_("A trainee cannot claim a question yet. Please ask a colleague.")


class NothingWritten(Refused):
    """Send was pressed on an empty draft."""

    sentence = N_("There is nothing to send yet. Write, speak or send a photo first.")


class NotYourQuestion(NotAllowed):
    """A button that names another person's case."""

    sentence = N_("This is not your question.")


class TooLateToReopen(Refused):
    """The term for going on with a closed question is over."""

    sentence = N_("That question was closed more than 14 days ago. Please ask a new one.")


class NothingToStop(Refused):
    """/stop where nothing waits."""

    sentence = N_("Nothing is waiting here: what you wrote has already gone out. /undo deletes it.")


class NothingToUndo(Refused):
    """/undo where nothing went out."""

    sentence = N_("There is no message of yours here to delete.")


class NotInATopic(Refused):
    """A command that needs to know the question."""

    sentence = N_("Use this inside the topic of a question, or as a reply to its card.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A staff message that did not go out: why, and whether the author must be told."""

    case: Case
    reason: str  # "note", "command", "unclaimed", "other", "anonymous", "over"
    is_news: bool
    claimant: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """What /stop and /undo did."""

    was_sent: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a person's message in a talk."""

    case: Case
    piece_id: int
    is_first: bool  # of a burst: worth a confirmation
    was_reopened: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What the person has written so far."""

    case: Case
    pieces: tuple[Piece, ...] = field(default=())
    is_new: bool = False
