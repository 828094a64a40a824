"""What volunteers bring and wish, in a sentence: languages with levels, talents, sectors, kinds."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.errors import N_
from bot.language import formats
from bot.language.catalog import Words
from bot.volunteering.domain import Kind
from bot.volunteering.wording import names

_LEVELS: Final = {1: N_("a little"), 2: N_("enough to talk"), 3: N_("well")}


def talents(_: Words, keys: Iterable[str]) -> str:
    """Several talents; one that is not known (any more) by its key."""
    known = names.TALENTS
    said = [_bare(_.label(known[one])) if one in known else one for one in keys]
    return formats.listing(_, said)


def sector(_: Words, key: str) -> str:
    """A sector inside a sentence."""
    return _bare(names.sector(_, key))


def kind(_: Words, key: str) -> str:
    """How somebody volunteers, inside a sentence."""
    return _bare(names.kind(_, Kind(key)))


def days(_: Words, parts: int) -> str:
    """The days of the week in which something is, of bits weekday * 3 + part of the day."""
    found = [day for day in range(7) if parts >> day * 3 & 0b111]
    return formats.listing(_, [formats.weekday_name(_, day) for day in found])


def language(_: Words, code: str) -> str:
    """A language as the reader calls it."""
    known = _.locale.languages
    found = known.get(code) or known.get(code.partition("_")[0]) or code
    return str(found[:1].upper() + found[1:])


def languages(_: Words, codes: Iterable[str]) -> str:
    """Several in a sentence."""
    return formats.listing(_, [language(_, code) for code in codes])


def with_levels(_: Words, spoken: Mapping[str, int]) -> str:
    """Dutch (a little), English (well): the best first."""
    ordered = sorted(spoken, key=lambda code: (-spoken[code], code))
    return formats.listing(_, [_with_level(_, code, spoken[code]) for code in ordered])


def _with_level(_: Words, code: str, level: int) -> str:
    said = _.plain(_LEVELS.get(level, _LEVELS[1]))
    return _.plain("{language} ({level})", language=language(_, code), level=said)


def _bare(label: str) -> str:
    """Without the sign before it, which belongs to a button."""
    return label.partition(" ")[2] or label
