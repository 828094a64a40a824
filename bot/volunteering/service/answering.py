"""How what people write in a dialog is read: names, towns, telephone numbers. A dialog hands in
what it is asking; nothing of that is needed here.
"""

from collections.abc import Mapping
from typing import Any

from bot.handover.domain.calling import phone_in, phone_shown
from bot.infodesk.directory.towns import Town
from bot.language import bidi, formats
from bot.language.catalog import Words
from bot.people.domain import Person
from bot.storage.transaction import Tx
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import enrolling as domain
from bot.volunteering.domain.partners import Wish
from bot.volunteering.service import whereabouts


async def read_name(_asking: object, text: str) -> str:
    """Made fit to stand in a text. Raises NoName."""
    name = bidi.safe_name(text)
    if name == "—":
        raise domain.NoName
    return name


async def read_town(desk: VolunteeringDesk, _asking: object, text: str) -> dict[str, Any]:
    """Raises NoSuchTown."""
    return whereabouts.town_of(desk, text)._asdict()


async def read_phone(_asking: object, text: str) -> str:
    """Raises NoPhone."""
    number = phone_in(formats.read_digits(bidi.strip_marks(text)))
    if number is None:
        raise domain.NoPhone
    return number


def say_phone(_: Words, value: str) -> str:
    """As it is read."""
    return phone_shown(value)


async def named_languages(
    _tx: Tx, _person: Person, _answers: object
) -> tuple[tuple[str, str], ...]:
    """By the names that their speakers give them."""
    return domain.LANGUAGES


def wished(desk: VolunteeringDesk, answers: Mapping[str, Any]) -> Wish:
    """What somebody who would like a buddy said, with the office that follows from the town."""
    town = Town(**answers["town"])
    return Wish(
        office=whereabouts.nearest_office(desk, town),
        town=town.name,
        postcode=town.postcode,
        latitude=town.latitude,
        longitude=town.longitude,
        languages=tuple(answers["languages"]),
        availability=answers["when"] or 0,
        phone=answers["phone"],
    )
