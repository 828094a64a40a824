"""A message to many on its way: everybody once, paused, resumed, stopped, by day only."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from bot import clock
from bot.broadcast import tables
from bot.broadcast.domain import (
    LOW,
    SLICE,
    Broadcast,
    Fate,
    NeedsApproval,
    NobodyMeant,
    Stage,
    TooLate,
    Topic,
)
from bot.broadcast.service import drafting, rows, sending, steering, subscriptions
from bot.delivery import messages
from bot.delivery.messages import Outgoing
from bot.delivery.outcomes import Outcome, Refusal, Uncertain, Unreachable
from bot.delivery.runway import AHEAD
from bot.delivery.tables import outbox as posts
from bot.errors import NotAllowed
from bot.people import tables as people
from bot.people.domain import Person, Role
from bot.storage.engine import Database
from tests.support import broadcast_makers as making
from tests.support.broadcast_makers import FIRST, Post, a_draft
from tests.support.volunteering_makers import NOW

DESK = making.a_desk()
EVENING = datetime(2026, 11, 20, 19, 59, 58, tzinfo=UTC)  # 20:59:58 in Brussels


async def _begun(
    database: Database, count: int = 3, *, now: datetime = NOW, **changes: object
) -> tuple[Broadcast, Person]:
    async with database.writing() as tx:
        await making.newcomers(tx, count)
        karen = await making.a_colleague(tx)
        draft = a_draft(**changes)
        return await making.begun(DESK, tx, karen, draft, now=now), karen


async def _waiting(database: Database) -> int:
    async with database.reading() as tx:
        return len(await making.bodies(tx))


async def test_everybody_gets_one_copy_and_the_author_hears(database: Database) -> None:
    one, karen = await _begun(database)
    post = Post(DESK, database)

    await post.goes_on()

    assert sorted(post.reached) == [FIRST + 1, FIRST + 2, FIRST + 3, *[karen.telegram_id] * 2]
    assert await making.fates(database, one.id) == {Fate.SENT: 4}
    async with database.reading() as tx:
        over = await rows.get(tx, one.id)
    assert (over.stage, over.total, over.counts) == (Stage.DONE, 4, {"sent": 4})


async def test_copies_are_written_in_slices(database: Database) -> None:
    one, _ = await _begun(database, SLICE + 99)
    post = Post(DESK, database)

    await post.feeds()
    assert await _waiting(database) == SLICE
    await post.feeds(seconds=2)
    assert await _waiting(database) == SLICE  # enough waits there

    await post.sends((SLICE - LOW) // AHEAD + 2)
    await post.feeds(seconds=2)
    assert (await making.fates(database, one.id)).get(Fate.WAITING, 0) == 0


async def test_what_became_of_each_copy_is_counted(database: Database) -> None:
    one, _ = await _begun(database, 5)
    post = Post(DESK, database)
    outcomes: dict[int, Outcome] = {
        FIRST + 1: Unreachable("Forbidden: bot was blocked by the user"),
        FIRST + 2: Refusal("Bad Request"),
        FIRST + 3: Uncertain("time out"),
    }
    post.answers(outcomes.get)

    await post.goes_on()

    found = await making.fates(database, one.id)
    assert found == {Fate.BLOCKED: 1, Fate.REFUSED: 1, Fate.UNCERTAIN: 1, Fate.SENT: 3}
    assert await making.stage(database, one.id) == Stage.DONE
    async with database.reading() as tx:
        state = select(people.people.c.state).where(people.people.c.telegram_id == FIRST + 1)
        assert await tx.scalar(state) == "blocked"


async def test_who_blocked_or_unsubscribed_meanwhile_gets_nothing(database: Database) -> None:
    one, _ = await _begun(database, 3)
    async with database.writing() as tx:
        table = people.people
        blocks = update(table).where(table.c.telegram_id == FIRST + 1).values(state="blocked")
        await tx.execute(blocks)
        id_ = await tx.scalar(select(table.c.id).where(table.c.telegram_id == FIRST + 2))
        values = {"person_id": id_, "topic": Topic.NEWS, "is_on": False, "at": NOW}
        await tx.execute(tables.subscriptions.insert().values(values))
    post = Post(DESK, database)

    await post.goes_on()

    found = await making.fates(database, one.id)
    assert found == {Fate.BLOCKED: 1, Fate.STOPPED: 1, Fate.SENT: 2}


async def test_pause_takes_back_what_waits_and_resume_goes_on(database: Database) -> None:
    one, karen = await _begun(database, 70)
    post = Post(DESK, database)
    await post.feeds()
    await post.sends(1)

    async with database.writing() as tx:
        await steering.pause(DESK, tx, karen, one.id, now=post.now)
    assert await _waiting(database) == 0
    await post.feeds(minutes=5)
    await post.sends(3)
    in_the_air = len(post.reached)
    assert 0 < in_the_air < 70

    async with database.writing() as tx:
        await steering.resume(DESK, tx, karen, one.id, now=post.now)
    await post.goes_on()

    copies = [chat for chat in post.reached if chat != karen.telegram_id]
    assert sorted(copies) == [FIRST + number for number in range(1, 71)]
    assert await making.stage(database, one.id) == Stage.DONE


async def test_cancelled_message_reaches_nobody_any_more(database: Database) -> None:
    one, karen = await _begun(database, 70)
    post = Post(DESK, database)
    await post.feeds()
    await post.sends(1)

    async with database.writing() as tx:
        await steering.cancel(DESK, tx, karen, one.id, now=post.now)
    await post.goes_on()

    found = await making.fates(database, one.id)
    assert found == {Fate.SENT: AHEAD, Fate.CANCELLED: 71 - AHEAD}
    async with database.reading() as tx:
        over = await rows.get(tx, one.id)
    assert (over.stage, over.counts) == (Stage.CANCELLED, found)


async def test_cancelled_message_cannot_be_taken_up_again(database: Database) -> None:
    one, karen = await _begun(database)
    async with database.writing() as tx:
        await steering.cancel(DESK, tx, karen, one.id, now=NOW)

        for again in (steering.resume, steering.pause, steering.cancel):
            with pytest.raises(TooLate):
                await again(DESK, tx, karen, one.id, now=NOW)


async def test_nothing_is_sent_at_night_and_it_goes_on_at_eight(database: Database) -> None:
    one, _ = await _begun(database, 40, now=EVENING)
    post = Post(DESK, database, EVENING)
    await post.feeds()
    assert await _waiting(database) == 41

    await post.feeds(seconds=3)
    assert await _waiting(database) == 0
    await post.feeds(hours=6)
    assert await _waiting(database) == 0

    await post.feeds(hours=5)
    assert await _waiting(database) == 41
    assert await making.stage(database, one.id) == Stage.RUNNING


async def test_message_begun_at_night_starts_in_the_morning(database: Database) -> None:
    night = datetime(2026, 11, 20, 22, tzinfo=UTC)
    await _begun(database, now=night)
    post = Post(DESK, database, night)

    await post.feeds()
    assert await _waiting(database) == 0
    await post.feeds(hours=9)
    assert await _waiting(database) == 4


async def test_copy_that_met_the_evening_is_sent_the_next_day(database: Database) -> None:
    one, _ = await _begun(database, 2, now=EVENING)
    post = Post(DESK, database, EVENING)
    await post.feeds()

    clock.moves_to(EVENING + timedelta(seconds=3))
    await post.sends(8)

    assert post.reached == []
    assert await making.fates(database, one.id) == {Fate.WAITING: 3}


async def test_message_whose_time_is_over_is_not_sent(database: Database) -> None:
    one, _ = await _begun(database, 2, expires_at=NOW + timedelta(hours=1))
    post = Post(DESK, database)

    await post.feeds(hours=2)

    assert await making.fates(database, one.id) == {Fate.EXPIRED: 3}
    assert await making.stage(database, one.id) == Stage.DONE


async def test_more_than_a_hundred_need_a_second_yes(database: Database) -> None:
    async with database.writing() as tx:
        await making.newcomers(tx, 100)
        karen = await making.a_colleague(tx)
        kept = await drafting.keep(tx, karen, a_draft(), now=NOW)

        with pytest.raises(NeedsApproval):
            async with tx.savepoint():
                await steering.start(DESK, tx, karen, kept.id, kept.draft.sign, now=NOW)

        table = people.people
        await tx.execute(delete(table).where(table.c.telegram_id == FIRST + 1))
        begun = await steering.start(DESK, tx, karen, kept.id, kept.draft.sign, now=NOW)
    assert begun.total == 100


async def test_message_to_nobody_does_not_start(database: Database) -> None:
    async with database.writing() as tx:
        karen = await making.a_colleague(tx)
        draft = a_draft(topic=Topic.ACTIVITIES)
        kept = await drafting.keep(tx, karen, draft, now=NOW)

        with pytest.raises(NobodyMeant):
            await steering.start(DESK, tx, karen, kept.id, kept.draft.sign, now=NOW)


@pytest.mark.parametrize("role", [None, Role.TRAINEE, Role.STAFF])
async def test_only_coordinators_steer_a_message(database: Database, role: Role | None) -> None:
    one, _ = await _begun(database)
    async with database.writing() as tx:
        joris = await making.a_colleague(tx, 901, role, name="Joris")

        for how in (steering.pause, steering.resume, steering.cancel):
            with pytest.raises(NotAllowed):
                await how(DESK, tx, joris, one.id, now=NOW)
        with pytest.raises(NotAllowed):
            await drafting.keep(tx, joris, a_draft(), now=NOW)


async def test_each_reads_the_own_language_or_is_told_which(database: Database) -> None:
    async with database.writing() as tx:
        await making.a_newcomer(tx, 1, "nl")
        await making.a_newcomer(tx, 2, "ps")
        karen = await making.a_colleague(tx)
        await making.begun(DESK, tx, karen, a_draft())
    post = Post(DESK, database)
    await post.feeds()

    async with database.reading() as tx:
        found = [messages.decode(row["body"]) for row in await making.bodies(tx)]
    said = {one.to: one.text for one in found if isinstance(one, Outgoing)}
    _ = DESK.catalogs.words("ps")
    assert "Morgen zijn we dicht." in said[FIRST + 1]
    assert "We are closed tomorrow." in said[FIRST + 2]
    assert _("ℹ️ We have this text only in {language}.", language="انګلیسي")[:6] in said[FIRST + 2]


async def test_slice_posted_twice_reaches_nobody_twice(database: Database) -> None:
    """A leader that died after its commit and one that comes back see the same rows."""
    one, _ = await _begun(database, 3)
    post = Post(DESK, database)
    await post.feeds()
    async with database.writing() as tx:  # as if the marks had been lost
        await tx.execute(update(tables.broadcast_people).values(fate=Fate.WAITING))
        await sending.wake(tx, one, at=post.now)

    await post.feeds()

    assert await _waiting(database) == 4


async def test_erased_person_is_neither_written_to_nor_waited_for(database: Database) -> None:
    one, _ = await _begun(database, 2)
    async with database.writing() as tx:
        table = people.people
        await tx.execute(delete(table).where(table.c.telegram_id == FIRST + 1))
    post = Post(DESK, database)

    await post.goes_on()

    assert await making.fates(database, one.id) == {Fate.SENT: 2}
    assert await making.stage(database, one.id) == Stage.DONE


async def test_copy_in_the_air_at_a_crash_is_not_sent_a_third_time(database: Database) -> None:
    """It is repeated once after the crash; taken back then, it counts as perhaps received."""
    one, karen = await _begun(database, 1)
    post = Post(DESK, database)
    await post.feeds()
    async with database.writing() as tx:
        await tx.execute(update(posts).where(posts.c.lane == 3).values(repeats=1))
        await steering.pause(DESK, tx, karen, one.id, now=NOW)

    assert await making.fates(database, one.id) == {Fate.UNCERTAIN: 2}


async def test_unsubscribing_twice_is_the_same_as_once(database: Database) -> None:
    async with database.writing() as tx:
        amina = await making.a_newcomer(tx, 1)
        for _ in range(2):
            await subscriptions.choose(tx, amina, Topic.NEWS, is_on=False, now=NOW)
        count = select(func.count()).select_from(tables.subscriptions)
        assert await tx.scalar(count) == 1
        assert (await subscriptions.of_person(tx, amina.id))[Topic.NEWS] is False
