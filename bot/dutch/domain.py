"""The Dutch phrase of the day: the phrases, and when somebody's next one comes. Pure."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

HOURS: Final = range(8, 21)  # of the day in Brussels, to choose from
LATE: Final = timedelta(hours=2)  # later than that a phrase waits for the next day
SLICE: Final = 500  # people whose phrases are written to the outbox at once …
PAUSE: Final = timedelta(seconds=15)  # … which Telegram takes in about this time
STOPPED_KEPT: Final = timedelta(days=180)  # so long somebody's place is kept after a stop

FALLBACKS: Final = ("en", "nl")  # where a language has no meaning (yet)
_DAY = timedelta(days=1)
_SATURDAY = 5


class Theme(StrEnum):
    """Where a phrase is of use."""

    GREETING = "greeting"
    HELP = "help"
    SHOP = "shop"
    TRAVEL = "travel"
    TIME = "time"
    DOCTOR = "doctor"
    SCHOOL = "school"
    NEIGHBOURS = "neighbours"
    WORK = "work"
    TOWN_HALL = "town_hall"
    FEELINGS = "feelings"
    PHONE = "phone"
    EMERGENCY = "emergency"


class Exercise(StrEnum):
    """What is asked about a phrase."""

    MEANING = "m"
    WORD = "w"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A Dutch sentence.

    word    the one that is missing in the exercise
    others  two words that do not fit what the sentence means
    """

    key: str
    theme: Theme
    text: str
    word: str
    others: tuple[str, str]

    @property
    def gap(self) -> str:
        """The sentence without its word."""
        return "____".join(self.text.split(self.word, 1))

    @property
    def words(self) -> tuple[str, ...]:
        """Three words to choose from, in an order that stays."""
        return tuple(sorted((self.word, *self.others), key=self.shuffled))

    def shuffled(self, option: str) -> int:
        """Sorts options in an order that gives nothing away and never changes."""
        return zlib.crc32(f"{self.key}:{option}".encode())


@dataclass(frozen=True, slots=True)
class Course:
    """All phrases in their order, what they mean in each language, and where they are spoken.

    meanings    language -> key -> what it means
    recordings  key -> path of an .ogg file
    """

    phrases: tuple[Phrase, ...] = ()
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    recordings: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.phrases)

    def after(self, sent: int) -> Phrase:
        """The next for somebody who had so many; after the last the first comes again."""
        return self.phrases[sent % len(self.phrases)]

    def find(self, key: str) -> Phrase | None:
        """The phrase of this key."""
        return next((phrase for phrase in self.phrases if phrase.key == key), None)

    def number(self, phrase: Phrase) -> int:
        """Its place in the order; the first is 1."""
        return self.phrases.index(phrase) + 1

    def meaning(self, phrase: Phrase, language: str) -> str:
        """What it means, in this language or else in the next best."""
        told = (self.meanings.get(code, {}).get(phrase.key) for code in (language, *FALLBACKS))
        return next(filter(None, told), phrase.text)

    def choices(self, phrase: Phrase, language: str) -> tuple[Phrase, ...]:
        """Three phrases, one of which is meant, in an order that stays: their meanings differ."""
        found, place, count = [phrase], self.phrases.index(phrase), len(self.phrases)
        for third in (1, 2):
            start = place + third * count // 3
            others = (self.phrases[(start + step) % count] for step in range(count))
            found.append(next(one for one in others if self._is_else(one, found, language)))
        return tuple(sorted(found, key=lambda one: phrase.shuffled(one.key)))

    def _is_else(self, one: Phrase, than: Sequence[Phrase], language: str) -> bool:
        """Another meaning; and another theme as long as there are enough of them."""
        meanings = {self.meaning(other, language) for other in than}
        themes = {other.theme for other in than}
        is_new = one.theme not in themes or len({p.theme for p in self.phrases}) <= len(than)
        return is_new and self.meaning(one, language) not in meanings


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who gets a phrase a day, or did.

    hour     of the day in Brussels
    sent     how many phrases they had
    last_on  the day of the last one
    next_on  the day of the next one, or of one that was missed; None: stopped
    """

    person_id: int
    hour: int
    only_weekdays: bool = False
    sent: int = 0
    last_on: date | None = None
    next_on: date | None = None

    @property
    def is_on(self) -> bool:
        """Do phrases come?"""
        return self.next_on is not None


def first_day(local: datetime, hour: int, *, only_weekdays: bool, last_on: date | None) -> date:
    """The day of the next phrase for who chooses an hour now: today if the hour is still to come
    and today had none."""
    today = local.date()
    is_open = local.time() < time(hour) and last_on != today
    return today if is_open and _fits(today, only_weekdays) else day_after(today, only_weekdays)


def day_after(day: date, only_weekdays: bool) -> date:
    """The next day on which a phrase comes."""
    day += _DAY
    while not _fits(day, only_weekdays):
        day += _DAY
    return day


def coming(learner: Learner, local: datetime) -> date | None:
    """The day of the next one, as it is now: a day that was missed is not caught up."""
    if learner.next_on is None:
        return None
    soonest = first_day(
        local, learner.hour, only_weekdays=learner.only_weekdays, last_on=learner.last_on
    )
    return max(learner.next_on, soonest)


def hours_open(local: datetime) -> tuple[int, ...]:
    """Whose hour it is: what was chosen for now, or a little earlier while nobody looked."""
    reach = range(local.hour - LATE // timedelta(hours=1) + 1, local.hour + 1)
    return tuple(hour for hour in reach if hour in HOURS) if local.hour in HOURS else ()


def is_weekend(day: date) -> bool:
    """Saturday or Sunday?"""
    return day.weekday() >= _SATURDAY


def _fits(day: date, only_weekdays: bool) -> bool:
    return not (only_weekdays and is_weekend(day))
