"""Short texts that belong together: the screens of the first days, the papers people hold, what
volunteers go through before a first shift."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.infodesk.domain import FALLBACKS, Source

_SUFFIX = re.compile(r"(\d) (bis|ter|quater|quinquies|sexies|septies|octies)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a leaflet is about, the same in every language.

    names     how people call it, folded; `alone` only when a message says nothing else
    """

    id: str
    topics: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    as_of: str = ""
    volatile: str | None = None  # the day after which it must be looked at again
    facts_checked: str | None = None  # initials and date
    names: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A leaflet in one language.

    steps   what to do
    notice  words that are ready to be sent to somebody, with {placeholders}; plain text
    """

    language: str
    title: str
    text: str = ""  # Markdown
    steps: str = ""
    notice: str = ""
    language_checked: str | None = None


@dataclass(frozen=True)
class Guide:
    """Leaflets in their order. A sheet without a text is known by name only."""

    sheets: tuple[Sheet, ...] = ()
    texts: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)  # language -> id

    def sheet(self, id_: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.id == id_), None)

    def text(self, id_: str, language: str | None) -> Text | None:
        """In this language, else in one of the fallbacks."""
        found = (self.texts.get(code, {}).get(id_) for code in (language or "", *FALLBACKS))
        return next((text for text in found if text), None)

    def told(self) -> list[Sheet]:
        """The sheets that have a text."""
        return [sheet for sheet in self.sheets if self.text(sheet.id, None)]

    def named_in(self, said: str) -> Sheet | None:
        """The sheet that a folded text names, by the name with the most words."""
        said = joined(said)
        if (alone := self._alone.get(said)) is not None:
            return alone
        words = said.split(" ")
        for length in range(min(self._longest, len(words)), 0, -1):
            for at in range(len(words) - length + 1):
                if (found := self._named.get(" ".join(words[at : at + length]))) is not None:
                    return found
        return None

    @cached_property
    def _named(self) -> Mapping[str, Sheet]:
        return {name: sheet for sheet in reversed(self.sheets) for name in sheet.names}

    @cached_property
    def _alone(self) -> Mapping[str, Sheet]:
        return {name: sheet for sheet in self.sheets for name in sheet.alone}

    @cached_property
    def _longest(self) -> int:
        return max((name.count(" ") + 1 for name in self._named), default=0)


def joined(said: str) -> str:
    """26quater for "26 quater", as it stands on the paper."""
    return _SUFFIX.sub(r"\1\2", said)
