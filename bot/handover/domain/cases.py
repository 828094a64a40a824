"""What a question is, and the values that go with it."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, NewType

from bot.handover.domain.states import OPEN, QUEUED, WITH_A_COLLEAGUE, Party, State
from bot.people import domain as people

CaseId = NewType("CaseId", int)
PieceId = NewType("PieceId", int)

INFODESK: Final = "infodesk"  # the desk that answers what no other desk does
LEGAL: Final = "legal"
VOLUNTEERING: Final = "volunteering"
MINORS: Final = "minors"
DESKS: Final = (INFODESK, LEGAL, VOLUNTEERING, MINORS)

# What somebody must have learnt before they claim such a question.
VIOLENCE: Final = people.VIOLENCE
SKILLS: Final = people.SKILLS

# What a colleague's message does to the question when it has arrived: a transition, or nothing.
ANSWERS: Final = "answer"
ASKS: Final = "ask"
STAYS: Final = ""

QUESTION: Final = "question"
OTHER_LANGUAGE: Final = "other_language"

TALK: Final = timedelta(hours=24)  # so long after the last message a talk is still live
CHOSEN_FOR: Final = timedelta(hours=24)  # a talk among several stays the one
CHOICE_WAITS: Final = timedelta(minutes=10)  # then it goes to the newest talk
REOPENED_WITHIN: Final = timedelta(days=14)
DRAFT_KEPT: Final = timedelta(days=1)
DRAFT_SILENCE: Final = timedelta(minutes=5)
BURST: Final = timedelta(minutes=2)  # messages this close together are confirmed once
LIST_PAUSE: Final = timedelta(seconds=15)
CARD_PAUSE: Final = timedelta(seconds=15)  # a card is edited at most once in it
LISTED: Final = 20
CARD_TEXT: Final = 700
MARK_LASTS: Final = timedelta(minutes=2)  # marks are dropped first in a busy minute
TOPIC_ROUNDS: Final = 5  # a topic deleted by hand is made again, but not for ever
UNCHECKED_KEPT: Final = timedelta(days=30)  # a trainee's message waits so long for a mentor
NOTE: Final = "//"
SCORES: Final = (3, 2, 1)
BAD: Final = 1  # 🙁
WHY_LIMIT: Final = 500  # characters of the sentence after a smiley


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
    topic: str | None = None  # the topic it is about, as far as one can guess
    no_help: tuple[str, ...] = ()  # of `shown`: what did not help, says the person


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
    desk: str = INFODESK
    needs: str | None = None  # the skill without which nobody may claim it
    handed_to: people.PersonId | None = None  # for whom it waits
    note: str = ""  # what the colleague who handed it over says of it
    deadline: date | None = None  # the last day that the letter names
    phone: str | None = None  # for one call; only the claimant sees it
    source: str = "chat"
    rounds_before: int = 0  # of topics that it had in other groups
    turn_at: datetime | None = None  # since when it waits, or is this colleague's turn
    alarm_at: datetime | None = None  # urgent: when somebody is alarmed (again)
    alarms: int = 0  # how often somebody was
    pinged: int = 0  # 1: who is on duty was told that it waits, 2: the coordinators were
    warned_at: datetime | None = None  # when the silent claimant was asked
    told_later_at: datetime | None = None  # when the person heard that it takes longer
    visit_at: datetime | None = None  # when the person comes to the legal helpdesk
    chosen_until: datetime | None = None  # the person said that they write about this one
    no_help: tuple[str, ...] = ()  # of `shown`: what did not help, says the person
    office: str | None = None  # a volunteer asks the coordinators of this office
    about: str | None = None  # and what it is about, as the team reads it

    def slot(self, what: str) -> str:
        """The name under which delivery remembers something of this case."""
        return slot(self.id, what)

    @property
    def has_place(self) -> bool:
        """Is there a topic, or a header under its card, in the group that answers it now?"""
        return self.topic_round > self.rounds_before

    @property
    def rounds_here(self) -> int:
        """The same as `topic_round`, counted in this group only."""
        return self.topic_round - self.rounds_before

    @property
    def is_queued(self) -> bool:
        """Does it wait for a colleague?"""
        return self.state in QUEUED

    @property
    def is_with_a_colleague(self) -> bool:
        """Does somebody have it?"""
        return self.state in WITH_A_COLLEAGUE

    @property
    def is_open(self) -> bool:
        """Is it neither a draft nor over?"""
        return self.state in OPEN

    @property
    def inbox(self) -> str:
        """The name of the inbox in which it waits: the language, at other desks with the desk."""
        return inbox_name(self.desk, self.language)

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
    moves: str = ANSWERS  # what it does to the question when it has arrived
    showed: str | None = None  # the topic of the info desk that it is
    checked_by: int | None = None  # the mentor who let a trainee's message go
    is_unsorted: bool = False  # the person has not said yet which question it is about


@dataclass(frozen=True, slots=True)
class Summary:
    """What a card says of a case."""

    case: Case
    text: str
    media: tuple[str, ...] = ()
    earlier: int = 0
    lately: tuple[tuple[int, str], ...] = ()  # of the newest of them: number, and a link or nothing
    claimant: str = ""
    handed_to: people.Person | None = None
    is_checked: bool = False  # the claimant is a trainee: a mentor reads what goes out
    speakers: tuple[str, ...] | None = None  # who speaks the language that the claimant does not
    today: date | None = None  # to count the days that a deadline leaves
    shows_more: bool = False  # the rarer buttons too


@dataclass(frozen=True, slots=True)
class Inbox:
    """The topic of one language in a staff group."""

    name: str  # "uk"; of another desk than the info desk "legal/uk"
    generation: int = 0  # how often its topic was made; 0: never
    has_topics: bool = True  # False: the group is no forum, or the right is missing
    listed_at: datetime | None = None
    made_at: datetime | None = None

    def slot(self, what: str) -> str:
        """The name under which delivery remembers something of this inbox."""
        return f"inbox:{self.name}:{what}"

    @property
    def desk(self) -> str:
        """Whose inbox it is."""
        return self.name.rpartition("/")[0] or INFODESK

    @property
    def language(self) -> str:
        """The language of the questions in it."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Own:
    """What the person sees of an own case."""

    case: Case
    expected_at: datetime | None = None
    written: int = 0  # messages in it, of one that was just sent


