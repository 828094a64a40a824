"""Answers and what of them may be shown. Pure."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

FALLBACKS = ("en", "nl")  # read when the person's language has no answer yet, in this order
EMERGENCY_NUMBER = "112"
TITLES_LIMIT = 3  # unsure: so many titles; an answer: so many related topics
SHOWN_LIMIT = 5  # what a colleague sees of the answers shown before
CONTEXT_LIFE = timedelta(days=1)  # how long a person's own words wait for "Ask a colleague"
SAME_BREATH = timedelta(minutes=10)  # voice messages sent so close together are one question
COUNTS_LIFE = timedelta(days=90)
FEEDBACK_LIFE = timedelta(days=730)
UNANSWERED_LIMIT = 200
PREVIEW_LIFE = timedelta(days=1)  # how long a text that was not published yet is kept

_WORD = re.compile(r"\S+")
_LONG_FIGURE = re.compile(r"\d{4}")  # telephone, dossier and national numbers
_SHORT_NUMBER = re.compile(r"(?<![\d.,:/+-])1(?:\d\d|[78]\d\d)(?![\d.,:/-]*\d)")  # 112, 1712
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Decision(StrEnum):
    """How well a text was understood."""

    SURE = "sure"
    UNSURE = "unsure"
    NONE = "none"
    GREETING = "greeting"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. `as_of` is 2024, 2024-06 or 2024-06-30, as far as it is known."""

    name: str
    url: str
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Danger:
    """What helps at once: numbers to call and a sentence for the operator."""

    numbers: tuple[str, ...] = ()
    say: str = ""  # in Dutch
    say_own: str = ""


@dataclass(frozen=True, slots=True)
class DeskCard:
    """What to hold up at a counter."""

    nl: str
    own: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One topic in one language, as its file says it."""

    slug: str
    language: str
    title: str
    short: str
    body: str = ""  # Markdown
    danger: Danger | None = None
    desk: DeskCard | None = None
    hold: str | None = None  # the reason
    is_sensitive: bool = False
    sources: tuple[Source, ...] = ()
    as_of: str | None = None
    volatile: str | None = None
    facts_checked: str | None = None  # initials and date
    language_checked: str | None = None
    related: tuple[str, ...] = ()
    phrasings: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()  # further topics whose facts are used, beside its own
    recording: str | None = None  # path of the .ogg beside the text

    @property
    def category(self) -> str:
        return self.slug.partition("/")[0]

    @property
    def is_held(self) -> bool:
        return self.hold is not None


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing people ask about, in whatever language."""

    slug: str
    audience: str = "both"
    is_urgent: bool = False
    about: str = ""

    @property
    def category(self) -> str:
        return self.slug.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Category:
    """A drawer of topics."""

    id: str
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Signals:
    """What people say in one language when they greet, thank, or are in danger."""

    greetings: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    dangers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # slug -> phrases
    no_dangers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """Sentences of one language that teach the search; shown to nobody."""

    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # slug -> sentences
    elsewhere: tuple[str, ...] = ()  # what no topic answers
    greetings: tuple[str, ...] = ()
    dangers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # slug -> sentences
    calm: tuple[str, ...] = ()  # what sounds like danger, and is none


@dataclass(frozen=True, slots=True)
class Library:
    """Everything the info desk knows, in memory."""

    categories: tuple[Category, ...]
    topics: Mapping[str, Topic]
    answers: Mapping[str, Mapping[str, Answer]]  # language -> slug -> answer
    titles: Mapping[str, Mapping[str, str]]  # language -> category -> title
    signals: Mapping[str, Signals] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.answers)

    def answer(self, slug: str, language: str | None) -> Answer | None:
        """The answer in this language, else in one of the fallbacks, else in any."""
        for code in (language or "", *FALLBACKS, *self.answers):
            if (found := self.answers.get(code, {}).get(slug)) is not None:
                return found
        return None

    def category_title(self, category: str, language: str | None) -> str:
        """What a category is called in this language."""
        codes = (language or "", *FALLBACKS)
        names = (self.titles.get(code, {}).get(category) for code in codes)
        return next((name for name in names if name), category)

    def answers_in(self, category: str, language: str | None) -> list[Answer]:
        """The answers of a category, in the order of the list of topics."""
        slugs = (slug for slug, topic in self.topics.items() if topic.category == category)
        return [found for slug in slugs if (found := self.answer(slug, language)) is not None]

    def filled_categories(self) -> list[Category]:
        """Categories that hold an answer; an empty drawer is not shown."""
        filled = {slug.partition("/")[0] for known in self.answers.values() for slug in known}
        return [category for category in self.categories if category.id in filled]

    def emoji(self, category: str) -> str:
        return next((one.emoji for one in self.categories if one.id == category), "")

    def is_urgent(self, slug: str) -> bool:
        """Does the topic go before others in the staff's queue?"""
        return slug in self.topics and self.topics[slug].is_urgent

    def urgent_answers(self, language: str | None) -> list[tuple[Answer, tuple[str, ...]]]:
        """The urgent topics with their numbers; those with Europe's emergency number first."""
        slugs = (slug for slug, topic in self.topics.items() if topic.is_urgent)
        answers = [found for slug in slugs if (found := self.answer(slug, language)) is not None]
        called = [(answer, numbers_to_call(answer)) for answer in answers]
        return sorted(called, key=lambda one: one[1][:1] != (EMERGENCY_NUMBER,))


