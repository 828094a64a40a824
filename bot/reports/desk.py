"""What this slice is given from above when the house is wired."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.language.catalog import Catalogs, Words
from bot.people.domain import Person
from bot.reports.domain import Target
from bot.volunteering.domain import Office, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsDesk:
    """Static things of reports.

    offices, projects  whose figures are counted apart, by key
    targets            lines of the policy plan
    office_towns       postcodes of the municipalities in which there is an office
    """

    catalogs: Catalogs
    organisation: str
    staff_language: str
    offices: Mapping[str, Office] = field(default_factory=dict)
    projects: Mapping[str, Project] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    office_towns: frozenset[str] = frozenset()

    @property
    def staff_words(self) -> Words:
        """The language of the sheets."""
        return self.catalogs.words(self.staff_language)

    def words_for(self, person: Person) -> Words:
        """A colleague's own language, else the team's."""
        return self.catalogs.words(person.language or self.staff_language)
