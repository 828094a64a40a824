"""What this slice is given from above when the house is wired."""

from dataclasses import dataclass

from bot.dutch.domain import Course
from bot.language.catalog import Catalogs, Words
from bot.people.domain import Person


@dataclass(frozen=True, slots=True)
class DutchDesk:
    """Static things of the Dutch phrase of the day."""

    catalogs: Catalogs
    course: Course

    def words(self, person: Person) -> Words:
        """Somebody's own language."""
        return self.catalogs.words(person.language)
