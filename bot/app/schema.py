"""All tables of the house, for migrations and tests."""

from sqlalchemy import MetaData

from bot.delivery import tables as delivery
from bot.handover import tables as handover
from bot.infodesk import tables as infodesk
from bot.people import tables as people
from bot.schedule import tables as schedule
from bot.storage.columns import metadata

ROOMS = (people, handover, infodesk, delivery, schedule)


def everything() -> MetaData:
    """The metadata with each room's tables on it."""
    return metadata
