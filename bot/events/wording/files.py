"""What the columns of a file of events are called, and what may stand in them."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from bot.errors import N_
from bot.language.catalog import Catalogs, Words
from bot.people.domain.team import folded

COLUMNS: Final[Mapping[str, str]] = {
    "kind": N_("Kind"),
    "title": N_("Title"),
    "description": N_("Description"),
    "written_in": N_("Written in"),
    "date": N_("Date"),
    "start": N_("Start"),
    "end": N_("End"),
    "end_date": N_("Last day"),
    "place": N_("Place"),
    "town": N_("Town"),
    "online_link": N_("Online link"),
    "places": N_("Number of places"),
    "minimum": N_("At least"),
    "waitlist": N_("Waitlist"),
    "languages": N_("Languages"),
    "interpreter": N_("Interpreter"),
    "children": N_("Children welcome"),
    "access": N_("Accessibility"),
    "audience": N_("For whom"),
    "regions": N_("Regions"),
    "audience_languages": N_("For speakers of"),
    "contact": N_("Contact person"),
    "office": N_("Office"),
    "repeats": N_("Repeats"),
    "until": N_("Repeats until"),
    "state": N_("State"),
    "key": N_("Key"),
}
NEEDED: Final = ("kind", "title", "date", "start", "end")
BY_LANGUAGE: Final = ("title", "description")

# Words of the column "repeats"; a rule of RFC 5545 does as well.
RULES: Final[Mapping[str, str]] = {
    "FREQ=WEEKLY": N_("every week"),
    "FREQ=WEEKLY;INTERVAL=2": N_("every two weeks"),
    "FREQ=MONTHLY": N_("every month"),
}
CANCELLED: Final = N_("cancelled")
EXPLANATIONS: Final = N_("Explanations")
EVENTS: Final = N_("Events")
YES: Final = N_("Yes")
NO: Final = N_("No")

_HELP: Final[Mapping[str, str]] = {
    "kind": N_("One of: {known}."),
    "written_in": N_("The language of “title” and “description”: {known}."),
    "date": N_("The day it begins, such as 24/12/2027."),
    "start": N_("The hour on the clock in Belgium, such as 14:00."),
    "end": N_("An hour before the start is one of the next day."),
    "end_date": N_("Only for what lasts longer than a day."),
    "town": N_("The name or the postcode."),
    "online_link": N_("Only who has a place sees it."),
    "places": N_("Empty: no limit."),
    "languages": N_("What is spoken there: {known}."),
    "access": N_("Stairs, toilets, hearing loop."),
    "audience": N_("Empty: everybody. Else some of: {known}."),
    "regions": N_("Empty: everywhere. Else some of: {known}."),
    "audience_languages": N_("Empty: all languages. Else some of: {known}."),
    "office": N_("Empty: your own. Else one of: {known}."),
    "repeats": N_("{known}, or a rule of RFC 5545. Holidays stay in."),
    "until": N_("The last day, where it repeats."),
    "state": N_("Empty, or “{known}”."),
    "key": N_("By this the same event is known again. Leave it empty for new events."),
}

# Of a list of walkers who registered elsewhere.
WALKERS: Final[Mapping[str, str]] = {
    "name": N_("Name"),
    "first_name": N_("First name"),
    "team": N_("Team"),
    "captain": N_("Captain"),
    "start": N_("Start time"),
}
WALKERS_TOO: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("familienaam", "achternaam", "last_name", "walker", "wandelaar"),
    "first_name": ("firstname",),
    "team": ("ploeg", "team", "group", "groep"),
    "captain": ("kapitein", "teamkapitein", "ploegkapitein"),
    "start": ("startuur", "starttijd", "start_slot", "start_time", "startmoment", "uur"),
}


class Column(NamedTuple):
    """A column as the empty file explains it."""

    name: str
    heading: str
    is_needed: bool
    help: str


def heading(_: Words, column: str) -> str:
    """What a column is called; "title_uk" is the title in one more language."""
    base, code = split(column)
    name = _.plain(COLUMNS[base])
    return f"{name} ({code})" if code else name


def split(column: str) -> tuple[str, str]:
    """ "title_uk" is "title" and "uk"; every other column has no language."""
    base, _, code = column.partition("_")
    return (base, code) if column not in COLUMNS and base in BY_LANGUAGE else (column, "")


def columns(languages: Iterable[str]) -> tuple[str, ...]:
    """All of them, those of single languages last."""
    return (*COLUMNS, *(f"{base}_{code}" for code in languages for base in BY_LANGUAGE))


def headings(catalogs: Catalogs) -> dict[str, tuple[str, ...]]:
    """Every column with its headings in all languages, as a file's are compared."""
    every = columns(words.code for words in catalogs)
    return {one: tuple(_as_compared(heading(_, one)) for _ in catalogs) for one in every}


def walker_headings(catalogs: Catalogs) -> dict[str, tuple[str, ...]]:
    """The same for a list of walkers."""
    return {
        one: (*(_as_compared(_.plain(msgid)) for _ in catalogs), *WALKERS_TOO[one])
        for one, msgid in WALKERS.items()
    }


def ignored(catalogs: Catalogs) -> frozenset[str]:
    """What the sheet of explanations is called."""
    return frozenset(folded(_.plain(EXPLANATIONS)) for _ in catalogs)


def said(catalogs: Catalogs, msgids: Mapping[str, str]) -> dict[str, str]:
    """Every word of every language, and the key itself -> key."""
    words = {folded(_.plain(msgid)): key for key, msgid in msgids.items() for _ in catalogs}
    return words | {folded(key): key for key in msgids}


def explained(_: Words, known: Mapping[str, str], languages: Iterable[str]) -> list[Column]:
    """Each column; `known`: the words that it may hold."""
    found = []
    for name in columns(languages):
        text = _HELP.get(name, "")
        help_ = _.plain(text, known=known.get(name, "")) if text else ""
        found.append(Column(name, heading(_, name), name in NEEDED, help_))
    return found


def _as_compared(name: str) -> str:
    return folded(name).replace(" ", "_")
