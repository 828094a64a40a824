"""Files that coordinators sent: shown first, brought in when they say so, forgotten within a day.

Only Telegram's name for the file is kept, never its content: what was shown is what is brought in,
or it is shown again.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update

from bot.errors import Outdated
from bot.events import tables
from bot.events.service.bulk import Outcome
from bot.events.service.walking_in import Walked
from bot.people import service as people
from bot.people.domain import Person, Role, is_at_least, require
from bot.schedule import fetching
from bot.storage.transaction import Row, Tx

READER: Final = "events"
KEPT: Final = timedelta(days=1)
READING, SHOWN, WANTED = "reading", "shown", "wanted"

files = tables.event_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A file that waits to be read or to be said yes to.

    event_id  the walk whose walkers it holds; None: it holds events
    kind, office  of events where the file does not say; "": not asked yet
    sign      of what was shown
    """

    id: int
    person_id: int
    file_id: str
    event_id: int | None
    kind: str
    office: str
    state: str
    sign: str


async def keep(
    tx: Tx, person: Person, file_id: str, *, now: datetime, event_id: int | None = None
) -> None:
    """Have it read. Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    values = {
        "person_id": person.id,
        "file_id": file_id,
        "event_id": event_id,
        "state": READING,
        "created_at": now,
    }
    made = tx.insert(files).values(values).returning(files.c.id)
    await fetching.ask(tx, READER, str(await tx.scalar(made)), now=now)


async def find(tx: Tx, id_: int) -> Filed | None:
    """It, as it stands."""
    row = await tx.one(select(files).where(files.c.id == id_))
    return None if row is None else _filed(row)


async def own(tx: Tx, person: Person, id_: int, *, now: datetime) -> Filed:
    """A file of theirs that was shown. Raises StaffOnly, Outdated."""
    require(person, Role.COORDINATOR)
    row = await tx.one(
        select(files).where(files.c.id == id_, files.c.person_id == person.id).with_for_update()
    )
    if row is None or row["state"] != SHOWN or row["created_at"] < now - KEPT:
        raise Outdated
    return _filed(row)


async def sender(tx: Tx, filed: Filed) -> Person | None:
    """Who sent it, while they still may bring something in."""
    person = await people.find_person(tx, filed.person_id)
    is_still = person is not None and is_at_least(person.role, Role.COORDINATOR)
    return person if is_still else None


async def read_again(tx: Tx, filed: Filed, *, now: datetime, **values: Any) -> None:
    """With another kind or office, or to bring it in (`state`)."""
    await mark(tx, filed, **{"state": READING, **values})
    await fetching.ask(tx, READER, str(filed.id), now=now)


async def mark(tx: Tx, filed: Filed, **values: Any) -> None:
    """What is new of it."""
    await tx.execute(update(files).where(files.c.id == filed.id).values(values))


async def drop(tx: Tx, filed: Filed) -> None:
    """It is brought in, wrong or unwanted."""
    await tx.execute(delete(files).where(files.c.id == filed.id))


async def forget_old(tx: Tx, *, now: datetime) -> None:
    """Nobody said yes to these."""
    await tx.execute(delete(files).where(files.c.created_at < now - KEPT))


async def forget_person(tx: Tx, person_id: int) -> None:
    """What they sent."""
    await tx.execute(delete(files).where(files.c.person_id == person_id))


async def export(tx: Tx, person_id: int) -> list[dict[str, object]]:
    """What they sent and have not said yes to."""
    wanted = select(files.c.created_at, files.c.state).where(files.c.person_id == person_id)
    rows = await tx.all(wanted)
    return [{"sent_at": row["created_at"].isoformat(), "state": row["state"]} for row in rows]


def sign(outcome: Outcome | Walked) -> str:
    """Changes with whatever the file would do."""
    does = outcome.added if isinstance(outcome, Walked) else outcome.changes
    said = "\n".join(map(repr, (*does, *(one.at for one in outcome.skipped))))
    return hashlib.sha256(said.encode()).hexdigest()


def _filed(row: Row) -> Filed:
    names = ("id", "person_id", "file_id", "event_id", "kind", "office", "state", "sign")
    return Filed(**{name: row[name] for name in names})
