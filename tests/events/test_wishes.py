"""Fewer or more reminders: which ones, none at all, and "later"."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.delivery.messages import Edit, Message, Outgoing
from bot.delivery.outcomes import Receipt
from bot.errors import Outdated
from bot.events import chat, jobs
from bot.events.domain import TALK, EventId, refusals
from bot.events.service import places, planning, reminding
from bot.language.catalog import Catalogs
from bot.people import service as people
from bot.people.domain import Person
from bot.schedule import reminders
from bot.schedule.reminders import Fate
from bot.schedule.tables import due
from bot.storage.engine import Database
from bot.storage.transaction import Tx
from tests.support.event_makers import (
    DAY,
    FIRST_ID,
    HOUR,
    MINUTE,
    NOW,
    a_desk,
    an_event,
    passes,
    posted,
    somebody,
)
from tests.support.people_makers import a_sender, tapped

STARTS = NOW + 10 * DAY  # at ten in the morning


@pytest.fixture
async def amina(database: Database) -> Person:
    async with database.writing() as tx:
        person, _ = await somebody(tx, 1)
    return person


async def _placed(
    database: Database, amina: Person, *, now: datetime = NOW, **event: object
) -> EventId:
    async with database.writing() as tx:
        id_ = await an_event(tx, now=NOW, **{"starts_at": STARTS, **event})
        _, mine = await somebody(tx, 1)
        await places.take(tx, mine, id_, now=now)
    return id_


async def _taps(
    database: Database, catalogs: Catalogs, amina: Person, data: str, *, at: datetime = NOW
) -> Message:
    actions = chat.combined(a_desk(catalogs)).actions
    async with database.writing() as tx:
        person = await people.find_person(tx, amina.id)
        assert person is not None
        tap = tapped(data, sender=a_sender(amina.telegram_id), at=at)
        [shown] = await actions[data.partition(":")[0]](tx, person, tap)
    return shown


def _actions(shown: Message) -> list[str]:
    assert isinstance(shown, Edit | Outgoing)
    return [one.action or "" for row in shown.buttons for one in row]


async def _count(database: Database) -> int:
    async with database.reading() as tx:
        found = await posted(tx, FIRST_ID + 1)
    return sum(isinstance(one, Outgoing) and one.lane == "reminder" for one in found)


async def _at_each(database: Database, catalogs: Catalogs, *moments: datetime) -> list[int]:
    counts = []
    for moment in moments:
        await passes(database, a_desk(catalogs), moment)
        counts.append(await _count(database))
    return counts


async def _fates(tx: Tx) -> dict[Fate, int]:
    counted = await reminders.fates(tx, since=NOW)
    return {fate: n for found in counted.values() for fate, n in found.items()}


async def test_each_reminder_is_switched_off_and_on(
    database: Database, catalogs: Catalogs, amina: Person
) -> None:
    first = await _taps(database, catalogs, amina, "erem")
    assert _actions(first) == ["erem:days:0", "erem:day:0", "erem:hours:0", "erem:none"]

    fewer = await _taps(database, catalogs, amina, "erem:days:0")
    assert _actions(fewer) == ["erem:days:1", "erem:day:0", "erem:hours:0", "erem:none"]
    none = await _taps(database, catalogs, amina, "erem:none")
    assert _actions(none) == ["erem:days:1", "erem:day:1", "erem:hours:1", "erem:usual"]
    usual = await _taps(database, catalogs, amina, "erem:usual")
    assert _actions(usual) == _actions(first)
    with pytest.raises(Outdated):
        await _taps(database, catalogs, amina, "erem:weeks:1")


@pytest.mark.parametrize(
    ("wish", "counts"),
    [("erem:days:0", [0, 1, 2]), ("erem:day:0", [1, 1, 2]), ("erem:none", [0, 0, 0])],
)
async def test_only_wanted_reminders_come(
    database: Database, catalogs: Catalogs, amina: Person, wish: str, counts: list[int]
) -> None:
    await _placed(database, amina)  # the wish counts for places that were taken before it, too
    await _taps(database, catalogs, amina, wish)

    moments = (STARTS - 3 * DAY, STARTS - DAY, STARTS - 2 * HOUR)
    assert await _at_each(database, catalogs, *moments) == counts


async def test_talk_has_a_third_reminder_for_who_wants_it(
    database: Database, catalogs: Catalogs, amina: Person
) -> None:
    await _placed(database, amina, kind=TALK)
    assert await _at_each(database, catalogs, STARTS - 3 * DAY) == [0]

    await _placed(database, amina, kind=TALK, starts_at=STARTS + 7 * DAY)
    await _taps(database, catalogs, amina, "erem:day:1")
    moment = STARTS + 4 * DAY
    assert await _at_each(database, catalogs, moment - MINUTE, moment) == [0, 1]


async def test_later_comes_then_with_the_same_question(
    database: Database, catalogs: Catalogs, amina: Person
) -> None:
    event = await _placed(database, amina)
    at = STARTS - DAY
    await _at_each(database, catalogs, at)
    asked = await _taps(database, catalogs, amina, f"elater:{event}", at=at)
    assert _actions(asked) == [
        f"elater:{event}:hour",
        f"elater:{event}:evening",
        f"elater:{event}:morning",
        f"elater:{event}:back",
    ]

    chosen = await _taps(database, catalogs, amina, f"elater:{event}:evening", at=at)
    assert isinstance(chosen, Edit)
    assert "19:00" in chosen.text
    evening = at + 9 * HOUR
    two_hours = STARTS - 2 * HOUR
    assert await _at_each(database, catalogs, evening - MINUTE, evening, two_hours) == [1, 2, 3]
    async with database.reading() as tx:
        _, again, _ = await posted(tx, FIRST_ID + 1)
    assert "ecome" in _actions(again)[0]


async def test_later_works_days_afterwards_and_not_when_it_is_too_late(
    database: Database, catalogs: Catalogs, amina: Person
) -> None:
    event = await _placed(database, amina)
    days_later = STARTS - 2 * DAY
    back = await _taps(database, catalogs, amina, f"elater:{event}:back", at=days_later)
    assert "ecome" in _actions(back)[0]

    near = STARTS - HOUR
    shown = await _taps(database, catalogs, amina, f"elater:{event}", at=near)
    assert f"elater:{event}" not in _actions(shown), "there is no time left for another reminder"
    with pytest.raises(refusals.Over):
        await _taps(database, catalogs, amina, f"elater:{event}", at=STARTS)
    async with database.writing() as tx:
        await planning.cancel(tx, event, now=NOW)
    with pytest.raises(refusals.Cancelled):
        await _taps(database, catalogs, amina, f"elater:{event}", at=near)


async def test_stranger_is_not_reminded_later(
    database: Database, catalogs: Catalogs, amina: Person
) -> None:
    event = await _placed(database, amina)
    async with database.writing() as tx:
        other, _ = await somebody(tx, 2, name="Oksana")
    with pytest.raises(refusals.NoPlace):
        await _taps(database, catalogs, other, f"elater:{event}:hour")


async def test_two_taps_on_later_are_one_wish_the_last_one(
    database: Database, catalogs: Catalogs, amina: Person
) -> None:
    event = await _placed(database, amina)
    at = STARTS - 2 * DAY
    for name in ("hour", "hour", "evening"):
        await _taps(database, catalogs, amina, f"elater:{event}:{name}", at=at)

    async with database.reading() as tx:
        planned = await tx.all(select(due.c.due_at).where(due.c.kind == "events.again"))
    assert [row["due_at"] for row in planned] == [at + 9 * HOUR]


async def test_later_of_a_bot_that_was_away_is_sent_by_day_and_says_so(
    database: Database, catalogs: Catalogs, amina: Person
) -> None:
    event = await _placed(database, amina)
    await _taps(database, catalogs, amina, f"elater:{event}:hour", at=STARTS - 5 * DAY)
    night = STARTS - 5 * DAY + 13 * HOUR

    assert await _at_each(database, catalogs, night, night + 9 * HOUR) == [0, 1]
    async with database.reading() as tx:
        [said] = await posted(tx, FIRST_ID + 1)
        assert await _fates(tx) == {Fate.LATE: 1}
    assert "this reminder comes late" in getattr(said, "text", "")


async def test_reminder_that_the_post_kept_into_the_night_comes_in_the_morning(
    database: Database, catalogs: Catalogs, amina: Person
) -> None:
    await _placed(database, amina, starts_at=STARTS + 10 * HOUR)
    at = STARTS + 10 * HOUR - DAY  # 20:00; Telegram was away until 23:00
    await _at_each(database, catalogs, at - 2 * DAY, at)
    night = at + 3 * HOUR
    async with database.writing() as tx:
        [ref] = await tx.raw(
            "UPDATE outbox SET state = 'expired', body = NULL WHERE expires_at = ? RETURNING ref",
            (at + HOUR).timestamp(),
        )
        receipt = Receipt(ref[0], "expired", FIRST_ID + 1)
        await jobs.receipts()[reminding.RECEIPT](tx, receipt, now=night)

    morning = at + 12 * HOUR
    assert await _at_each(database, catalogs, night, morning - MINUTE, morning) == [1, 1, 2]
    async with database.reading() as tx:
        [_, late] = await posted(tx, FIRST_ID + 1)
        assert await _fates(tx) == {Fate.SENT: 1, Fate.LATE: 1}
    assert "this reminder comes late" in getattr(late, "text", "")


@pytest.mark.parametrize(
    ("state", "fate"), [("unreachable", Fate.AWAY), ("refused", Fate.REFUSED), ("sent", Fate.SENT)]
)
async def test_what_the_post_could_not_send_is_written_down(
    database: Database, catalogs: Catalogs, amina: Person, state: str, fate: Fate
) -> None:
    await _placed(database, amina)
    await _at_each(database, catalogs, STARTS - 3 * DAY)
    async with database.writing() as tx:
        [(ref,)] = await tx.raw("SELECT ref FROM outbox")
        receipt = Receipt(ref, state, FIRST_ID + 1)  # type: ignore[arg-type]
        await jobs.receipts()[reminding.RECEIPT](tx, receipt, now=STARTS - 3 * DAY)
        assert await _fates(tx) == {fate: 1}


async def test_missed_reminders_leave_a_trace(
    database: Database, catalogs: Catalogs, amina: Person
) -> None:
    await _placed(database, amina)
    await _at_each(database, catalogs, STARTS + timedelta(minutes=5))

    assert await _count(database) == 0
    async with database.reading() as tx:
        assert await _fates(tx) == {Fate.OVERTAKEN: 2, Fate.OVER: 1}
