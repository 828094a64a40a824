"""All tables of the house, for migrations and tests."""

from sqlalchemy import MetaData, delete

from bot.broadcast import tables as broadcast
from bot.complaints import tables as complaints
from bot.delivery import tables as delivery
from bot.dialog import tables as dialog
from bot.dutch import tables as dutch
from bot.duty import tables as duty
from bot.events import tables as events
from bot.handover import tables as handover
from bot.infodesk import tables as infodesk
from bot.people import tables as people
from bot.schedule import tables as schedule
from bot.storage import identity
from bot.storage.columns import metadata
from bot.storage.transaction import Tx
from bot.volunteering import tables as volunteering

ROOMS = (
    *(people, dialog, duty, handover, complaints, infodesk, dutch, events, volunteering, broadcast),
    *(delivery, schedule, identity),
)


def everything() -> MetaData:
    """The metadata with each room's tables on it."""
    return metadata


async def empty(tx: Tx) -> None:
    """Delete every row but the one that says whose database this is."""
    for table in reversed(metadata.sorted_tables):
        if table is not identity.identity:
            await tx.execute(delete(table))
