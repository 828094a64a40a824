"""Two colleagues tap Claim at the same moment, on two real connections."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import structs
from sqlalchemy import func, select, update

from bot.delivery import messages, outbox, slots
from bot.delivery.incoming import Incoming, Said
from bot.delivery.messages import Copy, Message, Toast
from bot.delivery.tables import outbox as posts
from bot.duty.desk import Timetable
from bot.duty.domain import Hours
from bot.handover.domain import AlreadyTaken, Case, State
from bot.handover.service import claiming, drafting, escalating
from bot.handover.tables import case_messages, cases
from bot.language.catalog import Catalogs
from bot.people import tables as people
from bot.people.domain import Person
from bot.storage.engine import Database
from tests.support.delivery_makers import on_postgres
from tests.support.duty_makers import OFFICE, a_duty, a_roster
from tests.support.handover_makers import AMINA, HOLD, JORIS, NAMES, NOW, SARA, Office, a_desk

ROUNDS = 10


async def _ready(database: Database, catalogs: Catalogs) -> tuple[Office, list[Person], int]:
    async with database.writing() as tx:
        office = Office(tx, a_desk(catalogs))
        await office.person(AMINA)
        colleagues = [await office.colleague(JORIS), await office.colleague(SARA)]
        case = await office.asked()
    return office, colleagues, case.id


async def _again(database: Database, case_id: int) -> None:
    async with database.writing() as tx:
        free = update(cases).where(cases.c.id == case_id)
        await tx.execute(free.values(state=State.NEW, claimed_by=None))


async def test_exactly_one_of_two_claims_wins(database: Database, catalogs: Catalogs) -> None:
    office, colleagues, case_id = await _ready(database, catalogs)

    async def claim(person: Person) -> str:
        try:
            async with database.writing() as tx:
                await claiming.claim(office.desk, tx, person, case_id, now=NOW)
                await asyncio.sleep(0)
        except AlreadyTaken as refusal:
            return str(refusal.values["name"])
        return "won"

    for _ in range(ROUNDS):
        ends = await asyncio.gather(*(claim(person) for person in colleagues))
        async with database.reading() as tx:
            winner = await tx.scalar(
                select(people.people.c.first_name).join(
                    cases, cases.c.claimed_by == people.people.c.id
                )
            )
        assert sorted(ends, key=lambda end: end != "won") == ["won", winner]
        await _again(database, case_id)


@on_postgres  # SQLite has one writer at a time: the race needs two
async def test_without_the_guard_both_would_win(database: Database, catalogs: Catalogs) -> None:
    _, colleagues, case_id = await _ready(database, catalogs)
    looked = asyncio.Barrier(2)

    async def claim_by_looking_first(person: Person) -> bool:
        async with database.writing() as tx:
            own = cases.c.id == case_id
            is_free = await tx.scalar(select(cases.c.state).where(own)) == State.NEW
            await looked.wait()
            if is_free:
                taken = {"state": State.CLAIMED, "claimed_by": person.id}
                await tx.execute(update(cases).where(own).values(taken))
            return bool(is_free)

    ends = await asyncio.gather(*(claim_by_looking_first(person) for person in colleagues))

    assert ends == [True, True]


async def _at_the_same_time(
    database: Database, office: Office, first: Incoming, second: Incoming
) -> None:
    """Two turns of different chats: the second begins before the first is committed."""
    async with database.writing() as one:
        await outbox.put(one, *_posts(await Office(one, office.desk).turn().take(one, first)))
        other = asyncio.create_task(_turn(database, office, second))
        await _done_or_waiting(database, other)
    await other


async def _done_or_waiting(database: Database, other: asyncio.Task[None]) -> None:
    """The other one is through, or waits for what we hold."""
    async with database.engine.connect() as watching:
        # Within one transaction PostgreSQL shows the activity of its first look for ever.
        await watching.execution_options(isolation_level="AUTOCOMMIT")
        while not (await watching.exec_driver_sql(_WAITING)).scalar() and not other.done():
            await asyncio.sleep(0)


_WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


async def _turn(database: Database, office: Office, incoming: Incoming) -> None:
    async with database.writing() as tx:
        await outbox.put(tx, *_posts(await Office(tx, office.desk).turn().take(tx, incoming)))


def _posts(replies: list[Message]) -> list[Message]:
    return [reply for reply in replies if not isinstance(reply, Toast)]


async def _relayed(database: Database, message: Incoming) -> bool:
    """Is this message of the person on its way to the colleagues?"""
    async with database.reading() as tx:
        bodies = await tx.raw("SELECT body FROM outbox WHERE body IS NOT NULL")
    found = [messages.decode(body) for (body,) in bodies]
    return any(isinstance(one, Copy) and message.message_id in one.message_ids for one in found)


@on_postgres
async def test_words_added_while_a_colleague_claims_reach_the_topic(
    database: Database, catalogs: Catalogs
) -> None:
    office, _, case_id = await _ready(database, catalogs)
    await _turn(database, office, office.tap(AMINA, f"go_on:{case_id}"))
    more = office.said(AMINA, "and one thing more")

    claim = office.tap(JORIS, f"claim:{case_id}", group=True)
    await _at_the_same_time(database, office, claim, more)

    assert await _relayed(database, more)


@on_postgres
async def test_words_said_while_a_colleague_closes_open_the_question_again(
    database: Database, catalogs: Catalogs
) -> None:
    office, _, case_id = await _ready(database, catalogs)
    await _turn(database, office, office.tap(JORIS, f"claim:{case_id}", group=True))
    await _turn(database, office, office.tap(AMINA, f"go_on:{case_id}"))
    more = office.said(AMINA, "and one thing more")

    close = office.tap(JORIS, f"close:{case_id}", group=True)
    more = structs.replace(more, reply_to=await _told(database, office, case_id))
    await _at_the_same_time(database, office, close, more)

    async with database.reading() as tx:
        assert await tx.scalar(select(cases.c.state)) == State.REOPENED
    assert await _relayed(database, more)


async def _told(database: Database, office: Office, case_id: int) -> int:
    """Something of the talk stands in the person's chat; they reply to it."""
    async with database.writing() as tx:
        await slots.fill(tx, f"case:{case_id}:told", AMINA, 77, now=NOW.timestamp())
    return 77