@dataclass(frozen=True, slots=True)
class Override:
    """A text that staff published instead of a file's, without a release.

    baseline  the sign of the file's text that it replaced
    """

    slug: str
    language: str
    title: str
    short: str
    body: str
    baseline: str

    def over(self, answer: Answer) -> Answer:
        """The file's answer with this text; nobody signed it or spoke it yet."""
        return replace(
            answer,
            title=self.title,
            short=self.short,
            body=self.body,
            facts_checked=None,
            language_checked=None,
            recording=None,
        )


def text_sign(answer: Answer) -> str:
    """A short sign of what an override replaces: the same text, the same sign."""
    text = "\0".join((answer.title, answer.short, answer.body))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def overridden(library: Library, overrides: Iterable[Override]) -> Library:
    """The library as people read it. What has no file any more is not shown."""
    answers = {code: dict(known) for code, known in library.answers.items()}
    for one in overrides:
        known = answers.get(one.language, {})
        if one.slug in known:
            known[one.slug] = one.over(known[one.slug])
    return replace(library, answers=answers)


class Hit(NamedTuple):
    """A topic that may be meant. 1 is all of the question, 0 nothing of it."""

    slug: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What the search makes of a text; the best hit first."""

    decision: Decision
    hits: tuple[Hit, ...] = ()
    is_thanks: bool = False

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(hit.slug for hit in self.hits[:TITLES_LIMIT])


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on the search trusts itself; fitted by `make evaluate`.

    sure      chance (0 to 1) of the best topic among the topics
    The others are differences of scores, which have no unit:
    evidence  how much better than "no topic answers this" a topic must be, to be answered at once
    unsure    the same, to be offered as a title
    danger    how much better than all else a danger must be
    calm      how much better all else must be to overrule the lists of words of danger (below 0)
    greeting  how much better than all else a greeting must be
    """

    sure: float = 0.4
    evidence: float = 16.0
    unsure: float = 10.0
    danger: float = -1.0
    calm: float = -20.0
    greeting: float = 4.0


def decided(hits: tuple[Hit, ...], evidence: float, limits: Thresholds) -> Decision:
    """Answer at once, offer titles, or admit that nothing fits."""
    if not hits or evidence < limits.unsure:
        return Decision.NONE
    is_sure = hits[0].score >= limits.sure and evidence >= limits.evidence
    return Decision.SURE if is_sure else Decision.UNSURE


def lately_shown(before: list[str], slug: str) -> list[str]:
    """The answers somebody saw, the newest last, none twice."""
    return [*(one for one in before if one != slug), slug][-SHOWN_LIMIT:]


def is_same_breath(before: datetime | None, now: datetime) -> bool:
    """Does a message belong to the question that was begun just before?"""
    return before is not None and now - before <= SAME_BREATH


def slug_of(payload: str) -> str:
    """asylum/apply for the payload asylum-apply: a link has no slashes."""
    return payload.replace("-", "/", 1)


def without_particulars(text: str) -> str:
    """A question fit to be counted: long figures masked, not too long."""
    masked = _WORD.sub(lambda word: "#" if _LONG_FIGURE.search(word[0]) else word[0], text)
    return masked[:UNANSWERED_LIMIT].strip()


def numbers_to_call(answer: Answer) -> tuple[str, ...]:
    """Whom to call for an urgent topic: its danger block, then short numbers in its short text."""
    named = answer.danger.numbers if answer.danger else ()
    return tuple(dict.fromkeys((*named, *_SHORT_NUMBER.findall(answer.short))))


def is_past(day: str | None, today: date) -> bool:
    """Is the day, month or year that is written 2024, 2024-06 or 2024-06-30 over?"""
    return bool(day) and today.isoformat()[: len(day or "")] > (day or "")


def checked_on(mark: str | None) -> date | None:
    """The day in a mark such as "AB 2026-03-01"."""
    found = _DAY.search(mark or "")
    return date.fromisoformat(found.group()) if found else None
