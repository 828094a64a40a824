"""What the wiring hands to whoever runs the house."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.app.scheduler import Regular
from bot.app.share import Pages
from bot.delivery import making
from bot.delivery.making import Maker
from bot.delivery.messages import Made
from bot.delivery.results import News
from bot.delivery.worker import Apologise
from bot.dialog.turn import Turn
from bot.duty.desk import Timetable
from bot.infodesk.desk import Shelf
from bot.language.catalog import Catalogs
from bot.people.service import Erasure
from bot.schedule.due import DueHandler, Job
from bot.schedule.fetching import Reader
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from bot.volunteering.matching import Index


class RepeatErasures(Protocol):
    """After a restore: erase again who had been erased since that backup. How many?"""

    async def __call__(self, tx: Tx, marks: Iterable[Erasure], *, now: datetime) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)  # it holds everything
class House:
    """Every room, connected. Holds no connection itself."""

    catalogs: Catalogs
    shelf: Shelf
    timetable: Timetable
    index: Index
    turn: Turn
    apologise: Apologise
    news: News
    due_kinds: Mapping[str, DueHandler]
    regulars: Sequence[Regular]
    makers: Mapping[str, Maker]
    readers: Mapping[str, Reader]
    pages: Sequence[Pages]
    repeat_erasures: RepeatErasures
    give_back_orphans: Job  # questions of colleagues who left go back into the queue

    async def make(self, database: Database, made: Made) -> bytes:
        """The content of a file that is made when it is sent."""
        return await making.content(database, self.makers[made.kind], made.id)
