"""Answers whose day is over are told to who can change them, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.messages import Outgoing
from bot.infodesk.desk import InfoDesk, Shelf
from bot.infodesk.domain import Library
from bot.infodesk.service import reviewing
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.domain import Role
from bot.storage.transaction import Tx
from tests.support import infodesk_makers as making
from tests.support.event_makers import posted
from tests.support.people_makers import a_person

MORNING = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)  # a Friday, half past nine
KAREN, YUSUF = 7001, 7002


def _library(**days: str) -> Library:
    """The shipped one; only these topics have a day."""
    library = making.shipped()
    own = {slug.replace("__", "/"): day for slug, day in days.items()}
    answers = {
        code: {slug: replace(one, volatile=own.get(slug)) for slug, one in known.items()}
        for code, known in library.answers.items()
    }
    return replace(library, answers=answers)


@pytest.fixture
def desk(catalogs: Catalogs) -> InfoDesk:
    library = _library(asylum__apply="2026-11-19", work__rights="2026-11-20")
    return replace(making.a_desk(catalogs), shelf=Shelf(library))


async def _colleague(tx: Tx, telegram_id: int, role: Role) -> None:
    person = await a_person(tx, telegram_id, language="en")
    code = await people.invite(tx, role, now=MORNING)
    await people.join(tx, person, code, now=MORNING)


async def _told(tx: Tx, telegram_id: int = KAREN) -> list[str]:
    found = await posted(tx, telegram_id)
    return [one.text for one in found if isinstance(one, Outgoing)]


async def test_coordinators_hear_of_it_once(tx: Tx, desk: InfoDesk) -> None:
    await _colleague(tx, KAREN, Role.COORDINATOR)
    await _colleague(tx, YUSUF, Role.STAFF)
    for hour in range(3):
        await reviewing.remind(desk, tx, now=MORNING + timedelta(hours=hour))

    [text] = await _told(tx)
    assert "asylum/apply" in text
    assert "work/rights" not in text, "its day is not over"
    assert await _told(tx, YUSUF) == []

    await reviewing.remind(desk, tx, now=MORNING + timedelta(days=3))
    assert "work/rights" in (await _told(tx))[1]
    assert "asylum/apply" not in (await _told(tx))[1]


@pytest.mark.parametrize(
    "now",
    [
        MORNING - timedelta(hours=2),
        MORNING + timedelta(hours=9),
        MORNING + timedelta(days=1),
        datetime(2026, 12, 25, 9, tzinfo=UTC),
    ],
    ids=["early", "evening", "Saturday", "Christmas"],
)
async def test_nobody_hears_of_it_outside_working_hours(
    tx: Tx, desk: InfoDesk, now: datetime
) -> None:
    await _colleague(tx, KAREN, Role.COORDINATOR)

    await reviewing.remind(desk, tx, now=now)

    assert await _told(tx) == []


async def test_it_waits_until_there_is_somebody_to_tell(tx: Tx, desk: InfoDesk) -> None:
    await reviewing.remind(desk, tx, now=MORNING)
    await _colleague(tx, KAREN, Role.COORDINATOR)
    await reviewing.remind(desk, tx, now=MORNING + timedelta(hours=1))

    assert len(await _told(tx)) == 1
