"""Who would like a buddy, and which volunteers fit: the same rules as everywhere. Pure.

Languages are those that both speak; what the assignment needs of the volunteer counts too. Origin,
sex, age and health are not known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.errors import N_, Refused
from bot.volunteering.domain.matching import Match, Need, Opening, Seeker, Spot

REACH_LENGTH: Final = 80  # of how somebody can be reached
SUGGESTED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Somebody who would like a buddy or a mentor.

    languages     codes, as they said them
    availability  bit = weekday * 3 + part of the day; 0: not said
    phone         only of who has no Telegram
    """

    id: int
    name: str
    office: str
    town: str
    languages: tuple[str, ...]
    availability: int = 0
    spot: Spot | None = None
    phone: str = ""
    waits_since: datetime | None = None
    has_telegram: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A volunteer who fits, with why."""

    match: Match
    name: str
    town: str
    has_telegram: bool

    @property
    def id(self) -> int:
        """Which volunteer."""
        return self.match.seeker


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody says of themselves."""

    office: str
    town: str
    postcode: str
    latitude: float
    longitude: float
    languages: tuple[str, ...]
    availability: int = 0
    phone: str | None = None

    def columns(self) -> Mapping[str, object]:
        """As they are kept."""
        return {
            "office": self.office,
            "town": self.town,
            "postcode": self.postcode,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "languages": list(self.languages),
            "availability": self.availability,
            "phone": self.phone,
        }


def meeting(need: Need, partner: Partner, seeker: Seeker) -> Opening | None:
    """The two as an opening that can be scored: near the partner, in hours that both have; None
    where they have no language in common."""
    common = {code: 1 for code in partner.languages if code in seeker.languages}
    if not common:
        return None
    return Opening(
        need=replace(need, languages={**common, **need.languages}),
        spot=partner.spot or need.spot,
        parts=(seeker.availability & partner.availability) or partner.availability,
    )


class OnlyAdults(Refused):
    """Whoever is under 18 is looked after by colleagues, not by a list."""

    sentence = N_("A buddy is for people of 18 and older.")
