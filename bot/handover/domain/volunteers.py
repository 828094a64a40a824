"""A volunteer asks the coordinators of their office. Pure."""

from dataclasses import dataclass

from bot.handover.domain.cases import Case

ABOUT_LIMIT = 200  # letters


@dataclass(frozen=True, slots=True)
class ToCoordinators:
    """Of which office, and what it is about, as the team reads it: "Volunteer, office Gent"."""

    office: str
    about: str

    def is_of(self, case: Case) -> bool:
        """Is the draft for the same people, about the same?"""
        return (case.office, case.about) == (self.office, self.about)
