"""What a complaint is, who reads it, and the code that reads its reply. Pure."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NewType

from bot.errors import N_, NotAllowed, Outdated, Refused

ComplaintId = NewType("ComplaintId", int)

NAMED: Final = "named"
ANONYMOUS: Final = "anonymous"
WAYS: Final = (NAMED, ANONYMOUS)

PROMPT: Final = "complaint"  # the name under which the conversation waits for the text
REPLY_PROMPT: Final = "complaint_reply"  # and for a contact person's reply
REPLY_WITHIN: Final = timedelta(hours=1)
OWN_PROMPT: Final = "complaint_own"  # a contact person speaks of something else for a while
OWN_FOR: Final = timedelta(minutes=10)
OFFERED: Final = 8  # complaints to choose from
DRAFT_KEPT: Final = timedelta(days=1)
LONGEST: Final = 3_500  # characters: one message, which can be changed and erased as a whole
SHOWN: Final = 1_500  # of it, in the preview
BEGUN: Final = 28  # of it, on a button

# An anonymous complaint is brought after a while that nobody can guess: the moment at which it
# reaches the contact person then says nothing of who wrote to the bot just before.
BROUGHT_AFTER: Final = timedelta(minutes=5)
BROUGHT_WITHIN: Final = timedelta(minutes=40)

TEXT_KEPT: Final = timedelta(days=90)  # after the end
REPLY_KEPT: Final = timedelta(days=365)  # one that nobody has read with the code
UNANSWERED_KEPT: Final = timedelta(days=730)
REMIND_EVERY: Final = 7  # days

INVITATION_LASTS: Final = timedelta(days=7)
INVITATION_KEPT: Final = timedelta(days=90)

# No I, L, O, U, V: they are taken for 1, 0 or each other when a code was written down by hand.
LETTERS: Final = "ABCDEFGHJKMNPQRSTWXYZ"
CODE_LENGTH: Final = 8
# 38 thousand million codes and five tries an hour: guessing one takes longer than it waits.
TRIES: Final = 5
_SPELLED: Final = re.compile(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}")
TRIES_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint. Of an anonymous one no row, here or elsewhere, says who wrote it."""

    id: ComplaintId
    person_id: int | None  # None: anonymous, or erased
    is_anonymous: bool
    language: str
    text: str
    reply: str | None
    received_on: date  # the day only: a moment could be compared with who wrote just then
    is_brought: bool  # its moment to be brought has come, whether somebody was there or not
    answered_on: date | None
    read_on: date | None
    is_reduced: bool

    def slot(self, contact_id: int) -> str:
        """Where a contact person sees it."""
        return f"{self.slots}{contact_id}"

    @property
    def slots(self) -> str:
        """What all those begin with."""
        return f"complaint:{self.id}:"

    @property
    def is_over(self) -> bool:
        """Will no reply reach anybody any more?"""
        return self.is_reduced or self.read_on is not None


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote so far. `token` is in the buttons below it, and nowhere in the rows."""

    token: str
    text: str
    is_anonymous: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A complaint on its way; the code when it is anonymous."""

    complaint: Complaint
    code: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """What a code brought: a reply, or why none."""

    state: str  # "reply", "waiting", "spent", "unknown", "slowed"
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How complaints stand, for the operator: numbers only."""

    contacts: int
    waiting: int


def a_code() -> str:
    """A new code as it is kept: eight letters, by the system's randomness."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def spelled(code: str) -> str:
    """As people read and write it: ABCD-EFGH."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def code_in(text: str) -> str | None:
    """The code somebody typed, however they spaced it; None when it is no code but words."""
    letters = "".join(one for one in text if not one.isspace() and one not in "-–—_.").upper()
    is_code = len(letters) == CODE_LENGTH and letters.isascii() and letters.isalnum()
    return letters if is_code else None


def code_alone(text: str) -> str | None:
    """The code, where a message is nothing but one as it was shown: ABCD-EFGH."""
    return code_in(text) if _SPELLED.fullmatch(text.strip().upper()) else None


def a_token() -> str:
    """What the buttons below a draft know it by."""
    return secrets.token_urlsafe(16)


def hashed(secret: str) -> str:
    """What is stored of a code, a link or a token."""
    return hashlib.sha256(f"complaints:{secret}".encode()).hexdigest()


def after_a_while() -> timedelta:
    """How much later an anonymous complaint is brought."""
    spread = int((BROUGHT_WITHIN - BROUGHT_AFTER).total_seconds())
    return BROUGHT_AFTER + timedelta(seconds=secrets.randbelow(spread + 1))


def id_in(argument: str) -> int:
    """An id from a button. Raises Outdated for anything that no button of ours holds."""
    if not argument.isascii() or not argument.isdigit() or len(argument) > 15:
        raise Outdated
    return int(argument)


def number_in(slot: str) -> ComplaintId:
    """The complaint a slot belongs to."""
    return ComplaintId(int(slot.split(":")[1]))


def shortened(text: str) -> str:
    """As much of it as a preview shows."""
    return text if len(text) <= SHOWN else text[:SHOWN].rstrip() + "…"


def begun(text: str) -> str:
    """Its first words, for a button."""
    line = " ".join(text.split())
    return line if len(line) <= BEGUN else line[:BEGUN].rstrip() + "…"


def size(text: str) -> int:
    """Its length as Telegram counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def joined(before: str, more: str) -> str:
    """What was written, with one more message below it."""
    return f"{before}\n\n{more}" if before else more


class NobodyReceives(Refused):
    """The last contact person went while somebody wrote."""

    sentence = N_("Nobody receives complaints here at the moment. Please use {address}.")


class TooLong(Refused):
    """More than fits in one message to the contact person."""

    sentence = N_(
        "A complaint can have {n} characters at most, and this would be more. Nothing was added."
        " Please make it shorter, or press Send and write a second one."
    )


class NotForTheTeam(NotAllowed):
    """Complaints are read by somebody outside the team, whatever role a colleague has."""

    sentence = N_("Complaints are read by somebody outside the team. You belong to the team.")


class NotAContact(NotAllowed):
    """Somebody who is no contact person, or no longer."""

    sentence = N_("Only the contact person for complaints can do this.")


class LinkSpent(Refused):
    """The link is unknown, was opened by somebody else, or is too old."""

    sentence = N_("This link no longer works. Please ask for a new one.")


class NoReplyPossible(Outdated):
    """The reply was read already, the person erased it, or its time is over."""

    sentence = N_("This complaint is closed. A reply does not reach anybody any more.")
