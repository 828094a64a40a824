"""Prepared statements give and take the same values as SQLAlchemy's own way, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, delete, insert, literal, select

from bot.events.tables import events
from bot.infodesk.tables import asking
from bot.people.tables import people
from bot.storage.prepared import Prepared
from bot.storage.transaction import Tx

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PERSON = {
    "telegram_id": 5_000_000_001,
    "first_name": "امینه",
    "state": "reachable",
    "created_at": NOW,
    "seen_at": NOW,
}
WORDS = {"shown": ["health/doctor"], "messages": [{"id": 7, "text": "پزشک", "media": None}]}


EVENT = {
    "kind": "shift",
    "starts_at": NOW,
    "ends_at": NOW,
    "starts_wall": "2026-11-20T10:00",
    "latitude": 51.05,
    "created_at": NOW,
}
_WHERE = Prepared(
    select(events.c.latitude, events.c.longitude).where(events.c.id == bindparam("id"))
)


async def _row(tx: Tx) -> dict[str, object]:
    made = await tx.one(insert(people).values(**PERSON).returning(people.c.id))
    assert made is not None
    return {"person_id": made["id"], **WORDS, "is_urgent": True, "at": NOW, "no_help": ["a/b"]}


_WRITE = Prepared(insert(asking).values({name: bindparam(name) for name in asking.c.keys()}))  # noqa: SIM118
_READ = Prepared(
    select(asking)
    .where(asking.c.person_id == bindparam("who"), asking.c.is_urgent.in_([literal(True)]))
    .limit(1)
)


async def test_every_type_comes_back_as_it_was_given(tx: Tx) -> None:
    row = await _row(tx)

    await tx.write(_WRITE, row)

    assert await tx.one(_READ, {"who": row["person_id"]}) == row
    plain = await tx.one(select(asking))
    assert plain is not None
    assert dict(plain) == row


async def test_a_number_with_a_fraction_comes_back(tx: Tx) -> None:
    made = await tx.one(insert(events).values(**EVENT).returning(events.c.id))
    assert made is not None

    assert await tx.one(_WHERE, {"id": made["id"]}) == {"latitude": 51.05, "longitude": None}


async def test_a_row_that_is_not_there_is_none(tx: Tx) -> None:
    assert await tx.one(_READ, {"who": 1}) is None
    assert await tx.all(_READ, {"who": 1}) == []


async def test_a_value_that_is_missing_is_named(tx: Tx) -> None:
    with pytest.raises(KeyError, match="who"):
        await tx.one(_READ, {"whom": 1})


async def test_a_list_inside_in_is_refused(tx: Tx) -> None:
    with pytest.raises(TypeError, match="literal"):
        await tx.write(Prepared(delete(asking).where(asking.c.person_id.in_([1, 2]))), {})
