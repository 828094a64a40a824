"""Where a question can be, how it comes from one state to the next, and who may do that."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a case is. One at a time; the audit log tells how it came there."""

    DRAFT = "draft"  # being written, nobody else sees it
    NEW = "new"  # in the queue
    CLAIMED = "claimed"  # with a colleague, whose turn it is
    WAITING = "waiting"  # the colleague asked something: it is the person's turn
    ANSWERED = "answered"  # the colleague spoke last
    CLOSED = "closed"
    HANDED_OVER = "handed_over"  # in the queue again, meant for somebody
    RELEASED = "released"  # in the queue again, for anybody
    REOPENED = "reopened"  # with the same colleague once more, whose turn it is
    DROPPED = "dropped"  # spam or a duplicate
    DELETED = "deleted"  # by the person; nothing of it remains


QUEUED: Final = (State.NEW, State.RELEASED, State.HANDED_OVER)  # waits for a colleague
OURS: Final = (State.CLAIMED, State.REOPENED)  # it is the colleague's turn
THEIRS: Final = (State.WAITING, State.ANSWERED)  # it is the person's turn
WITH_A_COLLEAGUE: Final = (*OURS, *THEIRS)
OPEN: Final = (*QUEUED, *WITH_A_COLLEAGUE)

OVER: Final = (State.CLOSED, State.DROPPED, State.DELETED)


class Party(StrEnum):
    """In what quality somebody acts on a case."""

    PERSON = "person"  # who asked
    TEAM = "team"  # anybody of the team, trainees too: a mentor reads what they send
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


_OF_CLAIMANT: Final = (Party.CLAIMANT, Party.COORDINATOR)

TRANSITIONS: Final[dict[str, Transition]] = {
    "send": Transition((State.DRAFT,), State.NEW, (Party.PERSON,)),
    "claim": Transition(QUEUED, State.CLAIMED, (Party.TEAM,)),
    "drop": Transition(QUEUED, State.DROPPED, (Party.STAFF,)),
    "restore": Transition((State.DROPPED,), State.NEW, (Party.STAFF,)),
    "ask": Transition((*OURS, State.ANSWERED), State.WAITING, (Party.CLAIMANT, Party.BOT)),
    "answer": Transition((*OURS, State.WAITING), State.ANSWERED, (Party.BOT,)),
    "write": Transition(THEIRS, State.CLAIMED, (Party.PERSON,)),
    "release": Transition(WITH_A_COLLEAGUE, State.RELEASED, (*_OF_CLAIMANT, Party.BOT)),
    "hand_over": Transition(OPEN, State.HANDED_OVER, (*_OF_CLAIMANT, Party.BOT)),
    "protect": Transition(OPEN, State.RELEASED, (Party.STAFF,)),
    "close": Transition(WITH_A_COLLEAGUE, State.CLOSED, _OF_CLAIMANT),
    "solve": Transition(OPEN, State.CLOSED, (Party.PERSON,)),
    "reopen": Transition((State.CLOSED,), State.REOPENED, (Party.PERSON, Party.STAFF)),
    "requeue": Transition((State.CLOSED,), State.RELEASED, (Party.PERSON, Party.STAFF)),
    "forget": Transition(
        (*OPEN, State.CLOSED, State.DROPPED), State.DELETED, (Party.PERSON, Party.BOT)
    ),
}