async def test_numbers_have_no_gaps_when_sent_at_once(
    database: Database, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs)
    for telegram_id in NAMES:
        async with database.writing() as tx:
            office = Office(tx, desk)
            person = await office.person(telegram_id)
            draft = await drafting.begin(desk, tx, person, now=NOW)
            await drafting.add(tx, draft.case, person, office.said(telegram_id, "Help"))

    async def send(telegram_id: int) -> None:
        async with database.writing() as tx:
            person = await Office(tx, desk).person(telegram_id)
            await drafting.send(desk, tx, person, now=NOW)

    await asyncio.gather(*(send(telegram_id) for telegram_id in NAMES))

    async with database.reading() as tx:
        numbers = await tx.all(select(cases.c.number).order_by(cases.c.number))
        topics = select(func.count()).where(posts.c.key == "inbox:en:topic:1")
        count = await tx.scalar(topics)
    assert [row["number"] for row in numbers] == list(range(1, len(NAMES) + 1))
    assert count == 1, "and one topic for all of them"


async def _two_talks(database: Database, catalogs: Catalogs) -> tuple[Office, list[int], Said]:
    """Two talks go on, and what the person wrote waits for their choice."""
    async with database.writing() as tx:
        office = Office(tx, a_desk(catalogs))
        await office.person(AMINA)
        await office.colleague(JORIS)
        talks = [await office.answered()]
        talks.append(await office.claimed(text="And a school?"))
        await office.answers(JORIS, talks[1], "In Gent.")
        await office.waits(HOLD)
        said = await office.says(AMINA, "zebra")
    return office, [case.id for case in talks], said


async def _stands_in(database: Database) -> list[tuple[int, bool]]:
    """The question that has it, and whether it still waits for a choice."""
    zebra = select(case_messages).where(case_messages.c.text == "zebra")
    async with database.reading() as tx:
        return [(row["case_id"], row["is_unsorted"]) for row in await tx.all(zebra)]


async def _copies(database: Database, message: Incoming) -> int:
    """How often it is on its way to the colleagues, or came there."""
    async with database.reading() as tx:
        bodies = await tx.raw("SELECT body FROM outbox WHERE body IS NOT NULL")
    found = [messages.decode(body) for (body,) in bodies]
    return sum(isinstance(one, Copy) and message.message_id in one.message_ids for one in found)


