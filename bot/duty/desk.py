"""What the wiring lays on this slice's desk; `Timetable` is what other slices are given of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.delivery.incoming import Incoming
from bot.duty import domain
from bot.duty.domain.lines import Vocabulary
from bot.duty.domain.timetable import Timetable
from bot.language import formats
from bot.language.catalog import Catalogs, Words
from bot.people.desk import language_names
from bot.people.domain import Person
from bot.people.domain.team import folded

__all__ = ["DutyDesk", "Timetable", "vocabulary"]

# What the desks are called at the counter too, besides their own names.
_DESKS = {
    "info": domain.INFODESK,
    "infobalie": domain.INFODESK,
    "juridisch": domain.LEGAL,
    "vrijwilligers": domain.VOLUNTEERING,
    "minderjarigen": domain.MINORS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDesk:
    """Static things of the roster: catalogues, the language of the staff group, the timetable."""

    catalogs: Catalogs
    timetable: Timetable = field(default_factory=Timetable)
    staff_language: str = "nl"

    @property
    def vocabulary(self) -> Vocabulary:
        """What words mean in a line or a file."""
        return vocabulary(self.catalogs)

    def words(self, person: Person, incoming: Incoming) -> Words:
        """The person's own voice in their own chat, that of the team in the group."""
        code = person.language if incoming.is_private else self.staff_language
        return self.catalogs.words(code)


@lru_cache(maxsize=4)
def vocabulary(catalogs: Catalogs) -> Vocabulary:
    """Names of languages, days and desks in every language that is installed."""
    weekdays = {name: day for day, name in enumerate(domain.DAYS)}
    for _ in catalogs:
        for day in range(7):
            for name in _names_of_day(_, day):
                weekdays.setdefault(folded(name), day)
    return Vocabulary(
        language_names(catalogs), weekdays, {**{one: one for one in domain.DESKS}, **_DESKS}
    )


def _names_of_day(_: Words, day: int) -> Iterator[str]:
    yield formats.weekday_name(_, day)
    yield str(_.locale.days["format"]["abbreviated"][day]).rstrip(".")