def inbox_name(desk: str, language: str) -> str:
    """The name of the inbox of a desk and a language."""
    return language if desk == INFODESK else f"{desk}/{language}"


def urgency(*, is_danger: bool) -> dict[str, bool]:
    """What words of danger change in a case; others change nothing: once urgent stays urgent."""
    return {"is_urgent": True} if is_danger else {}


def slot(case_id: int, what: str) -> str:
    """The name under which delivery remembers something of a case."""
    return f"case:{case_id}:{what}"


def link_to(chat_id: int, id_: int) -> str:
    """The address of a message or topic; nothing in a group that has no addresses."""
    name = str(chat_id)
    return f"https://t.me/c/{name.removeprefix('-100')}/{id_}" if name.startswith("-100") else ""


def case_of_slot(name: str) -> CaseId:
    """The case a slot belongs to."""
    return CaseId(int(name.split(":")[1]))


def what_of_slot(name: str) -> str:
    """What the slot of a case holds: "card", "ask:note"."""
    return name.split(":", 2)[2]


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
    waits: bool = False  # for more, because there was so much in a minute
    is_one_of_several: bool = False  # talks: the person reads which one, and may change it


@dataclass(frozen=True, slots=True)
class Unsorted:
    """A message of somebody with several talks: which one is it for?"""

    holder: Case  # where it is kept until they say so
    is_first: bool  # the others join it: they are asked once
    among: tuple["Talk", ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A question that a message may be about, as its button names it."""

    case: Case
    words: str  # with which it began


@dataclass(frozen=True, slots=True)
class Draft:
    """What the person has written so far."""

    case: Case
    pieces: tuple[Piece, ...] = field(default=())
    is_new: bool = False
    is_other: bool = False  # it is for others than the person wanted to ask just now


def parties(case: Case, actor: people.Person) -> frozenset[Party]:
    """Every quality in which `actor` may act on `case`."""
    found = kinds(actor)
    if actor.id == case.person_id:
        found |= {Party.PERSON}
    if actor.id == case.claimed_by and Party.TEAM in found:
        found |= {Party.CLAIMANT}
    return found


def kinds(actor: people.Person) -> frozenset[Party]:
    """What somebody is at any question, by their role alone."""
    if actor.is_anonymous or actor.role is None:
        return frozenset()
    kinds = [Party.TEAM]
    if people.is_at_least(actor.role, people.Role.STAFF):
        kinds.append(Party.STAFF)
    if people.is_at_least(actor.role, people.Role.COORDINATOR):
        kinds.append(Party.COORDINATOR)
    return frozenset(kinds)


def may_claim(case: Case, actor: people.Person) -> bool:
    """Has `actor` learnt what this question needs?"""
    return case.needs is None or case.needs in actor.skills


def is_for_the_trained(case: Case) -> bool:
    """A question of somebody under 18: shown to those who were trained, and in their group."""
    return MINORS in (case.desk, case.needs)


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
    """Urgent ones, then letters with a last day, the nearest first, then who waits longest."""
    return sorted(cases, key=_order)


def _order(case: Case) -> tuple[bool, date, datetime]:
    return not case.is_urgent, case.deadline or date.max, case.opened_at or case.touched_at
