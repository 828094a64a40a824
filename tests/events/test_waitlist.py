"""Whose a free place is, for how long, and what they are told."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from bot.delivery.messages import Button, Message
from bot.events import jobs
from bot.events.domain import Event, Place, Taken
from bot.events.domain import refusals as refused
from bot.events.service import listing, places, planning, waitlist
from bot.language.catalog import Catalogs
from bot.schedule import due
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
    by_name,
    passes,
    posted,
    somebody,
    states,
    taken,
    texts,
)

FREE = "A place is free, and you are next."
FIRST_TAP = "Who taps first has it."


def _actions(message: Message) -> list[str]:
    rows: tuple[tuple[Button, ...], ...] = getattr(message, "buttons", ())
    return [button.action or "" for row in rows for button in row]


async def _said(database: Database, number: int) -> list[str]:
    async with database.reading() as tx:
        return texts(await posted(tx, FIRST_ID + number))


async def test_next_in_line_is_offered_the_place_and_takes_it(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        _, first = await somebody(tx, 1)
        _, second = await somebody(tx, 2)
        _, third = await somebody(tx, 3)
        for one in (first, second, third):
            await places.take(tx, one, event, now=NOW)
        await places.give_back(tx, first, event, now=NOW)

    await passes(database, a_desk(catalogs), NOW)

    async with database.reading() as tx:
        [offer] = await posted(tx, FIRST_ID + 2)
        assert FREE in texts([offer])[0]
        assert _actions(offer) == [f"eyes:{event}", f"eno:{event}"]
        assert await posted(tx, FIRST_ID + 3) == []
        assert await taken(tx, event) == (1, 1)
    async with database.writing() as tx:
        assert await places.accept_offer(tx, second, event, now=NOW + HOUR) is Place.PLACED
    async with database.reading() as tx:
        assert (await states(tx, event))[third] is Place.WAITING


async def test_offer_that_nobody_answers_goes_to_the_next(
    database: Database, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs)
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        people = [(await somebody(tx, n))[1] for n in range(3)]
        for one in people:
            await places.take(tx, one, event, now=NOW)
        await places.give_back(tx, people[0], event, now=NOW)
    await passes(database, desk, NOW)

    await passes(database, desk, NOW + 3 * DAY)

    async with database.reading() as tx:
        assert await states(tx, event) == {
            people[0]: Place.GIVEN_BACK,
            people[1]: Place.LAPSED,
            people[2]: Place.OFFERED,
        }
        assert await taken(tx, event) == (1, 1)
    assert "went to the next person" in (await _said(database, 1))[1]
    async with database.writing() as tx:
        with pytest.raises(refused.OfferOver):
            await places.accept_offer(tx, people[1], event, now=NOW + 3 * DAY)


@pytest.mark.parametrize(
    ("before", "hours"),
    [(10 * DAY, 24), (4 * DAY, 12), (2.5 * DAY, 6), (1.5 * DAY, 3), (20 * HOUR, 1)],
    ids=["ten days", "four days", "two days", "a day", "twenty hours"],
)
async def test_time_to_answer_shrinks_as_it_comes_near(
    database: Database, catalogs: Catalogs, before: object, hours: int
) -> None:
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1, starts_at=NOW + before)  # type: ignore[operator]
        first, second = await by_name(tx, 2)
        await places.take(tx, first, event, now=NOW)
        await places.take(tx, second, event, now=NOW)
        await places.give_back(tx, first, event, now=NOW)

    await passes(database, a_desk(catalogs), NOW)

    async with database.reading() as tx:
        [offered] = [one for one in await places.on_the_list(tx, event) if one.state == "offered"]
    until = offered.registration.offered_until
    assert until is not None
    awake = (until - NOW) - 11 * HOUR * ((until.date() - NOW.date()).days)
    assert awake == hours * HOUR, "the night does not count"


async def test_in_the_last_hours_all_are_told_and_the_first_tap_wins(
    database: Database, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs)
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1, starts_at=NOW + 11 * HOUR)
        people = [(await somebody(tx, n))[1] for n in range(4)]
        for one in people:
            await places.take(tx, one, event, now=NOW)
        await places.give_back(tx, people[0], event, now=NOW)

    await passes(database, desk, NOW)

    for number in (1, 2, 3):
        assert FIRST_TAP in (await _said(database, number))[0]
    async with database.writing() as tx:
        assert await places.accept_offer(tx, people[3], event, now=NOW) is Place.PLACED
        with pytest.raises(refused.Taken):
            await places.accept_offer(tx, people[1], event, now=NOW)
        await places.give_back(tx, people[3], event, now=NOW)
    await passes(database, desk, NOW + MINUTE)
    assert len(await _said(database, 1)) == 2, "a second place, a second call"


async def test_offer_of_the_night_rings_in_the_morning(
    database: Database, catalogs: Catalogs
) -> None:
    night = NOW + 13 * HOUR  # 23:00 in Brussels
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        _, first = await somebody(tx, 1)
        _, second = await somebody(tx, 2)
        await places.take(tx, first, event, now=NOW)
        await places.take(tx, second, event, now=NOW)
        await places.give_back(tx, first, event, now=night)

    await passes(database, a_desk(catalogs), night)

    async with database.reading() as tx:
        [row] = await tx.raw("SELECT due_at FROM outbox WHERE chat_id = ?", FIRST_ID + 2)
    assert datetime.fromtimestamp(row[0], NOW.tzinfo) == NOW + 22 * HOUR, "08:00"


async def test_place_waits_for_who_was_busy_and_is_free_again(
    database: Database, catalogs: Catalogs
) -> None:
    """She waits for B and took A at that time meanwhile; B is not hers until she gives A back."""
    desk = a_desk(catalogs)
    async with database.writing() as tx:
        there, here = await an_event(tx, capacity=1), await an_event(tx)
        _, other = await somebody(tx, 1)
        _, amina = await somebody(tx, 2)
        await places.take(tx, other, there, now=NOW)
        await places.take(tx, amina, there, now=NOW)
        await places.take(tx, amina, here, now=NOW)
        await places.give_back(tx, other, there, now=NOW)
    await passes(database, desk, NOW)
    async with database.reading() as tx:
        assert (await states(tx, there))[amina] is Place.WAITING

    async with database.writing() as tx:
        await places.give_back(tx, amina, here, now=NOW + HOUR)
    await passes(database, desk, NOW + HOUR)

    async with database.reading() as tx:
        assert (await states(tx, there))[amina] is Place.OFFERED


async def test_newcomer_passes_who_waits_but_cannot_come(
    database: Database, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs)
    async with database.writing() as tx:
        there, here = await an_event(tx, capacity=1), await an_event(tx)
        first, busy, late = await by_name(tx, 3)
        await places.take(tx, first, there, now=NOW)
        await places.take(tx, busy, there, now=NOW)
        await places.take(tx, busy, here, now=NOW)
        await places.give_back(tx, first, there, now=NOW)
    await passes(database, desk, NOW)

    async with database.writing() as tx:
        assert await places.take(tx, late, there, now=NOW) is Place.WAITING
    await passes(database, desk, NOW)

    async with database.reading() as tx:
        assert (await states(tx, there))[late] is Place.OFFERED


async def test_more_places_are_offered_in_order(database: Database, catalogs: Catalogs) -> None:
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        people = await by_name(tx, 4)
        for one in people:
            await places.take(tx, one, event, now=NOW)
        [known] = (await listing.of_all(tx, [event])).values()
        await planning.change(tx, event, replace(known.draft, capacity=3), now=NOW)

    await passes(database, a_desk(catalogs), NOW)

    async with database.reading() as tx:
        found = await states(tx, event)
    assert [found[one] for one in people] == ["placed", "offered", "offered", "waiting"]


async def test_free_place_told_twice_is_offered_once(
    database: Database, catalogs: Catalogs
) -> None:
    desk = a_desk(catalogs)
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        people = [(await somebody(tx, n))[1] for n in range(3)]
        for one in people:
            await places.take(tx, one, event, now=NOW)
        await places.give_back(tx, people[0], event, now=NOW)
    other = Database(database.url.render_as_string(hide_password=False))
    kinds = jobs.due_kinds(desk)

    await asyncio.gather(*(due.run(base, kinds, now=NOW) for base in (database, other)))
    async with database.writing() as tx:
        await waitlist.fill(desk, tx, event, now=NOW)
    await other.close()

    async with database.reading() as tx:
        assert list((await states(tx, event)).values()).count(Place.OFFERED) == 1
        assert len(await posted(tx)) == 1


async def test_crash_while_a_place_is_offered_loses_and_doubles_nothing(
    database: Database, catalogs: Catalogs
) -> None:
    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        first, second = await by_name(tx, 2)
        await places.take(tx, first, event, now=NOW)
        await places.take(tx, second, event, now=NOW)
        await places.give_back(tx, first, event, now=NOW)

    async def crash(tx: Tx, event: Event, taken: Taken, what: str) -> None:
        raise RuntimeError("the power is gone")

    await due.run(database, jobs.due_kinds(a_desk(catalogs, calls={"shift": crash})), now=NOW)
    async with database.reading() as tx:
        assert (await states(tx, event))[second] is Place.WAITING
        assert await taken(tx, event) == (0, 0)

    await passes(database, a_desk(catalogs), NOW + 2 * MINUTE)

    async with database.reading() as tx:
        assert (await states(tx, event))[second] is Place.OFFERED


async def test_who_has_no_telegram_is_called_by_a_colleague(
    database: Database, catalogs: Catalogs
) -> None:
    calls: list[tuple[str, str]] = []

    async def call(tx: Tx, event: Event, taken: Taken, what: str) -> None:
        calls.append((taken.name, what))

    async with database.writing() as tx:
        event = await an_event(tx, capacity=1)
        first, second = await by_name(tx, 2)
        await places.take(tx, first, event, now=NOW)
        await places.take(tx, second, event, now=NOW)
        await places.give_back(tx, first, event, now=NOW)

    await passes(database, a_desk(catalogs, calls={"shift": call}), NOW)

    assert calls == [("Person 1", "offer")]


async def test_nobody_waits_so_the_floor_above_looks_for_somebody(
    database: Database, catalogs: Catalogs
) -> None:
    free: list[int] = []

    async def look(tx: Tx, event: Event, *, now: datetime) -> None:
        free.append(event.id)

    async with database.writing() as tx:
        event = await an_event(tx)
        [person] = await by_name(tx, 1)
        await places.take(tx, person, event, now=NOW)
        await places.give_back(tx, person, event, now=NOW)

    await passes(database, a_desk(catalogs, nobody_waits={"shift": look}), NOW)

    assert free == [event]


async def test_nobody_slips_back_when_an_earlier_tap_comes_later(tx: Tx) -> None:
    """Two bots take turns: who tapped first may be heard second. A number that was told stays."""
    event = await an_event(tx, capacity=1)
    first, told, late = await by_name(tx, 3)
    await places.take(tx, first, event, now=NOW)
    waits = await places.claim(tx, told, event, now=NOW + MINUTE)
    comes = await places.claim(tx, late, event, now=NOW)

    assert [await listing.position(tx, one.place) for one in (waits, comes)] == [1, 2]
