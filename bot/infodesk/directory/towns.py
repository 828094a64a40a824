"""Towns by postcode or by name in any script, and how far a place is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple, Protocol

from bot.infodesk.directory.places import Place

_WORDS = 6  # of the longest name of a town with its postcode
_WORDS_MISSPELT = 3
_POSTCODE = re.compile(r"(?:be? ?)?([1-9]\d{3})")
_COUNTRY = re.compile(r"be?(?: |$)")
_LONG_ENOUGH = 7  # letters; in a shorter word one other letter is another word
_EARTH = 6371  # kilometres


class Spot(Protocol):
    """Whatever lies somewhere (WGS 84 degrees)."""

    @property
    def latitude(self) -> float:
        """How far north."""

    @property
    def longitude(self) -> float:
        """How far east."""


class Town(NamedTuple):
    """A place where people live."""

    name: str
    postcode: str
    latitude: float
    longitude: float


class Gazetteer(NamedTuple):
    """The towns in memory. A town is kept as the line it was read from: most are never asked for.

    lines       "9000\\tGent\\t51.05\\t3.7167"
    by_name     folded name -> line
    by_postcode postcode -> line
    main        folded names of municipalities, where one wrong letter is forgiven
    """

    lines: Sequence[str]
    by_name: Mapping[str, int]
    by_postcode: Mapping[str, int]
    main: frozenset[str]


class Towns:
    """Finds the town that a text names, when it says nothing else. Texts come folded.

    `read` is called when somebody first writes something so short; `words` are names of villages
    that are ordinary words too.
    """

    def __init__(self, read: Callable[[], Gazetteer], words: Iterable[str] = ()) -> None:
        self._read: Final = read
        self._words: Final = frozenset(words)

    def named(self, said: str) -> Town | None:
        """The town of "9000", "gent", "9000 gent", «гент»."""
        if not said or said in self._words or said.count(" ") >= _WORDS:
            return None
        if postcode := _postcode_in(said):
            rest = _COUNTRY.sub("", " ".join(said.replace(postcode, "").split()))
            is_town = not rest or rest in self._known.by_name
            return self.at(postcode) if is_town else None
        return self._town(self._known.by_name.get(said))

    def meant(self, said: str) -> Town | None:
        """The only municipality whose name is one letter away: "antwerpn", "kotrijk"."""
        if len(said) < _LONG_ENOUGH or said in self._words or said.count(" ") >= _WORDS_MISSPELT:
            return None
        alike = {self._known.by_name[name] for name in self._known.main if _is_near(said, name)}
        return self._town(alike.pop()) if len(alike) == 1 else None

    def at(self, postcode: str) -> Town | None:
        """The town of a postcode."""
        return self._town(self._known.by_postcode.get(postcode))

    @cached_property
    def _known(self) -> Gazetteer:
        return self._read()

    def _town(self, line: int | None) -> Town | None:
        if line is None:
            return None
        postcode, name, latitude, longitude = self._known.lines[line].split("\t")
        return Town(name, postcode, float(latitude), float(longitude))


class Nearby(NamedTuple):
    """A place and how many kilometres away; None: reached from everywhere."""

    place: Place
    kilometres: float | None


def nearest(places: Iterable[Place], town: Town, towns: Towns) -> list[Nearby]:
    """The nearest first; what has no place of its own last."""
    found = [Nearby(place, _distance(place, town, towns)) for place in places]
    return sorted(found, key=lambda one: (one.kilometres is None, one.kilometres or 0.0))


def one_of_each(found: Iterable[Nearby]) -> list[Nearby]:
    """The first office of each organisation."""
    kept: dict[str, Nearby] = {}
    for one in found:
        kept.setdefault(one.place.note, one)
    return list(kept.values())


def of_many_kinds(found: Iterable[Nearby]) -> list[Nearby]:
    """The nearest of each kind: whoever names a town only has not said what they look for."""
    kept: dict[str, Nearby] = {}
    for one in found:
        kept.setdefault(one.place.kind, one)
    return list(kept.values())


def kilometres(one: Spot, other: Spot) -> float:
    """As the crow flies."""
    north = radians(other.latitude - one.latitude) / 2
    east = radians(other.longitude - one.longitude) / 2
    both = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * _EARTH * asin(sqrt(sin(north) ** 2 + both * sin(east) ** 2))


def is_postcode(said: str) -> bool:
    """Does a text look like a postcode, known or not?"""
    return _POSTCODE.fullmatch(said) is not None


def _distance(place: Place, town: Town, towns: Towns) -> float | None:
    there = towns.at(place.postcode)
    return kilometres(town, there) if there else None


def _postcode_in(said: str) -> str:
    figures = [word for word in said.split() if any(letter.isdigit() for letter in word)]
    found = _POSTCODE.fullmatch(figures[0]) if len(figures) == 1 else None
    return found[1] if found else ""


def _is_near(said: str, name: str) -> bool:
    """One letter more, less, other, or two that changed places; never the first letter."""
    if said[0] != name[0] or abs(len(said) - len(name)) > 1 or len(name) < _LONG_ENOUGH:
        return False
    at = next((i for i, (a, b) in enumerate(zip(said, name, strict=False)) if a != b), None)
    if at is None:
        return True
    mine, theirs = said[at:], name[at:]
    swapped = mine[1:2] + mine[:1] + mine[2:]
    return theirs in (swapped, mine[1:]) or mine[1:] == theirs[1:] or mine == theirs[1:]