@on_postgres
@pytest.mark.parametrize("second", [0, 1], ids=["the same twice", "first one, then the other"])
async def test_choosing_twice_at_once_brings_it_to_one_colleague(
    database: Database, catalogs: Catalogs, second: int
) -> None:
    office, talks, said = await _two_talks(database, catalogs)

    taps = [office.tap(AMINA, f"which:{talks[n]}") for n in (0, second)]
    await _at_the_same_time(database, office, *taps)

    assert await _stands_in(database) == [(talks[0], False)]
    assert await _copies(database, said) == 1


@on_postgres  # SQLite has one writer at a time: the race needs two
async def test_without_the_guard_both_choices_would_count(
    database: Database, catalogs: Catalogs
) -> None:
    _office, talks, _said = await _two_talks(database, catalogs)
    looked = asyncio.Barrier(2)

    async def choose_by_looking_first(case_id: int) -> bool:
        async with database.writing() as tx:
            mine = case_messages.c.is_unsorted.is_(True)
            found = await tx.all(select(case_messages).where(mine))
            await looked.wait()
            ids = [row["id"] for row in found]
            there = update(case_messages).where(case_messages.c.id.in_(ids))
            await tx.execute(there.values(case_id=case_id, is_unsorted=False))
            return bool(ids)

    ends = await asyncio.gather(*(choose_by_looking_first(one) for one in talks))

    assert ends == [True, True]


LATER = NOW + timedelta(days=3)  # Monday: the question of Friday is late in every way


async def _late(database: Database, catalogs: Catalogs) -> tuple[Office, Person, Case]:
    """A question of Friday that nobody has claimed on Monday; Joris is on duty."""
    async with database.writing() as tx:
        office = Office(tx, a_desk(catalogs))
        await office.person(AMINA)
        joris = await office.colleague(JORIS)
        roster = a_roster(*(a_duty(joris.id, "en", day, "09:00-17:00") for day in range(5)))
        hours = Hours({"en": OFFICE})
        office.desk = replace(office.desk, timetable=Timetable(hours, roster))
        return office, joris, await office.asked()


async def _looks(database: Database, office: Office, case: Case) -> None:
    ref = f"{case.inbox}@{int(NOW.timestamp())}"
    async with database.writing() as tx:
        await escalating.look(office.desk, tx, ref, now=LATER)


async def _late_now(database: Database) -> tuple[State, bool, int]:
    """State, whether the person was told that it takes longer, how far up it was told."""
    async with database.reading() as tx:
        row = await tx.one(select(cases))
    assert row is not None
    return State(row["state"]), row["told_later_at"] is not None, row["pinged"]


async def test_look_at_a_late_question_calls_the_team(
    database: Database, catalogs: Catalogs
) -> None:
    office, _joris, case = await _late(database, catalogs)

    await _looks(database, office, case)

    assert await _late_now(database) == (State.NEW, True, escalating.COORDINATORS)


@on_postgres
async def test_look_leaves_alone_what_is_claimed_at_that_moment(
    database: Database, catalogs: Catalogs
) -> None:
    office, joris, case = await _late(database, catalogs)

    async with database.writing() as tx:
        await claiming.claim(office.desk, tx, joris, case.id, now=LATER)
        look = asyncio.create_task(_looks(database, office, case))
        await _done_or_waiting(database, look)
    await look

    assert await _late_now(database) == (State.CLAIMED, False, 0)


@on_postgres
async def test_claim_waits_for_the_look_and_then_counts(
    database: Database, catalogs: Catalogs
) -> None:
    office, joris, case = await _late(database, catalogs)

    async def claim() -> None:
        async with database.writing() as tx:
            await claiming.claim(office.desk, tx, joris, case.id, now=LATER)

    async with database.writing() as tx:
        ref = f"{case.inbox}@{int(NOW.timestamp())}"
        await escalating.look(office.desk, tx, ref, now=LATER)
        claimed = asyncio.create_task(claim())
        await _done_or_waiting(database, claimed)
        assert not claimed.done(), "it did not wait"
    await claimed

    assert await _late_now(database) == (State.CLAIMED, True, escalating.COORDINATORS)
