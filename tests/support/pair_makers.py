"""Pairs and places that last: assignments, who would like a buddy, and how a place stands."""

from typing import Any

from sqlalchemy import insert, select

from bot.dialog.routes import combine
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.domain import Person
from bot.schedule import due
from bot.schedule.tables import due as due_rows
from bot.storage.transaction import Row, Tx
from bot.volunteering import chat, jobs, staff_chat, tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain import Kind
from tests.support import volunteering_makers as making
from tests.support.dialog_makers import Phone
from tests.support.shift_makers import a_volunteering_desk
from tests.support.volunteering_makers import ALWAYS, GENT, NOW

KAREN, LIEN, AMINA, OLENA = (5_000_000_000 + number for number in (11, 12, 21, 22))


def a_desk(catalogs: Catalogs) -> VolunteeringDesk:
    """With the offices of the example."""
    return a_volunteering_desk(catalogs, offices=making.OFFICES)


def phone_of(tx: Tx, desk: VolunteeringDesk, person: Person) -> Phone:
    """Somebody's chat, with everything of volunteering."""
    phone = Phone(tx, desk.catalogs, (), person=person, at=NOW)  # type: ignore[arg-type]
    phone.further = combine(chat.combined(desk), staff_chat.combined(desk))
    return phone


async def a_person(tx: Tx, number: int, name: str, language: str = "en") -> Person:
    """Somebody with Telegram."""
    found = await people.find_person(
        tx, await making.a_person(tx, number, name=name, language=language)
    )
    assert found is not None
    return found


async def a_lasting_one(tx: Tx, kind: str = Kind.BUDDY, **further: Any) -> int:
    """An open assignment of Gent that lasts."""
    title = further.pop("title", "Walking together")
    host = await making.an_organisation(tx, f"Host of {title} {kind}")
    values: dict[str, Any] = {"kind": kind, "availability": ALWAYS, "wanted": 2}
    return await making.an_assignment(tx, host, title, at=GENT, **(values | further))


async def a_wish(tx: Tx, participant: int, **further: Any) -> None:
    """Somebody would like a buddy."""
    values = {
        "participant_id": participant,
        "office": "gent",
        "postcode": "9000",
        "town": "Gent",
        "latitude": 51.05,
        "longitude": 3.7167,
        "languages": ["uk", "en"],
        "availability": making.free_on((1, 2)),
        "waits_since": NOW,
        "changed_at": NOW,
    }
    await tx.execute(insert(tables.partners).values(values | further))


async def row_of(tx: Tx, placement: int = 1) -> Row:
    """A place as it stands."""
    row = await tx.one(select(tables.placements).where(tables.placements.c.id == placement))
    assert row is not None
    return row


async def states(tx: Tx) -> list[str]:
    """How all places stand, in order."""
    rows = await tx.all(select(tables.placements).order_by(tables.placements.c.id))
    return [row["state"] for row in rows]


async def becomes_due(tx: Tx, desk: VolunteeringDesk, kind: str, *, now: Any = NOW) -> int:
    """What was planned of a kind happens, when it is time."""
    wanted = select(due_rows).where(due_rows.c.kind == kind, due_rows.c.due_at <= now)
    rows = await tx.all(wanted)
    for row in rows:
        await due.cancel(tx, row["key"])
        await jobs.due_kinds(desk)[kind](tx, row["ref"], now=now)
    return len(rows)
