"""Where something is: the town that a text names, and the office nearest to it."""

from bot.infodesk.directory.towns import Town, kilometres
from bot.infodesk.search import normalised
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.organisations import NoSuchTown


def town_of(desk: VolunteeringDesk, text: str) -> Town:
    """The town of a name in any script, or of a postcode. Raises NoSuchTown."""
    said = normalised(text)
    town = desk.towns.named(said) or desk.towns.meant(said)
    if town is None:
        raise NoSuchTown(town=text[:40])
    return town


def nearest_office(desk: VolunteeringDesk, town: Town) -> str:
    """The key of the office nearest to a town; the first where nobody knows where they are."""

    def distance(key: str) -> float:
        there = desk.whereabouts(desk.offices[key])
        return float("inf") if there is None else kilometres(town, there)

    return min(desk.offices, key=distance, default="")
