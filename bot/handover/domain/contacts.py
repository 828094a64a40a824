"""Contacts outside the chat: somebody phoned, wrote a mail or stood at the door. Counts only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.errors import N_, NotAllowed, Outdated, Refused
from bot.people.domain import PersonId

OTHER_LANGUAGE: Final = "other"  # one that the bot does not speak
NUMBERS: Final = (1, 2, 3, 5, 10, 20, 40)
AT_MOST: Final = 500  # more people at once is a slip of the finger
UNDONE_WITHIN: Final = timedelta(minutes=10)
BEGUN_KEPT: Final = timedelta(days=1)


class Channel(StrEnum):
    """How they came."""

    PHONE = "phone"
    MAIL = "mail"
    DOOR = "door"


class ForWhom(StrEnum):
    """Whose question it was."""

    SELF = "self"
    OTHER = "other"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact, while its colleague may still change it. What is None was not chosen yet."""

    id: int
    by: PersonId | None
    channel: Channel | None
    language: str | None
    category: str | None
    for_whom: ForWhom
    people: int
    counted_at: datetime | None

    @property
    def is_whole(self) -> bool:
        """Can it be counted?"""
        return None not in (self.channel, self.language, self.category)


class NoSuchContact(Outdated):
    """It was undone, or given up."""

    sentence = N_("This is not counted any more. Begin again with /log.")


class NotYourContact(NotAllowed):
    """A colleague's tap on another's count."""

    sentence = N_("Only who began this can change it. Begin your own with /log.")


class TooLateToChange(Refused):
    """It stands in the figures."""

    sentence = N_("This was counted more than 10 minutes ago and stays as it is.")


class NotUnderstood(Refused):
    """Words after /log that mean nothing."""

    sentence = N_("I did not understand that. Write for instance: /log 40 door")
