"""What the wiring lays on this slice's desk: the library, its search, the organisation's facts."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from bot.delivery.messages import Keyboard
from bot.infodesk import domain
from bot.infodesk.directory.leaflets import Guide
from bot.infodesk.directory.places import Directory
from bot.infodesk.directory.towns import Gazetteer, Towns
from bot.infodesk.domain import Answer, Library
from bot.infodesk.search import Search
from bot.infodesk.wording.screens import Voice
from bot.language import formats
from bot.language.catalog import Catalogs, Words
from bot.people.domain import Person

Facts = Mapping[str, str | Mapping[str, str]]


class Shelf:
    """The library as people read it now, and its search: swapped together when staff publish.

    baseline  the library of the files
    version   the version of the staff's own texts that is in it
    news      set when they changed, to have them read at once
    """

    def __init__(self, library: Library, search: Search | None = None) -> None:
        self.baseline: Final = library
        self.library = library
        self.search = search or Search(library)
        self.version = 0
        self.news: Final = asyncio.Event()

    def swap(self, library: Library, search: Search, version: int) -> None:
        """From now on people read this."""
        self.library, self.search, self.version = library, search, version


def no_towns() -> Towns:
    """For a desk without the table of towns."""
    return Towns(lambda: Gazetteer((), {}, {}, frozenset()))


Check = Callable[[Answer, Library], list[str]]  # what is wrong with a text, one sentence each


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoDesk:
    """Static things of the info desk.

    organisation    org_name, org_phone, org_mail, org_hours: a text, or one text per language
    expects         when somebody reads this language next: <= now means now, None unknown
    keyboard        the keyboard that stays, brought back after messages were hidden
    check           what is wrong with a text that staff want to publish
    counts          how long counts of unanswered questions are kept
    directory, towns     places where people find help, and how near they are
    papers, first_days   leaflets beside the answers
    checklist            those of volunteering, which shows them itself
    """

    catalogs: Catalogs
    shelf: Shelf
    organisation: Facts = field(default_factory=dict)
    staff_language: str = "nl"
    expects: Callable[[str, datetime], datetime | None] = lambda language, now: None
    keyboard: Callable[[Words], Keyboard | None] = lambda words: None
    counts: timedelta = domain.COUNTS_LIFE
    check: Check = lambda answer, library: []
    directory: Directory = field(default_factory=Directory)
    towns: Towns = field(default_factory=no_towns)
    papers: Guide = field(default_factory=Guide)
    first_days: Guide = field(default_factory=Guide)
    checklist: Guide = field(default_factory=Guide)

    @property
    def library(self) -> Library:
        """What people read now."""
        return self.shelf.library

    @property
    def search(self) -> Search:
        """The search over it."""
        return self.shelf.search

    def words(self, person: Person) -> Words:
        """The person's own voice."""
        return self.catalogs.words(person.language)

    def voice(self, person: Person, answer: Answer) -> Voice:
        """The person's voice, for an answer that may be in another language."""
        is_rtl = self.catalogs.words(answer.language).is_rtl
        return Voice(self.words(person), is_rtl, self.facts(answer.language))

    def own_voice(self, person: Person, written_in: str | None = None) -> Voice:
        """The person's voice, for a text of their own language or of the one it is written in."""
        language = written_in or self.words(person).code
        is_rtl = self.catalogs.words(language).is_rtl
        return Voice(self.words(person), is_rtl, self.facts(language))

    def facts(self, language: str) -> dict[str, str]:
        """The organisation's own facts in a language."""
        return {
            name: value if isinstance(value, str) else _in_language(value, language)
            for name, value in self.organisation.items()
        }

    def title(self, slug: str, language: str | None) -> str:
        """A topic's title, for instance for staff."""
        answer = self.library.answer(slug, language)
        return answer.title if answer else slug

    def category_title(self, language: str, category: str) -> str:
        """What a category is called; the signature that the staff queue asks for."""
        return self.library.category_title(category, language)

    def next_in(self, person: Person, now: datetime) -> date | None:
        """The day in Brussels on which a colleague reads the person's language next."""
        moment = self.expects(person.language or "", now)
        return formats.day_of(moment) if moment else None

    def is_read_now(self, person: Person, now: datetime) -> bool:
        """Does a colleague read this language right now?"""
        moment = self.expects(person.language or "", now)
        return moment is not None and moment <= now


def _in_language(texts: Mapping[str, str], language: str) -> str:
    codes = (language, *domain.FALLBACKS, *texts)
    return next((texts[code] for code in codes if code in texts), "")
