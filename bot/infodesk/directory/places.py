"""Places where people find help: offices, numbers to call, sites."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.infodesk.domain import FALLBACKS, Source

OWN_DESK = "own-desk"  # the operator's own, from organisation.toml
_CONTACT = "infodesk/contact"

Week = Mapping[int, tuple[tuple[str, str], ...]]  # 0 = Monday -> ("09:00", "13:00") …


@dataclass(frozen=True, slots=True)
class Kind:
    """What a place is for."""

    id: str
    emoji: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One office, number or site.

    note       under which name it is explained in each language; several may share one
    address    as it is shown; empty when no checked source names it
    town       shown when there is no address
    postcode   only says how far it is; empty for what is reached from everywhere
    calls      when the telephone is answered, where that differs
    is_always  day and night, every day
    is_moving  the address or the hours changed before: look before you go
    """

    id: str
    kind: str
    name: str
    note: str
    town: str = ""
    address: str = ""
    postcode: str = ""
    phones: tuple[str, ...] = ()
    mail: str = ""
    url: str = ""
    hours: Week = field(default_factory=dict)
    calls: Week = field(default_factory=dict)
    is_always: bool = False
    is_moving: bool = False
    is_sensitive: bool = False
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    as_of: str = ""
    volatile: str | None = None  # the day after which it must be looked at again
    facts_checked: str | None = None  # initials and date


@dataclass(frozen=True, slots=True)
class Directory:
    """All places, in the order of the file, and what they are called in each language."""

    kinds: tuple[Kind, ...] = ()
    places: tuple[Place, ...] = ()
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # language -> kind
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # language -> place

    def with_own(self, name: str, *, phone: str, mail: str) -> "Directory":
        """With the operator's own desk as the first place, of the first kind."""
        if not self.kinds:
            return self
        own = Place(
            id=OWN_DESK,
            kind=self.kinds[0].id,
            name=name,
            note=OWN_DESK,
            phones=(phone,) if phone else (),
            mail=mail,
            topics=(_CONTACT,),
        )
        return replace(self, places=(own, *self.places))

    def place(self, id_: str) -> Place | None:
        return next((place for place in self.places if place.id == id_), None)

    def of_kind(self, kind: str) -> list[Place]:
        return [place for place in self.places if place.kind == kind]

    def of_all_kinds(self) -> list[Place]:
        """What may stand on a screen that others look at too."""
        return [place for place in self.places if not place.is_sensitive]

    def of_topic(self, slug: str) -> list[Place]:
        return [place for place in self.places if slug in place.topics]

    def filled_kinds(self) -> list[Kind]:
        """Kinds that hold a place; an empty drawer is not shown."""
        filled = {place.kind for place in self.places}
        return [kind for kind in self.kinds if kind.id in filled]

    def emoji(self, kind: str) -> str:
        return next((one.emoji for one in self.kinds if one.id == kind), "")

    def title(self, kind: str, language: str | None) -> str:
        """What a kind is called in this language."""
        return _in(self.titles, kind, language) or kind

    def note(self, name: str, language: str | None) -> str:
        """What a place does, in this language; empty when nothing is written."""
        return _in(self.notes, name, language)


def _in(texts: Mapping[str, Mapping[str, str]], key: str, language: str | None) -> str:
    found = (texts.get(code, {}).get(key, "") for code in (language or "", *FALLBACKS))
    return next((text for text in found if text), "")
