"""What this slice is given from above when the house is wired."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.infodesk.directory.towns import Town
from bot.language.catalog import Catalogs, Words
from bot.people.domain import Person
from bot.volunteering.domain import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastDesk:
    """Static things of messages to many.

    offices       regions, by key
    town_of       the town of a name in any script, or of a postcode; raises NoSuchTown
    staff_groups  chat id by desk; the first group hears how a message goes
    """

    catalogs: Catalogs
    organisation: str
    staff_language: str
    town_of: Callable[[str], Town]
    offices: Mapping[str, Office] = field(default_factory=dict)
    staff_groups: Mapping[str, int] = field(default_factory=dict)

    @property
    def group(self) -> int | None:
        """The staff group in which messages to many are approved and followed."""
        return self.staff_groups.get("infodesk")

    @property
    def languages(self) -> tuple[str, ...]:
        """Every installed language, the team's own first."""
        return tuple(dict.fromkeys((self.staff_language, *self.catalogs.codes)))

    @property
    def staff_words(self) -> Words:
        """How the bot speaks in the group."""
        return self.catalogs.words(self.staff_language)

    def words(self, person: Person) -> Words:
        """Somebody's own language, else the team's."""
        return self.catalogs.words(person.language or self.staff_language)
