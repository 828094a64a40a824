"""A phrase a day at the hour somebody chose: once, in their language, never at night."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.delivery import messages
from bot.delivery.messages import Outgoing
from bot.delivery.tables import outbox as posts
from bot.dutch import jobs, privacy, tables
from bot.dutch.desk import DutchDesk
from bot.dutch.domain import PAUSE, SLICE, STOPPED_KEPT, Learner
from bot.dutch.service import keeping, learning, sending
from bot.language.formats import BRUSSELS
from bot.people import tables as people_tables
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.engine import Database
from tests.support import broadcast_makers as making
from tests.support import shipped

DESK = DutchDesk(shipped.files().catalogs, shipped.files().course)
FRIDAY = date(2026, 11, 20)


def _at(hour: int, minute: int = 0, *, day: date = FRIDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


async def _learner(database: Database, number: int = 1, hour: int = 9, **changes: Any) -> Person:
    """Somebody who chose an hour the evening before."""
    chosen_at = changes.pop("chosen_at", _at(20, 30, day=date(2026, 11, 19)))
    async with database.writing() as tx:
        person = await making.a_newcomer(tx, number, changes.pop("language", "en"))
        await learning.choose_hour(tx, person, hour, now=chosen_at)
        if changes:
            await tx.execute(update(tables.learners).values(changes))
    return person


async def _hour(database: Database, now: datetime) -> list[Outgoing]:
    """What the hourly look posts at this moment, with all that it plans."""
    before = {row["id"] for row in await _rows(database)}
    async with database.writing() as tx:
        await sending.begin(DESK, tx, now=now)
    while await due.run(database, jobs.due_kinds(DESK), now=now + PAUSE):
        now += PAUSE
    found = [row for row in await _rows(database) if row["id"] not in before]
    posted = [messages.decode(row["body"]) for row in found]
    return [post for post in posted if isinstance(post, Outgoing)]


async def _rows(database: Database) -> Sequence[Any]:
    async with database.reading() as tx:
        return await tx.all(select(posts).order_by(posts.c.id))


async def _now(database: Database, person: Person) -> Learner | None:
    async with database.reading() as tx:
        return await learning.of_person(tx, person.id)


async def test_phrase_comes_at_the_chosen_hour_and_once(database: Database) -> None:
    amina = await _learner(database, language="fa_AF")

    assert await _hour(database, _at(8)) == []
    (post,) = await _hour(database, _at(9))
    assert await _hour(database, _at(9, 5)) == []
    assert await _hour(database, _at(10)) == []

    assert post.to == amina.telegram_id
    assert post.lane == "broadcast"
    assert "Hoe gaat het met u?" in post.text
    assert "چطور هستید؟" in post.text


async def test_each_day_brings_the_next_phrase_and_the_first_again(database: Database) -> None:
    await _learner(database, sent=58)
    days = [FRIDAY + timedelta(days=n) for n in range(3)]

    texts = [(await _hour(database, _at(9, day=day)))[0].text for day in days]

    assert ["59 of 60" in texts[0], "60 of 60" in texts[1], "1 of 60" in texts[2]] == [True] * 3
    assert "the first comes again" in texts[1]


@pytest.mark.parametrize(("late", "comes"), [((9, 40), True), ((10, 59), True), ((11, 0), False)])
async def test_what_was_missed_for_two_hours_waits_for_tomorrow(
    database: Database, late: tuple[int, int], comes: bool
) -> None:
    await _learner(database)

    assert len(await _hour(database, _at(*late))) == comes
    (tomorrow,) = await _hour(database, _at(9, day=date(2026, 11, 21)))
    assert ("2 of 60" if comes else "1 of 60") in tomorrow.text


async def test_a_week_of_silence_is_not_caught_up(database: Database) -> None:
    await _learner(database)

    (post,) = await _hour(database, _at(9, day=date(2026, 11, 27)))

    assert "1 of 60" in post.text
    assert await _hour(database, _at(9, 30, day=date(2026, 11, 27))) == []


async def test_weekend_is_free_for_who_chose_weekdays(database: Database) -> None:
    person = await _learner(database)
    async with database.writing() as tx:
        await learning.choose_days(tx, person, only_weekdays=True, now=_at(8))

    found = [len(await _hour(database, _at(9, day=FRIDAY + timedelta(days=n)))) for n in range(4)]

    assert found == [1, 0, 0, 1]


async def test_friday_that_was_missed_is_not_sent_on_saturday(database: Database) -> None:
    person = await _learner(database)
    async with database.writing() as tx:
        await learning.choose_days(tx, person, only_weekdays=True, now=_at(8))

    assert await _hour(database, _at(9, day=date(2026, 11, 21))) == []
    assert len(await _hour(database, _at(9, day=date(2026, 11, 23)))) == 1


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
async def test_hour_on_the_wall_stays_when_the_clock_is_changed(
    database: Database, day: date
) -> None:
    await _learner(database, chosen_at=_at(12, day=day - timedelta(days=1)))

    assert await _hour(database, _at(8, 59, day=day)) == []
    assert len(await _hour(database, _at(9, day=day))) == 1


@pytest.mark.parametrize("hour", [21, 23, 3, 7])
async def test_nothing_is_posted_at_night(database: Database, hour: int) -> None:
    for number, chosen in enumerate((8, 20), start=1):
        await _learner(database, number, chosen)

    assert await _hour(database, _at(hour, 30)) == []


async def test_phrase_of_the_evening_does_not_leave_after_nine(database: Database) -> None:
    await _learner(database, hour=20)

    (post,) = await _hour(database, _at(20))

    assert post.expires_at == _at(21)


async def test_many_are_taken_in_slices_and_nobody_twice(database: Database) -> None:
    count = 2 * SLICE + 7
    async with database.writing() as tx:
        await making.newcomers(tx, count)
        them = await tx.all(select(people_tables.people.c.id))
        values = {"hour": 9, "only_weekdays": False, "next_on": FRIDAY, "changed_at": _at(8)}
        await tx.execute(
            insert(tables.learners), [{"person_id": row["id"], **values} for row in them]
        )

    found = await _hour(database, _at(9))

    assert len(found) == len({post.to for post in found}) == count


async def test_turn_that_fails_leaves_everybody_waiting(database: Database) -> None:
    await _learner(database)

    async def crashes() -> None:
        async with database.writing() as tx:
            await sending.begin(DESK, tx, now=_at(9))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await crashes()

    assert len(await _hour(database, _at(9, 1))) == 1


async def test_who_blocked_the_bot_goes_on_where_they_were(database: Database) -> None:
    person = await _learner(database)
    table = people_tables.people
    async with database.writing() as tx:
        await tx.execute(update(table).values(state="blocked"))

    assert await _hour(database, _at(9)) == []
    async with database.writing() as tx:
        await tx.execute(update(table).values(state="reachable"))

    (post,) = await _hour(database, _at(9, day=date(2026, 11, 21)))
    assert "1 of 60" in post.text
    assert (learner := await _now(database, person)) is not None
    assert learner.sent == 1


async def test_another_hour_on_the_same_day_brings_no_second_phrase(database: Database) -> None:
    person = await _learner(database)
    await _hour(database, _at(9))
    async with database.writing() as tx:
        await learning.stop(tx, person, now=_at(9, 30))
        chosen = await learning.choose_hour(tx, person, 12, now=_at(9, 31))

    assert chosen.next_on == date(2026, 11, 21)
    assert await _hour(database, _at(12)) == []
    (tomorrow,) = await _hour(database, _at(12, day=date(2026, 11, 21)))
    assert "2 of 60" in tomorrow.text


async def test_who_stopped_gets_nothing_however_often_they_tap(database: Database) -> None:
    person = await _learner(database)
    for _ in range(2):
        async with database.writing() as tx:
            await learning.stop(tx, person, now=_at(8))
    async with database.writing() as tx:
        await learning.choose_days(tx, person, only_weekdays=True, now=_at(8, 10))

    assert await _hour(database, _at(9)) == []
    assert (learner := await _now(database, person)) is not None
    assert not learner.is_on


async def test_copy_of_data_holds_the_hour_and_erasing_takes_it(database: Database) -> None:
    person = await _learner(database)

    async with database.writing() as tx:
        copy = await privacy.export_person(tx, person.id)
        await privacy.forget_person(tx, person.id, now=_at(9))
        nothing = await privacy.export_person(tx, person.id)

    found = copy["phrase of the day"]
    assert isinstance(found, dict)
    assert found["hour"] == 9
    assert nothing == {}
    assert await _hour(database, _at(9)) == []


async def test_place_of_who_stopped_long_ago_is_forgotten(database: Database) -> None:
    stopped, other = await _learner(database, 1), await _learner(database, 2)
    async with database.writing() as tx:
        await learning.stop(tx, stopped, now=_at(9))

    for later, is_kept in ((STOPPED_KEPT, True), (STOPPED_KEPT + timedelta(seconds=1), False)):
        async with database.writing() as tx:
            await keeping.clean(tx, now=_at(9) + later)
        assert (await _now(database, stopped) is not None) == is_kept
    assert await _now(database, other) is not None
