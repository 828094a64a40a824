"""What a file of events would do, line by line, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from bot.errors import N_, Refused
from bot.language import formats
from bot.language.catalog import Words

_SIGNS: Final = {"new": "➕", "changed": "✏️", "cancelled": "❌"}

# What is shown of a draft's field that a file changes.
_FIELDS: Final[Mapping[str, str]] = {
    "kind": N_("Kind"),
    "titles": N_("Title"),
    "texts": N_("Description"),
    "starts_at": N_("Start"),
    "ends_at": N_("End"),
    "place": N_("Place"),
    "town": N_("Town"),
    "online_link": N_("Online link"),
    "capacity": N_("Number of places"),
    "minimum": N_("At least"),
    "has_waitlist": N_("Waitlist"),
    "languages": N_("Languages"),
    "has_interpreter": N_("Interpreter"),
    "for_children": N_("Children welcome"),
    "access": N_("Accessibility"),
    "audience": N_("For whom"),
    "contact": N_("Contact person"),
    "office": N_("Office"),
}


class Place(NamedTuple):
    """Where a line stands in its file."""

    sheet: str
    number: int


class Did(Protocol):
    """A line that does something."""

    @property
    def at(self) -> tuple[str, int]:
        """Sheet and line."""

    @property
    def how(self) -> str:
        """new, changed or cancelled."""

    @property
    def title(self) -> str:
        """Of the event."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def fields(self) -> Sequence[str]:
        """What is new of it."""


def where(_: Words, at: tuple[str, int]) -> str:
    """ "Events, line 3"; of a file without sheets "line 3"."""
    sheet, number = at
    said = _.plain("{sheet}, line {number}", sheet=sheet, number=number)
    return said if sheet else _.plain("line {number}", number=number)


def done(_: Words, change: Did) -> str:
    """One line of the preview."""
    what = _.plain(
        "{title}, {when}", title=change.title, when=formats.day_and_time(_, change.starts_at)
    )
    names = formats.listing(_, [_.plain(_FIELDS[one]) for one in change.fields if one in _FIELDS])
    news = f" ({names})" if names else ""
    return f"{_SIGNS[change.how]} {where(_, change.at)}: {what}{news}"


def wrong(_: Words, at: tuple[str, int], why: Refused) -> str:
    """A line that cannot be brought in, and how to mend it."""
    return f"⚠️ {where(_, at)}: {_.plain(why.sentence, **why.values)}"


def left_out(_: Words, at: tuple[str, int], title: str, why: Refused) -> str:
    """A line that does nothing."""
    return f"➖ {where(_, at)}: {title}. {_.plain(why.sentence, **why.values)}"
