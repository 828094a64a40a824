"""The Belgian towns, from the two tables under `knowledge/` (whose they are: NOTICE).

Read when somebody first writes something so short; docs/performance.md says what it costs.
"""

import csv
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from bot.infodesk.directory.towns import Gazetteer

POSTCODES = "belgian-postcodes.csv"
NAMES = "town-names.csv"

_NEAR = ("Flanders", "Brussels", "Wallonia")  # of two towns with one name, the first is meant
_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}
_ASCII = {**_SPACES, ord("'"): None, ord("`"): None}


class _Row(NamedTuple):
    """A locality, as the columns of the table stand."""

    postcode: str
    locality: str
    aliases: str
    nis: str
    municipality_nl: str
    municipality_fr: str
    municipality_de: str
    province: str
    iso: str
    region: str
    latitude: str
    longitude: str
    coord_source: str


def read(knowledge: Path, fold: Callable[[str], str]) -> Gazetteer:
    """Everything that a town is called, in every script."""
    rows = sorted(map(_Row._make, _cells(knowledge / POSTCODES)), key=_rank)
    lines = ["\t".join((r.postcode, r.locality, r.latitude, r.longitude)) for r in rows]
    by_postcode: dict[str, int] = {}
    for line, row in enumerate(rows):
        by_postcode.setdefault(row.postcode, line)
    by_name: dict[str, int] = {}
    main = set()
    for postcode, name in _written(knowledge / NAMES, fold):
        by_name.setdefault(name, by_postcode[postcode])
        main.add(name)
    for line, row in enumerate(rows):
        for name in _own_names(row):
            by_name.setdefault(_folded(name, fold), line)
    for line, row in enumerate(rows):
        for name in {row.municipality_nl, row.municipality_fr, row.municipality_de}:
            main.add(folded := _folded(name, fold))
            by_name.setdefault(folded, line)
    return Gazetteer(lines, by_name, by_postcode, frozenset(main))


def of_same_municipality(knowledge: Path, postcodes: Collection[str]) -> frozenset[str]:
    """Every postcode of the municipalities in which these lie."""
    rows = list(map(_Row._make, _cells(knowledge / POSTCODES)))
    whole = {row.nis for row in rows if row.postcode in postcodes}
    return frozenset(row.postcode for row in rows if row.nis in whole)


def _cells(path: Path) -> Iterator[list[str]]:
    """The rows below the heading."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


def _rank(row: _Row) -> tuple[int, bool, str]:
    """Flanders first, then the centre of a municipality, then by postcode."""
    return _NEAR.index(row.region), row.locality != row.municipality_nl, row.postcode


def _own_names(row: _Row) -> list[str]:
    return [row.locality, *filter(None, row.aliases.split("|"))]


def _written(path: Path, fold: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Postcode and name: the everyday one, and those in Cyrillic and Arabic script."""
    for kind, _nis, town, official, french, postcode, _region, *scripts in _cells(path):
        uk, _, uk_alias, fa, _, fa_alias, ps, _ = scripts
        if kind == "town":
            cells = (town, official, french, uk, uk_alias, fa, fa_alias, ps)
            names = {name for cell in cells for name in cell.split("|") if name}
            yield from ((postcode, _folded(name, fold)) for name in names)


def _folded(name: str, fold: Callable[[str], str]) -> str:
    """What `fold` does, fifteen times as fast for the names that need no more."""
    return " ".join(name.casefold().translate(_ASCII).split()) if name.isascii() else fold(name)
